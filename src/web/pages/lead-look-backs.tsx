import { listLookBacks, type LookBack } from '../../review/index.js';
import type { Page } from '../../kernel/index.js';
import { DataTable, DateText, EmptyState, PageHeading, Pager, StateBadge } from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { versionNames } from './reviewed-versions.js';

/** Decided work that is rated again, and what came of it. */
export function lookBackPages(rooms: Pick<Rooms, 'review' | 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'lookBacksPage',
      method: 'GET',
      path: '/look-backs',
      kind: 'page',
      tag: 'review',
      access: 'review.oversee',
      summary: 'Decided work that is or was rated again',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const found = await listLookBacks(rooms.review, principal.actor, fromCursor(request));
        const versions = found.items.map(({ round }) => round.achievementVersion);
        const names = await versionNames(rooms, principal.actor.district, versions);
        return { status: 200, html: lookBacksPage(found, names, principal, request.query['done']) };
      },
    },
  ];
}

function lookBacksPage(
  found: Page<LookBack>,
  names: ReadonlyMap<string, string>,
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  return page(
    {
      title: 'Rated again',
      principal,
      path: '/decisions',
      above: [{ label: 'Decisions', href: '/decisions' }],
      done,
    },
    <>
      <PageHeading
        title="Rated again"
        lead="Decided work that other reviewers rate again, without seeing what was rated: after a suspension, or because a lead asked. The decision and the credential stand until then."
      />
      {found.items.length === 0 ? (
        <EmptyState icon="scales" title="Nothing is or was rated again">
          <p>A lead has work rated again from its decision.</p>
        </EmptyState>
      ) : (
        <>
          <DataTable<LookBack>
            caption="Look-backs, the newest first"
            rows={found.items}
            columns={[
              {
                title: 'Decision',
                cell: ({ before, round }) => (
                  <a href={`/decisions/${before.id}`}>
                    {names.get(round.achievementVersion) ?? round.achievementVersion}
                  </a>
                ),
              },
              {
                title: 'Why',
                cell: ({ round }) =>
                  round.why?.kind === 'lead' ? (
                    <span dir="auto">{round.why.words}</span>
                  ) : (
                    'A certification was suspended'
                  ),
              },
              { title: 'Before', cell: ({ before }) => <StateBadge state={before.outcome} /> },
              {
                title: 'After',
                cell: ({ round, decision }) => (
                  <StateBadge state={decision === null ? round.state : decision.outcome} />
                ),
              },
              {
                title: 'Since',
                cell: ({ round }) => <DateText instant={round.openedAt} timeZone={timeZone} />,
              },
            ]}
          />
          <Pager href="/look-backs" next={found.next} />
        </>
      )}
    </>,
  );
}
