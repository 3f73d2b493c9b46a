import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** The typefaces that carry text; scripts they lack come from the fallbacks of the same weight. */
export type Family = 'sans' | 'serif';
export type Weight = 400 | 600;

/** A loaded font and the name under which it is cached and registered. */
export interface Face {
  readonly name: string;
  readonly font: Font;
}

const resolve = createRequire(import.meta.url).resolve;
const styleNames = { 400: '400Regular', 600: '600SemiBold' } as const;
/** Noto Sans holds Latin, Greek, Cyrillic and Devanagari. */
const fallbacks = [
  ['noto-sans', 'NotoSans'],
  ['noto-sans-arabic', 'NotoSansArabic'],
  ['noto-sans-hebrew', 'NotoSansHebrew'],
] as const;

const loaded = new Map<string, Face>();

/**
 * The fonts to try for a text, best first: Noto (SIL Open Font License), from npm packages, read on first use.
 * Nothing is ever taken from the machine's own fonts, so pictures and PDFs come out the same everywhere.
 */
export function facesFor(family: Family, weight: Weight): readonly (() => Face)[] {
  const own = family === 'serif' ? ([['noto-serif', 'NotoSerif']] as const) : [];
  return [...own, ...fallbacks].map(
    ([packageName, fileName]) =>
      () =>
        load(packageName, fileName, weight),
  );
}

function load(packageName: string, fileName: string, weight: Weight): Face {
  const name = `${fileName}-${weight}`;
  let face = loaded.get(name);
  if (face === undefined) {
    const style = styleNames[weight];
    const file = resolve(`@expo-google-fonts/${packageName}/${style}/${fileName}_${style}.ttf`);
    const font = create(readFileSync(file));
    if (!('layout' in font)) throw new Error(`${file} is a collection, not one font`);
    face = { name, font };
    loaded.set(name, face);
  }
  return face;
}
