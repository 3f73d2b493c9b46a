import {
  moveExemplar,
  offerExemplar,
  openExemplarFile,
  servingUses,
  type ExemplarPool,
} from '../../calibration/index.js';
import { found, type JsonSchema } from '../../kernel/index.js';
import { knownServings } from '../../review/index.js';
import { created, ok, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { fileReply, fileResponses } from './file-reply.js';
import { exemplarSchema, presentExemplar } from './present-calibration.js';
import { requestSchema } from './request-schema.js';

const text: JsonSchema = { type: 'string' };

/** What becomes of exemplars: pools, who was served what, later versions; and their files. */
export function exemplarUseRoutes({
  calibration,
  review,
}: Pick<Rooms, 'calibration' | 'review'>): readonly Route[] {
  return [
    {
      operationId: 'getExemplarFile',
      method: 'GET',
      path: '/api/v1/exemplars/{exemplar}/files/{item}',
      kind: 'api',
      tag: 'calibration',
      summary: 'The file of an item, whole or a range',
      description:
        'For who keys the exemplar, practises on it, or has it next on a qualifying form. Once the consent that it rests on has ended it is not there any more.',
      access: 'exemplars.open',
      responses: fileResponses,
      handler: async (request) => {
        const { member } = principalOf(request);
        const [exemplar, item] = [request.params['exemplar']!, request.params['item']!];
        return fileReply(request, await openExemplarFile(calibration, member, { exemplar, item }));
      },
    },
    {
      operationId: 'moveExemplar',
      method: 'POST',
      path: '/api/v1/exemplars/{exemplar}/pool',
      kind: 'api',
      tag: 'calibration',
      summary: 'Move an exemplar to another pool; the move is on record',
      description:
        'Between qualifying and seed as often as you like; into practice for good, since its key is shown there; out of practice only before it is keyed; retired for good: open forms that hold it get another.',
      access: 'exemplars.write',
      body: { kind: 'json', schema: requestSchema('move-exemplar'), example: { pool: 'seed' } },
      responses: { 200: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const { pool } = request.body as { readonly pool: ExemplarPool };
        const exemplar = request.params['exemplar']!;
        return ok(presentExemplar(await moveExemplar(calibration, actor, { exemplar, pool }), member));
      },
    },
    {
      operationId: 'offerExemplar',
      method: 'POST',
      path: '/api/v1/exemplars/{exemplar}/offer',
      kind: 'api',
      tag: 'calibration',
      summary: 'Offer a keyed exemplar for a later version, as a copy',
      description:
        'Keys hold only at the version at which they were made. Where the rubric has the same criteria, levels, required levels and rule, the levels of criteria that are word for word the same carry over (`carried`); experts rate the others blind, and all of them otherwise.',
      access: 'exemplars.write',
      body: {
        kind: 'json',
        schema: requestSchema('for-version'),
        example: { achievementVersion: 'acv_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
      },
      responses: { 201: { description: 'The copy, new or made before.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const { achievementVersion } = request.body as { readonly achievementVersion: string };
        const exemplar = request.params['exemplar']!;
        const copy = await offerExemplar(calibration, actor, { exemplar, achievementVersion });
        return created(presentExemplar(copy, member), `/api/v1/exemplars/${copy.id}`);
      },
    },
    {
      operationId: 'listExemplarServings',
      method: 'GET',
      path: '/api/v1/exemplars/{exemplar}/servings',
      kind: 'api',
      tag: 'calibration',
      summary: 'Who was served this work, in any copy of it, and for what',
      description:
        'Your own is left out, and so are seeds that are in hand: nobody is to know that live work is one.',
      access: 'exemplars.write',
      responses: {
        200: {
          description: 'All of them, the first first.',
          schema: pageSchema({
            type: 'object',
            required: ['member', 'use', 'exemplar', 'at'],
            properties: {
              member: { type: 'string', description: 'Member id.' },
              use: { enum: [...servingUses] },
              exemplar: { type: 'string', description: 'The copy that was served.' },
              at: { ...text, format: 'date-time' },
            },
          }),
        },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const kept = await calibration.store.exemplar(actor.district, request.params['exemplar']!);
        const { origin } = found(kept, 'exemplar');
        const known = await knownServings(review, actor.district, origin, actor.member);
        return ok({ items: known.map(({ member, use, exemplar, at }) => ({ member, use, exemplar, at })) });
      },
    },
  ];
}
