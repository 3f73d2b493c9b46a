import type { Instant } from '../kernel/index.js';

/** Why something could not be had: it is not there, its host could not be asked, or we refuse to ask. */
export interface FetchFailure {
  readonly ok: false;
  readonly kind: 'absent' | 'unreachable' | 'refused';
  /** For people: what was tried and what happened. */
  readonly reason: string;
}

/** Bytes as they were served, after content encoding was undone. */
export interface Fetched {
  readonly ok: true;
  readonly bytes: Uint8Array;
  /** The media type without parameters, in lower case. */
  readonly mediaType: string;
  /** Where the bytes came from in the end. */
  readonly url: string;
  /** When they were had, if that was earlier than this request. */
  readonly fetchedAt?: Instant;
}

/**
 * The one way out to other hosts. `adapters/outbound-http` implements it: public https hosts only, and it
 * never rejects - what went wrong is an answer.
 */
export interface Outbound {
  /** GET `url`; `accept` are the media types that will do (`*` + `/*` for any); `maxBytes` at most 512 KiB. */
  get(
    url: string,
    want: { readonly accept: readonly string[]; readonly maxBytes?: number },
  ): Promise<Fetched | FetchFailure>;
}

/** A controller document: of a DID or of an https URL. `url`: where it came from in the end, unless from the id itself. */
export type DidAnswer =
  { readonly ok: true; readonly document: unknown; readonly url?: string } | FetchFailure;

/** What an issuer says of one of its credentials, beside the status list (never over a set bit). */
export interface Standing {
  readonly state: 'active' | 'suspended' | 'revoked' | 'superseded';
  readonly since: string;
  readonly reason?: string;
  /** The id of the credential to use instead. */
  readonly replacedBy?: string;
}

/**
 * `not-asked`: the issuer offers no standing that this verifier can ask for. `invalid`: what was answered is not the
 * issuer's word about this credential now.
 */
export type StandingAnswer =
  | { readonly ok: true; readonly standing: Standing }
  | { readonly ok: false; readonly kind: 'not-asked' }
  | { readonly ok: false; readonly kind: 'invalid'; readonly reason: string }
  | FetchFailure;

/** Which bytes are wanted of a resource that may have several forms or editions. */
export interface WantedResource {
  readonly url: string;
  readonly mediaType?: string;
  /** The digest that the bytes must have: lets a host that keeps every edition give the right one. */
  readonly digestMultibase?: string;
}

/** Where a verifier gets what a credential points at. Nothing it answers is believed without being checked. */
export interface Resolver {
  did(did: string): Promise<DidAnswer>;
  statusList(url: string): Promise<Fetched | FetchFailure>;
  /** The controller document of an https issuer, at the issuer's own URL. */
  controller(url: string): Promise<DidAnswer>;
  /** A JWK Set, one JWK or one verification method. */
  keys(url: string): Promise<Fetched | FetchFailure>;
  schema(url: string): Promise<Fetched | FetchFailure>;
  resource(wanted: WantedResource): Promise<Fetched | FetchFailure>;
  /** What this issuer says of a credential of its own. */
  standing(credentialId: string, issuer: string): Promise<StandingAnswer>;
}
