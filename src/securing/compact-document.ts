import jsonld from 'jsonld';
import { AppError } from '../kernel/index.js';
import { credentialsV1, ed25519Signature2020V1, goldenContexts } from './contexts.js';
import { documentLoader, isKnownContext } from './document-loader.js';
import { explainJsonLdError } from './json-ld-error.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { mergeNodes } from './merge-nodes.js';

/** Terms that the Open Badges schema wants as arrays even of one, though compaction writes one value bare. */
const arrayTerms = new Set([
  'proof',
  'evidence',
  'credentialSchema',
  'result',
  'rubricCriterionLevel',
  'alignment',
  'tag',
  'relatedResource',
  'endorsement',
  'termsOfUse',
  'otherIdentifier',
  'related',
]);

/** Types whose `type` is an array there; that of Image, IdentityObject, IdentifierEntry, status and schema is a string. */
const arrayTypes = new Set([
  'Profile',
  'Achievement',
  'AchievementSubject',
  'Alignment',
  'Result',
  'ResultDescription',
  'RubricCriterionLevel',
  'Evidence',
  'Address',
  'Related',
  'EndorsementSubject',
  'VerifiableCredential',
  'ClrSubject',
]);

/** VC Data Model 1.1 has terms that 2.0 has not (`issuanceDate`), and Open Badges 3.0.1 is what went with it. */
const contextsOf11 = [
  credentialsV1,
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  ed25519Signature2020V1,
] as const;

/** The editions of the Open Badges context. Two of them in one list contradict each other. */
const openBadgesEdition = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d+\.\d+)?\.json$/;

/**
 * The contexts that a document is read with: ours, then those of its own that are pinned, so that a word of a known
 * context comes back as a word. Ours stand first and protect their terms: nothing that follows can give
 * `validUntil` or `credentialStatus` another name.
 */
function readingContexts(document: JsonObject): readonly string[] {
  const own = [document['@context'] ?? []].flat() as unknown[];
  const named = own.filter(
    (context): context is string => typeof context === 'string' && isKnownContext(context),
  );
  // The editions differ in what some words stand for, so a badge is read with its own.
  const edition = named.find((context) => openBadgesEdition.test(context));
  const base: readonly string[] = own[0] === credentialsV1 ? contextsOf11 : goldenContexts;
  const ours = base.map((context) => (openBadgesEdition.test(context) ? (edition ?? context) : context));
  const others = named.filter((context) => !ours.includes(context) && !openBadgesEdition.test(context));
  return [...ours, ...new Set(others)];
}

/**
 * The document as our own contexts say it: expanded with the contexts that it names (each of them pinned), then
 * compacted with ours and its other pinned ones, the array terms wrapped again. What was hidden from a reader of
 * the JSON by another spelling (a term as an IRI, `@id`, a value object) is back in its place, so only this may be
 * read.
 * A golden credential comes back deeply equal, except that `AchievementCredential` is said as
 * `OpenBadgeCredential`: both are names of one IRI. Not for CLRs, whose terms do not compact.
 * @throws rule-violated naming a term that its contexts do not define; invalid-request for an unknown context.
 */
export async function compactWithOurContexts(document: JsonObject): Promise<JsonObject> {
  return compact(document, readingContexts(document));
}

/**
 * The document as what its graph says of its root: for one in which an id stands on several objects, or which cannot
 * be compacted as it stands (a CLR). What several objects with one id say is put together at each place where the
 * thing is named; credentials inside are named only. It is not the same graph any more (an object without an id that
 * is written out twice is two), so proofs are verified over what was received.
 * @throws as `compactWithOurContexts`, and rule-violated for what would be written out too often.
 */
export async function compactFromRoot(document: JsonObject): Promise<JsonObject> {
  try {
    const expanded = await jsonld.expand(
      structuredClone(document) as jsonld.JsonLdDocument,
      {
        documentLoader: documentLoader as unknown as jsonld.Options.DocLoader['documentLoader'],
        safe: true,
        base: null,
      } as unknown as jsonld.Options.Expand,
    );
    const [root, second] = expanded as readonly JsonObject[];
    if (root === undefined || second !== undefined)
      throw new AppError('rule-violated', 'The document is not about one thing.');
    return withRecordTerms(await compact(mergeNodes(root), readingContexts(document))) as JsonObject;
  } catch (error) {
    throw explainJsonLdError(error, 'The document cannot be read as JSON-LD');
  }
}

