import { accessRoutes } from './api/access.js';
import { achievementRoutes } from './api/achievements.js';
import { auditRoutes } from './api/audit.js';
import { awardRoutes } from './api/awards.js';
import { calibrationRoutes } from './api/calibration.js';
import { districtRoutes } from './api/districts.js';
import { driftRoutes } from './api/drift.js';
import { endorsementRoutes } from './api/endorsements.js';
import { evidenceRoutes } from './api/evidence.js';
import { figuresRoutes } from './api/figures.js';
import { keyCompromiseRoutes } from './api/key-compromises.js';
import { pathwayRoutes } from './api/pathways.js';
import { carryOverRoutes } from './api/carry-over.js';
import { reviewRoutes } from './api/review.js';
import { poolWorkRoutes } from './api/pool-work.js';
import { reviewPoolRoutes } from './api/review-pools.js';
import { reviewerRoutes } from './api/reviewers.js';
import { serviceRoutes } from './api/service.js';
import { submissionRoutes } from './api/submissions.js';
import { tenancyRoutes } from './api/tenancy.js';
import { verifyRoutes } from './api/verify.js';
import { assetRoutes } from './assets.js';
import { openApiDocument } from './openapi.js';
import { achievementDraftPages } from './pages/achievement-drafts.js';
import { publicationPages } from './pages/achievement-publication.js';
import { achievementPages } from './pages/achievements.js';
import { apiKeyPages } from './pages/api-keys.js';
import { changeAwardPages } from './pages/award-change.js';
import { auditPages } from './pages/audit.js';
import { awardPages } from './pages/awards.js';
import { districtPages } from './pages/district.js';
import { endorsementPages } from './pages/endorsements.js';
import { issuerKeyPages } from './pages/issuer-keys.js';
import { issuingStoppedPages } from './pages/issuing-stopped.js';
import { keyCompromisePages } from './pages/key-compromise.js';
import { leadPages } from './pages/lead-pages.js';
import { memberPages } from './pages/member.js';
import { membersPages } from './pages/members.js';
import { mySeatPages } from './pages/my-seats.js';
import { problemPages } from './pages/problems.js';
import { relationshipPages } from './pages/relationships.js';
import { reviewPoolPage } from './pages/review-pool.js';
import { reviewPoolPages } from './pages/review-pools.js';
import { reviewerPages } from './pages/reviewer-pages.js';
import { setUpPages } from './pages/set-up.js';
import { signInPages } from './pages/sign-in.js';
import { startPages } from './pages/start.js';
import { teacherPages } from './pages/teacher-pages.js';
import { verifyPages } from './pages/verify.js';
import { achievementDocumentRoutes } from './protocols/achievement-documents.js';
import { auditHeadRoutes } from './protocols/audit-heads.js';
import { credentialRoutes } from './protocols/credentials.js';
import { publicEndorsementRoutes } from './protocols/endorsements.js';
import { issuerRoutes } from './protocols/issuers.js';
import { qualityReportRoutes } from './protocols/quality-report.js';
import { qualityRoutes } from './protocols/quality.js';
import { statusListRoutes } from './protocols/status-lists.js';
import { vcApiRoutes } from './protocols/vc-api.js';
import { ok, type Route } from './route.js';
import type { Rooms } from './rooms.js';

/** Every route of the service, as rows: what is mounted, what the access matrix and `/openapi.json` are made from. */
export function routeTable(rooms: Rooms): readonly Route[] {
  const rows: readonly Route[] = [
    ...serviceRoutes(rooms),
    ...districtRoutes(rooms),
    ...keyCompromiseRoutes(rooms),
    ...tenancyRoutes(rooms),
    ...accessRoutes(rooms),
    ...achievementRoutes(rooms),
    ...evidenceRoutes(rooms),
    ...submissionRoutes(rooms),
    ...calibrationRoutes(rooms),
    ...reviewRoutes(rooms),
    ...carryOverRoutes(rooms),
    ...reviewerRoutes(rooms),
    ...figuresRoutes(rooms),
    ...driftRoutes(rooms),
    ...reviewPoolRoutes(rooms),
    ...poolWorkRoutes(rooms),
    ...awardRoutes(rooms),
    ...endorsementRoutes(rooms),
    ...pathwayRoutes(rooms),
    ...verifyRoutes(rooms),
    ...issuerRoutes(rooms),
    ...auditRoutes(rooms),
    ...auditHeadRoutes(rooms),
    ...credentialRoutes(rooms),
    ...publicEndorsementRoutes(rooms),
    ...achievementDocumentRoutes(rooms),
    ...qualityRoutes(rooms),
    ...qualityReportRoutes(rooms),
    ...statusListRoutes(rooms),
    ...vcApiRoutes(rooms),
    ...assetRoutes(),
    ...startPages(rooms),
    ...setUpPages(rooms),
    ...signInPages(rooms),
    ...problemPages(),
    ...verifyPages(rooms),
    ...teacherPages(rooms),
    ...districtPages(rooms),
    ...membersPages(rooms),
    ...memberPages(rooms),
    ...relationshipPages(rooms),
    ...reviewPoolPages(rooms),
    ...reviewPoolPage(rooms),
    ...mySeatPages(rooms),
    ...apiKeyPages(rooms),
    ...issuerKeyPages(rooms),
    ...keyCompromisePages(rooms),
    ...auditPages(rooms),
    ...endorsementPages(rooms),
    ...reviewerPages(rooms),
    ...leadPages(rooms),
    ...awardPages(rooms),
    ...changeAwardPages(rooms),
    ...achievementPages(rooms),
    ...achievementDraftPages(rooms),
    ...publicationPages(rooms),
    ...issuingStoppedPages(rooms),
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
