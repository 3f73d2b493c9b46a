import { createCipheriv, createDecipheriv, hkdfSync, scryptSync } from 'node:crypto';
import { AppError, type Randomness } from '../../kernel/index.js';
import type { KeyCustody } from '../../securing/index.js';

/** Seals secrets, and opens them again. */
export type Sealing = Pick<KeyCustody, 'seal' | 'open'>;

/** One salt for all installations: the secret is unique to each, and the same secret must open after a restart. */
const salt = 'touchstone key custody 1';
const form = 'tkc1';

/**
 * Seals what is kept at rest with AES-256-GCM. The key-encrypting key comes from a secret text by scrypt
 * (RFC 7914), and each sealed secret has a key of its own derived from that one by HKDF (RFC 5869).
 * @throws invalid-request when the secret is shorter than 16 characters.
 */
export function sealUnder(options: { readonly secret: string; readonly randomness: Randomness }): Sealing {
  if (options.secret.length < 16) {
    throw new AppError(
      'invalid-request',
      'The secret that keeps the signing keys must have at least 16 characters.',
    );
  }
  const root = scryptSync(options.secret, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });
  const keyFor = (nonce: Uint8Array): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', root, nonce, 'seal', 32));

  return {
    seal(plain) {
      const nonce = options.randomness.bytes(16);
      const iv = options.randomness.bytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(nonce), iv);
      cipher.setAAD(Buffer.from(form));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return [form, nonce, iv, cipher.getAuthTag(), sealed]
        .map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString('base64url')))
        .join('~');
    },
    open(sealed) {
      const [name, nonce, iv, tag, body] = sealed.split('~');
      try {
        if (name !== form || body === undefined) throw new Error('not of this form');
        const bytes = (text = ''): Buffer => {
          const read = Buffer.from(text, 'base64url');
          // One text for one sequence of bytes: unused bits are not looked at by the decoder.
          if (read.toString('base64url') !== text) throw new Error('not of this form');
          return read;
        };
        const decipher = createDecipheriv('aes-256-gcm', keyFor(bytes(nonce)), bytes(iv), {
          authTagLength: 16,
        });
        decipher.setAAD(Buffer.from(form));
        decipher.setAuthTag(bytes(tag));
        return new Uint8Array(Buffer.concat([decipher.update(bytes(body)), decipher.final()]));
      } catch (cause) {
        throw new AppError(
          'unavailable',
          'A signing key could not be opened: TOUCHSTONE_KEY_SECRET is not the one that it was sealed with, or the kept key ' +
            'was changed. Start with the old secret, or restore the database that belongs to this one.',
          { cause },
        );
      }
    },
  };
}
