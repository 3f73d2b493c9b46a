import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonObject } from '../securing/index.js';

/** `fault`: the first thing at fault. `unusable`: the schema itself is not one that can be used. */
export type SchemaAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: 'fault' | 'unusable'; readonly reason: string };

const drafts: Readonly<Record<string, typeof Ajv>> = {
  'https://json-schema.org/draft/2020-12/schema': Ajv2020 as unknown as typeof Ajv,
  'https://json-schema.org/draft/2019-09/schema': Ajv2019 as unknown as typeof Ajv,
  'http://json-schema.org/draft-07/schema': Ajv,
};

// ajv-formats is CommonJS: its default export arrives wrapped or bare, by the loader.
const addFormats = ((formats as unknown as { default?: unknown }).default ?? formats) as (
  instance: Ajv,
) => void;

export type CompiledSchema = (document: JsonObject) => SchemaAnswer;

/** Compiles a schema of draft 2020-12, 2019-09 or 07, by its `$schema` (2019-09 without one); fetches nothing that it refers to. */
export function compileSchema(schema: JsonObject): CompiledSchema {
  if (says(schema, [asynchronous]))
    return () => ({ ok: false, kind: 'unusable', reason: `it uses ${asynchronous}, which no draft has` });
  const draft =
    typeof schema['$schema'] === 'string'
      ? schema['$schema'].replace(/#$/, '')
      : 'https://json-schema.org/draft/2019-09/schema';
  const Draft = Object.hasOwn(drafts, draft) ? drafts[draft] : undefined;
  if (Draft === undefined)
    return () => ({ ok: false, kind: 'unusable', reason: `its draft ${draft} is not known here` });
  // An instance for each schema: two schemas may carry the same `$id`.
  const ajv = new Draft({ strict: false, allErrors: false, logger: false });
  addFormats(ajv);
  try {
    const validate = ajv.compile(schema);
    return (document) => {
      const answer: unknown = validate(document);
      if (answer === true) return { ok: true };
      if (answer !== false) return { ok: false, kind: 'unusable', reason: 'it gives no answer at once' };
      const [error] = validate.errors ?? [];
      return {
        ok: false,
        kind: 'fault',
        reason: `${error?.instancePath === '' ? 'the credential' : error?.instancePath} ${error?.message ?? 'is at fault'}`,
      };
    };
  } catch (error) {
    return () => ({ ok: false, kind: 'unusable', reason: (error as Error).message.slice(0, 200) });
  }
}

/** A keyword of the library's own: it makes of the answer a promise, whose rejection nobody waits for. */
const asynchronous = '$async';
const patterned = ['pattern', 'patternProperties'];

/**
 * Whether a schema from elsewhere brings regular expressions. One of them can take years on a short text, so such
 * a schema is only used where its time is bounded.
 */
export function bringsPatterns(schema: unknown): boolean {
  return says(schema, patterned);
}

/** Whether one of the names stands anywhere in the schema. */
function says(schema: unknown, names: readonly string[]): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.entries(schema).some(([name, value]) => names.includes(name) || says(value, names));
}
