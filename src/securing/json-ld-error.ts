import { AppError } from '../kernel/index.js';
import { isJsonObject } from './json-object.js';

/**
 * An error of the JSON-LD or credential libraries in words for the caller: which term safe mode stopped at, or
 * which context is not known.
 */
export function explainJsonLdError(error: unknown, what: string): AppError {
  for (let cause: unknown = error, depth = 0; isObject(cause) && depth < 8; depth += 1) {
    if (cause instanceof AppError) return cause;
    const event = safeModeFinding(cause);
    if (event !== undefined) return new AppError('rule-violated', `${what}: ${event}`, { cause: error });
    cause = cause['cause'] ?? (isObject(cause['details']) ? cause['details']['cause'] : undefined);
  }
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('rule-violated', `${what}: ${message}`, { cause: error });
}

/** What an event of safe mode says (jsonld.js, `safe` option). */
function safeModeFinding(error: { readonly [member: string]: unknown }): string | undefined {
  const details = error['details'];
  const event = isObject(details) ? details['event'] : undefined;
  if (!isObject(event)) return undefined;
  const seen = isJsonObject(event['details']) ? event['details'] : {};
  const first = (...names: string[]): string =>
    JSON.stringify(names.map((name) => seen[name]).find((value) => value !== undefined));
  switch (event['code']) {
    case 'invalid property':
      return `the term ${first('property', 'expandedProperty')} is not defined by its contexts, so it would not be signed. Correct its spelling or leave it out.`;
    case 'relative @type reference':
      return `the type ${first('type')} is not defined by its contexts. Correct its spelling or leave it out.`;
    case 'relative @id reference':
      return `the id ${first('id')} is relative. Use an absolute URL or a URN.`;
    default:
      return `${String(event['message'] ?? event['code'])} ${JSON.stringify(seen).slice(0, 300)}`;
  }
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
