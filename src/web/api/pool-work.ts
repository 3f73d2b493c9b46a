import type { DeIdentificationCheck } from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import {
  clearForPool,
  getPoolWork,
  keepFromPool,
  listPoolWork,
  openPoolFile,
  type PoolWork,
} from '../../review/index.js';
import { ok, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { fileReply, fileResponses } from './file-reply.js';
import { requestSchema } from './request-schema.js';

const common = { kind: 'api', tag: 'review', access: 'pools.clear-work' } as const;

/** Work whose teacher allows that reviewers of other districts rate it: reading it, and clearing it or keeping it. */
export function poolWorkRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listPoolWork',
      method: 'GET',
      path: '/api/v1/pool-work',
      summary: 'Work in review that its teacher opened to the review pool, without names',
      description:
        'A teacher opens it with `recordConsent` and the use `pool-review`, where an agreement names the achievement. Your own work is not among it.',
      responses: { 200: { description: 'All of it.', schema: pageSchema(poolWorkSchema) } },
      handler: async (request) => {
        const works = await listPoolWork(review, principalOf(request).actor);
        return ok({ items: works.map(presentPoolWork) });
      },
    },
    {
      ...common,
      operationId: 'getPoolWork',
      method: 'GET',
      path: '/api/v1/pool-work/{submission}',
      summary: 'One piece of such work, as its reviewers see it',
      responses: { 200: { description: 'The work.', schema: poolWorkSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(presentPoolWork(await getPoolWork(review, actor, request.params['submission']!)));
      },
    },
    {
      ...common,
      operationId: 'getPoolWorkFile',
      method: 'GET',
      path: '/api/v1/pool-work/{submission}/files/{artefact}',
      summary: 'A file of such work, whole or a range',
      responses: fileResponses,
      handler: async (request) => {
        const { actor } = principalOf(request);
        const [submission, artefact] = [request.params['submission']!, request.params['artefact']!];
        return fileReply(request, await openPoolFile(review, actor, { submission, artefact }));
      },
    },
    {
      ...common,
      operationId: 'clearPoolWork',
      method: 'POST',
      path: '/api/v1/pool-work/{submission}/clear',
      summary: 'Confirm that nothing in the work says whose it is: it can be drawn for seats',
      description:
        'You then rate it in no round. Refused for recordings, for files that no consent names, and where a text holds the name or the school of the teacher; `keepPoolWork` keeps such work in the district.',
      body: {
        kind: 'json',
        schema: requestSchema('clear-pool-work'),
        example: { checks: { names: true, faces: true, metadata: true, context: true } },
      },
      responses: { 200: { description: 'The work, cleared.', schema: poolWorkSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { checks } = request.body as {
          readonly checks: { readonly [check in DeIdentificationCheck]: boolean };
        };
        const { id } = await clearForPool(review, actor, request.params['submission']!, checks);
        service.wake();
        return ok(presentPoolWork(await getPoolWork(review, actor, id)));
      },
    },
    {
      ...common,
      operationId: 'keepPoolWork',
      method: 'POST',
      path: '/api/v1/pool-work/{submission}/keep',
      summary: 'Keep the work in the district: reviewers of other districts do not see it',
      description: 'At once, also where it was cleared before; what is open with them goes to others.',
      responses: { 200: { description: 'The work, kept.', schema: poolWorkSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { id } = await keepFromPool(review, actor, request.params['submission']!);
        service.wake();
        return ok(presentPoolWork(await getPoolWork(review, actor, id)));
      },
    },
  ];
}

function presentPoolWork({ submission, version, items, state, faults }: PoolWork) {
  return {
    submission: submission.id,
    achievementVersion: version.version.id,
    state,
    faults,
    items: items.map(({ requirement, name, kind, text: words, files }) => ({
      ...{ requirement, name, kind, text: words },
      files: files.map(({ artefact, mediaType, size }) => ({
        ...{ artefact, mediaType, size },
        href: `/api/v1/pool-work/${submission.id}/files/${artefact}`,
      })),
    })),
  };
}

const text: JsonSchema = { type: 'string' };
const poolWorkSchema: JsonSchema = {
  type: 'object',
  required: ['submission', 'achievementVersion', 'state', 'faults', 'items'],
  properties: {
    submission: text,
    achievementVersion: text,
    state: { enum: ['unchecked', 'cleared', 'kept'] },
    faults: {
      type: 'array',
      description: 'What keeps it from the pool whoever reads it.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: text, detail: text },
      },
    },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['requirement', 'name', 'kind', 'text', 'files'],
        properties: {
          requirement: text,
          name: text,
          kind: { enum: ['file', 'text'] },
          text: { type: ['string', 'null'] },
          files: {
            type: 'array',
            items: {
              type: 'object',
              required: ['artefact', 'mediaType', 'size', 'href'],
              properties: { artefact: text, mediaType: text, size: { type: 'integer' }, href: text },
            },
          },
        },
      },
    },
  },
};
