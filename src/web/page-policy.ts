import { assetAddress } from './assets.js';
import type { Reply } from './route.js';

/** What a page may load and do (Content Security Policy, level 3): nothing of elsewhere, and no script. */
export const pagePolicy: { readonly [directive: string]: readonly string[] } = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'media-src': ["'self'"],
  'font-src': ["'self'"],
  // PDFs of evidence, beside what is written of them.
  'frame-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * The reply with leave for the one script of the rating page, by its address, and for what it sends to this service.
 * Files of people are on the same host: `'self'` would let them be scripts, were a page ever to name one.
 */
export function withRatingScript(reply: Reply, publicUrl: string): Reply {
  if (reply.html === undefined) return reply;
  const policy = {
    ...pagePolicy,
    'script-src': [publicUrl + assetAddress('rating.js')],
    'connect-src': ["'self'"],
  };
  const text = Object.entries(policy).map(([directive, sources]) => `${directive} ${sources.join(' ')}`);
  return { ...reply, headers: { ...reply.headers, 'Content-Security-Policy': text.join('; ') } };
}
