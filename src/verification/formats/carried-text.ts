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

/** The most that one compressed part of a file may inflate to. */
export const inflatedLimit = 2 * 1024 * 1024;

/** The one text in `texts`; several different ones are refused, because readers would disagree on which counts. */
export function theOnly(texts: readonly string[], what: string): CarriedText {
  const different = [...new Set(texts.map((text) => text.trim()))];
  const [only, second] = different;
  if (only === undefined) return { ok: false, kind: 'none', reason: `The ${what} carries no credential.` };
  if (second !== undefined)
    return { ok: false, kind: 'ambiguous', reason: `The ${what} carries more than one credential.` };
  return { ok: true, text: only };
}
