import { describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import type { CollectionSpec, Store, Stored } from '../../src/kernel/index.js';
import { aService } from '../support/service.js';

describe('background work', () => {
  it('sweeps every collection that declares a swept field, so that nothing due is ever forgotten', async () => {
    const store = await openSqlite({ file: ':memory:' });
    const declared: string[] = [];
    const swept = new Set<string>();
    const watched: Store = {
      ...store,
      collection: <T extends Stored>(spec: CollectionSpec<T>) => {
        for (const field of spec.sweeps ?? []) declared.push(`${spec.name}.${field}`);
        const collection = store.collection(spec);
        return {
          ...collection,
          sweep: (field, options) => {
            swept.add(`${spec.name}.${field}`);
            return collection.sweep(field, options);
          },
        };
      },
    };
    const service = await aService({ store: watched });
    await service.settle();
    await service.close();
    expect(declared.length).toBeGreaterThan(15);
    expect([...new Set(declared)].sort()).toEqual([...swept].sort());
  });
});
