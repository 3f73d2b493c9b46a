import { awardOfDecision } from '../../issuing/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import {
  getDecision,
  getSubmissionDecision,
  listDecisions,
  listReviewCases,
  pendingCaseStates,
  reviewFigures,
  type CaseState,
  type ReadDecision,
} from '../../review/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  decisionSchema,
  presentDecision,
  presentReadDecision,
  readDecisionSchema,
} from './present-decision.js';
import { presentReviewCases, reviewCasesSchema } from './present-review.js';

/** Decisions for those whom they concern, and how review stands for those who oversee it. */
export function decisionRoutes({ review, issuing }: Pick<Rooms, 'review' | 'issuing'>): readonly Route[] {
  const presented = async (read: ReadDecision) =>
    presentReadDecision(read, await awardOfDecision(issuing, read.decision));
  return [
    {
      operationId: 'listDecisions',
      method: 'GET',
      path: '/api/v1/decisions',
      kind: 'api',
      tag: 'review',
      summary: 'Decisions, the newest first: yours, or the district’s for leads and admins',
      access: 'decisions.read',
      query: pageQuery,
      responses: { 200: { description: 'One page of decisions.', schema: pageSchema(decisionSchema) } },
      handler: async (request) => {
        const page = await listDecisions(review, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentDecision) });
      },
    },
    {
      operationId: 'getDecision',
      method: 'GET',
      path: '/api/v1/decisions/{decision}',
      kind: 'api',
      tag: 'review',
      summary: 'One decision: outcome, final levels, feedback for each criterion',
      description: 'For the teacher whose work it is, leads and admins. It does not say who rated.',
      access: 'decisions.read',
      responses: { 200: { description: 'The decision.', schema: readDecisionSchema } },
      handler: async (request) =>
        ok(
          await presented(await getDecision(review, principalOf(request).actor, request.params['decision']!)),
        ),
    },
    {
      operationId: 'getSubmissionDecision',
      method: 'GET',
      path: '/api/v1/submissions/{submission}/decision',
      kind: 'api',
      tag: 'review',
      summary: 'The newest decision on a submission',
      description: '404 until it is decided. For the teacher whose work it is, leads and admins.',
      access: 'decisions.read',
      responses: { 200: { description: 'The decision.', schema: readDecisionSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(await presented(await getSubmissionDecision(review, actor, request.params['submission']!)));
      },
    },
    {
      operationId: 'listReviewCases',
      method: 'GET',
      path: '/api/v1/review-cases',
      kind: 'api',
      tag: 'review',
      summary: 'How review stands: cases that wait, are rated or adjudicated, with counts and ages',
      description:
        'One page of the cases in `state`, the oldest first, and figures over all. Cases that you are to rate yourself are left out of both; a page may so hold fewer than `limit`.',
      access: 'review.oversee',
      query: caseQuery,
      responses: { 200: { description: 'Figures and one page of cases.', schema: reviewCasesSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const state = (request.query['state'] ?? pendingCaseStates[0]) as CaseState;
        const page = await listReviewCases(review, actor, state, pageRequest(request));
        return ok(presentReviewCases(await reviewFigures(review, actor), page.items, page.next));
      },
    },
  ];
}

const caseQuery: JsonSchema = {
  ...pageQuery,
  properties: {
    ...(pageQuery['properties'] as object),
    state: {
      enum: ['waiting', 'rating', 'adjudicating', 'decided', 'closed'],
      description: 'Which cases; those that wait for somebody when left out.',
    },
  },
};
