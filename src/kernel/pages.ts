/** One page of a list in stable order; `next` is an opaque cursor, absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Which page is wanted: from a cursor that an earlier page gave, at most `limit` (1 to 200) items. */
export interface PageRequest {
  readonly cursor?: string;
  readonly limit: number;
}

/** Every item of a paged list, fetched page by page. For lists that are bounded by their nature. */
export async function allOf<T>(fetchPage: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor === undefined ? { limit: 200 } : { cursor, limit: 200 });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}
