import type { AchievementPorts, Levels } from '../achievements/index.js';
import type { Audited } from '../audit/index.js';
import type {
  AchievementVersionId,
  BasePorts,
  Collection,
  CollectionSpec,
  DistrictId,
  ExemplarId,
  Instant,
  MemberId,
  Page,
  PageRequest,
  Store,
  Stored,
} from '../kernel/index.js';
import type { EvidencePorts } from '../evidence/index.js';
import type { SubmissionPorts } from '../submissions/index.js';
import type { TenancyPorts } from '../tenancy/index.js';
import type { Certification, QualificationAttempt } from './certification.js';
import { codesSpec, type StoredCode } from './declarations/code-of-conduct.js';
import { declarationsSpec, type Declaration } from './declarations/declaration.js';
import { driftPointsSpec, type DriftPoint } from './drift/drift-point.js';
import { driftSignalsSpec, type DriftSignal, type DriftSignalState } from './drift/drift-signal.js';
import type { Exemplar } from './exemplar.js';
import { figuresId, reviewerFiguresSpec, type ReviewerFigures } from './figures/reviewer-figures.js';
import { servingsSpec, type ExemplarServing } from './exemplar-serving.js';
import { observationsSpec, type Observation } from './observation.js';
import { policiesSpec, withNewNumbers, type StoredPolicy } from './policy/district-policy.js';

/** What a reviewer gave on a practice exemplar: from then on the reviewer knows its key. Never changed. */
export interface PracticeRating extends Stored, Audited {
  /** `{exemplar}:{reviewer}`. */
  readonly id: string;
  readonly district: DistrictId;
  readonly reviewer: MemberId;
  readonly exemplar: ExemplarId;
  readonly achievementVersion: AchievementVersionId;
  readonly levels: Levels;
  readonly at: Instant;
}

