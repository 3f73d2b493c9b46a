import type { Issued } from '../corpus/index.js';
import { addressOf } from './structures.js';
import { define, isTree, nodesOf, type Tree } from './tree.js';

/** A way in which a verifier was fooled once, and the documents on which it bites. */
interface KnownAttack {
  readonly name: string;
  readonly suits: (root: Tree, issued: Issued) => boolean;
  /** Which documents come first: those on which a verdict or what is shown would turn. */
  readonly bites?: (issued: Issued) => boolean;
  /** Each changes the tree in place; `other` is a whole genuine credential. False where it does not apply. */
  readonly variants: { readonly [name: string]: (root: Tree, other: Tree) => unknown };
}

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
const typesOf = (node: Tree): unknown[] => listOf(node['type']);
const subjectOf = (root: Tree): Tree => listOf(root['credentialSubject']).find(isTree) ?? {};
const isOfType = (root: Tree, type: string): boolean => typesOf(root).includes(type);
const isJson = (_root: Tree, { text }: Issued): boolean => text.startsWith('{');

/** Every type of a node written as its address. */
const respell = (node: Tree, only: readonly string[] = typesOf(node).map(String)): void => {
  node['type'] = typesOf(node).map((type) => (only.includes(String(type)) ? addressOf(String(type)) : type));
};
/** Moves a member to another name, behind the others. */
const move = (node: Tree, from: string, to: string): boolean => {
  if (!(from in node)) return false;
  const value = node[from];
  delete node[from];
  node[to] = value;
  return true;
};
const componentsOf = (root: Tree): Tree[] => listOf(subjectOf(root)['verifiableCredential']).filter(isTree);
const eachComponent = (root: Tree, change: (component: Tree) => unknown): boolean =>
  componentsOf(root).map(change).length > 0;

/** What else is said of the issuer stays where a component says it: the record is then read from its root. */
const issuerByReference = (root: Tree): boolean => {
  const issuer = root['issuer'];
  if (!isTree(issuer)) return false;
  root['issuer'] = { id: issuer['id'], type: issuer['type'] };
  return true;
};

/** A presentation that nobody signed, with the members of a credential beside what it presents. */
const alsoPresents = (root: Tree, presented: readonly unknown[], types: readonly unknown[]): void => {
  root['type'] = types;
  root['verifiableCredential'] = presented;
  delete root['proof'];
  if (typeof root['name'] === 'string') root['name'] = 'Unsigned words.';
};
/** The same with no more than what a reader looks at. */
const presentsInBrief = (root: Tree, types: readonly unknown[]): boolean => {
  const whole = structuredClone(root);
  const brief = ['@context', 'name', 'issuer', 'validFrom', 'credentialSubject'];
  for (const name of Object.keys(root)) if (!brief.includes(name)) delete root[name];
  alsoPresents(root, [whole], types);
  return 'credentialSubject' in root;
};

/** As what any half of a character is signed. */
const replacement = '\ufffd';

/** Gives those that have no id the label of a node without one, each its own. */
const labelled = (nodes: readonly unknown[]): boolean => {
  const without = nodes.filter(isTree).filter((node) => !('id' in node));
  without.forEach((node, at) => define(node, 'id', `_:Unsigned-words-${at}`));
  return without.length > 0;
};

/** In its contexts every word is a type: one of such a name is refused nowhere before it is looked up. */
export const anyWord = 'of any words, no badge';

