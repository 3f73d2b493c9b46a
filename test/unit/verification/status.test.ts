import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject, Signer } from '../../../src/securing/index.js';
import { signCompactJws } from '../../../src/securing/index.js';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import { listFingerprint, rememberedList } from '../../../src/verification/remembered-lists.js';
import { aForeignKey } from '../../support/foreign-credential.js';
import {
  aBadge,
  aStatusList,
  asToken,
  didDocumentOf,
  makeIssuer,
  portsOf,
  rigCredentialId,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

type Mutable = { [member: string]: unknown };

const did = `did:web:${rigHost}:issuers:westfield`;
const legacyContext = 'https://w3id.org/vc/status-list/2021/v1';
let issuer: RigIssuer;
let outsider: RigIssuer;
let world: World;

beforeAll(() => {
  issuer = makeIssuer(did);
  outsider = makeIssuer(`did:web:${rigHost}:issuers:eastfield`);
});
beforeEach(() => {
  world = worldOf(issuer, outsider);
});

function verify(document: unknown, now = rigNow): Promise<VerificationReport> {
  return verifyCredential(portsOf(world), { kind: 'document', value: document }, { now });
}
const statusOf = (report: VerificationReport) => report.checks.find(({ check }) => check === 'status')!;

function bitsWith(set: readonly number[], bytes = 16_384): Uint8Array {
  const bits = new Uint8Array(bytes);
  for (const index of set) bits[index >> 3]! |= 128 >> (index & 7);
  return bits;
}
const gzipped = (bits: Uint8Array) => gzipSync(bits).toString('base64url');

/** A badge with these entries of `credentialStatus`. */
function badgeWith(...entries: readonly JsonObject[]): Promise<JsonObject> {
  return sealed(
    aBadge(issuer, (badge) => {
      badge['credentialStatus'] = entries.length === 1 ? entries[0] : entries;
      if (entries.some(({ type }) => type === 'StatusList2021Entry'))
        badge['@context'] = [...(badge['@context'] as string[]), legacyContext];
      // The schema wants one entry with an id; here only the status is looked at.
      delete badge['credentialSchema'];
    }),
    issuer.proof,
  );
}

const entry = (more: JsonObject = {}): JsonObject => ({
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: String(rigIndex),
  statusListCredential: rigListUrl,
  ...more,
});

/** The two ways in which a list may be signed. */
const forms: {
  readonly [form: string]: (list: JsonObject, signers: RigIssuer) => Promise<JsonObject | string>;
} = {
  JSON: (list, { proof }) => sealed(list, proof),
  'VC-JWT': (list, { rsa }) => signCompactJws({ header: {}, payload: list, signer: rsa }),
};

/** The kinds of list, each as an unsigned credential with these bits. */
const lists: {
  readonly [kind: string]: (
    set: readonly number[],
    by: RigIssuer,
  ) => Mutable & { credentialSubject: Mutable };
} = {
  BitstringStatusList: (set, by) => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: rigListUrl,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: by.did,
    validFrom: '2026-11-21T11:55:00Z',
    validUntil: '2026-11-22T11:55:00Z',
    credentialSubject: {
      id: `${rigListUrl}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipped(bitsWith(set))}`,
    },
  }),
  StatusList2021: (set, by) => ({
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      legacyContext,
      'https://w3id.org/security/data-integrity/v2',
    ],
    id: rigListUrl,
    type: ['VerifiableCredential', 'StatusList2021Credential'],
    issuer: by.did,
    issuanceDate: '2026-11-21T11:55:00Z',
    expirationDate: '2026-11-22T11:55:00Z',
    credentialSubject: {
      id: `${rigListUrl}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList: gzipped(bitsWith(set)),
    },
  }),
};
const entryFor = (kind: string) =>
  entry({ type: kind.startsWith('Status') ? 'StatusList2021Entry' : 'BitstringStatusListEntry' });

describe.each(Object.keys(lists))('a %s', (kind) => {
  describe.each(Object.keys(forms))('signed as %s', (form) => {
    let badge: JsonObject;
    beforeAll(async () => {
      badge = await badgeWith(entryFor(kind));
    });
    const publish = async (
      set: readonly number[],
      change: (list: Mutable & { credentialSubject: Mutable }) => void = () => undefined,
      by = issuer,
      signers: RigIssuer = by,
    ) => {
      const list = lists[kind]!(set, by);
      change(list);
      world.resources.set(rigListUrl, await forms[form]!(list, signers));
    };

    it('tells a clear bit from a set one, with the age of the list', async () => {
      await publish([rigIndex - 1, rigIndex + 1]);
      const good = await verify(badge);
      expect(statusOf(good)).toEqual({
        check: 'status',
        outcome: 'passed',
        detail: `Not revoked on the issuer’s list of 2026-11-21T11:55:00Z, checked ${rigNow}.`,
      });
      await publish([rigIndex]);
      expect((await verify(badge)).verdict).toBe('revoked');
    });

    it.each<[string, () => Promise<void>, RegExp]>([
      ['by another issuer', () => publish([], undefined, outsider), /is by .*eastfield/],
      [
        'in the issuer’s name, signed by another',
        async () => {
          // The outsider's keys under the issuer's key names.
          const named = makeIssuer(did);
          await publish([], undefined, issuer, named);
        },
        /not signed by the issuer/,
      ],
      [
        'for another purpose',
        () => publish([], (list) => (list.credentialSubject['statusPurpose'] = 'suspension')),
        /is for suspension/,
      ],
      ['of another id', () => publish([], (list) => (list['id'] = `${rigListUrl}0`)), /is another list/],
      [
        'that is out of date',
        () =>
          publish([], (list) => {
            const isOlder = 'issuanceDate' in list;
            list[isOlder ? 'issuanceDate' : 'validFrom'] = '2026-11-20T11:00:00Z';
            list[isOlder ? 'expirationDate' : 'validUntil'] = '2026-11-21T11:00:00Z';
          }),
        /out of date/,
      ],
      [
        'of another kind',
        () => publish([], (list) => (list['type'] = ['VerifiableCredential'])),
        /It is no /,
      ],
      [
        'that is too short',
        () =>
          publish(
            [],
            (list) => (list.credentialSubject['encodedList'] = `u${gzipped(new Uint8Array(16_383))}`),
          ),
        /at least 131072/,
      ],
      [
        'that unpacks to more than 2 MiB',
        () =>
          publish(
            [],
            (list) =>
              (list.credentialSubject['encodedList'] = `u${gzipped(new Uint8Array(2 * 1024 * 1024 + 1))}`),
          ),
        /more than 2 MiB/,
      ],
      [
        'that is no gzip',
        () => publish([], (list) => (list.credentialSubject['encodedList'] = 'uAAAA')),
        /not gzip/,
      ],
      [
        'without bits',
        () => publish([], (list) => delete list.credentialSubject['encodedList']),
        /encodedList/,
      ],
    ])('could not be checked with a list %s', async (_name, make, reason) => {
      await make();
      const report = await verify(badge);
      expect(report.verdict).toBe('could-not-check');
      expect(statusOf(report).outcome).toBe('could-not-check');
      expect(statusOf(report).detail).toMatch(reason);
    });
  });
});

describe('a badge on the data model 1.1 with a StatusList2021', () => {
  it('is in force while its bit is clear, and revoked once it is set', async () => {
    const key = await aForeignKey('eddsa-rdfc-2022');
    const method = `${did}#foreign`;
    const own = didDocumentOf(did, [issuer.proof]);
    world.dids.set(did, {
      ...own,
      verificationMethod: [
        ...(own['verificationMethod'] as readonly JsonObject[]),
        { id: method, type: 'Multikey', controller: did, publicKeyMultibase: key.publicKeyMultibase },
      ],
      assertionMethod: [...(own['assertionMethod'] as readonly string[]), method],
    });
    const badge = await key.sign(
      {
        '@context': [
          'https://www.w3.org/2018/credentials/v1',
          'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
          legacyContext,
          'https://w3id.org/security/data-integrity/v2',
        ],
        id: 'urn:uuid:5f3c6f0e-9d6f-4a2b-9f0e-1b2c3d4e5f60',
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        name: 'Formative feedback',
        issuer: { id: did, type: ['Profile'], name: 'Elsewhere' },
        issuanceDate: '2026-11-20T09:00:00Z',
        credentialSubject: {
          id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47',
          type: ['AchievementSubject'],
          achievement: {
            id: 'https://elsewhere.example/achievements/1',
            type: ['Achievement'],
            name: 'Formative feedback',
            description: 'Gives feedback that moves learning on.',
            criteria: { narrative: 'Two samples.' },
          },
        },
        credentialStatus: {
          id: `${rigListUrl}#${rigIndex}`,
          type: 'StatusList2021Entry',
          statusPurpose: 'revocation',
          statusListIndex: String(rigIndex),
          statusListCredential: rigListUrl,
        },
      },
      method,
    );
    world.resources.set(rigListUrl, await sealed(lists['StatusList2021']!([], issuer), issuer.proof));
    const good = await verify(badge);
    expect(statusOf(good).outcome).toBe('passed');
    world.resources.set(rigListUrl, await sealed(lists['StatusList2021']!([rigIndex], issuer), issuer.proof));
    expect((await verify(badge)).verdict).toBe('revoked');
  });
});

