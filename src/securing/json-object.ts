/** A JSON object that nobody has judged yet: a credential, a proof, a controller document. */
export type JsonObject = { readonly [member: string]: unknown };

/** Whether `value` is a JSON object (no array, no null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
