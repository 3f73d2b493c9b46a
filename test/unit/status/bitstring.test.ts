import { gzipSync } from 'node:zlib';
import { decodeList as stockDecode } from '@digitalbazaar/vc-bitstring-status-list';
import { describe, expect, it } from '@jest/globals';
import { encodeList, withBit } from '../../../src/status/bitstring.js';
import { bitAt, decodeList, entryAt, isBitSet, minimumEntries } from '../../../src/status/index.js';
import { permute } from '../../../src/status/permutation.js';

const empty = new Uint8Array(minimumEntries / 8);
const listOf = (bytes: Uint8Array): string => `u${gzipSync(bytes).toString('base64url')}`;

describe('a bitstring', () => {
  it('keeps each bit where it was set, the first entry left-most, and reads the same in the stock library', async () => {
    const set = [0, 1, 7, 8, 9, 131_071];
    const list = encodeList(set.reduce<Uint8Array>((bits, index) => withBit(bits, index, true), empty));
    const stock = await stockDecode({ encodedList: list });
    const around = [...set, 2, 6, 10, 15, 16, 131_070];
    for (const index of around) {
      expect(isBitSet(list, index)).toBe(set.includes(index));
      expect(stock.getStatus(index)).toBe(set.includes(index));
    }
    expect(decodeList(list)[0]).toBe(0b1100_0001);
  });

  it('is changed in a copy, and a cleared bit leaves its neighbours', () => {
    const bits = withBit(withBit(empty, 9, true), 10, true);
    const cleared = withBit(bits, 9, false);
    expect([bitAt(bits, 9), bitAt(cleared, 9), bitAt(cleared, 10), bitAt(empty, 9)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('reads the example of the specification, whose entries are all clear', () => {
    const example = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA';
    expect(decodeList(example)).toEqual(empty);
  });

  it('reads entries of several bits at their index times their size, the first bit the highest', () => {
    const bits = [0, 6, 7, 8, 12].reduce<Uint8Array>(
      (kept, index) => withBit(kept, index, true),
      new Uint8Array((minimumEntries * 4) / 8),
    );
    const list = listOf(bits);
    expect([0, 1, 2, 3, 4].map((index) => entryAt(list, index, { size: 4 }))).toEqual([8, 3, 8, 8, 0]);
    expect([0, 1, 2, 3, 4].map((index) => entryAt(list, index, { size: 2 }))).toEqual([2, 0, 0, 3, 2]);
    expect(() => entryAt(list, minimumEntries, { size: 4 })).toThrow(/not in the list/);
    expect(() => entryAt(list, 0, { size: 5 })).toThrow(/must have at least 131072/);
  });

  it.each([-1, 131_072, 1.5, NaN, Infinity, 2 ** 53])('refuses index %p by naming the range', (index) => {
    expect(() => bitAt(empty, index)).toThrow(/0 to 131071/);
  });

  it('refuses a list that unpacks to more than 2 MiB, and takes one of just that', () => {
    const bomb = listOf(new Uint8Array(256 * 1024 * 1024));
    expect(() => decodeList(bomb)).toThrow(/more than 2 MiB/);
    expect(() => decodeList(listOf(new Uint8Array(2 * 1024 * 1024 + 1)))).toThrow(/more than 2 MiB/);
    expect(decodeList(listOf(new Uint8Array(2 * 1024 * 1024)))).toHaveLength(2 * 1024 * 1024);
  });

  it('refuses a list with fewer than 131,072 entries', () => {
    expect(() => decodeList(listOf(new Uint8Array(16_383)))).toThrow(
      /131064 entries; it must have at least 131072/,
    );
  });

  it.each([
    ['text that is no gzip', 'uAAAA'],
    ['another multibase', 'z4sIAAAA'],
    ['nothing', ''],
    ['no text', 7],
    ['base64', 'uH4sI+/=='],
  ])('refuses %s', (_what, list) => {
    expect(() => decodeList(list)).toThrow(/encodedList/);
  });

  it('refuses a list in another alphabet, and anything behind it', () => {
    const whole = gzipSync(empty);
    const list = `u${whole.toString('base64url')}`;
    for (const text of [
      `${list}=`,
      `${list} `,
      list.replace('u', 'u '),
      `${list.slice(0, 40)}+${list.slice(40)}`,
    ])
      expect(() => decodeList(text)).toThrow('is not multibase base64url');
    for (const more of [Buffer.from([0]), gzipSync('x'), whole])
      expect(() => decodeList(`u${Buffer.concat([whole, more]).toString('base64url')}`)).toThrow(
        'not one gzip member with nothing after it',
      );
  });

  it('takes a list without the leading u only where the older form is asked for', () => {
    const old = listOf(empty).slice(1);
    expect(() => decodeList(old)).toThrow(/encodedList/);
    expect(decodeList(old, { legacy: true })).toEqual(empty);
    expect(decodeList(gzipSync(empty).toString('base64'), { legacy: true })).toEqual(empty);
    expect(decodeList(listOf(empty), { legacy: true })).toEqual(empty);
  });
});

describe('the permutation from slots to indexes', () => {
  const key = (n: number): Uint8Array => new Uint8Array(32).fill(n);

  it('gives every index of the list exactly once', () => {
    for (const size of [1, 2, 1000, 4096]) {
      const seen = new Set(Array.from({ length: size }, (_, slot) => permute(key(1), size, slot)));
      expect(seen.size).toBe(size);
      expect(Math.max(...seen)).toBe(size - 1);
    }
  });

  it('is another one under another key', () => {
    const [one, other] = [1, 2].map((n) =>
      Array.from({ length: 64 }, (_, slot) => permute(key(n), minimumEntries, slot)),
    );
    expect(one!.filter((index, i) => index === other![i]).length).toBeLessThan(3);
  });

  it('spreads the first indexes evenly and without order (chi-square)', () => {
    // 8,192 of 131,072 in 64 cells: 63 degrees of freedom. p = 0.001 is 103.4 above and 35.5 below; the keys are fixed.
    for (const n of [3, 4, 5]) {
      const indexes = Array.from({ length: 8192 }, (_, slot) => permute(key(n), minimumEntries, slot));
      const chi = chiSquare(indexes.map((index) => Math.floor(index / 2048)));
      expect(chi).toBeLessThan(103.4);
      expect(chi).toBeGreaterThan(35.5);
      const steps = indexes
        .slice(1)
        .map((index, i) => (index - indexes[i]! + minimumEntries) % minimumEntries);
      expect(chiSquare(steps.map((step) => Math.floor(step / 2048)))).toBeLessThan(103.4);
    }
  });

  it('refuses a slot outside the list', () => {
    expect(() => permute(key(1), 10, 10)).toThrow(RangeError);
    expect(() => permute(key(1), 10, -1)).toThrow(RangeError);
  });
});

function chiSquare(cells: readonly number[]): number {
  const counts = new Array<number>(64).fill(0);
  for (const cell of cells) counts[cell] = counts[cell]! + 1;
  const expected = cells.length / 64;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
