import { createApiKey } from '../../access/index.js';
import { AppError, type Actor, type JsonSchema } from '../../kernel/index.js';
import {
  createIssuerKeys,
  issuerDid,
  keyUses,
  listIssuerKeys,
  rotateIssuerKey,
  verificationMethodId,
  type IssuerKey,
  type KeyUse,
} from '../../securing/index.js';
import { addMember, checkNewMember, createDistrict, type NewDistrict } from '../../tenancy/index.js';
import { created, ok, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { districtSchema, memberSchema, presentDistrict, presentMember } from './present-tenancy.js';
import { requestSchema } from './request-schema.js';

const issuerKeySchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'name',
    'use',
    'algorithm',
    'state',
    'verificationMethod',
    'createdAt',
    'retiredAt',
    'compromisedAt',
  ],
  properties: {
    id: { type: 'string' },
    name: { type: 'string', description: 'The fragment of the verification method.' },
    use: { enum: keyUses },
    algorithm: { type: 'string' },
    state: { enum: ['active', 'retired', 'compromised'] },
    verificationMethod: { type: 'string' },
    createdAt: { type: 'string', format: 'date-time' },
    retiredAt: { type: ['string', 'null'], format: 'date-time' },
    compromisedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};

/** An issuer key without anything of its private half. */
export function presentIssuerKey(key: IssuerKey, did: string) {
  const { id, name, use, algorithm, state, createdAt, retiredAt, compromisedAt } = key;
  return {
    id,
    name,
    use,
    algorithm,
    state,
    verificationMethod: verificationMethodId(did, key),
    createdAt,
    retiredAt,
    compromisedAt,
  };
}

/** What a first admin and a district are made of. */
export interface OpenDistrict {
  readonly district: NewDistrict;
  readonly admin: { readonly email: string; readonly name: string };
}

/**
 * Opens a district with its keys and its first admin: the operator's act, on the page and the command line too.
 * @throws rule-violated and already-exists of the rooms it calls
 */
export async function openDistrict(
  rooms: Pick<Rooms, 'tenancy' | 'access' | 'securing' | 'service'>,
  input: OpenDistrict,
) {
  const first = { ...input.admin, roles: ['admin'] } as const;
  // Refused before anything is written: a district whose admin cannot be made would keep its slug and have nobody.
  await within('/admin', async () => checkNewMember(first));
  const district = await within('/district', () => createDistrict(rooms.tenancy, input.district));
  const actor: Actor = { kind: 'service', district: district.id };
  const did = issuerDid(rooms.service.publicUrl, district.slug);
  await createIssuerKeys(rooms.securing, { district: district.id, did });
  const admin = await addMember(rooms.tenancy, actor, first);
  const { secret } = await createApiKey(rooms.access, actor, {
    member: admin.id,
    name: 'first key of the first admin',
  });
  return { district, admin, apiKey: secret, did };
}

/** What a room says of a part of the request, pointed at where that part stands in the whole. */
async function within<T>(part: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const errors = error.errors.map(({ pointer, detail }) => ({ pointer: `${part}${pointer}`, detail }));
    throw new AppError(error.code, error.message, { cause: error, errors });
  }
}

/** Opening districts, and a district's issuer keys. */
export function districtRoutes(
  rooms: Pick<Rooms, 'tenancy' | 'access' | 'securing' | 'service'>,
): readonly Route[] {
  const { securing, service } = rooms;
  return [
    {
      operationId: 'openDistrict',
      method: 'POST',
      path: '/api/v1/districts',
      kind: 'api',
      tag: 'tenancy',
      summary: 'Open a district with its signing keys and its first admin',
      access: 'operator',
      showsSecret: true,
      body: {
        kind: 'json',
        schema: requestSchema('open-district'),
        example: {
          district: {
            name: 'Riverbend Unified School District',
            slug: 'riverbend',
            timeZone: 'America/Chicago',
            language: 'en-US',
          },
          admin: { email: 'admin@riverbend.example', name: 'Alma Reyes' },
        },
      },
      responses: {
        201: {
          description: 'The district, its admin, and an API key of the admin, shown once.',
          schema: {
            type: 'object',
            required: ['district', 'admin', 'apiKey', 'issuerId'],
            properties: {
              district: districtSchema,
              admin: memberSchema,
              apiKey: { type: 'string' },
              issuerId: { type: 'string', description: 'The DID that its credentials name as issuer.' },
            },
          },
        },
      },
      handler: async (request) => {
        const opened = await openDistrict(rooms, request.body as OpenDistrict);
        const { district, admin, apiKey, did } = opened;
        const shown = {
          district: presentDistrict(district, service.publicUrl),
          admin: presentMember(admin),
          apiKey,
          issuerId: did,
        };
        return created(shown, '/api/v1/district');
      },
    },
    {
      operationId: 'listIssuerKeys',
      method: 'GET',
      path: '/api/v1/issuer-keys',
      kind: 'api',
      tag: 'issuers',
      summary: "The district's signing keys, oldest first, without their private halves",
      access: 'issuer-keys.read',
      responses: {
        200: {
          description: 'All of them.',
          schema: {
            type: 'object',
            required: ['items'],
            properties: { items: { type: 'array', items: issuerKeySchema } },
          },
        },
      },
      handler: async (request) => {
        const { district } = principalOf(request);
        const did = issuerDid(service.publicUrl, district.slug);
        const keys = await listIssuerKeys(securing, district.id);
        return ok({ items: keys.map((key) => presentIssuerKey(key, did)) });
      },
    },
    {
      operationId: 'rotateIssuerKey',
      method: 'POST',
      path: '/api/v1/issuer-keys/rotate',
      kind: 'api',
      tag: 'issuers',
      summary: 'Make a new signing key; the old one retires, and what it signed stays good',
      access: 'issuer-keys.change',
      recentSignIn: true,
      body: {
        kind: 'json',
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['use'],
          properties: {
            use: {
              enum: keyUses,
              description:
                'Which key: for Data Integrity proofs, for JWTs, or for heads of the audit record.',
            },
          },
        },
      },
      responses: { 201: { description: 'The new key.', schema: issuerKeySchema } },
      handler: async (request) => {
        const { district, member } = principalOf(request);
        const did = issuerDid(service.publicUrl, district.slug);
        const { use } = request.body as { use: KeyUse };
        const key = await rotateIssuerKey(securing, { district: district.id, did, by: member.id }, use);
        return created(presentIssuerKey(key, did), '/api/v1/issuer-keys');
      },
    },
  ];
}
