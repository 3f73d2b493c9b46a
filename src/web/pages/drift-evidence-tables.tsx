import type { AchievementVersion, Criterion } from '../../achievements/index.js';
import { sidesOf, type ChartPoint, type ShownObservation, type SignalDetail } from '../../review/index.js';
import { DataTable, DateText, Section } from '../components/index.js';
import { sideWords } from './drift-chart.js';

function criteriaOf(version: AchievementVersion | undefined): ReadonlyMap<string, Criterion> {
  const assessment = version?.content.assessment;
  const criteria = assessment?.by === 'review' ? assessment.rubric.criteria : [];
  return new Map(criteria.map((criterion) => [criterion.id, criterion]));
}

function levelName(criterion: Criterion | undefined, number: number): string {
  return criterion?.levels[number - 1]?.name ?? `level ${number}`;
}

interface Evidence {
  readonly detail: SignalDetail;
  readonly version: AchievementVersion | undefined;
}

/** The values of a signal's chart, level by level: what the picture shows, for who reads no pictures. */
export function DriftChartTable({ detail, version }: Evidence) {
  const { points, limits } = detail.evidence;
  const criteria = criteriaOf(version);
  const sides = sidesOf(detail.signal.evidence);
  const rows = points.map((point, index) => ({ point, n: index + 1 }));
  if (rows.length === 0) return <p class="quiet">No level of it is yours to see.</p>;
  return (
    <details>
      <summary>The same as a table</summary>
      <DataTable<{ readonly point: ChartPoint; readonly n: number }>
        caption={`Level by level; the limit is ${sides.map((side) => `${limits[side].toFixed(2)} (${sideWords[side].title.toLowerCase()})`).join(', ')}`}
        rows={rows}
        columns={[
          { title: 'Level', cell: ({ n }) => String(n) },
          {
            title: 'Criterion',
            cell: ({ point }) => <bdi>{criteria.get(point.criterion)?.name ?? point.criterion}</bdi>,
          },
          {
            title: 'Given',
            cell: ({ point }) => levelName(criteria.get(point.criterion), point.given),
          },
          {
            title: 'Reference',
            cell: ({ point }) => levelName(criteria.get(point.criterion), point.reference),
          },
          ...sides.map((side) => ({
            title: sideWords[side].title,
            kind: 'number' as const,
            cell: ({ point }: { readonly point: ChartPoint }) => (
              <>
                {point.values[side].toFixed(2)}
                {point.alarms.includes(side) && <span class="nowrap"> (limit reached)</span>}
              </>
            ),
          })),
        ]}
      />
    </details>
  );
}

/** The works that a signal rests on, with links where the reader may see them. */
export function DriftComparisons({ detail, version, timeZone }: Evidence & { readonly timeZone: string }) {
  const { observations } = detail.evidence;
  const criteria = criteriaOf(version);
  return (
    <Section title="What it rests on">
      {observations.length === 0 ? (
        <p class="quiet">Nothing of it is yours to see: it is work that you are to rate, or handed in.</p>
      ) : (
        <DataTable<ShownObservation>
          caption="Works since the chart was last at zero, in the order charted; works that you are to rate, or handed in, are left out"
          rows={observations}
          columns={[
            { title: 'Work', cell: (one) => <Work observation={one} /> },
            { title: 'Rated', cell: ({ at }) => <DateText instant={at} timeZone={timeZone} /> },
            {
              title: 'Levels, given and reference',
              cell: ({ levels }) => (
                <ul class="plain-list">
                  {levels.map(({ criterion, given, reference }) => (
                    <li>
                      <bdi>{criteria.get(criterion)?.name ?? criterion}</bdi>:{' '}
                      {given === reference ? (
                        `${levelName(criteria.get(criterion), given)}, the same`
                      ) : (
                        <>
                          <strong>{levelName(criteria.get(criterion), given)}</strong>, not{' '}
                          {levelName(criteria.get(criterion), reference)}
                        </>
                      )}
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              title: 'Decision',
              cell: ({ decisionRight }) => (decisionRight ? 'the same' : 'would differ'),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Work({ observation: { id, work } }: { readonly observation: ShownObservation }) {
  switch (work.of) {
    case 'submission':
      return (
        <a href={`/decisions/${work.decision}`}>
          Submission <span class="code">{work.submission.slice(-6)}</span>
        </a>
      );
    case 'exemplar':
      return (
        <a href={`/exemplars/${work.exemplar}`}>
          Exemplar <span class="code">{work.exemplar.slice(-6)}</span>
          <span class="visually-hidden">, rating {id.slice(4, 10)}</span>
        </a>
      );
    case 'hidden-exemplar':
      return (
        <>
          An exemplar <span class="quiet">(not named: you may yet be given it)</span>
        </>
      );
  }
}
