import canonicalize from 'canonicalize';

// canonicalize is CommonJS whose declarations say `default`: at run time the import is the function itself.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/** The canonical text of a JSON value (JSON Canonicalization Scheme, RFC 8785). */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical text');
  return text;
}
