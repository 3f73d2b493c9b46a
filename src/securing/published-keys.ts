import { createHash } from 'node:crypto';
import type { PublicJwk } from './signer.js';

/** JWK thumbprints (RFC 7638) of keys whose private halves stand in specifications or in the tests of this repository. */
const thumbprints: ReadonlySet<string> = new Set([
  // RFC 8032, section 7.1, test 1; RFC 8037, appendix A
  'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  // RFC 8032, section 7.1, test 2
  'FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk',
  // RFC 8032, section 7.1, test 3
  'FVV5umTuau890q59V-4Ga_R6qWb7ON_ivJc4EjvCwTM',
  // RFC 8032, section 7.1, test 1024
  'lZI1vM7tnlYapaF5-cy86ptx0tT_8Av721hhiNB5ti4',
  // RFC 8032, section 7.1, test SHA(abc)
  'iiDHHfFVNG6ICMUTsicgrWf1igtFYZEK73xlobt1ah4',
  // Ed25519 of 32 zero bytes
  '9ZP03Nu8GrXPAUkbKNxHOKBzxPX83SShgFkRNK-f2lw',
  // RFC 6979, appendix A.2.5; Data Integrity ECDSA Cryptosuites 1.0, P-256
  'DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0',
  // RFC 6979, appendix A.2.6; Data Integrity ECDSA Cryptosuites 1.0, P-384
  'l2tfkSzhekdOr24I18E1O_-49AlK14MTo7OxJMS7-HI',
  // RFC 7515, appendix A.3
  'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U',
  // RFC 7517, appendix A.2
  'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
  // RFC 7517, appendix A.2; RFC 7638, section 3.1
  'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  // RFC 7515, appendix A.2
  'IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8',
  // Data Integrity EdDSA Cryptosuites 1.0, appendix; a fixture of this repository
  'Ypa5BNGp-ImhVwCze6O4zHVVNcGqCq-3LOCZWBZTRcs',
  // a fixture of this repository (test/contract)
  'uzVsCcPsu9ZaqNNlJzTW2Acfz-aj37BnRJQvWVa3C30',
]);

/** Whether everybody can have the private half, since it is printed in a specification or lies among our own tests. */
export function isPublishedKey(key: PublicJwk): boolean {
  return thumbprints.has(thumbprint(key));
}

/** The SHA-256 thumbprint of a public key (RFC 7638, section 3): its required members in the order of their names. */
export function thumbprint(key: PublicJwk): string {
  const members =
    key.kty === 'RSA'
      ? { e: key.e, kty: key.kty, n: key.n }
      : key.kty === 'EC'
        ? { crv: key.crv, kty: key.kty, x: key.x, y: key.y }
        : { crv: key.crv, kty: key.kty, x: key.x };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