async function compact(input: JsonObject, contexts: readonly string[]): Promise<JsonObject> {
  try {
    const compacted = await jsonld.compact(
      structuredClone(input) as jsonld.JsonLdDocument,
      [...contexts] as unknown as jsonld.ContextDefinition,
      {
        documentLoader: documentLoader as unknown as jsonld.Options.DocLoader['documentLoader'],
        safe: true,
        base: null,
        compactToRelative: false,
      } as unknown as jsonld.Options.Compact,
    );
    return wrapArrayTerms(withPropertyNames(compacted as JsonObject, contexts)) as JsonObject;
  } catch (error) {
    throw explainJsonLdError(error, 'The document cannot be read as JSON-LD');
  }
}

const recordVocabulary = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#';

/** Terms of a CLR's subject that do not compact, because their context gives them a class for a datatype. */
const recordTerms: Readonly<Record<string, string>> = {
  [`${recordVocabulary}achievement`]: 'achievement',
  [`${recordVocabulary}association`]: 'association',
  [`${recordVocabulary}verifiableCredential`]: 'verifiableCredential',
  [`${recordVocabulary}identifier-1`]: 'identifier',
};

function withRecordTerms(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withRecordTerms);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([term, inner]) => {
      const name = Object.hasOwn(recordTerms, term) ? recordTerms[term]! : undefined;
      // Another member has the name already: then it stays the address that it is, which the guard refuses.
      if (name === undefined || name in value) return [term, withRecordTerms(inner)];
      return [name, [withRecordTerms(inner)].flat()];
    }),
  );
}

/** Words that stand for one IRI with a class, whose name compaction then gives to the property; by edition of Open Badges. */
const propertyOfClass: Readonly<Record<string, string>> = { Criteria: 'criteria', GeoCoordinates: 'geo' };
const propertyOfClass300: Readonly<Record<string, string>> = {
  ...propertyOfClass,
  Achievement: 'achievement',
  Profile: 'creator',
  Address: 'address',
};

/** Says properties by their own names again; the name stands for the same IRI, so the graph stays as it is. */
function withPropertyNames(value: unknown, contexts: readonly string[]): unknown {
  const isFirst = contexts.includes('https://purl.imsglobal.org/spec/ob/v3p0/context.json');
  const names = isFirst ? propertyOfClass300 : propertyOfClass;
  const rename = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(rename);
    if (!isJsonObject(one)) return one;
    return Object.fromEntries(
      Object.entries(one).map(([term, inner]) => {
        const name = Object.hasOwn(names, term) ? names[term]! : term;
        return [name in one ? term : name, term === '@context' ? inner : rename(inner)];
      }),
    );
  };
  return rename(value);
}

/** Wraps the single values of array terms, at every depth. */
function wrapArrayTerms(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wrapArrayTerms);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([term, inner]) => {
      const wrapped = wrapArrayTerms(term === 'credentialSubject' ? asObjects(inner) : inner);
      const bare = !Array.isArray(wrapped) && wrapped !== null && wrapped !== undefined;
      return [term, bare && isArrayTerm(term, wrapped) ? [wrapped] : wrapped];
    }),
  );
}

/** A subject of which nothing is said but its id comes out of compaction as that id; the data model wants an object. */
function asObjects(subject: unknown): unknown {
  if (Array.isArray(subject)) return subject.map(asObjects);
  return typeof subject === 'string' ? { id: subject } : subject;
}

function isArrayTerm(term: string, value: unknown): boolean {
  if (term === 'type') return typeof value === 'string' && arrayTypes.has(value);
  // Lists of objects in one place (a subject, an achievement), plain text in another (IdentifierEntry, Result).
  if (term === 'identifier' || term === 'resultDescription') return isJsonObject(value);
  return arrayTerms.has(term);
}
