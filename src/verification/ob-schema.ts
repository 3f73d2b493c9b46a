import { packageFile } from '../kernel/index.js';
import type { JsonObject } from '../securing/index.js';

/** 1EdTech's addresses of its AchievementCredential schema, in its two forms. They are answered here and never fetched. */
export const canonicalObSchemas = [
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_achievementcredential_schema.json',
] as const;

let schema: JsonObject | undefined;

/** Our schema of the Open Badges 3.0 AchievementCredential (`schemas/ob/`), in the strict shape. */
export function obSchema(): JsonObject {
  schema ??= JSON.parse(packageFile('schemas/ob/achievement-credential.json')) as JsonObject;
  return schema;
}

/** Whether this address is answered by `obSchema`. */
export function isOurObSchema(url: string): boolean {
  return (canonicalObSchemas as readonly string[]).includes(url);
}

/** The schema at one of 1EdTech's canonical addresses, which is ours; undefined for every other address. */
export function obSchemaFor(url: string): JsonObject | undefined {
  return isOurObSchema(url) ? obSchema() : undefined;
}