/** The six ways, each in several spellings. */
export const knownAttacks: readonly KnownAttack[] = [
  {
    name: 'a record whose component is respelled',
    suits: (root, issued) => isJson(root, issued) && isOfType(root, 'ClrCredential'),
    bites: ({ name }) => name.includes('of a revoked component'),
    variants: {
      'the record’s type as its address, its issuer by id and type': (root) => {
        respell(root, ['ClrCredential']);
        return issuerByReference(root);
      },
      'no type of a record, its issuer by id and type': (root) => {
        root['type'] = typesOf(root).filter((type) => type !== 'ClrCredential');
        return issuerByReference(root);
      },
      'the record’s type as its address': (root) => respell(root, ['ClrCredential']),
      'all types of the record as addresses': (root) => respell(root),
      'the subject’s type as its address': (root) => respell(subjectOf(root)),
      'the types of the components as addresses': (root) =>
        eachComponent(root, (component) => respell(component)),
      'the components without contexts, their types as addresses': (root) =>
        eachComponent(root, (component) => {
          delete component['@context'];
          respell(component);
        }),
      'the components’ types as keywords': (root) =>
        eachComponent(root, (component) => move(component, 'type', '@type')),
      'the word for the components as its address': (root) =>
        move(subjectOf(root), 'verifiableCredential', addressOf('verifiableCredential')),
      'the components as what is only included': (root) =>
        move(subjectOf(root), 'verifiableCredential', 'endorsement'),
      'the components behind the subject’s address': (root) =>
        move(root, 'credentialSubject', addressOf('credentialSubject')),
      'the components by their ids alone': (root) => {
        const ids = componentsOf(root).map(({ id }) => id);
        subjectOf(root)['verifiableCredential'] = ids;
        return ids.length > 0;
      },
    },
  },
  {
    name: 'a presentation that is a credential too',
    suits: isJson,
    bites: ({ name }) => name === 'golden',
    variants: {
      'holding a clone of its own root': (root) =>
        alsoPresents(root, [structuredClone(root)], ['VerifiablePresentation', ...typesOf(root)]),
      'holding a clone of its own root, in brief': (root) =>
        presentsInBrief(root, ['VerifiablePresentation', ...typesOf(root)]),
      'holding a clone of its own root, in brief, by no type of a credential': (root) =>
        presentsInBrief(root, ['VerifiablePresentation']),
      'holding a clone of its own root, its type last': (root) =>
        alsoPresents(root, [structuredClone(root)], [...typesOf(root), 'VerifiablePresentation']),
      'holding a clone of its own root, its types as addresses': (root) =>
        alsoPresents(
          root,
          [structuredClone(root)],
          ['VerifiablePresentation', ...typesOf(root).map((type) => addressOf(String(type)))],
        ),
      'holding a clone of its own root, the word for presentation as its address': (root) =>
        alsoPresents(root, [structuredClone(root)], [addressOf('VerifiablePresentation'), ...typesOf(root)]),
      'a presentation alone, with a credential’s members': (root) =>
        alsoPresents(root, [structuredClone(root)], ['VerifiablePresentation']),
      'holding another’s credential': (root, other) =>
        alsoPresents(root, [structuredClone(other)], ['VerifiablePresentation', ...typesOf(root)]),
      'still with its proof': (root) => {
        root['verifiableCredential'] = [structuredClone(root)];
        root['type'] = ['VerifiablePresentation', ...typesOf(root)];
      },
      'a credential that is said to be presented': (root) => {
        root['type'] = ['VerifiableCredential', ...typesOf(root)];
        root['verifiableCredential'] = [structuredClone(root)];
      },
    },
  },
  {
    name: 'a member named __proto__',
    suits: isJson,
    bites: ({ name }) => name === 'a record',
    variants: {
      'with words at the root': (root) => define(root, '__proto__', { name: 'Unsigned words.' }),
      'with words at the subject': (root) =>
        define(subjectOf(root), '__proto__', { narrative: 'Unsigned words.' }),
      'with a credential in it': (root, other) =>
        define(root, '__proto__', { endorsement: [structuredClone(other)] }),
      'with a presented credential in it': (root, other) =>
        define(root, '__proto__', { verifiableCredential: [structuredClone(other)] }),
      'with a credential in it, at the subject': (root, other) =>
        define(subjectOf(root), '__proto__', { evidence: [structuredClone(other)] }),
      'with what decides': (root) => {
        const { credentialStatus, validUntil } = root;
        delete root['credentialStatus'];
        delete root['validUntil'];
        define(root, '__proto__', { credentialStatus, validUntil });
      },
    },
  },
  {
    name: 'a type named constructor',
    suits: () => true,
    bites: ({ name }) => name === anyWord,
    variants: {
      'of the document': (root) => (root['type'] = [...typesOf(root), 'constructor']),
      'of the document, first': (root) => (root['type'] = ['constructor', ...typesOf(root)]),
      'of the document, as in __proto__': (root) => (root['type'] = [...typesOf(root), '__proto__']),
      'of the subject': (root) => {
        const subject = subjectOf(root);
        subject['type'] = [...typesOf(subject), 'constructor'];
      },
      'of the status': (root) => {
        const status = listOf(root['credentialStatus']).find(isTree);
        if (status === undefined) return false;
        status['type'] = 'constructor';
        return true;
      },
      'of the proof': (root) => {
        const proof = listOf(root['proof']).find(isTree);
        if (proof === undefined) return false;
        proof['cryptosuite'] = 'constructor';
        return true;
      },
    },
  },
  {
    name: 'a label for an id',
    suits: isJson,
    bites: ({ name }) => name === 'golden',
    variants: {
      'of a result': (root) => labelled(listOf(subjectOf(root)['result'])),
      'of the criteria': (root) =>
        labelled([(subjectOf(root)['achievement'] as Tree | undefined)?.['criteria']]),
      'of everything that has none': (root) => labelled(nodesOf(root)),
      'of the proof': (root) => labelled(listOf(root['proof'])),
    },
  },
  {
    name: 'half of a character',
    suits: (root, issued) => isJson(root, issued) && String(root['name']).includes(replacement),
    variants: {
      'the first half': (root) => (root['name'] = String(root['name']).replace(replacement, '\ud83c')),
      'the second half': (root) => (root['name'] = String(root['name']).replace(replacement, '\udf93')),
    },
  },
];

