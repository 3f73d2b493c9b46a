/**
 * What shows nothing and can change how the rest is read: controls, marks of writing direction and other format
 * characters (but the two joiners that some scripts need), surrogates without their half, and letters that look blank.
 */
const unseen =
  /[\p{Cc}\p{Cs}\p{Variation_Selector}\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]|\u034f|(?![\u200c\u200d])\p{Cf}/gu;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const marksOfQuotation = /["“”„‟«»‹›〝〞＂]/gu;

/** Text from elsewhere on one line, without what is not seen, cut to a length. */
export function plainText(text: string, limit: number): string {
  const shown = text
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(unseen, '')
    .trim();
  const letters = [...shown];
  return letters.length > limit ? `${letters.slice(0, limit).join('')}…` : shown;
}

/** Text from elsewhere within a sentence of ours: it turns no other word round (Unicode Standard Annex 9, FSI and PDI). */
export function inSentence(text: string, limit: number): string {
  const shown = plainText(text, limit);
  return rightToLeft.test(shown) ? isolated(shown) : shown;
}

/** More of a name than this is not read out. */
const nameLimit = 80;

/** A name that somebody gives himself: in quotation marks that it cannot end, and by itself whatever its script. */
export function quotedName(name: string): string {
  return `“${isolated(plainText(name, nameLimit).replace(marksOfQuotation, "'"))}”`;
}

function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
