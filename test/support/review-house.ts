import { createHash } from 'node:crypto';
import { achievementStore, type Levels, type Rubric } from '../../src/achievements/index.js';
import { openKeyCustody } from '../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import {
  calibrationStore,
  settleAttempt,
  settleConsentEnd,
  settleErasure,
  type CalibrationPorts,
  type Certification,
  type Exemplar,
} from '../../src/calibration/index.js';
import { evidenceStore, type EvidencePorts } from '../../src/evidence/index.js';
import { createSweeper, type Effect } from '../../src/jobs/index.js';
import {
  newId,
  plusDays,
  settableClock,
  type Actor,
  type AchievementVersionId,
  type ArtefactId,
  type Collection,
  type DistrictId,
  type ExemplarId,
  type Randomness,
  type Store,
  type Stored,
} from '../../src/kernel/index.js';
import {
  commitRating,
  getAssignment,
  mayReview,
  readersOf,
  reviewStore,
  settleAppeal,
  settleAssignment,
  settleCase,
  settleCertification,
  settleDriftSignal,
  settleRating,
  settleRetiredExemplar,
  settleSeedPlan,
  settleSeedRating,
  settleSubmissionReview,
  type Assignment,
  type CriterionRatings,
  type Decision,
  type Evidence,
  type DriftEvent,
  type ReviewerEvent,
  type ReviewPorts,
  type SubmissionAssignment,
} from '../../src/review/index.js';
import type { KeyCustody } from '../../src/securing/index.js';
import { submissionStore, type Submission, type SubmissionPorts } from '../../src/submissions/index.js';
import {
  addMember,
  createDistrict,
  tenancyStore,
  type Member,
  type Role,
  type TenancyPorts,
} from '../../src/tenancy/index.js';
import { declares } from './declares.js';
import { aPublishedVersion, aRubric } from './rubric.js';

export type Person = Extract<Actor, { kind: 'member' }>;

/** Bytes that follow from the seed alone, so that draws in a test are the same every time. */
export function seededRandomness(seed: string): Randomness {
  let counter = 0;
  return {
    bytes: (count) => {
      const blocks: Buffer[] = [];
      for (let length = 0; length < count; length += 32) {
        blocks.push(createHash('sha256').update(`${seed}/${counter}`).digest());
        counter += 1;
      }
      return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
    },
  };
}

/** A district with a published version, the rooms up to review over one embedded store, and a sweep by hand. */
export interface ReviewHouse {
  readonly store: Store;
  readonly clock: ReturnType<typeof settableClock>;
  readonly review: ReviewPorts;
  readonly calibration: CalibrationPorts;
  readonly tenancy: TenancyPorts;
  readonly district: DistrictId;
  readonly version: AchievementVersionId;
  readonly rubric: Rubric;
  readonly service: Actor;
  /** What reviewers were told, in order; the same may be told twice. */
  readonly told: readonly ReviewerEvent[];
  readonly toldOfDrift: readonly DriftEvent[];
  /** Failures of the sweep: empty unless a test makes some. */
  readonly failures: unknown[];
  settle(): Promise<void>;
  member(roles: readonly Role[], change?: { readonly school?: string | null }): Promise<Person>;
  person(id: string): Promise<Member>;
  /** A certification that holds, put on record as if earned, of somebody who has declared all. */
  certify(who: Person, change?: Partial<Certification>): Promise<Certification>;
  /** A member with the role and a certification by qualification. */
  reviewer(roles?: readonly Role[], change?: { readonly school?: string | null }): Promise<Person>;
  /** Work handed in by this teacher, due for review. */
  submitted(teacher: Person, change?: Partial<Submission>): Promise<Submission>;
  assignments(submission: Submission): Promise<readonly SubmissionAssignment[]>;
  /** A rating with these levels and a pointer into the submission's evidence for each criterion. */
  rating(submission: Submission, levels: Levels): CriterionRatings;
  /** Commits, of these levels, those of the criteria that an assignment asks about. */
  commit(assignment: Assignment, levels: Levels): Promise<unknown>;
  decision(submission: Submission): Promise<Decision | undefined>;
  /** A keyed exemplar of the seed pool with these levels, keyed by others; of the form of what is handed in. */
  seedExemplar(levels: Levels, change?: Partial<Exemplar>): Promise<Exemplar>;
}

/** A rating of any evidence, each level with a pointer to its first answer. */
export function ratingOf(evidence: Evidence, levels: Levels): CriterionRatings {
  const [item] = evidence.items;
  const artefact = item?.files[0]?.artefact ?? null;
  const pointer = { requirement: item?.requirement ?? '', artefact, page: null, second: null, note: null };
  return Object.fromEntries(
    Object.entries(levels).map(([criterion, level]) => [
      criterion,
      { level, feedback: `About ${criterion}.`, pointers: [pointer] },
    ]),
  );
}

