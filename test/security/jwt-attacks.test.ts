import { describe, expect, it } from '@jest/globals';
import { attackTokens } from './jwt-attacks.js';

describe('hostile tokens', () => {
  it('are none of them accepted, none crashes, and no place of an attacker’s is asked', async () => {
    const { attacks, kinds, verdicts, faults } = await attackTokens(200, 20261125);
    console.log(`jwt-attacks: ${attacks}: ${JSON.stringify(kinds)}: ${JSON.stringify(verdicts)}`);
    expect(faults).toEqual([]);
    expect(attacks).toBe(200);
    expect(Object.keys(kinds).length).toBeGreaterThan(15);
  });
});