describe('a list with a time that is none', () => {
  it.each(['validFrom', 'validUntil'])('in %s says nothing', async (name) => {
    const list = { ...lists['BitstringStatusList']!([], issuer), [name]: 'always' };
    world.resources.set(rigListUrl, await forms['VC-JWT']!(list, issuer));
    const report = await verify(await badgeWith(entry()));
    expect(report.verdict).toBe('could-not-check');
    expect(statusOf(report).detail).toContain('could not be read');
  });
});

describe('the list of the other kind', () => {
  it.each([
    ['BitstringStatusList', 'StatusList2021'],
    ['StatusList2021', 'BitstringStatusList'],
  ])('for an entry of %s says nothing', async (kind, other) => {
    world.resources.set(rigListUrl, await sealed(lists[other]!([], issuer), issuer.proof));
    const report = await verify(await badgeWith(entryFor(kind)));
    expect(report.verdict).toBe('could-not-check');
  });
});

describe('entries for several purposes', () => {
  const suspensionUrl = `${rigListUrl}-s`;
  const publish = async (revoked: readonly number[], suspended: readonly number[]) => {
    world.resources.set(rigListUrl, await aStatusList(issuer, revoked));
    world.resources.set(
      suspensionUrl,
      await aStatusList(issuer, suspended, (list) => {
        list['id'] = suspensionUrl;
        list.credentialSubject['statusPurpose'] = ['suspension', 'message'];
      }),
    );
  };
  const suspension = entry({
    statusPurpose: 'suspension',
    statusListIndex: '7',
    statusListCredential: suspensionUrl,
  });

  it.each<[string, number[], number[], string]>([
    ['none is set', [], [], 'valid'],
    ['the suspension is set', [], [7], 'suspended'],
    ['the revocation is set', [rigIndex], [], 'revoked'],
    ['both are set', [rigIndex], [7], 'revoked'],
  ])('are read together: %s', async (_name, revoked, suspended, verdict) => {
    await publish(revoked, suspended);
    for (const entries of [
      [entry(), suspension],
      [suspension, entry()],
    ]) {
      const report = await verify(await badgeWith(...entries));
      // Without a schema the badge cannot be valid; the status is what is compared.
      expect(verdict === 'valid' ? statusOf(report).outcome : report.verdict).toBe(
        verdict === 'valid' ? 'passed' : verdict,
      );
    }
  });

  it('one that cannot be read leaves the other’s set bit in force, and no clear bit', async () => {
    await publish([rigIndex], []);
    world.resources.delete(suspensionUrl);
    const badge = await badgeWith(entry(), suspension);
    expect((await verify(badge)).verdict).toBe('revoked');
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
    expect((await verify(badge)).verdict).toBe('could-not-check');
  });
});