/** What an exemplar has that was neither moved, copied nor made from real work. */
function anEmptyExemplar(id: ExemplarId) {
  return {
    ...{ id, origin: id, knownTo: [], carried: null, source: null, sourceSubmission: null },
    ...{ moves: [], effectDue: null },
  };
}

let people = 0;

export async function aReviewHouse(
  options: {
    readonly rubric?: Rubric;
    readonly seed?: string;
    readonly store?: Store;
    /** What lesson plans are handed in as: PDF when left out. */
    readonly planType?: 'application/pdf' | 'text/plain';
    /** Where keys are kept; one of the house's own when left out, which takes its time to open. */
    readonly custody?: KeyCustody;
  } = {},
): Promise<ReviewHouse> {
  const rubric = options.rubric ?? aRubric();
  const store = options.store ?? (await openSqlite({ file: ':memory:' }));
  const clock = settableClock('2026-11-20T09:00:00Z');
  const base = { clock, randomness: seededRandomness(options.seed ?? 'a house') };
  const tenancy: TenancyPorts = { ...base, store: tenancyStore(store) };
  const { id: district } = await createDistrict(tenancy, { name: 'Riverbend', slug: 'riverbend' });
  const service: Actor = { kind: 'service', district };
  const achievements = {
    ...base,
    store: achievementStore(store),
    tenancy: tenancy.store,
    publicUrl: 'http://localhost:8080',
    checkTemplate: async () => ({ errors: [], warnings: [] }),
  };
  const planType = options.planType ?? 'application/pdf';
  const version = await achievements.store.versions.insert(aPublishedVersion(district, rubric, planType));
  const files = new Map<string, Uint8Array>();
  const told: ReviewerEvent[] = [];
  const toldOfDrift: DriftEvent[] = [];
  const evidence: EvidencePorts = {
    ...base,
    store: evidenceStore(store),
    files: {
      put: async (id, bytes) => void files.set(id, bytes),
      get: async (id, range) => {
        const bytes = files.get(id);
        return range === undefined ? bytes : bytes?.subarray(range.start, range.end + 1);
      },
      remove: async (id) => void files.delete(id),
    },
    keys:
      options.custody ??
      openKeyCustody({ secret: 'only for tests, and long enough', randomness: base.randomness }),
    mayReview: (reader, artefact) => mayReview(review, reader, artefact),
  };
  const submissions: SubmissionPorts = { ...base, store: submissionStore(store), achievements, evidence };
  const calibration: CalibrationPorts = {
    ...base,
    store: calibrationStore(store),
    achievements,
    tenancy,
    evidence,
    submissions,
    readersOf: (id, submission) => readersOf(review, id, submission),
  };
  const review: ReviewPorts = {
    ...base,
    store: reviewStore(store),
    tenancy,
    achievements,
    evidence,
    submissions,
    calibration,
    tellReviewer: async (event) => void told.push(event),
    tellOfDrift: async (event) => void toldOfDrift.push(event),
  };
  const failures: unknown[] = [];
  const effect = <T extends Stored>(
    name: string,
    collection: Collection<T>,
    settle: (doc: T) => Promise<unknown>,
  ): Effect => ({
    name,
    sweep: (before, limit) => collection.sweep('effectDue', { before, limit }),
    settle: async (doc) => void (await settle(doc as unknown as T)),
  });
  const sweeper = createSweeper({
    clock,
    intervalMillis: 1_000_000,
    log: (failure) => failures.push(failure.error),
    effects: [
      effect('consents', evidence.store.consents, (doc) =>
        settleConsentEnd(calibration, doc.district, doc.id),
      ),
      effect('artefacts', evidence.store.artefacts, (doc) =>
        settleErasure(calibration, doc.district, doc.id),
      ),
      effect('exemplars', calibration.store.exemplars, (doc) => settleRetiredExemplar(review, doc)),
      effect('attempts', calibration.store.attempts, (doc) => settleAttempt(calibration, doc)),
      effect('certifications', calibration.store.certifications, (doc) => settleCertification(review, doc)),
      effect('drift signals', calibration.store.driftSignals, (doc) => settleDriftSignal(review, doc)),
      effect('submissions', submissions.store.submissions, (doc) => settleSubmissionReview(review, doc)),
      effect('assignments', review.store.assignments, (doc) => settleAssignment(review, doc)),
      effect('ratings', review.store.ratings, (doc) => settleRating(review, doc)),
      effect('seed ratings', review.store.seedRatings, (doc) => settleSeedRating(review, doc)),
      effect('seed plans', review.store.seedPlans, (doc) => settleSeedPlan(review, doc)),
      effect('cases', review.store.cases, (doc) => settleCase(review, doc)),
      effect('appeals', review.store.appeals, (doc) => settleAppeal(review, doc)),
    ],
  });
  // Nothing runs by itself in a test.
  await sweeper.stop();

  const house: ReviewHouse = {
    store,
    clock,
    review,
    calibration,
    tenancy,
    district,
    version: version.id,
    rubric,
    service,
    told,
    toldOfDrift,
    failures,
    settle: async () => void (await sweeper.settleAll()),
    member: async (roles, change = {}) => {
      people += 1;
      const made = await addMember(tenancy, service, {
        email: `person${people}@riverbend.example`,
        name: `Person ${people}`,
        school: change.school === undefined ? `School ${people}` : change.school,
        roles,
      });
      return { kind: 'member', district, member: made.id };
    },
    person: async (id) => {
      const person = await tenancy.store.member(district, id);
      if (person === undefined) throw new Error('no such member');
      return person;
    },
    certify: async (who, change = {}) => {
      if ((await calibration.store.declarationsOf(district, who.member)).length === 0)
        // By chance of its own: what is drawn in the house does not depend on who declared.
        await declares({ ...calibration, randomness: seededRandomness(`declared by ${who.member}`) }, who);
      const id = newId(base.randomness, 'cer');
      return calibration.store.certifications.insert({
        id,
        district,
        reviewer: who.member,
        achievementVersion: version.id,
        state: 'active',
        basis: 'qualification',
        attempt: null,
        policy: 0,
        uniqueBy: `test:${id}`,
        from: clock.now(),
        until: plusDays(clock.now(), 365),
        reason: null,
        suspensions: [],
        revokedAt: null,
        effectDue: null,
        pendingEntries: [],
        auditDue: null,
        ...change,
      });
    },
    reviewer: async (roles = ['reviewer'], change = {}) => {
      const who = await house.member(roles, change);
      await house.certify(who);
      return who;
    },
    submitted: async (teacher, change = {}) => {
      const artefact: ArtefactId = newId(base.randomness, 'art');
      await evidence.store.artefacts.insert({
        id: artefact,
        district,
        owner: teacher.member,
        name: 'Rosa Diaz - my plan.pdf',
        mediaType: planType,
        size: 1234,
        sha256: createHash('sha256').update(artefact).digest('hex'),
        salt: 'c2FsdHNhbHRzYWx0c2FsdA',
        sealedKey: 'sealed',
        createdAt: clock.now(),
        erasedAt: null,
        effectDue: null,
        pendingEntries: [],
        auditDue: null,
      });
      return submissions.store.submissions.insert({
        id: newId(base.randomness, 'sub'),
        district,
        teacher: teacher.member,
        achievement: version.achievement,
        achievementVersion: version.id,
        attempt: 1,
        previous: null,
        openFor: null,
        state: 'submitted',
        answers: {
          plan: { kind: 'file', artefacts: [artefact] },
          reflection: { kind: 'text', text: 'I learned much.', salt: 'c2FsdHNhbHRzYWx0c2FsdA' },
        },
        findings: [],
        createdAt: clock.now(),
        submittedAt: clock.now(),
        decidedAt: null,
        effectDue: clock.now(),
        pendingEntries: [],
        auditDue: null,
        ...change,
      });
    },
    assignments: ({ id, attempt }) => review.store.assignmentsOfCase(district, `${id}:${attempt}:0`),
    rating: (submission, levels) => {
      const answer = submission.answers['plan'];
      const artefact = answer?.kind === 'file' ? answer.artefacts[0]! : null;
      return Object.fromEntries(
        Object.entries(levels).map(([criterion, level]) => [
          criterion,
          {
            level,
            feedback: `About ${criterion}.`,
            pointers: [{ requirement: 'plan', artefact, page: 1, second: null, note: null }],
          },
        ]),
      );
    },
    commit: async (assignment, levels) => {
      const me: Person = { kind: 'member', district, member: assignment.reviewer };
      const { evidence: shown, version: asked } = await getAssignment(review, me, assignment.id);
      const given = Object.fromEntries(asked.rubric.criteria.map(({ id }) => [id, levels[id]!]));
      return commitRating(review, me, { assignment: assignment.id, criteria: ratingOf(shown, given) });
    },
    decision: ({ id }) => review.store.decisionOn(district, id),
    seedExemplar: (levels, change = {}) =>
      calibration.store.exemplars.insert({
        ...anEmptyExemplar(newId(base.randomness, 'exm')),
        district,
        achievementVersion: version.id,
        title: 'A seed',
        items: [
          { id: 'plan', name: 'Plan', text: 'Goal: students explain why fractions are equal.', file: null },
          { id: 'reflection', name: 'Reflection', text: 'Most of them could.', file: null },
        ],
        state: 'keyed',
        pool: 'seed',
        expertsWanted: 3,
        ratings: [],
        agreed: null,
        rationale: {},
        key: { levels, how: 'consensus', at: clock.now(), rationale: {} },
        createdBy: newId(base.randomness, 'mbr'),
        keyedBy: [],
        exposure: 0,
        createdAt: clock.now(),
        pendingEntries: [],
        auditDue: null,
        ...change,
      }),
  };
  return house;
}
