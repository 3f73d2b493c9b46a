import type { AchievementVersion } from '../../achievements/index.js';
import {
  seedOverview,
  type SeedExemplarStanding,
  type SeedOverview,
  type SeedReviewerStanding,
} from '../../review/index.js';
import { Badge, DataTable, DateText, EmptyState, PageHeading, Section } from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { reviewedVersions, versionName } from './reviewed-versions.js';

/** How each rubric stands with seeds: what can be served, who is short. */
export function seedPages(rooms: Pick<Rooms, 'review' | 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'seedsPage',
      method: 'GET',
      path: '/seeds',
      kind: 'page',
      tag: 'review',
      access: 'review.oversee',
      summary: 'How the rubrics stand with seeds',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const versions = await reviewedVersions(rooms, principal.actor);
        const all = await Promise.all(
          versions.map(async (version) => ({
            version,
            overview: await seedOverview(rooms.review, principal.actor, version.id),
          })),
        );
        return { status: 200, html: seedsPage(all, principal) };
      },
    },
  ];
}

interface Shown {
  readonly version: AchievementVersion;
  readonly overview: SeedOverview;
}

const standings: { readonly [standing in SeedExemplarStanding['standing']]: string } = {
  served: 'Served',
  'no-submission': 'Its parts do not answer what this version asks for',
  'unlike-real-work': 'No recent work has evidence of these kinds',
};

/** The page. */
export function seedsPage(all: readonly Shown[], principal: Principal): string {
  return page(
    {
      title: 'Hidden exemplars',
      principal,
      path: '/reviewers',
      above: [{ label: 'Reviewers', href: '/reviewers' }],
    },
    <>
      <PageHeading
        title="Hidden exemplars"
        lead="A share of live work brings a keyed exemplar of the seed pool with it, which the reviewer cannot tell from work. Where a reviewer has met them all, ratings are asked for twice instead. Counts are of what was rated: what is in hand nobody sees."
      />
      {all.length === 0 && (
        <EmptyState icon="scales" title="No rubric is published">
          <p>Publish a version that is assessed by review, and have exemplars of its seed pool keyed.</p>
        </EmptyState>
      )}
      {all.map((shown) => (
        <Section title={versionName(shown.version)}>
          <Exemplars shown={shown} />
          <Reviewers shown={shown} timeZone={principal.district.timeZone} />
        </Section>
      ))}
    </>,
  );
}

function Exemplars({ shown: { overview, version } }: { readonly shown: Shown }) {
  if (overview.exemplars.length === 0)
    return <p class="quiet">The seed pool holds no keyed exemplar, so every such rating is doubled.</p>;
  return (
    <DataTable<SeedExemplarStanding>
      caption={`Exemplars of the seed pool: ${versionName(version)}`}
      rows={overview.exemplars}
      columns={[
        {
          title: 'Exemplar',
          cell: ({ exemplar, title }) => (
            <a href={`/exemplars/${exemplar}`}>
              <bdi>{title}</bdi>
            </a>
          ),
        },
        {
          title: 'Standing',
          cell: ({ standing }) =>
            standing === 'served' ? (
              <Badge tone="good" icon="check-circle" word={standings[standing]} />
            ) : (
              <Badge tone="warn" icon="warning" word={standings[standing]} />
            ),
        },
      ]}
    />
  );
}

function Reviewers({ shown, timeZone }: { readonly shown: Shown; readonly timeZone: string }) {
  const { overview, version } = shown;
  if (overview.reviewers.length === 0) return <p class="quiet">No other reviewer is certified for it.</p>;
  return (
    <DataTable<SeedReviewerStanding>
      caption={`Reviewers: ${versionName(version)}`}
      rows={overview.reviewers}
      columns={[
        { title: 'Name', cell: ({ member }) => <bdi>{member.name}</bdi> },
        { title: 'Rated in the term', cell: ({ ratedInTerm }) => String(ratedInTerm) },
        { title: 'Not met yet', cell: ({ left }) => String(left) },
        {
          title: 'Short since',
          cell: ({ shortSince }) =>
            shortSince === null ? '' : <DateText instant={shortSince} timeZone={timeZone} />,
        },
      ]}
    />
  );
}
