import {
  createApiKey,
  createOwnApiKey,
  createSignInLinkFor,
  listApiKeys,
  listOwnApiKeys,
  revokeApiKey,
  revokeOwnApiKey,
  type ApiKey,
  type NewApiKey,
} from '../../access/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import { permissions } from '../../tenancy/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { memberSchema, presentMember } from './present-tenancy.js';
import { requestSchema } from './request-schema.js';

const keySchema: JsonSchema = {
  type: 'object',
  required: ['id', 'member', 'name', 'prefix', 'scopes', 'inPerson', 'createdAt', 'expiresAt', 'revokedAt'],
  properties: {
    id: { type: 'string' },
    member: { type: 'string' },
    name: { type: 'string' },
    prefix: { type: 'string', description: 'The first characters of the secret.' },
    scopes: {
      type: ['array', 'null'],
      items: { enum: [...permissions] },
      description: 'null: all that the member may.',
    },
    inPerson: {
      type: 'boolean',
      description: 'Whether its member made it, in person: only then does it sign in the member’s name.',
    },
    createdAt: { type: 'string', format: 'date-time' },
    expiresAt: { type: 'string', format: 'date-time' },
    revokedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};

function presentKey(key: ApiKey) {
  const { id, member, name, prefix, scopes, inPerson, createdAt, expiresAt, revokedAt } = key;
  return { id, member, name, prefix, scopes, inPerson, createdAt, expiresAt, revokedAt };
}

/** Who the caller is, API keys and sign-in links. */
export function accessRoutes(rooms: Pick<Rooms, 'access'>): readonly Route[] {
  const { access } = rooms;
  return [
    {
      operationId: 'getMe',
      method: 'GET',
      path: '/api/v1/me',
      kind: 'api',
      tag: 'access',
      summary: 'Who the caller is',
      access: 'member',
      responses: { 200: { description: 'The caller’s membership.', schema: memberSchema } },
      handler: async (request) => ok(presentMember(principalOf(request).member)),
    },
    {
      operationId: 'listApiKeys',
      method: 'GET',
      path: '/api/v1/api-keys',
      kind: 'api',
      tag: 'access',
      summary: 'The API keys of the district, without their secrets',
      access: 'api-keys.change',
      query: pageQuery,
      responses: { 200: { description: 'One page of keys.', schema: pageSchema(keySchema) } },
      handler: async (request) => {
        const page = await listApiKeys(access, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentKey) });
      },
    },
    {
      operationId: 'createApiKey',
      method: 'POST',
      path: '/api/v1/api-keys',
      kind: 'api',
      tag: 'access',
      summary: 'Make an API key for a member; the secret is shown once',
      description:
        'Send the secret as `Authorization: Bearer …`. The key may do what its member may, or less by `scopes`. Made by anybody but its member, it signs nothing in the member’s name: no rating, no answer of a qualification.',
      access: 'api-keys.change',
      recentSignIn: true,
      showsSecret: true,
      body: { kind: 'json', schema: requestSchema('create-api-key') },
      responses: {
        201: {
          description: 'The key with its secret.',
          schema: {
            type: 'object',
            required: ['key', 'secret'],
            properties: { key: keySchema, secret: { type: 'string' } },
          },
        },
      },
      handler: async (request) => {
        const { key, secret } = await createApiKey(
          access,
          principalOf(request).actor,
          request.body as NewApiKey,
          principalOf(request),
        );
        return {
          status: 201,
          json: { key: presentKey(key), secret },
          headers: { Location: `/api/v1/api-keys/${key.id}` },
        };
      },
    },
    {
      operationId: 'revokeApiKey',
      method: 'POST',
      path: '/api/v1/api-keys/{key}/revoke',
      kind: 'api',
      tag: 'access',
      summary: 'End an API key at once',
      access: 'api-keys.change',
      recentSignIn: true,
      responses: { 200: { description: 'The key as ended.', schema: keySchema } },
      handler: async (request) =>
        ok(presentKey(await revokeApiKey(access, principalOf(request).actor, request.params['key']!))),
    },
    {
      operationId: 'listMyApiKeys',
      method: 'GET',
      path: '/api/v1/me/api-keys',
      kind: 'api',
      tag: 'access',
      summary: 'Your own API keys, whoever made them, without their secrets',
      access: 'member',
      query: pageQuery,
      responses: { 200: { description: 'One page of keys.', schema: pageSchema(keySchema) } },
      handler: async (request) => {
        const page = await listOwnApiKeys(access, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentKey) });
      },
    },
    {
      operationId: 'createMyApiKey',
      method: 'POST',
      path: '/api/v1/me/api-keys',
      kind: 'api',
      tag: 'access',
      summary: 'Make an API key for yourself; the secret is shown once',
      description:
        'For a session that a link mailed to your own address opened, or a key that was made in one. Only such a key signs in your name: ratings, answers of a qualification, blind expert ratings.',
      access: 'member',
      inPerson: true,
      recentSignIn: true,
      showsSecret: true,
      body: { kind: 'json', schema: requestSchema('create-my-api-key') },
      responses: {
        201: {
          description: 'The key with its secret.',
          schema: {
            type: 'object',
            required: ['key', 'secret'],
            properties: { key: keySchema, secret: { type: 'string' } },
          },
        },
      },
      handler: async (request) => {
        const who = principalOf(request);
        const input = request.body as Omit<NewApiKey, 'member'>;
        const { key, secret } = await createOwnApiKey(access, who.actor, input, who);
        return {
          status: 201,
          json: { key: presentKey(key), secret },
          headers: { Location: '/api/v1/me/api-keys' },
        };
      },
    },
    {
      operationId: 'revokeMyApiKey',
      method: 'POST',
      path: '/api/v1/me/api-keys/{key}/revoke',
      kind: 'api',
      tag: 'access',
      summary: 'End an API key of your own at once',
      access: 'member',
      responses: { 200: { description: 'The key as ended.', schema: keySchema } },
      handler: async (request) =>
        ok(presentKey(await revokeOwnApiKey(access, principalOf(request).actor, request.params['key']!))),
    },
    {
      operationId: 'createSignInLink',
      method: 'POST',
      path: '/api/v1/members/{member}/sign-in-links',
      kind: 'api',
      tag: 'access',
      summary: 'Make a one-time sign-in link for a member, to hand over yourself',
      description: 'Works once, for 15 minutes. For members whose mail does not arrive.',
      access: 'members.change',
      recentSignIn: true,
      showsSecret: true,
      responses: {
        201: {
          description: 'The link.',
          schema: {
            type: 'object',
            required: ['link'],
            properties: { link: { type: 'string', format: 'uri' } },
          },
        },
      },
      handler: async (request) => {
        const member = request.params['member']!;
        const link = await createSignInLinkFor(access, principalOf(request).actor, member);
        return { status: 201, json: { link }, headers: { Location: `/api/v1/members/${member}` } };
      },
    },
  ];
}
