import {
  awardOutside,
  correctAward,
  getAward,
  listAwards,
  resumeAward,
  revokeAward,
  supersedeAward,
  suspendAward,
  type OutsideAward,
} from '../../issuing/index.js';
import {
  created,
  ok,
  pageQuery,
  pageRequest,
  pageSchema,
  principalOf,
  type Route,
  type RouteRequest,
} from '../route.js';
import type { Rooms } from '../rooms.js';
import { awardSchema, presentAward } from './present-award.js';
import { requestSchema } from './request-schema.js';

const common = { kind: 'api', tag: 'issuing' } as const;

/** Awards: their list, awards of what is assessed outside, and every change of their status. */
export function awardRoutes(rooms: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  return [...readingRoutes(rooms), createRoute(rooms), ...changeRoutes(rooms)];
}

function readingRoutes({ issuing }: Pick<Rooms, 'issuing'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listAwards',
      method: 'GET',
      path: '/api/v1/awards',
      summary: 'Awards, newest first: the district’s for an admin or lead, the own for a teacher',
      access: 'awards.read',
      query: pageQuery,
      responses: { 200: { description: 'One page of awards.', schema: pageSchema(awardSchema) } },
      handler: async (request) => {
        const page = await listAwards(issuing, principalOf(request).actor, pageRequest(request));
        return ok({
          ...page,
          items: await Promise.all(page.items.map((award) => presentAward(issuing, award))),
        });
      },
    },
    {
      ...common,
      operationId: 'getAward',
      method: 'GET',
      path: '/api/v1/awards/{award}',
      summary: 'One award',
      description: 'By its id (`awd_…`) or by the last part of its credential’s address.',
      access: 'awards.read',
      responses: { 200: { description: 'The award.', schema: awardSchema } },
      handler: async (request) =>
        ok(
          await presentAward(
            issuing,
            await getAward(issuing, principalOf(request).actor, request.params['award']!),
          ),
        ),
    },
  ];
}

function createRoute({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): Route {
  return {
    ...common,
    operationId: 'createAward',
    method: 'POST',
    path: '/api/v1/awards',
    summary: 'Award an achievement that is assessed outside',
    description:
      'Once to a person and version. An achievement that is reviewed here is refused: its credential rests only on a signed-off decision.',
    access: 'awards.create',
    body: {
      kind: 'json',
      schema: requestSchema('create-award'),
      example: { achievement: 'ach_aaaaaaaaaaaaaaaaaaaaaaaaaa', email: 'r.okafor@riverbend.example' },
    },
    responses: { 201: { description: 'The award, signed and active.', schema: awardSchema } },
    handler: async (request) => {
      const award = await awardOutside(issuing, principalOf(request).actor, request.body as OutsideAward);
      service.wake();
      return created(await presentAward(issuing, award), `/api/v1/awards/${award.id}`);
    },
  };
}

interface Reasoned {
  readonly reason: string;
  readonly validUntil?: string | null;
}

function changeRoutes({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  const change = (
    row: Pick<Route, 'operationId' | 'summary' | 'description'> & {
      readonly verb: string;
      readonly schema?: string;
    },
    carryOut: (request: RouteRequest, award: string) => Promise<unknown>,
  ): Route => ({
    ...common,
    operationId: row.operationId,
    method: 'POST',
    path: `/api/v1/awards/{award}/${row.verb}`,
    summary: row.summary,
    ...(row.description === undefined ? {} : { description: row.description }),
    access: 'awards.change',
    ...(row.schema === undefined
      ? {}
      : { body: { kind: 'json', schema: requestSchema(row.schema) } as const }),
    responses: { 200: { description: 'The award as it stands now.', schema: awardSchema } },
    handler: async (request) => {
      const answer = await carryOut(request, request.params['award']!);
      service.wake();
      return ok(answer);
    },
  });
  return [
    change(
      {
        operationId: 'revokeAward',
        verb: 'revoke',
        schema: 'award-reason',
        summary: 'Revoke a credential for good',
        description:
          'When this answers, the bit is set in the published status list and milestones that rest on it are suspended.',
      },
      async (request, award) => {
        const { reason } = request.body as Reasoned;
        return presentAward(
          issuing,
          await revokeAward(issuing, principalOf(request).actor, { award, reason }),
        );
      },
    ),
    change(
      {
        operationId: 'suspendAward',
        verb: 'suspend',
        schema: 'award-reason',
        summary: 'Suspend a credential',
        description:
          'Said by its standing, page and our verifier; a revocation bit never goes back, so none is set.',
      },
      async (request, award) => {
        const { reason } = request.body as Reasoned;
        return presentAward(
          issuing,
          await suspendAward(issuing, principalOf(request).actor, { award, reason }),
        );
      },
    ),
    change(
      { operationId: 'resumeAward', verb: 'resume', summary: 'End a suspension' },
      async (request, award) =>
        presentAward(issuing, await resumeAward(issuing, principalOf(request).actor, { award })),
    ),
    change(
      {
        operationId: 'correctAward',
        verb: 'correct',
        schema: 'change-credential',
        summary: 'Issue a corrected edition of the same credential',
        description:
          'Same id and awardedDate, newer validFrom, a status index of its own; the old edition’s is revoked and `?edition=n` still serves it. The issuer’s profile is taken as it is now.',
      },
      async (request, award) => {
        const input = { award, ...(request.body as Reasoned) };
        return presentAward(issuing, await correctAward(issuing, principalOf(request).actor, input));
      },
    ),
    change(
      {
        operationId: 'supersedeAward',
        verb: 'supersede',
        schema: 'change-credential',
        summary: 'Replace a credential by a new one with an id of its own',
        description: 'Answers the new award; the old one’s `replacedBy` names it.',
      },
      async (request, award) => {
        const input = { award, ...(request.body as Reasoned) };
        const replaced = await supersedeAward(issuing, principalOf(request).actor, input);
        return presentAward(issuing, replaced.award);
      },
    ),
  ];
}
