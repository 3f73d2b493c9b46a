import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
// @ts-expect-error no declarations
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
// @ts-expect-error no declarations
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
// @ts-expect-error no declarations
import { Ed25519Signature2020 } from '@digitalcredentials/ed25519-signature-2020';
// @ts-expect-error no declarations
import { Ed25519VerificationKey2020 } from '@digitalcredentials/ed25519-verification-key-2020';
// @ts-expect-error no declarations
import legacy from '@digitalcredentials/jsonld-signatures';
import { loadContexts } from '../../src/securing/contexts.js';
import type { JsonObject, PublicJwk } from '../../src/securing/index.js';

export const foreignSuites = [
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019 with P-256',
  'ecdsa-rdfc-2019 with P-384',
  'Ed25519Signature2020',
] as const;
export type ForeignSuite = (typeof foreignSuites)[number];

/** A key pair of a public library, not of ours. */
export interface ForeignKey {
  readonly suite: ForeignSuite;
  readonly publicKeyMultibase: string;
  readonly publicKeyJwk: PublicJwk;
  /** Adds a proof made with the library of this suite by `verificationMethod` to the credential. */
  sign(credential: JsonObject, verificationMethod: string, created?: string): Promise<JsonObject>;
  /** A proof with more members (`id`, `previousProof`), over the credential with `earlier` proofs in it. */
  proofWith(
    members: JsonObject,
    credential: JsonObject,
    verificationMethod: string,
    earlier?: readonly JsonObject[],
  ): Promise<JsonObject>;
}

const contexts = loadContexts();

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const documentLoader = async (url: string): Promise<any> => {
  const document = contexts.get(url);
  if (document === undefined) throw new Error(`the library asked for ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

/** A new key for one suite, and what signs with it. */
export async function aForeignKey(suite: ForeignSuite): Promise<ForeignKey> {
  const isEcdsa = suite.startsWith('ecdsa');
  const pair = isEcdsa
    ? await EcdsaMultikey.generate({ curve: suite.endsWith('P-384') ? 'P-384' : 'P-256' })
    : await Ed25519Multikey.generate();
  return {
    suite,
    publicKeyMultibase: pair.publicKeyMultibase,
    publicKeyJwk: publicOnly(await (isEcdsa ? EcdsaMultikey : Ed25519Multikey).toJwk({ keyPair: pair })),
    sign: async (credential, verificationMethod, created = '2026-11-20T09:00:00Z') => {
      const document = structuredClone(credential);
      if (suite === 'Ed25519Signature2020') return signature2020(document, pair, verificationMethod, created);
      const proof = integrityProof(suite, pair.signer(), verificationMethod, created);
      return issue({ credential: document, suite: proof, documentLoader, now: created });
    },
    proofWith: async (members, credential, verificationMethod, earlier = []) => {
      const proof = integrityProof(suite, pair.signer(), verificationMethod, '2026-11-20T09:00:00Z');
      const made = await Object.assign(proof, {
        proof: { '@context': credential['@context'], ...members },
      }).createProof({
        document: earlier.length === 0 ? credential : { ...credential, proof: earlier },
        purpose: { update: async (options: JsonObject) => ({ ...options, proofPurpose: 'assertionMethod' }) },
        proofSet: [],
        documentLoader,
      });
      const { '@context': _context, ...rest } = made;
      return rest;
    },
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function integrityProof(suite: ForeignSuite, signer: any, id: string, date: string) {
  return new DataIntegrityProof({ signer: { ...signer, id }, date, cryptosuite: cryptosuiteOf(suite) });
}

function cryptosuiteOf(suite: ForeignSuite) {
  if (suite === 'eddsa-rdfc-2022') return eddsaRdfc2022;
  return suite === 'eddsa-jcs-2022' ? eddsaJcs2022.createSignCryptosuite() : ecdsaRdfc2019;
}

async function signature2020(
  document: JsonObject,
  pair: { readonly publicKeyMultibase: string; export(options: object): Promise<JsonObject> },
  verificationMethod: string,
  created: string,
): Promise<JsonObject> {
  const secret = await pair.export({ publicKey: true, secretKey: true });
  const key = await Ed25519VerificationKey2020.from({
    id: verificationMethod,
    controller: verificationMethod.split('#')[0],
    type: 'Ed25519VerificationKey2020',
    publicKeyMultibase: pair.publicKeyMultibase,
    // The older form carries seed and public key behind another header.
    privateKeyMultibase: await older(String(secret['secretKeyMultibase']), pair.publicKeyMultibase),
  });
  return legacy.sign(document, {
    suite: new Ed25519Signature2020({ key, date: created }),
    purpose: new legacy.purposes.AssertionProofPurpose(),
    documentLoader,
  });
}

async function older(secretKeyMultibase: string, publicKeyMultibase: string): Promise<string> {
  const { decodeBase58, encodeBase58 } = await import('../../src/securing/base58.js');
  const seed = decodeBase58(secretKeyMultibase.slice(1))!.slice(2, 34);
  const key = decodeBase58(publicKeyMultibase.slice(1))!.slice(2);
  return `z${encodeBase58(Buffer.concat([Buffer.from([0x80, 0x26]), seed, key]))}`;
}

function publicOnly({ kty, crv, x, y }: Record<string, string>): PublicJwk {
  return { kty, crv, x, ...(y === undefined ? {} : { y }) } as PublicJwk;
}
