import type { Actor, JsonSchema } from '../kernel/index.js';
import type { Member, District, Permission } from '../tenancy/index.js';

/**
 * One row of the route table: everything that is known of an operation. The row is what is mounted, what the access
 * matrix is made from and what `/openapi.json` says.
 */
export interface Route {
  /** lowerCamelCase, unique: OpenAPI's operationId. Pages have one too. */
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces: `/api/v1/submissions/{submission}`. */
  readonly path: string;
  /** `api` and `protocol` answer problem+json on error; `page` answers an HTML page. Only `api` and `protocol` are in OpenAPI. */
  readonly kind: 'api' | 'protocol' | 'page';
  /** Groups operations in OpenAPI: the room's name. */
  readonly tag: string;
  /** One line for OpenAPI. */
  readonly summary: string;
  /** More, in Markdown: rules, order of calls, what comes next. */
  readonly description?: string;
  /** Who may call: everybody, whoever runs the service (operator token), any signed-in member, or members whose roles have the permission. */
  readonly access: 'public' | 'operator' | 'member' | Permission;
  /** The body that is taken. `json` is validated by its schema; `form` is urlencoded (pages); `upload` is multipart with fields and one or more files; `raw` is any bytes; `any-of` is told apart by Content-Type. */
  readonly body?:
    | {
        readonly kind: 'json';
        readonly schema: JsonSchema;
        readonly example?: unknown;
        /**
         * What is in it is judged, not kept: text that no store keeps is taken too, but no member twice, since its
         * signer may have read the other one.
         */
        readonly foreign?: true;
      }
    | { readonly kind: 'form'; readonly schema?: JsonSchema }
    | {
        readonly kind: 'upload';
        readonly maxBytes: number;
        readonly maxFiles: number;
        readonly fields?: JsonSchema;
        /** `mark`: a file past `maxBytes` is let go and marked, and the rest of the form arrives; refused when left out. */
        readonly oversize?: 'mark';
      }
    | { readonly kind: 'raw'; readonly maxBytes: number; readonly mediaTypes: readonly string[] }
    | {
        /** One of several, by the Content-Type that was sent. */
        readonly kind: 'any-of';
        readonly options: readonly Exclude<NonNullable<Route['body']>, { readonly kind: 'any-of' }>[];
        /** OpenAPI's `content` of the body. */
        readonly openapi: object;
      };
  /** Query parameters: a JSON Schema of type object whose members are strings. */
  readonly query?: JsonSchema;
  /** Answers when all is well; problems are added from `problems` and by the table itself. */
  readonly responses: { readonly [status: number]: RouteResponse };
  /** Whether `If-Match` must be sent (PUT, PATCH): 428 without it, 412 when stale; handlers get `request.ifMatch`. */
  readonly ifMatch?: true;
  /** Which rate class counts the call; `api` when left out. */
  readonly rate?: 'api' | 'public' | 'verify' | 'sign-in' | 'upload';
  /** Protocol rows that people open too: errors are an HTML page where `Accept` prefers HTML. */
  readonly errorPages?: 'by-accept';
  /**
   * Whether pages of every site may call it (Fetch, section 3.3): for public rows only. The session cookie is not
   * looked at, so that another site's page never acts as whoever is signed in here.
   */
  readonly cors?: true;
  /** Whether a sign-in younger than ten minutes is asked for (keys, members, mass changes). API keys are exempt. */
  readonly recentSignIn?: true;
  /** Whether it is signed in the caller's name, so that nobody may stand in: `Principal.inPerson` is asked for. */
  readonly inPerson?: true;
  /** Whether the answer shows a secret once: it is not stored for Idempotency-Key; a repeat answers 409. */
  readonly showsSecret?: true;
  /**
   * For a page's POST with an address that no GET row has: where its form is, with the row's own parameters. Whoever opens
   * the address, because a refused form was shown at it, is led there.
   */
  readonly formAt?: string;
  readonly handler: (request: RouteRequest) => Promise<Reply>;
}

export interface RouteResponse {
  readonly description: string;
  readonly schema?: JsonSchema;
  /** `application/json` when there is a schema and nothing else is said. */
  readonly mediaType?: string;
}

/** An authenticated caller. */
export interface Principal {
  readonly actor: Extract<Actor, { kind: 'member' }>;
  readonly member: Member;
  readonly district: District;
  readonly via: 'session' | 'api-key';
  /** Who sits there, at home, when `member` is a seat of a review pool. Never shown to the host. */
  readonly home?: { readonly member: Member; readonly district: District };
  /**
   * Whether it can only be the member: a session by a link that was mailed to the member's own address, or an API key
   * that the member made in such a session.
   */
  readonly inPerson: boolean;
  /** Those of the API key that was sent; null for all that the member may. */
  readonly scopes: readonly Permission[] | null;
}

/** One uploaded file, whole in memory. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** It was larger than is taken, and its bytes were let go: only where the row asks for `oversize: 'mark'`. */
  readonly tooLarge?: true;
}

/** What a handler is given: already authenticated, permitted and validated. */
export interface RouteRequest {
  readonly requestId: string;
  /** Present on every route whose access is not `public`; on public ones when the caller happens to be signed in. */
  readonly principal: Principal | undefined;
  /** Who sends it, as far as that can be told (`senderOf`); for taking turns and counting, never for permission. */
  readonly sender: string;
  /** The address of this service at which it is asked: the one in force, unless the request names a former one. */
  readonly address: string;
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string | undefined };
  /** The JSON body, or the form's fields (string or string[]), as validated. */
  readonly body: unknown;
  /** The body's bytes for `raw`. */
  readonly bytes: Uint8Array;
  readonly files: readonly UploadedFile[];
  readonly mediaType: string | undefined;
  /** The parsed `If-Match`: checks it against the ETag of what the caller would now be shown. */
  readonly ifMatch: (presented: unknown) => void;
  readonly header: (name: string) => string | undefined;
  /** The best of these media types by `Accept`; undefined when none is acceptable. */
  readonly accepts: (...mediaTypes: string[]) => string | undefined;
}

/** What a handler answers. An object in `json` gets an ETag: the hash of its presented form. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly html?: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** The caller of a route that is not public. */
export function principalOf(request: RouteRequest): Principal {
  if (request.principal === undefined) throw new Error('a route without authentication asked for its caller');
  return request.principal;
}

/** 200 with a JSON body. */
export function ok(json: unknown, headers: { readonly [name: string]: string } = {}): Reply {
  return { status: 200, json, headers };
}

/** 201 with a JSON body and where the new thing is. */
export function created(json: unknown, location: string): Reply {
  return { status: 201, json, headers: { Location: location } };
}

/** 303: after a form was carried out, the page to show. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { Location: location } };
}

/** The JSON Schema of one page of a list. */
export function pageSchema(item: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: item },
      next: { type: 'string', description: 'Cursor of the next page; absent on the last.' },
    },
  };
}

/** The query parameters of a paged list. */
export const pageQuery: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cursor: { type: 'string', maxLength: 500 },
    limit: {
      type: 'string',
      pattern: '^([1-9][0-9]?|1[0-9]{2}|200)$',
      description: '1 to 200; 50 when left out.',
    },
  },
};

/** The page that a request asks for, from `pageQuery`. */
export function pageRequest(request: RouteRequest): { cursor?: string; limit: number } {
  const limit = Number(request.query['limit'] ?? '50');
  const cursor = request.query['cursor'];
  return cursor === undefined ? { limit } : { cursor, limit };
}
