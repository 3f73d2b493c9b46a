import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { digestMultibaseSha384, didKeyDocument, type JsonObject } from '../../../src/securing/index.js';
import {
  verifyCredential,
  type VerificationOptions,
  type VerificationReport,
} from '../../../src/verification/index.js';
import {
  aBadge,
  makeIssuer,
  portsOf,
  rigNow,
  sealed,
  worldOf,
  type World,
} from '../../support/credential-rig.js';
import { aHolder, aPresentation, type Holder } from '../../support/presentation-rig.js';

const v2 = 'https://www.w3.org/ns/credentials/v2';
const examples = 'https://www.w3.org/ns/credentials/examples/v2';
const vectors = JSON.parse(
  readFileSync(new URL('../securing/vectors/w3c-data-integrity.json', import.meta.url), 'utf8'),
);

let signer: Holder;
let world: World;

beforeAll(async () => {
  signer = await aHolder();
  world = worldOf();
  world.dids.set(signer.did, didKeyDocument(signer.did));
});

function verify(value: unknown, options: Partial<VerificationOptions> = {}): Promise<VerificationReport> {
  const method = (value as { proof?: { verificationMethod?: string } }).proof?.verificationMethod ?? '';
  const did = method.split('#')[0]!;
  if (did.startsWith('did:key:')) world.dids.set(did, didKeyDocument(did));
  return verifyCredential(
    portsOf(world),
    { kind: 'document', value },
    { now: rigNow, checks: 'proof', contexts: 'all-pinned', ...options },
  );
}

const plain = (more: JsonObject = {}): JsonObject => ({
  '@context': [v2],
  type: ['VerifiableCredential'],
  issuer: signer.did,
  credentialSubject: { id: 'did:example:subject' },
  ...more,
});

const plainClaim: JsonObject = {
  '@context': [v2],
  type: ['VerifiableCredential'],
  credentialSubject: { id: 'did:x:y' },
};

describe('with the proof alone to be checked', () => {
  it.each([
    'eddsaRdfc2022',
    'eddsaJcs2022',
    'ed25519Signature2020',
    'ecdsaRdfc2019P256',
    'ecdsaRdfc2019P384',
  ])(
    'the W3C vector %s is valid, though its key is not its issuer’s; asked for everything, it is not',
    async (name) => {
      const report = await verify(vectors[name].signed);
      expect(report.reasons).toEqual([]);
      expect(report.verdict).toBe('valid');
      expect(report.sentence).toMatch(/^The signature holds and the form is right/);
      expect((await verify(vectors[name].signed, { checks: 'all' })).verdict).not.toBe('valid');
    },
  );

  it('what it says must still be what was signed', async () => {
    const { signed } = vectors.eddsaRdfc2022;
    expect((await verify({ ...signed, name: 'Another' })).verdict).toBe('not-genuine');
  });

  it('schemas, dates and status are neither asked for nor looked up', async () => {
    const issuer = makeIssuer(signer.did);
    world.dids.set(issuer.did, issuer.document);
    const badge = await sealed(
      aBadge(issuer, (copy) => {
        copy['validUntil'] = '2026-11-20T10:00:00Z';
        delete copy['relatedResource'];
        delete copy['awardedDate'];
      }),
      issuer.proof,
    );
    world.asked.length = 0;
    const report = await verify(badge);
    world.dids.set(signer.did, didKeyDocument(signer.did));
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.checks.find(({ check }) => check === 'status')?.detail).toMatch(/^Not asked for/);
    expect(world.asked).toEqual([issuer.did]);
  });

  it('a pinned document that changed is noticed, and one that cannot be had leaves the proof as it is', async () => {
    const url = 'https://example.org/resource';
    const relatedResource = [{ id: url, digestMultibase: digestMultibaseSha384('as signed') }];
    const credential = await signer.issue(plain({ relatedResource }));
    expect((await verify(credential)).verdict).toBe('valid');
    world.resources.set(url, 'as signed');
    expect((await verify(credential)).verdict).toBe('valid');
    world.resources.set(url, 'changed since');
    expect((await verify(credential)).verdict).toBe('not-genuine');
    world.resources.delete(url);
  });
});

