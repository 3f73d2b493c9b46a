/** A caller of the service over HTTP that knows nothing but its OpenAPI document. */

interface Operation {
  readonly method: string;
  readonly path: string;
}

export interface CallOptions {
  /** An API key or the operator token. */
  readonly as?: string;
  readonly params?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly file?: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };
  readonly ifMatch?: string;
  /** The statuses that are taken; 200 and 201 when left out. */
  readonly expect?: readonly number[];
}

export interface Answer {
  readonly status: number;
  // The document says what is in it; each step names what it reads.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly bytes: Uint8Array;
  readonly etag: string;
}

export interface Client {
  readonly baseUrl: string;
  call(operationId: string, options?: CallOptions): Promise<Answer>;
  get(url: string, accept?: string): Promise<Answer>;
  /** Presses the one button of a page: an empty form, answered with a redirect that is not followed. */
  press(url: string): Promise<void>;
}

/** A step of the demo that failed: which call, and what the service said. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/** Reads `/openapi.json` and calls operations by their ids. @throws DemoError for an answer that is not expected. */
export async function openClient(baseUrl: string, request: typeof globalThis.fetch): Promise<Client> {
  const document = (await (await request(`${baseUrl}/openapi.json`)).json()) as {
    paths: { [path: string]: { [method: string]: { operationId: string } } };
  };
  const operations = new Map<string, Operation>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      operations.set(operationId, { method: method.toUpperCase(), path });
    }
  }
  let keys = 0;
  return {
    baseUrl,
    call: async (operationId, options = {}) => {
      const operation = operations.get(operationId);
      if (operation === undefined) throw new DemoError(`/openapi.json has no operation "${operationId}"`);
      keys += 1;
      const path = operation.path.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) =>
        encodeURIComponent(options.params?.[name] ?? ''),
      );
      const query = options.query === undefined ? '' : `?${new URLSearchParams(options.query).toString()}`;
      const headers: Record<string, string> = { Accept: 'application/json' };
      if (options.as !== undefined) headers['Authorization'] = `Bearer ${options.as}`;
      if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
      if (operation.method === 'POST') headers['Idempotency-Key'] = `demo-${Date.now()}-${keys}`;
      let body: string | FormData | undefined;
      if (options.file !== undefined) {
        body = new FormData();
        const { bytes, mediaType, name } = options.file;
        body.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }), name);
      } else if (options.body !== undefined) {
        headers['Content-Type'] = 'application/json';
        body = JSON.stringify(options.body);
      }
      const response = await request(`${baseUrl}${path}${query}`, {
        method: operation.method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      const answer = await read(response);
      if (!(options.expect ?? [200, 201]).includes(answer.status)) {
        throw new DemoError(`${operationId} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      return answer;
    },
    press: async (url) => {
      const response = await request(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: '',
      });
      if (response.status !== 303) throw new DemoError(`the button of ${url} answered ${response.status}`);
    },
    get: async (url, accept = '*/*') => read(await request(url, { headers: { Accept: accept } })),
  };
}

async function read(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    body:
      isJson && bytes.length > 0 ? (JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown) : undefined,
    bytes,
    etag: response.headers.get('etag') ?? '',
  };
}
