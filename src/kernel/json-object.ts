/** A JSON object that nobody has judged yet: a credential, a proof, a controller document. */
export type JsonObject = { readonly [member: string]: unknown };

/** Whether `value` is a JSON object (no array, no null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON object in a text, or in bytes that are its UTF-8; undefined when it is no JSON or no object, whatever else it
 * is. Limits on its size and depth are for whoever took it in to have kept.
 */
export function jsonObjectIn(source: string | Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(
      typeof source === 'string' ? source : Buffer.from(source).toString('utf8'),
    );
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
