import type { Criterion } from '../../achievements/index.js';
import { listMyDriftSignals, myFigures, type OwnFigures, type OwnSignal } from '../../review/index.js';
import {
  DataTable,
  DateText,
  EmptyState,
  Facts,
  PageHeading,
  Section,
  StateBadge,
} from '../components/index.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { hoursWord, LevelShares } from './figure-cells.js';
import { page } from './layout.js';
import { versionName } from './reviewed-versions.js';
import { leanings } from './reviewer-seed-results.js';

/** A reviewer's own figures. */
export function myFiguresPages(rooms: Pick<Rooms, 'review' | 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'myFiguresPage',
      method: 'GET',
      path: '/my-figures',
      kind: 'page',
      tag: 'review',
      access: 'review.rate',
      summary: 'How you rate',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { actor } = principal;
        const own = await myFigures(rooms.review, actor);
        const signals = await listMyDriftSignals(rooms.review, actor);
        const shown = await Promise.all(
          own.map(async (figures) => {
            const version = await rooms.achievements.store.version(
              actor.district,
              figures.achievementVersion,
            );
            const assessment = version?.content.assessment;
            const criteria = assessment?.by === 'review' ? assessment.rubric.criteria : [];
            return {
              figures,
              signals: signals.filter((one) => one.achievementVersion === figures.achievementVersion),
              name: version === undefined ? figures.achievementVersion : versionName(version),
              criteria: new Map(criteria.map((criterion) => [criterion.id, criterion])),
            };
          }),
        );
        return { status: 200, html: myFiguresPage(shown, principal) };
      },
    },
  ];
}

interface Shown {
  readonly figures: OwnFigures;
  /** Drift signals that are told, the newest first. */
  readonly signals: readonly OwnSignal[];
  readonly name: string;
  readonly criteria: ReadonlyMap<string, Criterion>;
}

/** The page. */
export function myFiguresPage(all: readonly Shown[], principal: Principal): string {
  return page(
    {
      title: 'How I rate',
      principal,
      path: '/reviews',
      above: [{ label: 'Reviews', href: '/reviews' }],
    },
    <>
      <PageHeading
        title="How I rate"
        lead="Your work and your use of the levels, rubric by rubric. How you compare with others and with experts is told late, of many works at once and rounded, so that no single work can be found in it."
      />
      {all.length === 0 && (
        <EmptyState icon="scales" title="Nothing to show yet">
          <p>Your figures begin with your first certification.</p>
        </EmptyState>
      )}
      {all.map((one) => (
        <Section title={one.name}>
          <Own shown={one} timeZone={principal.district.timeZone} />
          <Levels shown={one} />
        </Section>
      ))}
    </>,
  );
}

function Own({ shown, timeZone }: { readonly shown: Shown; readonly timeZone: string }) {
  const { figures, signals } = shown;
  const { works, adjudications, meanMinutes, lastAt, others, seeds } = figures;
  return (
    <Facts
      rows={[
        ['Works rated', String(works)],
        ['Adjudications', adjudications === 0 ? null : String(adjudications)],
        ['From given to committed', meanMinutes === undefined ? null : hoursWord(meanMinutes)],
        ['Last rated', lastAt === null ? 'never' : <DateText instant={lastAt} timeZone={timeZone} />],
        [
          'Beside other raters',
          others === undefined ? (
            <span class="quiet">told of many works at once, a month after others rated them too</span>
          ) : (
            <>
              about {Math.round(others.exact * 100)} % the same level, about{' '}
              {Math.round(others.decisions * 100)} % the same decision{' '}
              <span class="quiet">
                (rated before <DateText instant={others.until} timeZone="UTC" />)
              </span>
            </>
          ),
        ],
        [
          'Beside experts',
          seeds === undefined ? (
            <span class="quiet">told of several works at once, some days later</span>
          ) : (
            <>
              about {Math.round(seeds.exact * 100)} % the same level, {leanings[seeds.leaning].toLowerCase()}{' '}
              <a href="/seed-results">
                Everything that you were told<span class="visually-hidden"> of the experts</span>
              </a>
            </>
          ),
        ],
        [
          'Signals',
          signals.length === 0 ? null : (
            <ul class="plain-list">
              {signals.map(({ id, toldAt, state }) => (
                <li>
                  <a href={`/my-drift/${id}`}>
                    Your levels have moved, <DateText instant={toldAt} timeZone={timeZone} />
                  </a>{' '}
                  <StateBadge state={state} />
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

function Levels({ shown: { figures, criteria, name } }: { readonly shown: Shown }) {
  if (figures.levels.length === 0) return null;
  return (
    <DataTable<OwnFigures['levels'][number]>
      caption={`Your use of the levels: ${name}`}
      rows={figures.levels}
      columns={[
        {
          title: 'Criterion',
          cell: ({ criterion }) => <bdi>{criteria.get(criterion)?.name ?? criterion}</bdi>,
        },
        {
          title: 'Levels given',
          cell: ({ criterion, counts }) => (
            <LevelShares
              counts={counts}
              names={criteria.get(criterion)?.levels.map((level) => level.name) ?? []}
            />
          ),
        },
      ]}
    />
  );
}
