import { inflateSync } from 'node:zlib';

/**
 * What was found in a file that may carry a credential: its text (JSON or a compact JWS), or why there is none.
 * `none` and `ambiguous` say that the file holds no one credential; `unreadable` that we could not look.
 */
export type CarriedText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly kind: 'none' | 'ambiguous' | 'unreadable' | 'older-version' | 'too-large';
      readonly reason: string;
    };

/** The most that all compressed parts of one file may inflate to, together. */
export const inflatedLimit = 2 * 1024 * 1024;

/** What a byte of deflate can become at most (RFC 1951: 258 bytes for two bits). */
const mostRatio = 1032;

/**
 * Inflates the parts of one file, up to `inflatedLimit` bytes in all: many parts of an allowed size are a bomb too.
 * Gives `too-large` once the limit is passed, undefined for what is not zlib.
 */
export function inflaterOf(): (data: Uint8Array) => Buffer | 'too-large' | undefined {
  let left = inflatedLimit;
  return (data) => {
    if (left <= 0) return 'too-large';
    try {
      const inflated = inflateSync(data, { maxOutputLength: left });
      left -= inflated.length;
      return inflated;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
      // How much came out before it broke is not told; it is counted as the most that it can have been.
      left -= data.byteLength * mostRatio;
      return undefined;
    }
  };
}

/** The one text in `texts`; several different ones are refused, because readers would disagree on which counts. */
export function theOnly(texts: readonly string[], what: string): CarriedText {
  const different = [...new Set(texts.map((text) => text.trim()))];
  const [only, second] = different;
  if (only === undefined) return { ok: false, kind: 'none', reason: `The ${what} carries no credential.` };
  if (second !== undefined)
    return { ok: false, kind: 'ambiguous', reason: `The ${what} carries more than one credential.` };
  return { ok: true, text: only };
}
