import { levelUse, type Comparison, type ShrunkSeverity, type Statistic } from '../../calibration/index.js';
import type { Instant, JsonSchema } from '../../kernel/index.js';
import { figuresOrders, type OwnFigures, type ReviewerDetail, type ReviewerRow } from '../../review/index.js';
import { pageQuery } from '../route.js';
import { certificationSchema, presentCertification } from './present-certification.js';
import { presentSeedReport, seedReportSchema } from './present-reviewers.js';

const text: JsonSchema = { type: 'string' };
const numberOrNull: JsonSchema = { type: ['number', 'null'] };
const momentOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const count: JsonSchema = { type: 'integer', minimum: 0 };

function object(properties: { readonly [member: string]: JsonSchema }): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function orNull(schema: JsonSchema, description: string): JsonSchema {
  return { anyOf: [schema, { type: 'null' }], description };
}

/** Which page of the roster, of which version, in which order. */
export const figuresQuery: JsonSchema = {
  ...pageQuery,
  properties: {
    ...(pageQuery['properties'] as object),
    achievementVersion: { type: 'string', maxLength: 40, description: 'Id of a version; all when left out.' },
    order: {
      type: 'string',
      pattern: `^(${figuresOrders.join('|')})$`,
      description: `${figuresOrders.join(', ')}: by name when left out, else what asks for attention first.`,
    },
  },
};

function presentStatistic({ value, reason, interval, n }: Statistic) {
  return {
    value: value ?? null,
    reason,
    interval: interval === undefined ? null : [interval.lower, interval.upper],
    n,
  };
}

const statisticSchema = object({
  value: { ...numberOrNull, description: 'null where it is undefined, which is neither 0 nor 1.' },
  reason: { type: ['string', 'null'], description: 'Why it is undefined; null when it is not.' },
  interval: { type: ['array', 'null'], items: { type: 'number' }, description: '95 %: lower and upper end.' },
  n: { ...count, description: 'What it rests on: levels, or works for `decisions`.' },
});

function presentComparison({ works, levels, few, exact, twoOff, decisions, ...rest }: Comparison) {
  return {
    ...{ works, levels, few },
    exact: presentStatistic(exact),
    twoOff: presentStatistic(twoOff),
    decisions: presentStatistic(decisions),
    quadraticWeightedKappa: presentStatistic(rest.quadraticWeightedKappa),
  };
}

const comparisonSchema = object({
  works: count,
  levels: { ...count, description: 'Levels in these works.' },
  few: { type: 'boolean', description: 'Fewer than 30 levels: the figures say little.' },
  exact: statisticSchema,
  twoOff: { ...statisticSchema, description: 'Share of levels two or more away.' },
  decisions: { ...statisticSchema, description: 'Share of works of which the rule made the same.' },
  quadraticWeightedKappa: statisticSchema,
});

function presentSeverity(severity: ShrunkSeverity | undefined, basis: string) {
  if (severity === undefined) return null;
  const { n, raw, value, interval, probabilityBeyond, flagged } = severity;
  return { n, raw, value, interval: [interval.lower, interval.upper], probabilityBeyond, flagged, basis };
}

const severitySchema = object({
  n: { ...count, description: 'Levels beside keys.' },
  raw: { type: 'number', description: 'Mean of given minus key, in levels: negative is severe.' },
  value: { type: 'number', description: 'The same, shrunk towards the reviewers of the version.' },
  interval: { type: 'array', items: { type: 'number' }, description: '80 %: lower and upper end.' },
  probabilityBeyond: { type: 'number', description: 'That it is more than a quarter of a level.' },
  flagged: {
    type: 'boolean',
    description:
      'With probability .9 it is. It changes no result: it is a reason to talk, and to rate again.',
  },
  basis: { enum: ['pool', 'cold-start'], description: 'Whose variances it is shrunk by.' },
});

const levelsSchema: JsonSchema = {
  type: 'array',
  items: object({
    criterion: text,
    counts: { type: 'array', items: count, description: 'How often each level was given, the lowest first.' },
  }),
};

/** One row of the roster. */
export function presentFiguresRow(row: ReviewerRow, now: Instant) {
  const { reviewer, name, figures, seeds, doubles, severity, severityBasis, certification } = row;
  const { work, achievementVersion } = figures;
  const works = work.ratings + work.seeds;
  return {
    ...{ reviewer, name, achievementVersion, ratings: work.ratings, adjudications: work.adjudications },
    meanMinutes: works === 0 ? null : Math.round(work.minutes / works),
    lastRatedAt: work.lastAt,
    seeds: presentComparison(seeds),
    doubles: presentComparison(doubles),
    severity: presentSeverity(severity, severityBasis),
    levels: levelUse(figures).criteria,
    charts: row.charts,
    signals: row.signals,
    certification: certification === undefined ? null : presentCertification(certification, now),
  };
}

