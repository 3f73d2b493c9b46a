import { loadContexts } from '../../../src/securing/contexts.js';
import {
  anInnerNode,
  arraysOf,
  define,
  isTree,
  nodesOf,
  placesIn,
  rename,
  type Pick,
  type Place,
  type Tree,
} from './tree.js';

/**
 * A change of the form of a document. It works on the tree in place and gives true when it did something; `others`
 * are whole credentials of the corpus to take parts from.
 */
export type Structural = (root: Tree, pick: Pick, others: readonly Tree[]) => boolean;

/** The address of every term in the contexts that credentials are read with. */
const addresses = new Map<string, string>();
const collect = (context: unknown): void => {
  if (Array.isArray(context)) context.forEach(collect);
  if (!isTree(context)) return;
  for (const [term, definition] of Object.entries(context)) {
    const address = isTree(definition) ? definition['@id'] : definition;
    if (typeof address === 'string' && /^https?:/.test(address) && !addresses.has(term))
      addresses.set(term, address);
    if (isTree(definition)) collect(definition['@context']);
  }
};
for (const url of [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://www.w3.org/2018/credentials/v1',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
]) {
  collect((loadContexts().get(url) as Tree)['@context']);
}

export const addressOf = (term: string): string => addresses.get(term) ?? `https://example.org/terms#${term}`;

/** The members that decide whether a credential is in force. */
export const deciding = [
  'credentialStatus',
  'validUntil',
  'validFrom',
  'expirationDate',
  'credentialSchema',
  'relatedResource',
];

const members = (root: Tree): Place[] =>
  placesIn(root).filter(
    ({ holder, key, path }) => !Array.isArray(holder) && !path.includes('@context') && key !== '',
  );
/** A member anywhere; one that decides, half of the time. */
export function aMember(root: Tree, pick: Pick): Place {
  const all = members(root);
  const first = all.filter(({ holder, key }) => holder === root && deciding.includes(key));
  return first.length > 0 && pick(2) === 0 ? pick.one(first) : pick.one(all);
}
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const aNode = (root: Tree, pick: Pick): Tree => pick.one(nodesOf(root));
const unsigned = 'Unsigned words.';

