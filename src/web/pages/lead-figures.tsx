import type { AchievementVersion } from '../../achievements/index.js';
import { levelUse, type ReviewerFigures } from '../../calibration/index.js';
import type { Page } from '../../kernel/index.js';
import {
  figuresOrders,
  figuresRoster,
  reviewerFiguresOf,
  type FiguresOrder,
  type ReviewerRow,
} from '../../review/index.js';
import { presentCertification } from '../api/present-certification.js';
import {
  Badge,
  DataTable,
  DateText,
  EmptyState,
  freshForm,
  PageHeading,
  Pager,
  Select,
  StateBadge,
} from '../components/index.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { Beside, chartName, chartShare, LevelShares, nearest, Severity } from './figure-cells.js';
import { page } from './layout.js';
import { reviewerFiguresPage } from './lead-figures-page.js';
import { reviewedVersions, versionName, versionNames } from './reviewed-versions.js';

const orders: { readonly [order in FiguresOrder]: string } = {
  name: 'By name',
  ratings: 'Most ratings first',
  exact: 'Fewest exact levels first',
  'two-off': 'Most levels two or more off first',
  decisions: 'Fewest right decisions first',
  severity: 'Furthest from the key first',
  last: 'Longest without a rating first',
};

/** The figures of reviewers, for those who oversee review. */
export function figuresPages(rooms: Pick<Rooms, 'review' | 'achievements' | 'service'>): readonly Route[] {
  const { review, service } = rooms;
  const common = {
    kind: 'page',
    tag: 'review',
    access: 'review.oversee',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'figuresPage',
      method: 'GET',
      path: '/figures',
      summary: 'How each reviewer rates',
      handler: async (request) => {
        const principal = principalOf(request);
        const { actor } = principal;
        const versions = await reviewedVersions(rooms, actor);
        const asked = request.query['version'];
        const chosen = versions.find(({ id }) => id === asked)?.id;
        const order = figuresOrders.find((known) => known === request.query['order']) ?? 'name';
        const roster = await figuresRoster(review, actor, {
          ...fromCursor(request),
          ...{ order, achievementVersion: chosen },
        });
        const names = await versionNames(
          rooms,
          actor.district,
          roster.items.map(({ figures }) => figures.achievementVersion),
        );
        const shown = { roster, versions, names, chosen, order, now: service.now() };
        return { status: 200, html: figuresPage(shown, principal) };
      },
    },
    {
      ...common,
      operationId: 'reviewerFiguresPage',
      method: 'GET',
      path: '/figures/{version}/{member}',
      summary: 'How one reviewer rates on one version',
      handler: async (request) => {
        const principal = principalOf(request);
        const detail = await reviewerFiguresOf(review, principal.actor, {
          achievementVersion: request.params['version']!,
          reviewer: request.params['member']!,
        });
        const version = await rooms.achievements.store.version(
          principal.actor.district,
          detail.figures.achievementVersion,
        );
        return { status: 200, html: reviewerFiguresPage({ detail, version, now: service.now() }, principal) };
      },
    },
  ];
}

interface Shown {
  readonly roster: Page<ReviewerRow>;
  readonly versions: readonly AchievementVersion[];
  readonly names: ReadonlyMap<string, string>;
  readonly chosen: string | undefined;
  readonly order: FiguresOrder;
  readonly now: string;
}

