import {
  getExpectedDecision,
  getKeptDraft,
  minutesOf,
  releaseReviewerWork,
  reviewerLoads,
  seedOverview,
  setMinutes,
} from '../../review/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  availabilitySchema,
  expectedDecisionSchema,
  keptDraftSchema,
  presentAvailability,
  presentExpectedDecision,
  presentKeptDraft,
  presentReviewerLoad,
  presentSeedOverview,
  presentSeedReport,
  reviewerLoadSchema,
  seedOverviewSchema,
  seedReportSchema,
} from './present-reviewers.js';
import { requestSchema } from './request-schema.js';

/** Reviewers' time and drafts, what they are told of seeds; for the lead who has what in hand; for teachers a date. */
export function reviewerRoutes(rooms: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [...ownRoutes(rooms), ...overseeRoutes(rooms), expectedRoute(rooms)];
}

function ownRoutes({ review }: Pick<Rooms, 'review'>): readonly Route[] {
  return [
    {
      operationId: 'getMyAvailability',
      method: 'GET',
      path: '/api/v1/availability',
      kind: 'api',
      tag: 'review',
      summary: 'How many minutes a week you have for reviews',
      description: 'Its ETag is what `setMyAvailability` takes as If-Match.',
      access: 'review.rate',
      responses: { 200: { description: 'Your time.', schema: availabilitySchema } },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        return ok(presentAvailability(await minutesOf(review, district, member)));
      },
    },
    {
      operationId: 'setMyAvailability',
      method: 'PUT',
      path: '/api/v1/availability',
      kind: 'api',
      tag: 'review',
      summary: 'Say how many minutes a week you have for reviews',
      description:
        'The dates that teachers are told are made from what reviewers say here. With 0 nothing new is drawn for you.',
      access: 'review.rate',
      ifMatch: true,
      body: { kind: 'json', schema: requestSchema('set-availability'), example: { minutesPerWeek: 120 } },
      responses: { 200: { description: 'Your time, as kept.', schema: availabilitySchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        request.ifMatch(presentAvailability(await minutesOf(review, actor.district, actor.member)));
        const { minutesPerWeek } = request.body as { readonly minutesPerWeek: number };
        return ok(presentAvailability(await setMinutes(review, actor, minutesPerWeek)));
      },
    },
    {
      operationId: 'getDraftRating',
      method: 'GET',
      path: '/api/v1/assignments/{assignment}/draft',
      kind: 'api',
      tag: 'review',
      summary: 'What you had written for an assignment, also once it expired or was given back',
      description:
        'Kept for a time after the end (`draftDays` of the review policy), for you alone. 404 once the rating is committed.',
      access: 'review.rate',
      responses: { 200: { description: 'Your draft.', schema: keptDraftSchema } },
      handler: async (request) =>
        ok(
          presentKeptDraft(
            await getKeptDraft(review, principalOf(request).actor, request.params['assignment']!),
          ),
        ),
    },
    {
      operationId: 'listMySeedReports',
      method: 'GET',
      path: '/api/v1/seed-reports',
      kind: 'api',
      tag: 'review',
      summary: 'How your ratings of hidden exemplars compared with their keys, the newest first',
      description:
        'Some of the work that you are given is an exemplar with a key. You are told of several at once, some days after you rated as many as the policy says (ten) or after a month, in rounded figures; which ones they were is not said.',
      access: 'review.rate',
      query: pageQuery,
      responses: { 200: { description: 'One page of reports.', schema: pageSchema(seedReportSchema) } },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        const page = await review.store.seedReportsOf(district, member, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentSeedReport) });
      },
    },
  ];
}

function overseeRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'listReviewerLoads',
      method: 'GET',
      path: '/api/v1/reviewer-loads',
      kind: 'api',
      tag: 'review',
      summary: 'What each reviewer has in hand, and how much time for it',
      access: 'review.oversee',
      responses: { 200: { description: 'All reviewers, by name.', schema: pageSchema(reviewerLoadSchema) } },
      handler: async (request) => {
        const loads = await reviewerLoads(review, principalOf(request).actor);
        return ok({ items: loads.map(presentReviewerLoad) });
      },
    },
    {
      operationId: 'releaseReviewerWork',
      method: 'POST',
      path: '/api/v1/members/{member}/release-reviews',
      kind: 'api',
      tag: 'review',
      summary: 'Give everything that is open with a reviewer to others',
      description:
        'For a reviewer who is ill or away. Others are drawn at once; what the reviewer had written is kept for a time, for the reviewer alone.',
      access: 'review.oversee',
      responses: { 200: { description: 'All reviewers, by name.', schema: pageSchema(reviewerLoadSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        await releaseReviewerWork(review, actor, request.params['member']!);
        service.wake();
        const loads = await reviewerLoads(review, actor);
        return ok({ items: loads.map(presentReviewerLoad) });
      },
    },
    {
      operationId: 'getSeedOverview',
      method: 'GET',
      path: '/api/v1/seeds',
      kind: 'api',
      tag: 'review',
      summary: 'How a version stands with seeds: which exemplars can be served, and who is short of them',
      description:
        'A share of live work (one in ten unless the policy says otherwise) brings a seed with it: a keyed exemplar that is not to be told from work. Where a reviewer has met all, ratings are asked for twice instead.',
      access: 'review.oversee',
      query: {
        type: 'object',
        additionalProperties: false,
        required: ['achievementVersion'],
        properties: {
          achievementVersion: { type: 'string', maxLength: 40, description: 'Id of the version.' },
        },
      },
      responses: { 200: { description: 'Exemplars and reviewers.', schema: seedOverviewSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(
          presentSeedOverview(await seedOverview(review, actor, request.query['achievementVersion']!)),
        );
      },
    },
  ];
}

function expectedRoute({ review }: Pick<Rooms, 'review'>): Route {
  return {
    operationId: 'getExpectedDecision',
    method: 'GET',
    path: '/api/v1/submissions/{submission}/expected-decision',
    kind: 'api',
    tag: 'review',
    summary: 'Between which days the decision on a submission of yours is to be expected',
    description:
      'From what waits before it, how long ratings take, and the time that reviewers have; made anew each time it is asked. At least four of five decisions come by the later day.',
    access: 'submissions.own',
    responses: { 200: { description: 'The days.', schema: expectedDecisionSchema } },
    handler: async (request) => {
      const { actor, district } = principalOf(request);
      const expected = await getExpectedDecision(review, actor, request.params['submission']!);
      return ok(presentExpectedDecision(expected, district.timeZone));
    },
  };
}
