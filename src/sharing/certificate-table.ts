import type PDFDocument from 'pdfkit';
import type { Certificate, CertificateWords } from './certificate.js';
import type { Palette } from './palette.js';
import type { Block, PdfPage } from './pdf-page.js';
import { round } from './shapes.js';

type Document = InstanceType<typeof PDFDocument>;
type StructureElement = ReturnType<Document['struct']>;

export const ink = '#26313a';
export const quiet = '#5a6670';
const hair = '#d5dadd';
export const sans = { family: 'sans', weight: 400 } as const;
export const strong = { family: 'sans', weight: 600 } as const;

/** The thin double frame of every page, an artifact. */
export function drawFrame(page: PdfPage, { base, accent }: Palette): void {
  const frame = (inset: number): string =>
    `M${inset} ${inset}h${page.width - 2 * inset}v${page.height - 2 * inset}h-${page.width - 2 * inset}z`;
  page.artifact([
    { d: frame(24), stroke: base, strokeWidth: 1.6 },
    { d: frame(29), stroke: accent, strokeWidth: 0.6 },
  ]);
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly bottom: number;
}

export type Results = Certificate['criteriaResults'];

/** The table of criteria and levels, as far as the area holds it; gives the rows that are left. */
export function drawResults(
  doc: Document,
  page: PdfPage,
  root: StructureElement,
  { criteriaResults }: { readonly criteriaResults: Results },
  words: CertificateWords,
  { base }: Palette,
  area: Area,
): Results {
  if (criteriaResults.length === 0) return [];
  const levelWidth = 128;
  const width = area.width - levelWidth - 16;
  const rowsAt = (size: number): { criterion: Block; level: Block; height: number }[] =>
    criteriaResults.map(({ criterion, level }) => {
      const shown = page.lay('criterion', criterion, { ...sans, size }, width);
      const shownLevel = page.lay('level', level, { ...strong, size }, levelWidth);
      const lines = Math.max(shown.lines.length, shownLevel.lines.length);
      return { criterion: shown, level: shownLevel, height: lines * size * 1.36 + size * 0.62 };
    });
  const headHeight = 17;
  const room = area.bottom - area.y - headHeight;
  const fitting = [11, 10.5, 10, 9.5, 9, 8.5, 8].map(rowsAt);
  const rows =
    fitting.find((candidate) => candidate.reduce((sum, { height }) => sum + height, 0) <= room) ??
    fitting.at(-1)!;

  const table = doc.struct('Table');
  root.add(table);
  const cells = (
    tag: string,
    pair: readonly [Block, Block],
    y: number,
    fill: readonly [string, string],
  ): void => {
    const row = doc.struct('TR');
    table.add(row);
    page.text(row, tag, pair[0], { x: area.x, y, width, fill: fill[0] });
    page.text(row, tag, pair[1], {
      x: area.x + width + 16,
      y,
      width: levelWidth,
      fill: fill[1],
      align: 'end',
    });
    row.end();
  };
  const line = (y: number, stroke: string, strokeWidth: number): void => {
    page.artifact([
      { d: `M${round(page.left(area.x, area.width))} ${round(y)}h${area.width}`, stroke, strokeWidth },
    ]);
  };
  const head = { ...sans, size: 8.5 };
  cells(
    'TH',
    [page.lay('words', words.criterion, head, width), page.lay('words', words.level, head, levelWidth)],
    area.y,
    [quiet, quiet],
  );
  let y = area.y + headHeight - 3;
  line(y, base, 0.9);
  let drawn = 0;
  for (const { criterion, level, height } of rows) {
    if (drawn > 0 && y + height > area.bottom) break;
    cells('TD', [criterion, level], y + criterion.size * 0.31, [ink, base]);
    y += height;
    line(y, hair, 0.6);
    drawn += 1;
  }
  table.end();
  return criteriaResults.slice(drawn);
}
