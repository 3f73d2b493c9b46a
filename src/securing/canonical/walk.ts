import type { Context } from './active-context.js';
import { isPlainIri, rdfType, xsd, type PropertyTerm, type Scoped, type Term } from './term.js';

/**
 * One statement. A subject or object is the text of an N-Quad's term, or the number of a blank node where the text is
 * empty.
 */
export interface Quad {
  readonly subject: string;
  readonly subjectNode: number;
  readonly predicate: string;
  readonly object: string;
  readonly objectNode: number;
  /** Whether another that is written alike must have been the same value: an IRI, or a text of one datatype. */
  readonly isPlain: boolean;
}

export interface Statements {
  readonly quads: readonly Quad[];
  /** Of each blank node, the quads in which it stands. */
  readonly ofNodes: readonly (readonly Quad[])[];
}

/** Something that the library must decide. */
export class NotCovered extends Error {
  override readonly name = 'NotCovered';
}

/** A context that must be made ready before the document can be walked. */
export class ContextWanted extends Error {
  override readonly name = 'ContextWanted';
  readonly from: Context;
  readonly by: 'type' | 'property';
  readonly scoped: Scoped;

  constructor(from: Context, by: 'type' | 'property', scoped: Scoped) {
    super('a context is wanted');
    this.from = from;
    this.by = by;
    this.scoped = scoped;
  }
}

const deepest = 48;
const mostQuads = 20_000;

/**
 * The statements of a document, as JSON-LD expansion and the serialization to RDF would give them (JSON-LD 1.1 API,
 * sections 5.1 and 8.1), without building what is between. Covers what credentials are made of; every step that it
 * does not know ends it.
 * @param root the active context of the document's own `@context`.
 * @throws NotCovered; ContextWanted.
 */
export function statementsOf(document: unknown, root: Context): Statements {
  const walk: Walk = { quads: [], ofNodes: [] };
  const before = walk.quads.length;
  walkNode(walk, plainObject(document), root, true, 0);
  // The library drops a document that says nothing, and safe mode refuses it.
  if (walk.quads.length === before) throw new NotCovered('a document that says nothing');
  return walk;
}

interface Walk {
  readonly quads: Quad[];
  readonly ofNodes: Quad[][];
}

interface Node {
  /** Its IRI as a term of an N-Quad; empty for a blank node. */
  readonly text: string;
  readonly node: number;
}

type Members = { readonly [name: string]: unknown };

function walkNode(walk: Walk, element: Members, entered: Context, isRoot: boolean, depth: number): Node {
  if (depth > deepest) throw new NotCovered('depth');
  if (!entered.isPlain) throw new NotCovered('default language');
  const names = Object.keys(element);
  // Types are looked up in the context before their own scoped contexts (section 5.1.2, step 11).
  const types = typesOf(element, entered);
  let context = entered;
  if (types !== undefined) {
    for (const type of types.length > 1 ? [...types].sort() : types) {
      const scoped = scopedOf(entered, type);
      if (scoped !== undefined) context = ready(context, 'type', scoped);
    }
    if (!context.isPlain) throw new NotCovered('default language');
  }
  let subject: Node;
  if ('id' in element) {
    if (context.terms.get('id')?.kind !== 'id') throw new NotCovered('id');
    subject = { text: `<${expandIri(element['id'], context)}>`, node: -1 };
  } else {
    subject = { text: '', node: walk.ofNodes.length };
    walk.ofNodes.push([]);
  }
  const before = walk.quads.length;
  if (types !== undefined) {
    for (const type of types)
      add(walk, subject, ` <${rdfType}> `, `<${expandTerm(type, entered)}>`, -1, true);
  }
  for (const name of names) {
    const term = context.terms.get(name);
    if (name === 'id' || name === 'type') {
      if (term?.kind !== name) throw new NotCovered(name);
      continue;
    }
    if (name === '@context' && isRoot) continue;
    // Another name of `type` would be seen in the context before the types' own too.
    if (term?.kind !== 'property' || isType(entered.terms.get(name)))
      throw new NotCovered(`the term ${name}`);
    walkProperty(walk, subject, name, term, element[name], context, depth);
  }
  if (!isRoot && subject.node >= 0 && walk.quads.length === before) throw new NotCovered('an empty object');
  return subject;
}

function isType(term: Term | undefined): boolean {
  return term?.kind === 'type' || (term?.kind === 'uncovered' && term.keyword === '@type');
}

/** The types as written; undefined where there is no `type`. */
function typesOf(element: Members, context: Context): readonly string[] | undefined {
  if (!('type' in element)) return undefined;
  const { type } = element;
  if (context.terms.get('type')?.kind !== 'type') throw new NotCovered('type');
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (types.length === 0 || !types.every((one) => typeof one === 'string')) throw new NotCovered('type');
  return types as readonly string[];
}

function scopedOf(context: Context, name: string): Scoped | undefined {
  const term = context.terms.get(name);
  return term === undefined || term.kind === 'id' || term.kind === 'type' ? undefined : term.scoped;
}

function ready(context: Context, by: 'type' | 'property', scoped: Scoped): Context {
  const found = (by === 'type' ? context.byType : context.byProperty).get(scoped.id);
  if (found === undefined) throw new ContextWanted(context, by, scoped);
  return found;
}

function walkProperty(
  walk: Walk,
  subject: Node,
  name: string,
  term: PropertyTerm,
  value: unknown,
  context: Context,
  depth: number,
): void {
  // A property's own context holds for its values (step 13.8), in which the property is then looked up again.
  const inner = term.scoped === undefined ? context : ready(context, 'property', term.scoped);
  const known = term.scoped === undefined ? term : inner.terms.get(name);
  if (known?.kind !== 'property' || known.iri !== term.iri || !inner.isPlain)
    throw new NotCovered(`the term ${name} in its own context`);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new NotCovered('an empty array');
    for (const item of value) walkValue(walk, subject, known, item, inner, depth);
  } else {
    walkValue(walk, subject, known, value, inner, depth);
  }
}

