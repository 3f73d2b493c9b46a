import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { AppError, type FieldError } from './errors.js';

/** A JSON Schema (draft 2020-12), as data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Checks a value and returns it typed; throws `invalid-request` naming every field and rule at fault. */
export type Validator<T> = (value: unknown) => T;

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  verbose: true,
  strictRequired: false,
  allowUnionTypes: true,
});
// ajv-formats is CommonJS: its default export arrives wrapped or bare, by the loader.
const addFormats = (formats as unknown as { default?: typeof formats }).default ?? formats;
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);

/** Compiles `schema` once; the validator reports every fault at a time with its JSON Pointer. */
export function compileValidator<T>(schema: JsonSchema, what = 'request body'): Validator<T> {
  const validate = ajv.compile(schema) as ValidateFunction<T>;
  return (value) => {
    if (validate(value)) return value;
    const errors = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
      .map(describe);
    const first = errors[0];
    throw new AppError(
      'invalid-request',
      first === undefined
        ? `The ${what} is not valid.`
        : `The ${what} is not valid: ${first.pointer || 'it'} ${first.detail}.`,
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
      return {
        pointer: `${error.instancePath}/${escape(String(params['missingProperty']))}`,
        detail: 'is required',
      };
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
      return {
        pointer: error.instancePath,
        detail: plainWords(error.keyword, params) ?? error.message ?? 'is not valid',
      };
  }
}

/** The schema language's words as a person would say them; undefined where its own will do. */
function plainWords(keyword: string, params: Record<string, unknown>): string | undefined {
  const limit = String(params['limit']);
  const counted = (thing: string) =>
    limit === '1' ? `1 ${thing}` : `${limit} ${thing.replace(/y$/, 'ie')}s`;
  switch (keyword) {
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return limit === '1' ? 'must be filled in' : `must have at least ${counted(measured[keyword])}`;
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return `must have at most ${counted(measured[keyword])}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'multipleOf':
      return `must be a multiple of ${String(params['multipleOf'])}`;
    case 'uniqueItems':
      return 'must not name one thing twice';
    case 'type':
      return `must be ${[params['type']]
        .flat()
        .map((type) => typeWords[String(type)] ?? String(type))
        .join(' or ')}`;
    case 'format':
      return `must be ${formatWords[String(params['format'])] ?? String(params['format'])}`;
    default:
      return undefined;
  }
}

const measured = {
  minLength: 'character',
  minItems: 'entry',
  minProperties: 'member',
  maxLength: 'character',
  maxItems: 'entry',
  maxProperties: 'member',
} as const;

const typeWords: { readonly [type: string]: string } = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formatWords: { readonly [format: string]: string } = {
  uri: 'a web address, such as https://example.org',
  email: 'an e-mail address, such as a.rivera@riverbend.example',
  'date-time': 'a moment, such as 2026-11-20T09:00:00Z',
  date: 'a day, such as 2026-11-20',
};

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
