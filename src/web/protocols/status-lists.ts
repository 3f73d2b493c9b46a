import { AppError, found, isId } from '../../kernel/index.js';
import { readPublishedList } from '../../status/index.js';
import type { Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

/** The published status lists of the districts. */
export function statusListRoutes({ tenancy, status }: Pick<Rooms, 'tenancy' | 'status'>): readonly Route[] {
  return [
    {
      operationId: 'getStatusList',
      method: 'GET',
      path: '/d/{district}/status/{list}',
      kind: 'protocol',
      tag: 'credentials',
      summary: 'A Bitstring Status List, signed',
      access: 'public',
      responses: {
        200: {
          description: 'A BitstringStatusListCredential (Bitstring Status List 1.0).',
          mediaType: 'application/vc+ld+json',
          schema: { type: 'object' },
        },
      },
      handler: async (request) => {
        const district = found(
          await tenancy.store.districtBySlug(request.params['district']!),
          'status list',
        );
        const list = request.params['list']!;
        if (!isId('sls', list)) throw new AppError('not-found', 'There is no such status list.');
        const { text } = await readPublishedList(status, {
          district: district.id,
          slug: district.slug,
          list,
        });
        return { status: 200, text, mediaType: 'application/vc+ld+json', headers: publicHeaders(text, 60) };
      },
    },
  ];
}
