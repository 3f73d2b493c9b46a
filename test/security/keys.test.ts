import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKeyCustody, openPkcs11Custody } from '../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import {
  getEdition,
  ownDocuments,
  ownIssuers,
  publicCredential,
  settleDecision,
  type Edition,
  type PublicCredential,
} from '../../src/issuing/index.js';
import { packageFile, settableClock, systemRandomness } from '../../src/kernel/index.js';
import {
  importIssuerKey,
  listIssuerKeys,
  parseMultikey,
  refuseExampleKeys,
  secureAsJwt,
  secureCredential,
  signCompactJws,
  type JsonObject,
  type KeyUse,
  type PublicJwk,
  type Signer,
} from '../../src/securing/index.js';
import { readPublishedList, statusListUrl } from '../../src/status/index.js';
import { composeResolver, verifyCredential } from '../../src/verification/index.js';
import { credentialInForm, type CredentialForm } from '../../src/web/protocols/credential-forms.js';
import { aCast, aDecision, anAchievement, anIssuingHouse } from '../support/issuing-house.js';
import type { TestService } from '../support/service.js';
import { softToken } from '../support/soft-token.js';
import { rotateAndVerify } from './keys/rotate.js';
import {
  anAwardOf,
  anIssuingDistrict,
  aPublicService,
  publicUrl,
  strangersReport,
  type Issuing,
} from './keys/stranger.js';

describe('a rotated key', () => {
  it('goes on vouching for what it signed: a slice of the full bar, `npm run soak -- key-rotation`', async () => {
    const size = 8;
    const { didDocumentBytes, ...figures } = await rotateAndVerify(size);
    expect(figures).toEqual({
      rotations: size,
      credentials: size,
      validAsJson: size,
      validAsJwt: size,
      signingKeys: 2 * size,
      faults: [],
    });
    expect(didDocumentBytes).toBeGreaterThan(0);
  }, 60_000);
});

describe('four districts on one host', () => {
  const slugs = ['alder', 'birch', 'cedar', 'dogwood'];
  let service: TestService;
  let districts: readonly (Issuing & { readonly edition: Edition; readonly shown: PublicCredential })[];

  beforeAll(async () => {
    service = await aPublicService();
    const made = [];
    for (const slug of slugs) {
      const district = await anIssuingDistrict(service, slug);
      const { award, edition } = await anAwardOf(service, district);
      made.push({
        ...district,
        edition,
        shown: await publicCredential(service.rooms.issuing, award.publicId),
      });
    }
    districts = made;
  }, 60_000);
  afterAll(() => service?.close());

  /** The key of one district under the name of a key of another's, or under its own name. */
  async function signerOf(
    signing: number,
    named: number,
    use: KeyUse,
    under: 'theirs' | 'its own',
  ): Promise<Signer> {
    const { securing } = service.rooms;
    const [key, other] = await Promise.all(
      [signing, named].map(async (at) =>
        (await listIssuerKeys(securing, districts[at]!.ref.district)).find((each) => each.use === use)!,
      ),
    );
    const { did } = districts[under === 'theirs' ? named : signing]!.ref;
    return {
      verificationMethod: `${did}#${(under === 'theirs' ? other : key)!.name}`,
      controller: districts[named]!.ref.did,
      algorithm: key!.algorithm,
      publicJwk: key!.publicJwk,
      sign: (bytes) => securing.custody.sign(key!, bytes),
    };
  }

  /** The credential of one district as another would sign it. */
  async function forged(signing: number, named: number, form: CredentialForm, under: 'theirs' | 'its own') {
    const { edition, shown } = districts[named]!;
    const { proof: _proof, ...credential } = JSON.parse(edition.json) as JsonObject;
    const json = JSON.stringify(
      await secureCredential({
        credential,
        signer: await signerOf(signing, named, 'proof', under),
        created: service.clock.now(),
      }),
    );
    const jwt = await secureAsJwt({ credential, signer: await signerOf(signing, named, 'jwt', under) });
    const reply = await credentialInForm({ ...shown, edition: { ...edition, json, jwt } }, form);
    return reply.bytes ?? reply.text!;
  }

  const pairs = slugs.flatMap((_one, signing) => slugs.map((_other, named) => ({ signing, named })));

  it.each([
    ['json', 'theirs'],
    ['json', 'its own'],
    ['jwt', 'theirs'],
    ['jwt', 'its own'],
    ['png', 'theirs'],
    ['svg', 'theirs'],
    ['pdf', 'theirs'],
  ] as const)(
    'sign only for themselves: as %s, the key named as %s',
    async (form, under) => {
      const verdicts: { readonly [pair: string]: string } = Object.fromEntries(
        await Promise.all(
          pairs.map(async ({ signing, named }) => {
            const report = await strangersReport(service, await forged(signing, named, form, under));
            return [`${slugs[signing]} as ${slugs[named]}`, report.verdict];
          }),
        ),
      );
      const expected = pairs.map(({ signing, named }) => [
        `${slugs[signing]} as ${slugs[named]}`,
        signing === named ? 'valid' : 'not-genuine',
      ]);
      expect(verdicts).toEqual(Object.fromEntries(expected));
    },
    60_000,
  );

  it('cannot sign each other’s status lists: then nobody knows', async () => {
    const verdicts: { [pair: string]: string } = {};
    for (const { signing, named } of pairs) {
      const { edition, district } = districts[named]!;
      const list = { district: district.id, slug: district.slug, list: edition.statusList };
      const { text } = await readPublishedList(service.rooms.status, list);
      const { proof: _proof, ...credential } = JSON.parse(text) as JsonObject;
      const signed = await secureCredential({
        credential,
        signer: await signerOf(signing, named, 'proof', 'theirs'),
        created: service.clock.now(),
      });
      const url = statusListUrl(district.slug, { ...service.rooms.status, id: edition.statusList });
      const report = await strangersReport(service, edition.json, new Map([[url, JSON.stringify(signed)]]));
      verdicts[`${slugs[signing]} as ${slugs[named]}`] = report.verdict;
    }
    const succeeded = Object.entries(verdicts).filter(([, verdict]) => verdict === 'valid');
    expect(succeeded.map(([pair]) => pair)).toEqual(slugs.map((slug) => `${slug} as ${slug}`));
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['valid', 'could-not-check']));
  }, 60_000);

  it('cannot say how each other’s credentials stand: then nobody knows', async () => {
    const verdicts: { [pair: string]: string } = {};
    for (const { signing, named } of pairs) {
      const { edition, ref, shown } = districts[named]!;
      const issuedAt = Date.parse(service.clock.now()) / 1000;
      const standing = await signCompactJws({
        header: { typ: 'JWT' },
        payload: {
          iss: ref.did,
          sub: shown.award.credentialId,
          edition: 1,
          state: 'suspended',
          since: service.clock.now(),
          reason: 'A question.',
          iat: issuedAt,
          exp: issuedAt + 300,
        },
        signer: await signerOf(signing, named, 'jwt', 'theirs'),
      });
      const url = `${publicUrl}/c/${shown.award.publicId}/standing`;
      const report = await strangersReport(service, edition.json, new Map([[url, standing]]));
      verdicts[`${slugs[signing]} as ${slugs[named]}`] = report.verdict;
    }
    const believed = Object.entries(verdicts).filter(([, verdict]) => verdict === 'suspended');
    expect(believed.map(([pair]) => pair)).toEqual(slugs.map((slug) => `${slug} as ${slug}`));
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['suspended', 'could-not-check']));
  }, 60_000);
});

