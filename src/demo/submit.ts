import { DemoError } from './client.js';
import { levelIds } from './calibrate.js';
import type { Published } from './publish.js';
import { day, type Cast, type Player, type Scene } from './scene.js';

/** The files and text that answer one microcredential's requirements, by the requirement's id. */
export interface Work {
  readonly files: { readonly [requirement: string]: readonly string[] };
  readonly texts: { readonly [requirement: string]: string };
}

/** What the two reviewers see in the work, as level numbers in the criteria's order. */
export interface Judgements {
  readonly reviewer1: readonly number[];
  readonly reviewer2: readonly number[];
  /** Needed where the two differ too far. */
  readonly adjudicator?: readonly number[];
}

export interface Decided {
  readonly submission: string;
  readonly decision: string;
  readonly award: string;
}

/**
 * One submission from draft to award: evidence uploaded and consented to, a first try that is not complete, blind
 * ratings by both reviewers, adjudication where they differ, the decision and the credential.
 */
export async function earn(
  scene: Scene,
  cast: Cast,
  teacher: Player,
  published: Published,
  work: Work,
  judgements: Judgements,
): Promise<Decided> {
  const { client, say } = scene;
  const submission = await handIn(scene, teacher, published, work, { tooEarlyFirst: true });
  await scene.advance(3 * day);
  for (const person of ['reviewer1', 'reviewer2'] as const) {
    await rate(scene, cast[person], published, 'rating', judgements[person]);
  }
  say('  two certified reviewers rated it, neither seeing a name or the other');
  if (judgements.adjudicator !== undefined) {
    await scene.advance(day);
    await rate(scene, cast.adjudicator, published, 'adjudication', judgements.adjudicator);
    say('  they differed, so a senior read it blind to both: adjudicated');
  }
  const state = await decisionOn(scene, teacher, submission);
  if (state !== 'met') throw new DemoError(`the decision was ${state}`);
  const award = await scene.until('the award', async () => {
    const { body } = await client.call('listAwards', { as: teacher.key });
    return body.items.find(
      (one: { basis: { submission?: string }; state: string }) =>
        one.basis.submission === submission && one.state === 'active',
    );
  });
  const decision = await client.call('getSubmissionDecision', { as: teacher.key, params: { submission } });
  say(`  met, and awarded: ${award.credential}`);
  return { submission, decision: decision.body.id, award: award.id };
}

/** One submission from draft to review: evidence uploaded and consented to. @returns its id. */
export async function handIn(
  scene: Scene,
  teacher: Player,
  published: Published,
  work: Work,
  { tooEarlyFirst } = { tooEarlyFirst: false },
): Promise<string> {
  const { client, say } = scene;
  const created = await client.call('createSubmission', {
    as: teacher.key,
    body: { achievement: published.id, version: published.version },
  });
  const submission = created.body.id as string;
  if (tooEarlyFirst) {
    // The service says what is wanting, and nobody is bothered.
    const early = await client.call('submitSubmission', {
      as: teacher.key,
      params: { submission },
      expect: [422],
    });
    say(
      `  submitted too early: ${early.body.errors.length} things wanting, such as "${early.body.errors[0].detail}"`,
    );
  }
  let { etag } = await client.call('getSubmission', { as: teacher.key, params: { submission } });
  const toConsent: string[] = [];
  for (const requirement of published.requirements) {
    let answer: object;
    if (requirement.kind === 'text') answer = { text: work.texts[requirement.id] };
    else {
      const artefacts: string[] = [];
      for (const name of work.files[requirement.id] ?? []) {
        const uploaded = await client.call('uploadArtefact', { as: teacher.key, file: scene.sample(name) });
        artefacts.push(uploaded.body.id);
      }
      if (artefacts.length === 0 && requirement.min === 0) continue;
      if (requirement.needsConsent) toConsent.push(...artefacts);
      answer = { artefacts };
    }
    const answered = await client.call('answerRequirement', {
      as: teacher.key,
      params: { submission, requirement: requirement.id },
      ifMatch: etag,
      body: answer,
    });
    etag = answered.etag;
  }
  await client.call('recordConsent', {
    as: teacher.key,
    params: { submission },
    body: {
      artefacts: toConsent,
      use: 'review',
      statement:
        'Signed guardian forms for every child seen or heard, kept in the school office, folder 2026-B.',
    },
  });
  await client.call('submitSubmission', { as: teacher.key, params: { submission } });
  if (tooEarlyFirst)
    say(
      `  complete: ${Object.values(work.files).flat().length} files, a reflection and the consents; submitted`,
    );
  return submission;
}

/** Waits until a submission is decided. @returns the state that says how. */
export async function decisionOn(
  { client, until }: Scene,
  teacher: Player,
  submission: string,
): Promise<string> {
  return until('the decision', async () => {
    const { body } = await client.call('getSubmission', { as: teacher.key, params: { submission } });
    return body.state === 'met' || body.state === 'not_yet' ? (body.state as string) : undefined;
  });
}

/** Finds the assignment in the reviewer's queue and commits a rating of every criterion, each pointing into the evidence. */
export async function rate(
  { client, until }: Scene,
  reviewer: Player,
  published: Published,
  kind: 'rating' | 'adjudication',
  levels: readonly number[],
): Promise<void> {
  const open = await until(`an assignment (${kind})`, async () => {
    const { body } = await client.call('listMyAssignments', { as: reviewer.key });
    return body.items.find(
      (one: { kind: string; state: string; achievement: { version: string } }) =>
        one.kind === kind && one.state === 'open' && one.achievement.version === published.versionId,
    );
  });
  const { body } = await client.call('getAssignment', { as: reviewer.key, params: { assignment: open.id } });
  const ids = levelIds(published, levels);
  const items = body.evidence as readonly {
    requirement: string;
    files: readonly { artefact: string }[];
  }[];
  await client.call('commitRating', {
    as: reviewer.key,
    params: { assignment: open.id },
    body: {
      criteria: Object.fromEntries(
        published.criteria.map((criterion, index) => {
          const item = items[index % items.length]!;
          const name = criterion.levels.find((level) => level.id === ids[criterion.id])!.name;
          return [
            criterion.id,
            {
              level: ids[criterion.id],
              pointers: [
                {
                  requirement: item.requirement,
                  artefact: item.files[0]?.artefact ?? null,
                  note: 'See the marked part.',
                },
              ],
              feedback: `${name}: the evidence shows this clearly. Next time, add what the students did with it the day after.`,
            },
          ];
        }),
      ),
    },
  });
}
