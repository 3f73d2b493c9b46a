import type {
  AchievementVersionId,
  AwardId,
  BasePorts,
  Collection,
  CollectionSpec,
  DistrictId,
  MemberId,
  Page,
  PageRequest,
  Store,
  SubmissionId,
} from '../kernel/index.js';
import type { AchievementPorts } from '../achievements/index.js';
import type { AuditStore } from '../audit/index.js';
import type { CalibrationPorts } from '../calibration/index.js';
import type { EvidencePorts } from '../evidence/index.js';
import type { ReviewPorts } from '../review/index.js';
import type { SubmissionPorts } from '../submissions/index.js';
import type { PathwayPorts } from '../pathways/index.js';
import type { SecuringPorts } from '../securing/index.js';
import type { StatusPorts } from '../status/index.js';
import type { TenancyPorts } from '../tenancy/index.js';
import type { Award, Edition } from './award.js';
import {
  compromisedAwardsSpec,
  keyCompromisesSpec,
  type CompromisedAward,
  type CompromiseStep,
  type KeyCompromise,
} from './compromise/key-compromise.js';
import {
  endorsementsSpec,
  includedEndorsementsSpec,
  type Endorsement,
  type IncludedEndorsement,
} from './endorsements/endorsement.js';
import type { KeptStatement } from './quality-statement.js';

