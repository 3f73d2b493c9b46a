import type PDFDocument from 'pdfkit';
import { fitText, layOutText, type TextBlock, type TextStyle } from './lay-out-text.js';
import type { Shape } from './shapes.js';

type Document = InstanceType<typeof PDFDocument>;
type StructureElement = ReturnType<Document['struct']>;

/** Where text goes. With `mirrored` pages `x` is counted from the right edge. */
export interface TextPlace {
  readonly x: number;
  /** The top of the first line. */
  readonly y: number;
  readonly width: number;
  readonly fill: string;
  /** `start` is left on pages written from the left. */
  readonly align?: 'start' | 'middle' | 'end';
  readonly leading?: number;
  readonly letterSpacing?: number;
}

export type Block = TextBlock & { readonly size: number };

/** A page of a tagged PDF, drawn in reading order: each piece is an element of the structure tree or an artifact. */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** The left edge of what stands at `x`, counted from the page's own side. */
  left(x: number, width: number): number;
  /** Lays text out at the first of `sizes` at which it takes no more than `maxLines`. */
  fit(
    what: string,
    text: string,
    style: Omit<TextStyle, 'size'>,
    sizes: readonly number[],
    width: number,
    maxLines: number,
  ): Block;
  /** Lays text out at one size. */
  lay(what: string, text: string, style: TextStyle, width: number): Block;
  /** Draws a block as a structure element and gives the y below it. */
  text(parent: StructureElement, tag: string, block: Block, place: TextPlace): number;
  /** Draws shapes as a figure with alternative text, in a square of `side` of their own units. */
  figure(
    parent: StructureElement,
    alt: string,
    shapes: readonly Shape[],
    place: { x: number; y: number; size: number; side: number },
  ): void;
  /** Draws what carries no meaning: lines and frames. */
  artifact(shapes: readonly Shape[]): void;
}

/** The page tools over pdfkit for the current page. `mirrored`: laid out from the right edge. */
export function pdfPage(doc: Document, mirrored: boolean): PdfPage {
  const { width: pageWidth, height } = doc.page;
  const left = (x: number, width: number): number => (mirrored ? pageWidth - x - width : x);

  const paint = ({ d, fill, stroke, strokeWidth, opacity }: Shape): void => {
    doc.save();
    if (opacity !== undefined) doc.opacity(opacity);
    doc.path(d);
    if (stroke !== undefined) doc.lineWidth(strokeWidth ?? 1);
    if (fill !== undefined && stroke !== undefined) doc.fillAndStroke(fill, stroke);
    else if (fill !== undefined) doc.fill(fill);
    else if (stroke !== undefined) doc.stroke(stroke);
    doc.restore();
  };

  const drawBlock = (block: Block, place: TextPlace): void => {
    const leading = place.leading ?? block.size * 1.36;
    const spacing = place.letterSpacing ?? 0;
    const flip = place.align === 'end' ? !mirrored : mirrored;
    block.lines.forEach((line, index) => {
      const width = line.width + spacing * Math.max(0, line.text.length - 1);
      const slack = place.width - width;
      const shift = place.align === 'middle' ? slack / 2 : flip ? slack : 0;
      let x = left(place.x, place.width) + shift;
      const baseline = place.y + leading * index + block.size * 1.02;
      // The words in reading order: glyphs of shaped scripts do not give them back one by one.
      const shaped = /[^\p{Script=Latin}\p{Script=Common}]/u.test(line.text);
      const text = index + 1 < block.lines.length ? `${line.text} ` : line.text;
      if (shaped) doc.markContent('Span', { actual: text });
      for (const [at, run] of line.runs.entries()) {
        const last = !shaped && at + 1 === line.runs.length && text !== line.text;
        // The font object itself: pdfkit takes anything that can lay text out, and so parses no file again.
        // An explicit feature list makes pdfkit shape the run in one piece rather than word by word.
        doc.font(run.face.font as unknown as string, run.face.name, block.size).fillColor(place.fill);
        doc.text(last ? `${run.text} ` : run.text, x, baseline, {
          lineBreak: false,
          baseline: 'alphabetic',
          features: [],
          characterSpacing: spacing,
        } as PDFKit.Mixins.TextOptions);
        x += run.width + spacing * run.text.length;
      }
      if (shaped) doc.endMarkedContent();
    });
  };

  return {
    width: pageWidth,
    height,
    left,
    fit: fitText,
    lay: (what, text, style, width) => ({ ...layOutText(what, text, style, width), size: style.size }),
    text(parent, tag, block, place) {
      parent.add(doc.struct(tag, {}, () => drawBlock(block, place)));
      return place.y + block.lines.length * (place.leading ?? block.size * 1.36);
    },
    figure(parent, alt, shapes, { x, y, size, side }) {
      const at = left(x, size);
      parent.add(
        doc.struct(
          'Figure',
          { alt, bbox: [at, y, at + size, y + size] } as PDFKit.Mixins.StructureElementOptions,
          () => {
            doc
              .save()
              .translate(at, y)
              .scale(size / side);
            shapes.forEach(paint);
            doc.restore();
          },
        ),
      );
    },
    artifact(shapes) {
      doc.markContent('Artifact', { type: 'Layout' });
      shapes.forEach(paint);
      doc.endMarkedContent();
    },
  };
}
