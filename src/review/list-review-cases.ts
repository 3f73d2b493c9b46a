import type { Actor, MemberId, Page, PageRequest } from '../kernel/index.js';
import { pageWithout } from './page-without.js';
import type { CaseState, ReviewCase } from './review-case.js';
import type { ReviewPorts } from './store.js';

/** The states in which something is still to be done. */
export const pendingCaseStates = [
  'waiting',
  'rating',
  'adjudicating',
] as const satisfies readonly CaseState[];

/** How many cases stand so, and since when the oldest of them is open. */
export interface CaseFigures {
  readonly state: CaseState;
  readonly count: number;
  readonly oldest: string | null;
}

/**
 * How review stands in the district. Cases that the caller is to rate, or has a part in, are left out: nobody learns of
 * another's rating, or that there is one, before the own commit.
 */
export async function reviewFigures(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
): Promise<readonly CaseFigures[]> {
  const { cases: own } = await workInHand(ports, actor);
  return Promise.all(
    pendingCaseStates.map(async (state) => {
      const others: ReviewCase[] = [];
      let cursor: string | undefined;
      do {
        const page = await ports.store.pageOfCases(actor.district, state, {
          limit: 200,
          ...(cursor === undefined ? {} : { cursor }),
        });
        others.push(...page.items.filter(({ id }) => !own.has(id)));
        cursor = page.next;
      } while (cursor !== undefined);
      return { state, count: others.length, oldest: others[0]?.openedAt ?? null };
    }),
  );
}

/** The cases in a state, the oldest first, without those that the caller is to rate. */
export async function listReviewCases(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  state: CaseState,
  request: PageRequest,
): Promise<Page<ReviewCase>> {
  const { cases: own } = await workInHand(ports, actor);
  return pageWithout(
    (wanted) => ports.store.pageOfCases(actor.district, state, wanted),
    request,
    ({ id }) => own.has(id),
    own.size,
  );
}

/**
 * The cases and submissions of which the caller has an assignment open, earlier attempts at them too: nothing of others'
 * ratings of them is shown.
 */
export async function workInHand(
  ports: Pick<ReviewPorts, 'store' | 'submissions'>,
  actor: Actor & { readonly member: MemberId },
): Promise<{ readonly cases: ReadonlySet<string>; readonly submissions: ReadonlySet<string> }> {
  const open = await ports.store.openAssignmentsOf(actor.district, actor.member);
  const submissions = new Set<string>();
  for (const { submission } of open)
    for (let id: string | null = submission; id !== null && !submissions.has(id);) {
      submissions.add(id);
      id = (await ports.submissions.store.submission(actor.district, id))?.previous ?? null;
    }
  return {
    cases: new Set(open.flatMap(({ case: id }) => (id === null ? [] : [id]))),
    submissions,
  };
}
