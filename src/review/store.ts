import type { AchievementPorts } from '../achievements/index.js';
import type { CalibrationPorts, DriftSignal } from '../calibration/index.js';
import type { EvidencePorts } from '../evidence/index.js';
import {
  allOf,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type Instant,
  type Page,
  type PageRequest,
  type Store,
} from '../kernel/index.js';
import type { SubmissionPorts } from '../submissions/index.js';
import type { TenancyPorts } from '../tenancy/index.js';
import { appealsSpec, type Appeal } from './appeal.js';
import { availabilitiesSpec, type Availability } from './availability.js';
import type {
  Assignment,
  CommittedRating,
  Decision,
  Rating,
  RatingDraft,
  SeedAssignment,
  SeedRating,
  SubmissionAssignment,
} from './rating.js';
import type { CaseState, ReviewCase } from './review-case.js';
import { poolClearancesSpec, type PoolClearance } from './pools/pool-clearance.js';
import type { RoundOrigin } from './round.js';
import { seedPlansSpec, seedReportsSpec, type SeedPlan, type SeedReport } from './seed-plan.js';

export const casesSpec: CollectionSpec<ReviewCase> = {
  name: 'review_cases',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'state', equality: ['state'], order: 'openedAt' },
    { name: 'version', equality: ['achievementVersion'], order: 'openedAt' },
    { name: 'pending', equality: ['achievementVersion', 'state'], order: 'openedAt' },
    { name: 'submission', equality: ['submission'], order: 'round' },
    { name: 'origin', equality: ['origin'], order: 'openedAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const assignmentsSpec: CollectionSpec<Assignment> = {
  name: 'assignments',
  scope: 'district',
  unique: [{ name: 'number', fields: ['case', 'n'] }],
  indexes: [
    { name: 'case', equality: ['case'], order: 'n' },
    { name: 'reviewer', equality: ['reviewer'], order: 'assignedAt' },
    { name: 'state', equality: ['reviewer', 'state'], order: 'assignedAt' },
    { name: 'submission', equality: ['submission', 'reviewer'], order: 'n' },
    { name: 'work', equality: ['reviewer', 'achievementVersion', 'work'], order: 'assignedAt' },
    { name: 'version', equality: ['achievementVersion', 'work'], order: 'assignedAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const ratingsSpec: CollectionSpec<Rating> = {
  name: 'ratings',
  scope: 'district',
  unique: [{ name: 'assignment', fields: ['assignment'] }],
  indexes: [
    { name: 'case', equality: ['case'], order: 'committedAt' },
    { name: 'submission', equality: ['submission'], order: 'committedAt' },
    { name: 'version', equality: ['achievementVersion'], order: 'committedAt' },
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion', 'kind'], order: 'committedAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const seedRatingsSpec: CollectionSpec<SeedRating> = {
  name: 'seed_ratings',
  scope: 'district',
  unique: [{ name: 'assignment', fields: ['assignment'] }],
  indexes: [
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion'], order: 'committedAt' },
    { name: 'all', equality: [], order: 'id' },
    { name: 'version', equality: ['achievementVersion'], order: 'committedAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const draftsSpec: CollectionSpec<RatingDraft> = {
  name: 'rating_drafts',
  scope: 'district',
  unique: [],
  indexes: [],
  removable: true,
};

export const decisionsSpec: CollectionSpec<Decision> = {
  name: 'decisions',
  scope: 'district',
  unique: [{ name: 'once', fields: ['submission', 'attempt', 'round'] }],
  indexes: [
    { name: 'all', equality: [], order: 'decidedAt' },
    { name: 'teacher', equality: ['teacher'], order: 'decidedAt' },
    { name: 'submission', equality: ['submission'], order: 'round' },
    { name: 'version', equality: ['achievementVersion'], order: 'decidedAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** What the room keeps, in verbs of its own. Ratings and decisions are never removed or changed. */
export interface ReviewStore {
  readonly cases: Collection<ReviewCase>;
  readonly assignments: Collection<Assignment>;
  readonly ratings: Collection<Rating>;
  readonly seedRatings: Collection<SeedRating>;
  readonly seedPlans: Collection<SeedPlan>;
  readonly seedReports: Collection<SeedReport>;
  readonly availabilities: Collection<Availability>;
  readonly poolClearances: Collection<PoolClearance>;
  readonly drafts: Collection<RatingDraft>;
  readonly decisions: Collection<Decision>;
  readonly appeals: Collection<Appeal>;
  appeal(district: string, id: string): Promise<Appeal | undefined>;
  /** Every appeal on a submission, the first first. */
  appealsOn(district: string, submission: string): Promise<readonly Appeal[]>;
  /** Appeals, the newest first: all, a teacher's, or those that somebody is or was asked to decide. */
  pageOfAppeals(
    district: string,
    by: 'all' | 'teacher' | 'decider',
    member: string | undefined,
    request: PageRequest,
  ): Promise<Page<Appeal>>;
  assignment(district: string, id: string): Promise<Assignment | undefined>;
  /** Every assignment of a case, in the order given. */
  assignmentsOfCase(district: string, reviewCase: string): Promise<readonly SubmissionAssignment[]>;
  /** A reviewer's assignments, of one state or all, the newest first. */
  pageOfAssignments(
    district: string,
    reviewer: string,
    request: PageRequest,
    state?: Assignment['state'],
  ): Promise<Page<Assignment>>;
  /** The assignments that are open with a reviewer. */
  openAssignmentsOf(district: string, reviewer: string): Promise<readonly Assignment[]>;
  openCount(district: string, reviewer: string): Promise<number>;
  /** A reviewer's assignments given at or after this moment. */
  assignmentsSince(district: string, reviewer: string, since: Instant): Promise<readonly Assignment[]>;
  /** The assignments of a submission to one reviewer. */
  assignmentsOn(
    district: string,
    submission: string,
    reviewer: string,
  ): Promise<readonly SubmissionAssignment[]>;
  /** The newest assignment of live work on a version to a reviewer. */
  lastLiveWork(district: string, reviewer: string, version: string): Promise<Assignment | undefined>;
  /** When live work of a version was last given to anybody, the newest first, at most `limit`. */
  lastGiven(district: string, version: string, limit: number): Promise<readonly Assignment[]>;
  /** Every seed that a reviewer was ever given on a version, the first first. */
  seedsGiven(district: string, reviewer: string, version: string): Promise<readonly SeedAssignment[]>;
  /** Everything that a reviewer signed off on a version at or after this moment, adjudications too; the first first. */
  signOffsSince(
    district: string,
    reviewer: string,
    version: string,
    since: Instant,
  ): Promise<readonly Rating[]>;
  /** Every rating of a case, the first committed first. */
  ratingsOfCase(district: string, reviewCase: string): Promise<readonly Rating[]>;
  ratingsOfSubmission(district: string, submission: string): Promise<readonly Rating[]>;
  rating(district: string, id: string): Promise<Rating | undefined>;
  ratingOfAssignment(district: string, assignment: string): Promise<Rating | undefined>;
  /** What was committed for an assignment, a seed's too: both are looked up, whichever it is, and take as long. */
  committedFor(district: string, assignment: string): Promise<CommittedRating | undefined>;
  /** A reviewer's newest rating on a version, adjudications and seeds aside. */
  lastRating(district: string, reviewer: string, version: string): Promise<Rating | undefined>;
  /** A reviewer's ratings of seeds on a version, the first first, committed at or after `since`. */
  seedRatingsOf(
    district: string,
    reviewer: string,
    version: string,
    since?: Instant,
  ): Promise<readonly SeedRating[]>;
  seedPlan(district: string, reviewer: string, version: string): Promise<SeedPlan | undefined>;
  /** What a reviewer was told of the own seeds, the newest first. */
  seedReportsOf(district: string, reviewer: string, request: PageRequest): Promise<Page<SeedReport>>;
  /** How many ratings, adjudications aside, a reviewer has committed on a version. */
  ratingCount(district: string, reviewer: string, version: string): Promise<number>;
  draft(district: string, assignment: string): Promise<RatingDraft | undefined>;
  pageOfCases(district: string, state: CaseState, request: PageRequest): Promise<Page<ReviewCase>>;
  /** Every case of a submission, the first round first. */
  casesOn(district: string, submission: string): Promise<readonly ReviewCase[]>;
  /** The rounds that were held for this, the newest first. */
  pageOfRounds(district: string, origin: RoundOrigin, request: PageRequest): Promise<Page<ReviewCase>>;
  /** How many cases of a version were ever opened. */
  caseCount(district: string, version: string): Promise<number>;
  decision(district: string, id: string): Promise<Decision | undefined>;
  /** The decision of the newest round on a submission. */
  decisionOn(district: string, submission: string): Promise<Decision | undefined>;
  /** Every decision on a submission, the first round first. */
  decisionsOn(district: string, submission: string): Promise<readonly Decision[]>;
  /** Decisions, the newest first: the district's, or one teacher's. */
  pageOfDecisions(
    district: string,
    teacher: string | undefined,
    request: PageRequest,
  ): Promise<Page<Decision>>;
}

/** The room's collections over a database. */
export function reviewStore(store: Store): ReviewStore {
  const cases = store.collection(casesSpec);
  const assignments = store.collection(assignmentsSpec);
  const ratings = store.collection(ratingsSpec);
  const seedRatings = store.collection(seedRatingsSpec);
  const seedPlans = store.collection(seedPlansSpec);
  const seedReports = store.collection(seedReportsSpec);
  const availabilities = store.collection(availabilitiesSpec);
  const drafts = store.collection(draftsSpec);
  const decisions = store.collection(decisionsSpec);
  const appeals = store.collection(appealsSpec);
  return {
    cases,
    assignments,
    ratings,
    seedRatings,
    seedPlans,
    seedReports,
    availabilities,
    poolClearances: store.collection(poolClearancesSpec),
    drafts,
    decisions,
    appeals,
    appeal: (district, id) => appeals.get(district, id),
    appealsOn: (district, submission) =>
      allOf((request) => appeals.page(district, 'submission', [submission], request)),
    pageOfAppeals: (district, by, member, request) =>
      appeals.page(district, by, member === undefined ? [] : [member], { ...request, descending: true }),
    assignment: (district, id) => assignments.get(district, id),
    assignmentsOfCase: (district, reviewCase) =>
      submissionsOnly(allOf((request) => assignments.page(district, 'case', [reviewCase], request))),
    pageOfAssignments: (district, reviewer, request, state) => {
      const page = { ...request, descending: true };
      return state === undefined
        ? assignments.page(district, 'reviewer', [reviewer], page)
        : assignments.page(district, 'state', [reviewer, state], page);
    },
    openAssignmentsOf: (district, reviewer) =>
      allOf((request) => assignments.page(district, 'state', [reviewer, 'open'], request)),
    openCount: (district, reviewer) => assignments.count(district, 'state', [reviewer, 'open']),
    assignmentsSince: (district, reviewer, since) =>
      allOf((request) => assignments.page(district, 'reviewer', [reviewer], { ...request, from: since })),
    assignmentsOn: (district, submission, reviewer) =>
      submissionsOnly(
        allOf((request) => assignments.page(district, 'submission', [submission, reviewer], request)),
      ),
    lastLiveWork: async (district, reviewer, version) => {
      const key = [reviewer, version, 'submission'];
      return (await assignments.page(district, 'work', key, { limit: 1, descending: true })).items[0];
    },
    lastGiven: async (district, version, limit) =>
      (await assignments.page(district, 'version', [version, 'submission'], { limit, descending: true }))
        .items,
    seedsGiven: async (district, reviewer, version) => {
      const key = [reviewer, version, 'seed'];
      const given = await allOf((request) => assignments.page(district, 'work', key, request));
      return given.filter((one): one is SeedAssignment => one.work === 'seed');
    },
    signOffsSince: async (district, reviewer, version, since) => {
      const kinds = await Promise.all(
        (['rating', 'adjudication'] as const).map((kind) =>
          allOf((request) =>
            ratings.page(district, 'reviewer', [reviewer, version, kind], { ...request, from: since }),
          ),
        ),
      );
      return kinds.flat().sort((a, b) => (a.committedAt < b.committedAt ? -1 : 1));
    },
    ratingsOfCase: (district, reviewCase) =>
      allOf((request) => ratings.page(district, 'case', [reviewCase], request)),
    ratingsOfSubmission: (district, submission) =>
      allOf((request) => ratings.page(district, 'submission', [submission], request)),
    rating: (district, id) => ratings.get(district, id),
    ratingOfAssignment: (district, assignment) => ratings.find(district, 'assignment', [assignment]),
    committedFor: async (district, assignment) => {
      const [rating, seedRating] = await Promise.all([
        ratings.find(district, 'assignment', [assignment]),
        seedRatings.find(district, 'assignment', [assignment]),
      ]);
      return rating ?? seedRating;
    },
    lastRating: async (district, reviewer, version) => {
      const key = [reviewer, version, 'rating'];
      return (await ratings.page(district, 'reviewer', key, { limit: 1, descending: true })).items[0];
    },
    seedRatingsOf: (district, reviewer, version, since) =>
      allOf((request) =>
        seedRatings.page(district, 'reviewer', [reviewer, version], {
          ...request,
          ...(since === undefined ? {} : { from: since }),
        }),
      ),
    seedPlan: (district, reviewer, version) => seedPlans.find(district, 'once', [reviewer, version]),
    seedReportsOf: (district, reviewer, request) =>
      seedReports.page(district, 'reviewer', [reviewer], { ...request, descending: true }),
    ratingCount: (district, reviewer, version) =>
      ratings.count(district, 'reviewer', [reviewer, version, 'rating']),
    draft: (district, assignment) => drafts.get(district, assignment),
    pageOfCases: (district, state, request) => cases.page(district, 'state', [state], request),
    casesOn: (district, submission) =>
      allOf((request) => cases.page(district, 'submission', [submission], request)),
    pageOfRounds: (district, origin, request) =>
      cases.page(district, 'origin', [origin], { ...request, descending: true }),
    caseCount: (district, version) => cases.count(district, 'version', [version]),
    decision: (district, id) => decisions.get(district, id),
    decisionOn: async (district, submission) =>
      (await decisions.page(district, 'submission', [submission], { limit: 1, descending: true })).items[0],
    decisionsOn: (district, submission) =>
      allOf((request) => decisions.page(district, 'submission', [submission], request)),
    pageOfDecisions: (district, teacher, request) => {
      const page = { ...request, descending: true };
      return teacher === undefined
        ? decisions.page(district, 'all', [], page)
        : decisions.page(district, 'teacher', [teacher], page);
    },
  };
}

async function submissionsOnly(
  assignments: Promise<readonly Assignment[]>,
): Promise<readonly SubmissionAssignment[]> {
  return (await assignments).filter((one): one is SubmissionAssignment => one.work === 'submission');
}

/** What the use cases of this room need. */
export interface ReviewPorts extends BasePorts {
  readonly store: ReviewStore;
  readonly tenancy: TenancyPorts;
  readonly achievements: AchievementPorts;
  readonly evidence: EvidencePorts;
  readonly submissions: SubmissionPorts;
  readonly calibration: CalibrationPorts;
  /** Tells a reviewer of an own assignment, once; said again it is one message. */
  readonly tellReviewer: (event: ReviewerEvent) => Promise<void>;
  /** Tells of a drift signal, once; said again it is one message. */
  readonly tellOfDrift: (event: DriftEvent) => Promise<void>;
  /** Tells somebody of an appeal, once; said again it is one message. Left out: nobody is told. */
  readonly tellOfAppeal?: (event: AppealEvent) => Promise<void>;
  /** Told after each step of an appeal was done: where tests stop the process. */
  readonly atStep?: (step: string) => void | Promise<void>;
}

/** What a reviewer is told by mail: the same words whatever the work is. */
export interface ReviewerEvent {
  readonly about: 'due-soon' | 'expired';
  readonly assignment: Pick<Assignment, 'id' | 'district' | 'reviewer' | 'achievementVersion' | 'dueAt'>;
}

/** What is told of a drift signal, and to whom: leads, or else the reviewer. */
export interface DriftEvent {
  readonly about:
    | 'raised-to-leads'
    | 'suspended-to-leads'
    | 'raised-to-reviewer'
    | 'recalibrating'
    | 'cleared'
    | 'suspended-to-reviewer';
  readonly signal: Pick<DriftSignal, 'id' | 'district' | 'reviewer' | 'achievementVersion'>;
}

/** What somebody is told by mail of an appeal; nobody's words. */
export interface AppealEvent {
  /** The same each time. */
  readonly id: string;
  readonly district: Appeal['district'];
  readonly member: Appeal['teacher'];
  readonly about: 'to-screen' | 'to-decide' | 'admitted' | 'inadmissible' | 'upheld' | 'varied' | 'dismissed';
  readonly appeal: Appeal['id'];
  readonly achievementVersion: Appeal['achievementVersion'];
}
