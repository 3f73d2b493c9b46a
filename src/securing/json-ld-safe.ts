import jsonld from 'jsonld';
import { bySinglePass } from './canonical/index.js';
import { documentLoader } from './document-loader.js';
import { explainJsonLdError } from './json-ld-error.js';
import type { JsonObject } from './json-object.js';

/**
 * Holds a document to JSON-LD safe mode with the pinned contexts, for what is signed as JSON and not as RDF.
 * @throws rule-violated naming the term, type or id that nothing defines; invalid-request for an unknown context.
 */
export async function refuseUndefinedTerms(document: JsonObject): Promise<void> {
  // The single pass gives nothing that safe mode refuses.
  if ('text' in (await bySinglePass(document))) return;
  const options = { documentLoader, safe: true, base: null, rdfDirection: 'i18n-datatype' };
  try {
    await jsonld.toRDF(
      structuredClone(document) as jsonld.JsonLdDocument,
      options as unknown as jsonld.Options.ToRdf,
    );
  } catch (error) {
    throw explainJsonLdError(error, 'The credential cannot be signed');
  }
}
