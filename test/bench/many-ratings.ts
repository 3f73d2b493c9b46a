import { decide, levelNumber, type Levels } from '../../src/achievements/index.js';
import {
  noFigures,
  observedLevels,
  plusWork,
  absorbed,
  recomputed,
  seededRandom,
  standingOf,
  type Observation,
  type RecordedWork,
  type ReviewerFigures,
} from '../../src/calibration/index.js';
import type { Service } from '../../src/compose.js';
import {
  plusSeconds,
  type AchievementVersionId,
  type Collection,
  type Instant,
  type MemberId,
  type New,
  type Stored,
} from '../../src/kernel/index.js';
import type { Rating } from '../../src/review/index.js';
import { addMember, createDistrict, type Member } from '../../src/tenancy/index.js';
import { aPublishedVersion, aRubric, levels } from '../support/rubric.js';

/** How large a district: each reviewer rates `ratings` works of each version. */
export interface Size {
  readonly reviewers: number;
  readonly versions: number;
  readonly ratings: number;
}

/** What was kept, and who may look at it. */
export interface Filled {
  readonly lead: Member;
  readonly ratings: number;
  readonly observations: number;
  /** Figures of reviewers that were held against what recomputing them from the store gives, and were equal. */
  readonly recomputed: number;
  readonly recomputeMillis: number;
}

const rubric = aRubric();

/**
 * Fills a store with a district's ratings, one in five of them beside another's and one for each ten of them of a seed, with
 * what follows from each: observations, and figures by the same functions that keep them in the service.
 */
export async function fillWithRatings(
  { rooms }: Service,
  size: Size,
  say: (line: string) => void,
): Promise<Filled> {
  const { tenancy, achievements, calibration, review } = rooms;
  const { id: district } = await createDistrict(tenancy, { name: 'Riverbend', slug: 'riverbend' });
  const service = { kind: 'service', district } as const;
  const person = (name: string, role: 'lead' | 'reviewer') =>
    addMember(tenancy, service, {
      ...{ name, school: null, roles: [role] },
      email: `${name.toLowerCase().replace(' ', '.')}@riverbend.example`,
    });
  const lead = await person('Lead One', 'lead');
  const members: Member[] = [];
  for (let n = 0; n < size.reviewers; n += 1) members.push(await person(`Reviewer ${n + 1}`, 'reviewer'));
  const versions: AchievementVersionId[] = [];
  for (let n = 0; n < size.versions; n += 1)
    versions.push((await achievements.store.versions.insert(aPublishedVersion(district, rubric))).id);
  const random = seededRandom(3);
  let [ratings, observations] = [0, 0];
  const sample: ReviewerFigures[] = [];
  for (const [index, { id: reviewer }] of members.entries()) {
    // Every reviewer's own rate and leaning.
    const [rate, lean] = [0.65 + 0.3 * random(), random()];
    for (const achievementVersion of versions) {
      const whose = { district, reviewer, achievementVersion };
      const prefix = `${reviewer.slice(4)}${achievementVersion.slice(-4)}`;
      const rated: New<Rating>[] = [];
      const observed: Observation[] = [];
      let figures = noFigures(whose);
      const given = (reference: Levels) =>
        levels(
          ...rubric.criteria.map((criterion) => {
            const key = levelNumber(criterion, reference[criterion.id]!)!;
            if (random() < rate) return key;
            const away = (random() < lean ? 1 : -1) * (random() < 0.12 ? 2 : 1);
            return Math.min(4, Math.max(1, key + away));
          }),
        );
      for (let n = 0; n < size.ratings; n += 1) {
        const at = plusSeconds('2025-01-06T08:00:00Z', n * 50_000 + index * 60);
        const reference = levels(...rubric.criteria.map(() => 1 + Math.floor(4 * random())));
        const own = given(reference);
        const rating = aRating(`rat_${prefix}${n}`, whose, own, at);
        rated.push(rating);
        const work = workOf(rating as Rating, own);
        figures = { ...figures, work: plusWork(figures.work, work) };
        const kinds = [
          ...(n % 5 === 0 ? (['double'] as const) : []),
          ...(n % 10 === 3 ? (['seed'] as const) : []),
        ];
        for (const kind of kinds) {
          const beside = kind === 'seed' ? reference : given(reference);
          const observation = {
            ...{ ...whose, id: `${rating.id}:${kind}`, version: 1, kind, n: observed.length + 1, at },
            levels: observedLevels(rubric, own, beside),
            ...{ rating: rating.id, other: null, exemplar: null },
            decisionRight: decide(rubric, own) === decide(rubric, beside),
          } satisfies Observation;
          observed.push(observation);
          figures = absorbed(figures, observation);
        }
      }
      await keep(review.store.ratings, rated);
      await keep(calibration.store.observations, observed);
      await calibration.store.reviewerFigures.insert(figures);
      await certified(rooms, whose);
      ratings += rated.length;
      observations += observed.length;
      if (sample.length < 5 && index % 40 === 0) sample.push(figures);
    }
    if ((index + 1) % 20 === 0) say(`Q3 ${ratings} ratings kept`);
  }
  const started = performance.now();
  for (const figures of sample) await equalToRecomputing(rooms, figures);
  const recomputeMillis = (performance.now() - started) / sample.length;
  return { lead, ratings, observations, recomputed: sample.length, recomputeMillis };
}

