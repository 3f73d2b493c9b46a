import type { JsonSchema } from '../kernel/index.js';
import { rolesWith } from '../tenancy/index.js';
import { problemSchema, problemTypes } from './problem.js';
import type { Route } from './route.js';

/** Values that the document must hold beside the routes. */
export interface OpenApiInfo {
  readonly publicUrl: string;
  readonly version: string;
}

/** The OpenAPI 3.1 document of every `api` and `protocol` row: made from the table, so it cannot drift from it. */
export function openApiDocument(routes: readonly Route[], info: OpenApiInfo): JsonSchema {
  const rows = routes.filter((route) => route.kind !== 'page');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of rows) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Touchstone',
      version: info.version,
      summary:
        'Open Badges 3.0 microcredentials with calibrated review, signed credentials and public verification.',
      description:
        'Send an API key as `Authorization: Bearer …`. Errors are `application/problem+json` (RFC 9457) and name each field. ' +
        'POST takes `Idempotency-Key`: the same key and body give the same answer for 24 hours. PUT and PATCH take `If-Match` with the ETag of what was read. ' +
        'Lists are paged by `cursor` and `limit`.',
    },
    servers: [{ url: info.publicUrl }],
    tags: [...new Set(rows.map((route) => route.tag))].map((name) => ({
      name,
      description: tagDescriptions[name] ?? name,
    })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `tsk_…`.' },
        operator: { type: 'http', scheme: 'bearer', description: 'The operator token of the settings.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: 'The cookie of a signed-in browser.',
        },
      },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: 'What is wrong, and the way out.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

const tagDescriptions: { readonly [tag: string]: string } = {
  tenancy: 'The district, its members and how they are related.',
  access: 'Who calls: API keys and sign-in.',
  achievements: 'Achievements, their versions, rubrics and evidence requirements.',
  evidence: 'Artefacts and consents.',
  submissions: "A teacher's submission, from draft to decision.",
  calibration: 'Exemplars, qualification and certification of reviewers.',
  review: 'Assignments, ratings, adjudication and decisions.',
  issuing: 'Awards and their credentials.',
  pathways: 'Holdings, milestones and credit.',
  verification: 'Judging any credential.',
  service: 'The service itself.',
  credentials: 'Public credentials, in every format.',
  issuers: 'Public keys and DID documents.',
  audit: 'The audit record: its entries, and the public heads that prove it.',
  'vc-api': 'The VC-API, for interoperability tests; there only where it is switched on.',
};

function operation(route: Route): Record<string, unknown> {
  const parameters = [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)];
  const access =
    route.access === 'public'
      ? 'Open to all.'
      : route.access === 'operator'
        ? 'For whoever runs the service, with the operator token.'
        : route.access === 'member'
          ? 'For any member.'
          : `Permission \`${route.access}\`: ${rolesWith(route.access).join(', ')}.`;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, access].filter(Boolean).join('\n\n'),
    security:
      route.access === 'public'
        ? []
        : route.access === 'operator'
          ? [{ operator: [] }]
          : [{ apiKey: [] }, { session: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route),
    responses: { ...successes(route), ...problems(route) },
  };
}

function pathParameters(route: Route): object[] {
  return [...route.path.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(route: Route): object[] {
  const properties = (route.query?.['properties'] ?? {}) as { [name: string]: JsonSchema };
  const required = (route.query?.['required'] ?? []) as string[];
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function headerParameters(route: Route): object[] {
  if (route.ifMatch === true) {
    return [
      {
        name: 'If-Match',
        in: 'header',
        required: true,
        description: 'The ETag that came with what you read.',
        schema: { type: 'string' },
      },
    ];
  }
  if (route.method === 'POST' && route.access !== 'public' && route.access !== 'operator') {
    return [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description:
          'Any text of up to 255 visible ASCII characters; the same key and body give the same answer once.',
        schema: { type: 'string' },
      },
    ];
  }
  return [];
}

function requestBody(route: Route): object {
  const { body } = route;
  if (body === undefined) return {};
  switch (body.kind) {
    case 'json': {
      const example = body.example === undefined ? {} : { example: body.example };
      return {
        requestBody: { required: true, content: { 'application/json': { schema: body.schema, ...example } } },
      };
    }
    case 'upload': {
      const fields = (body.fields?.['properties'] ?? {}) as { [name: string]: JsonSchema };
      const schema = {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' }, ...fields },
      };
      return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
    }
    case 'raw':
      return {
        requestBody: {
          required: true,
          content: Object.fromEntries(body.mediaTypes.map((type) => [type, { schema: { type: 'string' } }])),
        },
      };
    case 'form':
      return {
        requestBody: {
          required: true,
          content: { 'application/x-www-form-urlencoded': { schema: body.schema ?? { type: 'object' } } },
        },
      };
    default:
      return otherBody(body);
  }
}

/** Bodies of several kinds, told apart by media type. */
function otherBody(body: { readonly openapi?: object }): object {
  return { requestBody: { required: true, content: body.openapi ?? {} } };
}

function successes(route: Route): object {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, response]) => [
      status,
      {
        description: response.description,
        ...(response.schema === undefined && response.mediaType === undefined
          ? {}
          : {
              content: {
                [response.mediaType ?? 'application/json']: { schema: response.schema ?? { type: 'string' } },
              },
            }),
      },
    ]),
  );
}

/** The problems that a route can answer with, from what its row says. */
function problems(route: Route): object {
  const statuses = new Set<number>([429, 503]);
  if (route.access !== 'public') for (const status of [401, 403]) statuses.add(status);
  if (route.path.includes('{')) statuses.add(404);
  if (route.body !== undefined) for (const status of [400, 413, 415, 422]) statuses.add(status);
  if (route.query !== undefined) statuses.add(400);
  if (route.method !== 'GET') for (const status of [409, 422]) statuses.add(status);
  if (route.ifMatch === true) for (const status of [412, 428]) statuses.add(status);
  const known = new Set<number>(Object.values(problemTypes).map((type) => type.status));
  return Object.fromEntries(
    [...statuses]
      .filter((status) => known.has(status))
      .sort()
      .map((status) => [status, { $ref: '#/components/responses/Problem' }]),
  );
}
