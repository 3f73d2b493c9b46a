import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { packageFile, type FieldError, type JsonSchema } from '../kernel/index.js';

const ajv = new Ajv2019({ strict: false, allErrors: true, addUsedSchema: false });
// ajv-formats is CommonJS: its default export arrives wrapped or bare, by the loader.
const addFormats = (formats as unknown as { default?: typeof formats }).default ?? formats;
(addFormats as unknown as (instance: Ajv2019) => void)(ajv);

/** Compiled schemas by what they are of; bounded, for a version's schema is small and soon made again. */
const compiled = new Map<string, ValidateFunction>();
const mostCompiled = 500;

/** What a JSON Schema (draft 2019-09) finds in a document; compiled once for a `key`, each time without one. */
export function schemaFindings(
  schema: JsonSchema | (() => JsonSchema),
  key: string | undefined,
  document: unknown,
  which: string,
): readonly FieldError[] {
  const compile = () => ajv.compile(unnamed(typeof schema === 'function' ? schema() : schema));
  const validate = key === undefined ? compile() : remembered(key, compile);
  if (validate(document)) return [];
  return (validate.errors ?? []).map((error) => ({
    pointer: error.instancePath,
    detail: `${error.message ?? 'is not valid'} (${which})`,
  }));
}

/**
 * What our own writing of the Open Badges 3.0 data model, strict form, finds in an AchievementCredential. Of a list of
 * status entries, which it refuses, the first is judged: that there is a list is said by the lint rule `status-single`.
 */
export function openBadgesFindings(document: { readonly [member: string]: unknown }): readonly FieldError[] {
  const status = document['credentialStatus'];
  const judged =
    Array.isArray(status) && status.length === 2
      ? { ...document, credentialStatus: status[0] as unknown }
      : document;
  return schemaFindings(openBadgesSchema, 'Open Badges', judged, 'Open Badges 3.0');
}

/** The same of an EndorsementCredential. */
export function endorsementFindings(document: unknown): readonly FieldError[] {
  const schema = () => ({ ...openBadgesSchema(), ...only('EndorsementCredential') });
  return schemaFindings(schema, 'Endorsement', document, 'Open Badges 3.0');
}

function openBadgesSchema(): JsonSchema {
  return JSON.parse(packageFile('schemas/ob/achievement-credential.json')) as JsonSchema;
}

/** Overwrites the root of the schema by one of its definitions. */
function only(definition: string): JsonSchema {
  return { type: 'object', required: [], properties: {}, allOf: [{ $ref: `#/$defs/${definition}` }] };
}

function remembered(key: string, compile: () => ValidateFunction): ValidateFunction {
  let validate = compiled.get(key);
  if (validate === undefined) {
    if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value!);
    compiled.set(key, (validate = compile()));
  }
  return validate;
}

/** Without its `$id`, under which a compiler would keep it and refuse the same one a second time. */
function unnamed({ $id: _id, ...schema }: { readonly [key: string]: unknown }): object {
  return schema;
}
