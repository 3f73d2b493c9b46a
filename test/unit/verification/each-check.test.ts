import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compactFromRoot, credentialsV2, type JsonObject } from '../../../src/securing/index.js';
import { checkNested } from '../../../src/verification/checks/nested.js';
import { checkParse } from '../../../src/verification/checks/parse.js';
import { checkRefresh } from '../../../src/verification/checks/refresh.js';
import { checkSchema } from '../../../src/verification/checks/schema.js';
import { checkValidity } from '../../../src/verification/checks/validity.js';
import { credentialLimits, type Draft, type ReadCredential } from '../../../src/verification/reading.js';
import { rigNow } from '../../support/credential-rig.js';

/** What a check tells where that alone does not change the verdict, and what others would notice later. */
const draftOf = (change: Partial<Draft> = {}): Draft => ({
  bytes: Buffer.alloc(0),
  limits: credentialLimits,
  ...change,
});
const readingOf = (document: JsonObject, claims?: JsonObject): ReadCredential =>
  ({
    kind: 'credential',
    document,
    received: document,
    firstContext: credentialsV2,
    secured: claims === undefined ? { kind: 'none' } : { kind: 'jwt', token: '', alg: 'ES256', kid: null, claims },
  }) as unknown as ReadCredential; // prettier-ignore

describe('what is found inside', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln';
  const inner = { id: 'urn:inner', type: ['VerifiableCredential'] };
  const within = (received: JsonObject, change: Partial<Draft> = {}) => {
    const draft = draftOf({ kind: 'credential', received, ...change });
    expect(checkNested(draft).outcome).toBe('not-applicable');
    return draft.embedded;
  };
  const asserted = (text: string) => ({ role: 'asserted', text });
  const included = (text: string) => ({ role: 'included', text });

  it('is what a record asserts, as JSON and as tokens, and no other text', () => {
    const credentialSubject = { verifiableCredential: [inner, jwt, 'a.b', 'text'] };
    expect(within({ credentialSubject }, { kind: 'record' })).toEqual([
      asserted(JSON.stringify(inner)),
      asserted(jwt),
    ]);
    expect(within({ credentialSubject: { evidence: [jwt] } })).toEqual([]);
  });

  it('is every credential at any depth and every endorsement that is a token, but nothing in a proof or in what is left out', () => {
    expect(within({ evidence: [{ about: { held: inner } }], endorsementJwt: [jwt, 7] })).toEqual([
      included(JSON.stringify(inner)),
      included(jwt),
    ]);
    expect(within({ proof: { held: inner } })).toEqual([]);
    expect(within({ ' ': { held: inner } })).toEqual([]);
    expect(within(JSON.parse(`{"__proto__":{"held":${JSON.stringify(inner)}}}`) as JsonObject)).toEqual([]);
  });

  it('of a presentation are objects, and of a token of one tokens too', () => {
    const received = { verifiableCredential: [inner, jwt] };
    expect(within(received, { kind: 'presentation' })).toEqual([asserted(JSON.stringify(inner))]);
    expect(within(received, { kind: 'presentation', token: 'x.y.z' })).toEqual([asserted(JSON.stringify(inner)), asserted(jwt)]);
  }); // prettier-ignore
});

describe('what a text holds', () => {
  it('is no credential when the claim of a token is one and a presentation too', () => {
    const types = { type: ['VerifiableCredential', 'VerifiablePresentation'] };
    expect(checkParse(draftOf({ text: 'x.y.z', token: 'x.y.z', value: { vc: types } }))).toMatchObject({
      outcome: 'failed',
      message: 'parse.presentation-and-credential',
    });
    const vc = { type: ['VerifiableCredential'] };
    expect(checkParse(draftOf({ text: 'x.y.z', token: 'x.y.z', value: { vc } }))).toMatchObject({
      message: 'parse.jwt',
    });
  });

  it('is told where there is nothing to read', () => {
    expect(checkParse(draftOf())).toMatchObject({ outcome: 'failed', message: 'parse.not-json' });
    expect(checkParse(draftOf({ text: '{' }))).toMatchObject({ message: 'parse.not-json' });
    expect(checkParse(draftOf({ text: 'e30.e.e30' }))).toMatchObject({ message: 'parse.jwt-malformed' });
  });
});

