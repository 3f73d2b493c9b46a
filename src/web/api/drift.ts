import {
  answerDriftSignal,
  driftSignalStates,
  type DriftAnswer,
  type DriftSignalState,
} from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import {
  getDriftSignal,
  getMyDriftSignal,
  listDriftLookBack,
  listDriftSignals,
  listMyDriftSignals,
  lookedBackOn,
} from '../../review/index.js';
import {
  ok,
  pageQuery,
  pageRequest,
  pageSchema,
  principalOf,
  type Route,
  type RouteRequest,
} from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  driftDetailSchema,
  driftSignalSchema,
  lookedBackOnSchema,
  ownSignalSchema,
  presentDriftDetail,
  presentDriftSignal,
  presentLookedBackOn,
  presentOwnSignal,
} from './present-drift.js';
import { requestSchema } from './request-schema.js';

const signalsQuery: JsonSchema = {
  ...pageQuery,
  properties: {
    ...(pageQuery['properties'] as object),
    state: {
      type: 'string',
      pattern: `^(${driftSignalStates.join('|')})$`,
      description: 'All when left out.',
    },
    reviewer: { type: 'string', maxLength: 40, description: 'Member id; all when left out.' },
    achievementVersion: { type: 'string', maxLength: 40, description: 'Id of a version; all when left out.' },
  },
};

const common = { kind: 'api', tag: 'review' } as const;

/** Drift signals: for those who oversee review and answer them, and each reviewer's own. */
export function driftRoutes(rooms: Pick<Rooms, 'review' | 'calibration' | 'service'>): readonly Route[] {
  return [...overseeRoutes(rooms), ...ownRoutes(rooms)];
}

function overseeRoutes({
  review,
  calibration,
  service,
}: Pick<Rooms, 'review' | 'calibration' | 'service'>): readonly Route[] {
  const detailOf = async (request: RouteRequest) => {
    const { actor } = principalOf(request);
    const detail = await getDriftSignal(review, actor, request.params['signal']!);
    return presentDriftDetail(detail, await lookedBackOn(review, actor, detail.signal));
  };
  return [
    {
      ...common,
      operationId: 'listDriftSignals',
      method: 'GET',
      path: '/api/v1/drift-signals',
      summary: 'Drift signals, the newest first: levels that moved away from keys or other ratings',
      description:
        'Signals about your own levels are left out: you find them, once told, as every reviewer does.',
      access: 'review.oversee',
      query: signalsQuery,
      responses: { 200: { description: 'One page of signals.', schema: pageSchema(driftSignalSchema) } },
      handler: async (request) => {
        const page = await listDriftSignals(review, principalOf(request).actor, {
          ...pageRequest(request),
          state: request.query['state'] as DriftSignalState | undefined,
          reviewer: request.query['reviewer'],
          achievementVersion: request.query['achievementVersion'],
        });
        return ok({ ...page, items: page.items.map(presentDriftSignal) });
      },
    },
    {
      ...common,
      operationId: 'getDriftSignal',
      method: 'GET',
      path: '/api/v1/drift-signals/{signal}',
      summary: 'One drift signal: its chart, and the comparisons that it rests on',
      access: 'review.oversee',
      responses: { 200: { description: 'The signal.', schema: driftDetailSchema } },
      handler: async (request) => ok(await detailOf(request)),
    },
    {
      ...common,
      operationId: 'answerDriftSignal',
      method: 'POST',
      path: '/api/v1/drift-signals/{signal}/answer',
      summary: 'Answer a drift signal: look at it, clear it, recalibrate the reviewer, or suspend',
      description:
        'Clearing ends the probation, unless another signal holds it. Recalibrating gives the reviewer hidden exemplars first; then clear or suspend. Suspending lists every sign-off since the last clean moment and has it rated again; credentials stay valid until such a rating decides otherwise. Nobody answers a signal about the own levels.',
      access: 'certifications.change',
      body: {
        kind: 'json',
        schema: requestSchema('answer-drift-signal'),
        example: {
          to: 'recalibrating',
          reason: 'Talked about criterion 2: modelling was read as explaining. Three exemplars first.',
        },
      },
      responses: { 200: { description: 'The signal as answered.', schema: driftDetailSchema } },
      handler: async (request) => {
        const { to, reason } = request.body as { readonly to: DriftAnswer; readonly reason?: string };
        await answerDriftSignal(calibration, principalOf(request).actor, {
          ...{ signal: request.params['signal']!, to },
          ...(reason === undefined ? {} : { reason }),
        });
        service.wake();
        return ok(await detailOf(request));
      },
    },
    {
      ...common,
      operationId: 'listDriftLookBack',
      method: 'GET',
      path: '/api/v1/drift-signals/{signal}/look-back',
      summary: 'The sign-offs that a suspension lists, and how their being rated again stands',
      description:
        'Not there before the signal is suspended. Sign-offs on work that you are to rate, or handed in, are left out.',
      access: 'review.oversee',
      query: pageQuery,
      responses: { 200: { description: 'One page of sign-offs.', schema: pageSchema(lookedBackOnSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const page = await listDriftLookBack(review, actor, request.params['signal']!, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentLookedBackOn) });
      },
    },
  ];
}

function ownRoutes({ review }: Pick<Rooms, 'review'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listMyDriftSignals',
      method: 'GET',
      path: '/api/v1/my-drift-signals',
      summary: 'Signals about your own levels, once you are told of them, the newest first',
      description:
        'Some days after they were raised. Which work they rest on is not said, so that hidden exemplars stay hidden.',
      access: 'review.rate',
      responses: { 200: { description: 'Your signals.', schema: pageSchema(ownSignalSchema) } },
      handler: async (request) => {
        const own = await listMyDriftSignals(review, principalOf(request).actor);
        return ok({ items: own.map(presentOwnSignal) });
      },
    },
    {
      ...common,
      operationId: 'getMyDriftSignal',
      method: 'GET',
      path: '/api/v1/my-drift-signals/{signal}',
      summary: 'One signal about your own levels, once you are told of it',
      access: 'review.rate',
      responses: { 200: { description: 'The signal.', schema: ownSignalSchema } },
      handler: async (request) =>
        ok(
          presentOwnSignal(
            await getMyDriftSignal(review, principalOf(request).actor, request.params['signal']!),
          ),
        ),
    },
  ];
}
