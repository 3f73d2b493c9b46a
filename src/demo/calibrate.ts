import { microcredentials, type DemoExemplar, type Levels } from './content/index.js';
import type { Publications, Published } from './publish.js';
import type { Cast, Player, Scene } from './scene.js';

/** Experts key the exemplars of both microcredentials, blind; then two reviewers practise and qualify on them. */
export async function calibrate(scene: Scene, cast: Cast, { reviewed }: Publications): Promise<void> {
  for (const person of ['lead', 'adjudicator', 'expert3', 'reviewer1', 'reviewer2'] as const)
    await declare(scene, cast[person], person === 'reviewer2' ? [formerCoAuthor] : []);
  scene.say(
    '5 people signed the code of conduct and declared conflicts of interest, one of them a co-author',
  );
  for (const { microcredential, exemplars } of microcredentials) {
    const published = reviewed.find((one) => one.slug === microcredential.slug)!;
    await keyExemplars(scene, cast, published, exemplars);
    scene.say(
      `"${microcredential.name}": ${exemplars.length} exemplars keyed by three experts, each rating blind`,
    );
    for (const person of ['reviewer1', 'reviewer2'] as const) {
      const outcome = await qualify(
        scene,
        cast[person],
        published,
        exemplars,
        person === 'reviewer1' ? 11 : 8,
      );
      scene.say(
        `"${microcredential.name}": ${person} rated ${outcome.ratings} levels, ${outcome.exact} exactly as the experts: certified`,
      );
    }
  }
}

const formerCoAuthor = {
  with: 'person',
  name: 'p.marsh@lakeside.example',
  kind: 'co-author',
  from: null,
  until: null,
} as const;

/** Signs the code of conduct that is in force, and declares these conflicts of interest. */
async function declare({ client }: Scene, who: Player, conflicts: readonly object[]): Promise<void> {
  const { body: code } = await client.call('getCodeOfConduct', { as: who.key });
  const { number, digest } = code;
  await client.call('signCodeOfConduct', { as: who.key, body: { number, digest } });
  await client.call('declareConflicts', { as: who.key, body: { conflicts } });
}

/** A level id for each criterion, from level numbers in the criteria's order. */
export function levelIds(published: Published, levels: readonly number[]): { [criterion: string]: string } {
  return Object.fromEntries(
    published.criteria.map((criterion, index) => [criterion.id, criterion.levels[levels[index]! - 1]!.id]),
  );
}

const pools = { form: 'qualifying', reserve: 'qualifying', practice: 'practice', seed: 'seed' } as const;

async function keyExemplars(
  { client }: Scene,
  cast: Cast,
  published: Published,
  exemplars: readonly DemoExemplar[],
): Promise<void> {
  for (const exemplar of exemplars) {
    const { body } = await client.call('createExemplar', {
      as: cast.lead.key,
      body: {
        achievementVersion: published.versionId,
        title: exemplar.title,
        items: exemplar.evidence,
        pool: pools[exemplar.pool],
        rationale: Object.fromEntries(
          published.criteria.map((criterion, index) => [
            criterion.id,
            { text: exemplar.rationale[index]!.text, item: exemplar.rationale[index]!.evidence },
          ]),
        ),
      },
    });
    for (const [index, expert] of [cast.lead, cast.adjudicator, cast.expert3].entries()) {
      await client.call('rateExemplar', {
        as: expert.key,
        params: { exemplar: body.id },
        body: {
          levels: levelIds(published, exemplar.ratings[index]!),
          pointers: Object.fromEntries(
            published.criteria.map((criterion, at) => [
              criterion.id,
              [{ item: exemplar.rationale[at]!.evidence }],
            ]),
          ),
        },
      });
    }
  }
  await client.call('certifyFoundingPanel', {
    as: cast.lead.key,
    body: { achievementVersion: published.versionId },
  });
}

/** Rates the practice exemplars, then the form: as the experts do but for one rating in `slip`, one level off. */
async function qualify(
  { client }: Scene,
  reviewer: Player,
  published: Published,
  exemplars: readonly DemoExemplar[],
  slip: number,
): Promise<{ readonly ratings: number; readonly exact: number }> {
  const known = new Map(exemplars.map((exemplar) => [exemplar.title, exemplar]));
  let rated = 0;
  const judged = (title: string) => {
    const key = known.get(title)!.key;
    return levelIds(
      published,
      key.map((level) => {
        rated += 1;
        if (rated % slip !== 0) return level;
        return level === 4 ? 3 : level + 1;
      }) as unknown as Levels,
    );
  };
  const practice = await client.call('listPracticeExemplars', {
    as: reviewer.key,
    query: { achievementVersion: published.versionId },
  });
  for (const { id, title } of practice.body.items) {
    await client.call('ratePracticeExemplar', {
      as: reviewer.key,
      params: { exemplar: id },
      body: { levels: judged(title) },
    });
  }
  const started = await client.call('startQualification', {
    as: reviewer.key,
    body: { achievementVersion: published.versionId },
  });
  let attempt = started.body;
  rated = 0;
  while (attempt.next !== null) {
    const answered = await client.call('commitQualificationResponse', {
      as: reviewer.key,
      params: { qualification: attempt.id },
      body: { exemplar: attempt.next.id, levels: judged(attempt.next.title) },
    });
    attempt = answered.body;
  }
  if (attempt.state !== 'certified')
    throw new Error(`a reviewer was not certified: ${JSON.stringify(attempt.result)}`);
  return { ratings: attempt.result.ratings, exact: attempt.result.exact };
}
