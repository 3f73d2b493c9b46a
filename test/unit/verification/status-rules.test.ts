import { describe, expect, it } from '@jest/globals';
import { signCompactJws, type JsonObject } from '../../../src/securing/index.js';
import { readRevocationList } from '../../../src/verification/checks/revocation-list.js';
import { standingAnswer } from '../../../src/verification/checks/standing.js';
import { checkStatus } from '../../../src/verification/checks/status.js';
import { readStatusListEntry } from '../../../src/verification/checks/status-list.js';
import type { FetchFailure, Fetched, StandingAnswer } from '../../../src/verification/index.js';
import type { ReadCredential } from '../../../src/verification/reading.js';
import type { Resources } from '../../../src/verification/resources.js';
import { makeSigner, rigNow } from '../../support/credential-rig.js';

/** Each rule by itself, with the finding that it leads to: further on most of them come to the same verdict. */
const issuer = 'did:web:example.org';
const id = 'https://example.org/c/1';
const url = 'https://example.org/list';

const credentialOf = (document: JsonObject = {}): ReadCredential =>
  ({
    kind: 'credential',
    document: { id, issuer: { id: issuer }, ...document },
  }) as unknown as ReadCredential;
const got = (value: unknown): Fetched => ({
  ok: true,
  bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  mediaType: 'application/json',
  url,
});
const gone: FetchFailure = { ok: false, kind: 'unreachable', reason: 'its host is asleep' };
const resourcesOf = (change: Partial<Resources> = {}): Resources => ({
  controllers: new Map(),
  keys: new Map(),
  statusLists: new Map(),
  schemas: new Map(),
  pinned: new Map(),
  standing: { ok: false, kind: 'not-asked' },
  standingToken: undefined,
  ...change,
});

describe('an entry of a status list', () => {
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: url,
  };
  it.each<[string, JsonObject, string, RegExp]>([
    ['an unknown purpose', { statusPurpose: 'decoration' }, 'status.unsupported', /for decoration$/],
    [
      'two purposes',
      { statusPurpose: ['revocation', 'suspension'] },
      'status.unsupported',
      /for revocation, /,
    ],
    ['no list', { statusListCredential: undefined }, 'status.malformed', /no statusListCredential/],
    ['a list that is an object', { statusListCredential: { id: url } }, 'status.malformed', /no statusListC/],
    ['a size that is text', { statusSize: '1' }, 'status.malformed', /statusSize is no whole number/],
    ['half a bit', { statusSize: 1.5 }, 'status.malformed', /statusSize is no whole number/],
    ['no bits', { statusSize: 0 }, 'status.malformed', /statusSize is no whole number/],
    ['two bits without messages', { statusSize: 2 }, 'status.malformed', /0 of the 4 status messages/],
    [
      'more bits than anybody has messages for',
      { statusSize: 11, statusMessage: Array.from({ length: 2 ** 11 }, () => ({})) },
      'status.unsupported',
      /of more than 10 bits/,
    ],
    ['one list too many', {}, 'status.unavailable', /not fetched: there are too many/],
  ])('with %s', async (_name, change, message, said) => {
    const read = await readStatusListEntry({ ...entry, ...change }, credentialOf(), resourcesOf(), rigNow);
    expect(read).toMatchObject({ kind: 'unread', finding: { outcome: 'could-not-check', message } });
    expect(JSON.stringify(read)).toMatch(new RegExp(said.source.replace(/\$$/, '"')));
  });

  it('whose list was not had says why', async () => {
    const statusLists = new Map([[url, gone]]);
    expect(await readStatusListEntry(entry, credentialOf(), resourcesOf({ statusLists }), rigNow)).toEqual({
      kind: 'unread',
      finding: expect.objectContaining({ message: 'status.unavailable', facts: { reason: gone.reason } }),
    });
  });
});

