import type { LookupFunction } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Client, type Dispatcher } from 'undici';
import type { FetchFailure, Fetched, Outbound } from '../../verification/index.js';
import { allowUrl } from './allowed-url.js';
import { guardedConnector, RefusedAddress, type MappedHost } from './connector.js';

const maximumBytes = 512 * 1024;
const maximumRedirects = 2;
const redirects = new Set([301, 302, 303, 307, 308]);

export interface OutboundOptions {
  /** Development only: also asks http and https on `localhost`. */
  readonly allowLocalhost?: boolean;
  /** Test rigs only, and never from the environment: hosts that are found at a given address and port. */
  readonly hosts?: Readonly<Record<string, MappedHost>>;
  /** The certificate authority (PEM) that vouches for `hosts`, and for nobody else. */
  readonly ca?: string;
  /** In place of the system's name look-up. */
  readonly lookup?: LookupFunction;
  /** For one `get` with all its redirects; 10,000 unless told. */
  readonly totalMilliseconds?: number;
}

/**
 * The guarded way out: https on port 443 of public hosts, at most two redirects each judged like the first
 * address, 10 s and 512 KiB (inflated) in all, expected media types only, no cookies, nothing kept between calls.
 */
export function createOutbound(options: OutboundOptions = {}): Outbound {
  const total = options.totalMilliseconds ?? 10_000;
  const hosts = options.hosts ?? {};
  const permissions = {
    allowLocalhost: options.allowLocalhost ?? false,
    mappedHosts: new Set(Object.keys(hosts)),
  };
  const connect = guardedConnector({
    allowLocalhost: permissions.allowLocalhost,
    hosts,
    ca: options.ca,
    lookup: options.lookup,
    timeoutMilliseconds: total,
  });

  return {
    async get(address, want) {
      const limit = Math.min(want.maxBytes ?? maximumBytes, maximumBytes);
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), total);
      try {
        let next = address;
        for (let hop = 0; hop <= maximumRedirects; hop += 1) {
          const allowed = allowUrl(next, permissions);
          if (!allowed.ok) return failure('refused', `${shown(next)} was not asked: ${allowed.reason}.`);
          const answer = await ask(allowed.url, want.accept, limit, connect, abort.signal);
          if (answer.kind !== 'redirect') return answer.result;
          next = answer.to;
        }
        return failure('refused', `${shown(address)} redirects more than ${maximumRedirects} times.`);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

type Answer =
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'result'; readonly result: Fetched | FetchFailure };

async function ask(
  url: URL,
  accept: readonly string[],
  limit: number,
  connect: ReturnType<typeof guardedConnector>,
  signal: AbortSignal,
): Promise<Answer> {
  // One client for each hop: no pooled socket can outlive the check that allowed it.
  const client = new Client(url.origin, { connect, pipelining: 0, maxHeaderSize: 16_384 });
  try {
    const response = await client.request({
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: {
        accept: acceptHeader(accept),
        'accept-encoding': 'gzip, deflate',
        'user-agent': 'Touchstone-Verifier',
      },
      signal,
    });
    return await judge(url, response, accept, limit);
  } catch (error) {
    if (signal.aborted) return result(failure('unreachable', `${shown(url.href)} did not answer in time.`));
    const refusal = refusalIn(error);
    if (refusal !== undefined)
      return result(failure('refused', `${shown(url.href)} was not asked: ${refusal.message}.`));
    return result(failure('unreachable', `${shown(url.href)} could not be reached.`));
  } finally {
    void client.destroy();
  }
}

async function judge(
  url: URL,
  response: Dispatcher.ResponseData,
  accept: readonly string[],
  limit: number,
): Promise<Answer> {
  const status = response.statusCode;
  if (redirects.has(status)) {
    const location = response.headers['location'];
    if (typeof location !== 'string' || !URL.canParse(location, url)) {
      return result(failure('unreachable', `${shown(url.href)} redirects to nowhere.`));
    }
    return { kind: 'redirect', to: new URL(location, url).href };
  }
  if (status === 404 || status === 410)
    return result(failure('absent', `${shown(url.href)} does not exist (${status}).`));
  if (status !== 200)
    return result(failure('unreachable', `${shown(url.href)} answered with status ${status}.`));
  const mediaType = (single(response.headers['content-type']).split(';')[0] ?? '').trim().toLowerCase();
  if (!accept.includes('*/*') && !accept.includes(mediaType)) {
    return result(
      failure(
        'refused',
        `${shown(url.href)} answered with media type ${mediaType.slice(0, 80) || '(none)'}.`,
      ),
    );
  }
  const tooLong = failure('refused', `${shown(url.href)} answered with more than ${limit} bytes.`);
  const received: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limit) return result(tooLong);
    received.push(chunk);
  }
  const encoding = single(response.headers['content-encoding']).trim().toLowerCase();
  const bytes = inflate(Buffer.concat(received), encoding, limit);
  if (bytes === 'too-long') return result(tooLong);
  if (bytes === 'unreadable')
    return result(
      failure('unreachable', `${shown(url.href)} answered in a content encoding that could not be read.`),
    );
  return result({ ok: true, bytes: new Uint8Array(bytes), mediaType, url: url.href });
}

/** Undoes the content encoding with a cap on what comes out. */
function inflate(bytes: Buffer, encoding: string, limit: number): Buffer | 'too-long' | 'unreadable' {
  const options = { maxOutputLength: limit };
  try {
    switch (encoding) {
      case '':
      case 'identity':
        return bytes;
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, options);
      case 'deflate':
        return inflateSync(bytes, options);
      case 'br':
        return brotliDecompressSync(bytes, options);
      default:
        return 'unreadable';
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : 'unreadable';
  }
}

/** The Accept header (RFC 9110, section 12.5.1): anything else only where nothing named is to be had. */
function acceptHeader(accept: readonly string[]): string {
  return accept.map((type) => (type === '*/*' && accept.length > 1 ? '*/*;q=0.1' : type)).join(', ');
}

/** undici wraps what the connector failed with; looks a few causes deep. */
function refusalIn(error: unknown): RefusedAddress | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof RefusedAddress) return current;
    current = current.cause;
  }
  return undefined;
}

function single(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function shown(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url;
}

function failure(kind: FetchFailure['kind'], reason: string): FetchFailure {
  return { ok: false, kind, reason };
}

function result(value: Fetched | FetchFailure): Answer {
  return { kind: 'result', result: value };
}
