import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAchievement,
  publishVersion,
  type AchievementVersion,
  type ContentInput,
  type Levels,
  type Rubric,
} from '../../src/achievements/index.js';
import {
  certifyFoundingPanel,
  createExemplar,
  rateExemplarAsExpert,
  type Exemplar,
  type ExpertPointers,
} from '../../src/calibration/index.js';
import { microcredentials, type DemoExemplar } from '../../src/demo/content/index.js';
import { recordConsent, uploadArtefact } from '../../src/evidence/index.js';
import { newId, packageRoot, type Actor } from '../../src/kernel/index.js';
import type { Assignment } from '../../src/review/index.js';
import { answerRequirement, createSubmission, submitSubmission } from '../../src/submissions/index.js';
import type { District } from '../../src/tenancy/index.js';
import { aDistrict, aMember, type TestMember, type TestService } from './service.js';

/** A district in which work can be reviewed: a published rubric, keyed exemplars, a founding panel, a teacher. */
export interface ReviewWorld {
  readonly district: District;
  readonly version: AchievementVersion;
  readonly rubric: Rubric;
  /** In the order of the demo's content; all but the last are keyed. */
  readonly exemplars: readonly Exemplar[];
  /** Leads, and has no part in keying. */
  readonly lead: TestMember;
  /** The founding panel: two who rate, one who adjudicates. */
  readonly panel: readonly [TestMember, TestMember, TestMember];
  /** A reviewer who is not certified. */
  readonly newcomer: TestMember;
  readonly teacher: TestMember;
}

const { microcredential, exemplars: demoExemplars } = microcredentials[0]!;
const levelNames = ['Beginning', 'Developing', 'Proficient', 'Exemplary'];

function content(): ContentInput {
  return {
    name: microcredential.name,
    description: microcredential.description,
    criteria: microcredential.criteriaNarrative,
    creditHours: microcredential.creditHours,
    alignments: microcredential.alignments.map((alignment) => ({
      targetName: alignment.name,
      targetUrl: alignment.url,
      targetFramework: alignment.framework,
      targetCode: alignment.code,
    })),
    assessment: {
      by: 'review',
      rubric: {
        criteria: microcredential.criteria.map(({ id, name, description, descriptors }) => ({
          id,
          name,
          description,
          levels: descriptors.map((descriptor, index) => ({ name: levelNames[index]!, descriptor })),
          requiredLevel: `${id}-3`,
        })),
      },
      requirements: microcredential.requirements.map((requirement) => ({
        id: requirement.id,
        kind: requirement.kind,
        name: requirement.name,
        description: requirement.description,
        genre: requirement.genre,
        mediaTypes: requirement.kind === 'text' ? [] : [...requirement.mediaTypes],
        min: requirement.required ? requirement.min : 0,
        max: requirement.max,
        needsConsent: requirement.showsChildren,
        serves: requirement.id === 'lesson-plan' ? microcredential.criteria.map(({ id }) => id) : [],
      })),
    },
  };
}

/** The levels with these numbers, in the order of the rubric's criteria. */
export function levelsOf(rubric: Rubric, numbers: readonly number[]): Levels {
  return Object.fromEntries(
    rubric.criteria.map(({ id, levels }, index) => [id, levels[numbers[index]! - 1]!.id]),
  );
}

/** A place in this item for every criterion: where an expert's levels rest. */
export function pointersAt(rubric: Rubric, item: string): ExpertPointers {
  return Object.fromEntries(rubric.criteria.map(({ id }) => [id, [{ item }]]));
}

/** The key of an exemplar of this world, as numbers: for answers that are right. */
export function keyOf(exemplar: Pick<Exemplar, 'title'>): readonly number[] {
  return demoExemplars.find(({ title }) => title === exemplar.title)!.key;
}

