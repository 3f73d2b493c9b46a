import { describe, expect, it } from '@jest/globals';
import { turns, type Turns } from '../../../src/adapters/workers/turns.js';

/** Turns whose beginnings and refusals are noted by name (`a1`: the first of sender a), until told that one is done. */
function noted(queue: Turns) {
  const begun: string[] = [];
  const refused: string[] = [];
  const dones = new Map<string, () => void>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    refused,
    ask: async (...names: readonly string[]) => {
      for (const name of names)
        queue.take(name[0]!).then(
          (done) => {
            begun.push(name);
            dones.set(name, done);
          },
          () => refused.push(name),
        );
      await settle();
    },
    end: async (name: string) => {
      dones.get(name)!();
      await settle();
    },
  };
}

describe('turns', () => {
  it('let a sender do so many at once, and leave the last place for whoever else comes', async () => {
    const { begun, ask, end } = noted(turns({ atOnce: 3, ofOneSender: 2, waiting: 8 }));
    await ask('a1', 'a2', 'a3', 'a4');
    expect(begun).toEqual(['a1', 'a2']);
    await ask('b1');
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    // The place that b leaves is not for a, who has two.
    await end('b1');
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('go to whoever has had none for longest, and keep the order of each', async () => {
    const { begun, ask, end } = noted(turns({ atOnce: 1, ofOneSender: 1, waiting: 8 }));
    await ask('a1', 'a2', 'a3', 'b1', 'b2', 'c1');
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2']) await end(name);
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('are refused to who would wait with most when too many wait', async () => {
    const { begun, refused, ask, end } = noted(turns({ atOnce: 1, ofOneSender: 1, waiting: 3 }));
    await ask('a1', 'a2', 'a3', 'a4', 'a5');
    expect(refused).toEqual(['a5']);
    await ask('b1');
    expect(refused).toEqual(['a5', 'a4']);
    // Two wait of a, one of b: another of b would have as many.
    await ask('b2');
    expect(refused).toEqual(['a5', 'a4', 'b2']);
    for (const name of ['a1', 'b1', 'a2']) await end(name);
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('come to an end once, however often that is said', async () => {
    const { begun, ask, end } = noted(turns({ atOnce: 1, ofOneSender: 1, waiting: 8 }));
    await ask('a1', 'a2', 'a3');
    await end('a1');
    await end('a1');
    expect(begun).toEqual(['a1', 'a2']);
  });

  it('are refused to all who wait and come once closed', async () => {
    const queue = turns({ atOnce: 1, ofOneSender: 1, waiting: 8 });
    const { begun, refused, ask } = noted(queue);
    await ask('a1', 'a2', 'b1');
    queue.close();
    await ask();
    await ask('c1');
    expect(begun).toEqual(['a1']);
    expect(refused).toEqual(['a2', 'b1', 'c1']);
  });
});