const rowMembers = {
  reviewer: { ...text, description: 'Member id.' },
  name: text,
  achievementVersion: text,
  ratings: {
    ...count,
    description: 'Committed ratings of submissions, without those on cases that you are to rate too.',
  },
  adjudications: count,
  meanMinutes: {
    ...numberOrNull,
    description: 'From being given a work to committing it; null without any.',
  },
  lastRatedAt: momentOrNull,
  seeds: { ...comparisonSchema, description: 'Beside the keys of hidden exemplars.' },
  doubles: { ...comparisonSchema, description: 'Beside the other of two independent ratings.' },
  severity: orNull(severitySchema, 'null for who rated no hidden exemplar.'),
  levels: levelsSchema,
  charts: {
    type: 'array',
    description: 'Where the charts of drift stand; empty where nothing was charted under this certification.',
    items: object({
      reference: { enum: ['keys', 'others'] },
      side: { enum: ['agreement', 'lenient', 'severe'] },
      value: { type: 'number' },
      limit: { type: 'number', description: 'The value at which an alarm is raised.' },
    }),
  },
  signals: { type: 'array', items: text, description: 'Ids of the drift signals that are not settled.' },
  certification: orNull(certificationSchema, 'The newest; null where there never was one.'),
} satisfies { readonly [member: string]: JsonSchema };

export const figuresRowSchema = object(rowMembers);

/** One reviewer on one version. */
export function presentFiguresDetail(detail: ReviewerRow & ReviewerDetail, now: Instant) {
  return {
    ...presentFiguresRow(detail, now),
    adjudicated: presentComparison(detail.adjudicated),
    qualifying: presentComparison(detail.qualifying),
    criteria: detail.criteria.map(({ criterion, exact, twoOff, quadraticWeightedKappa, few }) => ({
      ...{ criterion, few, exact: presentStatistic(exact), twoOff: presentStatistic(twoOff) },
      quadraticWeightedKappa: presentStatistic(quadraticWeightedKappa),
    })),
    peers: Object.entries(detail.peers).map(([criterion, counts]) => ({ criterion, counts })),
  };
}

export const figuresDetailSchema = object({
  ...rowMembers,
  adjudicated: { ...comparisonSchema, description: 'Beside the adjudication, where there was one.' },
  qualifying: { ...comparisonSchema, description: 'Beside the keys of the qualifying form.' },
  criteria: {
    type: 'array',
    description: 'Beside the keys of hidden exemplars, criterion by criterion.',
    items: object({
      criterion: text,
      few: { type: 'boolean' },
      exact: statisticSchema,
      twoOff: statisticSchema,
      quadraticWeightedKappa: statisticSchema,
    }),
  },
  peers: { ...levelsSchema, description: 'How the other reviewers of the version use the levels.' },
});

/** What a reviewer is told of the own work. */
export function presentOwnFigures(own: OwnFigures) {
  const { achievementVersion, works, adjudications, meanMinutes, levels, lastAt, others, seeds } = own;
  return {
    ...{ achievementVersion, works, adjudications, meanMinutes: meanMinutes ?? null },
    ...{ levels, lastRatedAt: lastAt, others: others ?? null },
    seeds: seeds === undefined ? null : presentSeedReport(seeds),
  };
}

const { ratings, exact, decisions, leaning } = seedReportSchema['properties'] as {
  readonly [member: string]: JsonSchema;
};

export const ownFiguresSchema = object({
  achievementVersion: text,
  works: { ...count, description: 'Ratings committed, of whatever kind the work was.' },
  adjudications: count,
  meanMinutes: {
    ...numberOrNull,
    description: 'From being given a work to committing it; null without any.',
  },
  levels: levelsSchema,
  lastRatedAt: momentOrNull,
  others: orNull(
    object({
      ratings: ratings!,
      exact: {
        ...exact!,
        description: 'Share of levels that the other rater gave too, to the nearest tenth.',
      },
      decisions: { ...decisions!, description: 'Share of works decided alike, to the nearest tenth.' },
      leaning: { ...leaning!, description: 'Whether the mean difference is more than a quarter of a level.' },
      until: { type: 'string', format: 'date-time', description: 'Ratings committed before are in it.' },
    }),
    'Beside other raters of the same works, of months that are over for thirty days; null before there are ten.',
  ),
  seeds: orNull(
    seedReportSchema,
    'The newest that you were told of hidden exemplars; null before the first.',
  ),
});
