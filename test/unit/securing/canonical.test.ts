import { expect, test } from '@jest/globals';
import { bySinglePass, canonicalQuads, quadsByLibrary } from '../../../src/securing/canonical/index.js';
import { goldenContexts, type JsonObject } from '../../../src/securing/index.js';
import { credentialsFrom, heldToLibrary, oddTexts } from '../../support/canonical-documents.js';

const issuer = { id: 'did:example:issuer', type: ['Profile'], name: 'An issuer' };
const minimal = {
  '@context': [...goldenContexts],
  id: 'urn:example:credential',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer,
  validFrom: '2026-11-20T09:00:00Z',
};
const credential = (subject: object, more: object = {}): JsonObject => ({
  ...minimal,
  ...more,
  credentialSubject: { id: 'urn:example:subject', type: ['AchievementSubject'], ...subject },
});
const achievement = (more: object): object => ({
  achievement: { id: 'urn:example:achievement', type: ['Achievement'], name: 'An achievement', ...more },
});

test('500 random and 500 changed credentials: the single pass gives the bytes of the library, or nothing', async () => {
  const random = await heldToLibrary(credentialsFrom(20261125, 500, false));
  expect(random.faults).toEqual([]);
  expect(random.equal).toBeGreaterThan(450);
  const changed = await heldToLibrary(credentialsFrom(20261126, 500, true));
  expect(changed.faults).toEqual([]);
  expect(changed.equal).toBeGreaterThan(100);
  expect(changed.refusedByBoth).toBeGreaterThan(100);
}, 240_000);

/** Each is covered: it must come out of the single pass itself, and byte for byte as of the library. */
const covered: readonly (readonly [name: string, document: JsonObject])[] = [
  ['the smallest', credential({})],
  ['a context that is no list', { ...credential({}), '@context': 'https://www.w3.org/ns/credentials/v2', type: 'VerifiableCredential', credentialSubject: { id: 'urn:x' }, issuer: 'urn:y' }],
  ...oddTexts.map((text, n) => [`odd text ${n}`, credential(achievement({ description: text, name: `a${text}b` }))] as const),
  ['every control character', credential(achievement({ description: Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('') }))],
  ['lines that sort by UTF-16 code unit', credential(achievement({ tag: ['\uffff', '\u{1f600}', '\ue000', '\ud7ff', 'a', 'A', '\u{10ffff}', '\ufffd'] }))],
  ...[0, -0, 1, 15, 1.5, 0.1, 2.5, -72, 1e20, 1e21, 1e-7, 1.5e-7, 5e-324, 1.7976931348623157e308, 0.30000000000000004, 9007199254740992].map(
    (creditsEarned) => [`the number ${creditsEarned}`, credential({ creditsEarned })] as const,
  ),
  ['numbers without a datatype', credential({}, { issuer: { ...issuer, address: { type: ['Address'], geo: { type: 'GeoCoordinates', latitude: 41.5, longitude: -72 } } } })],
  ['truth values', credential({ identifier: [{ type: 'IdentityObject', hashed: true, identityHash: 'x', identityType: 'emailAddress' }] })],
  ['one thing in two places', credential({ ...achievement({ creator: { ...issuer } }), source: issuer })],
  ['one text twice in a thing with an id', credential(achievement({ tag: ['a', 'a', 'b'] }))],
  ['more than ten blank nodes', credential(achievement({ alignment: Array.from({ length: 14 }, (_, n) => ({ type: ['Alignment'], targetName: `Target ${n}`, targetUrl: 'urn:t' })) }))],
  ['blank nodes below blank nodes', credential(achievement({ creator: { type: ['Profile'], name: 'x', address: { type: ['Address'], addressLocality: 'y' } } }))],
  ['two types with contexts of their own', credential(achievement({ creator: { id: 'urn:c', type: ['Profile', 'Achievement'], name: 'both' } }))],
  ['a thing that is only named', credential(achievement({ image: { id: 'urn:image', type: 'Image' }, creator: { id: 'urn:only-named' } }))],
]; // prettier-ignore

test.each(covered)('the single pass covers %s', async (_name, document) => {
  const passed = await bySinglePass(document);
  expect(passed).toEqual({ way: 'single-pass', text: await quadsByLibrary(document) });
});

