import { describe, expect, it } from '@jest/globals';
import { layOutText } from '../../../src/sharing/lay-out-text.js';

const style = { family: 'sans', weight: 400, size: 10 } as const;
const runs = (text: string) =>
  layOutText('text', text, style).lines[0]!.runs.map((run) => [run.face.name, run.text]);

describe('text in runs', () => {
  it('shapes each script for itself, by a font that has it, with the punctuation that follows it', () => {
    expect(runs('Grade 5 – गणित, год عدد')).toEqual([
      ['NotoSans-400', 'Grade 5 – '],
      ['NotoSans-400', 'गणित, '],
      ['NotoSans-400', 'год '],
      ['NotoSansArabic-400', 'عدد'],
    ]);
  });

  it('orders right-to-left words and the numbers and Latin words among them', () => {
    const block = layOutText('text', 'مستوى 2 (Riverbend) نعم', style);
    expect(block.rtl).toBe(true);
    // From the left edge; brackets are mirrored, so that they still enclose the Latin word.
    expect(block.lines[0]!.runs.map((run) => run.text)).toEqual([
      'نعم',
      ' (',
      'Riverbend',
      ') ',
      '2',
      'مستوى ',
    ]);
  });

  it('breaks lines where UAX 14 allows, keeps asked-for breaks, and splits a word that is too long', () => {
    const lines = (text: string, width: number) =>
      layOutText('text', text, style, width).lines.map((line) => line.text);
    expect(lines('one two-three four', 50)).toEqual(['one two-', 'three four']);
    expect(lines('one\ntwo', 500)).toEqual(['one', 'two']);
    const parts = lines('Donaudampfschifffahrtsgesellschaft', 60);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join('')).toBe('Donaudampfschifffahrtsgesellschaft');
    for (const { width } of layOutText('text', 'a bb Donaudampfschifffahrt cc', style, 60).lines) {
      expect(width).toBeLessThanOrEqual(60);
    }
  });

  it('lays out samples of every covered script without a missing glyph', () => {
    const samples = [
      'Ærøskøbing ŠŽ ŵ ẞ Việt',
      'Ελληνικά',
      'Українська Ђ',
      'क्षेत्र श्री ज्ञान र्मि',
      'العَرَبِيَّة پچگ ۱۲۳',
      'שָׁלוֹם',
      '“®™” — … ’ € §',
    ];
    for (const sample of samples)
      expect(layOutText('text', sample, style).lines[0]!.width).toBeGreaterThan(0);
  });

  it.each([
    ['😀', 'U+1F600'],
    ['漢', 'U+6F22'],
    ['\u0007', 'U+0007'],
  ])('names the character that no font has: %s', (character, code) => {
    expect(() => layOutText('holder name', `Ana ${character}`, style)).toThrow(
      expect.objectContaining({
        code: 'rule-violated',
        message: expect.stringMatching(new RegExp(`holder name.*${code.replace('+', '\\+')}`)),
      }),
    );
  });
});
