import { AppError, type JsonSchema } from '../../kernel/index.js';
import { checkNames, type VerificationPorts } from '../../verification/index.js';
import { ok, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { nothingHandedIn, recipientOf, verifyHandedIn, type ToVerify } from '../verify-input.js';

/** More than any credential that a person holds; a certificate with pictures is the largest. */
export const verifyLimit = 8 * 1024 * 1024;

const bareTypes = [
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/vc+jwt',
  'application/jwt',
  'text/plain',
] as const;

const handedIn: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    credential: {
      type: ['object', 'string'],
      description:
        'A credential, a record (CLR) or a presentation, as JSON or as text: JSON or a JWT. One of a credential is at most 64 KB, others 1 MB with at most 60 credentials.',
    },
    url: {
      type: 'string',
      maxLength: 2000,
      description: 'Where the credential is; instead of `credential`.',
    },
    recipient: {
      type: 'string',
      maxLength: 254,
      description: 'An e-mail address to compare the holder with; not stored.',
    },
  },
};

const fields: JsonSchema = {
  type: 'object',
  properties: { recipient: { type: 'string', maxLength: 254, description: 'As in the JSON form.' } },
};

const text: JsonSchema = { type: 'string' };
const named: JsonSchema = { type: ['object', 'null'] };

/** What a verification finds. */
export const reportSchema: JsonSchema = {
  type: 'object',
  required: [
    'kind',
    'verdict',
    'sentence',
    'reasons',
    'checkedAt',
    'checks',
    'recognition',
    'credential',
    'issuer',
    'achievement',
    'holder',
    'nested',
  ],
  properties: {
    kind: {
      type: ['string', 'null'],
      enum: ['credential', 'endorsement', 'record', 'presentation', null],
      description: 'What was judged; null where that could not be seen.',
    },
    verdict: {
      enum: ['valid', 'expired', 'not-yet-valid', 'suspended', 'revoked', 'not-genuine', 'could-not-check'],
    },
    sentence: { type: 'string', description: 'The verdict for a person.' },
    reasons: { type: 'array', items: text },
    checkedAt: { type: 'string', format: 'date-time' },
    checks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['check', 'outcome', 'detail'],
        properties: {
          check: { enum: [...checkNames] },
          outcome: { enum: ['passed', 'failed', 'could-not-check', 'not-applicable'] },
          detail: text,
        },
      },
    },
    recognition: { enum: ['recognised', 'unknown', 'look-alike'] },
    credential: { ...named, description: 'The document that was judged, read with pinned contexts.' },
    issuer: named,
    achievement: named,
    holder: named,
    endorsement: {
      type: 'object',
      description: 'Of an endorsement only: what it says, about what, and whether that is what it stands in.',
      properties: {
        about: { type: ['string', 'null'] },
        comment: { type: ['string', 'null'] },
        isAboutThis: { type: ['boolean', 'null'] },
      },
    },
    nested: {
      type: 'array',
      items: { type: 'object' },
      description:
        'The reports on what is inside, each like this one: what it asserts, endorsements, components.',
    },
    replacedBy: { type: 'string', description: 'The credential to use instead, where the issuer names one.' },
    key: { type: 'string', description: 'The key that signed; several with commas between them.' },
    statusListedAt: { type: 'string', description: 'Since when the issuer’s status list says what it says.' },
    statusCheckedAt: { type: 'string', description: 'When the status was had from the issuer.' },
  },
};

/** `POST /api/v1/verify`: any credential, from anybody. */
export function verifyRoutes(
  rooms: Pick<Rooms, 'service'> & { readonly verification: VerificationPorts },
): readonly Route[] {
  const { verification, service } = rooms;
  return [
    {
      operationId: 'verifyCredential',
      method: 'POST',
      path: '/api/v1/verify',
      kind: 'api',
      tag: 'verification',
      summary: 'Judge a credential, whoever issued it',
      description:
        'Answers 200 with a report whenever the request itself can be read, whatever the verdict. Nothing of it is stored. ' +
        'What could not be checked is never `valid`. Pages of any site may call it; cookies are not looked at.',
      access: 'public',
      cors: true,
      rate: 'verify',
      body: {
        kind: 'any-of',
        options: [
          { kind: 'json', schema: handedIn, foreign: true },
          { kind: 'upload', maxBytes: verifyLimit, maxFiles: 1, fields },
          { kind: 'raw', maxBytes: verifyLimit, mediaTypes: bareTypes },
        ],
        openapi: {
          'application/json': { schema: handedIn },
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: {
                file: {
                  type: 'string',
                  contentMediaType: 'application/octet-stream',
                  description: 'JSON, JWT, PNG, SVG or PDF.',
                },
                recipient: { type: 'string', maxLength: 254 },
              },
            },
          },
          ...Object.fromEntries(bareTypes.map((type) => [type, { schema: { type: 'string' } }])),
        },
      },
      responses: { 200: { description: 'The report.', schema: reportSchema } },
      handler: async (request) => {
        const { input, recipient } = handedInBy(request);
        return ok(
          await verifyHandedIn(verification, input, {
            now: service.now(),
            sender: request.sender,
            ...recipientOf(recipient),
          }),
        );
      },
    },
  ];
}

function handedInBy(request: RouteRequest): { readonly input: ToVerify; readonly recipient: unknown } {
  if (request.mediaType === 'multipart/form-data') {
    const file = request.files[0];
    if (file === undefined) throw nothingHandedIn();
    return {
      input: { kind: 'bytes', bytes: file.bytes },
      recipient: (request.body as { recipient?: unknown }).recipient,
    };
  }
  if (request.mediaType !== 'application/json')
    return { input: { kind: 'bytes', bytes: request.bytes }, recipient: undefined };
  const { credential, url, recipient } = request.body as {
    credential?: unknown;
    url?: string;
    recipient?: string;
  };
  if ((credential === undefined) === (url === undefined)) {
    throw new AppError('invalid-request', 'Send either `credential` or `url`.', {
      errors: [{ pointer: '/credential', detail: 'is taken instead of `url`; send one of the two' }],
    });
  }
  return {
    input: url === undefined ? { kind: 'document', value: credential } : { kind: 'link', url },
    recipient,
  };
}
