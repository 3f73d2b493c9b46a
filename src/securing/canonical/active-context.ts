import { createHash } from 'node:crypto';
import contextProcessing, { type ActiveContext } from 'jsonld/lib/context.js';
import ContextResolver from 'jsonld/lib/ContextResolver.js';
import { documentLoader } from '../document-loader.js';
import { readTerm, type Scoped, type Term } from './term.js';

/**
 * An active context (JSON-LD 1.1 API, section 4.1) as jsonld.js made it, read once. Two that mean the same are one
 * object within a `ContextSpace`, so a document walks over few of them.
 */
export interface Context {
  /** A digest of what it means. */
  readonly key: string;
  readonly terms: ReadonlyMap<string, Term>;
  /** Whether no default language or direction is in force. */
  readonly isPlain: boolean;
  /** The context to which an object below goes back; undefined when there is none to go back to. */
  readonly previous: Context | undefined;
  readonly source: ActiveContext;
  /** What each scoped context makes of this one, by its name: where a type brings it, and where a property does. */
  readonly byType: Map<string, Context>;
  readonly byProperty: Map<string, Context>;
}

/** All active contexts that were met below one list of pinned contexts. */
export interface ContextSpace extends Kept {
  readonly root: Context;
}

interface Kept {
  readonly contexts: Map<string, Context>;
  /** Each definition once, by its text: most stand unchanged in every context. */
  readonly definitions: Map<string, { readonly definition: Definition; readonly term: Term }>;
}

type Definition = { readonly [member: string]: unknown } | null;

/** How many active contexts are kept for one list of contexts; a badge meets about 30. */
export const mostContexts = 160;

/** The list needs more than is kept, or the library warns of something in its contexts. */
export class ContextNotCovered extends Error {
  override readonly name = 'ContextNotCovered';
}

/**
 * Contexts are processed by jsonld.js itself; only what comes out is kept. Whatever it would warn of, in safe mode or
 * not, is left to the whole library.
 */
function processingOptions(): { readonly [option: string]: unknown } {
  return {
    base: null,
    documentLoader,
    contextResolver: new ContextResolver({ sharedCache: new Map() }),
    eventHandler: [
      ({ event }: { readonly event: { readonly code?: unknown } }) => {
        throw new ContextNotCovered(String(event.code));
      },
    ],
  };
}

/** @throws what jsonld.js throws for contradicting contexts; ContextNotCovered. */
export async function openContextSpace(localContexts: readonly unknown[]): Promise<ContextSpace> {
  const kept: Kept = { contexts: new Map(), definitions: new Map() };
  const source = await contextProcessing.process({
    activeCtx: contextProcessing.getInitialContext({}),
    localCtx: structuredClone(localContexts),
    options: processingOptions(),
  });
  return { ...kept, root: intern(kept, source) };
}

/** Makes ready what a type's scoped context makes of `context` (JSON-LD 1.1 API, section 5.1.2, step 11). */
export async function enterByType(space: ContextSpace, context: Context, scoped: Scoped): Promise<void> {
  const source = await contextProcessing.process({
    activeCtx: context.source,
    localCtx: structuredClone(scoped.context),
    options: processingOptions(),
    propagate: false,
  });
  context.byType.set(scoped.id, intern(space, source));
}

/** Makes ready what a property's scoped context makes of `context` (section 5.1.2, step 8). */
export async function enterByProperty(space: ContextSpace, context: Context, scoped: Scoped): Promise<void> {
  const source = await contextProcessing.process({
    activeCtx: context.source,
    localCtx: structuredClone(scoped.context),
    options: processingOptions(),
    propagate: true,
    overrideProtected: true,
  });
  context.byProperty.set(scoped.id, intern(space, source));
}

/** The one context of this space that means what `source` means. */
function intern(kept: Kept, source: ActiveContext): Context {
  const reverted = source.revertToPreviousContext();
  const previous = reverted === source ? undefined : intern(kept, reverted);
  const texts = [...source.mappings].map(
    ([term, definition]) => [term, definition, JSON.stringify(definition)] as const,
  );
  const key = fingerprint(source, previous, texts);
  const known = kept.contexts.get(key);
  if (known !== undefined) return known;
  if (kept.contexts.size >= mostContexts) throw new ContextNotCovered('too many contexts');
  const terms = new Map<string, Term>();
  for (const [term, definition, text] of texts) {
    let one = kept.definitions.get(text);
    if (one === undefined) kept.definitions.set(text, (one = { definition, term: readTerm(definition) }));
    terms.set(term, one.term);
    // jsonld.js clones a context before it changes it, so equal definitions may be one object.
    (source.mappings as Map<string, Definition>).set(term, one.definition);
  }
  const context: Context = {
    key,
    terms,
    isPlain: !('@language' in source) && !('@direction' in source),
    previous,
    source,
    byType: new Map(),
    byProperty: new Map(),
  };
  kept.contexts.set(key, context);
  return context;
}

/** A digest of all that later processing or expansion reads of an active context. */
function fingerprint(
  source: ActiveContext,
  previous: Context | undefined,
  texts: readonly (readonly [term: string, definition: Definition, text: string])[],
): string {
  const members = source as unknown as { readonly [member: string]: unknown };
  const hash = createHash('sha256');
  hash.update(`${previous?.key} ${contextProcessing.processingMode(source, 1.1)}`);
  for (const name of ['@base', '@vocab', '@language', '@direction'] as const)
    hash.update(JSON.stringify([name, name in source, members[name] ?? null]));
  hash.update(JSON.stringify(Object.entries(source.protected).sort()));
  for (const [term, , text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(JSON.stringify([term, text]));
  return hash.digest('base64url');
}
