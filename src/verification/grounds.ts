import type { Instant } from '../kernel/index.js';
import type { JsonObject } from '../securing/index.js';
import type { AskedChecks, Resources } from './resources.js';

/** What a document is judged by beside itself: what it points at, the time, and whom the verifier expects. Plain data. */
export interface Grounds {
  readonly resources: Resources;
  readonly now: Instant;
  readonly recipient: string | undefined;
  readonly checks?: AskedChecks | undefined;
  /** Public JWKs that the caller trusts: they alone are tried, whoever the issuer or holder is. */
  readonly keys?: readonly JsonObject[] | undefined;
  /** What a presentation is asked for; not looked at for a credential. */
  readonly presenting?: Presenting | undefined;
}

/** What a presentation must answer to. */
export interface Presenting {
  /** For whom it must have been made (`domain` of its proof, `aud` of its token). */
  readonly domain?: string | undefined;
  /** What it must repeat (`challenge` of its proof, `nonce` of its token), so that an old one cannot be shown again. */
  readonly challenge?: string | undefined;
  /** Whether one that nobody signed will do. Never when a domain or challenge is asked for. */
  readonly unsigned: 'allowed' | 'refused';
}