function walkValue(
  walk: Walk,
  subject: Node,
  term: PropertyTerm,
  value: unknown,
  context: Context,
  depth: number,
): void {
  switch (typeof value) {
    case 'string':
      add(walk, subject, term.predicate, textOf(term, value, context), -1, !term.isString);
      return;
    case 'boolean':
      if (term.coercion !== 'literal') throw new NotCovered('a truth value for an IRI');
      add(
        walk,
        subject,
        term.predicate,
        `"${String(value)}"${term.suffix ?? `^^<${xsd}boolean>`}`,
        -1,
        false,
      );
      return;
    case 'number':
      if (term.coercion !== 'literal') throw new NotCovered('a number for an IRI');
      add(walk, subject, term.predicate, numberOf(term, value), -1, false);
      return;
    case 'object': {
      const element = plainObject(value);
      const object = walkNode(walk, element, contextOfValue(element, term, context), false, depth + 1);
      add(walk, subject, term.predicate, object.text, object.node, true);
      return;
    }
    default:
      throw new NotCovered(`a value of type ${typeof value}`);
  }
}

/** The context of an object below a property: what types brought goes out of force, unless it only names a thing (steps 7 and 8). */
function contextOfValue(element: Members, term: PropertyTerm, context: Context): Context {
  let entered = context;
  if (context.previous !== undefined) {
    const names = Object.keys(element);
    const kinds = names.length > 2 ? [] : names.map((name) => context.terms.get(name));
    // Another name of `@value` or `@id` would keep the context in force.
    if (kinds.some((kind) => kind?.kind === 'uncovered' && kind.keyword !== undefined))
      throw new NotCovered('a keyword by another name');
    const onlyNames = names.length === 1 && kinds[0]?.kind === 'id';
    if (!onlyNames) entered = context.previous;
  }
  return term.scoped === undefined ? entered : ready(entered, 'property', term.scoped);
}

/** A text as a literal or an IRI (section 5.3.2). */
function textOf(term: PropertyTerm, value: string, context: Context): string {
  switch (term.coercion) {
    case 'id':
      return `<${expandIri(value, context)}>`;
    case 'vocab':
      return `<${expandTerm(value, context)}>`;
    case 'literal':
      if (term.isDouble) throw new NotCovered('a text as xsd:double');
      return `"${escapeLiteral(value)}"${term.suffix ?? ''}`;
  }
}

/** Canonical lexical form of numbers as jsonld.js has it (`_objectToRDF`; JSON-LD 1.1 API, section 8.2.2). */
function numberOf(term: PropertyTerm, value: number): string {
  if (!Number.isFinite(value)) throw new NotCovered('no finite number');
  const isDouble = String(value).includes('.') || Math.abs(value) >= 1e21 || term.isDouble;
  return isDouble
    ? `"${value.toExponential(15).replace(/(\d)0*e\+?/, '$1E')}"${term.suffix ?? `^^<${xsd}double>`}`
    : `"${value.toFixed(0)}"${term.suffix ?? `^^<${xsd}integer>`}`;
}

/** An absolute IRI that no prefix of the context can be meant by (section 5.2, without `vocab`). */
function expandIri(value: unknown, context: Context): string {
  if (!isPlainIri(value)) throw new NotCovered('an IRI that is not plain');
  const colon = value.indexOf(':');
  if (value.startsWith('//', colon + 1)) return value;
  if (context.terms.has(value.slice(0, colon))) throw new NotCovered('a compact IRI');
  return value;
}

function expandTerm(value: string, context: Context): string {
  const term = context.terms.get(value);
  if (term === undefined) return expandIri(value, context);
  if (term.kind !== 'property') throw new NotCovered(`the term ${value} as a type`);
  return term.iri;
}

// eslint-disable-next-line no-control-regex -- these are the characters that N-Quads escape
const toEscape = /[\u0000-\u001F\u007F"\\]/;
// eslint-disable-next-line no-control-regex
const eachToEscape = /[\u0000-\u001F\u007F"\\]/g;
const short: { readonly [character: string]: string } = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** Canonical N-Quads escapes (RDF Dataset Canonicalization 1.0, section 5.1). */
export function escapeLiteral(text: string): string {
  if (!toEscape.test(text)) return text;
  return text.replace(
    eachToEscape,
    (character) =>
      short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

/** An object as JSON has it, of whatever realm: nothing that the library would read otherwise. */
function plainObject(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotCovered('no object');
  const prototype: unknown = Object.getPrototypeOf(value);
  if (
    prototype !== Object.prototype &&
    (prototype === null ||
      Object.getPrototypeOf(prototype) !== null ||
      !Object.hasOwn(prototype as object, 'isPrototypeOf'))
  )
    throw new NotCovered('no plain object');
  return value as Members;
}

function add(
  walk: Walk,
  subject: Node,
  predicate: string,
  object: string,
  objectNode: number,
  isPlain: boolean,
): void {
  const quad: Quad = {
    subject: subject.text,
    subjectNode: subject.node,
    predicate,
    object,
    objectNode,
    isPlain,
  };
  if (walk.quads.push(quad) > mostQuads) throw new NotCovered('size');
  if (subject.node >= 0) walk.ofNodes[subject.node]!.push(quad);
  if (objectNode >= 0 && objectNode !== subject.node) walk.ofNodes[objectNode]!.push(quad);
}
