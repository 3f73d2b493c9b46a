import { fitText, layOutText } from './lay-out-text.js';
import { artBytes, paletteFor, type Palette } from './palette.js';
import { round, textPath, type Shape } from './shapes.js';

/** What a generated badge shows. The same input always gives the same picture. */
export interface BadgeArt {
  readonly title: string;
  readonly issuerName: string;
  /** `#rrggbb`, the district's own; otherwise one of eight palettes by the seed. */
  readonly colour?: string;
  /** What colour and rosette follow; the title and issuer unless given, so that versions of an achievement can stay alike. */
  readonly seed?: string;
}

/** The side of the square in which `badgeShapes` draws. */
export const badgeSide = 600;

const middle = badgeSide / 2;

/** The palette in which this badge is drawn. Errors as `paletteFor`. */
export function badgePalette(art: BadgeArt): Palette {
  return paletteFor(seedOf(art), art.colour);
}

/**
 * The medallion: a hexagon with a rosette of its own, an open book, the title and the issuer's name, all as paths.
 * @throws AppError `rule-violated` naming a character that no font here has; `invalid-request` for a bad colour.
 */
export function badgeShapes(art: BadgeArt): readonly Shape[] {
  const { base, deep, accent, tint } = badgePalette(art);
  const style = { family: 'serif', weight: 600 } as const;
  const large = fitText('title', art.title, style, [52, 48, 44, 40, 36], 384, 3);
  const title =
    large.lines.length <= 3 ? large : fitText('title', art.title, style, [36, 32, 28, 25, 22, 19], 384, 5);
  const leading = title.size * 1.2;
  const top = 291 - ((title.lines.length - 1) * leading) / 2;
  const issuer = fitText(
    'issuer name',
    art.issuerName,
    { family: 'sans', weight: 600 },
    [18, 16, 14, 12],
    250,
    2,
  );
  const ruleAt = Math.max(400, top + (title.lines.length - 0.5) * leading + 16);
  return [
    { d: hexagon(292), fill: deep },
    { d: hexagon(281), fill: base },
    { d: rosette(artBytes(seedOf(art))), stroke: '#ffffff', strokeWidth: 1.1, opacity: 0.13 },
    { d: hexagon(264), stroke: accent, strokeWidth: 3.2 },
    { d: hexagon(255), stroke: accent, strokeWidth: 0.9, opacity: 0.75 },
    { d: book(middle, 134), stroke: accent, strokeWidth: 5 },
    {
      d: textPath(title, title.size, { x: middle, y: top + title.size * 0.34, leading, align: 'middle' }),
      fill: '#ffffff',
    },
    { d: `M${middle - 44} ${round(ruleAt)}h88`, stroke: accent, strokeWidth: 2.4 },
    {
      d: textPath(issuer, issuer.size, {
        x: middle,
        y: ruleAt + 34,
        leading: issuer.size * 1.35,
        align: 'middle',
      }),
      fill: tint,
    },
  ];
}

/** The name that stands for the picture where it cannot be seen. */
export function badgeName(art: BadgeArt): string {
  return `Badge: ${art.title}, ${art.issuerName}`;
}

/** Refuses text that could not be drawn, as `layOutText` does; for checking a title before it is published. */
export function assertPrintable(what: string, text: string): void {
  layOutText(what, text, { family: 'serif', weight: 600, size: 12 });
}

function seedOf(art: BadgeArt): string {
  return art.seed ?? `${art.title}\n${art.issuerName}`;
}

/** A hexagon standing on a point, its corners rounded. */
function hexagon(radius: number): string {
  const corners = Array.from({ length: 6 }, (_, index) => {
    const angle = Math.PI / 6 + (index * Math.PI) / 3;
    return [middle + radius * Math.cos(angle), middle + radius * Math.sin(angle)] as const;
  });
  const soft = 0.13;
  return `${corners
    .map(([x, y], index) => {
      const [fromX, fromY] = corners[(index + 5) % 6]!;
      const [toX, toY] = corners[(index + 1) % 6]!;
      const enter = `${round(x + (fromX - x) * soft)} ${round(y + (fromY - y) * soft)}`;
      const leave = `${round(x + (toX - x) * soft)} ${round(y + (toY - y) * soft)}`;
      return `${index === 0 ? 'M' : 'L'}${enter}Q${round(x)} ${round(y)} ${leave}`;
    })
    .join('')}Z`;
}

/** A guilloche as on banknotes: interlaced waves round the middle, their number and depth from the seed. */
function rosette(bytes: Uint8Array): string {
  const petals = 7 + (bytes[1]! % 6);
  const rings = 5 + (bytes[2]! % 3);
  const depth = 0.16 + (bytes[3]! % 8) / 60;
  let d = '';
  for (let ring = 0; ring < rings; ring += 1) {
    const steps = petals * 14;
    const phase = (ring / rings) * 2 * Math.PI;
    for (let step = 0; step <= steps; step += 1) {
      const angle = (step / steps) * 2 * Math.PI;
      const radius = 182 * (1 - depth + depth * Math.cos(petals * angle + phase));
      const x = middle + radius * Math.cos(angle);
      const y = middle + radius * Math.sin(angle);
      d += `${step === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    }
  }
  return d;
}

/** An open book, in outline. */
function book(x: number, y: number): string {
  return (
    `M${x} ${y - 14}C${x - 14} ${y - 27} ${x - 36} ${y - 27} ${x - 52} ${y - 20}V${y + 30}C${x - 36} ${y + 23} ${x - 14} ${y + 23} ${x} ${y + 36}` +
    `C${x + 14} ${y + 23} ${x + 36} ${y + 23} ${x + 52} ${y + 30}V${y - 20}C${x + 36} ${y - 27} ${x + 14} ${y - 27} ${x} ${y - 14}V${y + 36}`
  );
}
