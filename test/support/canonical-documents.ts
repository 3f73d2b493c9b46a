import { badgeOf } from '../bench/stranger.js';
import { bySinglePass, quadsByLibrary } from '../../src/securing/canonical/index.js';
import { goldenContexts, type JsonObject } from '../../src/securing/index.js';

/** A fixed sequence of numbers from 0 up to 1 (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Chance = () => number;
type Json = { [member: string]: unknown };

const v2 = goldenContexts[0];
const v1 = 'https://www.w3.org/2018/credentials/v1';
const contextLists: readonly (readonly string[])[] = [
  goldenContexts,
  goldenContexts,
  goldenContexts,
  [v2, goldenContexts[1]],
  [v2, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json'],
  [v1, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json'],
  [v1, 'https://purl.imsglobal.org/spec/ob/v3p0/context.json'],
  [v2],
  [v2, 'https://www.w3.org/ns/credentials/examples/v2'],
  [...goldenContexts, 'https://w3id.org/security/data-integrity/v2'],
];

/** Texts that are written with care in N-Quads, or sorted with care. */
export const oddTexts: readonly string[] = [
  'plain',
  'with "quotes" and \\ backslashes \\u0041',
  'line\nbreak\r\ntab\t\b\f',
  'controls \u0000\u0001\u001f\u007f\u0080\u009f end',
  '\u00e9t\u00e9 \u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd',
  'astral \u{1f600} \u{10ffff} and \ue000 \uffff \ufffd',
  'half \ud800 and \udc00 halves',
  '\u2028\u2029\u00a0\ufeff',
  '',
  ' ',
  '_:b0',
  '<http://example.org/> .',
  '@id',
  'https://example.org/a',
];
const numbers: readonly number[] = [
  0, -0, 1, 15, 2.5, 0.1, 0.25, -72, 41.5, 1e21, 1e-7, 1.5e-7, 123456789012345680000, 5e-324,
  1.7976931348623157e308, 9007199254740992, 0.30000000000000004, 1e20, 100000000000000000000,
];

const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;

function text(chance: Chance): string {
  return chance() < 0.75
    ? `Text ${Math.floor(chance() * 1e6)}`
    : pick(chance, oddTexts) + pick(chance, oddTexts);
}

/** A credential of about 2 KB: the golden shape with parts left out, added, and odd values put in. */
export function randomCredential(chance: Chance): JsonObject {
  const badge = structuredClone(
    badgeOf('did:key:z6MkjLrk3gKS2nnkeWcmcxiZPGskmesDpuwRBorgHxUXfMnQ', 1),
  ) as Json;
  badge['@context'] = [...pick(chance, contextLists)];
  badge['id'] = `https://stranger.example.org/credentials/${Math.floor(chance() * 1e9)}`;
  const subject = badge['credentialSubject'] as Json;
  const achievement = subject['achievement'] as Json;
  const cut = (holder: Json, name: string, most: number) => {
    const items = holder[name] as unknown[];
    const count = Math.floor(chance() * (most + 1));
    if (count === 0) delete holder[name];
    else holder[name] = items.slice(0, count);
  };
  for (const description of achievement['resultDescription'] as Json[])
    cut(description, 'rubricCriterionLevel', 2);
  cut(achievement, 'resultDescription', 2);
  cut(achievement, 'alignment', 2);
  cut(achievement, 'tag', 3);
  cut(subject, 'result', 2);
  cut(badge, 'evidence', 1);
  for (const [holder, name] of [
    [badge, 'credentialStatus'],
    [badge, 'credentialSchema'],
    [badge, 'validUntil'],
    [subject, 'source'],
    [subject, 'id'],
    [subject, 'identifier'],
    [subject, 'creditsEarned'],
  ] as const)
    if (chance() < 0.4) delete holder[name];
  if (chance() < 0.3) subject['creditsEarned'] = pick(chance, numbers);
  if (chance() < 0.2)
    achievement['creator'] = { id: 'https://stranger.example.org/', type: ['Profile'], name: text(chance) };
  if (chance() < 0.2)
    (badge['issuer'] as Json)['address'] = {
      type: ['Address'],
      addressCountry: 'US',
      geo: { type: 'GeoCoordinates', latitude: pick(chance, numbers), longitude: pick(chance, numbers) },
    };
  if (chance() < 0.15)
    achievement['image'] = { id: 'https://stranger.example.org/i.png', type: 'Image', caption: text(chance) };
  if (chance() < 0.1)
    badge['type'] = ['OpenBadgeCredential', 'VerifiableCredential', 'AchievementCredential'];
  fitTo(badge, badge['@context'] as readonly string[]);
  for (const node of nodesOf(badge))
    for (const [name, value] of Object.entries(node))
      if (typeof value === 'string' && ['name', 'description', 'narrative', 'caption'].includes(name))
        if (chance() < 0.5) node[name] = text(chance);
  return badge;
}

