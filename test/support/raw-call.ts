import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** One request, exactly as it is to stand on the wire: nothing of the path is normalised or encoded. */
export interface RawCall {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** Content-Type without its parameters. */
  readonly mediaType: string | undefined;
  // The tests say what is in it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: 60 });

/** Sends one request to a listening service. */
export function rawCall(baseUrl: string, { method, path, headers = {}, body }: RawCall): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = request(
      { hostname, port, method, path, agent, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(answerOf(response.statusCode ?? 0, response.headers, chunks)));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function answerOf(status: number, headers: IncomingHttpHeaders, chunks: readonly Buffer[]): RawAnswer {
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  const mediaType = headers['content-type']?.split(';')[0]?.trim();
  const isJson = mediaType !== undefined && /[/+]json$/.test(mediaType) && bytes.length > 0;
  return {
    status,
    headers,
    bytes,
    text,
    mediaType,
    json: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}
