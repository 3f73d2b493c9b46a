import type { JsonObject } from './json-object.js';

/**
 * How a verification method is found: the caller (who may fetch) gives the controller document as JSON with
 * the method in it, or says why not.
 */
export type ResolvedMethod =
  | { readonly ok: true; readonly method: JsonObject; readonly controllerDocument: JsonObject }
  | {
      readonly ok: false;
      /** `could-not-resolve`: nobody answered. `invalid`: answered, and the method is not there or malformed. */
      readonly kind: 'could-not-resolve' | 'invalid' | 'unsupported';
      readonly reason: string;
    };

export type ResolveVerificationMethod = (id: string) => Promise<ResolvedMethod>;

/** Why a proof or a token was not accepted. Only `invalid` says that it is wrong; the others that nobody could tell. */
export interface ProofFailure {
  readonly ok: false;
  readonly kind: 'invalid' | 'unsupported' | 'could-not-resolve';
  readonly reason: string;
}
