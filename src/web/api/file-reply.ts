import type { OpenedFile } from '../../review/index.js';
import { acceptedTypes, isEvidenceMediaType, type OpenedArtefact } from '../../evidence/index.js';
import { byteRange } from './byte-range.js';
import type { Reply, RouteRequest } from '../route.js';

/** What a route answers that gives a file, whole or a range (RFC 9110, section 14). */
export const fileResponses = {
  200: { description: 'All bytes.', mediaType: 'application/octet-stream' },
  206: { description: 'The range that was asked for.', mediaType: 'application/octet-stream' },
  416: { description: 'The range begins beyond the end; Content-Range says the size.' },
} as const;

/**
 * A file of assigned work, whole or the range that a player asks for (RFC 9110, section 14), under a name that says
 * nothing of the person. It is never kept by a cache, never taken for another type, and runs no script; texts are
 * shown as they stand.
 */
export async function artefactReply(
  request: Pick<RouteRequest, 'header'>,
  { opened, name }: { readonly opened: OpenedFile; readonly name: string },
): Promise<Reply> {
  const { id, size, mediaType: kept, sha256 } = opened.artefact;
  const mediaType = kept.startsWith('text/') ? 'text/plain; charset=utf-8' : kept;
  const tag = `"${sha256?.slice(0, 32) ?? id}"`;
  // Browsers' own viewers open no PDF that is sandboxed; they run its scripts, if at all, apart from any page.
  const sandbox = kept === 'application/pdf' ? '' : '; sandbox';
  const headers = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
    'Content-Disposition': `inline; ${fileName(name)}`,
    'Content-Security-Policy': `default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'${sandbox}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ETag: tag,
  };
  const ifRange = request.header('if-range');
  const wanted = ifRange === undefined || ifRange === tag ? request.header('range') : undefined;
  const range = byteRange(wanted, size);
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } };
  const bytes = await opened.read(range);
  if (range === undefined) return { status: 200, bytes, mediaType, headers };
  const part = `bytes ${range.start}-${range.end}/${size}`;
  return { status: 206, bytes, mediaType, headers: { ...headers, 'Content-Range': part } };
}

/** A file of an exemplar, or of work that may become one, under a name that says nothing of its owner. */
export function fileReply(request: Pick<RouteRequest, 'header'>, opened: OpenedArtefact): Promise<Reply> {
  const { mediaType } = opened.artefact;
  const ending = isEvidenceMediaType(mediaType) ? acceptedTypes[mediaType].extension : 'bin';
  return artefactReply(request, { opened, name: `evidence.${ending}` });
}

/** The name of a file in `Content-Disposition` (RFC 6266, section 4.1): plain where it can be, encoded elsewhere. */
function fileName(name: string): string {
  return /^[\w.-]+$/.test(name) ? `filename="${name}"` : `filename*=UTF-8''${encodeURIComponent(name)}`;
}