export const awardsSpec: CollectionSpec<Award> = {
  name: 'awards',
  scope: 'district',
  unique: [
    { name: 'uniqueBy', fields: ['uniqueBy'] },
    { name: 'publicId', fields: ['publicId'] },
  ],
  indexes: [
    { name: 'all', equality: [], order: 'createdAt' },
    { name: 'holder', equality: ['holder'], order: 'createdAt' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

export const editionsSpec: CollectionSpec<Edition> = {
  name: 'editions',
  scope: 'district',
  unique: [{ name: 'number', fields: ['award', 'n'] }],
  indexes: [{ name: 'award', equality: ['award'], order: 'n' }],
};

export const statementsSpec: CollectionSpec<KeptStatement> = {
  name: 'quality_statements',
  scope: 'district',
  unique: [{ name: 'sha256', fields: ['sha256'] }],
  indexes: [],
};

/** What the room keeps, in verbs of its own. */
export interface IssuingStore {
  readonly awards: Collection<Award>;
  readonly editions: Collection<Edition>;
  readonly statements: Collection<KeptStatement>;
  readonly endorsements: Collection<Endorsement>;
  readonly includedEndorsements: Collection<IncludedEndorsement>;
  readonly compromises: Collection<KeyCompromise>;
  readonly compromisedAwards: Collection<CompromisedAward>;
  award(district: string, id: string): Promise<Award | undefined>;
  awardByPublicId(district: string, publicId: string): Promise<Award | undefined>;
  awardUniqueBy(district: string, uniqueBy: string): Promise<Award | undefined>;
  /** Every award of the district, newest first. */
  pageOfAwards(district: string, request: PageRequest): Promise<Page<Award>>;
  /** A member's awards, newest first. */
  pageOfHoldersAwards(district: string, holder: string, request: PageRequest): Promise<Page<Award>>;
  edition(district: string, award: AwardId, n: number): Promise<Edition | undefined>;
  /** Every edition of an award, first to last: one for each correction. */
  editionsOf(district: string, award: AwardId): Promise<readonly Edition[]>;
  statement(district: string, id: string): Promise<KeptStatement | undefined>;
  statementByDigest(district: string, sha256: string): Promise<KeptStatement | undefined>;
}

/** The room's collections over a database. */
export function issuingStore(store: Store): IssuingStore {
  const awards = store.collection(awardsSpec);
  const editions = store.collection(editionsSpec);
  const statements = store.collection(statementsSpec);
  return {
    awards,
    editions,
    statements,
    endorsements: store.collection(endorsementsSpec),
    includedEndorsements: store.collection(includedEndorsementsSpec),
    compromises: store.collection(keyCompromisesSpec),
    compromisedAwards: store.collection(compromisedAwardsSpec),
    award: (district, id) => awards.get(district, id),
    awardByPublicId: (district, publicId) => awards.find(district, 'publicId', [publicId]),
    awardUniqueBy: (district, uniqueBy) => awards.find(district, 'uniqueBy', [uniqueBy]),
    pageOfAwards: (district, request) => awards.page(district, 'all', [], { ...request, descending: true }),
    pageOfHoldersAwards: (district, holder, request) =>
      awards.page(district, 'holder', [holder], { ...request, descending: true }),
    edition: (district, award, n) => editions.find(district, 'number', [award, n]),
    editionsOf: async (district, award) =>
      (await editions.page(district, 'award', [award], { limit: 1000 })).items,
    statement: (district, id) => statements.get(district, id),
    statementByDigest: (district, sha256) => statements.find(district, 'sha256', [sha256]),
  };
}

/** The numbered steps of an award, as `atStep` is told them after each was done. */
export const awardSteps = [
  '1 award kept',
  '2 status index reserved',
  '3 quality statement kept',
  '4 edition signed and kept',
  '5 award active',
  '6 holding kept',
  '7 decision carried out',
] as const;
export type AwardStep = (typeof awardSteps)[number];

/** What the use cases of this room need. */
export interface IssuingPorts extends BasePorts {
  /** No slash at the end. */
  readonly publicUrl: string;
  /** The addresses that the service has moved from, newest first; none when left out. */
  readonly formerUrls?: readonly string[];
  readonly store: IssuingStore;
  readonly achievements: Pick<AchievementPorts, 'store'>;
  readonly evidence: Pick<EvidencePorts, 'store'>;
  readonly submissions: Pick<SubmissionPorts, 'store'>;
  readonly calibration: Pick<CalibrationPorts, 'store'>;
  readonly review: Pick<ReviewPorts, 'store'>;
  readonly tenancy: TenancyPorts;
  /** Read: where it holds what a statement tells of. */
  readonly audit: { readonly store: AuditStore };
  readonly securing: SecuringPorts;
  readonly status: StatusPorts;
  readonly pathways: PathwayPorts;
  /** Keys the pseudonyms of recipients' addresses (HMAC-SHA-256); the service's own secret. */
  readonly recipientKey: Uint8Array;
  /** Tells the teacher of a decision that was carried out; may be told twice. Left out: nobody is told. */
  readonly notify?: (event: DecisionEvent) => Promise<void>;
  /** Tells a holder what became of their credentials when a key was withdrawn; may be told twice. */
  readonly tellOfKey?: (event: KeyEvent) => Promise<void>;
  /** Tells the district's admins that the issuing of a version was stopped; may be told twice. */
  readonly tellOfStop?: (event: StopEvent) => Promise<void>;
  /** Told after each step of an award or a key compromise was done: where tests stop the process. */
  readonly atStep?: (step: AwardStep | CompromiseStep) => void | Promise<void>;
}

/** A decision that was carried out, for its teacher to hear of. `id` is the same each time. */
export interface DecisionEvent {
  readonly id: string;
  readonly district: DistrictId;
  readonly member: MemberId;
  readonly submission: SubmissionId;
  readonly achievementVersion: AchievementVersionId;
  readonly outcome: 'met' | 'not_yet';
  readonly origin: 'first' | 'appeal' | 'look-back';
  /** Of "met", the credential; of "not yet", one that was revoked by it; null when there is none. */
  readonly credentialId: string | null;
}

/** That nothing of a version is signed until somebody has settled what was found. `id` is the same each time. */
export interface StopEvent {
  readonly id: string;
  readonly district: DistrictId;
  readonly achievementVersion: AchievementVersionId;
}

/** That credentials of a holder were signed with a key that was withdrawn. `id` is the same each time. */
export interface KeyEvent {
  readonly id: string;
  readonly district: DistrictId;
  readonly member: MemberId;
  /** Signed anew at the same address; or looked at by a person first. */
  readonly what: 'reissued' | 'in-question';
}
