// Stock did-jwt-vc on did-jwt: a JWT stack of its own on the noble curves. The credential stands in the claim `vc`.
import { EdDSASigner, ES256Signer } from 'did-jwt';
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
      credential,
      { did: issuer.did, signer, alg },
      { header: { kid: issuer.verificationMethod } },
    ),
  );
  return { ...issuer, signed };
}
