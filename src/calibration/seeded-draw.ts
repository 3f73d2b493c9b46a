import { createHash } from 'node:crypto';

/**
 * `items` in an order that follows from the seed alone: the same for anyone who draws again from the record.
 * Fisher and Yates' shuffle (Knuth, TAOCP 2, 3.4.2, algorithm P) over the words of SHA-256(seed, counter).
 */
export function shuffled<T>(seed: string, items: readonly T[]): T[] {
  const order = [...items];
  const chance = seededChance(seed);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = chance(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Numbers from 0 to below `bound`, evenly, in a sequence that follows from the seed alone. */
export function seededChance(seed: string): (bound: number) => number {
  let counter = 0;
  return (bound) => {
    // 2^32 is not a multiple of most bounds: the uneven tail is drawn again.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = createHash('sha256').update(`${seed}:${counter}`).digest().readUInt32BE(0);
      counter += 1;
      if (word < limit) return word % bound;
    }
  };
}

/** A new seed of 128 bits in hex, from unpredictable bytes. */
export function hexSeed(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
