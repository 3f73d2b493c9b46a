import { ok, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';

/** Whether the service is up, and the demo's clock. */
export function serviceRoutes(rooms: Pick<Rooms, 'service'>): readonly Route[] {
  const { service } = rooms;
  const health: readonly Route[] = [
    {
      operationId: 'isAlive',
      method: 'GET',
      path: '/livez',
      kind: 'protocol',
      tag: 'service',
      summary: 'Whether the process answers',
      access: 'public',
      responses: { 200: { description: 'It does.', mediaType: 'text/plain' } },
      handler: async () => ({ status: 200, text: 'alive' }),
    },
    {
      operationId: 'isReady',
      method: 'GET',
      path: '/readyz',
      kind: 'protocol',
      tag: 'service',
      summary: 'Whether a change would be accepted now',
      access: 'public',
      responses: { 200: { description: 'It would.', mediaType: 'text/plain' } },
      handler: async () => {
        await service.ping();
        return { status: 200, text: 'ready' };
      },
    },
  ];
  const { advanceClock } = service;
  if (advanceClock === undefined) return health;
  return [
    ...health,
    {
      operationId: 'advanceClock',
      method: 'POST',
      path: '/demo/clock',
      kind: 'api',
      tag: 'service',
      summary: "Move the demo's clock forward; only the demo has this",
      access: 'public',
      body: {
        kind: 'json',
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['advance'],
          properties: {
            advance: { type: 'integer', minimum: 0, maximum: 315_360_000, description: 'Seconds.' },
          },
        },
      },
      responses: {
        200: {
          description: 'The new time.',
          schema: { type: 'object', properties: { now: { type: 'string' } } },
        },
      },
      handler: async (request) => {
        const { advance } = request.body as { advance: number };
        advanceClock(advance);
        await service.settle();
        return ok({ now: service.now() });
      },
    },
  ];
}
