import { AppError, compileValidator, type Validator } from '../kernel/index.js';
import { requestSchema } from './api/request-schema.js';

/** The API's own check of a body, for what a form was turned into: one rule for both, its faults in words for people. */
export function formValidator<T>(schema: string): Validator<T> {
  const check = compileValidator<T>(requestSchema(schema), 'form');
  return (value) => {
    try {
      return check(value);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const errors = error.errors.map(({ pointer, detail }) => ({ pointer, detail: forPeople(detail) }));
      throw new AppError(error.code, error.message, { cause: error, errors });
    }
  };
}

/** The schema language's words for the commonest slips, as a person would say them. */
function forPeople(detail: string): string {
  return detail
    .replace(/^must NOT have fewer than 1 (characters|properties|items)$/, 'must be filled in')
    .replace(/^must NOT have fewer than (\d+) /, 'must have at least $1 ')
    .replace(/^must NOT have more than (\d+) /, 'must have at most $1 ')
    .replace(/^must be >= /, 'must be at least ')
    .replace(/^must be <= /, 'must be at most ');
}