describe('an entry of more than one bit', () => {
  const messages = [
    { status: '0x0', message: 'in force' },
    { status: '0x1', message: 'under appeal' },
    { status: '0x2', message: 'upheld' },
    { status: '0x3', message: 'undefined' },
  ];
  const sized = (more: JsonObject = {}) =>
    entry({ statusPurpose: 'message', statusSize: 2, statusMessage: messages, ...more });
  const publish = async (set: readonly number[], bytes = 32_768) =>
    world.resources.set(
      rigListUrl,
      await aStatusList(issuer, [], (list) => {
        list.credentialSubject['statusPurpose'] = ['message', 'revocation'];
        list.credentialSubject['encodedList'] = `u${gzipped(bitsWith(set, bytes))}`;
      }),
    );

  it.each([
    [[], '0x0: “in force”'],
    [[2 * rigIndex + 1], '0x1: “under appeal”'],
    [[2 * rigIndex], '0x2: “upheld”'],
  ] as const)('with the bits %p is told and never decides', async (set, told) => {
    await publish(set);
    const report = await verify(await badgeWith(sized()));
    expect(statusOf(report).outcome).toBe('passed');
    expect(statusOf(report).detail).toContain(`status message is ${told}`);
  });

  it('needs a list of as many entries as the standard asks', async () => {
    await publish([], 32_767);
    expect(statusOf(await verify(await badgeWith(sized()))).outcome).toBe('could-not-check');
  });

  it('does not pass when it names too few messages, or no proper size', async () => {
    await publish([]);
    for (const wrong of [
      { statusMessage: messages.slice(0, 3) },
      { statusSize: 3 },
      { statusSize: 0 },
      { statusSize: 40, statusMessage: messages },
    ]) {
      expect(statusOf(await verify(await badgeWith(sized(wrong)))).outcome).toBe('could-not-check');
    }
    const { statusMessage: _none, ...bare } = sized() as { readonly [member: string]: unknown };
    expect(statusOf(await verify(await badgeWith(bare))).outcome).toBe('could-not-check');
  });

  it('of one bit says set or unset where no messages are given', async () => {
    await publish([rigIndex]);
    const one = entry({ statusPurpose: 'message' });
    expect(statusOf(await verify(await badgeWith(one))).detail).toContain('status message is 0x1: “set”');
  });

  it('for revocation revokes with any bit set', async () => {
    await publish([2 * rigIndex]);
    const report = await verify(await badgeWith(sized({ statusPurpose: 'revocation' })));
    expect(report.verdict).toBe('revoked');
  });

  it('for refresh says that a newer edition is to be had, and decides nothing', async () => {
    world.resources.set(
      rigListUrl,
      await aStatusList(issuer, [rigIndex], (list) => (list.credentialSubject['statusPurpose'] = 'refresh')),
    );
    const report = await verify(await badgeWith(entry({ statusPurpose: 'refresh' })));
    expect(statusOf(report)).toMatchObject({
      outcome: 'passed',
      detail: expect.stringContaining('a newer edition is to be had'),
    });
  });
});

