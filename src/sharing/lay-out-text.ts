import bidiFactory, { type Bidi } from 'bidi-js';
import LineBreaker from 'linebreak';
import { AppError } from '../kernel/index.js';
import { facesFor, type Face, type Family, type Weight } from './fonts.js';

export interface TextStyle {
  readonly family: Family;
  readonly weight: Weight;
  readonly size: number;
}

/** A stretch of one line in one font and one direction; `text` is what to hand to the font, controls removed. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  readonly width: number;
}

/** A line: its runs in the order in which they stand from left to right. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  /** The words in reading order. */
  readonly text: string;
}

export interface TextBlock {
  readonly lines: readonly Line[];
  /** The paragraph's own direction, by its first strong character. */
  readonly rtl: boolean;
}

// The package's types describe its ES module; Node loads its CommonJS form, whose default is the factory itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const ignorable = /\p{Default_Ignorable_Code_Point}/u;
const scripts = ['Latin', 'Greek', 'Cyrillic', 'Devanagari', 'Arabic', 'Hebrew'].map((name) => ({
  name,
  test: new RegExp(`\\p{Script=${name}}`, 'u'),
}));
const strongRtl = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * `text` broken into lines no wider than `maxWidth` (UAX 14), each split into runs by font and direction and put in
 * visual order (UAX 9). pdfkit does neither, and draws what a font lacks as a box or worse without a word.
 * @param what names the text in the error, e.g. `holder name`.
 * @throws AppError `rule-violated` naming the character that none of the fonts can draw.
 */
export function layOutText(what: string, text: string, style: TextStyle, maxWidth = Infinity): TextBlock {
  const normal = text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\t', ' ');
  const faces = assignFaces(what, normal, style);
  const { levels, paragraphs } = bidi.getEmbeddingLevels(normal);
  const lineOf = (start: number, end: number): Line =>
    composeLine(what, normal, start, end, faces, levels, style);
  const lines: Line[] = [];
  let start = 0;
  let best: { line: Line; next: number } | undefined;
  const take = (next: number, required: boolean): void => {
    const line = lineOf(start, next);
    if (line.width > maxWidth && best !== undefined) {
      lines.push(best.line);
      start = best.next;
      best = undefined;
      take(next, required);
      return;
    }
    if (line.width > maxWidth) {
      start = breakWord(normal, start, next, maxWidth, lineOf, lines);
      best = { line: lineOf(start, next), next };
    } else best = { line, next };
    if (required || next === normal.length) {
      lines.push(best.line);
      start = next;
      best = undefined;
    }
  };
  const breaker = new LineBreaker(normal);
  for (let opportunity = breaker.nextBreak(); opportunity !== null; opportunity = breaker.nextBreak()) {
    take(opportunity.position, opportunity.required);
  }
  return { lines, rtl: ((paragraphs[0]?.level ?? 0) & 1) === 1 };
}

/**
 * `layOutText` at the largest of `sizes` (given from large to small) at which it takes at most `maxLines`; at the smallest
 * it takes what it needs.
 */
export function fitText(
  what: string,
  text: string,
  style: Omit<TextStyle, 'size'>,
  sizes: readonly number[],
  maxWidth: number,
  maxLines: number,
): TextBlock & { readonly size: number } {
  let fitted: (TextBlock & { readonly size: number }) | undefined;
  for (const size of sizes) {
    fitted = { ...layOutText(what, text, { ...style, size }, maxWidth), size };
    if (fitted.lines.length <= maxLines) break;
  }
  if (fitted === undefined) throw new Error('fitText needs at least one size');
  return fitted;
}

/** A word wider than the line is broken between graphemes; gives where the rest begins. */
function breakWord(
  text: string,
  start: number,
  end: number,
  maxWidth: number,
  lineOf: (start: number, end: number) => Line,
  lines: Line[],
): number {
  let from = start;
  let fits: { line: Line; next: number } | undefined;
  for (const { index, segment } of graphemes.segment(text.slice(start, end))) {
    const next = start + index + segment.length;
    const line = lineOf(from, next);
    if (line.width > maxWidth && fits !== undefined) {
      lines.push(fits.line);
      from = fits.next;
      fits = { line: lineOf(from, next), next };
    } else fits = { line, next };
  }
  return from;
}

