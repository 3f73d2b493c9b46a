import type { MemberId } from '../kernel/index.js';
import type { ReviewPorts } from './store.js';

/**
 * The author of a submission and everybody who was ever given it, or an earlier attempt at it, to review: who knows the
 * work. In no order; nobody when there is no such submission.
 */
export async function readersOf(
  ports: Pick<ReviewPorts, 'store' | 'submissions'>,
  district: string,
  submission: string,
): Promise<readonly MemberId[]> {
  const readers = new Set<MemberId>();
  for (let id: string | null = submission; id !== null;) {
    const work = await ports.submissions.store.submission(district, id);
    if (work === undefined) break;
    readers.add(work.teacher);
    const cases = await ports.store.cases.page(district, 'submission', [id], { limit: 100 });
    for (const one of cases.items) {
      for (const { reviewer } of await ports.store.assignmentsOfCase(district, one.id)) readers.add(reviewer);
    }
    id = work.previous;
  }
  return [...readers];
}
