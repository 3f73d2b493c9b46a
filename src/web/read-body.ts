import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppError, compileValidator, type JsonSchema, type Validator } from '../kernel/index.js';
import { parseStrictJson } from '../securing/index.js';
import { markingStorage, wasTooLarge } from './marking-storage.js';
import { refuseUnkeptText } from './refuse-unkept-text.js';
import type { Route, UploadedFile } from './route.js';

/** A body as the handler is given it. */
export interface Body {
  readonly value: unknown;
  readonly bytes: Uint8Array;
  readonly files: readonly UploadedFile[];
  /** What an Idempotency-Key compares: the body's identity. Asked for only when there is such a key. */
  readonly fingerprint: () => string;
}

/** JSON bodies and forms: room for the longest achievement. */
const textLimit = 1024 * 1024;

/** Reads and checks the body of a route; made once for each row. */
export function bodyReader(route: Route): (request: Request, response: Response) => Promise<Body> {
  return route.body === undefined ? async () => emptyBody : readerOf(route.body);
}

type BodySpec = NonNullable<Route['body']>;
type Reader = (request: Request, response: Response) => Promise<Body>;

function readerOf(body: BodySpec): Reader {
  switch (body.kind) {
    case 'json': {
      const validate = compileValidator(body.schema);
      return async (request) => {
        expectMediaType(request, ['application/json'], (type) => type.endsWith('+json'));
        const bytes = await readAll(request, textLimit);
        const value = validate(parseJson(bytes, body.foreign === true ? parseStrictJson : JSON.parse));
        if (body.foreign !== true) refuseUnkeptText(value);
        return {
          value,
          bytes,
          files: [],
          fingerprint: () => digestOf(bytes),
        };
      };
    }
    case 'form': {
      const validate = formValidator(body.schema);
      const upload = uploader(8 * 1024 * 1024, 5);
      return async (request, response) => {
        if (request.headers['content-type']?.startsWith('multipart/form-data') === true) {
          return readMultipart(upload, request, response, validate);
        }
        expectMediaType(request, ['application/x-www-form-urlencoded']);
        const bytes = await readAll(request, textLimit);
        const value = validate(fieldsOf(new URLSearchParams(Buffer.from(bytes).toString('utf8'))));
        return { value, bytes, files: [], fingerprint: () => digestOf(bytes) };
      };
    }
    case 'upload': {
      const validate = formValidator(body.fields);
      const upload = uploader(body.maxBytes, body.maxFiles, body.oversize === 'mark');
      return async (request, response) => {
        expectMediaType(request, ['multipart/form-data']);
        return readMultipart(upload, request, response, validate);
      };
    }
    case 'any-of': {
      const options = body.options.map((option) => ({ types: mediaTypesOf(option), read: readerOf(option) }));
      const every = options.flatMap((option) => option.types);
      return async (request, response) => {
        const type = mediaTypeOf(request) ?? '';
        const option = options.find(({ types }) => types.includes(type));
        if (option === undefined) expectMediaType(request, every);
        return option!.read(request, response);
      };
    }
    case 'raw':
      return async (request) => {
        expectMediaType(request, body.mediaTypes);
        const bytes = await readAll(request, body.maxBytes);
        return { value: undefined, bytes, files: [], fingerprint: () => digestOf(bytes) };
      };
  }
}

/** The media types by which a kind of body is known. */
function mediaTypesOf(body: BodySpec): readonly string[] {
  switch (body.kind) {
    case 'json':
      return ['application/json'];
    case 'form':
      return ['application/x-www-form-urlencoded', 'multipart/form-data'];
    case 'upload':
      return ['multipart/form-data'];
    case 'raw':
      return body.mediaTypes;
    case 'any-of':
      return body.options.flatMap(mediaTypesOf);
  }
}

/** The Content-Type without its parameters. */
function mediaTypeOf(request: Request): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const emptyBody: Body = { value: undefined, bytes: new Uint8Array(), files: [], fingerprint: () => '' };

function formValidator(schema: JsonSchema | undefined): Validator<unknown> {
  const validate: Validator<unknown> =
    schema === undefined ? (value) => value : compileValidator(schema, 'form');
  return (value) => {
    const valid = validate(value);
    refuseUnkeptText(valid);
    return valid;
  };
}

function expectMediaType(
  request: Request,
  allowed: readonly string[],
  also: (type: string) => boolean = () => false,
): void {
  const type = mediaTypeOf(request);
  if (type === undefined || (!allowed.includes(type) && !also(type))) {
    throw new AppError(
      'unsupported-media-type',
      `The body must be sent with Content-Type ${allowed.join(' or ')}; it came with ${type ?? 'none'}.`,
    );
  }
}

/** The whole body, refused as soon as it passes the limit. */
export async function readAll(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('too-large', `The body is larger than ${limit} bytes, the most that is taken here.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws invalid-request saying where the text stops being JSON, or what else `parse` refuses of it. */
export function parseJson(bytes: Uint8Array, parse: (text: string) => unknown = JSON.parse): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid-request', 'The body is not UTF-8 text.', { cause });
  }
  try {
    return parse(text);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid-request', `The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function fieldsOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    fields[name] = values.length === 1 ? values[0]! : values;
  }
  return { ...fields };
}

function uploader(maxBytes: number, maxFiles: number, marks = false) {
  return multer({
    storage: marks ? markingStorage(maxBytes) : multer.memoryStorage(),
    // What is marked is still read to its end, within reason.
    limits: {
      fileSize: marks ? maxBytes * 10 : maxBytes,
      files: maxFiles,
      fields: 200,
      fieldSize: textLimit,
      parts: 220,
    },
    defParamCharset: 'utf8',
  }).any();
}

async function readMultipart(
  upload: ReturnType<typeof uploader>,
  request: Request,
  response: Response,
  validate: Validator<unknown>,
): Promise<Body> {
  await new Promise<void>((resolve, reject) => {
    upload(request, response, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(uploadError(error));
    });
  });
  const files = ((request.files ?? []) as Express.Multer.File[]).map((file) => ({
    field: file.fieldname,
    name: file.originalname,
    mediaType: file.mimetype,
    bytes: file.buffer as Uint8Array,
    ...(wasTooLarge(file) ? { tooLarge: true as const } : {}),
  }));
  const value = validate({ ...(request.body as Record<string, unknown> | undefined) });
  return {
    value,
    bytes: new Uint8Array(),
    files,
    fingerprint: () =>
      JSON.stringify([value, files.map((file) => [file.field, file.name, digestOf(file.bytes)])]),
  };
}

function uploadError(error: unknown): AppError {
  if (error instanceof multer.MulterError) {
    const pointer = `/${error.field ?? 'file'}`;
    switch (error.code) {
      case 'LIMIT_FILE_SIZE':
        return new AppError('too-large', 'The file is larger than is taken here.', {
          cause: error,
          errors: [
            { pointer, detail: 'is larger than is taken here; send a smaller or more compressed file' },
          ],
        });
      case 'LIMIT_FILE_COUNT':
      case 'LIMIT_UNEXPECTED_FILE':
        return new AppError('invalid-request', 'More files were sent than are taken at once.', {
          cause: error,
          errors: [{ pointer, detail: 'is one file too many; send them one call at a time' }],
        });
      default:
        return new AppError('invalid-request', `The form cannot be read: ${error.message}.`, {
          cause: error,
        });
    }
  }
  return new AppError('invalid-request', 'The body is not a readable multipart form.', { cause: error });
}
