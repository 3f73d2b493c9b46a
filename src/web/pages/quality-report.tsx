import type { AchievementVersion } from '../../achievements/index.js';
import {
  enough,
  leastRatings,
  leastReviewers,
  type Figure,
  type QualityQuarter,
} from '../../issuing/index.js';
import type { District } from '../../tenancy/index.js';
import { quotedName } from '../../verification/index.js';
import { DataTable, EmptyState, Facts, PageHeading, Section } from '../components/index.js';
import { page } from './layout.js';

/** How a version's work was reviewed, quarter by quarter: the pool's figures for anybody to read. */
export function qualityReportPage(view: {
  readonly district: District;
  readonly version: AchievementVersion;
  readonly quarters: readonly QualityQuarter[];
  readonly path: string;
}): string {
  const { district, version, quarters, path } = view;
  return page(
    { title: 'How well reviewers agree' },
    <>
      <PageHeading
        title="How well reviewers agree"
        lead={
          <>
            <a href={version.url}>
              <span lang={version.content.language} dir="auto">
                {version.content.name}
              </span>
            </a>
            , version {version.number}, by {quotedName(district.name)}.
          </>
        }
      />
      {quarters.length === 0 ? (
        <EmptyState icon="clock" title="No quarter is over yet">
          <p>
            Figures are told for whole quarters only. The first one ends after this version was published.
          </p>
        </EmptyState>
      ) : (
        <DataTable
          caption="Quarter by quarter, the newest first"
          columns={[
            { title: 'Quarter', cell: ({ quarter }) => quarter },
            {
              title: 'Ratings',
              kind: 'number',
              cell: ({ pool }) => (enough(pool) ? String(pool.ratings) : notEnough),
            },
            {
              title: 'Exactly alike',
              kind: 'number',
              cell: ({ pool }) => shown(enough(pool), pool.exact, 'share'),
            },
            {
              title: 'Weighted kappa',
              kind: 'number',
              cell: ({ pool }) => shown(enough(pool), pool.quadraticWeightedKappa, 'number'),
            },
            {
              title: 'Decisions right on seeds',
              kind: 'number',
              cell: ({ pool }) => shown(enough(pool), pool.seedDecisionAccuracy, 'share'),
            },
            {
              title: 'Rated by two',
              kind: 'number',
              cell: ({ pool }) => shown(enough(pool), pool.doubleRatedShare, 'share'),
            },
          ]}
          rows={quarters}
        />
      )}
      <Section title="What this says">
        <Facts
          rows={[
            [
              'Exactly alike',
              'Two reviewers rated the same work blind: how often they gave a criterion the same level.',
            ],
            [
              'Weighted kappa',
              'Agreement beyond chance (quadratic weights): 1 is perfect, 0 is chance. Each pair of ratings counts both ways, for neither is the first.',
            ],
            [
              'Decisions right on seeds',
              'Work whose levels experts agreed on is mixed in unseen: how often a reviewer decided as they did.',
            ],
            ['In brackets', 'The 95 % interval: what the figure could be by chance alone.'],
          ]}
        />
        <p class="quiet">
          These are figures of all reviewers together. They are not the chance that one decision is right.
          With fewer than {leastReviewers} reviewers or {leastRatings} ratings in a quarter nothing is told,
          so that nobody is recognised.
        </p>
        <p>
          <a href={`${path}.json`}>JSON</a> · <a href={`${path}.jwt`}>signed</a>
        </p>
      </Section>
    </>,
  );
}

const notEnough = 'not yet enough reviews';

function shown(told: boolean, figure: Figure, as: 'share' | 'number') {
  if (!told) return notEnough;
  if (figure.value === null)
    return <span class="quiet">undefined: {figure.reason.replaceAll('-', ' ')}</span>;
  const said = (value: number) => (as === 'share' ? `${Math.round(value * 100)} %` : value.toFixed(2));
  const { value, interval } = figure;
  return interval === null ? said(value) : `${said(value)} [${said(interval[0])} to ${said(interval[1])}]`;
}
