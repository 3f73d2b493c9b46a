import type { JsonObject } from '../securing/index.js';
import type { CheckName, Outcome, Verdict } from './finding.js';

export type Recognition = 'recognised' | 'unknown' | 'look-alike';

/** What was judged; null where that could not be seen. */
export type ReportedKind = 'credential' | 'endorsement' | 'record' | 'presentation' | null;

export interface CheckResult {
  readonly check: CheckName;
  readonly outcome: Outcome;
  readonly detail: string;
}

/** Who signed, as far as could be read: never more than a claim unless the check `proof` passed. */
export interface ReportedIssuer {
  readonly id: string;
  /** The host of a did:web or https issuer, else the id itself. */
  readonly domain: string;
  /** The same with the path below the host: who it is where many write on one host. */
  readonly place: string;
  readonly name: string | null;
  readonly url: string | null;
}

export interface ReportedAchievement {
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly achievementType: string | null;
}

/** Whom it is about. `hashedEmail`: an e-mail address can be compared with `recipient`. */
export interface ReportedHolder {
  readonly id: string | null;
  readonly name: string | null;
  readonly hashedEmail: boolean;
}

/** What an endorsement says, as its maker signed it. */
export interface ReportedEndorsement {
  /** The id of what is endorsed. */
  readonly about: string | null;
  readonly comment: string | null;
  /** Whether that is the credential around it, its achievement or its issuer; null when it stands alone. */
  readonly isAboutThis: boolean | null;
}

/** What `POST /api/v1/verify` answers. */
export interface VerificationReport {
  readonly kind: ReportedKind;
  readonly verdict: Verdict;
  readonly sentence: string;
  /** Why the verdict is not `valid`: the detail of every check that speaks against it, the deciding one first. */
  readonly reasons: readonly string[];
  readonly checkedAt: string;
  readonly checks: readonly CheckResult[];
  readonly recognition: Recognition;
  /** The document that was judged, read with pinned contexts; null where none could be read. Show only this. */
  readonly credential: JsonObject | null;
  readonly issuer: ReportedIssuer | null;
  readonly achievement: ReportedAchievement | null;
  readonly holder: ReportedHolder | null;
  /** Only of an endorsement. */
  readonly endorsement?: ReportedEndorsement;
  /** The reports on what is inside: embedded, presented and component credentials. */
  readonly nested: readonly VerificationReport[];
  /** Only where the issuer names a credential to use instead. */
  readonly replacedBy?: string;
  /** The id of the key that signed, or of all keys with commas between them; only where the proof holds. */
  readonly key?: string;
  /** Since when the issuer's list says what it says of the status, in its own words; only where a list was read. */
  readonly statusListedAt?: string;
  /** When that was had from the issuer: earlier than `checkedAt` where the list was kept for its time to live. */
  readonly statusCheckedAt?: string;
}
