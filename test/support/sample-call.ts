import type { Route } from '../../src/web/route.js';
import type { RawCall } from './raw-call.js';

/** What is sent to one operation, apart from who sends it. */
export interface SampleCall {
  readonly params?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly json?: unknown;
  readonly form?: { readonly [name: string]: string };
  readonly file?: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };
  readonly ifMatch?: string;
}

const boundary = 'a-boundary-that-no-sample-holds';

/** The request for an operation: path filled in, body in the form that its row takes. */
export function requestOf(
  route: Route,
  sample: SampleCall,
  headers: { readonly [name: string]: string } = {},
): RawCall {
  const filled = route.path.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = sample.params?.[name];
    if (value === undefined) throw new Error(`the sample of ${route.operationId} has no ${name}`);
    return encodeURIComponent(value);
  });
  const query = sample.query === undefined ? '' : `?${new URLSearchParams(sample.query).toString()}`;
  const { type, body } = bodyOf(route, sample);
  return {
    method: route.method,
    path: `${filled}${query}`,
    headers: {
      ...(type === undefined ? {} : { 'Content-Type': type }),
      ...(sample.ifMatch === undefined ? {} : { 'If-Match': sample.ifMatch }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  };
}

function bodyOf(route: Route, sample: SampleCall): { type?: string; body?: string | Uint8Array } {
  if (sample.file !== undefined) {
    return { type: `multipart/form-data; boundary=${boundary}`, body: multipart(sample.file) };
  }
  if (sample.json !== undefined) return { type: 'application/json', body: JSON.stringify(sample.json) };
  if (sample.form !== undefined || route.body?.kind === 'form') {
    const type = 'application/x-www-form-urlencoded';
    return { type, body: new URLSearchParams(sample.form ?? {}).toString() };
  }
  return {};
}

/** A multipart body with one file, in the field `file` unless another is named. */
export function multipart(file: NonNullable<SampleCall['file']>, field = 'file'): Uint8Array {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${file.name}"\r\nContent-Type: ${file.mediaType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

const ids = /^([a-z]{3})_[a-z2-7]{26}$/;

/** The same call about things that do not exist: every id in it names nothing. Undefined when it names no thing. */
export function aboutNothing(sample: SampleCall): SampleCall | undefined {
  let changed = false;
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const prefix = ids.exec(value)?.[1];
      changed ||= prefix !== undefined;
      return prefix === undefined ? value : `${prefix}_${'a'.repeat(26)}`;
    }
    if (value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, swap(member)]));
    }
    return value;
  };
  const swapped = swap(sample) as SampleCall;
  return changed ? swapped : undefined;
}
