import type { DriftSide } from '../../calibration/index.js';
import type { ChartPoint } from '../../review/index.js';

/** User units of the drawing; its height leaves room for letters that grow on narrow screens. */
const [width, height] = [640, 240];
const [left, right, top, bottom] = [10, 18, 46, 40];

/** What a side says, in words. */
export const sideWords: { readonly [side in DriftSide]: { readonly title: string; readonly moved: string } } =
  {
    agreement: { title: 'Agreement', moved: 'fewer exact levels than in control' },
    lenient: { title: 'Leniency', moved: 'levels above the reference' },
    severe: { title: 'Severity', moved: 'levels below the reference' },
  };

/**
 * One side of a cumulative sum chart, with its decision limit. The same values stand in a table on the page; here the
 * title and the description say what is seen.
 */
export function DriftChart(props: {
  readonly side: DriftSide;
  readonly points: readonly ChartPoint[];
  readonly limit: number;
}) {
  const { side, points, limit } = props;
  const values = points.map((point) => point.values[side]);
  const highest = Math.max(limit * 1.12, ...values);
  const x = (index: number) => left + ((width - left - right) * (index + 1)) / Math.max(2, points.length);
  const y = (value: number) => height - bottom - ((height - top - bottom) * value) / highest;
  const round = (number: number) => Math.round(number * 10) / 10;
  const at = points.findIndex(({ alarms }) => alarms.includes(side));
  const place = (index: number) => `${round(x(index))},${round(y(values[index]!))}`;
  const id = `chart-${side}`;
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{`${sideWords[side].title}: cumulative sum with its limit`}</title>
        <desc id={`${id}-text`}>{inWords(values, limit, at)}</desc>
        <line class="chart-axis" x1={left} x2={width - right} y1={y(0)} y2={y(0)} />
        <line class="chart-limit" x1={left} x2={width - right} y1={y(limit)} y2={y(limit)} />
        <text class="chart-limit-word" x={left} y={round(y(limit)) - 8}>{`limit ${limit.toFixed(2)}`}</text>
        {sections(points).map(([from, to]) => (
          <polyline
            class="chart-line"
            points={[
              ...(from === 0 ? [] : [`${round(x(from - 1))},${round(y(0))}`]),
              ...Array.from({ length: to - from }, (_, index) => place(from + index)),
            ].join(' ')}
          />
        ))}
        {points.map((point, index) =>
          point.alarms.includes(side) ? (
            <circle class="chart-alarm" cx={round(x(index))} cy={round(y(values[index]!))} r={8} />
          ) : (
            <circle
              class={point.run.includes(side) ? 'chart-run' : 'chart-point'}
              cx={round(x(index))}
              cy={round(y(values[index]!))}
              r={point.run.includes(side) ? 4 : 2.5}
            />
          ),
        )}
        <text class="chart-word" x={left} y={height - 8}>
          level 1
        </text>
        <text class="chart-word" x={width - right} y={height - 8} text-anchor="end">
          {`level ${points.length}`}
        </text>
      </svg>
      <figcaption class="small quiet">
        Each dot is a level beside its reference; what differs in this direction takes the sum up, the rest
        takes it down to zero. Filled dots are what the signal rests on; a ring is where the sum reached the
        limit, after which it begins anew.
      </figcaption>
    </figure>
  );
}

/** Places from which to which the line goes on without an alarm between; after one it begins at zero. */
function sections(points: readonly ChartPoint[]): readonly (readonly [number, number])[] {
  const begins = points.flatMap((_, index) => (index === 0 || broken(points, index) ? [index] : []));
  return begins.map((from, index) => [from, begins[index + 1] ?? points.length] as const);
}

/** Whether every side began anew at this place. */
function broken(points: readonly ChartPoint[], index: number): boolean {
  return (points[index - 1]?.alarms.length ?? 0) > 0;
}

function inWords(values: readonly number[], limit: number, at: number): string {
  const last = at === -1 ? values.length - 1 : at;
  const zero = values.slice(0, last).lastIndexOf(0);
  const from = zero === -1 ? 'from its start' : `from zero at level ${zero + 1}`;
  const reached = `${(values[last] ?? 0).toFixed(2)} at level ${last + 1}`;
  return at === -1
    ? `Over ${values.length} levels the sum comes to ${reached}; its limit is ${limit.toFixed(2)}.`
    : `Over ${values.length} levels the sum rises ${from} to ${reached}, and so reaches its limit of ${limit.toFixed(2)}.`;
}
