import {
  compromisedAwardStates,
  decideCompromisedAward,
  getKeyCompromise,
  listCompromisedAwards,
  listKeyCompromises,
  reportKeyCompromise,
  type CompromisedAwardState,
} from '../../issuing/index.js';
import { created, ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  compromisedAwardSchema,
  keyCompromiseSchema,
  presentCompromisedAward,
  presentKeyCompromise,
} from './present-key-compromise.js';
import { requestSchema } from './request-schema.js';

const common = { kind: 'api', tag: 'issuers' } as const;

/** Signing keys that others may have had: withdrawing one, and what becomes of what it signed. */
export function keyCompromiseRoutes(rooms: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  return [reportRoute(rooms), ...readingRoutes(rooms), ...decidingRoutes(rooms)];
}

function reportRoute({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): Route {
  return {
    ...common,
    operationId: 'reportKeyCompromise',
    method: 'POST',
    path: '/api/v1/issuer-keys/{key}/compromise',
    summary: 'Withdraw a signing key that others have or may have',
    description:
      'When this answers, the key is out of the DID document and the key sets, and a new one signs. Then everything recorded before `compromisedAt` that it signed is signed anew under the same addresses; awards recorded later wait for a person. `{key}` is its id or its name.',
    access: 'issuer-keys.change',
    recentSignIn: true,
    body: {
      kind: 'json',
      schema: requestSchema('report-key-compromise'),
      example: {
        compromisedAt: '2026-11-20T09:00:00Z',
        reason: 'A laptop with a copy of the database was lost.',
      },
    },
    responses: { 201: { description: 'The compromise; the work goes on.', schema: keyCompromiseSchema } },
    handler: async (request) => {
      const { actor } = principalOf(request);
      const input = request.body as { readonly compromisedAt: string; readonly reason: string };
      const { id } = await reportKeyCompromise(issuing, actor, { key: request.params['key']!, ...input });
      service.wake();
      const shown = presentKeyCompromise(await getKeyCompromise(issuing, actor, id));
      return created(shown, `/api/v1/key-compromises/${id}`);
    },
  };
}

function readingRoutes({ issuing }: Pick<Rooms, 'issuing'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listKeyCompromises',
      method: 'GET',
      path: '/api/v1/key-compromises',
      summary: 'The compromises of the district’s signing keys, oldest first',
      access: 'issuer-keys.read',
      responses: {
        200: {
          description: 'All of them.',
          schema: {
            type: 'object',
            required: ['items'],
            properties: { items: { type: 'array', items: keyCompromiseSchema } },
          },
        },
      },
      handler: async (request) => {
        const all = await listKeyCompromises(issuing, principalOf(request).actor);
        return ok({ items: all.map(presentKeyCompromise) });
      },
    },
    {
      ...common,
      operationId: 'getKeyCompromise',
      method: 'GET',
      path: '/api/v1/key-compromises/{compromise}',
      summary: 'One of them, and how far it is made good',
      access: 'issuer-keys.read',
      responses: { 200: { description: 'The compromise.', schema: keyCompromiseSchema } },
      handler: async (request) =>
        ok(
          presentKeyCompromise(
            await getKeyCompromise(issuing, principalOf(request).actor, request.params['compromise']!),
          ),
        ),
    },
    {
      ...common,
      operationId: 'listCompromisedAwards',
      method: 'GET',
      path: '/api/v1/key-compromises/{compromise}/awards',
      summary: 'The awards that the key had signed, in the order in which they were recorded',
      access: 'issuer-keys.read',
      query: {
        ...pageQuery,
        properties: {
          ...(pageQuery['properties'] as object),
          state: { enum: [...compromisedAwardStates], description: '`waiting`: for a person.' },
        },
      },
      responses: { 200: { description: 'One page of them.', schema: pageSchema(compromisedAwardSchema) } },
      handler: async (request) => {
        const state = request.query['state'] as CompromisedAwardState | undefined;
        const page = await listCompromisedAwards(
          issuing,
          principalOf(request).actor,
          request.params['compromise']!,
          { ...pageRequest(request), ...(state === undefined ? {} : { state }) },
        );
        return ok({ ...page, items: page.items.map(presentCompromisedAward) });
      },
    },
  ];
}

function decidingRoutes({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  const decision = {
    ...common,
    method: 'POST',
    access: 'issuer-keys.change',
    recentSignIn: true,
    responses: { 200: { description: 'What was decided.', schema: compromisedAwardSchema } },
  } as const;
  return [
    {
      ...decision,
      operationId: 'confirmCompromisedAward',
      path: '/api/v1/key-compromises/{compromise}/awards/{award}/confirm',
      summary: 'Confirm an award that waits: it is signed anew under the present keys',
      handler: async (request) => {
        const { compromise, award } = request.params as { compromise: string; award: string };
        const input = { compromise, award, decision: 'confirm' as const };
        const decided = await decideCompromisedAward(issuing, principalOf(request).actor, input);
        service.wake();
        return ok(presentCompromisedAward(decided));
      },
    },
    {
      ...decision,
      operationId: 'revokeCompromisedAward',
      path: '/api/v1/key-compromises/{compromise}/awards/{award}/revoke',
      summary: 'Revoke an award that waits, for good',
      body: { kind: 'json', schema: requestSchema('award-reason') },
      handler: async (request) => {
        const { compromise, award } = request.params as { compromise: string; award: string };
        const { reason } = request.body as { readonly reason: string };
        const input = { compromise, award, decision: 'revoke' as const, reason };
        const decided = await decideCompromisedAward(issuing, principalOf(request).actor, input);
        service.wake();
        return ok(presentCompromisedAward(decided));
      },
    },
  ];
}
