import { accessRoutes } from './api/access.js';
import { districtRoutes } from './api/districts.js';
import { serviceRoutes } from './api/service.js';
import { tenancyRoutes } from './api/tenancy.js';
import { openApiDocument } from './openapi.js';
import { ok, type Route } from './route.js';
import type { Rooms } from './rooms.js';

/** Every route of the service, as rows: what is mounted, what the access matrix and `/openapi.json` are made from. */
export function routeTable(rooms: Rooms): readonly Route[] {
  const rows: readonly Route[] = [
    ...serviceRoutes(rooms),
    ...districtRoutes(rooms),
    ...tenancyRoutes(rooms),
    ...accessRoutes(rooms),
  ];
  const table: readonly Route[] = [...rows, openApiRoute(rooms, () => table)];
  return table;
}

function openApiRoute(rooms: Pick<Rooms, 'service'>, table: () => readonly Route[]): Route {
  let document: unknown;
  return {
    operationId: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    kind: 'protocol',
    tag: 'service',
    summary: 'This document',
    access: 'public',
    responses: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
    handler: async () => {
      document ??= openApiDocument(table(), rooms.service);
      return ok(document, { 'Cache-Control': 'public, max-age=300' });
    },
  };
}
