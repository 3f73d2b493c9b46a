import type { Audited } from '../audit/index.js';
import type { AchievementId, AchievementVersionId, DistrictId, Instant, Stored } from '../kernel/index.js';
import type { Rubric } from './rubric.js';

/** What an earner may achieve, across its versions (Open Badges 3.0, Achievement). It follows from them: `settleVersion` brings it up to date. */
export interface Achievement extends Stored {
  readonly id: AchievementId;
  readonly district: DistrictId;
  /** In the achievement's URL; unique in the district; never changes. */
  readonly slug: string;
  /** The number of the newest version, draft or not. */
  readonly newestVersion: number;
  /** The number of the published version on which work is taken now; null before the first publication. */
  readonly currentVersion: number | null;
  readonly createdAt: Instant;
}

/** How an achievement version stands. A published one is never edited. */
export type VersionState = 'draft' | 'published' | 'superseded' | 'retired';

/** One version of an achievement: what is signed into each credential of it. Immutable once published. */
export interface AchievementVersion extends Stored, Audited {
  readonly id: AchievementVersionId;
  readonly district: DistrictId;
  readonly achievement: AchievementId;
  readonly slug: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly state: VersionState;
  readonly content: AchievementContent;
  /** `https://HOST/d/{district}/achievements/{slug}/v{n}`: the achievement's id in credentials. */
  readonly url: string;
  /** Hex SHA-256 of the JCS form of `content`; null while a draft. */
  readonly contentHash: string | null;
  readonly createdAt: Instant;
  readonly publishedAt: Instant | null;
  /** Why nothing of it is signed now: what a check of a credential found before signing. Null or absent while it issues. */
  readonly stopped?: IssuingStop | null;
  /** `stopped.since`, by which stopped versions are listed; null or absent while nothing is stopped. */
  readonly stoppedSince?: Instant | null;
  /** When the achievement must follow this version (be made, point at it, supersede the one before); null when it does. */
  readonly effectDue: Instant | null;
}

/** That the issuing of a version was stopped, by what was found in the credential of which award. */
export interface IssuingStop {
  readonly since: Instant;
  readonly award: string;
  readonly findings: readonly { readonly rule: string; readonly pointer: string; readonly detail: string }[];
}

/** Everything that an author writes. */
export interface AchievementContent {
  readonly name: string;
  readonly description: string;
  /** Open Badges AchievementType: `MicroCredential` for what is reviewed, `Certification` … for milestones. */
  readonly achievementType: string;
  /** Criteria in Markdown. */
  readonly criteria: string;
  /** BCP 47, in the form that Open Badges allows (`en`, `en-US`). */
  readonly language: string;
  readonly tags: readonly string[];
  readonly alignments: readonly Alignment[];
  /** Credit hours: a multiple of 0.25 from 0 to 1000. */
  readonly creditHours: number;
  /** Whole months after the award when the credential expires; null for never. */
  readonly validForMonths: number | null;
  /** Which entries of status its credentials carry; left out: `revocation` alone. */
  readonly statusEntries?: StatusEntries;
  readonly assessment: Assessment;
}

/**
 * `revocation`: one entry, as the Open Badges schemas want it. `revocation-and-suspension`: a list of two, so that a
 * suspension is told by a status list, too, at the price that some verifiers refuse a list.
 */
export const statusEntries = ['revocation', 'revocation-and-suspension'] as const;
export type StatusEntries = (typeof statusEntries)[number];

/** Whether a suspension of its credentials is told by a status list. */
export function listsSuspension(content: Pick<AchievementContent, 'statusEntries'>): boolean {
  return content.statusEntries === 'revocation-and-suspension';
}

/** How it is found out that the achievement was reached. */
export type Assessment =
  | {
      /** By calibrated reviewers against the rubric. */
      readonly by: 'review';
      readonly rubric: Rubric;
      readonly requirements: readonly EvidenceRequirement[];
    }
  /** Outside this service; said in the credential and on its page. */
  | { readonly by: 'outside'; readonly how: string }
  /** By holding every component: a milestone. Components are achievements of this district; any version counts. */
  | { readonly by: 'components'; readonly components: readonly AchievementId[] };

/** An alignment to a framework by code and URL (Open Badges 3.0, Alignment). */
export interface Alignment {
  readonly targetName: string;
  readonly targetUrl: string;
  readonly targetFramework: string;
  readonly targetCode: string | null;
  readonly targetDescription: string | null;
}

/** The vocabulary AchievementType of Open Badges 3.0; it may be extended by values that begin with `ext:`. */
export const achievementTypes = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const;

/** The media types that evidence may have. The evidence room, which recognises them in content, holds the same list. */
export const evidenceMediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'video/mp4',
  'video/webm',
  'text/plain',
  'text/markdown',
] as const;

/** One thing that a submission must hold. */
export interface EvidenceRequirement {
  /** Lower-case slug, unique in the version. */
  readonly id: string;
  readonly kind: 'file' | 'text';
  readonly name: string;
  readonly description: string;
  /** What the credential says of this kind of evidence (Open Badges 3.0, Evidence.genre), such as `Lesson plan`. */
  readonly genre: string;
  /** Allowed media types of files; empty for text. */
  readonly mediaTypes: readonly string[];
  /** Files: how many. Text: how many words. 0 makes it optional. */
  readonly min: number;
  readonly max: number;
  /** Whether children may be seen or heard, so that a consent for review must name each file. */
  readonly needsConsent: boolean;
  /** Ids of the criteria that this evidence shows; left out where the author says none. */
  readonly serves?: readonly string[];
}
