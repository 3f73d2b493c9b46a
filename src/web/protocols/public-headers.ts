import { etagOf } from '../respond.js';

/**
 * Headers of what anybody may read: verifiers in browsers read across origins, caches keep it `seconds`, search
 * engines do not list it. The ETag is of the exact bytes.
 */
export function publicHeaders(
  body: string | Uint8Array,
  seconds: number | 'for-ever',
): { readonly [name: string]: string } {
  const age = seconds === 'for-ever' ? 'max-age=31536000, immutable' : `max-age=${seconds}`;
  return {
    'Cache-Control': `public, ${age}`,
    ETag: etagOf(body),
    'Access-Control-Allow-Origin': '*',
    'X-Robots-Tag': 'noindex',
  };
}