describe('a revocation list of 1EdTech', () => {
  const url = `https://${rigHost}/revocations`;
  const listed = (...revokedCredential: readonly JsonObject[]) =>
    world.resources.set(url, { id: url, issuer: did, revokedCredential });
  const badgeOn = (at = url) => badgeWith({ id: at, type: '1EdTechRevocationList' });

  it('clears what it does not hold, and says that it is not signed', async () => {
    listed({ id: 'urn:uuid:another', revoked: true }, { id: rigCredentialId, revoked: false });
    const report = await verify(await badgeOn());
    expect(statusOf(report)).toMatchObject({
      outcome: 'passed',
      detail: expect.stringContaining(`not signed: its host ${rigHost} vouches for it`),
    });
  });

  it.each([[{ revoked: true }], [{}], [{ revoked: 'true' }]])(
    'revokes what it holds with %p',
    async (more) => {
      listed({ id: rigCredentialId, ...more });
      expect((await verify(await badgeOn())).verdict).toBe('revoked');
    },
  );

  it('on another host than the issuer’s clears nothing, and still revokes', async () => {
    const elsewhere = 'https://lists.example.org/revocations';
    world.resources.set(elsewhere, { id: elsewhere, revokedCredential: [] });
    const badge = await badgeOn(elsewhere);
    const report = await verify(badge);
    expect(report.verdict).toBe('could-not-check');
    expect(statusOf(report).detail).toContain('lists.example.org');
    world.resources.set(elsewhere, { revokedCredential: [{ id: rigCredentialId, revoked: true }] });
    expect((await verify(badge)).verdict).toBe('revoked');
  });

  it.each<[string, string | JsonObject | undefined]>([
    ['is not there', undefined],
    ['is no JSON', 'revoked: none'],
    ['is another thing', { id: url }],
    ['is of another issuer', { id: url, issuer: 'did:web:other.example', revokedCredential: [] }],
    ['is another list', { id: `${url}/2`, revokedCredential: [] }],
    ['has an entry that cannot be read', { id: url, revokedCredential: ['urn:uuid:1'] }],
  ])('that %s leaves the status unchecked', async (_name, list) => {
    if (list !== undefined) world.resources.set(url, list);
    const report = await verify(await badgeOn());
    expect(report.verdict).toBe('could-not-check');
    expect(statusOf(report).outcome).toBe('could-not-check');
  });
});

