import { createHash } from 'node:crypto';
import { AppError } from '../kernel/index.js';

/** The colours of one badge: white text stands on `base` and `deep` at 7:1 or better (WCAG 2.2, 1.4.6). */
export interface Palette {
  readonly base: string;
  readonly deep: string;
  readonly accent: string;
  readonly tint: string;
}

const palettes: readonly Palette[] = [
  { base: '#173f66', deep: '#0d2743', accent: '#dcab52', tint: '#dbe6f1' },
  { base: '#1a5539', deep: '#0e3623', accent: '#e0b75e', tint: '#dcebe2' },
  { base: '#642143', deep: '#43122b', accent: '#e3b06c', tint: '#f3e0e8' },
  { base: '#12505c', deep: '#0a343d', accent: '#edae7a', tint: '#d9ebee' },
  { base: '#43367a', deep: '#2b2153', accent: '#e2b96f', tint: '#e6e2f3' },
  { base: '#74321f', deep: '#4f1f11', accent: '#ecc485', tint: '#f5e4dd' },
  { base: '#35444d', deep: '#212c33', accent: '#d9b98a', tint: '#e3e8ea' },
  { base: '#22448c', deep: '#142c61', accent: '#efbd5b', tint: '#dee5f4' },
];

/** Bytes that stay the same for the same seed: what the colours and the rosette of a badge follow. */
export function artBytes(seed: string): Uint8Array {
  return createHash('sha256').update(seed, 'utf8').digest();
}

/**
 * The palette of a badge: one of eight by the seed, or one made from the district's own colour, darkened until white
 * text reads on it.
 * @param colour `#rrggbb`.
 * @throws AppError `invalid-request` for a colour in another form.
 */
export function paletteFor(seed: string, colour?: string): Palette {
  if (colour === undefined) return palettes[artBytes(seed)[0]! % palettes.length]!;
  if (!/^#[0-9a-fA-F]{6}$/.test(colour)) {
    throw new AppError(
      'invalid-request',
      'The colour of a badge must be written #rrggbb, for example #173f66.',
    );
  }
  let base = channels(colour);
  while (1.05 / (luminance(base) + 0.05) < 7) base = mix(base, [0, 0, 0], 0.06);
  return {
    base: hex(base),
    deep: hex(mix(base, [0, 0, 0], 0.36)),
    accent: '#e0b75e',
    tint: hex(mix(base, [255, 255, 255], 0.86)),
  };
}

type Rgb = readonly [number, number, number];

function channels(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((value, index) => value + (to[index]! - value) * share) as unknown as Rgb;
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
