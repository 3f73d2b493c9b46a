import { figuresRoster, myFigures, reviewerFiguresOf, type FiguresOrder } from '../../review/index.js';
import { ok, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  figuresDetailSchema,
  figuresQuery,
  figuresRowSchema,
  ownFiguresSchema,
  presentFiguresDetail,
  presentFiguresRow,
  presentOwnFigures,
} from './present-figures.js';

/** The figures of reviewers: for those who oversee review, and each reviewer's own. */
export function figuresRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'listReviewerFigures',
      method: 'GET',
      path: '/api/v1/reviewer-figures',
      kind: 'api',
      tag: 'review',
      summary: 'How each reviewer rates: beside keys, beside other raters, and over time',
      description:
        'Who is certified or has rated, a row for each version. What is undefined is null with its reason. None of it changes a result: what stands out is a reason to talk, and to have work rated again.',
      access: 'review.oversee',
      query: figuresQuery,
      responses: { 200: { description: 'One page of reviewers.', schema: pageSchema(figuresRowSchema) } },
      handler: async (request) => {
        const page = await figuresRoster(review, principalOf(request).actor, {
          ...pageRequest(request),
          order: (request.query['order'] ?? 'name') as FiguresOrder,
          achievementVersion: request.query['achievementVersion'],
        });
        return ok({ ...page, items: page.items.map((row) => presentFiguresRow(row, service.now())) });
      },
    },
    {
      operationId: 'getReviewerFigures',
      method: 'GET',
      path: '/api/v1/reviewer-figures/{version}/{member}',
      kind: 'api',
      tag: 'review',
      summary: 'How one reviewer rates on one version, criterion by criterion and beside the others',
      access: 'review.oversee',
      responses: { 200: { description: 'The figures.', schema: figuresDetailSchema } },
      handler: async (request) => {
        const detail = await reviewerFiguresOf(review, principalOf(request).actor, {
          achievementVersion: request.params['version']!,
          reviewer: request.params['member']!,
        });
        return ok(presentFiguresDetail(detail, service.now()));
      },
    },
    {
      operationId: 'getMyFigures',
      method: 'GET',
      path: '/api/v1/my-figures',
      kind: 'api',
      tag: 'review',
      summary: 'How you rate: your work, your use of the levels, and how you compare, told late and rounded',
      description:
        'Nothing in it tells a hidden exemplar from work: counts are of both, and comparisons come in tenths, of many at once.',
      access: 'review.rate',
      responses: { 200: { description: 'A row for each version.', schema: pageSchema(ownFiguresSchema) } },
      handler: async (request) => {
        const own = await myFigures(review, principalOf(request).actor);
        return ok({ items: own.map(presentOwnFigures) });
      },
    },
  ];
}
