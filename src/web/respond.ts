import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { AppError } from '../kernel/index.js';
import type { Reply } from './route.js';

/** The ETag of what is presented: a hash of its bytes, never of a version number (RFC 9110, section 8.8.3). */
export function etagOf(presented: unknown): string {
  const bytes =
    presented instanceof Uint8Array || typeof presented === 'string' ? presented : JSON.stringify(presented);
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/**
 * Holds `If-Match` to what the caller would now be shown.
 * @throws precondition-required without it; precondition-failed when it names another state.
 */
export function checkIfMatch(header: string | undefined, presented: unknown): void {
  if (header === undefined) {
    throw new AppError(
      'precondition-required',
      'Send If-Match with the ETag that came with what you read, so that nobody else’s change is overwritten.',
    );
  }
  const tags = header.split(',').map((tag) => tag.trim());
  if (tags.includes('*') || tags.includes(etagOf(presented))) return;
  throw new AppError(
    'precondition-failed',
    'It was changed since you read it. Read it again, look at the change, and send yours with the new ETag.',
  );
}

/** A reply as bytes: what is sent, and what an Idempotency-Key keeps. */
export interface Rendered {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly mediaType: string | undefined;
  readonly headers: { readonly [name: string]: string };
}

/** Turns a handler's reply into bytes and headers. */
export function render(reply: Reply): Rendered {
  const headers = { ...reply.headers };
  if (reply.json !== undefined) {
    const body = JSON.stringify(reply.json);
    headers['ETag'] ??= etagOf(reply.json);
    return { status: reply.status, body, mediaType: reply.mediaType ?? 'application/json', headers };
  }
  if (reply.html !== undefined) {
    if (headers['Cache-Control']?.startsWith('public') === true) headers['ETag'] ??= etagOf(reply.html);
    return { status: reply.status, body: reply.html, mediaType: 'text/html; charset=utf-8', headers };
  }
  if (reply.text !== undefined) {
    return {
      status: reply.status,
      body: reply.text,
      mediaType: reply.mediaType ?? 'text/plain; charset=utf-8',
      headers,
    };
  }
  if (reply.bytes !== undefined) {
    return {
      status: reply.status,
      body: reply.bytes,
      mediaType: reply.mediaType ?? 'application/octet-stream',
      headers,
    };
  }
  return { status: reply.status, body: '', mediaType: undefined, headers };
}

/** What is worth packing: text that people's browsers show. Signed JSON goes as it was issued. */
const packed = /^(text\/html|text\/css|image\/svg\+xml)/;

/**
 * Packs a public text for a browser that takes gzip. Never what only some may read: the size of packed secrets
 * tells of them (the BREACH attack).
 */
function forBrowser(request: Request, rendered: Rendered): Rendered {
  const { headers, mediaType = '' } = rendered;
  if (headers['Cache-Control']?.startsWith('public') !== true || !packed.test(mediaType)) return rendered;
  const varied: { readonly [name: string]: string } = {
    ...headers,
    Vary: headers['Vary'] === undefined ? 'Accept-Encoding' : `${headers['Vary']}, Accept-Encoding`,
  };
  if (!request.acceptsEncodings('gzip')) return { ...rendered, headers: varied };
  // The two encodings are two representations, each with an ETag of its own (RFC 9110, section 8.8.3).
  const etag = varied['ETag'];
  const own: { readonly [name: string]: string } =
    etag === undefined ? {} : { ETag: etag.replace(/"$/, '-gzip"') };
  return {
    ...rendered,
    body: gzipSync(rendered.body),
    headers: { ...varied, ...own, 'Content-Encoding': 'gzip' },
  };
}

/** Sends it; 304 when the caller holds the same bytes already. */
export function send(request: Request, response: Response, reply: Rendered): void {
  const rendered = forBrowser(request, reply);
  response.status(rendered.status);
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(rendered.headers)) response.setHeader(name, value);
  const etag = rendered.headers['ETag'];
  const known = request.headers['if-none-match'];
  if (
    etag !== undefined &&
    known !== undefined &&
    rendered.status === 200 &&
    ['GET', 'HEAD'].includes(request.method)
  ) {
    if (known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      response.status(304).end();
      return;
    }
  }
  if (rendered.mediaType !== undefined) response.setHeader('Content-Type', rendered.mediaType);
  const bytes =
    typeof rendered.body === 'string' ? Buffer.from(rendered.body, 'utf8') : Buffer.from(rendered.body);
  if (rendered.status !== 204 && rendered.status !== 304) response.setHeader('Content-Length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
