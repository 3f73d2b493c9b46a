import { describe, expect, it } from '@jest/globals';
import { credentialsV1, credentialsV2, type JsonObject } from '../../../src/securing/index.js';
import { checkDataModel } from '../../../src/verification/checks/data-model.js';
import { checkLimits } from '../../../src/verification/checks/limits.js';
import { checkProofSet } from '../../../src/verification/checks/proof-set.js';
import { credentialLimits, type Draft, type ReadCredential } from '../../../src/verification/reading.js';
import { aPdf, pngSignature } from '../../support/carriers.js';

/** Each rule by itself: a credential that breaks several is stopped by the first, so only this shows that all are there. */
type Mutable = { [member: string]: unknown };

const credential = (): Mutable => ({
  '@context': [credentialsV2],
  id: 'https://example.org/c/1',
  type: ['VerifiableCredential'],
  issuer: { id: 'did:web:example.org' },
  validFrom: '2026-11-20T09:00:00Z',
  validUntil: '2031-11-20T09:00:00Z',
  credentialSubject: { id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47' },
  relatedResource: [{ id: 'https://example.org/r', digestSRI: 'sha384-x' }],
});
const older = (): Mutable => {
  const { validFrom: issuanceDate, validUntil: expirationDate, ...rest } = credential();
  return { ...rest, '@context': [credentialsV1], issuanceDate, expirationDate };
};
function judged(document: Mutable, kind: ReadCredential['kind'] = 'credential') {
  const firstContext = String((document['@context'] as unknown[])[0]);
  const read = { kind, document, received: document, secured: { kind: 'proofs', proofs: [] }, firstContext };
  return checkDataModel(read as unknown as ReadCredential);
}

describe('the data model', () => {
  it('has nothing against these', () => {
    expect(judged(credential())).toMatchObject({ outcome: 'passed', facts: { version: '2.0' } });
    expect(judged(older())).toMatchObject({ outcome: 'passed', facts: { version: '1.1' } });
    const presentation = {
      '@context': [credentialsV2],
      type: ['VerifiablePresentation'],
      holder: 'did:key:z',
    };
    expect(judged(presentation, 'presentation').outcome).toBe('passed');
  });

  const entry = { id: 'https://example.org/x' };
  it.each<[string, Mutable, RegExp]>([
    ['another first context', { '@context': ['https://example.org/c', credentialsV2] }, /first context/],
    ['a validFrom without offset', { validFrom: '2026-11-20T09:00:00' }, /validFrom/],
    ['a validUntil that is no time', { validUntil: 'never' }, /validUntil is not/],
    ['an end before its beginning', { validUntil: '2020-11-20T09:00:00Z' }, /before validFrom/],
    ['a name that is a number', { name: 1 }, /the name/],
    [
      'an issuer’s name that is a number',
      { issuer: { id: 'did:web:example.org', name: 1 } },
      /issuer’s name/,
    ],
    ['another type', { type: ['Credential'] }, /does not include VerifiableCredential/],
    ['a relative id', { id: '/c/1' }, /its id/],
    ['two ids', { id: ['https://example.org/1'] }, /its id/],
    ['no issuer', { issuer: undefined }, /issuer/],
    ['two issuers', { issuer: ['did:web:a.example', 'did:web:b.example'] }, /issuer/],
    ['an issuer without an id', { issuer: { name: 'X' } }, /issuer/],
    ['no subject', { credentialSubject: undefined }, /no credentialSubject/],
    ['a subject of nothing', { credentialSubject: {} }, /says nothing/],
    ['a subject that is a text', { credentialSubject: 'did:example:x' }, /says nothing/],
    ['one subject of nothing among others', { credentialSubject: [{ id: 'urn:x' }, {}] }, /says nothing/],
    ['a status without a type', { credentialStatus: entry }, /credentialStatus has no type/],
    ['a schema without a type', { credentialSchema: entry }, /credentialSchema has no type/],
    ['terms without a type', { termsOfUse: [entry] }, /termsOfUse has no type/],
    ['evidence without a type', { evidence: [entry] }, /evidence has no type/],
    ['a refresh service without a type', { refreshService: entry }, /refreshService has no type/],
    ['a schema without an id', { credentialSchema: { type: 'JsonSchema' } }, /credentialSchema has no id/],
    ['a related resource without a digest', { relatedResource: [entry] }, /no id or no digest/],
    [
      'a related resource without an id',
      { relatedResource: [{ digestSRI: 'sha384-x' }] },
      /no id or no digest/,
    ],
    [
      'two related resources of one id',
      {
        relatedResource: [
          { ...entry, digestSRI: 'a' },
          { ...entry, digestSRI: 'b' },
        ],
      },
      /have one id/,
    ],
  ])('does not take %s', (_name, change, reason) => {
    expect(judged({ ...credential(), ...change })).toMatchObject({
      outcome: 'failed',
      facts: { reason: expect.stringMatching(reason) },
    });
  });

  it.each<[string, Mutable, RegExp]>([
    ['no issuanceDate', { issuanceDate: undefined }, /issuanceDate/],
    ['an issuanceDate without offset', { issuanceDate: '2026-11-20T09:00:00' }, /issuanceDate/],
    ['an expirationDate that is no time', { expirationDate: 'never' }, /expirationDate/],
    ['no subject', { credentialSubject: undefined }, /no credentialSubject/],
  ])('of 1.1 does not take %s', (_name, change, reason) => {
    expect(judged({ ...older(), ...change })).toMatchObject({
      outcome: 'failed',
      facts: { version: '1.1', reason: expect.stringMatching(reason) },
    });
  });

  it.each<[string, Mutable, RegExp]>([
    ['another first context', { '@context': ['https://example.org/c'] }, /first context/],
    ['another type', { type: ['Presentation'] }, /does not include VerifiablePresentation/],
    ['a relative id', { id: 'p/1' }, /its id is not/],
    ['an id of an envelope', { id: 'data:application/vp+jwt,a.b.c' }, /data: URL/],
    ['two holders', { holder: ['did:key:a', 'did:key:b'] }, /holder/],
    ['a word of credentials', { credentialSubject: { id: 'urn:x' } }, /has no member “credentialSubject”/],
    ['a credential that is text', { verifiableCredential: ['a.b.c'] }, /not all objects/],
    ['terms without a type', { termsOfUse: [entry] }, /termsOfUse has no type/],
  ])('of a presentation does not take %s', (_name, change, reason) => {
    const presentation = { '@context': [credentialsV2], type: ['VerifiablePresentation'], ...change };
    expect(judged(presentation, 'presentation')).toMatchObject({
      outcome: 'failed',
      facts: { reason: expect.stringMatching(reason) },
    });
  });
});

describe('the set of proofs', () => {
  const proof: Mutable = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    verificationMethod: 'did:web:example.org#proof-1',
    proofValue: `z${'2'.repeat(88)}`,
  };
  const found = (proofs: unknown) => {
    const draft = {
      bytes: Buffer.alloc(0),
      limits: credentialLimits,
      kind: 'credential',
    } as unknown as Draft;
    draft.received = { ...credential(), proof: proofs } as JsonObject;
    return checkProofSet(draft);
  };

  it('has nothing against one, or four', () => {
    expect(found(proof)).toMatchObject({ outcome: 'passed', message: 'proof-set.one' });
    expect(found([proof, proof, proof, proof])).toMatchObject({
      outcome: 'passed',
      message: 'proof-set.several',
    });
  });
  it.each<[string, unknown, string, string]>([
    ['none', [], 'failed', 'proof-set.none'],
    ['five', Array(5).fill(proof), 'failed', 'proof-set.too-many'],
    ['one that is a text', ['z'], 'failed', 'proof-set.malformed'],
    ['one that is a text, beside a good one', [proof, 'z'], 'failed', 'proof-set.malformed'],
    ['one without a type', { ...proof, type: undefined }, 'failed', 'proof-set.malformed'],
    ['an unknown suite', { ...proof, cryptosuite: 'bbs-2023' }, 'could-not-check', 'proof-set.unsupported'],
    ['another purpose', { ...proof, proofPurpose: 'authentication' }, 'failed', 'proof-set.purpose'],
    ['two methods', { ...proof, verificationMethod: ['a', 'b'] }, 'failed', 'proof-set.malformed'],
    ['no value', { ...proof, proofValue: undefined }, 'failed', 'proof-set.malformed'],
    [
      'a value with a space',
      { ...proof, proofValue: `${String(proof['proofValue'])} ` },
      'failed',
      'proof-set.malformed',
    ],
    [
      'a proof before it that is not there',
      { ...proof, previousProof: 'urn:x' },
      'failed',
      'proof-set.chain',
    ],
  ])('does not take %s', (_name, proofs, outcome, message) => {
    expect(found(proofs)).toMatchObject({ outcome, message });
  });

  it('of a token is its signature alone', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const ofToken = (header: Mutable, received: Mutable = credential()) => {
      const token = `${part(header)}.${part(received)}.${part('x')}`;
      return checkProofSet({ token, received, kind: 'credential' } as unknown as Draft);
    };
    expect(ofToken({ alg: 'ES256' })).toMatchObject({ outcome: 'passed', message: 'proof-set.jwt' });
    expect(ofToken({ alg: 'none' })).toMatchObject({ outcome: 'failed', message: 'proof-set.unsigned' });
    expect(ofToken({ alg: 'HS256' })).toMatchObject({ outcome: 'failed', message: 'proof-set.symmetric' });
    expect(ofToken({ alg: 'PS256' })).toMatchObject({
      outcome: 'could-not-check',
      message: 'proof-set.unsupported',
    });
    expect(ofToken({ alg: 'ES256', crit: ['x'] })).toMatchObject({
      outcome: 'failed',
      message: 'proof-set.header',
    });
    expect(ofToken({ alg: 'ES256' }, { ...credential(), proof: [proof] })).toMatchObject({
      outcome: 'could-not-check',
      message: 'proof-set.header',
    });
  });
});

describe('the limits', () => {
  const found = (bytes: Buffer) => checkLimits({ bytes, limits: credentialLimits } as Draft);
  it.each<[string, Buffer, string]>([
    ['a text', Buffer.alloc(4 * 1024 * 1024, 0x20), 'limits.bytes'],
    ['a file', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(8 * 1024 * 1024)]), 'limits.file'],
    [
      'what is packed in a file',
      aPdf([{ text: `{"VerifiableCredential":"${'x'.repeat(3_000_000)}"}` }]),
      'limits.inflated',
    ],
  ])('hold %s', (_name, bytes, message) => {
    expect(found(bytes)).toMatchObject({ outcome: 'failed', message });
  });
  it('are told apart from a file that cannot be read, and from one with nothing in it', () => {
    const cut = Buffer.concat([pngSignature, Buffer.from([0x7f, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0])]);
    expect(found(cut)).toMatchObject({ outcome: 'could-not-check', message: 'parse.unreadable' });
    const draft = { bytes: aPdf([]), limits: credentialLimits } as Draft;
    expect(checkLimits(draft)).toMatchObject({ outcome: 'passed', message: 'limits.ok' });
    expect(draft.nothing).toMatchObject({ kind: 'none' });
  });
});
