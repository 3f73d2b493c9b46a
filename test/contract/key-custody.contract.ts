import { createPublicKey, generateKeyPairSync, verify, type JsonWebKey } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { keyMaterial, type KeptKey, type KeyAlgorithm, type KeyCustody } from '../../src/securing/index.js';

/** What stands behind a custody, as the contract needs it. */
export interface CustodyEngine {
  /** The custody over the same secret or token each time. */
  open(): Promise<KeyCustody>;
  /** The same with a wrong secret or PIN: opening it, or signing with it, is to fail. */
  openWrong(): Promise<KeyCustody>;
  /** What a failure with the wrong secret or PIN says. */
  readonly wrongSays: RegExp;
  /** Every way in which a sealed form may be changed and is to be noticed, beside every other character. */
  readonly changed: (sealed: string) => readonly string[];
}

const algorithms: readonly KeyAlgorithm[] = ['Ed25519', 'RS256', 'ES256', 'ES384'];
const message = new TextEncoder().encode('that a teacher has shown it ✓');

/** Whether node:crypto, which knows nothing of custodies, takes the signature. */
export function isSignedBy(key: KeptKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = createPublicKey({ key: key.publicJwk as JsonWebKey, format: 'jwk' });
  return key.algorithm === 'Ed25519'
    ? verify(null, bytes, publicKey, signature)
    : verify(
        key.algorithm === 'ES384' ? 'sha384' : 'sha256',
        bytes,
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        signature,
      );
}

/** What every keeper of keys must do, whatever stands behind it. */
export function describeKeyCustody(name: string, engine: CustodyEngine): void {
  describe(`the key custody: ${name}`, () => {
    const opened: KeyCustody[] = [];
    const open = async (): Promise<KeyCustody> => {
      const custody = await engine.open();
      opened.push(custody);
      return custody;
    };
    afterEach(async () => {
      for (const custody of opened.splice(0)) await custody.close();
    });

    it.each(algorithms)('makes %s keys whose signatures anybody can check', async (algorithm) => {
      const custody = await open();
      const key = await custody.makeKey(algorithm, 'a key');
      expect(key.algorithm).toBe(algorithm);
      expect('d' in key.publicJwk).toBe(false);
      const signature = await custody.sign(key, message);
      expect(signature).toHaveLength({ Ed25519: 64, RS256: 256, ES256: 64, ES384: 96 }[algorithm]);
      expect(isSignedBy(key, message, signature)).toBe(true);
      expect(isSignedBy(key, new Uint8Array([...message, 0]), signature)).toBe(false);
    });

    it('makes another key each time', async () => {
      const custody = await open();
      const [one, other] = [
        await custody.makeKey('Ed25519', 'same'),
        await custody.makeKey('Ed25519', 'same'),
      ];
      expect(one.sealed).not.toBe(other.sealed);
      expect(one.publicJwk).not.toEqual(other.publicJwk);
      expect(isSignedBy(other, message, await custody.sign(one, message))).toBe(false);
    });

    it.each([
      ['Ed25519', generateKeyPairSync('ed25519').privateKey],
      ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
      ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
      ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ] as const)('takes a %s key that was made elsewhere', async (algorithm, privateKey) => {
      const custody = await open();
      const key = await custody.takeKey(keyMaterial(privateKey), 'an imported key');
      expect(key.algorithm).toBe(algorithm);
      expect(isSignedBy(key, message, await custody.sign(key, message))).toBe(true);
      const secret = privateKey.export({ format: 'jwk' }).d!;
      expect(key.sealed).not.toContain(secret);
    });

    it('signs with its keys after it was closed and opened again', async () => {
      const first = await open();
      const keys = await Promise.all(algorithms.map((algorithm) => first.makeKey(algorithm, 'kept')));
      await first.close();
      const again = await open();
      for (const key of keys) expect(isSignedBy(key, message, await again.sign(key, message))).toBe(true);
    });

    it('signs 200 things at once, each its own', async () => {
      const custody = await open();
      const keys = [await custody.makeKey('Ed25519', 'busy'), await custody.makeKey('ES256', 'busy')];
      const messages = Array.from({ length: 200 }, (_, n) => new TextEncoder().encode(`message ${n}`));
      const signatures = await Promise.all(messages.map((bytes, n) => custody.sign(keys[n % 2]!, bytes)));
      const good = signatures.filter((signature, n) => isSignedBy(keys[n % 2]!, messages[n]!, signature));
      expect(good).toHaveLength(200);
    });

    it('says unavailable for a key that it never kept, and one that was dropped is no more', async () => {
      const custody = await open();
      const key = await custody.makeKey('Ed25519', 'short-lived');
      for (const sealed of [
        '',
        'tkc1',
        'pkcs11:',
        'pkcs11:token=x;object=y;id=%00;type=private',
        'nothing',
      ]) {
        await expect(custody.sign({ ...key, sealed }, message)).rejects.toMatchObject({
          code: 'unavailable',
        });
      }
      await custody.dropKey(key);
      if (key.sealed.startsWith('pkcs11:')) {
        await expect(custody.sign(key, message)).rejects.toMatchObject({ code: 'unavailable' });
      }
    });

    it('notices a sealed form that was changed in any character', async () => {
      const custody = await open();
      const key = await custody.makeKey('Ed25519', 'changed');
      const other = await custody.makeKey('Ed25519', 'changed');
      const flipped = [...key.sealed].flatMap((character, at) =>
        at % 2 === 0
          ? [key.sealed.slice(0, at) + (character === '0' ? '1' : '0') + key.sealed.slice(at + 1)]
          : [],
      );
      const forms = [...flipped, ...engine.changed(key.sealed), other.sealed].filter(
        (form) => form !== key.sealed,
      );
      expect(forms.length).toBeGreaterThan(20);
      for (const sealed of forms) {
        const signed = await custody.sign({ ...key, sealed }, message).then(
          () => sealed,
          (error: { code?: string }) => error.code,
        );
        expect(signed).toBe('unavailable');
      }
    });

    it('signs only for the public key that it was made with', async () => {
      const custody = await open();
      const key = await custody.makeKey('ES256', 'mine');
      const foreign = keyMaterial(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
      for (const wrong of [
        { ...key, publicJwk: foreign.publicJwk },
        { ...key, algorithm: 'RS256' as const },
        { ...key, algorithm: 'Ed25519' as const },
      ]) {
        await expect(custody.sign(wrong, message)).rejects.toMatchObject({ code: 'unavailable' });
      }
    });

    it('does nothing with the wrong secret, and says which setting is wrong', async () => {
      const custody = await open();
      const key = await custody.makeKey('Ed25519', 'locked');
      await custody.close();
      const attempt = async () => {
        const wrong = await engine.openWrong();
        opened.push(wrong);
        return wrong.sign(key, message);
      };
      await expect(attempt()).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(engine.wrongSays),
      });
    });

    it('seals other secrets, and opens them after a restart', async () => {
      const plain = new TextEncoder().encode('the key of a file');
      const sealed = (await open()).seal(plain);
      expect((await open()).open(sealed)).toEqual(plain);
    });
  });
}
