// Stock did-jwt-vc on did-jwt: a JWT stack of its own on the noble curves. The credential stands in the claim `vc`.
import { decodeJWT, EdDSASigner, ES256Signer, verifyJWT } from 'did-jwt';
import { createVerifiableCredentialJwt } from 'did-jwt-vc';
import { didJwk, didWeb, each, namedBy, newKey } from './keys.mjs';

const formats = {
  'JWT EdDSA': ['Ed25519', (jwk) => EdDSASigner(secretOf(jwk)), 'EdDSA'],
  'JWT ES256': ['P-256', (jwk) => ES256Signer(secretOf(jwk)), 'ES256'],
};
const secretOf = ({ d }) => new Uint8Array(Buffer.from(d, 'base64url'));

export async function sign({ format, method, documents }) {
  const [kind, signerOf, alg] = formats[format];
  const { privateJwk, publicJwk } = newKey(kind);
  const issuer = method === 'did:web' ? didWeb('did-jwt-vc', { publicJwk }) : didJwk(publicJwk);
  const signer = signerOf(privateJwk);
  const signed = await each(namedBy(issuer.did, documents), (credential) =>
    createVerifiableCredentialJwt(
      // Members that the library does not know it would put beside the claim, not into it.
      {
        vc: credential,
        jti: credential.id,
        sub: credential.credentialSubject.id,
        nbf: Date.parse(credential.issuanceDate) / 1000,
      },
      { did: issuer.did, signer, alg },
      { header: { kid: issuer.verificationMethod } },
    ),
  );
  return { ...issuer, signed };
}

/** What did-jwt says of a token: its signature by a key that the issuer's DID document lists, and its times. */
export async function judge({ text, keys }) {
  try {
    const { iss: id } = decodeJWT(text).payload;
    const verificationMethod = Object.entries(keys).map(([method, publicKeyJwk]) => ({
      id: method,
      type: 'JsonWebKey2020',
      controller: id,
      publicKeyJwk,
    }));
    const didDocument = { id, verificationMethod, assertionMethod: Object.keys(keys) };
    const resolver = {
      resolve: async () => ({ didDocument, didDocumentMetadata: {}, didResolutionMetadata: {} }),
    };
    const { verified } = await verifyJWT(text, { resolver });
    return { verified, reason: '' };
  } catch (error) {
    return { verified: false, reason: error.message };
  }
}
