import type { Model } from '../foreign-documents.js';

const both = ['2.0', '1.1'] as const;

interface Abroad {
  /** Its name in the table. */
  readonly title: string;
  /** The forms of ours that it can judge. */
  readonly takes: RegExp;
  readonly asked: readonly (readonly [
    format: string,
    method: 'did:key' | 'did:web' | 'did:jwk',
    models: readonly Model[],
  ])[];
}

/**
 * Strangers in languages that this project's tests do not need: what each was asked to sign. What they signed is
 * recorded beside (`NAME.json`), and verified by every run of the tests.
 */
export const abroad = {
  java: {
    title: 'Iron, Nimbus (Java)',
    takes: /^(eddsa-rdfc|ecdsa|Ed25519|JWT)/,
    asked: [
      ['eddsa-rdfc-2022', 'did:key', both],
      ['eddsa-rdfc-2022', 'did:web', ['2.0']],
      ['ecdsa-rdfc-2019 P-256', 'did:key', both],
      ['ecdsa-rdfc-2019 P-256', 'did:web', ['2.0']],
      ['ecdsa-rdfc-2019 P-384', 'did:key', both],
      ['Ed25519Signature2020', 'did:key', ['1.1']],
      ['JWT RS256', 'did:web', ['2.0']],
      ['JWT RS256 typ JWT', 'did:jwk', ['2.0']],
      ['JWT ES256 typ vc+jwt', 'did:jwk', ['2.0']],
      ['JWT ES256 vc claim', 'did:web', ['1.1']],
    ],
  },
  rust: {
    title: 'affinidi-data-integrity (Rust)',
    takes: /^eddsa-jcs/,
    asked: [
      ['eddsa-jcs-2022', 'did:key', both],
      ['eddsa-jcs-2022', 'did:web', ['2.0']],
    ],
  },
  ssi: {
    title: 'ssi (Rust)',
    takes: /^(eddsa-rdfc|ecdsa|Ed25519)/,
    asked: [
      ['eddsa-rdfc-2022', 'did:key', both],
      ['ecdsa-rdfc-2019 P-256', 'did:key', both],
      ['ecdsa-rdfc-2019 P-384', 'did:key', both],
      ['Ed25519Signature2020', 'did:key', both],
    ],
  },
} as const satisfies { readonly [name: string]: Abroad };