describe('a newer edition', () => {
  const service = { id: 'https://example.org/newer', type: '1EdTechCredentialRefresh' };
  it.each<[string, JsonObject, string]>([
    ['is not offered', {}, 'refresh.none'],
    ['is offered', { refreshService: service }, 'refresh.offered'],
    ['is offered among others', { refreshService: [{ type: 'Other' }, service] }, 'refresh.offered'],
    ['is offered in a way that we do not know', { refreshService: { ...service, type: 'Other' } }, 'refresh.unsupported'],
    ['is offered nowhere', { refreshService: { ...service, id: 'newer' } }, 'refresh.unsupported'],
  ])('%s', (_name, document, message) => {
    expect(checkRefresh({ document }).message).toBe(message);
  }); // prettier-ignore
});

describe('the period', () => {
  const [from, until] = ['2026-11-20T09:00:00Z', '2026-11-22T09:00:00Z'];
  it.each<[string, JsonObject, JsonObject | undefined, JsonObject]>([
    ['without a beginning', {}, undefined, { outcome: 'not-applicable', message: 'validity.always' }],
    ['with an end alone', { validUntil: until }, undefined, { outcome: 'not-applicable', message: 'validity.always' }],
    ['with a beginning alone', { validFrom: from }, undefined, { outcome: 'passed', message: 'validity.ok', facts: { from } }],
    ['with both', { validFrom: from, validUntil: until }, undefined, { outcome: 'passed', message: 'validity.until', facts: { from, until } }],
    ['with an end of the token that is earlier', { validFrom: from, validUntil: until }, { exp: Date.parse('2026-11-21T00:00:00Z') / 1000 }, { outcome: 'failed', message: 'validity.expired', verdict: 'expired' }],
    ['that begins later', { validFrom: until }, undefined, { outcome: 'failed', message: 'validity.not-yet', verdict: 'not-yet-valid' }],
    ['that cannot be read', { validUntil: 'never' }, undefined, { outcome: 'could-not-check', message: 'validity.unreadable', facts: { name: 'validUntil' } }],
    ['whose claim cannot be read', {}, { exp: 'never' }, { outcome: 'could-not-check', message: 'validity.unreadable', facts: { name: 'exp' } }],
  ])('%s', (_name, document, claims, expected) => {
    expect(checkValidity(readingOf(document, claims), rigNow)).toMatchObject(expected);
  }); // prettier-ignore
});

describe('the model of a class', () => {
  const vector = JSON.parse(readFileSync(new URL('vectors/clr.json', import.meta.url), 'utf8')) as JsonObject;

  it('is not asked of endorsements in it, wherever they stand: each is held to its own', async () => {
    const record = await compactFromRoot(vector);
    const found = (change: JsonObject) =>
      checkSchema(readingOf({ ...record, ...change }), { schemas: new Map() });
    expect(found({})).toMatchObject({ outcome: 'passed' });
    expect(found({ endorsement: 'no endorsement' })).toMatchObject({ outcome: 'passed' });
    const [subject] = [record['credentialSubject']].flat() as JsonObject[];
    const achievement = {
      id: 'urn:achievement',
      type: ['Achievement'],
      name: 'A',
      description: 'B',
      criteria: { narrative: 'C' },
    };
    const within = (member: string) => ({
      credentialSubject: { ...subject, achievement: [{ ...achievement, [member]: 'no endorsement' }] },
    });
    expect(found(within('endorsement'))).toMatchObject({ outcome: 'passed' });
    expect(found(within('criteria'))).toMatchObject({ outcome: 'failed', message: 'schema.fault' });
  });
});
