import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../kernel/index.js';

/** The media types that are taken as evidence, each with its file ending and the most bytes of one file. */
export const acceptedTypes = {
  'application/pdf': { extension: 'pdf', maxBytes: 50_000_000 },
  'image/png': { extension: 'png', maxBytes: 15_000_000 },
  'image/jpeg': { extension: 'jpg', maxBytes: 15_000_000 },
  'image/webp': { extension: 'webp', maxBytes: 15_000_000 },
  'video/mp4': { extension: 'mp4', maxBytes: 50_000_000 },
  'video/webm': { extension: 'webm', maxBytes: 50_000_000 },
  'text/plain': { extension: 'txt', maxBytes: 2_000_000 },
  'text/markdown': { extension: 'md', maxBytes: 2_000_000 },
} as const;

export type EvidenceMediaType = keyof typeof acceptedTypes;

/** The most bytes of any one file. */
export const maxUploadBytes = Math.max(...Object.values(acceptedTypes).map((type) => type.maxBytes));

/** Other names in use for types that are taken. */
const aliases: { readonly [name: string]: EvidenceMediaType } = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'application/x-pdf': 'application/pdf',
  'text/x-markdown': 'text/markdown',
};

/** Whether evidence of this media type is taken. */
export function isEvidenceMediaType(type: string): type is EvidenceMediaType {
  return Object.hasOwn(acceptedTypes, type);
}

/**
 * The media type that the content itself shows, held to what is taken and to what was declared. A declaration of
 * nothing (`application/octet-stream`, empty) accepts what is found. Text is Markdown when it was declared so, or its
 * name ends in `.md` and it was not declared plain.
 * @throws unsupported-media-type naming `/file`: what was found or declared, and what is taken.
 */
export async function findMediaType(
  bytes: Uint8Array,
  declared: string,
  name: string,
): Promise<EvidenceMediaType> {
  const said = declared.split(';')[0]!.trim().toLowerCase();
  const claim = aliases[said] ?? said;
  const none = claim === '' || claim === 'application/octet-stream';
  const found =
    (await fileTypeFromBuffer(bytes))?.mime ?? (isText(bytes) ? textType(claim, name) : undefined);
  if (found === undefined || !isEvidenceMediaType(found)) {
    throw refused(
      `is ${found ?? (none ? 'of an unknown type' : `not what ${claim} looks like`)}; ${taken()}`,
    );
  }
  if (!none && claim !== found) {
    throw refused(
      `was declared as ${claim}, but its content is ${found}; send it with its true type. ${capital(taken())}`,
    );
  }
  return found;
}

function textType(claim: string, name: string): EvidenceMediaType {
  if (claim === 'text/markdown') return 'text/markdown';
  return claim !== 'text/plain' && /\.(md|markdown)$/i.test(name) ? 'text/markdown' : 'text/plain';
}

/** UTF-8 without control characters other than tab, line feed, form feed and carriage return; not empty. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex
    return text.trim() !== '' && !/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}

function taken(): string {
  return `taken are PDF, PNG, JPEG, WebP, MP4, WebM, plain text and Markdown (UTF-8)`;
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function refused(detail: string): AppError {
  return new AppError('unsupported-media-type', `The file ${detail.replace(/\.?$/, '.')}`, {
    errors: [{ pointer: '/file', detail }],
  });
}
