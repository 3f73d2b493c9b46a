import { generateKeyPairSync } from 'node:crypto';
import {
  proofKeyTypes,
  secureAsJwt,
  secureAsVcJwt,
  secureWithSuite,
  signBytes,
  toMultikey,
  type JsonObject,
  type ProofKeyType,
  type ProofSuite,
  type PublicJwk,
  type Signer,
} from '../../../src/securing/index.js';
import { aBadge, makeIssuer, makeSigner } from '../credential-rig.js';
import { alteredForms } from './alter-foreign.js';
import { foreignDocuments } from './foreign-documents.js';

/** A badge of ours in one of the forms that we sign, and what a judge needs to know of its issuer. */
export interface OurForm {
  readonly form: string;
  readonly text: string;
  /** The same text altered in every way. */
  readonly altered: ReadonlyMap<string, string>;
  /** The issuer's key by the id that the signature names: as Multikey for a proof, as JWK for a token. */
  readonly keys: { readonly [id: string]: unknown };
}

const proofs = [
  ['eddsa-rdfc-2022', 'eddsa-rdfc-2022', 'Ed25519'],
  ['eddsa-jcs-2022', 'eddsa-jcs-2022', 'Ed25519'],
  ['ecdsa-rdfc-2019 P-256', 'ecdsa-rdfc-2019', 'P-256'],
  ['ecdsa-rdfc-2019 P-384', 'ecdsa-rdfc-2019', 'P-384'],
  ['Ed25519Signature2020', 'Ed25519Signature2020', 'Ed25519'],
] as const satisfies readonly (readonly [string, ProofSuite, ProofKeyType])[];

/** A badge in the golden shape, in every suite and as every kind of token; in the older suite, the older data model. */
export async function ourForms(): Promise<readonly OurForm[]> {
  const forms: OurForm[] = [];
  for (const [form, suite, keyType] of proofs) {
    const signer = aDidKeySigner(keyType);
    const credential =
      suite === 'Ed25519Signature2020'
        ? (JSON.parse(
            JSON.stringify(foreignDocuments('1.1', 'ours', form).badge).replaceAll(
              'ISSUER',
              signer.controller,
            ),
          ) as JsonObject)
        : badgeBy(signer.controller);
    const signed = await secureWithSuite({ credential, suite, signer, created: '2026-11-20T09:00:00Z' });
    forms.push(
      formOf(form, JSON.stringify(signed), { [signer.verificationMethod]: toMultikey(signer.publicJwk) }),
    );
  }
  for (const algorithm of ['RS256', 'ES256'] as const) {
    const signer = makeSigner('did:web:credentials.example.edu', `jwt-${algorithm}`, algorithm);
    const credential = badgeBy(signer.controller);
    const keys = { [signer.verificationMethod]: signer.publicJwk };
    forms.push(formOf(`JWT ${algorithm}`, await secureAsJwt({ credential, signer }), keys));
    forms.push(formOf(`JWT ${algorithm} typ vc+jwt`, await secureAsVcJwt({ credential, signer }), keys));
  }
  return forms;
}

function formOf(form: string, text: string, keys: OurForm['keys']): OurForm {
  return { form, text, keys, altered: alteredForms(text) };
}

/** The badge, without the list and the resources of the rig: these judges are asked about the signature. */
function badgeBy(did: string): JsonObject {
  return aBadge({ ...makeIssuer(did), did }, (badge) => {
    delete badge['relatedResource'];
    delete badge['credentialSchema'];
  });
}

/** A signer with a new key of this kind, which is its own identity (did:key). */
function aDidKeySigner(keyType: ProofKeyType): Signer {
  const { privateKey, publicKey } =
    keyType === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: keyType });
  const publicJwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const { algorithm } = proofKeyTypes[keyType];
  const multikey = toMultikey(publicJwk)!;
  const did = `did:key:${multikey}`;
  return {
    verificationMethod: `${did}#${multikey}`,
    controller: did,
    algorithm,
    publicJwk,
    sign: async (bytes) => signBytes(algorithm, privateKey, bytes),
  };
}