export const structural: { readonly [name: string]: Structural } = {
  'a name as its address': (root, pick) => {
    const { holder, key } = aMember(root, pick);
    rename(holder, key, addressOf(key));
    return true;
  },
  'a name with a prefix': (root, pick) => {
    const { holder, key } = aMember(root, pick);
    const address = addressOf(key);
    const cut = Math.max(address.lastIndexOf('#'), address.lastIndexOf('/')) + 1;
    rename(holder, key, `x:${address.slice(cut)}`);
    root['@context'] = [...[root['@context'] ?? []].flat(), { x: address.slice(0, cut) }];
    return true;
  },
  'id and type as keywords': (root, pick) => {
    const found = members(root).filter(({ key }) => key === 'id' || key === 'type');
    if (found.length === 0) return false;
    const { holder, key } = pick.one(found);
    rename(holder, key, `@${key}`);
    return true;
  },
  'a name in other letters': (root, pick) => {
    const { holder, key } = aMember(root, pick);
    const other = pick.one([
      key.toUpperCase(),
      `${key} `,
      ` ${key}`,
      `${key}\u200b`,
      key.replace(/[aeo]/, 'а'),
      key.normalize('NFD'),
      `${key}s`,
      `\ufeff${key}`,
    ]);
    if (other === key) return false;
    rename(holder, key, other);
    return true;
  },
  backwards: (root, pick) => {
    const moved = deciding.filter((name) => name in root);
    if (moved.length === 0) return false;
    const taken = Object.fromEntries(moved.map((name) => [name, root[name]]));
    const node = anInnerNode(root, pick);
    for (const name of moved) delete root[name];
    const link = pick.one([
      'credentialSubject',
      'issuer',
      'evidence',
      'result',
      addressOf('credentialSubject'),
    ]);
    node['@reverse'] = {
      [link]: pick.one<unknown>([{ id: root['id'], ...taken }, [{ '@id': root['id'], ...taken }]]),
    };
    return true;
  },
  'a status backwards': (root, pick) => {
    const status = root['credentialStatus'];
    if (!isTree(status)) return false;
    delete root['credentialStatus'];
    const back = { ...status, '@reverse': { credentialStatus: { id: root['id'] } } };
    const node = pick.one([root, ...nodesOf(root)]);
    node[pick.one(['@included', 'evidence', 'termsOfUse', 'refreshService'])] = [back];
    return true;
  },
  'moved to a node with the id of the root': (root, pick) => {
    const moved = deciding.filter((name) => name in root && pick(2) === 0);
    if (moved.length === 0) return false;
    const copy: Tree = { id: root['id'], ...Object.fromEntries(moved.map((name) => [name, root[name]])) };
    for (const name of moved) delete root[name];
    const node = aNode(root, pick);
    const under = pick.one([
      '@included',
      '@graph',
      'evidence',
      'related',
      'termsOfUse',
      'endorsement',
      'creator',
    ]);
    node[under] = [...[node[under] ?? []].flat(), copy];
    return true;
  },
  'an index': (root, pick) => {
    aNode(root, pick)['@index'] = unsigned;
    return true;
  },
  'a keyword': (root, pick) => {
    const [name, value] = pick.one<readonly [string, unknown]>([
      ['@nest', { name: unsigned }],
      ['@graph', [{ name: unsigned }]],
      ['@included', [{ id: 'urn:x', name: unsigned }]],
      ['@language', 'en'],
      ['@direction', 'rtl'],
      ['@base', 'https://evil.example/'],
      ['@vocab', 'https://evil.example/'],
      ['@container', '@index'],
      ['@json', 1],
      ['@propagate', false],
      ['@protected', false],
      ['@import', 'https://evil.example/'],
      ['@version', 1.1],
      ['@set', []],
      ['@list', []],
      ['@value', unsigned],
      ['@none', unsigned],
      ['@unknown', unsigned],
    ]);
    aNode(root, pick)[name] = value;
    return true;
  },
  'a value object': (root, pick) => {
    const { holder, key, value } = aMember(root, pick);
    if (typeof value === 'object') return false;
    holder[key] = pick.one<unknown>([
      { '@value': value },
      { '@value': value, '@language': 'en' },
      { '@value': value, '@index': unsigned },
      { '@value': value, '@direction': 'rtl' },
      { '@value': String(value), '@type': 'http://www.w3.org/2001/XMLSchema#string' },
      { '@id': value },
      { id: value },
      { value },
      { '@value': value, '@type': '@json' },
      { '@type': '@json', '@value': [value] },
    ]);
    return true;
  },
  'a set or list object': (root, pick) => {
    const { holder, key, value } = aMember(root, pick);
    holder[key] = pick.one<unknown>([
      { '@set': [value].flat() },
      { '@list': [value].flat() },
      { '@set': value },
      { '@graph': value },
      { '@included': value },
      { '@set': [value].flat(), '@index': unsigned },
    ]);
    return true;
  },
  'one value as an array': (root, pick) => {
    const { holder, key, value } = aMember(root, pick);
    if (Array.isArray(value)) return false;
    holder[key] = [value];
    return true;
  },
  'an array of one as its value': (root, pick) => {
    const found = arraysOf(root).filter(({ value }) => (value as unknown[]).length === 1);
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    holder[key] = (value as unknown[])[0];
    return true;
  },
  'an array in an array': (root, pick) => {
    const found = arraysOf(root);
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    holder[key] = pick.one<unknown>([[value], (value as unknown[]).map((item) => [item]), [value, value]]);
    return true;
  },
  'an item twice': (root, pick) => {
    const found = arraysOf(root);
    if (found.length === 0) return false;
    const { value } = pick.one(found);
    const array = value as unknown[];
    if (array.length === 0) return false;
    array.splice(pick(array.length + 1), 0, structuredClone(pick.one(array)));
    return true;
  },
  'an item less': (root, pick) => {
    const found = arraysOf(root);
    if (found.length === 0) return false;
    const { value } = pick.one(found);
    const array = value as unknown[];
    return array.splice(pick(array.length), 1).length > 0;
  },
  'an item of nothing': (root, pick) => {
    const found = arraysOf(root);
    if (found.length === 0) return false;
    (pick.one(found).value as unknown[]).push(
      pick.one<unknown>([null, [], {}, '', { '@set': [] }, { '@value': null }]),
    );
    return true;
  },
  'a member of nothing': (root, pick) => {
    const node = aNode(root, pick);
    const name = pick.one([
      'name',
      'description',
      'credentialStatus',
      'validUntil',
      'evidence',
      'endorsement',
      'narrative',
      'image',
      'made-up',
    ]);
    if (name in node) return false;
    node[name] = pick.one<unknown>([
      null,
      [],
      {},
      { '@set': [] },
      [null],
      { '@value': null },
      { '@id': null },
      '',
    ]);
    return true;
  },
  'nothing for a member': (root, pick) => {
    const { holder, key } = aMember(root, pick);
    holder[key] = pick.one<unknown>([null, [], {}, [null], { '@value': null }]);
    return true;
  },
  'a member less': (root, pick) => {
    const { holder, key } = aMember(root, pick);
    return delete holder[key];
  },
  'a member more': (root, pick) => {
    const node = aNode(root, pick);
    const name = pick.one([
      'name',
      'narrative',
      'description',
      'url',
      'honorificPrefix',
      'creditsEarned',
      'role',
      'made-up',
      'validUntil',
      'achievement',
      'https://example.org/x',
      '_:b0',
      '',
    ]);
    if (name in node) return false;
    define(
      node,
      name,
      pick.one<unknown>([unsigned, 1, true, { id: 'urn:x' }, { name: unsigned }, [unsigned]]),
    );
    return true;
  },
  'members that JavaScript knows': (root, pick) => {
    const name = pick.one([
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'valueOf',
      'then',
      'toJSON',
    ]);
    define(
      aNode(root, pick),
      name,
      pick.one<unknown>([{ verdict: 'valid' }, null, { name: unsigned }, 1, unsigned]),
    );
    return true;
  },
  'items in another order': (root, pick) => {
    const found = arraysOf(root).filter(
      ({ value, path }) => (value as unknown[]).length > 1 && path[0] !== '@context',
    );
    if (found.length === 0) return false;
    (pick.one(found).value as unknown[]).reverse();
    return true;
  },
  'members in another order': (root, pick) => {
    const node = aNode(root, pick);
    const entries = Object.entries(node).reverse();
    if (entries.length < 2) return false;
    for (const key of Object.keys(node)) delete node[key];
    for (const [key, value] of entries) define(node, key, value);
    return true;
  },
  'two parts changed about': (root, pick) => {
    const all = placesIn(root);
    const [a, b] = [pick.one(all), pick.one(all)];
    if (a.path.join('/').startsWith(b.path.join('/')) || b.path.join('/').startsWith(a.path.join('/')))
      return false;
    [a.holder[a.key], b.holder[b.key]] = [b.value, a.value];
    return true;
  },
  'a part copied elsewhere': (root, pick) => {
    const from = pick.one(placesIn(root));
    const node = aNode(root, pick);
    if (from.value === node || from.path.length === 0 || isWithin(from.value, node)) return false;
    node[Array.isArray(from.holder) ? 'evidence' : from.key] = structuredClone(from.value);
    return true;
  },
  'a part of another credential': (root, pick, others) => {
    const other = pick.one(others);
    const { holder, key } = aMember(root, pick);
    const found = placesIn(other).filter((place) => place.key === key);
    if (found.length === 0) return false;
    holder[key] = structuredClone(pick.one(found).value);
    return true;
  },
  'an id as an object': (root, pick) => {
    const found = placesIn(root).filter(
      ({ value, key }) => typeof value === 'string' && /^(https?|urn|did):/.test(value) && key !== 'id',
    );
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    holder[key] = pick.one<unknown>([
      { id: value },
      { '@id': value },
      { id: value, type: 'Profile' },
      [{ id: value }],
    ]);
    return true;
  },
  'an object as its id': (root, pick) => {
    const found = placesIn(root).filter(({ value }) => isTree(value) && typeof value['id'] === 'string');
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    holder[key] = (value as Tree)['id'];
    return true;
  },
  'a type as its address': (root, pick) => {
    const found = members(root).filter(({ key }) => key === 'type');
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    const types = listOf(value).map((type) => addressOf(String(type)));
    holder[key] = Array.isArray(value) ? types : types[0];
    if (holder !== root) delete holder['@context'];
    return true;
  },
  'the type of the root as its address, and an id shared': (root, pick) => {
    const issuer = root['issuer'];
    if (!isTree(issuer)) return false;
    const at = pick(2);
    root['type'] = listOf(root['type']).map((type, index) =>
      index === 0 && at === 0 ? type : addressOf(String(type)),
    );
    root['issuer'] = Object.fromEntries(
      Object.entries(issuer).filter(([key]) => key === 'id' || key === 'type'),
    );
    return true;
  },
  'a presentation too': (root, pick, others) => {
    root['type'] = pick.one([
      ['VerifiablePresentation', ...listOf(root['type'])],
      [...listOf(root['type']), 'VerifiablePresentation'],
      ['VerifiablePresentation'],
    ]);
    if (pick(2) === 0) root['verifiableCredential'] = [pick.one(others)];
    if (pick(2) === 0) delete root['proof'];
    return true;
  },
  'a credential in a member that is left out': (root, pick, others) => {
    const under = pick.one(['endorsement', 'verifiableCredential', 'evidence']);
    define(pick(2) === 0 ? root : aNode(root, pick), pick.one(['__proto__', '__proto__', '', ' ']), {
      [under]: [structuredClone(pick.one(others))],
    });
    return true;
  },
  'the issuer by its id alone': (root, pick) => {
    const issuer = root['issuer'];
    if (!isTree(issuer)) return false;
    const subject = listOf(root['credentialSubject'])[0];
    const achievement = isTree(subject) ? subject['achievement'] : undefined;
    if (isTree(achievement) && ('creator' in achievement || pick(2) === 0)) achievement['creator'] = issuer;
    root['issuer'] = pick(3) === 0 ? { id: issuer['id'] } : issuer['id'];
    return true;
  },
  'another type': (root, pick) => {
    const found = members(root).filter(({ key }) => key === 'type');
    if (found.length === 0) return false;
    const { holder, key, value } = pick.one(found);
    const other = pick.one([
      'VerifiableCredential',
      'OpenBadgeCredential',
      'AchievementCredential',
      'EndorsementCredential',
      'VerifiablePresentation',
      'EnvelopedVerifiableCredential',
      'ClrCredential',
      'BitstringStatusList',
      'StatusList2021Entry',
      '1EdTechRevocationList',
      'Profile',
      'Alias',
    ]);
    holder[key] = pick.one<unknown>([
      other,
      [...[value].flat(), other],
      [other, ...[value].flat()],
      addressOf(other),
    ]);
    return true;
  },
};

function isWithin(value: unknown, node: Tree): boolean {
  return isTree(value) || Array.isArray(value)
    ? value === node || placesIn(value).some((place) => place.value === node)
    : false;
}
