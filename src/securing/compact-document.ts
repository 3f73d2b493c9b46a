import jsonld from 'jsonld';
import { credentialsV1, ed25519Signature2020V1, goldenContexts } from './contexts.js';
import { documentLoader, isKnownContext } from './document-loader.js';
import { explainJsonLdError } from './json-ld-error.js';
import { isJsonObject, type JsonObject } from './json-object.js';

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
]);

/** VC Data Model 1.1 has terms that 2.0 has not (`issuanceDate`), and Open Badges 3.0.1 is what went with it. */
const contextsOf11 = [
  credentialsV1,
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  ed25519Signature2020V1,
] as const;

/** Other editions of the Open Badges context: ours has their words, and two editions in one list contradict each other. */
const openBadgesEdition = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d+\.\d+)?\.json$/;

/**
 * The contexts that a document is read with: ours, then those of its own that are pinned, so that a word of a known
 * context comes back as a word. Ours stand first and protect their terms: nothing that follows can give
 * `validUntil` or `credentialStatus` another name.
 */
function readingContexts(document: JsonObject): readonly string[] {
  const own = [document['@context'] ?? []].flat() as unknown[];
  const ours: readonly string[] = own[0] === credentialsV1 ? contextsOf11 : goldenContexts;
  const others = own
    .filter((context): context is string => typeof context === 'string' && isKnownContext(context))
    .filter((context) => !ours.includes(context) && !openBadgesEdition.test(context));
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
  const contexts = readingContexts(document);
  try {
    const compacted = await jsonld.compact(
      structuredClone(document) as jsonld.JsonLdDocument,
      [...contexts] as unknown as jsonld.ContextDefinition,
      {
        documentLoader: documentLoader as unknown as jsonld.Options.DocLoader['documentLoader'],
        safe: true,
        base: null,
        compactToRelative: false,
      } as unknown as jsonld.Options.Compact,
    );
    return wrapArrayTerms(compacted as JsonObject) as JsonObject;
  } catch (error) {
    throw explainJsonLdError(error, 'The document cannot be read as JSON-LD');
  }
}

/** Wraps the single values of array terms, at every depth. */
function wrapArrayTerms(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wrapArrayTerms);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([term, inner]) => {
      if (term === '@context') return [term, inner];
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