describe('the standing that a foreign issuer gives', () => {
  const place = `https://${rigHost}/c/west0123456789abcdefgh/standing`;
  const seconds = Date.parse(rigNow) / 1000;
  const claims = (more: JsonObject = {}): JsonObject => ({
    iss: did,
    sub: rigCredentialId,
    edition: 1,
    state: 'active',
    since: '2026-11-20T09:00:00Z',
    iat: seconds,
    exp: seconds + 300,
    ...more,
  });
  const offer = (serviceEndpoint: unknown) =>
    world.dids.set(did, {
      ...issuer.document,
      service: [{ id: `${did}#standing`, type: 'TouchstoneStanding', serviceEndpoint }],
    });
  const say = async (payload: JsonObject, signer: Signer = issuer.rsa, header = { typ: 'JWT' }) =>
    world.resources.set(place, await signCompactJws({ header, payload, signer }));
  let badge: JsonObject;
  beforeAll(async () => {
    badge = await sealed(aBadge(issuer), issuer.proof);
  });
  beforeEach(async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, []));
    offer(`https://${rigHost}/c/`);
  });

  it('is asked for at its endpoint, and an active one leaves the badge valid', async () => {
    await say(claims());
    expect((await verify(badge)).verdict).toBe('valid');
    expect(world.asked).toContain(place);
  });

  it('is not asked for where the standing is known in process', async () => {
    world.standings.set(rigCredentialId, { ok: true, standing: { state: 'active', since: rigNow } });
    expect((await verify(badge)).verdict).toBe('valid');
    expect(world.asked).not.toContain(place);
  });

  it('suspends, revokes and names what replaces the badge', async () => {
    await say(claims({ state: 'suspended', reason: 'under review' }));
    expect((await verify(badge)).verdict).toBe('suspended');
    await say(claims({ state: 'superseded', replacedBy: `https://${rigHost}/c/new` }));
    expect(await verify(badge)).toMatchObject({
      verdict: 'revoked',
      replacedBy: `https://${rigHost}/c/new`,
    });
    await say(claims({ state: 'revoked', reason: 'in error' }));
    expect((await verify(badge)).verdict).toBe('revoked');
  });

  it('never clears a set bit', async () => {
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    await say(claims());
    expect((await verify(badge)).verdict).toBe('revoked');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['is by another issuer', () => say(claims({ iss: outsider.did }))],
    ['is about another credential', () => say(claims({ sub: `${rigCredentialId}0` }))],
    ['has run out', () => say(claims({ iat: seconds - 700, exp: seconds - 301 }))],
    ['has no end', () => say(claims({ exp: undefined }))],
    ['is from the future', () => say(claims({ iat: seconds + 301, exp: seconds + 600 }))],
    ['names an unknown state', () => say(claims({ state: 'splendid' }))],
    ['is signed by another’s key', () => say(claims(), outsider.rsa)],
    ['is signed under the issuer’s key name by another', () => say(claims(), makeIssuer(did).rsa)],
    ['is no token', async () => world.resources.set(place, JSON.stringify(claims()))],
    ['is not there', async () => world.resources.delete(place)],
  ])('could not be checked when it %s', async (_name, make) => {
    await make();
    const report = await verify(badge);
    expect(report.verdict).toBe('could-not-check');
    expect(statusOf(report).outcome).toBe('could-not-check');
  });

  it('is believed within the clock skew', async () => {
    await say(claims({ iat: seconds + 299, exp: seconds + 600 }));
    expect((await verify(badge)).verdict).toBe('valid');
    await say(claims({ iat: seconds - 700, exp: seconds - 299 }));
    expect((await verify(badge)).verdict).toBe('valid');
  });

  it.each<[string, unknown]>([
    ['on another origin', 'https://elsewhere.example/c/'],
    ['over http', `http://${rigHost}/c/`],
    ['that is no URL', '/c/'],
    ['that is an object', { uri: `https://${rigHost}/c/` }],
  ])('is not asked for at an endpoint %s', async (_name, endpoint) => {
    offer(endpoint);
    expect((await verify(badge)).verdict).toBe('valid');
    expect(world.asked.filter((url) => url.includes('standing'))).toEqual([]);
  });
});

