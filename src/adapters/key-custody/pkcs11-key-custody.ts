import { createHash } from 'node:crypto';
import type { PKCS11, Template } from 'pkcs11js';
import { AppError, unreachable, type Randomness } from '../../kernel/index.js';
import {
  sameKey,
  type KeptKey,
  type KeyAlgorithm,
  type KeyCustody,
  type KeyMaterial,
  type PublicJwk,
} from '../../securing/index.js';
import { notItsOwn } from './open-key-custody.js';
import { findObject, openToken, type Token, type TokenSettings } from './pkcs11-token.js';

/** Edwards curves of PKCS#11 3.0, which the package's own list may not have. */
const eddsa = { keyType: 0x40, makePair: 0x1055, sign: 0x1057 };

/** DER of the object identifiers of the curves: Ed25519 (RFC 8410), P-256 and P-384 (RFC 5480). */
const curves = {
  Ed25519: Buffer.from('06032b6570', 'hex'),
  ES256: Buffer.from('06082a8648ce3d030107', 'hex'),
  ES384: Buffer.from('06052b81040022', 'hex'),
};

/** The name of a key in a token: `pkcs11:token=…;object=…;id=…;type=private` (RFC 7512). */
interface KeyName {
  readonly id: Buffer;
  readonly label: string;
}

/**
 * Keeps signing keys inside a PKCS#11 token: they are made there, cannot be read out (sensitive, not extractable), and
 * the token signs. What stands in the database is only their name. Secrets that are no signing keys, and signing keys
 * that were kept before there was a token, stay with `files`.
 * @throws unavailable saying which setting is wrong.
 */
export async function openPkcs11Custody(options: {
  readonly settings: TokenSettings;
  readonly files: KeyCustody;
  readonly randomness: Randomness;
}): Promise<KeyCustody> {
  const { files, randomness, settings } = options;
  const token = await openToken(settings);
  const found = new Map<string, { readonly handle: Buffer; readonly publicJwk: PublicJwk }>();
  const sealedName = ({ id, label }: KeyName): string =>
    `pkcs11:token=${encodeURIComponent(settings.token)};object=${encodeURIComponent(label)};id=${percent(id)};type=private`;
  const newName = (label: string): KeyName => ({ id: Buffer.from(randomness.bytes(16)), label });

  function nameIn(sealed: string): KeyName {
    const parts = /^pkcs11:token=([^;]*);object=([^;]*);id=((?:%[0-9A-F]{2})+);type=private$/.exec(sealed);
    if (parts === null) throw notInToken();
    const name = { id: Buffer.from(parts[3]!.replaceAll('%', ''), 'hex'), label: decoded(parts[2]!) };
    if (sealedName(name) !== sealed) throw notInToken();
    return name;
  }

  async function keyOf(key: KeptKey) {
    const known = found.get(key.sealed);
    if (known !== undefined) return known;
    const name = nameIn(key.sealed);
    const entry = await token.use((session, pkcs11) => {
      const handle = findObject(pkcs11, session, named(token, 'private', name));
      const publicHandle = findObject(pkcs11, session, named(token, 'public', name));
      if (handle === undefined || publicHandle === undefined) throw notInToken();
      return { handle, publicJwk: publicJwkOf(token, pkcs11, session, publicHandle, key.algorithm) };
    });
    found.set(key.sealed, entry);
    return entry;
  }

  return {
    seal: files.seal,
    open: files.open,
    makeKey: (algorithm, label) =>
      token.use(async (session, pkcs11) => {
        const name = newName(label);
        const { mechanism, parameters } = pairMaking(token, algorithm);
        const { publicKey } = await pkcs11.C_GenerateKeyPairAsync(
          session,
          { mechanism },
          [...publicHalf(token, name), ...parameters],
          privateHalf(token, name),
        );
        const publicJwk = publicJwkOf(token, pkcs11, session, publicKey, algorithm);
        return { algorithm, publicJwk, sealed: sealedName(name) };
      }),
    takeKey: (material, label) =>
      token.use((session, pkcs11) => {
        const { algorithm, publicJwk } = material;
        const name = newName(label);
        const halves = importedHalves(token, material);
        pkcs11.C_CreateObject(session, [
          { type: token.library.CKA_CLASS, value: token.library.CKO_PUBLIC_KEY },
          ...publicHalf(token, name),
          ...halves.public,
        ]);
        pkcs11.C_CreateObject(session, [
          { type: token.library.CKA_CLASS, value: token.library.CKO_PRIVATE_KEY },
          ...privateHalf(token, name),
          ...halves.private,
        ]);
        return { algorithm, publicJwk, sealed: sealedName(name) };
      }),
    async sign(key, bytes) {
      // Kept before there was a token: it signs until it is rotated.
      if (!key.sealed.startsWith('pkcs11:')) return files.sign(key, bytes);
      const { handle, publicJwk } = await keyOf(key);
      if (!sameKey(publicJwk, key.publicJwk)) throw notItsOwn();
      const { mechanism, input } = signing(token, key.algorithm, bytes);
      try {
        return await token.use(async (session, pkcs11) => {
          pkcs11.C_SignInit(session, { mechanism }, handle);
          return new Uint8Array(await pkcs11.C_SignAsync(session, input, Buffer.alloc(1024)));
        });
      } catch (error) {
        // A handle is good for as long as the token stays in: it is looked up anew the next time.
        found.delete(key.sealed);
        throw error;
      }
    },
    async dropKey(key) {
      if (!key.sealed.startsWith('pkcs11:')) return files.dropKey(key);
      const name = nameIn(key.sealed);
      found.delete(key.sealed);
      await token.use((session, pkcs11) => {
        for (const half of ['private', 'public'] as const) {
          const handle = findObject(pkcs11, session, named(token, half, name));
          if (handle !== undefined) pkcs11.C_DestroyObject(session, handle);
        }
      });
    },
    async close() {
      found.clear();
      token.close();
      await files.close();
    },
  };
}

