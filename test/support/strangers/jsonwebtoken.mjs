// Stock jsonwebtoken, as a platform that knows JWTs and no DIDs would use it: Open Badges 3.0, section 8.2, by hand.
import { createPublicKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { didJwk, didWeb, each, namedBy, newKey } from './keys.mjs';

const kinds = { RS256: 'RSA', ES256: 'P-256' };
const seconds = (time) => Math.floor(Date.parse(time) / 1000);

/** `JWT RS256`, `JWT ES256`, each also with ` typ vc+jwt`, ` typ JWT` or ` vc claim`. */
export async function sign({ format, method, documents }) {
  const [, alg, ...style] = format.split(' ');
  const { privateKey, publicJwk } = newKey(kinds[alg]);
  const issuer =
    method === 'did:web'
      ? didWeb('jsonwebtoken', { publicJwk })
      : method === 'did:jwk'
        ? didJwk(publicJwk)
        : httpsIssuer(publicJwk, alg);
  const typ = style[0] === 'typ' ? style[1] : undefined;
  const signed = await each(namedBy(issuer.did, documents), (credential) => {
    const subject = credential.credentialSubject.id;
    const begins = credential.validFrom ?? credential.issuanceDate;
    const claims = {
      iss: issuer.did,
      jti: credential.id,
      ...(subject === undefined ? {} : { sub: subject }),
      nbf: seconds(begins),
      ...(style[0] === 'vc' ? { vc: credential } : credential),
    };
    return jsonwebtoken.sign(claims, privateKey, {
      algorithm: alg,
      noTimestamp: true,
      header: { alg, typ, kid: issuer.verificationMethod },
    });
  });
  return { ...issuer, signed };
}

/** An issuer that is an https address, with its key in the JWK Set of its host (1EdTech recommended practices). */
function httpsIssuer(publicJwk, alg) {
  const did = 'https://strangers.example.test/issuers/jsonwebtoken';
  const verificationMethod = `${did}/keys/1`;
  return {
    did,
    verificationMethod,
    jwks: { keys: [{ ...publicJwk, alg, use: 'sig', kid: verificationMethod, iss: did }] },
  };
}

/** Whether the signature is that of the key which `kid` names, and the times hold. */
export function judge({ text, keys }) {
  try {
    const { header } = jsonwebtoken.decode(text, { complete: true });
    const key = createPublicKey({ key: keys[header.kid], format: 'jwk' });
    jsonwebtoken.verify(text, key, { algorithms: ['RS256', 'ES256'] });
    return { verified: true, reason: '' };
  } catch (error) {
    return { verified: false, reason: error.message };
  }
}
