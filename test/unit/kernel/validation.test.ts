import { describe, expect, it } from '@jest/globals';
import { AppError, compileValidator } from '../../../src/kernel/index.js';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'roles'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 5 },
    roles: { type: 'array', minItems: 2, uniqueItems: true, items: { enum: ['a', 'b'] } },
    hours: { type: 'number', minimum: 0, multipleOf: 0.25 },
    url: { type: ['string', 'null'], format: 'uri' },
  },
};
const check = compileValidator(schema);

function faults(value: unknown): readonly (readonly [string, string])[] {
  try {
    check(value);
  } catch (error) {
    if (error instanceof AppError)
      return error.errors.map(({ pointer, detail }) => [pointer, detail] as const);
    throw error;
  }
  return [];
}

describe('what is said of a body that is not valid', () => {
  it('takes what is valid', () => {
    expect(faults({ name: 'x', roles: ['a', 'b'], hours: 1.25, url: null })).toEqual([]);
  });

  it.each([
    [{ roles: ['a', 'b'] }, '/name', 'is required'],
    [{ name: '', roles: ['a', 'b'] }, '/name', 'must be filled in'],
    [{ name: 'too long', roles: ['a', 'b'] }, '/name', 'must have at most 5 characters'],
    [{ name: 7, roles: ['a', 'b'] }, '/name', 'must be text'],
    [{ name: 'x', roles: ['a'] }, '/roles', 'must have at least 2 entries'],
    [{ name: 'x', roles: ['a', 'a'] }, '/roles', 'must not name one thing twice'],
    [{ name: 'x', roles: ['a', 'c'] }, '/roles/1', 'must be one of "a", "b"'],
    [{ name: 'x', roles: ['a', 'b'], hours: -1 }, '/hours', 'must be at least 0'],
    [{ name: 'x', roles: ['a', 'b'], hours: 0.3 }, '/hours', 'must be a multiple of 0.25'],
    [{ name: 'x', roles: ['a', 'b'], url: 4 }, '/url', 'must be text or null'],
    [
      { name: 'x', roles: ['a', 'b'], url: 'no' },
      '/url',
      'must be a web address, such as https://example.org',
    ],
    [
      { name: 'x', roles: ['a', 'b'], 'a/b': 1 },
      '/a~1b',
      'is not a member that is known here; check its spelling or leave it out',
    ],
  ])('%j: %s %s', (value, pointer, detail) => {
    expect(faults(value)).toEqual([[pointer, detail]]);
  });

  it('names every fault at a time', () => {
    expect(
      faults({ name: '', roles: 'a', colour: 1 })
        .map(([pointer]) => pointer)
        .sort(),
    ).toEqual(['/colour', '/name', '/roles']);
  });
});