describe('a district whose keys live in a token', () => {
  it('issues a credential that verifies, as JSON and as JWT', async () => {
    const token = await softToken();
    if (token === undefined) return;
    const files = openKeyCustody({ secret: 'a secret for tests, long enough', randomness: systemRandomness });
    const custody = await openPkcs11Custody({
      settings: token.settings,
      files,
      randomness: systemRandomness,
    });
    const clock = settableClock('2026-11-20T09:00:00Z');
    const house = anIssuingHouse(await openSqlite({ file: ':memory:' }), clock, { custody });
    const cast = await aCast(house);
    const version = await anAchievement(house, cast, 'formative-feedback');
    const award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
    const keys = await listIssuerKeys(house.ports.securing, cast.district.id);
    expect(keys.map(({ sealed }) => sealed.split(':')[0])).toEqual(['pkcs11', 'pkcs11']);
    const edition = await getEdition(house.ports, award);
    for (const text of [edition.json, edition.jwt]) {
      const report = await verifyCredential(
        {
          resolver: composeResolver(ownDocuments(house.ports), {
            get: async (url) => ({ ok: false, kind: 'refused', reason: url }),
          }),
          knownIssuers: ownIssuers(house.ports),
        },
        { kind: 'bytes', bytes: new TextEncoder().encode(text) },
        { now: clock.now() },
      );
      expect(report.verdict).toBe('valid');
    }
    await custody.close();
    token.remove();
  }, 60_000);
});

describe('keys whose private halves everybody has', () => {
  const rfc8032 = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex').toString(
      'base64url',
    ),
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  };
  const rfc7515 = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  };

  it.each([
    ['proof', rfc8032],
    ['jwt', rfc7515],
  ] as const)('may not sign off localhost: a %s key of a specification', async (use, jwk) => {
    const service = await aPublicService();
    const { ref } = await anIssuingDistrict(service, 'elm');
    await expect(
      importIssuerKey(service.rooms.securing, { issuer: ref, use, jwk, publicUrl, ofOthers: async () => [] }),
    ).rejects.toMatchObject({ code: 'rule-violated', message: expect.stringContaining('test key') });
    expect(() => refuseExampleKeys(jwk as PublicJwk, 'http://localhost:8080')).not.toThrow();
    await service.close();
  });

  it('among our own test vectors may not sign off localhost either', () => {
    const vectors = packageFile('test/unit/securing/vectors/w3c-data-integrity.json');
    const { publicKeyMultibase } = (JSON.parse(vectors) as { keyPair: { publicKeyMultibase: string } })
      .keyPair;
    const jwk = parseMultikey(publicKeyMultibase);
    expect(() => refuseExampleKeys(jwk, publicUrl)).toThrow(/test key/);
  });
});
