import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/securing/index.js';
import { guardFault, sharesIds } from '../../../src/verification/guard.js';

/** The guard by itself: what it lets by, and which rule it names for what it does not. */
const rule = (document: JsonObject, ...rest: readonly [ReadonlySet<object>?, object?]) =>
  guardFault(document, ...rest)?.rule;

describe('the guard', () => {
  const comment = { id: 'urn:a', type: ['EndorsementSubject'], endorsementComment: 'Good.' };
  it.each<[string, JsonObject]>([
    ['one id each', { id: 'urn:root', issuer: { id: 'urn:a' }, evidence: [{ id: 'urn:b' }] }],
    ['one id on two objects that are equal', { issuer: { id: 'urn:a', name: 'A' }, creator: { name: 'A', id: 'urn:a' } }],
    ['a thing and what an endorsement says of it', { issuer: { id: 'urn:a', name: 'A' }, credentialSubject: comment }],
    ['a name in two languages', { name: [{ '@value': 'A', '@language': 'en' }, { '@value': 'B', '@language': 'fr' }] }],
    ['a text that looks like a label', { name: '_:a', narrative: '\ufffd \u{1f393}' }],
    ['a description with a direction', { description: { '@value': 'A', '@language': 'ar', '@direction': 'rtl' } }],
  ])('lets %s by', (_name, document) => {
    expect(rule(document)).toBeUndefined();
  }); // prettier-ignore

  it.each<[string, JsonObject, string]>([
    ['one id on two objects', { issuer: { id: 'urn:a', name: 'A' }, creator: { id: 'urn:a' } }, 'shared-id'],
    ['two comments on one thing', { a: comment, b: { ...comment, endorsementComment: 'Bad.' } }, 'shared-id'],
    ['a comment on a thing that has one', { a: { ...comment, name: 'A' }, b: comment }, 'shared-id'],
    ['the same the other way round', { a: comment, b: { ...comment, name: 'A' } }, 'shared-id'],
    ['a comment on a thing of that type', { a: { id: 'urn:a', type: ['EndorsementSubject', 'Profile'] }, b: comment }, 'shared-id'],
    ['a language said of another word', { genre: { '@value': 'A', '@language': 'en' } }, 'keyword'],
    ['a name in one language twice', { name: [{ '@value': 'A', '@language': 'en' }, { '@value': 'A', '@language': 'en' }] }, 'keyword'],
    ['a name that is a value and no text', { name: { '@value': 1, '@language': 'en' } }, 'keyword'],
    ['a name without a language', { name: { '@value': 'A' } }, 'keyword'],
    ['a name with another direction', { name: { '@value': 'A', '@language': 'en', '@direction': 'up' } }, 'keyword'],
    ['a null', { a: [null] }, 'null'],
    ['nothing in a list', { a: [] }, 'empty-array'],
    ['a list in a list', { a: [['b']] }, 'nested-array'],
    ['one item twice', { a: [{ b: 1, c: 2 }, { c: 2, b: 1 }] }, 'duplicate-item'],
    ['an address for a word', { 'https://example.org/a': 'b' }, 'alias'],
    ['a word that nobody signs', { ' ': 'b' }, 'unsigned-name'],
    ['an id that is a label', { id: 'urn:a', credentialSubject: { id: '_:Dr.Jane-Doe' } }, 'unsigned-id'],
    ['the same in a list', { evidence: [{ id: 'urn:a' }, { id: '_:', name: 'A' }] }, 'unsigned-id'],
    ['half a surrogate pair', { a: ['A\ud800B'] }, 'ill-formed'],
    ['the other half', { a: '\udfff' }, 'ill-formed'],
    ['half a pair in a name with its language', { name: { '@value': '\ud800', '@language': 'en' } }, 'keyword'],
    ['contexts below the top', { a: { '@context': ['https://example.org'] } }, 'keyword'],
    ['definitions of its own', { '@context': [{ a: 'https://example.org/a' }] }, 'inline-context'],
    ['a number that is signed as another', { a: 1e-7 }, 'number'],
  ])('names the rule for %s', (_name, document, expected) => {
    expect(rule(document)).toBe(expected);
  }); // prettier-ignore

  it('is told what may stand in a document after all', () => {
    const shared = { issuer: { id: 'urn:a', name: 'A' }, creator: { id: 'urn:a' } };
    expect(rule(shared, new Set(), { sharedIds: true })).toBeUndefined();
    const inner = { '@context': ['https://example.org'] };
    expect(rule({ a: inner }, new Set([inner]))).toBeUndefined();
    expect(rule({ 'https://example.org/a': 'b' }, new Set(), { iris: true })).toBeUndefined();
  });
});

describe('a thing that is said in two places', () => {
  const evidence = { id: 'urn:e', type: ['Evidence'], name: 'A' };
  it.each<[string, JsonObject, boolean]>([
    ['once', { evidence: [evidence] }, false],
    ['as two objects', { evidence: [evidence], related: { id: 'urn:e' } }, true],
    ['as an object and by its id alone', { evidence: [evidence], credentialSubject: { evidence: 'urn:e' } }, true],
    ['the same in a list', { evidence: [evidence], credentialSubject: { evidence: ['urn:f', 'urn:e'] } }, true],
    ['the same under an address', { evidence: [evidence], 'https://example.org/a': 'urn:e' }, true],
    ['as an object and in a text', { evidence: [evidence], name: 'urn:e' }, false],
    ['by its id alone, twice', { evidence: ['urn:e'], credentialSubject: { evidence: 'urn:e' } }, false],
    ['as what an endorsement is about, and by its id', { issuer: 'urn:a', credentialSubject: { id: 'urn:a', type: 'EndorsementSubject', endorsementComment: 'Good.' } }, false],
  ])('%s', (_name, document, expected) => {
    expect(sharesIds(document)).toBe(expected);
  }); // prettier-ignore
});
