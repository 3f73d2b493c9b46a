import type { Route } from '../route.js';
import { teacherAppealPages } from './teacher-appeal.js';
import { teacherArtefactPages } from './teacher-artefacts.js';
import { teacherBackpackPages } from './teacher-backpack.js';
import { teacherExemplarConsentPages } from './teacher-exemplar-consent.js';
import { teacherPoolConsentPages } from './teacher-pool-consent.js';
import { teacherSubmissionPages } from './teacher-submission.js';
import { teacherSubmissionsPages } from './teacher-submissions.js';
import type { TeacherRooms } from './teacher-work.js';

/** What a teacher works with: submissions, evidence, credentials. */
export function teacherPages(rooms: TeacherRooms): readonly Route[] {
  return [
    ...teacherSubmissionsPages(rooms),
    ...teacherSubmissionPages(rooms),
    ...teacherExemplarConsentPages(rooms),
    ...teacherPoolConsentPages(rooms),
    ...teacherArtefactPages(rooms),
    ...teacherBackpackPages(rooms),
    ...teacherAppealPages(rooms),
  ];
}
