import { currentVersionOf } from '../../issuing/index.js';
import { creditsOf, progressOf } from '../../pathways/index.js';
import { found, isId, ruleViolated } from '../../kernel/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  creditsSchema,
  holdingSchema,
  presentCredits,
  presentHolding,
  presentProgress,
  progressSchema,
} from './present-award.js';

const common = { kind: 'api', tag: 'pathways', method: 'GET', access: 'member' } as const;

/** What the caller holds: credentials, credit hours and progress towards milestones. */
export function pathwayRoutes({ pathways, issuing }: Pick<Rooms, 'pathways' | 'issuing'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listMyHoldings',
      path: '/api/v1/me/holdings',
      summary: 'The caller’s credentials, oldest first',
      query: pageQuery,
      responses: { 200: { description: 'One page of holdings.', schema: pageSchema(holdingSchema) } },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        const page = await pathways.store.pageOfHoldings(district, member, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentHolding) });
      },
    },
    {
      ...common,
      operationId: 'getMyCredits',
      path: '/api/v1/me/credits',
      summary: 'The caller’s credit ledger',
      responses: { 200: { description: 'Each credential’s hours once.', schema: creditsSchema } },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        return ok(presentCredits(await creditsOf(pathways, district, member)));
      },
    },
    {
      ...common,
      operationId: 'getMilestoneProgress',
      path: '/api/v1/me/milestones/{achievement}',
      summary: 'How far the caller is towards a milestone',
      responses: {
        200: { description: 'Each component, and the holding that fulfils it.', schema: progressSchema },
      },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        const achievement = request.params['achievement']!;
        if (!isId('ach', achievement))
          throw ruleViolated('/achievement', 'must be the id of an achievement (ach_…)');
        const version = found(
          await currentVersionOf(issuing, district, achievement),
          'published achievement',
        );
        return ok(presentProgress(await progressOf(pathways, member, version)));
      },
    },
  ];
}