function notInToken(): AppError {
  return new AppError(
    'unavailable',
    'A signing key is not in the token: TOUCHSTONE_PKCS11_TOKEN names another one, the token was emptied, or what is kept was changed. Attach the token that belongs to this database.',
  );
}

function percent(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notInToken();
  }
}

function named({ library }: Token, half: 'private' | 'public', { id, label }: KeyName): Template {
  return [
    { type: library.CKA_CLASS, value: half === 'private' ? library.CKO_PRIVATE_KEY : library.CKO_PUBLIC_KEY },
    { type: library.CKA_ID, value: id },
    { type: library.CKA_LABEL, value: label },
  ];
}

function publicHalf({ library }: Token, { id, label }: KeyName): Template {
  return [
    { type: library.CKA_TOKEN, value: true },
    { type: library.CKA_PRIVATE, value: false },
    { type: library.CKA_VERIFY, value: true },
    { type: library.CKA_ID, value: id },
    { type: library.CKA_LABEL, value: label },
  ];
}

/** What makes a private key stay: of the token, behind the PIN, never shown and never wrapped. */
function privateHalf({ library }: Token, { id, label }: KeyName): Template {
  return [
    { type: library.CKA_TOKEN, value: true },
    { type: library.CKA_PRIVATE, value: true },
    { type: library.CKA_SENSITIVE, value: true },
    { type: library.CKA_EXTRACTABLE, value: false },
    { type: library.CKA_SIGN, value: true },
    { type: library.CKA_ID, value: id },
    { type: library.CKA_LABEL, value: label },
  ];
}

