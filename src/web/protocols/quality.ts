import { issuerFrom } from '../../issuing/index.js';
import { found } from '../../kernel/index.js';
import { signCompactJws, signerFor, type JsonObject } from '../../securing/index.js';
import { qualityStatementPage } from '../pages/quality-statement.js';
import type { Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

/** Review quality statements, by the digest of their bytes. */
export function qualityRoutes({
  tenancy,
  issuing,
  securing,
  service,
}: Pick<Rooms, 'tenancy' | 'issuing' | 'securing' | 'service'>): readonly Route[] {
  const common = { kind: 'protocol', tag: 'credentials', method: 'GET', access: 'public' } as const;
  const statementOf = async (slug: string, digest: string) => {
    const district = found(await tenancy.store.districtBySlug(slug), 'review quality statement');
    const sha256 = /^sha256-([0-9a-f]{64})$/.exec(digest)?.[1] ?? '';
    const kept = await issuing.store.statementByDigest(district.id, sha256);
    return { district, statement: found(kept, 'review quality statement') };
  };
  return [
    {
      ...common,
      operationId: 'getQualityStatement',
      path: '/d/{district}/quality/{statement}.json',
      summary: 'How a decision was reviewed',
      description: 'The exact bytes that the credential pins; they never change. Every number is a string.',
      responses: { 200: { description: 'The statement.', schema: { type: 'object' } } },
      handler: async (request) => {
        const { statement } = await statementOf(request.params['district']!, request.params['statement']!);
        const { text } = statement;
        return { status: 200, text, mediaType: 'application/json', headers: publicHeaders(text, 'for-ever') };
      },
    },
    {
      ...common,
      operationId: 'getQualityStatementJwt',
      path: '/d/{district}/quality/{statement}.jwt',
      summary: 'The same, signed by itself',
      responses: { 200: { description: 'A JWS over the same object.', mediaType: 'application/jose' } },
      handler: async (request) => {
        const { district, statement } = await statementOf(
          request.params['district']!,
          request.params['statement']!,
        );
        const issuer = issuerFrom(service.publicUrl, district);
        const text = await signCompactJws({
          header: {},
          payload: JSON.parse(statement.text) as JsonObject,
          signer: await signerFor(securing, issuer.ref, 'jwt'),
        });
        return { status: 200, text, mediaType: 'application/jose', headers: publicHeaders(text, 300) };
      },
    },
    // After those with an ending, which its last part would take too.
    {
      ...common,
      operationId: 'getQualityStatementPage',
      path: '/d/{district}/quality/{statement}',
      summary: 'How a decision was reviewed, for people',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const { district, statement } = await statementOf(
          request.params['district']!,
          request.params['statement']!,
        );
        const html = qualityStatementPage({
          district,
          sentence: statement.sentence,
          statement: JSON.parse(statement.text) as JsonObject,
          path: `/d/${district.slug}/quality/sha256-${statement.sha256}`,
        });
        return { status: 200, html, headers: publicHeaders(html, 300) };
      },
    },
  ];
}