describe('a document that only the proof is asked of', () => {
  it('may define words of its own, shown as the addresses that they stand for; no other may', async () => {
    const words = { '@context': { alumniOf: 'https://www.example.org/alumniOf' } };
    const subject = { id: 'did:example:subject', alumniOf: 'The School of Examples' };
    const credential = await signer.issue(plain({ '@context': [v2, words], credentialSubject: subject }));
    const report = await verify(credential);
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.credential).toMatchObject({
      credentialSubject: { 'https://www.example.org/alumniOf': 'The School of Examples' },
    });
    const strict = await verify(credential, { checks: 'all' });
    expect(strict.verdict).toBe('could-not-check');
    expect(strict.reasons[0]).toContain('its own definitions');
    // A word that was signed under another meaning is another statement.
    const other = { '@context': { alumniOf: 'https://www.example.org/expelledFrom' } };
    expect((await verify({ ...credential, '@context': [v2, other] })).verdict).toBe('not-genuine');
  });

  it('may not define the words of the data model anew, nor write an address for a word', async () => {
    const credential = await signer.issue(plain());
    // The data model's own context, which its type brings, has the last word.
    const anew = { '@context': { issuer: 'https://www.example.org/issuer' } };
    const report = await verify({ ...credential, '@context': [v2, anew] });
    expect([report.verdict, report.credential?.['issuer']]).toEqual(['valid', signer.did]);
    for (const word of ['VerifiableCredential', 'id']) {
      const contexts = [v2, { '@context': { [word]: 'https://www.example.org/word' } }];
      expect((await verify({ ...credential, '@context': contexts })).verdict).toBe('could-not-check');
    }
    const { issuer, ...rest } = credential as Record<string, unknown>;
    const address = { ...rest, '@context': [v2, {}], 'https://www.w3.org/2018/credentials#issuer': issuer };
    expect((await verify(address)).verdict).toBe('could-not-check');
  });

  it('may repeat a proof to the letter, and may not bring another that does not hold', async () => {
    const credential = await signer.issue(plain());
    const { proof } = credential as { readonly proof: JsonObject };
    const twice = { ...credential, proof: [proof, { ...proof }] };
    expect((await verify(twice)).verdict).toBe('valid');
    expect((await verify(twice, { checks: 'all' })).verdict).toBe('could-not-check');
    const other = { ...proof, created: '2026-11-19T09:00:00Z' };
    expect((await verify({ ...credential, proof: [proof, other] })).verdict).toBe('not-genuine');
  });
});

describe('a token', () => {
  it.each<[string, JsonObject]>([
    ['vc that is text', { vc: 'oops' }],
    ['vp that is text', { vp: 'nooo' }],
    ['vc with another credential', { vc: plainClaim }],
    ['vp with a presentation', { vp: { type: ['VerifiablePresentation'] } }],
  ])('that is a credential is none when it has a claim %s too', async (_what, claims) => {
    const payload = plain({ '@context': [v2, examples] });
    for (const checks of ['proof', 'all'] as const) {
      expect((await verify(await signer.token(payload), { checks })).verdict).toBe('valid');
      const report = await verify(await signer.token({ ...payload, ...claims }), { checks });
      expect(report.verdict).toBe('not-genuine');
      expect(report.reasons[0]).toContain('which of them is meant');
    }
  });

  it('with both claims is none', async () => {
    const both = { iss: signer.did, vc: plain(), vp: { type: ['VerifiablePresentation'] } };
    expect((await verify(await signer.token(both))).verdict).toBe('not-genuine');
  });
});

describe('with keys that the caller trusts', () => {
  it('only they count, and none is looked up', async () => {
    const credential = await signer.issue(plain({ issuer: 'https://issuer.example' }));
    const other = await aHolder();
    world.asked.length = 0;
    const trusted = await verify(credential, { keys: [other.publicJwk, signer.publicJwk] });
    expect(trusted.reasons).toEqual([]);
    expect(trusted.verdict).toBe('valid');
    expect((await verify(credential, { keys: [other.publicJwk] })).verdict).toBe('not-genuine');
    expect((await verify(credential, { keys: [] })).verdict).toBe('could-not-check');
    expect(world.asked).toEqual([]);
  });

  it('a token by one of them is valid', async () => {
    const token = await signer.token(plain({ issuer: 'https://issuer.example' }), { kid: 'any' });
    expect((await verify(token, { keys: [signer.publicJwk] })).verdict).toBe('valid');
    expect((await verify(token, { keys: [(await aHolder()).publicJwk] })).verdict).toBe('not-genuine');
  });
});

