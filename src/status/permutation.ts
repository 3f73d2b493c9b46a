import { hmacSha256 } from '../securing/index.js';

const rounds = 8;

/**
 * A keyed permutation of 0 to size-1: slot n of a list gets an index that nobody without the key can foresee, and
 * no two slots the same one. A balanced Feistel network over the next even number of bits, walked on until the
 * value falls inside the range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
 */
export function permute(key: Uint8Array, size: number, slot: number): number {
  if (!Number.isInteger(slot) || slot < 0 || slot >= size)
    throw new RangeError(`slot ${slot} is not in 0 to ${size - 1}`);
  const half = Math.max(1, Math.ceil(Math.log2(size) / 2));
  let value = slot;
  do value = encrypt(key, half, value);
  while (value >= size);
  return value;
}

function encrypt(key: Uint8Array, half: number, value: number): number {
  const mask = 2 ** half - 1;
  let left = Math.floor(value / 2 ** half);
  let right = value & mask;
  for (let round = 0; round < rounds; round += 1) {
    const hash = hmacSha256(key, `${round}:${right}`);
    const mixed = (hash[0]! | (hash[1]! << 8) | (hash[2]! << 16)) & mask;
    [left, right] = [right, left ^ mixed];
  }
  return left * 2 ** half + right;
}