/** Leaves out what these contexts have no word for, most of the time. */
function fitTo(badge: Json, contexts: readonly string[]): void {
  const subject = badge['credentialSubject'] as Json;
  const achievement = subject['achievement'] as Json;
  const isOlder = contexts[0] === v1;
  if (!contexts.includes(goldenContexts[2])) delete badge['credentialSchema'];
  if (isOlder) {
    delete badge['credentialStatus'];
    delete badge['name'];
    badge['issuanceDate'] = badge['validFrom'];
    delete badge['validFrom'];
    delete badge['validUntil'];
  }
  if (contexts.length === 1 || contexts[1]!.includes('examples')) {
    badge['credentialSubject'] = { id: subject['id'] ?? 'urn:x:1', name: 'A subject' };
    badge['issuer'] = { id: 'https://issuer.example.org/', name: 'An issuer', description: 'text' };
    badge['type'] = ['VerifiableCredential'];
    delete badge['awardedDate'];
    delete badge['evidence'];
  } else if (!contexts.includes(goldenContexts[1])) {
    delete badge['awardedDate'];
    delete achievement['inLanguage'];
    delete subject['source'];
    if (isOlder) delete (badge['issuer'] as Json)['address'];
  }
}

const names = [
  'id', 'type', '@id', '@type', '@value', '@index', '@reverse', '@language', '@graph', '@context', '@included', '@nest',
  'name', 'description', 'image', 'creator', 'alignment', 'identifier', 'evidence', 'proof', 'termsOfUse', 'related',
  'relatedResource', 'achievement', 'result', 'tag', 'allowedValue', 'url', 'email', 'address', 'geo', 'unknownTerm',
  'https://example.org/absolute', 'ex:compact', 'schema:name', 'endorsement', 'verifiableCredential', 'value',
  'holder', 'refreshService', 'digestSRI', 'jsonSchema', 'validFrom', 'awardedDate', 'Profile', 'Achievement',
  '__proto__', 'constructor', '', ' ', 'otherIdentifier', 'parentOrg', 'source', 'additionalName', 'dateOfBirth',
]; // prettier-ignore
const values: readonly unknown[] = [
  null, true, false, {}, [], [[]], [null], '', 'text', 'relative', '#fragment', '_:b1', '@json', 'Profile', 'Achievement',
  'urn:uuid:1', 'did:example:1', 'https://example.org/\u00e9', 'https://example.org/a b', 'ex:compact', 'xsd:thing',
  { id: 'https://stranger.example.org/' }, { id: 'urn:uuid:1', name: 'twice' }, { type: 'Profile' }, { name: 'nameless' },
  { '@value': 'v' }, { '@value': 'v', '@language': 'en' }, { '@list': ['a'] }, { '@set': ['a'] }, { '@id': 'urn:x' },
  ['a', 'a'], ['a', ['b']], [1, '1'], [true, 'true'], [2.5, '2.5E0'], 1, 2.5, 1e-7,
  { type: ['Profile', 'Achievement'], name: 'both' }, { type: ['Image', 'Evidence', 'Profile'], id: 'urn:y' },
  { type: 'Related', id: 'urn:r', inLanguage: 'en' }, { type: 'EndorsementSubject', id: 'urn:e', endorsementComment: 'c' },
]; // prettier-ignore

