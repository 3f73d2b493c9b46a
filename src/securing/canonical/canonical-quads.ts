import { isKnownContext } from '../document-loader.js';
import type { JsonObject } from '../json-object.js';
import {
  ContextNotCovered,
  enterByProperty,
  enterByType,
  openContextSpace,
  type ContextSpace,
} from './active-context.js';
import { labelled, written, type Digest } from './label.js';
import { canonicalOfQuads, quadsByLibrary } from './library.js';
import { ContextWanted, NotCovered, statementsOf, type Statements } from './walk.js';

/** Which way the canonical form of a document was found. */
export type CanonicalWay = 'single-pass' | 'single-pass-with-ties' | 'library';

export interface CanonicalQuads {
  readonly text: string;
  readonly way: CanonicalWay;
  /** Why the library was asked. */
  readonly reason?: string;
}

const counts: { [way in CanonicalWay]: number } = {
  'single-pass': 0,
  'single-pass-with-ties': 0,
  library: 0,
};

/** How often each way was gone in this thread since it began. */
export function canonicalWays(): { readonly [way in CanonicalWay]: number } {
  return { ...counts };
}

/**
 * The canonical N-Quads of a JSON-LD document with pinned contexts (RDF Dataset Canonicalization 1.0; JSON-LD 1.1 API,
 * safe mode, no base). Found in one pass where the document is of the plain kind that credentials are, else by
 * jsonld.js and rdf-canonize; byte for byte the same either way (decision 29). The document is not changed.
 * @throws what jsonld.js throws in safe mode, and only where it does.
 */
export async function canonicalQuads(
  document: JsonObject,
  digest: Digest = 'sha256',
): Promise<CanonicalQuads> {
  const passed = await bySinglePass(document, digest);
  if ('text' in passed) return passed;
  counts.library += 1;
  return { text: await quadsByLibrary(document, digest), way: 'library', reason: passed.reason };
}

type Passed = CanonicalQuads | { readonly reason: string };

/** The single pass alone, for callers that have a way of their own to the library. */
export async function bySinglePass(document: JsonObject, digest: Digest = 'sha256'): Promise<Passed> {
  const given = document['@context'];
  const contexts: unknown = typeof given === 'string' ? [given] : given;
  if (
    !Array.isArray(contexts) ||
    contexts.length === 0 ||
    contexts.length > 8 ||
    !contexts.every(isKnownContext)
  )
    return { reason: 'its contexts are no list of pinned ones' };
  try {
    const statements = await prepared(document, contexts as readonly string[]);
    const text = labelled(statements, digest);
    const found: CanonicalQuads =
      text === undefined
        ? { text: await withTies(statements, digest), way: 'single-pass-with-ties' }
        : { text, way: 'single-pass' };
    counts[found.way] += 1;
    return found;
  } catch (error) {
    if (error instanceof NotCovered || error instanceof ContextNotCovered) return { reason: error.message };
    // Whatever the processor says against contexts or blank nodes, it says it again when it is asked for the whole.
    return { reason: 'the JSON-LD processor refused a part of it' };
  }
}

/** The statements, each context made ready when it is first met. */
async function prepared(document: JsonObject, contexts: readonly string[]): Promise<Statements> {
  let space = await spaceOf(contexts);
  let isFresh = space.contexts.size === 1;
  for (;;) {
    try {
      return statementsOf(document, space.root);
    } catch (error) {
      if (!(error instanceof ContextWanted)) throw error;
      try {
        const enter = error.by === 'type' ? enterByType : enterByProperty;
        await enter(space, error.from, error.scoped);
      } catch (full) {
        // What others left behind makes room once; a document that needs more by itself is not covered.
        if (isFresh || !(full instanceof ContextNotCovered)) throw full;
        space = await renewedSpace(contexts);
        isFresh = true;
      }
    }
  }
}

const mostSpaces = 12;
const spaces = new Map<string, Promise<ContextSpace>>();

function spaceOf(contexts: readonly string[]): Promise<ContextSpace> {
  const key = contexts.join(' ');
  const known = spaces.get(key);
  if (known === undefined) return renewedSpace(contexts);
  return known;
}

function renewedSpace(contexts: readonly string[]): Promise<ContextSpace> {
  const key = contexts.join(' ');
  spaces.delete(key);
  const oldest = spaces.keys().next();
  if (spaces.size >= mostSpaces && oldest.done === false) spaces.delete(oldest.value);
  const opened = openContextSpace(contexts);
  opened.catch(() => spaces.delete(key));
  spaces.set(key, opened);
  return opened;
}

async function withTies({ quads, ofNodes }: Statements, digest: Digest): Promise<string> {
  return canonicalOfQuads(
    written(
      quads,
      ofNodes.map((_quads, node) => `_:b${node}`),
    ),
    digest,
  );
}