const alike = { type: ['Alignment'], targetName: 'the same', targetUrl: 'urn:t' };
const tied: readonly (readonly [name: string, document: JsonObject])[] = [
  ['two equal blank nodes', credential(achievement({ alignment: [alike, alike, { ...alike, targetName: 'another' }] }))],
  ['blank nodes that differ only below', credential(achievement({ creator: [1, 2, 3].map((n) => ({ type: ['Profile'], address: { type: ['Address'], addressLocality: `Town ${n % 2}` } })) }))],
  ['odd texts beside a tie', credential(achievement({ description: oddTexts.join(''), alignment: [alike, alike] }))],
]; // prettier-ignore

test.each(tied)('the hash of degree n decides for %s', async (_name, document) => {
  const passed = await bySinglePass(document);
  expect(passed).toEqual({ way: 'single-pass-with-ties', text: await quadsByLibrary(document) });
});

/** What safe mode refuses, and what is unusual: never out of the single pass. */
const uncovered: readonly (readonly [name: string, document: JsonObject, isRefused: boolean])[] = [
  ['nothing but an id', { '@context': [...goldenContexts], id: 'urn:x' }, true],
  ['nothing at all', { '@context': [...goldenContexts] }, true],
  ['an unknown term', credential({ notATerm: 'x' }), true],
  ['an unknown type', credential({ type: ['NotAType'] }), true],
  ['a relative id', credential({ id: '#me' }), true],
  ['a relative reference', credential({}, { evidence: 'relative' }), true],
  ['an id that is no text', credential({ id: 7 }), true],
  ['an id that is undefined', credential({ id: undefined }), true],
  ['a blank node’s label as id', credential({ id: '_:b0' }), false],
  ['an IRI of other letters', credential({ id: 'urn:\u00e9' }), false],
  ['an IRI with a space', credential({ id: 'urn:a b' }), true],
  ['null', credential(achievement({ description: null })), false],
  ['an empty object', credential(achievement({ creator: {} })), false],
  ['an empty array', credential(achievement({ tag: [] })), false],
  ['an array in an array', credential(achievement({ tag: [['a']] })), false],
  ['a language', credential({}, { name: { '@value': 'x', '@language': 'en' } }), false],
  ['a keyword', credential({ '@id': 'urn:z', id: undefined }), true],
  ['@reverse', credential({ '@reverse': { issuer: { id: 'urn:z' } } }), true],
  ['@index', credential({ '@index': 'z' }), false],
  ['a nested context', credential({ '@context': goldenContexts[0] }), false],
  ['JSON as a literal', credential({}, { credentialSchema: { id: 'urn:s', type: 'JsonSchema', jsonSchema: { a: 1 } } }), false],
  ['a proof', credential({}, { proof: { type: 'DataIntegrityProof', cryptosuite: 'x' } }), false],
  ['a list', credential(achievement({ resultDescription: [{ id: 'urn:r', type: ['ResultDescription'], allowedValue: ['a', 'b'] }] })), false],
  ['one number twice, written alike', credential({ creditsEarned: [0.3, 0.30000000000000004] }), false],
  ['a number and a text that are written alike', credential({ creditsEarned: [15, '15'] }), false],
  ['one text twice in a blank node', credential({ result: [{ type: ['Result'], value: ['a', 'a'] }] }), false],
  ['a date', credential({ validFrom: new Date(0) }), true],
  ['an unknown context', { ...credential({}), '@context': ['https://example.org/context'] }, true],
  ['a context of its own', { ...credential({}), '@context': [...goldenContexts, { x: 'urn:x' }] }, false],
]; // prettier-ignore

test.each(uncovered)('the single pass leaves %s to the library', async (_name, document, isRefused) => {
  expect(await bySinglePass(document)).toEqual({ reason: expect.any(String) });
  if (isRefused) {
    await expect(quadsByLibrary(document)).rejects.toThrow();
    await expect(canonicalQuads(document)).rejects.toThrow();
  } else {
    expect(await canonicalQuads(document)).toEqual({
      way: 'library',
      text: await quadsByLibrary(document),
      reason: expect.any(String),
    });
  }
});

test('what others made of the contexts changes nothing: after hundreds of odd types, the bytes are the same', async () => {
  const document = credential(achievement({ creator: issuer }));
  const before = await bySinglePass(document);
  const types = ['Profile', 'Achievement', 'Image', 'Evidence', 'Alignment', 'Result', 'Address', 'Related', 'AchievementSubject']; // prettier-ignore
  for (let n = 0; n < 400; n += 1) {
    const some = types.filter((_type, bit) => (n >> (bit % 9)) & 1);
    await bySinglePass(credential(achievement({ creator: { id: 'urn:c', type: ['Profile', ...some] } })));
  }
  expect(await bySinglePass(document)).toEqual(before);
  expect(before).toEqual({ way: 'single-pass', text: await quadsByLibrary(document) });
});