function aRating(
  id: string,
  whose: {
    readonly district: string;
    readonly reviewer: MemberId;
    readonly achievementVersion: AchievementVersionId;
  },
  own: Levels,
  at: Instant,
): New<Rating> {
  const pointer = { requirement: 'plan', artefact: null, page: 1, second: null, note: null };
  return {
    ...whose,
    ...{ id, assignment: `asg_${id}`, case: `cas_${id}`, submission: `sub_${id}`, attempt: 1, round: 0 },
    ...{ kind: 'rating', certification: 'cer_1', committedAt: at, effectDue: null, salt: 'c2FsdA' },
    criteria: Object.fromEntries(
      Object.entries(own).map(([criterion, level]) => [
        criterion,
        { level, pointers: [pointer], feedback: 'What was seen here, and what would come next.' },
      ]),
    ),
    ...{ pendingEntries: [], auditDue: null },
  } as unknown as New<Rating>;
}

function workOf(
  { district, reviewer, achievementVersion, id, committedAt }: Rating,
  own: Levels,
): RecordedWork {
  return {
    ...{ district, reviewer, achievementVersion, rating: id, kind: 'rating', at: committedAt, settled: true },
    // As far as minutes go, every one of them was committed an hour after it was given.
    minutes: 60,
    levels: rubric.criteria.map((criterion) => ({
      ...{ criterion: criterion.id, q: criterion.levels.length },
      given: levelNumber(criterion, own[criterion.id]!)!,
    })),
  };
}

async function keep<T extends Stored>(collection: Collection<T>, docs: readonly New<T>[]): Promise<void> {
  for (let n = 0; n < docs.length; n += 500) {
    const results = await collection.insertMany(docs.slice(n, n + 500));
    const refused = results.find(({ ok }) => !ok);
    if (refused !== undefined) throw new Error('a document of the bench was refused');
  }
}

async function certified(
  { calibration }: Service['rooms'],
  whose: Parameters<typeof noFigures>[0],
): Promise<void> {
  const id = `cer_${whose.reviewer.slice(4)}${whose.achievementVersion.slice(-4)}`;
  await calibration.store.certifications.insert({
    ...{ ...whose, id: id as never, state: 'active', basis: 'qualification', attempt: null, uniqueBy: id },
    ...{ policy: 0, from: '2025-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z', reason: null },
    ...{ suspensions: [], revokedAt: null, effectDue: null, pendingEntries: [], auditDue: null },
  });
}

async function equalToRecomputing(
  { calibration, review }: Service['rooms'],
  kept: ReviewerFigures,
): Promise<void> {
  const { district, reviewer, achievementVersion } = kept;
  const ratings = await review.store.signOffsSince(district, reviewer, achievementVersion, '');
  const works = ratings.map((rating) =>
    workOf(
      rating,
      Object.fromEntries(Object.entries(rating.criteria).map(([criterion, { level }]) => [criterion, level])),
    ),
  );
  const observations = await calibration.store.observationsOf(district, reviewer, achievementVersion);
  const standing = standingOf(kept, { observations, works });
  if (standing !== 'equal' || recomputed(kept, { observations, works }).work.ratings !== ratings.length)
    throw new Error(`the figures of ${kept.id} are ${standing}`);
}
