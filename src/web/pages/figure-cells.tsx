import type { ChartStanding } from '../../review/index.js';
import type { Comparison, ShrunkSeverity, Statistic, UndefinedReason } from '../../calibration/index.js';
import { Badge } from '../components/index.js';

/** Why a figure has no value, where it stands in its place. */
const reasons: { readonly [reason in UndefinedReason]: string } = {
  'too-few-pairs': 'nothing to compare yet',
  'no-variation': 'undefined: nothing varies',
  'needs-two-raters': 'undefined: needs two raters',
  'needs-ratings-by-rater': 'undefined: needs each rater’s ratings',
  'needs-complete-ratings': 'undefined: ratings are missing',
  'needs-values': 'undefined: values are missing',
  'not-linked': 'undefined: nothing links the raters',
  'not-converged': 'undefined: the estimation did not come to rest',
};

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** A share with its interval; undefined said with the reason. */
export function Share({ of: { value, reason, interval } }: { readonly of: Statistic }) {
  if (value === undefined)
    return <span class="quiet">{reason === null ? 'undefined' : reasons[reason]}</span>;
  return (
    <>
      {percent(value)}
      {interval !== undefined && (
        <>
          {' '}
          <span class="quiet nowrap">
            {Math.round(interval.lower * 100)} to {Math.round(interval.upper * 100)}
          </span>
        </>
      )}
    </>
  );
}

/** A statistic that is no share. */
export function Value({ of: { value, reason } }: { readonly of: Statistic }) {
  if (value === undefined)
    return <span class="quiet">{reason === null ? 'undefined' : reasons[reason]}</span>;
  return <>{signed(value).replace('+', '')}</>;
}

/** How many works and levels, with a word where that is few. */
export function HowMany({ of: { works, levels, few } }: { readonly of: Comparison }) {
  if (works === 0) return <>0</>;
  return (
    <>
      {works} <span class="quiet nowrap">({levels} levels)</span>{' '}
      {few && <Badge tone="plain" icon="question" word="Few" />}
    </>
  );
}

/** A comparison in one cell: how many works, and each share by its name; said once where there is nothing. */
export function Beside(props: { readonly of: Comparison; readonly decisions: string }) {
  const { of, decisions } = props;
  if (of.works === 0) return <span class="quiet">nothing to compare yet</span>;
  return (
    <dl class="figures">
      <dt>Works</dt>
      <dd>
        <HowMany of={of} />
      </dd>
      <dt>Exact levels</dt>
      <dd>
        <Share of={of.exact} />
      </dd>
      <dt>Two or more off</dt>
      <dd>
        <Share of={of.twoOff} />
      </dd>
      <dt>{decisions}</dt>
      <dd>
        <Share of={of.decisions} />
      </dd>
    </dl>
  );
}

function signed(value: number): string {
  const text = value.toFixed(2).replace('-', '−');
  return value > 0 ? `+${text}` : text;
}

/** A severity in levels with its interval, flagged where it is. */
export function Severity({ of: severity }: { readonly of: ShrunkSeverity | undefined }) {
  if (severity === undefined) return <span class="quiet">no hidden exemplar rated yet</span>;
  const { value, interval, flagged } = severity;
  return (
    <>
      {signed(value)}{' '}
      <span class="quiet nowrap">
        {signed(interval.lower)} to {signed(interval.upper)}
      </span>{' '}
      {flagged && <Badge tone="warn" icon="flag" word={value < 0 ? 'Severe' : 'Lenient'} />}
    </>
  );
}

/** How each level was used, as shares of all: by name where names are given, those that were used at all. */
export function LevelShares(props: {
  readonly counts: readonly number[];
  readonly names?: readonly string[];
}) {
  const { counts, names } = props;
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return <span class="quiet">nothing rated yet</span>;
  if (names !== undefined)
    return (
      <>
        {counts.map(
          (count, level) =>
            count > 0 && (
              <div>
                <bdi>{names[level] ?? `Level ${level + 1}`}</bdi> {percent(count / all)}
              </div>
            ),
        )}
      </>
    );
  return (
    <span class="nowrap">{counts.map((count) => `${Math.round((count / all) * 100)}`).join(' · ')} %</span>
  );
}

/** The side of the charts that is nearest to its limit. */
export function nearest(charts: readonly ChartStanding[]): ChartStanding | undefined {
  return [...charts].sort((a, b) => b.value / b.limit - a.value / a.limit)[0];
}

const sides = { agreement: 'agreement', lenient: 'lenient', severe: 'severe' } as const;
const references = { keys: 'beside keys', others: 'beside others' } as const;

/** A side of a chart in words. */
export function chartName({ side, reference }: Pick<ChartStanding, 'side' | 'reference'>): string {
  return `${sides[side]}, ${references[reference]}`;
}

/** How far a chart is on its way to an alarm. */
export function chartShare({ value, limit }: ChartStanding): string {
  return percent(value / limit);
}

/** How long works take from being given to being committed. */
export function hoursWord(minutes: number): string {
  const hours = minutes / 60;
  if (hours < 1) return 'less than an hour on average';
  if (hours >= 48) return `${Math.round(hours / 24)} days on average`;
  return hours >= 10 ? `${Math.round(hours)} hours on average` : `${hours.toFixed(1)} hours on average`;
}
