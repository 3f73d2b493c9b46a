import canonicalize from 'canonicalize';

/** `value` in the JSON Canonicalization Scheme (RFC 8785). */
export function jcs(value: unknown): string {
  // canonicalize is CommonJS: its types name a default export that the bundle itself is.
  return (canonicalize as unknown as (value: unknown) => string)(value);
}