describe('a revocation list', () => {
  const read = (list: Fetched | FetchFailure | undefined, entry: JsonObject = { id: url }, more = {}) =>
    readRevocationList(
      entry,
      credentialOf(more),
      resourcesOf({ statusLists: new Map(list === undefined ? [] : [[url, list]]) }),
      rigNow,
    );
  const list = { id: url, revokedCredential: [{ id: 'urn:x' }] };
  it.each<[string, () => unknown, string, string]>([
    ['without an id', () => read(got(list), {}), 'status.malformed', 'needs an id'],
    ['of a credential without one', () => read(got(list), { id: url }, { id: undefined }), 'status.malformed', 'with an id'],
    ['too many', () => read(undefined), 'status.unavailable', 'there are too many'],
    ['that was not had', () => read(gone), 'status.unavailable', gone.reason],
    ['that is no list', () => read(got([])), 'status.list-unreadable', 'no list of revoked'],
    ['without entries', () => read(got({ id: url })), 'status.list-unreadable', 'no list of revoked'],
    ['that is no JSON', () => read(got('{')), 'status.list-unreadable', 'no list of revoked'],
    ['with a text for an entry', () => read(got({ revokedCredential: ['urn:x'] })), 'status.list-unreadable', 'has no id'],
    ['with an entry without an id', () => read(got({ revokedCredential: [{}] })), 'status.list-unreadable', 'has no id'],
    ['of another issuer', () => read(got({ ...list, issuer: 'did:web:b.org' })), 'status.list-issuer', 'did:web:b.org'],
    ['of another id', () => read(got({ ...list, id: 'urn:other' })), 'status.list-id', 'urn:other'],
  ])('%s', (_name, judge, message, said) => {
    const found = judge();
    expect(found).toMatchObject({ kind: 'unread', finding: { outcome: 'could-not-check', message } });
    expect(JSON.stringify(found)).toContain(said);
  }); // prettier-ignore
});

describe('a standing that the issuer signs', () => {
  const key = makeSigner(issuer, 'k', 'ES256');
  const document = {
    id: issuer,
    verificationMethod: [{ id: `${issuer}#k`, type: 'JsonWebKey', controller: issuer, publicKeyJwk: key.publicJwk }],
    assertionMethod: [`${issuer}#k`],
  }; // prettier-ignore
  const seconds = Date.parse(rigNow) / 1000;
  const payload = { iss: issuer, sub: id, state: 'active', since: rigNow, iat: seconds, exp: seconds + 300 };
  const token = (change: JsonObject = {}) =>
    signCompactJws({ header: {}, payload: { ...payload, ...change }, signer: key });
  const answer = async (change: Partial<Resources> = {}, claims: JsonObject = {}, about: JsonObject = {}) => {
    const controllers = new Map([[issuer, { ok: true, document } as const]]);
    const resources = resourcesOf({ controllers, standingToken: got(await token(claims)), ...change });
    return standingAnswer(credentialOf(about), resources, rigNow);
  };

  it('is believed, with what it says', async () => {
    expect(await answer()).toEqual({ ok: true, standing: { state: 'active', since: rigNow } });
    expect(await answer({}, { since: 5, reason: 'x', replacedBy: 'urn:y' })).toEqual({
      ok: true,
      standing: { state: 'active', since: 'a time that it does not state', reason: 'x', replacedBy: 'urn:y' },
    });
    expect(await answer({}, { reason: 5, replacedBy: 5 })).toEqual({
      ok: true,
      standing: { state: 'active', since: rigNow },
    });
  });

  it('is not looked at where there is none, or where the standing is known without it', async () => {
    const known: StandingAnswer = { ok: true, standing: { state: 'revoked', since: rigNow } };
    expect(await answer({ standing: known })).toEqual(known);
    expect(await answer({ standingToken: undefined })).toEqual({ ok: false, kind: 'not-asked' });
    expect(await answer({ standing: gone })).toEqual(gone);
    expect(await answer({ standingToken: gone })).toEqual(gone);
  });

  it('of an https issuer counts beside the issuer’s own document alone, whatever its host’s keys sign', async () => {
    const web = 'https://example.org/issuers/1';
    const keys = new Map([
      [
        'https://example.org/.well-known/jwks.json',
        got({ keys: [{ ...key.publicJwk, kid: key.verificationMethod, iss: web }] }),
      ],
    ]);
    const of = (change: JsonObject) =>
      answer(
        {
          keys,
          controllers: new Map([[web, { ok: true, document: { ...document, id: web, ...change } } as const]]),
        },
        { iss: web },
        { issuer: { id: web } },
      );
    expect(await of({})).toMatchObject({ ok: true });
    expect(await of({ id: issuer })).toMatchObject({ ok: false, kind: 'invalid' });
  });

  it('is not the issuer’s word when another key signed it', async () => {
    const other = makeSigner(issuer, 'k', 'ES256');
    const standingToken = got(await signCompactJws({ header: {}, payload, signer: other }));
    expect(await answer({ standingToken })).toEqual({
      ok: false,
      kind: 'invalid',
      reason: expect.stringContaining('signature does not match'),
    });
  });

  it.each<[string, Partial<Resources>, JsonObject, JsonObject, RegExp]>([
    ['by another issuer', {}, { iss: 'did:web:b.org' }, {}, /by another issuer/],
    ['about another credential', {}, { sub: 'urn:x' }, {}, /about another credential/],
    ['about a credential without an id', {}, { sub: undefined }, { id: undefined }, /about another credential/],
    ['from the future', {}, { iat: seconds + 301 }, {}, /yet to come/],
    ['without its time', {}, { iat: undefined }, {}, /yet to come/],
    ['out of date', {}, { exp: seconds - 301 }, {}, /out of date/],
    ['without an end', {}, { exp: undefined }, {}, /out of date/],
    ['of an unknown state', {}, { state: 'splendid' }, {}, /does not know/],
    ['under a document that was not had', { controllers: new Map([[issuer, gone]]) }, {}, {}, /asleep$/],
  ])('is not the issuer’s word when it is %s', async (_name, change, claims, about, reason) => {
    expect(await answer(change, claims, about)).toEqual({
      ok: false,
      kind: 'invalid',
      reason: expect.stringMatching(reason),
    });
  }); // prettier-ignore
});

