import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestMultibaseSha384, hashedIdentity, type JsonObject } from '../../../src/securing/index.js';
import { checkPinned } from '../../../src/verification/checks/pinned.js';
import { checkRecipient } from '../../../src/verification/checks/recipient.js';
import { checkSchema } from '../../../src/verification/checks/schema.js';
import type { ReadCredential } from '../../../src/verification/reading.js';
import type { Fetched } from '../../../src/verification/index.js';

/** What is compared with a credential, rule by rule. */
const url = 'https://example.org/r';
const reading = (document: JsonObject): ReadCredential =>
  ({
    kind: 'credential',
    document,
    firstContext: 'https://www.w3.org/ns/credentials/v2',
  }) as unknown as ReadCredential;
const got = (text: string): ReadonlyMap<string, Fetched> =>
  new Map([[url, { ok: true, bytes: Buffer.from(text), mediaType: 'application/json', url }]]);

describe('a pinned document', () => {
  const text = '{"a":1}';
  const hash = (algorithm: string) => createHash(algorithm).update(text).digest();
  const sri = (algorithm: string) => `${algorithm}-${hash(algorithm).toString('base64')}`;
  const sha256 = `u${Buffer.concat([Buffer.from([0x12, 0x20]), hash('sha256')]).toString('base64url')}`;
  it.each<[string, JsonObject, string]>([
    ['SHA-384', { digestMultibase: digestMultibaseSha384(Buffer.from(text)) }, 'pinned.ok'],
    ['SHA-256', { digestMultibase: sha256 }, 'pinned.ok'],
    ['subresource integrity', { digestSRI: sri('sha384') }, 'pinned.ok'],
    ['several of these, the strongest good', { digestSRI: `sha256-AAAA ${sri('sha512')}` }, 'pinned.ok'],
    ['several of these, the strongest bad', { digestSRI: `${sri('sha256')} sha512-AAAA` }, 'pinned.changed'],
    [
      'a SHA-384 of something else',
      { digestMultibase: digestMultibaseSha384(Buffer.from('x')) },
      'pinned.changed',
    ],
    ['a SHA-256 of something else', { digestMultibase: `${sha256.slice(0, -1)}A` }, 'pinned.changed'],
    ['one good and one bad', { digestMultibase: sha256, digestSRI: 'sha384-AAAA' }, 'pinned.changed'],
    ['one good and one that is not known', { digestMultibase: 'zQm', digestSRI: sri('sha256') }, 'pinned.ok'],
    ['none that is known', { digestMultibase: 'zQmAAAA' }, 'pinned.unsupported'],
    ['an old hash', { digestSRI: `md5-${hash('md5').toString('base64')}` }, 'pinned.unsupported'],
  ])('by %s', (_name, digest, message) => {
    const document = { relatedResource: [{ id: url, ...digest }] };
    expect(checkPinned(reading(document), { pinned: got(text) }).message).toBe(message);
  });
  it('that was not fetched could not be checked, and nothing pinned is no matter', () => {
    const document = { relatedResource: [{ id: url, digestMultibase: sha256 }] };
    expect(checkPinned(reading(document), { pinned: new Map() })).toMatchObject({
      outcome: 'could-not-check',
      message: 'pinned.unavailable',
    });
    expect(checkPinned(reading({}), { pinned: new Map() }).outcome).toBe('not-applicable');
  });
});