describe('a list whose signature held before', () => {
  let badge: JsonObject;
  beforeAll(async () => {
    badge = await sealed(aBadge(issuer), issuer.proof);
  });
  const publish = async (set: readonly number[] = []) => {
    const list = await aStatusList(issuer, set);
    world.resources.set(rigListUrl, list);
    return Buffer.from(JSON.stringify(list));
  };
  /** What the verifier had of the issuer's keys. */
  const keysNow = () => ({
    controllers: new Map([[did, { ok: true, document: world.dids.get(did) } as const]]),
    keys: new Map(),
  });

  it('is remembered by its exact bytes and the issuer’s keys', async () => {
    // Set bits of its own: another test's list of the same bytes would be remembered already.
    const bytes = await publish([54_321]);
    const before = listFingerprint(bytes, keysNow());
    expect(rememberedList(before)).toBeUndefined();
    expect((await verify(badge)).verdict).toBe('valid');
    expect(rememberedList(before)?.document['id']).toBe(rigListUrl);
    const [first, ...rest] = bytes;
    expect(
      rememberedList(listFingerprint(Uint8Array.from([first! ^ 1, ...rest]), keysNow())),
    ).toBeUndefined();
    world.dids.set(did, { ...issuer.document, alsoKnownAs: 'urn:other' });
    expect(rememberedList(listFingerprint(bytes, keysNow()))).toBeUndefined();
  });

  it('is judged by its dates and the entry’s own bit every time', async () => {
    await publish([9]);
    expect((await verify(badge)).verdict).toBe('valid');
    const other = await sealed(
      aBadge(issuer, (made) => {
        made['credentialStatus'] = { ...(made['credentialStatus'] as object), statusListIndex: '9' };
      }),
      issuer.proof,
    );
    expect((await verify(other)).verdict).toBe('revoked');
    expect((await verify(badge, '2026-11-23T12:00:00Z')).verdict).toBe('could-not-check');
    expect((await verify(other, '2026-11-23T12:00:00Z')).verdict).toBe('could-not-check');
  });

  it('counts no more once its key is taken out of the issuer’s document', async () => {
    await publish();
    const token = await asToken(aBadge(issuer), issuer.rsa);
    expect((await verify(token)).verdict).toBe('valid');
    world.dids.set(did, didDocumentOf(did, [issuer.rsa]));
    const report = await verify(token);
    expect(report.verdict).toBe('could-not-check');
    expect(statusOf(report).detail).toContain('not signed by the issuer');
  });

  it('is not remembered when its proof has an end, or its signature does not hold', async () => {
    const key = await aForeignKey('eddsa-rdfc-2022');
    const method = `${did}#foreign`;
    world.dids.set(did, {
      ...didDocumentOf(did, [issuer.proof]),
      verificationMethod: [
        ...(didDocumentOf(did, [issuer.proof])['verificationMethod'] as readonly JsonObject[]),
        { id: method, type: 'Multikey', controller: did, publicKeyMultibase: key.publicKeyMultibase },
      ],
      assertionMethod: [issuer.proof.verificationMethod, method],
    });
    const list = lists['BitstringStatusList']!([], issuer);
    const proof = await key.proofWith({ expires: '2026-11-21T12:00:10Z' }, list, method);
    world.resources.set(rigListUrl, { ...list, proof });
    expect((await verify(badge)).verdict).toBe('valid');
    expect((await verify(badge, '2026-11-21T12:00:11Z')).verdict).toBe('could-not-check');
    const forged = { ...(await aStatusList(issuer, [])), validUntil: '2027-01-01T00:00:00Z' };
    world.resources.set(rigListUrl, forged);
    for (const _time of [1, 2]) expect((await verify(badge)).verdict).toBe('could-not-check');
  });
});
