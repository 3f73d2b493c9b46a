import {
  canonicalJson,
  credentialsV1,
  credentialsV2,
  isJsonObject,
  wordsForThings,
  type JsonObject,
} from '../securing/index.js';

/** A way in which a document says something that a signature over its RDF does not protect, or hides. */
export type GuardFault =
  | {
      readonly rule:
        | 'keyword'
        | 'unsigned-name'
        | 'unsigned-id'
        | 'ill-formed'
        | 'alias'
        | 'null'
        | 'number'
        | 'empty-array'
        | 'duplicate-item'
        | 'nested-array'
        | 'inline-context';
      readonly pointer: string;
    }
  | { readonly rule: 'shared-id'; readonly pointer: string; readonly id: string };

export interface GuardOptions {
  /**
   * Definitions of its own behind the first context, as a presentation may have them: none can redefine the words of
   * the data model, and what they rename is back in its place once it is compacted without them.
   */
  readonly inlineContexts?: boolean;
  /** Members that are absolute IRIs: what words of its own became when it was compacted without them. */
  readonly iris?: boolean;
  /** Whether one id may stand on different objects: where the document is read from its root. */
  readonly sharedIds?: boolean;
}

/**
 * What a credential must not hold before it is given to a JSON-LD processor. The signature of an RDF cryptosuite
 * covers the graph, not the JSON: an aliased key, `@reverse`, `@index`, a null or one id on two objects can move or
 * hide the status and the expiry of a badge, or round a number, and leave the graph, and so the signature, as it was.
 * `@context` may stand at the top of the document and of the credentials in `roots`, which are judged by themselves.
 * Gives the first fault, or undefined.
 */
export function guardFault(
  document: JsonObject,
  roots: ReadonlySet<object> = new Set(),
  { inlineContexts = false, iris = false, sharedIds = false }: GuardOptions = {},
): GuardFault | undefined {
  return faultIn(document, '', true, { roots, inlineContexts, iris, sharedIds, holders: new Map() });
}

/**
 * Whether one thing is said in two places that are not equal, so that what the one says can be moved to the other with
 * the signature as it was: its id stands on two objects, or on one and, where another could stand, by itself.
 */
export function sharesIds(document: JsonObject, roots: ReadonlySet<object> = new Set()): boolean {
  return (
    guardFault(document, roots, { inlineContexts: true, iris: true })?.rule === 'shared-id' ||
    isReferred(document)
  );
}

/**
 * Whether the id of an object that says more than this stands by itself too, as the value of a word for things. What an
 * endorsement says of its own issuer is told apart from it, as between two objects.
 */
function isReferred(document: JsonObject): boolean {
  const things = new Set<string>();
  const references = new Set<string>();
  const words = wordsForThings();
  const visit = (value: unknown, word: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, word);
    else if (typeof value === 'string') {
      if (words.has(word) || word.includes(':')) references.add(value);
    } else if (isJsonObject(value)) {
      if (typeof value['id'] === 'string' && !isEndorsementSubject(value)) things.add(value['id']);
      for (const [name, member] of Object.entries(value)) visit(member, name);
    }
  };
  visit(document, '');
  return [...references].some((id) => things.has(id));
}

interface Walk {
  readonly roots: ReadonlySet<object>;
  readonly inlineContexts: boolean;
  readonly iris: boolean;
  readonly sharedIds: boolean;
  /** Of each id, the canonical JSON of the object that has it. */
  readonly holders: Map<string, string>;
}

/** Names of members that JSON-LD processors leave out, so that nobody signed what they say. */
export function isLeftOut(name: string): boolean {
  return name === '__proto__' || name.trim() === '';
}

/**
 * Half a surrogate pair (The Unicode Standard, D76): no byte of what is signed can say which half it is, so all of them
 * are signed as the replacement character.
 */
const illFormed = /\p{Surrogate}/u;

/**
 * The label of a node that has no id (JSON-LD 1.1, section 4.5.1): canonicalization gives it another, so whoever holds
 * the document can write there what he likes.
 */
function isBlankLabel(id: unknown): boolean {
  return typeof id === 'string' && id.startsWith('_:');
}

