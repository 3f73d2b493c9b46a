import { describe, expect, it } from '@jest/globals';
import { knownNames } from './tampering/known.js';
import { tamper } from './tampering/run.js';

const seed = 20261125;
const count = 80;

describe('altered credentials', () => {
  it('are never said to be their issuer’s while they show something else', async () => {
    // The bar is 2 s a credential; a test asserts ten times that, since other work shares the machine.
    const result = await tamper({ count, seed, limitMillis: 20_000 });
    console.log(
      `tampering: ${JSON.stringify(result.credentials)}, ${count} leaf and ${count} structural mutations, seed ${seed}: ${JSON.stringify(result.verdicts)}, slowest ${result.slowestMillis} ms`,
    );
    const forms = result.credentials;
    expect(Object.keys(forms).sort()).toEqual(['jwt', 'json', 'pdf', 'png', 'svg'].sort());
    expect(Object.values(forms).reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(50);
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.mutations)).toEqual(expect.arrayContaining([...knownNames]));
    expect(Object.values(result.verdicts).reduce((a, b) => a + b, 0)).toBe(2 * count);
    // Some mutations leave the facts as they were, and are accepted: the rest would prove nothing if none were.
    expect(result.verdicts['valid']).toBeGreaterThan(0);
  }, 240_000);
});
