import type { Collection, CollectionSpec, Store, Stored } from '../../src/kernel/index.js';

/** What the steps of a killed drainer end with. */
export class Killed extends Error {}

type Step = <R>(act: () => Promise<R>) => Promise<R>;

function stepped(store: Store, step: Step): Store {
  return {
    ...store,
    collection: <T extends Stored>(spec: CollectionSpec<T>): Collection<T> => {
      const real = store.collection(spec);
      const methods = Object.entries(real).map(([name, method]) => [
        name,
        (...args: readonly unknown[]) =>
          step(() => (method as (...given: readonly unknown[]) => Promise<unknown>)(...args)),
      ]);
      return Object.fromEntries(methods) as unknown as Collection<T>;
    },
  };
}

/**
 * A store whose user is killed at a step: an odd one before an operation takes place, the even one after it, just after.
 * `die` is how; by an error when left out.
 */
export function killedAt(store: Store, step: number, die: () => void = () => undefined): Store {
  const last = Math.ceil(step / 2);
  const killed = () => {
    die();
    return new Killed();
  };
  let operations = 0;
  return stepped(store, async (act) => {
    operations += 1;
    if (operations > last || (operations === last && step % 2 === 1)) throw killed();
    const done = await act();
    if (operations === last) throw killed();
    return done;
  });
}

/** The same store for several users whose operations take place one at a time, in an order that `seed` draws. */
export function interleaved(store: Store, users: number, seed: number): readonly Store[] {
  let state = seed * 2654435761;
  const draw = (below: number) => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const waiting: (() => Promise<void>)[] = [];
  let running = false;
  const run = async () => {
    running = true;
    // A turn of the loop, so that every user that can go on has asked for its next operation.
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === 0) break;
      await waiting.splice(draw(waiting.length), 1)[0]!();
    }
    running = false;
  };
  const step: Step = (act) =>
    new Promise((resolve, reject) => {
      waiting.push(() => act().then(resolve, reject));
      if (!running) void run();
    });
  return Array.from({ length: users }, () => stepped(store, step));
}