describe('the recipient', () => {
  const email = 'Teacher@School.example';
  const found = (identity: JsonObject | undefined, typed: string | undefined = email) =>
    checkRecipient(reading({ credentialSubject: { ...(identity && { identifier: [identity] }) } }), typed)
      .message;
  const hashed = (of: string, salt: string) => ({
    identityType: 'emailAddress',
    hashed: true,
    salt,
    identityHash: hashedIdentity(of, salt),
  });
  it('is compared with the hash, as typed and in lower case, with the salt', () => {
    expect(found(hashed(email, 's'))).toBe('recipient.match');
    expect(found(hashed(email.toLowerCase(), 's'))).toBe('recipient.match');
    const bare = hashed(email, 's');
    expect(found({ ...bare, identityHash: bare.identityHash.replace('sha256$', '') })).toBe(
      'recipient.match',
    );
    expect(found({ ...bare, salt: 't' })).toBe('recipient.other');
    expect(found(hashed('other@school.example', 's'))).toBe('recipient.other');
  });
  it('that stands in the clear is compared as it is; one that says hashed is not', () => {
    const clear = { identityType: 'emailAddress', hashed: false, identityHash: email.toUpperCase() };
    expect(found(clear)).toBe('recipient.match');
    expect(found({ ...clear, identityHash: 'other@school.example' })).toBe('recipient.other');
    expect(found({ ...clear, hashed: true })).toBe('recipient.other');
  });
  it('could not be compared where there is nothing to compare, and is not where nobody asked', () => {
    expect(found(undefined)).toBe('recipient.none');
    expect(found({ identityType: 'sourcedId', identityHash: email })).toBe('recipient.none');
    expect(found(hashed(email, 's'), ' ')).toBe('recipient.not-asked');
  });
});

describe('a schema that the credential names', () => {
  const found = (schemas: ReadonlyMap<string, Fetched>, type: unknown = 'JsonSchema') =>
    checkSchema(reading({ name: 'A', credentialSchema: [{ id: url, type }] } as JsonObject), { schemas });
  const schema = (change: object = {}) => got(JSON.stringify({ type: 'object', ...change }));
  it.each<[string, () => { readonly message: string; readonly outcome: string }, string]>([
    ['that fits', () => found(schema()), 'schema.ok'],
    ['of 1EdTech’s kind', () => found(schema(), '1EdTechJsonSchemaValidator2019'), 'schema.ok'],
    ['that does not fit', () => found(schema({ required: ['x'] })), 'schema.fault'],
    ['of another kind', () => found(schema(), 'JsonSchemaCredential'), 'schema.unsupported'],
    ['of two kinds', () => found(schema(), ['JsonSchema', 'Other']), 'schema.unsupported'],
    ['that was not fetched', () => found(new Map()), 'schema.unavailable'],
    ['that is a list', () => found(got('[]')), 'schema.unusable'],
    ['that is no JSON', () => found(got('{')), 'schema.unusable'],
    ['that is too long', () => found(schema({ title: 'x'.repeat(300_000) })), 'schema.unusable'],
    ['that is too deep', () => found(got(`{"a":${'['.repeat(90)}${']'.repeat(90)}}`)), 'schema.unusable'],
    ['with expressions', () => found(schema({ anyOf: [{ pattern: '(a+)+$' }] })), 'schema.unusable'],
    ['of an unknown draft', () => found(schema({ $schema: 'urn:draft' })), 'schema.unusable'],
    [
      'with a keyword of the library’s own',
      () => found(schema({ allOf: [{ $async: true }] })),
      'schema.unusable',
    ],
    ['that refers elsewhere', () => found(schema({ $ref: 'https://evil.example/s' })), 'schema.unusable'],
  ])('%s', (_name, judge, message) => {
    const finding = judge();
    expect(finding.message).toBe(message);
    expect(finding.outcome).toBe(
      message === 'schema.ok' ? 'passed' : message === 'schema.fault' ? 'failed' : 'could-not-check',
    );
  });

  it('whose expressions take too long is left where it stands, by whoever may run them at all', () => {
    const document = { name: `${'a'.repeat(40)}!`, credentialSchema: [{ id: url, type: 'JsonSchema' }] };
    const schemas = schema({ properties: { name: { pattern: '^(a+)+$' } } });
    expect(checkSchema(reading(document), { schemas }, true)).toMatchObject({
      outcome: 'could-not-check',
      message: 'schema.unusable',
      facts: { reason: expect.stringContaining('takes longer than 0.5 s') },
    });
    expect(checkSchema(reading({ ...document, name: 'aaa' }), { schemas }, true).message).toBe('schema.ok');
  });
});
