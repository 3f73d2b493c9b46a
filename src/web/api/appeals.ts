import {
  appealLists,
  appealRecord,
  decideAppeal,
  declineAppeal,
  fileAppeal,
  listAppeals,
  listLookBacks,
  lookBackOf,
  openAppealArtefact,
  rateAgain,
  screenAppeal,
  visibleAppeal,
  withdrawAppeal,
  type AppealDecision,
  type AppealGround,
  type AppealList,
} from '../../review/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  appealRecordSchema,
  appealSchema,
  lookBackSchema,
  presentAppeal,
  presentAppealRecord,
  presentLookBack,
} from './present-appeal.js';
import { requestSchema } from './request-schema.js';
import { artefactReply, fileResponses } from './file-reply.js';

/** Appeals of teachers, who decides them, and look-backs. */
export function appealRoutes(rooms: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [...filingRoutes(rooms), ...decidingRoutes(rooms), ...lookBackRoutes(rooms)];
}

const common = { kind: 'api', tag: 'review' } as const;
const answer = { 200: { description: 'The appeal.', schema: appealSchema } };

function filingRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'fileAppeal',
      method: 'POST',
      path: '/api/v1/decisions/{decision}/appeals',
      summary: 'Appeal against a decision of "not yet" on work of yours',
      description:
        'Until `appealUntil` of the decision, for an error in rule, process or reason; never because another expert might differ. One at a time, and no other attempt is begun while it is open.',
      access: 'appeals.file',
      body: {
        kind: 'json',
        schema: requestSchema('file-appeal'),
        example: { ground: 'reason', words: 'Page 2 shows the check that was said to be missing.' },
      },
      responses: { 201: { description: 'The appeal.', schema: appealSchema } },
      handler: async (request) => {
        const { ground, words } = request.body as { readonly ground: AppealGround; readonly words: string };
        const decision = request.params['decision']!;
        const appeal = await fileAppeal(review, principalOf(request).actor, { decision, ground, words });
        service.wake();
        return {
          status: 201,
          json: presentAppeal(appeal),
          headers: { Location: `/api/v1/appeals/${appeal.id}` },
        };
      },
    },
    {
      ...common,
      operationId: 'listAppeals',
      method: 'GET',
      path: '/api/v1/appeals',
      summary:
        'Appeals, the newest first: yours, those you are asked to decide, or the district’s for leads and admins',
      access: 'appeals.read',
      query: {
        ...pageQuery,
        properties: {
          ...(pageQuery['properties'] as object),
          list: {
            enum: [...appealLists],
            description:
              '`all` when left out, which is the district’s for leads and admins, and yours for others.',
          },
        },
      },
      responses: { 200: { description: 'One page of appeals.', schema: pageSchema(appealSchema) } },
      handler: async (request) => {
        const list = (request.query['list'] ?? 'all') as AppealList;
        const page = await listAppeals(review, principalOf(request).actor, list, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentAppeal) });
      },
    },
    {
      ...common,
      operationId: 'getAppeal',
      method: 'GET',
      path: '/api/v1/appeals/{appeal}',
      summary: 'One appeal and what became of it',
      access: 'appeals.read',
      responses: answer,
      handler: async (request) =>
        ok(presentAppeal(await visibleAppeal(review, principalOf(request).actor, request.params['appeal']!))),
    },
    {
      ...common,
      operationId: 'withdrawAppeal',
      method: 'POST',
      path: '/api/v1/appeals/{appeal}/withdraw',
      summary: 'Take your appeal back while it is open',
      access: 'appeals.file',
      responses: answer,
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(presentAppeal(await withdrawAppeal(review, actor, request.params['appeal']!)));
      },
    },
  ];
}

function decidingRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'screenAppeal',
      method: 'POST',
      path: '/api/v1/appeals/{appeal}/screening',
      summary: 'Say whether an appeal is admissible, with reasons',
      description:
        'It is when it names an error in rule, process or reason. Somebody who had no part in the review is drawn to decide it then.',
      access: 'appeals.screen',
      inPerson: true,
      body: {
        kind: 'json',
        schema: requestSchema('screen-appeal'),
        example: { admissible: true, words: 'It names a level, and where the evidence is.' },
      },
      responses: answer,
      handler: async (request) => {
        const { admissible, words } = request.body as {
          readonly admissible: boolean;
          readonly words: string;
        };
        const appeal = request.params['appeal']!;
        const screened = await screenAppeal(review, principalOf(request).actor, {
          appeal,
          admissible,
          words,
        });
        service.wake();
        return ok(presentAppeal(screened));
      },
    },
    {
      ...common,
      operationId: 'getAppealRecord',
      method: 'GET',
      path: '/api/v1/appeals/{appeal}/record',
      summary: 'What you decide an appeal by: the evidence beside what was rated, without names',
      access: 'appeals.decide',
      responses: { 200: { description: 'The record.', schema: appealRecordSchema } },
      handler: async (request) =>
        ok(
          presentAppealRecord(
            await appealRecord(review, principalOf(request).actor, request.params['appeal']!),
          ),
        ),
    },
    {
      ...common,
      operationId: 'getAppealArtefact',
      method: 'GET',
      path: '/api/v1/appeals/{appeal}/artefacts/{artefact}',
      summary: 'The content of a file of the work that an appeal is about, whole or a range',
      description: 'Under a name made from the requirement. Takes `Range: bytes=…`. Never kept by a cache.',
      access: 'appeals.decide',
      responses: fileResponses,
      handler: async (request) =>
        artefactReply(
          request,
          await openAppealArtefact(review, principalOf(request).actor, {
            appeal: request.params['appeal']!,
            artefact: request.params['artefact']!,
          }),
        ),
    },
    {
      ...common,
      operationId: 'decideAppeal',
      method: 'POST',
      path: '/api/v1/appeals/{appeal}/decision',
      summary: 'Decide an appeal that you are asked to decide',
      description:
        'A decision is varied for an error in rule or process, or for a level that no reasonable reviewer could give; never because another expert might differ. Other reviewers then rate the work again, and decide.',
      access: 'appeals.decide',
      inPerson: true,
      body: {
        kind: 'json',
        schema: requestSchema('decide-appeal'),
        example: {
          outcome: 'varied',
          error: 'level',
          criteria: ['clear-goal'],
          words: 'The check is on page 2; nobody who read it could give this level.',
        },
      },
      responses: answer,
      handler: async (request) => {
        const body = request.body as AppealDecision;
        const appeal = request.params['appeal']!;
        const decided = await decideAppeal(review, principalOf(request).actor, { ...body, appeal });
        service.wake();
        return ok(presentAppeal(decided));
      },
    },
    {
      ...common,
      operationId: 'declineAppeal',
      method: 'POST',
      path: '/api/v1/appeals/{appeal}/decline',
      summary: 'Give an appeal back that you are asked to decide; somebody else is drawn',
      access: 'appeals.decide',
      responses: answer,
      handler: async (request) => {
        const declined = await declineAppeal(review, principalOf(request).actor, request.params['appeal']!);
        return ok(presentAppeal(declined));
      },
    },
  ];
}

function lookBackRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'rateAgain',
      method: 'POST',
      path: '/api/v1/submissions/{submission}/look-backs',
      summary: 'Have decided work rated again by reviewers who had no part in it',
      description:
        'The decision, and the credential, stand until the new round has decided. While one is held, that one is answered.',
      access: 'review.look-back',
      body: {
        kind: 'json',
        schema: requestSchema('reason'),
        example: { reason: 'Two of us doubt the reading of the plan.' },
      },
      responses: { 200: { description: 'The look-back.', schema: lookBackSchema } },
      handler: async (request) => {
        const { reason } = request.body as { readonly reason: string };
        const submission = request.params['submission']!;
        const round = await rateAgain(review, principalOf(request).actor, { submission, reason });
        service.wake();
        return ok(presentLookBack(await lookBackOf(review, round)));
      },
    },
    {
      ...common,
      operationId: 'listLookBacks',
      method: 'GET',
      path: '/api/v1/look-backs',
      summary: 'Decided work that is or was rated again, the newest first, with what came of it',
      description: 'Without work that you are to rate yourself; a page may so hold fewer than `limit`.',
      access: 'review.oversee',
      query: pageQuery,
      responses: { 200: { description: 'One page of look-backs.', schema: pageSchema(lookBackSchema) } },
      handler: async (request) => {
        const page = await listLookBacks(review, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentLookBack) });
      },
    },
  ];
}
