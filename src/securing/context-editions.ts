import { packageFile } from '../kernel/index.js';

/** One published text of a context, by its digests in hex. */
export interface ContextEdition {
  readonly from: string;
  readonly sha256: string;
  readonly sha384: string;
}

let editions: ReadonlyMap<string, readonly ContextEdition[]> | undefined;

/**
 * The texts under which a context was published, newest first: a credential may pin an older one by its digest.
 * Undefined for a context whose published texts are not on record here.
 */
export function contextEditions(url: string): readonly ContextEdition[] | undefined {
  editions ??= new Map(
    Object.entries(
      JSON.parse(packageFile('contexts/editions.json')) as { [url: string]: readonly ContextEdition[] },
    ),
  );
  return editions.get(url);
}
