import jsonld from 'jsonld';
import { credentialsV1, ed25519Signature2020V1, goldenContexts, statusList2021V1 } from './contexts.js';
import { documentLoader } from './document-loader.js';
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

/** Terms of older proofs and status lists: read with these too where the document names them. */
const olderContexts = [
  ed25519Signature2020V1,
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/data-integrity/v2',
  statusList2021V1,
];

/**
 * The document as our own contexts say it: expanded with the contexts that it names (each of them pinned), then
 * compacted with ours, the array terms wrapped again. What was hidden from a reader of the JSON by another
 * spelling (a term as an IRI, `@id`, a value object) is back in its place, so only this may be read.
 * A golden credential comes back deeply equal, except that `AchievementCredential` is said as
 * `OpenBadgeCredential`: both are names of one IRI. Not for CLRs, whose terms do not compact.
 * @throws rule-violated naming a term that its contexts do not define; invalid-request for an unknown context.
 */
export async function compactWithOurContexts(document: JsonObject): Promise<JsonObject> {
  const named = [document['@context'] ?? []].flat();
  const base: readonly string[] = named[0] === credentialsV1 ? contextsOf11 : goldenContexts;
  const contexts = [...base, ...olderContexts.filter((url) => named.includes(url) && !base.includes(url))];
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
      const wrapped = wrapArrayTerms(inner);
      const bare = !Array.isArray(wrapped) && wrapped !== null && wrapped !== undefined;
      return [term, bare && isArrayTerm(term, wrapped) ? [wrapped] : wrapped];
    }),
  );
}

function isArrayTerm(term: string, value: unknown): boolean {
  if (term === 'type') return typeof value === 'string' && arrayTypes.has(value);
  // Lists of objects in one place (a subject, an achievement), plain text in another (IdentifierEntry, Result).
  if (term === 'identifier' || term === 'resultDescription') return isJsonObject(value);
  return arrayTerms.has(term);
}
