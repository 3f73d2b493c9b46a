import { packageFile, type JsonSchema } from '../../kernel/index.js';

/** A request body's schema: `schemas/api/{name}.json`. */
export function requestSchema(name: string): JsonSchema {
  return JSON.parse(packageFile(`schemas/api/${name}.json`)) as JsonSchema;
}
