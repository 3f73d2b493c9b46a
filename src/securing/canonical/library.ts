import jsonld from 'jsonld';
import { documentLoader } from '../document-loader.js';
import type { JsonObject } from '../json-object.js';
import type { Digest } from './label.js';

/** With what every document here is canonicalized: safe mode, no base, pinned contexts. */
const options = {
  algorithm: 'RDFC-1.0',
  format: 'application/n-quads',
  documentLoader,
  safe: true,
  base: null,
  rdfDirection: 'i18n-datatype',
};

function withDigest(digest: Digest): object {
  return { canonizeOptions: { messageDigestAlgorithm: digest } };
}

/**
 * The canonical N-Quads of a document by jsonld.js and rdf-canonize alone: what decides where the single pass does not,
 * and what it is held to.
 * @throws what the JSON-LD processor throws in safe mode.
 */
export async function quadsByLibrary(document: JsonObject, digest: Digest = 'sha256'): Promise<string> {
  return jsonld.canonize(structuredClone(document), {
    ...options,
    ...withDigest(digest),
  } as unknown as Parameters<typeof jsonld.canonize>[1]);
}

/** Canonical N-Quads of N-Quads: where blank nodes need the hash of degree n. */
export async function canonicalOfQuads(quads: string, digest: Digest): Promise<string> {
  return jsonld.canonize(
    quads as unknown as Parameters<typeof jsonld.canonize>[0],
    { ...options, ...withDigest(digest), inputFormat: 'application/n-quads' } as unknown as Parameters<
      typeof jsonld.canonize
    >[1],
  );
}