function faultIn(value: unknown, pointer: string, isRoot: boolean, walk: Walk): GuardFault | undefined {
  if (value === null) return { rule: 'null', pointer };
  if (typeof value === 'string' && illFormed.test(value)) return { rule: 'ill-formed', pointer };
  if (typeof value === 'number' && !isSignedAsShown(value)) return { rule: 'number', pointer };
  if (Array.isArray(value)) {
    if (value.length === 0) return { rule: 'empty-array', pointer };
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const at = `${pointer}/${index}`;
      if (Array.isArray(item)) return { rule: 'nested-array', pointer: at };
      const fault = faultIn(item, at, false, walk);
      if (fault !== undefined) return fault;
      const text = canonicalJson(item);
      if (seen.has(text)) return { rule: 'duplicate-item', pointer: at };
      seen.add(text);
    }
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const top = isRoot || walk.roots.has(value);
  if (isBlankLabel(value['id'])) return { rule: 'unsigned-id', pointer: `${pointer}/id` };
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === '@context' && top) {
      const contexts: readonly unknown[] = Array.isArray(member) ? member : [member];
      const mayDefine =
        isRoot && walk.inlineContexts && (contexts[0] === credentialsV2 || contexts[0] === credentialsV1);
      if (!contexts.every((context) => typeof context === 'string' || (mayDefine && isJsonObject(context))))
        return { rule: 'inline-context', pointer: at };
      continue;
    }
    if (isInLanguages(key, member)) continue;
    if (isLeftOut(key)) return { rule: 'unsigned-name', pointer: at };
    if (key.startsWith('@')) return { rule: 'keyword', pointer: at };
    if (key.includes(':') && !walk.iris) return { rule: 'alias', pointer: at };
    const fault = faultIn(member, at, false, walk);
    if (fault !== undefined) return fault;
  }
  return walk.sharedIds ? undefined : sharedIdFault(value, pointer, walk.holders);
}

/**
 * One id on two unequal objects: what the one says could be moved to the other. The one exception is what an embedded
 * endorsement says of the thing it stands in: an EndorsementSubject of exactly id, type and comment, whose thing has
 * neither that type nor a comment itself. Nothing can be moved between two objects that are so told apart.
 */
function sharedIdFault(
  value: JsonObject,
  pointer: string,
  holders: Map<string, string>,
): GuardFault | undefined {
  const { id } = value;
  if (typeof id !== 'string') return undefined;
  const text = canonicalJson(value);
  const isEndorsed = isEndorsementSubject(value);
  const key = isEndorsed ? `endorsed ${id}` : `thing ${id}`;
  if (holders.has(key) && holders.get(key) !== text) return { rule: 'shared-id', pointer, id };
  holders.set(key, text);
  const claimsToBe = !isEndorsed && hasEndorsementTerms(value);
  const other = isEndorsed
    ? holders.get(`mixed ${id}`)
    : claimsToBe
      ? holders.get(`endorsed ${id}`)
      : undefined;
  if (claimsToBe) holders.set(`mixed ${id}`, text);
  return other === undefined ? undefined : { rule: 'shared-id', pointer, id };
}

/** Whether this is what an endorsement says of a thing, and no more. */
export function isEndorsementSubject(value: JsonObject): boolean {
  const types = [value['type']].flat();
  return (
    types.length === 1 &&
    types[0] === 'EndorsementSubject' &&
    Object.keys(value).every((name) => ['id', 'type', 'endorsementComment'].includes(name))
  );
}

function hasEndorsementTerms(value: JsonObject): boolean {
  return 'endorsementComment' in value || [value['type']].flat().includes('EndorsementSubject');
}

/**
 * Whether a number is what an RDF signature covers of it: 16 digits with a fraction, none without (JSON-LD 1.1 API,
 * section 8.2.2). `1e-7` is signed as 0, and so is -0; 1e400 is no number at all.
 */
function isSignedAsShown(value: number): boolean {
  const hasFraction = String(value).includes('.') || Math.abs(value) >= 1e21;
  return (
    Object.is(Number(hasFraction ? value.toExponential(15) : value.toFixed(0)), value) &&
    Number.isFinite(value)
  );
}

/**
 * Whether a member is a name or description with its language said, or a list of such (VC Data Model 2.0,
 * section 11.1). The language is signed, so this is no other spelling of a plain text.
 */
function isInLanguages(key: string, member: unknown): boolean {
  if (key !== 'name' && key !== 'description') return false;
  const texts: readonly unknown[] = Array.isArray(member) ? member : [member];
  const distinct = new Set(texts.map((text) => canonicalJson(text)));
  return (
    texts.length > 0 &&
    distinct.size === texts.length &&
    texts.every(
      (text) =>
        isJsonObject(text) &&
        typeof text['@value'] === 'string' &&
        !illFormed.test(text['@value']) &&
        typeof text['@language'] === 'string' &&
        Object.entries(text).every(
          ([name, value]) =>
            name === '@value' ||
            name === '@language' ||
            (name === '@direction' && (value === 'ltr' || value === 'rtl')),
        ),
    )
  );
}
