import type { Line, TextBlock } from './lay-out-text.js';
import { escapeXml } from './qr.js';

/** One drawn thing, as SVG and PDF both take it: a path with its paint. Text is outlines too, so no reader needs our fonts. */
export interface Shape {
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly opacity?: number;
}

/** The shapes as SVG elements, scaled by `scale` and moved to (x, y). */
export function svgShapes(shapes: readonly Shape[], x = 0, y = 0, scale = 1): string {
  const drawn = shapes
    .map(({ d, fill, stroke, strokeWidth, opacity }) => {
      const line = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${strokeWidth ?? 1}"`;
      return `<path d="${d}" fill="${fill ?? 'none'}"${line}${opacity === undefined ? '' : ` opacity="${opacity}"`}/>`;
    })
    .join('');
  return x === 0 && y === 0 && scale === 1
    ? drawn
    : `<g transform="translate(${x} ${y}) scale(${scale})">${drawn}</g>`;
}

/** A whole SVG with an accessible name; `body` is drawn as it stands. */
export function svgDocument(width: number, height: number, title: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>${escapeXml(title)}</title>${body}</svg>`;
}

/**
 * The lines of a block as one path of outlines.
 * @param x the anchor: left edge, middle or right edge as `align` says.
 * @param y the baseline of the first line.
 */
export function textPath(
  block: TextBlock,
  size: number,
  place: {
    readonly x: number;
    readonly y: number;
    readonly leading: number;
    readonly align: 'left' | 'middle' | 'right';
  },
  letterSpacing = 0,
): string {
  return block.lines
    .map((line, index) => {
      const width = line.width + letterSpacing * Math.max(0, line.text.length - 1);
      const shift = place.align === 'left' ? 0 : place.align === 'middle' ? width / 2 : width;
      return linePath(line, size, place.x - shift, place.y + index * place.leading, letterSpacing);
    })
    .join('');
}

function linePath(line: Line, size: number, x: number, y: number, letterSpacing: number): string {
  let d = '';
  let cursor = x;
  for (const { face, text } of line.runs) {
    const scale = size / face.font.unitsPerEm;
    const shaped = face.font.layout(text);
    shaped.glyphs.forEach((glyph, index) => {
      const position = shaped.positions[index]!;
      const left = cursor + position.xOffset * scale;
      const base = y - position.yOffset * scale;
      for (const { command, args } of glyph.path.commands) {
        const points = args.map((value, at) =>
          round(at % 2 === 0 ? left + value * scale : base - value * scale),
        );
        d += `${letters[command]}${points.join(' ')}`;
      }
      cursor += position.xAdvance * scale + letterSpacing;
    });
  }
  return d;
}

const letters = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const;

/** Two decimals: finer than any screen shows, and half the bytes. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
