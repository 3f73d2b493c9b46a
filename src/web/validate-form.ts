import { compileValidator, type Validator } from '../kernel/index.js';
import { requestSchema } from './api/request-schema.js';

/** The API's own check of a body, for what a form was turned into: one rule for both. */
export function formValidator<T>(schema: string): Validator<T> {
  return compileValidator<T>(requestSchema(schema), 'form');
}
