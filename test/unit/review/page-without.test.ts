import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Page, PageRequest } from '../../../src/kernel/index.js';
import { pageWithout } from '../../../src/review/page-without.js';

/** A list in pages, whose cursor is the place of the item after which it goes on; counts how often it is asked. */
function aList(items: readonly number[]) {
  let asked = 0;
  const read = async ({ cursor, limit }: PageRequest): Promise<Page<number>> => {
    asked += 1;
    const from = cursor === undefined ? 0 : Number(cursor);
    const page = items.slice(from, from + limit);
    return from + limit < items.length ? { items: page, next: String(from + limit) } : { items: page };
  };
  return { read, asked: () => asked };
}

const hidden = (item: number) => item < 0;

describe('a page without hidden items', () => {
  it('is as if they had never been there, page by page, and in as many reads', async () => {
    const anItem = fc.oneof({ weight: 4, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant(-1) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anItem, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (items, limit) => {
          const [whole, rest] = [aList(items), aList(items.filter((item) => !hidden(item)))];
          const most = items.filter(hidden).length;
          let at: { cursor?: string } = {};
          let plain: { cursor?: string } = {};
          for (let pages = 0; pages < 50; pages += 1) {
            const page = await pageWithout(whole.read, { ...at, limit }, hidden, most);
            const like = await pageWithout(rest.read, { ...plain, limit }, hidden, most);
            expect(page.items).toEqual(like.items);
            expect(page.next === undefined).toBe(like.next === undefined);
            expect(whole.asked()).toBe(rest.asked());
            if (page.next === undefined || like.next === undefined) return;
            at = { cursor: page.next };
            plain = { cursor: like.next };
          }
          throw new Error('the pages do not end');
        },
      ),
      { numRuns: 300, seed: 20261125 },
    );
  });

  it('is full though more are hidden than was reckoned with', async () => {
    const { read } = aList([-1, -1, -1, -1, -1, 5, -1, 6, 7]);
    expect(await pageWithout(read, { limit: 2 }, hidden, 0)).toMatchObject({ items: [5, 6], next: '8' });
  });
});
