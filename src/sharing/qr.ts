import { deflateSync } from 'node:zlib';
import { create } from 'qrcode';
import { AppError } from '../kernel/index.js';
import { chunk, png } from './bake-png.js';

/** Modules of white that a reader needs on each side (ISO/IEC 18004, section 5.3.8). */
const quietZone = 4;

/** A QR symbol: its side in modules and the dark ones as a path in units of one module, without the quiet zone. */
export interface QrPath {
  readonly size: number;
  readonly d: string;
}

/**
 * The QR symbol of `url` as a path, for the PDF and the SVG. Error correction level Q: a quarter may be blotted.
 * @throws AppError `invalid-request` when the text is empty or too long for any symbol.
 */
export function qrPath(url: string): QrPath {
  const { size, dark } = symbol(url);
  let d = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue;
      const from = x;
      while (x + 1 < size && dark(x + 1, y)) x += 1;
      d += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  }
  return { size, d };
}

/** The QR symbol of `url` as an SVG, level Q, quiet zone of four modules, black on white. Errors as `qrPath`. */
export function qrSvg(url: string): string {
  const { size, d } = qrPath(url);
  const side = size + 2 * quietZone;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-${quietZone} -${quietZone} ${side} ${side}" width="${side * 6}" height="${side * 6}" shape-rendering="crispEdges" role="img">` +
    `<title>QR code: ${escapeXml(url)}</title><path fill="#fff" d="M-${quietZone}-${quietZone}h${side}v${side}h-${side}z"/><path d="${d}"/></svg>`
  );
}

/**
 * The QR symbol of `url` as a PNG of one bit a pixel, level Q, quiet zone of four modules. Errors as `qrPath`.
 * @param scale pixels a module, 1 to 40.
 */
export function qrPng(url: string, scale = 8): Uint8Array {
  if (!Number.isInteger(scale) || scale < 1 || scale > 40) {
    throw new AppError('invalid-request', 'The scale of a QR image must be a whole number from 1 to 40.');
  }
  const { size, dark } = symbol(url);
  const side = (size + 2 * quietZone) * scale;
  const stride = 1 + Math.ceil(side / 8);
  const pixels = Buffer.alloc(stride * side, 0xff);
  for (let row = 0; row < side; row += 1) pixels[row * stride] = 0;
  for (let y = 0; y < size; y += 1) {
    const first = (y + quietZone) * scale * stride;
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue;
      for (let column = (x + quietZone) * scale; column < (x + quietZone + 1) * scale; column += 1) {
        pixels[first + 1 + (column >> 3)]! &= ~(0x80 >> (column & 7));
      }
    }
    for (let copy = 1; copy < scale; copy += 1)
      pixels.copy(pixels, first + copy * stride, first, first + stride);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  return png(chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)));
}

function symbol(url: string): { readonly size: number; readonly dark: (x: number, y: number) => boolean } {
  try {
    const { modules } = create(url, { errorCorrectionLevel: 'Q' });
    return { size: modules.size, dark: (x, y) => modules.data[y * modules.size + x] === 1 };
  } catch (cause) {
    throw new AppError(
      'invalid-request',
      `No QR code can be made of this text of ${url.length} characters: it must hold 1 to about 1600.`,
      { cause },
    );
  }
}

/** `text` safe in XML content and in double-quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
