import { issuerFrom, qualityByQuarter, qualityReport } from '../../issuing/index.js';
import { found } from '../../kernel/index.js';
import { canonicalJson, signCompactJws, signerFor } from '../../securing/index.js';
import { qualityReportPage } from '../pages/quality-report.js';
import type { Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

/** The public quality report of a reviewed version: whole quarters, as page, JSON and JWS. */
export function qualityReportRoutes({
  tenancy,
  achievements,
  issuing,
  securing,
  service,
}: Pick<Rooms, 'tenancy' | 'achievements' | 'issuing' | 'securing' | 'service'>): readonly Route[] {
  const common = { kind: 'protocol', tag: 'credentials', method: 'GET', access: 'public' } as const;
  const path = '/d/{district}/achievements/{slug}/v{n}/quality';
  const report = async (request: RouteRequest) => {
    const { district: slug, slug: name, n } = request.params;
    const district = found(await tenancy.store.districtBySlug(slug!), 'achievement');
    const number = /^[1-9]\d{0,5}$/.test(n!) ? Number(n) : 0;
    const version = await achievements.store.versionByNumber(district.id, name!, number);
    const reviewed = version?.state !== 'draft' && version?.content.assessment.by === 'review';
    const shown = found(reviewed ? version : undefined, 'quality report');
    return { district, version: shown, quarters: await qualityByQuarter(issuing, shown) };
  };
  return [
    {
      ...common,
      operationId: 'getQualityReportPage',
      path,
      summary: 'How well the reviewers of a version agree, by quarter',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const { district, version, quarters } = await report(request);
        const here = `/d/${district.slug}/achievements/${version.slug}/v${version.number}/quality`;
        const html = qualityReportPage({ district, version, quarters, path: here });
        return { status: 200, html, headers: publicHeaders(html, 3600) };
      },
    },
    {
      ...common,
      operationId: 'getQualityReport',
      path: `${path}.json`,
      summary: 'The same as JSON',
      description:
        'Whole quarters only, the newest first. Every number is a string; nothing under 10 reviewers or 30 ratings.',
      responses: { 200: { description: 'The report.', schema: { type: 'object' } } },
      handler: async (request) => {
        const { version, quarters } = await report(request);
        const text = canonicalJson(qualityReport(version, quarters));
        return { status: 200, text, mediaType: 'application/json', headers: publicHeaders(text, 3600) };
      },
    },
    {
      ...common,
      operationId: 'getQualityReportJwt',
      path: `${path}.jwt`,
      summary: 'The same, signed',
      responses: { 200: { description: 'A JWS over the report.', mediaType: 'application/jose' } },
      handler: async (request) => {
        const { district, version, quarters } = await report(request);
        const issuer = issuerFrom(service.publicUrl, district);
        const text = await signCompactJws({
          header: {},
          payload: qualityReport(version, quarters),
          signer: await signerFor(securing, issuer.ref, 'jwt'),
        });
        return { status: 200, text, mediaType: 'application/jose', headers: publicHeaders(text, 300) };
      },
    },
  ];
}
