/** The DIDs of the interop issuers, by their kind of key. */
export type InteropIssuerIds = { readonly [keyType in 'Ed25519' | 'P-256' | 'P-384']: string };

/** Where the VC-API is and for whom it signs: all that a conformance suite is pointed at. */
export interface VcApi {
  readonly baseUrl: string;
  readonly issue: string;
  readonly verifyCredential: string;
  readonly verifyPresentation: string;
  readonly status: string;
  /** Which issuer signs, its `credential.issuer` says. */
  readonly issuers: InteropIssuerIds;
  /** The suites of each kind of key, for `options.cryptosuite`. */
  readonly cryptosuites: { readonly [keyType in keyof InteropIssuerIds]: readonly string[] };
  readonly formats: readonly string[];
  readonly statusPurposes: readonly string[];
  /** A header that the calls must carry; the demo asks for none. */
  readonly authorization: null;
}

/** The VC-API of a service at this address. */
export function vcApiAt(baseUrl: string, issuers: InteropIssuerIds): VcApi {
  return {
    baseUrl,
    issue: `${baseUrl}/credentials/issue`,
    verifyCredential: `${baseUrl}/credentials/verify`,
    verifyPresentation: `${baseUrl}/presentations/verify`,
    status: `${baseUrl}/credentials/status`,
    issuers,
    cryptosuites: {
      Ed25519: ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020'],
      'P-256': ['ecdsa-rdfc-2019'],
      'P-384': ['ecdsa-rdfc-2019'],
    },
    formats: ['vc+jwt'],
    statusPurposes: ['revocation', 'suspension'],
    authorization: null,
  };
}