/** The roster. */
export function figuresPage(shown: Shown, principal: Principal): string {
  const { roster, names, chosen, order } = shown;
  const { timeZone } = principal.district;
  const query = new URLSearchParams({ order, ...(chosen === undefined ? {} : { version: chosen }) });
  return page(
    { title: 'Figures of reviewers', principal, path: '/figures', width: 'wide' },
    <>
      <PageHeading
        title="Figures of reviewers"
        lead="How each rates beside the keys of hidden exemplars and beside other raters, and how they use the levels. A figure never changes a result: what stands out is a reason to talk, and to have work rated again. Work on cases that you are to rate yourself is in no count."
      />
      <Choice shown={shown} />
      {roster.items.length === 0 ? (
        <EmptyState icon="scales" title="Nobody to show">
          <p>Whoever is certified for a rubric, or has rated by it, stands here.</p>
        </EmptyState>
      ) : (
        <>
          <DataTable<ReviewerRow>
            caption={`${orders[order]}. Keys are those of hidden exemplars. Shares have 95 % intervals, severities 80 %; levels stand with the lowest first.`}
            rows={roster.items}
            columns={[
              {
                title: 'Reviewer',
                cell: (row) => (
                  <>
                    <a href={`/figures/${row.figures.achievementVersion}/${row.reviewer}`}>
                      <bdi>{row.name}</bdi>
                      <span class="visually-hidden">, {names.get(row.figures.achievementVersion)}</span>
                    </a>
                    {chosen === undefined && (
                      <div class="quiet plain">
                        {names.get(row.figures.achievementVersion) ?? row.figures.achievementVersion}
                      </div>
                    )}
                    <Certified row={row} now={shown.now} timeZone={timeZone} />
                  </>
                ),
              },
              { title: 'Rated', cell: ({ figures }) => <Rated figures={figures} timeZone={timeZone} /> },
              {
                title: 'Beside the keys',
                cell: ({ seeds }) => <Beside of={seeds} decisions="Right decisions" />,
              },
              {
                title: 'Beside the other rater',
                cell: ({ doubles }) => <Beside of={doubles} decisions="Same decision" />,
              },
              { title: 'Severity, in levels', cell: ({ severity }) => <Severity of={severity} /> },
              { title: 'Drift', cell: (row) => <Drift row={row} /> },
              {
                title: 'Use of levels',
                cell: ({ figures }) => <LevelShares counts={levelUse(figures).all} />,
              },
            ]}
          />
          <Pager href={`/figures?${query.toString()}`} next={roster.next} />
        </>
      )}
    </>,
  );
}

function Choice({ shown: { versions, chosen, order } }: { readonly shown: Shown }) {
  const form = freshForm({ version: chosen ?? '', order });
  return (
    <form method="get" action="/figures" class="row section">
      <Select
        form={form}
        name="version"
        label="Rubric"
        options={[
          { value: '', label: 'All' },
          ...versions.map((version) => ({ value: version.id, label: versionName(version) })),
        ]}
      />
      <Select
        form={form}
        name="order"
        label="Order"
        options={figuresOrders.map((value) => ({ value, label: orders[value] }))}
      />
      <button type="submit" class="button button-second">
        Show
      </button>
    </form>
  );
}

function Drift({ row: { charts, signals, name } }: { readonly row: ReviewerRow }) {
  const near = nearest(charts);
  return (
    <>
      {signals.map((id, index) => (
        <>
          <a href={`/drift/${id}`}>
            <Badge tone="warn" icon="flag" word={index === 0 ? 'Signal' : `Signal ${index + 1}`} />
            <span class="visually-hidden"> of {name}</span>
          </a>{' '}
        </>
      ))}
      {near === undefined ? (
        <span class="quiet">nothing charted yet</span>
      ) : (
        <>
          {chartShare(near)} of the limit <span class="quiet">({chartName(near)})</span>
        </>
      )}
    </>
  );
}

function Rated(props: { readonly figures: ReviewerFigures; readonly timeZone: string }) {
  const { ratings, lastAt } = props.figures.work;
  return (
    <>
      {String(ratings)}{' '}
      {lastAt !== null && (
        <div class="quiet">
          last <DateText instant={lastAt} timeZone={props.timeZone} />
        </div>
      )}
    </>
  );
}

function Certified(props: { readonly row: ReviewerRow; readonly now: string; readonly timeZone: string }) {
  const { certification } = props.row;
  if (certification === undefined) return <div class="quiet plain">not certified</div>;
  return (
    <div class="quiet plain">
      <StateBadge state={presentCertification(certification, props.now).state} /> until{' '}
      <DateText instant={certification.until} timeZone={props.timeZone} />
    </div>
  );
}