function pairMaking(
  { library }: Token,
  algorithm: KeyAlgorithm,
): { readonly mechanism: number; readonly parameters: Template } {
  switch (algorithm) {
    case 'Ed25519':
      return {
        mechanism: eddsa.makePair,
        parameters: [{ type: library.CKA_EC_PARAMS, value: curves.Ed25519 }],
      };
    case 'ES256':
    case 'ES384':
      return {
        mechanism: library.CKM_EC_KEY_PAIR_GEN,
        parameters: [{ type: library.CKA_EC_PARAMS, value: curves[algorithm] }],
      };
    case 'RS256':
      return {
        mechanism: library.CKM_RSA_PKCS_KEY_PAIR_GEN,
        parameters: [
          { type: library.CKA_MODULUS_BITS, value: 2048 },
          { type: library.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
        ],
      };
    default:
      return unreachable(algorithm);
  }
}

/** The mechanism, and what it is given: ECDSA takes a digest, the others the message. */
function signing({ library }: Token, algorithm: KeyAlgorithm, bytes: Uint8Array) {
  switch (algorithm) {
    case 'Ed25519':
      return { mechanism: eddsa.sign, input: Buffer.from(bytes) };
    case 'RS256':
      return { mechanism: library.CKM_SHA256_RSA_PKCS, input: Buffer.from(bytes) };
    case 'ES256':
    case 'ES384': {
      const hash = algorithm === 'ES256' ? 'sha256' : 'sha384';
      return { mechanism: library.CKM_ECDSA, input: createHash(hash).update(bytes).digest() };
    }
    default:
      return unreachable(algorithm);
  }
}

/** The public key as the token holds it. @throws unavailable when it is of another kind than `algorithm` */
function publicJwkOf(
  { library }: Token,
  pkcs11: PKCS11,
  session: Buffer,
  handle: Buffer,
  algorithm: KeyAlgorithm,
): PublicJwk {
  const read = (type: number): Buffer => {
    const value = pkcs11.C_GetAttributeValue(session, handle, [{ type }])[0]?.value;
    if (!Buffer.isBuffer(value)) throw notItsOwn();
    return value;
  };
  const base64url = (bytes: Buffer): string => bytes.toString('base64url');
  const keyType = read(library.CKA_KEY_TYPE).readUInt8(0);
  switch (algorithm) {
    case 'Ed25519': {
      if (keyType !== eddsa.keyType) throw notItsOwn();
      return { kty: 'OKP', crv: 'Ed25519', x: base64url(pointOf(read(library.CKA_EC_POINT), 32)) };
    }
    case 'ES256':
    case 'ES384': {
      if (keyType !== library.CKK_EC) throw notItsOwn();
      const half = algorithm === 'ES256' ? 32 : 48;
      const point = pointOf(read(library.CKA_EC_POINT), 1 + 2 * half);
      return {
        kty: 'EC',
        crv: algorithm === 'ES256' ? 'P-256' : 'P-384',
        x: base64url(point.subarray(1, 1 + half)),
        y: base64url(point.subarray(1 + half)),
      };
    }
    case 'RS256':
      if (keyType !== library.CKK_RSA) throw notItsOwn();
      return {
        kty: 'RSA',
        n: base64url(withoutZeros(read(library.CKA_MODULUS))),
        e: base64url(withoutZeros(read(library.CKA_PUBLIC_EXPONENT))),
      };
    default:
      return unreachable(algorithm);
  }
}

/** A big integer without leading zeros, as a JWK has it (RFC 7518, section 6.3.1). */
function withoutZeros(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first <= 0 ? bytes : bytes.subarray(first);
}

/** A point is a DER OCTET STRING (PKCS#11 2.40, 2.3.3); some tokens leave the wrapping out. */
function pointOf(value: Buffer, length: number): Buffer {
  if (value.length === length) return value;
  if (value.length === length + 2 && value[0] === 4 && value[1] === length) return value.subarray(2);
  throw notItsOwn();
}

function importedHalves(
  { library }: Token,
  { algorithm, privateKey }: Pick<KeyMaterial, 'algorithm' | 'privateKey'>,
): { readonly public: Template; readonly private: Template } {
  const jwk = privateKey.export({ format: 'jwk' });
  const bytes = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
  const octets = (value: Buffer): Buffer => Buffer.concat([Buffer.from([4, value.length]), value]);
  switch (algorithm) {
    case 'Ed25519':
    case 'ES256':
    case 'ES384': {
      const kind = [
        { type: library.CKA_KEY_TYPE, value: algorithm === 'Ed25519' ? eddsa.keyType : library.CKK_EC },
        { type: library.CKA_EC_PARAMS, value: curves[algorithm] },
      ];
      const point =
        algorithm === 'Ed25519'
          ? bytes(jwk.x)
          : Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
      return {
        public: [...kind, { type: library.CKA_EC_POINT, value: octets(point) }],
        private: [...kind, { type: library.CKA_VALUE, value: bytes(jwk.d) }],
      };
    }
    case 'RS256': {
      const kind = { type: library.CKA_KEY_TYPE, value: library.CKK_RSA };
      const shown = [
        { type: library.CKA_MODULUS, value: bytes(jwk.n) },
        { type: library.CKA_PUBLIC_EXPONENT, value: bytes(jwk.e) },
      ];
      return {
        public: [kind, ...shown],
        private: [
          kind,
          ...shown,
          { type: library.CKA_PRIVATE_EXPONENT, value: bytes(jwk.d) },
          { type: library.CKA_PRIME_1, value: bytes(jwk.p) },
          { type: library.CKA_PRIME_2, value: bytes(jwk.q) },
          { type: library.CKA_EXPONENT_1, value: bytes(jwk.dp) },
          { type: library.CKA_EXPONENT_2, value: bytes(jwk.dq) },
          { type: library.CKA_COEFFICIENT, value: bytes(jwk.qi) },
        ],
      };
    }
    default:
      return unreachable(algorithm);
  }
}