interface Assigned {
  readonly face: Face;
  /** A font shapes a run by its first script, so a run has one only. */
  readonly script: string | undefined;
}

/** For each UTF-16 unit the face that draws it. A grapheme is never split between fonts. */
function assignFaces(what: string, text: string, style: TextStyle): readonly Assigned[] {
  const candidates = facesFor(style.family, style.weight);
  const assigned: Assigned[] = [];
  let previous: Face | undefined;
  let script: string | undefined;
  for (const { segment } of graphemes.segment(text)) {
    const points = [...segment].filter((point) => !ignorable.test(point) && point !== '\n');
    const draws = (face: Face): boolean =>
      points.every((point) => face.font.hasGlyphForCodePoint(point.codePointAt(0)!));
    // Spaces and punctuation stay with the word before them, so that a script is shaped in one piece.
    const face: Face | undefined =
      previous !== undefined && /^[\p{Script=Common}\p{Script=Inherited}]*$/u.test(segment) && draws(previous)
        ? previous
        : candidates.map((candidate) => candidate()).find(draws);
    if (face === undefined)
      throw noGlyph(
        what,
        points,
        candidates.map((candidate) => candidate()),
      );
    script = scripts.find(({ test }) => test.test(segment))?.name ?? script;
    for (let unit = 0; unit < segment.length; unit += 1) assigned.push({ face, script });
    previous = face;
  }
  return assigned;
}

function noGlyph(what: string, points: readonly string[], faces: readonly Face[]): AppError {
  const point =
    points.find((each) => !faces.some((face) => face.font.hasGlyphForCodePoint(each.codePointAt(0)!))) ??
    points.join('');
  const code = [...point]
    .map((each) => `U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
  const shown = /\p{C}/u.test(point) ? code : `“${point}” (${code})`;
  return new AppError(
    'rule-violated',
    `The ${what} cannot be set in print: no font here has the character ${shown}. Fonts cover Latin, Greek, Cyrillic, Devanagari, Arabic and Hebrew; write it without that character.`,
  );
}

/** The runs of text[start, end) in visual order: rule L2 of UAX 9 on runs of one level. */
function composeLine(
  what: string,
  text: string,
  start: number,
  end: number,
  faces: readonly Assigned[],
  levels: Uint8Array,
  style: TextStyle,
): Line {
  const trimmed = start + text.slice(start, end).trimEnd().length;
  const runs: { run: Run; level: number }[] = [];
  for (let from = start; from < trimmed;) {
    let to = from + 1;
    while (to < trimmed && sameRun(faces[to]!, faces[from]!) && levels[to] === levels[from]) to += 1;
    const level = levels[from] ?? 0;
    runs.push({ level, run: measuredRun(what, text.slice(from, to), faces[from]!.face, level, style) });
    from = to;
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let from = 0; from < runs.length; from += 1) {
      if (runs[from]!.level < level) continue;
      let to = from;
      while (to < runs.length && runs[to]!.level >= level) to += 1;
      runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = to;
    }
  }
  const visual = runs.map(({ run }) => run);
  return {
    runs: visual,
    width: visual.reduce((sum, { width }) => sum + width, 0),
    text: text.slice(start, trimmed),
  };
}

function sameRun(one: Assigned, other: Assigned): boolean {
  return one.face === other.face && one.script === other.script;
}

function measuredRun(what: string, raw: string, face: Face, level: number, style: TextStyle): Run {
  let text = [...raw]
    .filter(
      (point) =>
        !ignorable.test(point) ||
        (/[\u200c\u200d]/.test(point) && face.font.hasGlyphForCodePoint(point.codePointAt(0)!)),
    )
    .filter((point) => point !== '\n')
    .map((point) => (level & 1 ? (bidi.getMirroredCharacter(point) ?? point) : point))
    .join('');
  // fontkit turns runs of a right-to-left script round by itself, but not those made of spaces and brackets alone.
  if (level & 1 && !strongRtl.test(text)) {
    text = Array.from(graphemes.segment(text), ({ segment }) => segment)
      .reverse()
      .join('');
  }
  const shaped = face.font.layout(text);
  if (shaped.glyphs.some((glyph) => glyph.id === 0)) throw noGlyph(what, [...text], [face]);
  return { face, text, width: (shaped.advanceWidth * style.size) / face.font.unitsPerEm };
}
