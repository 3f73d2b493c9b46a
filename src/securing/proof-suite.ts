import type { KeyAlgorithm } from './signer.js';

/** The Data Integrity suites that this service can sign with, by `cryptosuite`, and the one older suite by its type. */
export const proofSuites = [
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019',
  'Ed25519Signature2020',
] as const;
export type ProofSuite = (typeof proofSuites)[number];

/** The kinds of key that proofs can be made with, each with its algorithm and the suites that it goes with. */
export const proofKeyTypes = {
  Ed25519: { algorithm: 'Ed25519', suites: ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020'] },
  'P-256': { algorithm: 'ES256', suites: ['ecdsa-rdfc-2019'] },
  'P-384': { algorithm: 'ES384', suites: ['ecdsa-rdfc-2019'] },
} as const satisfies {
  readonly [type: string]: { readonly algorithm: KeyAlgorithm; readonly suites: readonly ProofSuite[] };
};
export type ProofKeyType = keyof typeof proofKeyTypes;

/** The kind of a key by its algorithm; undefined for RSA, with which no suite here signs. */
export function proofKeyType(algorithm: KeyAlgorithm): ProofKeyType | undefined {
  switch (algorithm) {
    case 'Ed25519':
      return 'Ed25519';
    case 'ES256':
      return 'P-256';
    case 'ES384':
      return 'P-384';
    case 'RS256':
      return undefined;
  }
}
