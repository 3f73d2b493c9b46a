import type { CarriedText } from './carried-text.js';
import { isPdf, readPdf } from './read-pdf.js';
import { isPng, readPng } from './read-png.js';
import { isSvg, readSvg } from './read-svg.js';

export type Container = 'text' | 'png' | 'svg' | 'pdf';

export interface ReadInput {
  readonly container: Container;
  readonly carried: CarriedText;
}

/** Which kind of file these bytes are, by what they begin with: a name or media type proves nothing. */
export function containerOf(bytes: Uint8Array): Container {
  if (isPng(bytes)) return 'png';
  if (isPdf(bytes)) return 'pdf';
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 20_000)).toString(
    'utf8',
  );
  return isSvg(start) ? 'svg' : 'text';
}

/** Takes the credential's text out of the file it came in. */
export function readInput(bytes: Uint8Array): ReadInput {
  const container = containerOf(bytes);
  switch (container) {
    case 'png':
      return { container, carried: readPng(bytes) };
    case 'pdf':
      return { container, carried: readPdf(bytes) };
    case 'svg':
      return { container, carried: inUtf8(bytes, readSvg) };
    case 'text':
      return { container, carried: inUtf8(bytes, (text) => ({ ok: true, text })) };
  }
}

function inUtf8(bytes: Uint8Array, read: (text: string) => CarriedText): CarriedText {
  try {
    return read(new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim());
  } catch {
    return { ok: false, kind: 'none', reason: 'This is neither text in UTF-8 nor a PNG, SVG or PDF file.' };
  }
}