describe('the status', () => {
  const found = (document: JsonObject, standing: StandingAnswer) =>
    checkStatus(credentialOf(document), resourcesOf({ standing }), rigNow);
  const notAsked: StandingAnswer = { ok: false, kind: 'not-asked' };
  const since = '2026-11-20T09:00:00Z';

  it('with an entry that is a text, or of an unknown type, could not be checked', async () => {
    expect(await found({ credentialStatus: ['https://example.org/status'] }, notAsked)).toMatchObject({
      outcome: 'could-not-check',
      message: 'status.malformed',
    });
    expect(await found({ credentialStatus: [{ type: ['Any', 'Other'] }] }, notAsked)).toMatchObject({
      message: 'status.unsupported',
      facts: { type: 'Any, Other' },
    });
  });

  it('of nothing at all is not applicable', async () => {
    expect(await found({}, notAsked)).toMatchObject({ outcome: 'not-applicable', message: 'status.none' });
  });

  it.each<[string, StandingAnswer, JsonObject]>([
    ['active', { ok: true, standing: { state: 'active', since } }, { outcome: 'passed', message: 'status.standing' }],
    ['revoked', { ok: true, standing: { state: 'revoked', since } }, { outcome: 'failed', message: 'status.standing-revoked', verdict: 'revoked', facts: { since, reason: 'no reason given' } }],
    ['superseded', { ok: true, standing: { state: 'superseded', since, replacedBy: 'urn:y' } }, { message: 'status.corrected', replacedBy: 'urn:y' }],
    ['suspended', { ok: true, standing: { state: 'suspended', since, reason: 'x' } }, { message: 'status.standing-suspended', facts: { reason: 'x' } }],
    ['that does not exist', { ok: false, kind: 'absent', reason: 'r' }, { outcome: 'could-not-check', message: 'status.standing-absent' }],
    ['that is not the issuer’s word', { ok: false, kind: 'invalid', reason: 'r' }, { outcome: 'could-not-check', message: 'status.standing-invalid', facts: { reason: 'r' } }],
    ['that could not be had', gone, { outcome: 'could-not-check', message: 'status.unavailable', facts: { reason: gone.reason } }],
  ])('with a standing %s', async (_name, standing, finding) => {
    const told = await found({}, standing);
    expect(told).toMatchObject(finding);
    expect('replacedBy' in told).toBe('replacedBy' in finding);
  }); // prettier-ignore
});