/** The same document with one to three members or values changed to something that may be anything. */
export function mutated(chance: Chance, document: JsonObject): JsonObject {
  const copy = structuredClone(document) as Json;
  for (let times = chance() < 0.7 ? 1 : 3; times > 0; times -= 1) {
    const node = pick(chance, nodesOf(copy));
    const members = Object.keys(node);
    const name = members.length === 0 ? 'name' : pick(chance, members);
    const put = (member: string, value: unknown) =>
      Object.defineProperty(node, member, { value, enumerable: true, configurable: true, writable: true });
    switch (Math.floor(chance() * 11)) {
      case 0:
        delete node[name];
        break;
      case 1:
        put(pick(chance, names), structuredClone(node[name]));
        break;
      case 2:
        put(pick(chance, names), structuredClone(node[name]));
        delete node[name];
        break;
      case 3:
        if (name !== '@context') put(name, structuredClone(pick(chance, values)));
        break;
      case 4:
        put(pick(chance, names), structuredClone(pick(chance, values)));
        break;
      case 5: {
        // What is said here is said there too: ids on two objects, equal objects, blank nodes that are alike.
        const other = structuredClone(pick(chance, nodesOf(copy)));
        put(pick(chance, ['creator', 'related', 'evidence', 'result', 'image', 'issuer', 'source']), other);
        break;
      }
      case 6:
        if (Array.isArray(node[name]))
          (node[name] as unknown[]).push(structuredClone((node[name] as unknown[])[0]));
        else put(name, [node[name], structuredClone(node[name])]);
        break;
      case 7:
      case 8:
      case 9:
        if (typeof node[name] === 'string' && name !== '@context') put(name, text(chance));
        break;
      default:
        put(
          'type',
          structuredClone(
            pick(chance, values.concat([['Profile', 'Image'], ['Result'], 'Unknown', ['urn:type:1']])),
          ),
        );
    }
  }
  return copy;
}

function nodesOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(nodesOf)];
}

/** What came of holding the single pass to the library. */
export interface Held {
  readonly equal: number;
  readonly fellBack: number;
  readonly withTies: number;
  readonly refusedByBoth: number;
  readonly faults: readonly { readonly fault: string; readonly document: unknown }[];
}

/**
 * Gives each document to the single pass and to the library: what the pass gives must be the library's bytes, and it
 * must give nothing where the library refuses.
 */
export async function heldToLibrary(documents: Iterable<JsonObject>): Promise<Held> {
  let [equal, fellBack, withTies, refusedByBoth] = [0, 0, 0, 0];
  const faults: { fault: string; document: unknown }[] = [];
  for (const document of documents) {
    const before = JSON.stringify(document);
    const passed = await bySinglePass(document);
    const library = await quadsByLibrary(document).catch(() => undefined);
    if (JSON.stringify(document) !== before) faults.push({ fault: 'the document was changed', document });
    if (!('text' in passed)) {
      if (library === undefined) refusedByBoth += 1;
      else fellBack += 1;
    } else if (library === undefined) faults.push({ fault: 'the library refuses it', document });
    else if (library !== passed.text) faults.push({ fault: 'other bytes', document });
    else {
      equal += 1;
      if (passed.way === 'single-pass-with-ties') withTies += 1;
    }
  }
  return { equal, fellBack, withTies, refusedByBoth, faults };
}

/** So many random credentials, or each of them changed. */
export function* credentialsFrom(seed: number, count: number, change: boolean): Generator<JsonObject> {
  const chance = chanceFrom(seed);
  for (let n = 0; n < count; n += 1) {
    const credential = randomCredential(chance);
    yield change ? mutated(chance, credential) : credential;
  }
}
