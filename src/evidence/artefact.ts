import type {
  ArtefactId,
  ConsentId,
  DistrictId,
  Instant,
  MemberId,
  Stored,
  SubmissionId,
} from '../kernel/index.js';
import type { Audited } from '../audit/index.js';

/** A file that a member keeps as evidence; reusable across submissions. Its bytes lie encrypted under a key of its own. */
export interface Artefact extends Stored, Audited {
  readonly id: ArtefactId;
  readonly district: DistrictId;
  readonly owner: MemberId;
  /** The file's name as the owner gave it, cleaned; shown to the owner only. */
  readonly name: string;
  /** As found in the content, held to an allow-list. */
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** Hex SHA-256 of the plain bytes; null once erased, since it would tell whether a guess at the content is right. */
  readonly sha256: string | null;
  /** Base64url of 16 random bytes: with it, and never without, a digest of this artefact is published. Null once erased. */
  readonly salt: string | null;
  /** The file's own key, sealed; null once erased, after which nobody can read the bytes again. */
  readonly sealedKey: string | null;
  readonly createdAt: Instant;
  readonly erasedAt: Instant | null;
  /** When the consequences of its erasure (the file, pending submissions) are due; null when none are. */
  readonly effectDue: Instant | null;
}

/** What a consent allows an artefact to be used for. */
export const consentUses = ['review', 'coaching', 'exemplar', 'plc', 'showcase', 'pool-review'] as const;
export type ConsentUse = (typeof consentUses)[number];

/** That named artefacts may be used so, given by the guardians of the children who are seen or heard. */
export interface Consent extends Stored, Audited {
  readonly id: ConsentId;
  readonly district: DistrictId;
  readonly owner: MemberId;
  readonly submission: SubmissionId | null;
  readonly artefacts: readonly ArtefactId[];
  readonly use: ConsentUse;
  /** How the guardians' permission was given and where the district keeps it; no child's name. */
  readonly statement: string;
  readonly from: Instant;
  /** The end of the permission; null for no end. */
  readonly to: Instant | null;
  readonly withdrawnAt: Instant | null;
  /** When its end takes effect on pending submissions: `to`, or the withdrawal; null for no end, or when done. */
  readonly effectDue: Instant | null;
}
