import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { DataIntegrityProof, type Cryptosuite } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import jsonld from 'jsonld';
import { encodeBase58 } from '../../src/securing/base58.js';
import { documentLoader } from '../../src/securing/document-loader.js';
import { toMultikey, type JsonObject, type PublicJwk } from '../../src/securing/index.js';

const jcs = canonicalize as unknown as (value: unknown) => string;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const created = '2026-11-20T09:00:00Z';

export type Curve = 'Ed25519' | 'P-256' | 'P-384';
export type Suite = 'eddsa-rdfc-2022' | 'eddsa-jcs-2022' | 'ecdsa-rdfc-2019' | 'Ed25519Signature2020';

/** A key that signs proofs of any suite for one verification method, made without the code under test. */
export interface ProofKey {
  readonly did: string;
  readonly method: string;
  readonly curve: Curve;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** A new key of this curve: of a did:key, a did:jwk, or under a DID of the caller's. */
export function aProofKey(curve: Curve, under: 'key' | 'jwk' | string = 'key'): ProofKey {
  const pair =
    curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: curve });
  const publicJwk = pair.publicKey.export({ format: 'jwk' }) as PublicJwk;
  const multikey = toMultikey(publicJwk)!;
  const [did, fragment] =
    under === 'key'
      ? [`did:key:${multikey}`, multikey]
      : under === 'jwk'
        ? [`did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`, '0']
        : [under, 'proof-1'];
  return { did, method: `${did}#${fragment}`, curve, privateKey: pair.privateKey, publicJwk };
}

/** The document with one proof of this suite, in an array. */
export async function sealedBy(document: JsonObject, suite: Suite, key: ProofKey): Promise<JsonObject> {
  const proof =
    suite === 'eddsa-jcs-2022'
      ? jcsProof(document, key)
      : suite === 'Ed25519Signature2020'
        ? await proof2020(document, key)
        : await rdfcProof(document, suite === 'ecdsa-rdfc-2019' ? ecdsaRdfc2019 : eddsaRdfc2022, key);
  return { ...document, proof: [proof] };
}

function raw(key: ProofKey, data: Uint8Array): Uint8Array {
  if (key.curve === 'Ed25519') return new Uint8Array(sign(null, data, key.privateKey));
  const hash = key.curve === 'P-256' ? 'sha256' : 'sha384';
  return new Uint8Array(sign(hash, data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }));
}

/** By the stock library. */
async function rdfcProof(document: JsonObject, cryptosuite: Cryptosuite, key: ProofKey): Promise<JsonObject> {
  const suite = new DataIntegrityProof({
    signer: { id: key.method, algorithm: key.curve, sign: async ({ data }) => raw(key, data) },
    date: created,
    cryptosuite,
  });
  const signed = await issue({ credential: structuredClone(document), suite, documentLoader, now: created });
  return signed.proof as JsonObject;
}

/** VC Data Integrity EdDSA Cryptosuites 1.0, section 3.3. */
function jcsProof(document: JsonObject, key: ProofKey): JsonObject {
  const options = {
    '@context': document['@context'],
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created,
    verificationMethod: key.method,
    proofPurpose: 'assertionMethod',
  };
  const hash = Buffer.concat([sha256(jcs(options)), sha256(jcs(document))]);
  return { ...options, proofValue: `z${encodeBase58(raw(key, hash))}` };
}

/** VC Data Integrity EdDSA Cryptosuites 1.0, section 3.4. */
async function proof2020(document: JsonObject, key: ProofKey): Promise<JsonObject> {
  const options = {
    type: 'Ed25519Signature2020',
    created,
    verificationMethod: key.method,
    proofPurpose: 'assertionMethod',
  };
  const context = [
    ...(document['@context'] as string[]),
    'https://w3id.org/security/suites/ed25519-2020/v1',
  ].filter((url, at, all) => all.indexOf(url) === at);
  const canonical = async (value: object): Promise<string> =>
    (await jsonld.canonize(
      value as never,
      { algorithm: 'RDFC-1.0', documentLoader, safe: true, base: null } as never,
    )) as unknown as string;
  const hash = Buffer.concat([
    sha256(await canonical({ ...options, '@context': context })),
    sha256(await canonical(document)),
  ]);
  return { ...options, proofValue: `z${encodeBase58(raw(key, hash))}` };
}
