import type { Levels } from '../../achievements/index.js';
import {
  commitQualificationResponse,
  getQualification,
  mayPractise,
  nextQualificationItem,
  ratePractice,
  refuseOutsideSeat,
  reviewedVersion,
  startQualification,
  type QualificationAttempt,
} from '../../calibration/index.js';
import { created, ok, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  practiceSchema,
  presentPractice,
  presentQualification,
  qualificationSchema,
} from './present-calibration.js';
import { requestSchema } from './request-schema.js';
import { versionQuery } from './version-query.js';

const exampleLevels = { 'clear-goal': 'clear-goal-3', 'timely-feedback': 'timely-feedback-2' };

/** Practice on exemplars whose key is shown afterwards, and the qualifying form. */
export function qualificationRoutes({
  calibration,
  service,
}: Pick<Rooms, 'calibration' | 'service'>): readonly Route[] {
  const presented = async (attempt: QualificationAttempt) => {
    const { rubric } = await reviewedVersion(calibration, attempt.district, attempt.achievementVersion);
    const now = await nextQualificationItem(calibration, attempt);
    return presentQualification(now.attempt, now.next, rubric);
  };
  return [
    {
      operationId: 'listPracticeExemplars',
      method: 'GET',
      path: '/api/v1/practice-exemplars',
      kind: 'api',
      tag: 'calibration',
      summary: 'The practice exemplars of a version; keys only of those that you have rated',
      access: 'qualification.take',
      query: versionQuery,
      responses: {
        200: { description: 'One page of practice exemplars.', schema: pageSchema(practiceSchema) },
      },
      handler: async (request) => {
        const { actor, member, home } = principalOf(request);
        const version = request.query['achievementVersion']!;
        if (home !== undefined) await refuseOutsideSeat(calibration, actor, version);
        const page = await calibration.store.pageOfExemplars(actor.district, version, pageRequest(request));
        const servings = await calibration.store.servingsOf(actor.district, actor.member);
        const practice = page.items.filter((exemplar) => mayPractise(exemplar, servings));
        const items = await Promise.all(
          practice.map(async (exemplar) => {
            const rating = await calibration.store.practiceRating(actor.district, exemplar.id, actor.member);
            return presentPractice(exemplar, rating, member);
          }),
        );
        return ok({ ...page, items });
      },
    },
    {
      operationId: 'ratePracticeExemplar',
      inPerson: true,
      method: 'POST',
      path: '/api/v1/practice-exemplars/{exemplar}/rating',
      kind: 'api',
      tag: 'calibration',
      summary: 'Rate a practice exemplar; the answer shows its key and why',
      access: 'qualification.take',
      body: { kind: 'json', schema: requestSchema('levels'), example: { levels: exampleLevels } },
      responses: { 200: { description: 'The exemplar with its key and rationale.', schema: practiceSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const { exemplar, rating } = await ratePractice(calibration, actor, {
          exemplar: request.params['exemplar']!,
          levels: (request.body as { readonly levels: Levels }).levels,
        });
        return ok(presentPractice(exemplar, rating, member));
      },
    },
    {
      operationId: 'startQualification',
      inPerson: true,
      method: 'POST',
      path: '/api/v1/qualifications',
      kind: 'api',
      tag: 'calibration',
      summary: 'Start the qualifying form of a version',
      description:
        'A form of exemplars (10, unless the review policy says otherwise), drawn from those that you have not seen; where it decides nothing yet it is extended by 5, twice. Rate what is in `next` with `commitQualificationResponse` until `state` is no longer `open`. Two attempts in 90 days; an attempt cannot be taken back. Nothing is said of keys.',
      access: 'qualification.take',
      body: {
        kind: 'json',
        schema: requestSchema('for-version'),
        example: { achievementVersion: 'acv_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
      },
      responses: {
        201: { description: 'The attempt with the first exemplar in `next`.', schema: qualificationSchema },
      },
      handler: async (request) => {
        const body = request.body as { readonly achievementVersion: string };
        const attempt = await startQualification(calibration, principalOf(request).actor, body);
        return created(await presented(attempt), `/api/v1/qualifications/${attempt.id}`);
      },
    },
    {
      operationId: 'listMyQualifications',
      method: 'GET',
      path: '/api/v1/qualifications',
      kind: 'api',
      tag: 'calibration',
      summary: 'Your attempts at a version, the first first',
      access: 'qualification.take',
      query: {
        type: 'object',
        additionalProperties: false,
        required: ['achievementVersion'],
        properties: {
          achievementVersion: { type: 'string', maxLength: 40, description: 'Id of the version.' },
        },
      },
      responses: { 200: { description: 'All of them.', schema: pageSchema(qualificationSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const version = request.query['achievementVersion']!;
        const attempts = await calibration.store.attemptsOf(actor.district, actor.member, version);
        return ok({ items: await Promise.all(attempts.map(presented)) });
      },
    },
    {
      operationId: 'getQualification',
      method: 'GET',
      path: '/api/v1/qualifications/{qualification}',
      kind: 'api',
      tag: 'calibration',
      summary: 'An attempt of yours, with the exemplar to rate next',
      access: 'qualification.take',
      responses: { 200: { description: 'The attempt.', schema: qualificationSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { attempt } = await getQualification(calibration, actor, request.params['qualification']!);
        return ok(await presented(attempt));
      },
    },
    {
      operationId: 'commitQualificationResponse',
      inPerson: true,
      method: 'POST',
      path: '/api/v1/qualifications/{qualification}/responses',
      kind: 'api',
      tag: 'calibration',
      summary: 'Commit your levels for the exemplar that is next',
      description:
        'They never change. At the end of the form `state` says `certified` or `not-certified`, or the form has grown.',
      access: 'qualification.take',
      body: {
        kind: 'json',
        schema: requestSchema('qualification-response'),
        example: { exemplar: 'exm_aaaaaaaaaaaaaaaaaaaaaaaaaa', levels: exampleLevels },
      },
      responses: { 200: { description: 'The attempt, with what is next.', schema: qualificationSchema } },
      handler: async (request) => {
        const attempt = await commitQualificationResponse(calibration, principalOf(request).actor, {
          ...(request.body as { readonly exemplar: string; readonly levels: Levels }),
          attempt: request.params['qualification']!,
        });
        service.wake();
        return ok(await presented(attempt));
      },
    },
  ];
}
