import { appealPages } from './appeals.js';
import type { Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { certificationPages } from './lead-certifications.js';
import { decisionPages } from './lead-decisions.js';
import { driftPages } from './lead-drift.js';
import { figuresPages } from './lead-figures.js';
import { exemplarPages } from './lead-exemplar.js';
import { exemplarFilePages } from './exemplar-files.js';
import { exemplarSourcePages } from './lead-exemplar-sources.js';
import { exemplarListPages } from './lead-exemplars.js';
import { newExemplarPages } from './lead-new-exemplar.js';
import { poolWorkPages } from './pool-work.js';
import { codeOfConductPages } from './code-of-conduct.js';
import { memberDeclarationPages } from './lead-declarations.js';
import { reviewPolicyPages } from './review-policy.js';
import { reviewCasePages } from './lead-review-cases.js';
import { lookBackPages } from './lead-look-backs.js';
import { reviewerLoadPages } from './lead-reviewers.js';
import { seedPages } from './lead-seeds.js';

/** The pages of experts and leads: exemplars and their keys, certifications, review cases, decisions. */
export function leadPages(
  rooms: Pick<Rooms, 'review' | 'calibration' | 'evidence' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  return [
    ...reviewPolicyPages(rooms),
    ...codeOfConductPages(rooms),
    ...memberDeclarationPages(rooms),
    ...exemplarListPages(rooms),
    ...exemplarSourcePages(rooms),
    ...exemplarFilePages(rooms),
    ...newExemplarPages(rooms),
    ...exemplarPages(rooms),
    ...certificationPages(rooms),
    ...reviewCasePages(rooms),
    ...reviewerLoadPages(rooms),
    ...figuresPages(rooms),
    ...driftPages(rooms),
    ...seedPages(rooms),
    ...decisionPages(rooms),
    ...poolWorkPages(rooms),
    ...lookBackPages(rooms),
    ...appealPages(rooms),
  ];
}
