import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { AppError, type FieldError } from './errors.js';

/** A JSON Schema (draft 2020-12), as data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Checks a value and returns it typed; throws `invalid-request` naming every field and rule at fault. */
export type Validator<T> = (value: unknown) => T;

const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, strictRequired: false, allowUnionTypes: true });
// ajv-formats is CommonJS: its default export arrives wrapped or bare, by the loader.
const addFormats = (formats as unknown as { default?: typeof formats }).default ?? formats;
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);

/** Compiles `schema` once; the validator reports every fault at a time with its JSON Pointer. */
export function compileValidator<T>(schema: JsonSchema, what = 'request body'): Validator<T> {
  const validate = ajv.compile(schema) as ValidateFunction<T>;
  return (value) => {
    if (validate(value)) return value;
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames').map(describe);
    const first = errors[0];
    throw new AppError(
      'invalid-request',
      first === undefined ? `The ${what} is not valid.` : `The ${what} is not valid: ${first.pointer || 'it'} ${first.detail}.`,
      { errors },
    );
  };
}

function describe(error: ErrorObject): FieldError {
  const { pointer, detail } = describeValue(error);
  // Of a name that is at fault, not of what is kept under it.
  return error.propertyName === undefined
    ? { pointer, detail }
    : { pointer, detail: `has a member "${error.propertyName}", whose name ${detail}` };
}

function describeValue(error: ErrorObject): FieldError {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return { pointer: `${error.instancePath}/${escape(String(params['missingProperty']))}`, detail: 'is required' };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        pointer: `${error.instancePath}/${escape(String(params['additionalProperty'] ?? params['unevaluatedProperty']))}`,
        detail: 'is not a member that is known here; check its spelling or leave it out',
      };
    case 'enum':
      return {
        pointer: error.instancePath,
        detail: `must be one of ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`,
      };
    case 'const':
      return { pointer: error.instancePath, detail: `must be ${JSON.stringify(params['allowedValue'])}` };
    case 'pattern':
      return {
        pointer: error.instancePath,
        detail: (error.parentSchema?.['description'] as string | undefined)
          ? `must match: ${String(error.parentSchema?.['description'])}`
          : `must match ${String(params['pattern'])}`,
      };
    default:
      return { pointer: error.instancePath, detail: error.message ?? 'is not valid' };
  }
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
