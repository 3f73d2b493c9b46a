import { crc32, deflateSync } from 'node:zlib';

/** Builders of image and PDF files that carry a credential, or are meant to mislead a reader; no code under test in them. */
export const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

export function pngChunk(kind: string, data: Uint8Array, change: { readonly crc?: number } = {}): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(change.crc ?? crc32(body) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export const pngHeader = pngChunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
export const pngPixels = pngChunk('IDAT', deflateSync(Buffer.from([0, 128])));
export const pngEnd = pngChunk('IEND', Buffer.alloc(0));

/** A grey pixel with these chunks after its header. */
export function aPng(...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([pngSignature, pngHeader, ...chunks, pngPixels, pngEnd]);
}

export interface TextChunk {
  readonly keyword?: string;
  readonly compressed?: boolean;
  readonly language?: string;
  readonly translated?: string;
}

export function iTXt(text: string | Uint8Array, options: TextChunk = {}): Buffer {
  const { keyword = 'openbadgecredential', compressed = false, language = '', translated = '' } = options;
  const value = compressed ? deflateSync(text) : Buffer.from(text);
  return pngChunk(
    'iTXt',
    Buffer.concat([
      Buffer.from(`${keyword}\0`, 'latin1'),
      Buffer.from([compressed ? 1 : 0, 0]),
      Buffer.from(`${language}\0${translated}\0`),
      value,
    ]),
  );
}

export const bakedNamespace = 'https://purl.imsglobal.org/ob/v3p0';

/** An SVG with this markup as the first child; the prefix `openbadges` is declared unless other attributes are given. */
export function anSvg(inside: string, attributes = `xmlns:openbadges="${bakedNamespace}"`): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}<rect width="1"/></svg>`;
}

export function svgElement(text: string): string {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)
    ? `<openbadges:credential verify="${text}"/>`
    : `<openbadges:credential><![CDATA[${text.replaceAll(']]>', ']]\\u003e')}]]></openbadges:credential>`;
}

export interface Attachment {
  readonly text: string | Uint8Array;
  readonly number?: number;
  readonly filter?: 'none' | 'FlateDecode';
  readonly dictionary?: string;
  readonly length?: number;
}

/** One embedded file stream as a PDF object. */
export function pdfAttachment(attachment: Attachment, at = 10): Buffer {
  const { text, number = at, filter = 'FlateDecode', dictionary = '' } = attachment;
  const data = filter === 'FlateDecode' ? deflateSync(text) : Buffer.from(text);
  const named = filter === 'FlateDecode' ? '/Filter /FlateDecode ' : '';
  const head = `${number} 0 obj\n<< /Type /EmbeddedFile ${dictionary} ${named}/Length ${attachment.length ?? data.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream\nendobj\n')]);
}

/** A PDF of one empty page with these attachments; readers that need a cross-reference table rebuild it. */
export function aPdf(attachments: readonly Attachment[], after: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([
    Buffer.from(
      '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>\nendobj\n',
    ),
    ...attachments.map((attachment, at) => pdfAttachment(attachment, 10 + at)),
    Buffer.from('trailer\n<< /Root 1 0 R >>\n%%EOF\n'),
    after,
  ]);
}
