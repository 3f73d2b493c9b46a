import type { AchievementVersion } from '../../achievements/index.js';
import { levelUse, type Comparison } from '../../calibration/index.js';
import type { ChartStanding, ReviewerDetail, ReviewerRow } from '../../review/index.js';
import { presentCertification } from '../api/present-certification.js';
import { DataTable, DateText, Facts, PageHeading, Section, StateBadge } from '../components/index.js';
import type { Principal } from '../route.js';
import {
  chartName,
  chartShare,
  hoursWord,
  HowMany,
  LevelShares,
  Severity,
  Share,
  Value,
} from './figure-cells.js';
import { page } from './layout.js';
import { versionName } from './reviewed-versions.js';

interface Shown {
  readonly detail: ReviewerRow & ReviewerDetail;
  readonly version: AchievementVersion | undefined;
  readonly now: string;
}

/** One reviewer on one version. */
export function reviewerFiguresPage(shown: Shown, principal: Principal): string {
  const { detail, version } = shown;
  return page(
    {
      title: `Figures of ${detail.name}`,
      principal,
      path: '/figures',
      above: [{ label: 'Figures of reviewers', href: '/figures' }],
    },
    <>
      <PageHeading
        title={
          <>
            Figures of <bdi>{detail.name}</bdi>
          </>
        }
        lead={version === undefined ? '' : versionName(version)}
      />
      <Overview shown={shown} timeZone={principal.district.timeZone} />
      <References detail={detail} />
      <Criteria shown={shown} />
      <Charts charts={detail.charts} signals={detail.signals} />
    </>,
  );
}

function Overview({ shown, timeZone }: { readonly shown: Shown; readonly timeZone: string }) {
  const { detail, now } = shown;
  const { work } = detail.figures;
  const works = work.ratings + work.seeds;
  const { certification } = detail;
  return (
    <Facts
      rows={[
        ['Ratings', `${work.ratings}, and ${work.adjudications} adjudications`],
        ['From given to committed', works === 0 ? 'nothing rated yet' : hoursWord(work.minutes / works)],
        [
          'Last rated',
          work.lastAt === null ? 'never' : <DateText instant={work.lastAt} timeZone={timeZone} />,
        ],
        [
          'Severity, in levels',
          <>
            <Severity of={detail.severity} />{' '}
            {detail.severity !== undefined && (
              <span class="quiet">
                {detail.severityBasis === 'pool'
                  ? 'shrunk towards the reviewers of this rubric'
                  : 'shrunk by what is known beforehand: the rubric has too few reviewers yet'}
              </span>
            )}
          </>,
        ],
        [
          'Certified',
          certification === undefined ? (
            'no'
          ) : (
            <>
              <a href={`/certifications/${certification.id}`}>
                <StateBadge state={presentCertification(certification, now).state} />
              </a>{' '}
              until <DateText instant={certification.until} timeZone={timeZone} />
            </>
          ),
        ],
      ]}
    />
  );
}

interface Reference {
  readonly name: string;
  readonly comparison: Comparison;
}

function References({ detail }: { readonly detail: ReviewerDetail & ReviewerRow }) {
  const rows: readonly Reference[] = [
    { name: 'The keys of hidden exemplars', comparison: detail.seeds },
    { name: 'The other of two ratings', comparison: detail.doubles },
    { name: 'The adjudication', comparison: detail.adjudicated },
    { name: 'The keys of the qualifying form', comparison: detail.qualifying },
  ];
  return (
    <Section title="Beside what">
      <DataTable<Reference>
        caption="Shares have 95 % intervals, in which levels of one work count as belonging together"
        rows={rows}
        columns={[
          { title: 'Reference', cell: ({ name }) => name },
          { title: 'Works', cell: ({ comparison }) => <HowMany of={comparison} /> },
          { title: 'Exact levels', cell: ({ comparison }) => <Share of={comparison.exact} /> },
          { title: 'Two or more off', cell: ({ comparison }) => <Share of={comparison.twoOff} /> },
          { title: 'Same decision', cell: ({ comparison }) => <Share of={comparison.decisions} /> },
          {
            title: 'Weighted kappa',
            cell: ({ comparison }) => <Value of={comparison.quadraticWeightedKappa} />,
          },
        ]}
      />
    </Section>
  );
}

interface CriterionRow {
  readonly name: string;
  readonly levels: readonly string[];
  readonly beside: ReviewerDetail['criteria'][number] | undefined;
  readonly own: readonly number[];
  readonly others: readonly number[];
}

function Criteria({ shown: { detail, version } }: { readonly shown: Shown }) {
  const assessment = version?.content.assessment;
  const criteria = assessment?.by === 'review' ? assessment.rubric.criteria : [];
  const own = levelUse(detail.figures).criteria;
  const rows: readonly CriterionRow[] = criteria.map(({ id, name, levels }) => ({
    name,
    levels: levels.map((level) => level.name),
    beside: detail.criteria.find(({ criterion }) => criterion === id),
    own: own.find(({ criterion }) => criterion === id)?.counts ?? [],
    others: detail.peers[id] ?? [],
  }));
  if (rows.length === 0) return null;
  return (
    <Section title="By criterion">
      <DataTable<CriterionRow>
        caption="Beside the keys of hidden exemplars, and how the levels are used"
        rows={rows}
        columns={[
          { title: 'Criterion', cell: ({ name }) => <bdi>{name}</bdi> },
          {
            title: 'Exact levels',
            cell: ({ beside }) =>
              beside === undefined ? (
                <span class="quiet">nothing to compare yet</span>
              ) : (
                <Share of={beside.exact} />
              ),
          },
          {
            title: 'Two or more off',
            cell: ({ beside }) =>
              beside === undefined ? (
                <span class="quiet">nothing to compare yet</span>
              ) : (
                <Share of={beside.twoOff} />
              ),
          },
          { title: 'Levels given', cell: (row) => <LevelShares counts={row.own} names={row.levels} /> },
          { title: 'By the others', cell: (row) => <LevelShares counts={row.others} names={row.levels} /> },
        ]}
      />
    </Section>
  );
}

function Charts(props: {
  readonly charts: readonly ChartStanding[];
  readonly signals: ReviewerRow['signals'];
}) {
  return (
    <Section title="Drift">
      <p>
        {props.signals.length === 0 ? (
          'No signal is open.'
        ) : (
          <>
            The certification is on probation until what is open is answered:{' '}
            {props.signals.map((id, index) => (
              <>
                {index > 0 && ', '}
                <a href={`/drift/${id}`}>signal {index + 1}</a>
              </>
            ))}
            .
          </>
        )}
      </p>
      {props.charts.length === 0 ? (
        <p class="quiet">Nothing was charted under this certification yet.</p>
      ) : (
        <DataTable<ChartStanding>
          caption="Where the charts stand on their way to an alarm"
          rows={props.charts}
          columns={[
            { title: 'Chart', cell: (chart) => chartName(chart) },
            { title: 'Value', cell: ({ value }) => value.toFixed(2), kind: 'number' },
            { title: 'Limit', cell: ({ limit }) => limit.toFixed(2), kind: 'number' },
            { title: 'Share of the limit', cell: (chart) => chartShare(chart), kind: 'number' },
          ]}
        />
      )}
    </Section>
  );
}
