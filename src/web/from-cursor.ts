import type { PageRequest } from '../kernel/index.js';
import type { RouteRequest } from './route.js';

/** The page of a list that a page's address asks for by `?cursor=`; 50 rows each. */
export function fromCursor(request: Pick<RouteRequest, 'query'>): PageRequest {
  const cursor = request.query['cursor'];
  return cursor === undefined ? { limit: 50 } : { cursor, limit: 50 };
}
