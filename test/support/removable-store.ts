import type { Store } from '../../src/kernel/index.js';

/**
 * A store from which anything can be removed, as by a hand in its database: for tests of what is then noticed or mended.
 * The service's own stores refuse (`CollectionSpec.removable`).
 */
export function removableStore(store: Store): Store {
  return {
    engine: store.engine,
    collection: (spec) => store.collection({ ...spec, removable: true }),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
