import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../../src/securing/index.js';

describe('the canonical text of a JSON value', () => {
  it('is that of the example of RFC 8785, section 3.2.2 and 3.2.3', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not exist of what JSON has no value for', () => {
    expect(() => canonicalJson(undefined)).toThrow('only a JSON value');
    expect(() => canonicalJson(() => 1)).toThrow('only a JSON value');
  });
});
