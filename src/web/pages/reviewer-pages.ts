import type { Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { assignmentPages } from './reviewer-assignment.js';
import { attemptPages } from './reviewer-attempt.js';
import { declarationPages } from './reviewer-declarations.js';
import { practicePages } from './reviewer-practice.js';
import { qualificationPages } from './reviewer-qualification.js';
import { keptDraftPages } from './reviewer-kept-draft.js';
import { myDriftPages } from './my-drift.js';
import { myFiguresPages } from './my-figures.js';
import { queuePages } from './reviewer-queue.js';
import { seedResultPages } from './reviewer-seed-results.js';
import { reviewerTimePages } from './reviewer-time.js';

/** The pages of reviewers: queue, rating, practice and qualification. */
export function reviewerPages(
  rooms: Pick<Rooms, 'review' | 'calibration' | 'achievements' | 'service'>,
): readonly Route[] {
  return [
    ...queuePages(rooms),
    ...assignmentPages(rooms),
    ...keptDraftPages(rooms),
    ...reviewerTimePages(rooms),
    ...seedResultPages(rooms),
    ...myFiguresPages(rooms),
    ...myDriftPages(rooms),
    ...declarationPages(rooms),
    ...qualificationPages(rooms),
    ...attemptPages(rooms),
    ...practicePages(rooms),
  ];
}
