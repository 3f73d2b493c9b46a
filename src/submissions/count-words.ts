/** How many words a text has, by the word boundaries of Unicode (UAX 29) for its language, also where no spaces part them. */
export function countWords(text: string, language: string): number {
  let words = 0;
  for (const segment of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    if (segment.isWordLike === true) words += 1;
  }
  return words;
}