export const exemplarsSpec: CollectionSpec<Exemplar> = {
  name: 'exemplars',
  scope: 'district',
  // One copy of a work for a version.
  unique: [{ name: 'copy', fields: ['origin', 'achievementVersion'] }],
  indexes: [
    { name: 'version', equality: ['achievementVersion'], order: 'createdAt' },
    { name: 'pool', equality: ['achievementVersion', 'pool', 'state'], order: 'createdAt' },
    { name: 'source', equality: ['sourceSubmission'], order: 'createdAt' },
    { name: 'creator', equality: ['createdBy'], order: 'createdAt' },
    { name: 'origin', equality: ['origin'], order: 'createdAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const practiceRatingsSpec: CollectionSpec<PracticeRating> = {
  name: 'practice_ratings',
  scope: 'district',
  unique: [],
  indexes: [
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion'], order: 'at' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['auditDue'],
};

export const attemptsSpec: CollectionSpec<QualificationAttempt> = {
  name: 'qualification_attempts',
  scope: 'district',
  unique: [{ name: 'number', fields: ['reviewer', 'achievementVersion', 'number'] }],
  indexes: [
    { name: 'reviewer', equality: ['reviewer', 'achievementVersion'], order: 'number' },
    { name: 'state', equality: ['achievementVersion', 'state'], order: 'startedAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['auditDue', 'effectDue'],
};

export const certificationsSpec: CollectionSpec<Certification> = {
  name: 'certifications',
  scope: 'district',
  unique: [{ name: 'uniqueBy', fields: ['uniqueBy'] }],
  indexes: [
    { name: 'all', equality: [], order: 'from' },
    { name: 'reviewer', equality: ['reviewer'], order: 'from' },
    { name: 'version', equality: ['achievementVersion'], order: 'from' },
    { name: 'own', equality: ['reviewer', 'achievementVersion'], order: 'from' },
  ],
  sweeps: ['auditDue', 'effectDue'],
};

/**
 * What the room keeps, in verbs of its own. Exemplars, servings, attempts, ratings, certifications, policies, codes of
 * conduct and declarations are never removed.
 */
export interface CalibrationStore {
  readonly exemplars: Collection<Exemplar>;
  readonly practiceRatings: Collection<PracticeRating>;
  readonly servings: Collection<ExemplarServing>;
  readonly attempts: Collection<QualificationAttempt>;
  readonly certifications: Collection<Certification>;
  readonly observations: Collection<Observation>;
  readonly reviewerFigures: Collection<ReviewerFigures>;
  readonly driftPoints: Collection<DriftPoint>;
  readonly driftSignals: Collection<DriftSignal>;
  readonly reviewPolicies: Collection<StoredPolicy>;
  readonly codes: Collection<StoredCode>;
  readonly declarations: Collection<Declaration>;
  exemplar(district: string, id: string): Promise<Exemplar | undefined>;
  exemplarsOfVersion(district: string, version: string): Promise<readonly Exemplar[]>;
  exemplarsFrom(district: string, submission: string): Promise<readonly Exemplar[]>;
  exemplarsBy(district: string, creator: string): Promise<readonly Exemplar[]>;
  /** An exemplar and its copies for other versions. */
  copiesOf(district: string, origin: string): Promise<readonly Exemplar[]>;
  pageOfExemplars(district: string, version: string, request: PageRequest): Promise<Page<Exemplar>>;
  /** Exemplars of a pool in one state, oldest first. */
  pool(
    district: string,
    version: string,
    pool: Exemplar['pool'],
    state: Exemplar['state'],
  ): Promise<readonly Exemplar[]>;
  practiceRating(district: string, exemplar: string, reviewer: string): Promise<PracticeRating | undefined>;
  practiceRatingsOf(district: string, reviewer: string, version: string): Promise<readonly PracticeRating[]>;
  /** Every attempt of a reviewer on a version, the first first. */
  attemptsOf(district: string, reviewer: string, version: string): Promise<readonly QualificationAttempt[]>;
  /** The attempts at a version that are open. */
  openAttempts(district: string, version: string): Promise<readonly QualificationAttempt[]>;
  /** Everything that a member was ever served, on any version, the first first. */
  servingsOf(district: string, member: string): Promise<readonly ExemplarServing[]>;
  /** Everybody who was ever served a work, in any copy of it, the first first. */
  servingsOfWork(district: string, origin: string): Promise<readonly ExemplarServing[]>;
  certification(district: string, id: string): Promise<Certification | undefined>;
  /** Every certification that a reviewer ever had for a version, the newest last. */
  certificationsFor(district: string, reviewer: string, version: string): Promise<readonly Certification[]>;
  certificationsOfVersion(district: string, version: string): Promise<readonly Certification[]>;
  /** Certifications, the oldest first: the district's, or one reviewer's. */
  pageOfCertifications(
    district: string,
    reviewer: string | undefined,
    request: PageRequest,
  ): Promise<Page<Certification>>;
  /** Every version of the district's review policy, the newest first. */
  policies(district: string): Promise<readonly StoredPolicy[]>;
  policy(district: string, number: number): Promise<StoredPolicy | undefined>;
  /** Every version of the code of conduct that the district set, the newest first. */
  codesOfConduct(district: string): Promise<readonly StoredCode[]>;
  /** What a member declared, in the order made. */
  declarationsOf(district: string, member: string): Promise<readonly Declaration[]>;
  /** What is known of a reviewer's levels beside keys and other ratings, on a version, the oldest first. */
  observationsOf(district: string, reviewer: string, version: string): Promise<readonly Observation[]>;
  /** The figures of a reviewer on a version; of everybody on a version, of a reviewer, and of the district. */
  figuresOf(district: string, reviewer: string, version: string): Promise<ReviewerFigures | undefined>;
  figuresOfVersion(district: string, version: string): Promise<readonly ReviewerFigures[]>;
  figuresOfReviewer(district: string, reviewer: string): Promise<readonly ReviewerFigures[]>;
  figuresOfDistrict(district: string): Promise<readonly ReviewerFigures[]>;
  /** Every point of a reviewer's charts on a version, in the order fed; and the newest. */
  driftPointsOf(district: string, reviewer: string, version: string): Promise<readonly DriftPoint[]>;
  lastDriftPoint(district: string, reviewer: string, version: string): Promise<DriftPoint | undefined>;
  /**
   * Drift signals, the newest first: of a reviewer, of a version, of both, in a state, or the district's. Of a person or a
   * version, the state is the caller's to look at.
   */
  pageOfDriftSignals(
    district: string,
    which: DriftSignalsOf,
    request: PageRequest,
  ): Promise<Page<DriftSignal>>;
  driftSignalsOfReviewer(district: string, reviewer: string): Promise<readonly DriftSignal[]>;
  /** The signals of a reviewer on a version, and those of a certification, the oldest first. */
  driftSignalsOf(district: string, reviewer: string, version: string): Promise<readonly DriftSignal[]>;
  driftSignalsOn(district: string, certification: string): Promise<readonly DriftSignal[]>;
  /** How often two reviewers rated the same work of a version, both ratings decided on. */
  timesPaired(district: string, version: string, reviewer: string, other: string): Promise<number>;
}

/** The room's collections over a database. */
export function calibrationStore(store: Store): CalibrationStore {
  const exemplars = store.collection(exemplarsSpec);
  const practiceRatings = store.collection(practiceRatingsSpec);
  const servings = store.collection(servingsSpec);
  const attempts = store.collection(attemptsSpec);
  const certifications = store.collection(certificationsSpec);
  const observations = store.collection(observationsSpec);
  const reviewerFigures = store.collection(reviewerFiguresSpec);
  const driftPoints = store.collection(driftPointsSpec);
  const driftSignals = store.collection(driftSignalsSpec);
  const reviewPolicies = store.collection(policiesSpec);
  const codes = store.collection(codesSpec);
  const declarations = store.collection(declarationsSpec);
  return {
    exemplars,
    practiceRatings,
    servings,
    attempts,
    certifications,
    observations,
    reviewerFigures,
    driftPoints,
    driftSignals,
    reviewPolicies,
    codes,
    declarations,
    exemplar: (district, id) => exemplars.get(district, id),
    exemplarsOfVersion: (district, version) => all(exemplars, district, 'version', [version]),
    exemplarsFrom: (district, submission) => all(exemplars, district, 'source', [submission]),
    exemplarsBy: (district, creator) => all(exemplars, district, 'creator', [creator]),
    copiesOf: (district, origin) => all(exemplars, district, 'origin', [origin]),
    pageOfExemplars: (district, version, request) => exemplars.page(district, 'version', [version], request),
    pool: (district, version, pool, state) => all(exemplars, district, 'pool', [version, pool, state]),
    practiceRating: (district, exemplar, reviewer) =>
      practiceRatings.get(district, `${exemplar}:${reviewer}`),
    practiceRatingsOf: (district, reviewer, version) =>
      all(practiceRatings, district, 'reviewer', [reviewer, version]),
    attemptsOf: (district, reviewer, version) => all(attempts, district, 'reviewer', [reviewer, version]),
    openAttempts: (district, version) => all(attempts, district, 'state', [version, 'open']),
    servingsOf: (district, member) => all(servings, district, 'member', [member]),
    servingsOfWork: (district, origin) => all(servings, district, 'origin', [origin]),
    certification: (district, id) => certifications.get(district, id),
    certificationsFor: (district, reviewer, version) =>
      all(certifications, district, 'own', [reviewer, version]),
    certificationsOfVersion: (district, version) => all(certifications, district, 'version', [version]),
    pageOfCertifications: (district, reviewer, request) =>
      reviewer === undefined
        ? certifications.page(district, 'all', [], request)
        : certifications.page(district, 'reviewer', [reviewer], request),
    policies: async (district) =>
      (await all(reviewPolicies, district, 'all', [])).reverse().map(withNewNumbers),
    policy: async (district, number) => {
      const kept = await reviewPolicies.find(district, 'number', [number]);
      return kept === undefined ? undefined : withNewNumbers(kept);
    },
    codesOfConduct: async (district) => (await all(codes, district, 'all', [])).reverse(),
    declarationsOf: (district, member) => all(declarations, district, 'own', [member]),
    observationsOf: (district, reviewer, version) =>
      all(observations, district, 'reviewer', [reviewer, version]),
    figuresOf: (district, reviewer, version) =>
      reviewerFigures.get(district, figuresId({ reviewer, achievementVersion: version })),
    figuresOfVersion: (district, version) => all(reviewerFigures, district, 'version', [version]),
    figuresOfReviewer: (district, reviewer) => all(reviewerFigures, district, 'reviewer', [reviewer]),
    figuresOfDistrict: (district) => all(reviewerFigures, district, 'all', []),
    driftPointsOf: (district, reviewer, version) => all(driftPoints, district, 'chart', [reviewer, version]),
    lastDriftPoint: async (district, reviewer, version) =>
      (await driftPoints.page(district, 'chart', [reviewer, version], { limit: 1, descending: true }))
        .items[0],
    pageOfDriftSignals: (district, which, request) => {
      const [index, key] = driftIndexOf(which);
      return driftSignals.page(district, index, key, { ...request, descending: true });
    },
    driftSignalsOfReviewer: (district, reviewer) => all(driftSignals, district, 'person', [reviewer]),
    driftSignalsOf: (district, reviewer, version) =>
      all(driftSignals, district, 'reviewer', [reviewer, version]),
    driftSignalsOn: (district, certification) =>
      all(driftSignals, district, 'certification', [certification]),
    timesPaired: (district, version, reviewer, other) =>
      observations.count(district, 'pair', [version, reviewer, other]),
  };
}

/** Which drift signals are asked for; everything when nothing is named. */
export interface DriftSignalsOf {
  readonly state?: DriftSignalState | undefined;
  readonly reviewer?: string | undefined;
  readonly achievementVersion?: string | undefined;
}

/** The index that leaves least to be looked through, and its key. */
function driftIndexOf({
  state,
  reviewer,
  achievementVersion,
}: DriftSignalsOf): readonly [index: string, key: readonly string[]] {
  if (reviewer !== undefined)
    return achievementVersion === undefined
      ? ['person', [reviewer]]
      : ['reviewer', [reviewer, achievementVersion]];
  if (achievementVersion !== undefined) return ['version', [achievementVersion]];
  return state === undefined ? ['all', []] : ['state', [state]];
}

/** Lists that are bounded by their nature: the exemplars of a version, the attempts of a reviewer. */
async function all<T extends Stored>(
  collection: Collection<T>,
  district: string,
  index: string,
  key: readonly string[],
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await collection.page(district, index, key, {
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** What the use cases of this room need. */
export interface CalibrationPorts extends BasePorts {
  readonly store: CalibrationStore;
  readonly achievements: AchievementPorts;
  readonly tenancy: TenancyPorts;
  readonly evidence: EvidencePorts;
  readonly submissions: SubmissionPorts;
  /**
   * The author of a submission and everybody who was ever given it to review, in any round: asked of `review/`. Whoever
   * read a work is not measured on an exemplar that was made from it.
   */
  readonly readersOf: (district: string, submission: string) => Promise<readonly MemberId[]>;
}
