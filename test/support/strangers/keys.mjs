// Keys and names of issuers for the libraries that leave both to whoever uses them. Only Node's own cryptography.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

const pairs = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** A new key pair, or the given one, as Node's private key object and as JWKs. */
export function newKey(kind, given) {
  const privateKey =
    given === undefined ? pairs[kind]().privateKey : createPrivateKey({ key: given, format: 'jwk' });
  return {
    privateKey,
    privateJwk: privateKey.export({ format: 'jwk' }),
    publicJwk: createPublicKey(privateKey).export({ format: 'jwk' }),
  };
}

/** did:jwk method: the JWK as base64url after the prefix; its one key is `#0`. */
export function didJwk(publicJwk) {
  const did = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`;
  return { did, verificationMethod: `${did}#0` };
}

/** A did:web issuer of this host with one key, `#key-1`, as Multikey or as JsonWebKey. */
export function didWeb(name, { publicKeyMultibase, publicJwk }) {
  const did = `did:web:strangers.example.test:${name}`;
  const verificationMethod = `${did}#key-1`;
  return {
    did,
    verificationMethod,
    didDocument: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [
        {
          id: verificationMethod,
          controller: did,
          ...(publicKeyMultibase === undefined
            ? { type: 'JsonWebKey', publicKeyJwk: publicJwk }
            : { type: 'Multikey', publicKeyMultibase }),
        },
      ],
      assertionMethod: [verificationMethod],
      authentication: [verificationMethod],
    },
  };
}

/** The documents with the issuer's name where they left it open. */
export function namedBy(issuer, documents) {
  return JSON.parse(JSON.stringify(documents).replaceAll('ISSUER', issuer));
}

/** `sign` over every document, by its name. */
export async function each(documents, sign) {
  const signed = {};
  for (const [name, document] of Object.entries(documents)) signed[name] = await sign(document);
  return signed;
}
