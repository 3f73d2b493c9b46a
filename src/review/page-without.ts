import type { Page, PageRequest } from '../kernel/index.js';

/** An item that is shown, and how to read the page that ends with it. */
interface Shown<T> {
  readonly item: T;
  readonly from: PageRequest;
}

/**
 * A page of what is left when hidden items are taken out: full while there is more, and with a cursor only where more
 * follows, so that neither a short page nor a cursor tells that something is hidden. With no more hidden than `most` it
 * asks the store as often as where nothing is.
 * @param read a page of the whole list, of up to 1000 items.
 * @param most how many hidden items to reckon with.
 */
export async function pageWithout<T>(
  read: (request: PageRequest) => Promise<Page<T>>,
  request: PageRequest,
  isHidden: (item: T) => boolean,
  most: number,
): Promise<Page<T>> {
  const { limit } = request;
  const shown: Shown<T>[] = [];
  for (let cursor = request.cursor; ;) {
    const at = cursor === undefined ? {} : { cursor };
    const page = await read({ ...request, ...at, limit: Math.min(1000, limit + most + 1) });
    page.items.forEach((item, index) => {
      if (!isHidden(item)) shown.push({ item, from: { ...request, ...at, limit: index + 1 } });
    });
    cursor = page.next;
    if (shown.length > limit || cursor === undefined) break;
  }
  const items = shown.slice(0, limit).map(({ item }) => item);
  const last = shown[limit - 1];
  if (shown.length <= limit || last === undefined) return { items };
  // The cursor that stands after the last item shown.
  const { next } = await read(last.from);
  return next === undefined ? { items } : { items, next };
}