describe('words of the known contexts', () => {
  it('of one that has a meaning for every word are read for the proof or for interoperability, nowhere else', async () => {
    const credential = await signer.issue(plain({ '@context': [v2, examples], anythingAtAll: 'said' }));
    const strictly = await verify(credential, { checks: 'all', contexts: 'badges' });
    expect(strictly.verdict).toBe('could-not-check');
    expect(strictly.reasons[0]).toContain(`as only examples and tests have them: ${examples}`);
    expect(strictly.credential).toBeNull();
    const unsaid = { kind: 'document', value: credential } as const;
    expect((await verifyCredential(portsOf(world), unsaid, { now: rigNow })).verdict).toBe('could-not-check');
    expect((await verify(credential, { checks: 'all' })).verdict).toBe('valid');
    expect((await verify(credential, { contexts: 'badges' })).verdict).toBe('valid');
    const presentation = await signer.present(aPresentation([credential]));
    const nested = await verify(presentation, { checks: 'all', contexts: 'badges' });
    expect([nested.verdict, nested.nested[0]?.verdict]).toEqual(['could-not-check', 'could-not-check']);
    expect((await verify(presentation, { checks: 'all' })).verdict).toBe('valid');
  });

  it('of the examples context come back as words, and what they say is shown', async () => {
    const subject = { id: 'did:example:subject', degree: { type: 'ExampleDegree', name: 'Arts' } };
    const credential = await signer.issue(
      plain({
        '@context': [v2, examples],
        type: ['VerifiableCredential', 'ExampleCredential'],
        credentialSubject: subject,
      }),
    );
    const report = await verify(credential, { checks: 'all' });
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(report.credential).toMatchObject({ credentialSubject: subject });
  });

  it('cannot hide a date: under another context it is the same word or refused', async () => {
    const expired = await signer.issue(
      plain({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }),
    );
    for (const context of [
      examples,
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
    ]) {
      const report = await verify({ ...expired, '@context': [v2, context] }, { checks: 'all' });
      expect(report.verdict).toBe('expired');
    }
    const { validUntil, ...rest } = expired as Record<string, unknown>;
    const address = 'https://www.w3.org/2018/credentials#validUntil';
    const hidden = { ...rest, '@context': [v2, examples], [address]: validUntil };
    expect((await verify(hidden, { checks: 'all' })).verdict).toBe('could-not-check');
  });
});

describe('the data model 2.0', () => {
  const good: readonly (readonly [string, JsonObject])[] = [
    ['a name in a language', { name: { '@value': 'Dog', '@language': 'en' } }],
    ['a name with a direction', { name: { '@value': 'Dog', '@language': 'en', '@direction': 'ltr' } }],
    ['names in languages', { name: [{ '@value': 'Dog', '@language': 'en' }, { '@value': 'Chien', '@language': 'fr' }] }],
    ['several subjects', { credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] }],
    ['two refresh services', { refreshService: [{ type: 'https://example.org/#R', id: 'did:example:r/1' }, { type: 'https://example.org/#R', id: 'did:example:r/2' }] }],
  ]; // prettier-ignore
  it.each(good)('allows %s', async (_name, members) => {
    const report = await verify(await signer.issue(plain(members)));
    expect(report.reasons).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  const digest = digestMultibaseSha384('x');
  const bad: readonly (readonly [string, JsonObject, string])[] = [
    ['a refresh service without a type', { refreshService: { id: 'did:example:r/1' } }, 'refreshService'],
    ['a schema without a type', { credentialSchema: { id: 'https://example.org/schema' } }, 'credentialSchema'],
    ['a schema without an id', { credentialSchema: { type: 'JsonSchema' } }, 'credentialSchema'],
    ['a pinned document without an id', { relatedResource: [{ digestMultibase: digest }] }, 'relatedResource'],
    ['a pinned document without a digest', { relatedResource: [{ id: 'https://example.org/1', mediaType: 'text/plain' }] }, 'relatedResource'],
    ['one pinned document twice', { relatedResource: [{ id: 'https://example.org/1', digestMultibase: digest }, { id: 'https://example.org/1', digestMultibase: digestMultibaseSha384('y') }] }, 'relatedResource'],
    ['an end before its start', { validFrom: '2026-01-01T00:00:00Z', validUntil: '2025-01-01T00:00:00Z' }, 'before validFrom'],
    ['two plain names', { name: ['Dog', 'Chien'] }, 'name'],
  ]; // prettier-ignore
  it.each(bad)('refuses %s', async (_name, members, word) => {
    // As a token: no library's own rules stand in the way of signing it.
    const report = await verify(await signer.token(plain(members)));
    expect(report.verdict).toBe('could-not-check');
    expect(report.reasons[0]).toContain(word);
  });

  it('refuses a name with more than its language', async () => {
    const credential = await signer.issue(plain({ name: 'Dog' }));
    const name = { '@value': 'Dog', '@language': 'en', url: 'did:example:x' };
    expect((await verify({ ...credential, name })).verdict).toBe('could-not-check');
    expect((await verify({ ...credential, name: { '@value': 'Dog' } })).verdict).toBe('could-not-check');
  });
});