/** One spelling of an attack, made of one document. */
export interface Deliberate {
  readonly name: string;
  readonly of: Issued;
  readonly root: Tree;
}

/**
 * Every known attack in every spelling on every document that it can be made of. The order is such that few are enough:
 * first each spelling once, on the document on which it bites, then each on its next document, and so on.
 */
export function* deliberate(
  all: readonly Issued[],
  treeOf: (issued: Issued) => Tree,
  other: Issued,
): Generator<Deliberate> {
  const series = knownAttacks.map(({ name, suits, bites = () => false, variants }) => {
    const suitable = all.filter((issued) => suits(treeOf(issued), issued));
    const ordered = [...suitable.filter(bites), ...suitable.filter((issued) => !bites(issued))];
    return Object.entries(variants).map(([variant, change]) =>
      (function* (): Generator<Deliberate> {
        for (const of of ordered) {
          const root = treeOf(of);
          const before = JSON.stringify(root);
          if (change(root, treeOf(other)) !== false && JSON.stringify(root) !== before)
            yield { name: `${name}: ${variant}`, of, root };
        }
      })(),
    );
  });
  // The attacks by turns: the shortest run has some of each.
  const longest = Math.max(...series.map(({ length }) => length));
  let left = Array.from({ length: longest }, (_, at) =>
    series.flatMap((each) => each.slice(at, at + 1)),
  ).flat();
  while (left.length > 0) {
    const turn = left.map((each) => [each, each.next()] as const).filter(([, { done }]) => done !== true);
    for (const [, { value }] of turn) yield value as Deliberate;
    left = turn.map(([each]) => each);
  }
}

/** The names of all, as the results of a run have them. */
export const knownNames: readonly string[] = knownAttacks.flatMap(({ name, variants }) =>
  Object.keys(variants).map((variant) => `known: ${name}: ${variant}`),
);
