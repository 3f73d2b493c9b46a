import type { OpenedFile } from '../../review/index.js';
import type { Reply, RouteRequest } from '../route.js';
import { byteRange } from './byte-range.js';

/** The bytes of evidence that somebody rates or judges: private, never cached, never taken for another type, no script. */
export async function privateFile(
  request: Pick<RouteRequest, 'header'>,
  { opened, name }: { readonly opened: OpenedFile; readonly name: string },
): Promise<Reply> {
  const { mediaType: type, size } = opened.artefact;
  const sandbox = type === 'application/pdf' ? '' : '; sandbox';
  const headers = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
    'Content-Disposition': `${/^(image|video)\/|^application\/pdf$/.test(type) ? 'inline' : 'attachment'}; filename="${name}"`,
    'Content-Security-Policy': `default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'${sandbox}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
  const range = byteRange(request.header('range'), size);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } };
  }
  const bytes = await opened.read(range);
  const mediaType = type.startsWith('text/') ? `${type}; charset=utf-8` : type;
  if (range === undefined) return { status: 200, bytes, mediaType, headers };
  const part = `bytes ${range.start}-${range.end}/${size}`;
  return { status: 206, bytes, mediaType, headers: { ...headers, 'Content-Range': part } };
}
