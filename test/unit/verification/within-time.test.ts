import { describe, expect, it } from '@jest/globals';
import { withinTime } from '../../../src/verification/within-time.js';

describe('what is given so much time', () => {
  it('gives what it comes to', () => {
    const object = { a: 1 };
    expect(withinTime(5, () => object)).toEqual({ inTime: true, value: object });
    expect(withinTime(5, () => undefined)).toEqual({ inTime: true, value: undefined });
  });

  it.each<[string, () => unknown]>([
    ['a pattern that would take years', () => /^(a+)+$/.test(`${'a'.repeat(80)}!`)],
    [
      'a loop without an end, whatever it catches',
      () => {
        for (;;) {
          try {
            JSON.parse('{');
          } catch {
            // Again.
          }
        }
      },
    ],
  ])('is ended after it (%s), and the thread goes on', (_, work) => {
    expect(withinTime(0.05, work)).toEqual({ inTime: false });
    expect(withinTime(5, () => 'as ever')).toEqual({ inTime: true, value: 'as ever' });
  });

  it('throws what it throws', () => {
    const fault = new TypeError('a fault');
    expect(() =>
      withinTime(5, () => {
        throw fault;
      }),
    ).toThrow(fault);
  });
});
