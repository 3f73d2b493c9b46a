import type { Instant, Page } from '../../kernel/index.js';
import {
  listReviewCases,
  pendingCaseStates,
  reviewFigures,
  type Assignment,
  type CaseFigures,
  type ReviewCase,
} from '../../review/index.js';
import {
  DataTable,
  DateText,
  EmptyState,
  PageHeading,
  Pager,
  StateBadge,
  Tabs,
} from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { memberNames, versionNames } from './reviewed-versions.js';

type PendingState = (typeof pendingCaseStates)[number];

/** What the page shows of cases in one state. */
export interface CasesView {
  readonly state: PendingState;
  readonly figures: readonly CaseFigures[];
  readonly cases: Page<ReviewCase>;
  /** Who has a case open now, by case. */
  readonly open: ReadonlyMap<string, readonly Assignment[]>;
  readonly members: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** How review stands: what waits, for whom and since when; no level of anybody's. */
export function reviewCasePages(
  rooms: Pick<Rooms, 'review' | 'achievements' | 'tenancy' | 'service'>,
): readonly Route[] {
  const { review } = rooms;
  return [
    {
      operationId: 'reviewCasesPage',
      method: 'GET',
      path: '/review-cases',
      kind: 'page',
      tag: 'review',
      access: 'review.oversee',
      summary: 'Work in review: what waits, for whom and since when',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { district } = principal.actor;
        const wanted = request.query['state'];
        const state = pendingCaseStates.find((one) => one === wanted) ?? 'waiting';
        const cases = await listReviewCases(review, principal.actor, state, fromCursor(request));
        const open = new Map(
          await Promise.all(
            cases.items.map(async ({ id }) => {
              const all = await review.store.assignmentsOfCase(district, id);
              return [id, all.filter((assignment) => assignment.state === 'open')] as const;
            }),
          ),
        );
        const reviewers = [...open.values()].flat().map(({ reviewer }) => reviewer);
        const view: CasesView = {
          state,
          figures: await reviewFigures(review, principal.actor),
          cases,
          open,
          // Who may be drawn for a case later learns no names: a name that changes would say that somebody committed.
          members: isDrawn(principal) ? new Map() : await memberNames(rooms, district, reviewers),
          versions: await versionNames(
            rooms,
            district,
            cases.items.map(({ achievementVersion }) => achievementVersion),
          ),
          now: rooms.service.now(),
        };
        return { status: 200, html: reviewCasesPage(view, principal) };
      },
    },
  ];
}

function isDrawn({ member }: Principal): boolean {
  return member.roles.some((role) => role === 'reviewer' || role === 'adjudicator');
}

const stateWords: { readonly [state in PendingState]: string } = {
  waiting: 'Waiting for somebody',
  rating: 'Being rated',
  adjudicating: 'Being adjudicated',
};

/** The page. */
export function reviewCasesPage(view: CasesView, principal: Principal): string {
  const { state, figures, cases, versions, now } = view;
  const { timeZone } = principal.district;
  return page(
    { title: 'Work in review', principal, path: '/review-cases' },
    <>
      <PageHeading
        title="Work in review"
        lead="What is not decided yet, and who is waited for. What reviewers gave is nobody’s to see before the decision; work that you are to rate yourself is left out."
      />
      <Tabs
        label="By state"
        current={`/review-cases?state=${state}`}
        tabs={pendingCaseStates.map((one) => ({
          href: `/review-cases?state=${one}`,
          label: `${stateWords[one]} (${figures.find((figure) => figure.state === one)?.count ?? 0})`,
        }))}
      />
      {cases.items.length === 0 ? (
        <EmptyState icon="check-circle" title="Nothing here">
          <p>
            {state === 'waiting'
              ? 'When nobody eligible is found for a piece of work, it waits here until somebody is certified or free.'
              : 'Work stands here from the draw of a reviewer to the decision.'}
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable<ReviewCase>
            caption="The oldest first"
            rows={cases.items}
            columns={[
              {
                title: 'Work',
                cell: ({ submission, round }) => (
                  <>
                    <span class="code">{submission.slice(-6)}</span>
                    {round > 0 && <span class="quiet small"> round {round + 1}</span>}
                  </>
                ),
              },
              { title: 'Rubric', cell: ({ achievementVersion }) => versions.get(achievementVersion) ?? '' },
              {
                title: 'State',
                cell: (one) => <StateBadge state={state} word={stateWords[state]} key={one.id} />,
              },
              {
                title: 'In review since',
                cell: ({ openedAt }) => (
                  <>
                    <DateText instant={openedAt} timeZone={timeZone} />
                    <br />
                    <span class="quiet small">{ageWord(openedAt, now)}</span>
                  </>
                ),
              },
              {
                title: 'Waits for',
                cell: (one) => <WaitsFor reviewCase={one} view={view} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href={`/review-cases?state=${state}`} next={cases.next} />
        </>
      )}
    </>,
  );
}

function WaitsFor(props: {
  readonly reviewCase: ReviewCase;
  readonly view: CasesView;
  readonly timeZone: string;
}) {
  const { reviewCase, view, timeZone } = props;
  if (reviewCase.state === 'waiting') {
    const role = reviewCase.waitsFor === 'adjudicator' ? 'An adjudicator' : 'A reviewer';
    return <>{role} who is certified, free and without conflict of interest</>;
  }
  const open = view.open.get(reviewCase.id) ?? [];
  if (open.length === 0) return <span class="quiet">the next step, within a minute</span>;
  const names = open.map(({ reviewer }) => view.members.get(reviewer));
  // Where names are not shown, neither is how many there are.
  if (names.some((name) => name === undefined))
    return <>{reviewCase.state === 'adjudicating' ? 'an adjudicator' : 'reviewers'}</>;
  return (
    <>
      {open.map(({ dueAt }, index) => (
        <div>
          <bdi>{names[index]}</bdi>, due <DateText instant={dueAt} timeZone={timeZone} />
        </div>
      ))}
    </>
  );
}

function ageWord(since: Instant, now: Instant): string {
  const days = Math.floor((Date.parse(now) - Date.parse(since)) / 86_400_000);
  if (days < 1) return 'today';
  return days === 1 ? '1 day' : `${days} days`;
}
