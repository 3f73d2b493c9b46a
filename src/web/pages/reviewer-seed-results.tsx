import type { Page } from '../../kernel/index.js';
import type { SeedReport } from '../../review/index.js';
import { DataTable, DateText, EmptyState, PageHeading, Pager } from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { versionNames } from './reviewed-versions.js';

/** How a reviewer's ratings of hidden exemplars compared with their keys. */
export function seedResultPages(rooms: Pick<Rooms, 'review' | 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'seedResultsPage',
      method: 'GET',
      path: '/seed-results',
      kind: 'page',
      tag: 'review',
      access: 'review.rate',
      summary: 'How your ratings of hidden exemplars compared with their keys',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { district, member } = principal.actor;
        const reports = await rooms.review.store.seedReportsOf(district, member, fromCursor(request));
        const versions = await versionNames(
          rooms,
          district,
          reports.items.map(({ achievementVersion }) => achievementVersion),
        );
        return { status: 200, html: seedResultsPage(reports, versions, principal) };
      },
    },
  ];
}

/** Where the mean difference lies, in words. */
export const leanings: { readonly [leaning in SeedReport['leaning']]: string } = {
  severe: 'More severe than the key',
  even: 'Neither severe nor lenient',
  lenient: 'More lenient than the key',
};

/** The page. */
export function seedResultsPage(
  reports: Page<SeedReport>,
  versions: ReadonlyMap<string, string>,
  principal: Principal,
): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'You and the experts',
      principal,
      path: '/reviews',
      above: [{ label: 'Reviews', href: '/reviews' }],
    },
    <>
      <PageHeading
        title="You and the experts"
        lead="Some of the work that you are given was rated by experts before. You are told how you compared of several at once, some days later and in rounded figures; which ones they were is not said, so that they can serve again."
      />
      {reports.items.length === 0 ? (
        <EmptyState icon="scales" title="Nothing to tell yet">
          <p>The first figures come after several such works.</p>
        </EmptyState>
      ) : (
        <DataTable<SeedReport>
          caption="The newest first"
          rows={reports.items}
          columns={[
            { title: 'Told', cell: ({ at }) => <DateText instant={at} timeZone={timeZone} /> },
            { title: 'Rubric', cell: ({ achievementVersion }) => versions.get(achievementVersion) ?? '' },
            {
              title: 'Works',
              cell: ({ ratings }) => (ratings === 'ten-or-more' ? 'Ten or more' : 'Three to nine'),
            },
            { title: 'Same level', cell: ({ exact }) => `about ${Math.round(exact * 100)} %` },
            { title: 'Same decision', cell: ({ decisions }) => `about ${Math.round(decisions * 100)} %` },
            { title: 'On the whole', cell: ({ leaning }) => leanings[leaning] },
          ]}
        />
      )}
      <Pager href="/seed-results" next={reports.next} />
    </>,
  );
}
