import { readFileSync, readdirSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openKeyCustody, openPkcs11Custody } from '../../src/adapters/key-custody/index.js';
import { systemRandomness } from '../../src/kernel/index.js';
import { keyMaterial } from '../../src/securing/index.js';
import { softToken } from '../support/soft-token.js';
import { describeKeyCustody, isSignedBy } from './key-custody.contract.js';

const secret = 'the secret of these tests, long enough';
const files = (text = secret) => openKeyCustody({ secret: text, randomness: systemRandomness });
const message = new TextEncoder().encode('a message');

describeKeyCustody('in the database, under a secret', {
  open: async () => files(),
  openWrong: async () => files(`${secret}!`),
  wrongSays: /TOUCHSTONE_KEY_SECRET/,
  changed: (sealed) => {
    const parts = sealed.split('~');
    return parts.map((part, at) => parts.with(at, part.slice(0, -3)).join('~'));
  },
});

describe('a key that was sealed by an earlier release', () => {
  it('is still opened', async () => {
    // Made with release 0.1.0: PKCS#8 of an Ed25519 key under this secret.
    const sealed =
      'tkc1~9UaS0D3loiKNWFC1L16K-A~WjJrus4hUqFurl9a~PlQKwZR_M1LsQ6oDH8aQLg~3Huti80xgBfbqEuetdkxNaeEejJlUUe_823MXny6XxXO71auQfdmjNy3aaKAQEtI';
    const key = {
      algorithm: 'Ed25519' as const,
      publicJwk: {
        kty: 'OKP' as const,
        crv: 'Ed25519' as const,
        x: 'u_4ZylSl9kiChm2iWTDURrEWlCfOwjWLNLlxoGK9XFs',
      },
      sealed,
    };
    expect(
      isSignedBy(key, message, await files('a secret of release 0.1.0 of the service').sign(key, message)),
    ).toBe(true);
  });
});

const token = await softToken();

if (token === undefined) {
  describe('the key custody: in a PKCS#11 token', () => {
    it.skip('skipped: no SoftHSM', () => undefined);
  });
} else {
  const { settings } = token;
  const open = (changed = {}) =>
    openPkcs11Custody({
      settings: { ...settings, ...changed },
      files: files(),
      randomness: systemRandomness,
    });
  afterAll(() => token.remove());

  describeKeyCustody('in a PKCS#11 token', {
    open,
    openWrong: () => open({ pin: '000000-pin' }),
    wrongSays: /TOUCHSTONE_PKCS11_PIN/,
    changed: (sealed) => [
      sealed.replace('type=private', 'type=public'),
      sealed.replace('pkcs11:', 'pkcs11://'),
      sealed.replace(/id=%../, 'id=%zz'),
      `${sealed};pin-value=1`,
      sealed.toUpperCase(),
    ],
  });

  describe('a key in a PKCS#11 token', () => {
    it('can be read out by nobody, and lies nowhere in the clear', async () => {
      const pkcs11js = (await import('pkcs11js')).default;
      const custody = await open();
      const known = generateKeyPairSync('ed25519').privateKey;
      const seed = Buffer.from(known.export({ format: 'jwk' }).d!, 'base64url');
      await custody.takeKey(keyMaterial(known), 'imported');
      await custody.makeKey('Ed25519', 'made');
      const pkcs11 = new pkcs11js.PKCS11();
      pkcs11.load(settings.module);
      const slot = pkcs11.C_GetSlotList(true)[0]!;
      const session = pkcs11.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION);
      pkcs11.C_FindObjectsInit(session, [{ type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY }]);
      const handles = pkcs11.C_FindObjects(session, 100);
      pkcs11.C_FindObjectsFinal(session);
      expect(handles.length).toBeGreaterThanOrEqual(2);
      for (const handle of handles) {
        for (const type of [pkcs11js.CKA_VALUE, pkcs11js.CKA_PRIVATE_EXPONENT]) {
          expect(() => pkcs11.C_GetAttributeValue(session, handle, [{ type }])).toThrow(
            /SENSITIVE|TYPE_INVALID/,
          );
        }
        const [sensitive, extractable] = pkcs11.C_GetAttributeValue(session, handle, [
          { type: pkcs11js.CKA_SENSITIVE },
          { type: pkcs11js.CKA_EXTRACTABLE },
        ]);
        expect([sensitive!.value, extractable!.value].map((value) => (value as Buffer)[0])).toEqual([1, 0]);
        expect(() =>
          pkcs11.C_SetAttributeValue(session, handle, [{ type: pkcs11js.CKA_EXTRACTABLE, value: true }]),
        ).toThrow();
      }
      pkcs11.C_CloseSession(session);
      const onDisk = readdirSync(token.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
      expect(onDisk.length).toBeGreaterThan(4);
      expect(onDisk.some((bytes) => bytes.includes(seed))).toBe(false);
      await custody.close();
    });

    it('stands beside keys that were kept before there was a token, which sign on', async () => {
      const old = await files().makeKey('RS256', 'old');
      const custody = await open();
      expect(isSignedBy(old, message, await custody.sign(old, message))).toBe(true);
      expect((await custody.makeKey('RS256', 'new')).sealed).toMatch(
        /^pkcs11:token=Keys%20of%20the%20tests;object=new;id=(%[0-9A-F]{2}){16};type=private$/,
      );
      await custody.close();
    });

    it('says which setting is wrong: module, token or PIN, while another is logged in too', async () => {
      const custody = await open();
      await expect(open({ pin: 'another' })).rejects.toThrow(/TOUCHSTONE_PKCS11_PIN/);
      await expect(open({ token: 'No such' })).rejects.toThrow(
        /TOUCHSTONE_PKCS11_TOKEN.*"Keys of the tests"/,
      );
      await expect(open({ module: '/nowhere/lib.so' })).rejects.toThrow(
        /TOUCHSTONE_PKCS11_MODULE.*\/nowhere\/lib\.so/,
      );
      const key = await custody.makeKey('Ed25519', 'still good');
      expect(isSignedBy(key, message, await custody.sign(key, message))).toBe(true);
      await custody.close();
    });

    it('leaves the rest of the process free while the token signs', async () => {
      const custody = await open();
      const key = await custody.makeKey('RS256', 'busy');
      let turns = 0;
      let signing = true;
      const turn = () => {
        turns += 1;
        if (signing) setImmediate(turn);
      };
      turn();
      await Promise.all(Array.from({ length: 50 }, () => custody.sign(key, message)));
      signing = false;
      // One turn of the loop for each signature at the very least: none of them held it.
      expect(turns).toBeGreaterThan(50 / 4);
      await custody.close();
    });
  });
}
