import { AppError } from '../kernel/index.js';
import { loadContexts } from './contexts.js';
import { isJsonObject, type JsonObject } from './json-object.js';

/** What a JSON-LD processor asks for a remote document (JSON-LD 1.1 API, section 9.4). */
export interface RemoteDocument {
  readonly contextUrl: null;
  readonly documentUrl: string;
  readonly document: JsonObject;
}

export type DocumentLoader = (url: string) => Promise<RemoteDocument>;

const contexts = loadContexts();

/** Whether `url` is one of the contexts that this service knows. */
export function isKnownContext(url: unknown): boolean {
  return typeof url === 'string' && contexts.has(url);
}

const things = new Set<string>();
const collectThings = (context: unknown): void => {
  for (const one of [context].flat().filter(isJsonObject))
    for (const [word, definition] of Object.entries(one)) {
      if (!isJsonObject(definition)) continue;
      if (definition['@type'] === '@id') things.add(word);
      collectThings(definition['@context']);
    }
};
for (const document of contexts.values()) collectThings(document['@context']);

/** The words that some known context has things for, so that a text there is the id of one and no mere text. */
export function wordsForThings(): ReadonlySet<string> {
  return things;
}

/** Whether a known context has a meaning ready for every word there is (`@vocab`), so that no spelling is ever wrong. */
export function definesEveryWord(url: unknown): boolean {
  const context = typeof url === 'string' ? contexts.get(url)?.['@context'] : undefined;
  return [context].flat().some((one) => isJsonObject(one) && '@vocab' in one);
}

/**
 * The only JSON-LD document loader: gives pinned contexts, never fetches.
 * @throws invalid-request naming the URL when it is none of `contexts/manifest.json`.
 */
export const documentLoader: DocumentLoader = async (url) => {
  const document = contexts.get(url);
  if (document === undefined) {
    throw new AppError(
      'invalid-request',
      `The JSON-LD context ${url.slice(0, 300)} is not one that this service knows, and contexts are never fetched. ` +
        'Use the contexts of Verifiable Credentials and Open Badges 3.0.',
    );
  }
  return { contextUrl: null, documentUrl: url, document };
};
