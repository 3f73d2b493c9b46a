import type { JsonSchema } from '../../kernel/index.js';
import { anewReasons, getCarryOver, type CarryOver } from '../../review/index.js';
import { ok, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';

/** Which criteria of a next attempt stand, told to its teacher before and after it is handed in. */
export function carryOverRoutes({ review }: Pick<Rooms, 'review'>): readonly Route[] {
  return [
    {
      operationId: 'getCarryOver',
      method: 'GET',
      path: '/api/v1/submissions/{submission}/carry-over',
      kind: 'api',
      tag: 'review',
      summary: 'Which criteria stand from your attempt before, and which are rated anew and why',
      description:
        'A criterion that was met stands when what shows it is unchanged, byte by byte, and the next attempt is handed in within 60 days on the same version. Of a draft it says how it is now; it is judged again as its review begins.',
      access: 'submissions.own',
      responses: { 200: { description: 'Each criterion, in the order of the rubric.', schema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(present(await getCarryOver(review, actor, request.params['submission']!)));
      },
    },
  ];
}

function present({ version, criteria }: CarryOver) {
  return {
    criteria: criteria.map(({ criterion, stands, anew }) => {
      const { name, levels } = version.rubric.criteria.find(({ id }) => id === criterion)!;
      return {
        id: criterion,
        name,
        stands:
          stands === null
            ? null
            : {
                level: stands.level,
                name: levels.find(({ id }) => id === stands.level)?.name ?? stands.level,
                decision: stands.decision,
                decidedAt: stands.decidedAt,
              },
        anew,
      };
    }),
  };
}

const text: JsonSchema = { type: 'string' };

const schema: JsonSchema = {
  type: 'object',
  required: ['criteria'],
  properties: {
    criteria: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'stands', 'anew'],
        properties: {
          id: text,
          name: text,
          stands: {
            type: ['object', 'null'],
            description:
              'The level that stands, and the decision that found it met; null when it is rated anew.',
            required: ['level', 'name', 'decision', 'decidedAt'],
            properties: {
              level: text,
              name: text,
              decision: text,
              decidedAt: { type: 'string', format: 'date-time' },
            },
          },
          anew: {
            enum: [...anewReasons, null],
            description:
              'Why it is rated anew. `not-met` before; `evidence-changed`; `link`: its evidence holds a link, behind which nobody can prove that nothing changed; `too-late`: after the 60 days; `other-version`; `new-work`: no next attempt; `under-appeal`; `review`: its earlier review does not stand any more; `all-met`: nothing else would be left to rate. Null when it stands, and of a first attempt.',
          },
        },
      },
    },
  },
};
