import { Resvg } from '@resvg/resvg-js';
import { badgeName, badgePalette, badgeShapes, badgeSide, type BadgeArt } from './badge-art.js';
import { fitText, type TextBlock } from './lay-out-text.js';
import { svgDocument, svgShapes, textPath, type Shape } from './shapes.js';

/** The generated badge as an SVG of 600 by 600, text as outlines. Errors as `badgeShapes`. */
export function badgeImageSvg(art: BadgeArt): string {
  return svgDocument(badgeSide, badgeSide, badgeName(art), svgShapes(badgeShapes(art)));
}

/** The generated badge as a PNG with a transparent ground. Errors as `badgeShapes`. */
export function badgeImagePng(art: BadgeArt, width = badgeSide): Uint8Array {
  return rasterize(badgeImageSvg(art), width);
}

/** What the preview of a shared credential page shows. Leave out what the holder has not made public. */
export interface OpenGraphCard extends BadgeArt {
  readonly issuerDomain: string;
  readonly holderName?: string;
  /** Ready-made words in the page's language, e.g. `Awarded 20 November 2026`. */
  readonly note?: string;
}

const cardWidth = 1200;
const cardHeight = 627;

/** The 1200 x 627 picture that a link to a credential's page is shown with. Errors as `badgeShapes`. */
export function openGraphPng(card: OpenGraphCard): Uint8Array {
  const { base, deep, accent } = badgePalette(card);
  const width = 590;
  const title = fitText(
    'title',
    card.title,
    { family: 'serif', weight: 600 },
    [62, 54, 47, 41, 35, 30],
    width,
    4,
  );
  const sans = (what: string, text: string, sizes: readonly number[], weight: 400 | 600 = 400) => ({
    ...fitText(what, text, { family: 'sans', weight }, sizes, width, 1),
    weight,
  });
  const above =
    card.holderName === undefined ? undefined : sans('holder name', card.holderName, [36, 30, 25, 20], 600);
  const issuer = sans('issuer name', card.issuerName, [30, 26, 22, 18], 600);
  const below = [sans('issuer domain', card.issuerDomain, [25, 21, 17])];
  if (card.note !== undefined) below.push(sans('note', card.note, [25, 21, 17]));
  const x = title.rtl ? 1118 : 528;
  const align = title.rtl ? 'right' : 'left';
  const shapes: Shape[] = [
    { d: `M0 0h${cardWidth}v${cardHeight}h-${cardWidth}z`, fill: '#fbfaf7' },
    { d: `M0 0h${cardWidth}v14h-${cardWidth}z`, fill: base },
    { d: `M0 14h${cardWidth}v4h-${cardWidth}z`, fill: accent },
  ];
  const leading = title.size * 1.18;
  const blockHeight =
    (above === undefined ? 0 : above.size + 26) +
    title.lines.length * leading +
    42 +
    issuer.size +
    below.length * 38;
  let y = (cardHeight + 18 - blockHeight) / 2;
  const put = (
    block: TextBlock & { size: number },
    fill: string,
    after: number,
    lineHeight = block.size * 1.2,
  ): void => {
    shapes.push({
      d: textPath(block, block.size, { x, y: y + block.size * 0.8, leading: lineHeight, align }),
      fill,
    });
    y += (block.lines.length - 1) * lineHeight + block.size + after;
  };
  if (above !== undefined) put(above, '#44505a', 26);
  put(title, deep, 26, leading);
  shapes.push({ d: `M${title.rtl ? x - 88 : x} ${y}h88`, stroke: accent, strokeWidth: 4 });
  y += 26;
  put(issuer, '#26313a', 16);
  for (const line of below) put(line, '#55616b', 14);
  const body = svgShapes(shapes) + svgShapes(badgeShapes(card), 62, 114, 412 / badgeSide);
  return rasterize(svgDocument(cardWidth, cardHeight, badgeName(card), body), cardWidth);
}

/** Our own SVG as a PNG. No fonts of the machine are read: all text in it is outlines. */
function rasterize(svg: string, width: number): Uint8Array {
  return new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}