/** Fills a service with it. */
export async function aReviewWorld(service: TestService): Promise<ReviewWorld> {
  const { achievements, calibration } = service.rooms;
  const district = await aDistrict(service, { name: 'Riverbend Unified School District' });
  const actor: Actor = { kind: 'service', district: district.id };
  const member = (roles: Parameters<typeof aMember>[2], name: string) =>
    aMember(service, district, roles, { name });
  const lead = await member(['lead'], 'Marta Lindqvist');
  const panel = [
    await member(['expert', 'reviewer'], 'Hana Sato'),
    await member(['expert', 'reviewer'], 'Omar Haddad'),
    await member(['expert', 'adjudicator'], 'Ines Carvalho'),
  ] as const;
  const newcomer = await member(['reviewer'], 'Tom Becker');
  const teacher = await member(['teacher'], 'Ruth Okafor');
  const { achievement } = await createAchievement(achievements, actor, {
    slug: microcredential.slug,
    content: content(),
  });
  const { version } = await publishVersion(achievements, actor, { achievement: achievement.id, version: 1 });
  if (version.content.assessment.by !== 'review') throw new Error('not assessed by review');
  const { rubric } = version.content.assessment;
  const exemplars: Exemplar[] = [];
  for (const [index, demo] of demoExemplars.entries()) {
    const made = await createExemplar(calibration, lead.actor, exemplarOf(demo, version, rubric));
    let exemplar = made;
    // The last one is left for tests to rate.
    if (index < demoExemplars.length - 1) {
      for (const [which, expert] of panel.entries()) {
        exemplar = await rateExemplarAsExpert(calibration, expert.actor, {
          exemplar: made.id,
          levels: levelsOf(rubric, demo.ratings[which]!),
          pointers: pointersAt(rubric, demo.evidence[0]!.id),
        });
      }
    }
    exemplars.push(exemplar);
  }
  await certifyFoundingPanel(calibration, lead.actor, { achievementVersion: version.id });
  return { district, version, rubric, exemplars, lead, panel, newcomer, teacher };
}

const pools = { form: 'qualifying', reserve: 'qualifying', practice: 'practice', seed: 'seed' } as const;

function exemplarOf(demo: DemoExemplar, version: AchievementVersion, rubric: Rubric) {
  return {
    achievementVersion: version.id,
    title: demo.title,
    items: demo.evidence,
    pool: pools[demo.pool],
    rationale: Object.fromEntries(
      rubric.criteria.map(({ id }, index) => {
        const { evidence, text } = demo.rationale[index]!;
        return [id, { text, item: evidence }];
      }),
    ),
  };
}

/** Two more reviewers of the district, certified as the panel is. */
export async function twoMoreReviewers(
  service: TestService,
  { district, panel, version }: Pick<ReviewWorld, 'district' | 'panel' | 'version'>,
): Promise<readonly TestMember[]> {
  const { store, randomness } = service.rooms.calibration;
  const [like] = await store.certificationsFor(district.id, panel[0].member.id, version.id);
  const { version: _, ...kept } = like!;
  const fresh: TestMember[] = [];
  for (const name of ['Nadia Osei', 'Piotr Wolski']) {
    const one = await aMember(service, district, ['reviewer'], { name });
    const id = newId(randomness, 'cer');
    const own = { id, uniqueBy: id, reviewer: one.member.id, pendingEntries: [], auditDue: null };
    await store.certifications.insert({ ...kept, ...own });
    fresh.push(one);
  }
  return fresh;
}

/** The teacher hands in real files and a text; the assignments that are then drawn, one for each reviewer. */
export async function workInReview(
  service: TestService,
  world: ReviewWorld,
  teacher = world.teacher,
): Promise<readonly Assignment[]> {
  const { evidence, submissions, review } = service.rooms;
  const { actor } = teacher;
  const sample = (name: string) => readFileSync(join(packageRoot, 'src/demo/samples', name));
  const { id } = await createSubmission(submissions, actor, { achievement: world.version.achievement });
  const upload = async (name: string, mediaType: string) =>
    (await uploadArtefact(evidence, actor, { name, mediaType, bytes: sample(name) })).artefact.id;
  const plan = await upload('lesson-plan.pdf', 'application/pdf');
  const pictures = [
    await upload('student-work-1.png', 'image/png'),
    await upload('student-work-2.jpg', 'image/jpeg'),
  ];
  const video = await upload('lesson-moment.mp4', 'video/mp4');
  await recordConsent(evidence, actor, {
    submission: id,
    artefacts: [...pictures, video],
    use: 'review',
    statement: 'Signed release forms of all students, kept in the school office.',
  });
  const answers = {
    'lesson-plan': [plan],
    'student-work': pictures,
    'lesson-video': [video],
  };
  for (const [requirement, artefacts] of Object.entries(answers))
    await answerRequirement(submissions, actor, { submission: id, requirement, artefacts });
  await answerRequirement(submissions, actor, {
    submission: id,
    requirement: 'reflection',
    text: sample('reflection.md').toString('utf8'),
  });
  await submitSubmission(submissions, actor, id);
  await service.settle();
  const drawn = await Promise.all(
    world.panel.map(({ actor: { district, member } }) => review.store.openAssignmentsOf(district, member)),
  );
  return drawn.flat().filter(({ submission }) => submission === id);
}
