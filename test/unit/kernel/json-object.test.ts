import { describe, expect, it } from '@jest/globals';
import { jsonObjectIn } from '../../../src/kernel/index.js';

describe('the JSON object in a text or in bytes', () => {
  it('is read from either', () => {
    expect(jsonObjectIn('{"a":"ä"}')).toEqual({ a: 'ä' });
    expect(jsonObjectIn(Buffer.from('{"a":"ä"}'))).toEqual({ a: 'ä' });
    expect(jsonObjectIn(new Uint8Array([0x7b, 0x7d]))).toEqual({});
  });

  it.each(['', '[]', 'null', '1', '"{}"', '{', '{} {}', '\ufeff{}', '{"a":}'])(
    'is undefined for %j',
    (text) => {
      expect(jsonObjectIn(text)).toBeUndefined();
      expect(jsonObjectIn(Buffer.from(text))).toBeUndefined();
    },
  );
});
