import { found } from '../../kernel/index.js';
import { auditJwks, issuerDid, listIssuerKeys } from '../../securing/index.js';
import { headSchema, presentHead } from '../api/present-audit.js';
import { pageQuery, pageRequest, pageSchema, type Reply, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

/** How long a head or the keys may be kept by caches, in seconds. */
const age = 300;

/** The public proof of a district's audit record: its signed heads and the keys that sign them, for whoever keeps them. */
export function auditHeadRoutes({
  audit,
  tenancy,
  securing,
  service,
}: Pick<Rooms, 'audit' | 'tenancy' | 'securing' | 'service'>): readonly Route[] {
  const common = { kind: 'protocol', tag: 'audit', method: 'GET', access: 'public' } as const;
  const path = '/.well-known/audit/{district}';
  const districtOf = async (slug: string) => found(await tenancy.store.districtBySlug(slug), 'audit record');
  return [
    {
      ...common,
      operationId: 'getAuditHead',
      path,
      summary: 'The newest signed head of a district’s audit record',
      description:
        'Keep it: whoever holds it finds every later flip, deletion, reordering, rewriting or truncation of what was recorded before. Signed once a day at most, at midnight in UTC.',
      responses: { 200: { description: 'The head.', schema: headSchema } },
      handler: async (request) => {
        const { id, slug } = await districtOf(request.params['district']!);
        const head = found(await audit.store.newestHead(id), 'signed head of the audit record');
        return json(presentHead(slug, head));
      },
    },
    {
      ...common,
      operationId: 'listAuditHeads',
      path: `${path}/heads`,
      summary: 'Every signed head of a district’s audit record, the newest first',
      query: pageQuery,
      responses: { 200: { description: 'One page of heads.', schema: pageSchema(headSchema) } },
      handler: async (request) => {
        const { id, slug } = await districtOf(request.params['district']!);
        const page = await audit.store.pageOfHeads(id, pageRequest(request));
        return json({ ...page, items: page.items.map((head) => presentHead(slug, head)) });
      },
    },
    {
      ...common,
      operationId: 'getAuditJwks',
      path: `${path}/jwks.json`,
      summary: 'The keys that sign the heads of a district’s audit record',
      description: 'Retired keys stay; a withdrawn one leaves. They sign nothing else.',
      responses: {
        200: {
          description: 'A JWK Set (RFC 7517).',
          mediaType: 'application/jwk-set+json',
          schema: { type: 'object' },
        },
      },
      handler: async (request) => {
        const { id, slug } = await districtOf(request.params['district']!);
        const keys = await listIssuerKeys(securing, id);
        return json(auditJwks(issuerDid(service.publicUrl, slug), keys), 'application/jwk-set+json');
      },
    },
  ];
}

function json(document: unknown, mediaType = 'application/json'): Reply {
  const text = JSON.stringify(document);
  return { status: 200, text, mediaType, headers: publicHeaders(text, age) };
}
