import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
// @ts-expect-error no declarations
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { importJWK, SignJWT, type JWTHeaderParameters } from 'jose';
import { loadContexts } from '../../src/securing/contexts.js';
import { credentialsV2, type JsonObject } from '../../src/securing/index.js';

const contexts = loadContexts();

const documentLoader = async (url: string): Promise<object> => {
  const document = contexts.get(url);
  if (document === undefined) throw new Error(`the library asked for ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

/** Somebody who presents: a did:key of a public library, signing with that library. */
export interface Holder {
  readonly did: string;
  readonly publicJwk: JsonObject;
  /** A presentation with a Data Integrity proof for authentication. */
  present(presentation: JsonObject, options?: { domain?: string; challenge?: string }): Promise<JsonObject>;
  /** A credential that the holder issues. */
  issue(credential: JsonObject): Promise<JsonObject>;
  /** A token with this payload. */
  token(payload: JsonObject, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

export async function aHolder(): Promise<Holder> {
  const pair = await Ed25519Multikey.generate();
  const did = `did:key:${pair.publicKeyMultibase}`;
  const kid = `${did}#${pair.publicKeyMultibase}`;
  const secret = await Ed25519Multikey.toJwk({ keyPair: pair, secretKey: true });
  const { d, ...publicJwk } = secret;
  // The library puts the public key behind the seed.
  const seed = Buffer.from(d, 'base64url').subarray(0, 32).toString('base64url');
  const suite = () =>
    new DataIntegrityProof({
      signer: { ...pair.signer(), id: kid },
      date: '2026-11-20T09:00:00Z',
      cryptosuite,
    });
  return {
    did,
    publicJwk,
    present: async (presentation, options = {}) =>
      // The library wants a challenge; one that nobody asks for does no harm.
      (vc as unknown as { signPresentation(options: object): Promise<JsonObject> }).signPresentation({
        presentation: structuredClone(presentation),
        suite: suite(),
        documentLoader,
        challenge: 'none',
        ...options,
      }),
    issue: async (credential) =>
      vc.issue({
        credential: structuredClone(credential),
        suite: suite(),
        documentLoader,
        now: '2026-11-20T09:00:00Z',
      }),
    token: async (payload, header = {}) =>
      new SignJWT({ ...payload })
        .setProtectedHeader({ alg: 'EdDSA', kid, ...header })
        .sign(await importJWK({ ...publicJwk, d: seed }, 'EdDSA')),
  };
}

/** A presentation of these, not signed. */
export function aPresentation(verifiableCredential: readonly unknown[], more: JsonObject = {}): JsonObject {
  return {
    '@context': [credentialsV2],
    type: ['VerifiablePresentation'],
    ...more,
    ...(verifiableCredential.length === 0 ? {} : { verifiableCredential }),
  };
}

/** An envelope around a token. */
export function anEnvelope(token: string, kind: 'Credential' | 'Presentation' = 'Credential'): JsonObject {
  const mediaType = kind === 'Credential' ? 'application/vc+jwt' : 'application/vp+jwt';
  return {
    '@context': [credentialsV2],
    id: `data:${mediaType},${token}`,
    type: `EnvelopedVerifiable${kind}`,
  };
}
