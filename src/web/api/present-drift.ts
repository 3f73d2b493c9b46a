import {
  driftReferences,
  driftSides,
  driftSignalStates,
  type DriftAct,
  type DriftSide,
  type DriftSignal,
} from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import {
  becameOf,
  caseStates,
  lookBackCounts,
  sidesOf,
  type LookedBackOn,
  type NamedSignal,
  type OwnSignal,
  type SignalDetail,
} from '../../review/index.js';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const number: JsonSchema = { type: 'number' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

function object(properties: { readonly [member: string]: JsonSchema }): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function orNull(schema: JsonSchema, description: string): JsonSchema {
  return { anyOf: [schema, { type: 'null' }], description };
}

const stateSchema: JsonSchema = {
  enum: [...driftSignalStates],
  description:
    '`raised`: nobody has looked yet. `acknowledged`: a lead has. `recalibrating`: on hidden exemplars first. `cleared`: the levels are sound. `suspended`: what was signed is rated again. The last two are final.',
};
const sideSchema: JsonSchema = {
  enum: [...driftSides],
  description: '`agreement`: fewer exact levels; `lenient`, `severe`: levels above, or below, the reference.',
};
const actMembers = {
  to: { enum: driftSignalStates.filter((state) => state !== 'raised') },
  reason: textOrNull,
};

/** A drift signal as a row of a list. */
export function presentDriftSignal({ signal, name }: NamedSignal) {
  const { id, reviewer, achievementVersion, certification, state, evidence, raisedAt, toldAt } = signal;
  return {
    ...{ id, reviewer, name, achievementVersion, certification, state, raisedAt, toldAt },
    reference: evidence.reference,
    sides: sidesOf(evidence),
    acts: signal.acts.map(({ to, by, reason, at }: DriftAct) => ({ to, by, reason, at })),
  };
}

const signalMembers = {
  id: text,
  reviewer: { type: 'string', description: 'Member id.' },
  name: text,
  achievementVersion: text,
  certification: text,
  state: stateSchema,
  raisedAt: instant,
  toldAt: {
    ...{ type: ['string', 'null'], format: 'date-time' },
    description: 'When its reviewer was told: some days after, so that no commit tells what the work was.',
  },
  reference: {
    enum: [...driftReferences],
    description: '`keys`, of hidden exemplars; `others`, the other of two independent ratings.',
  },
  sides: { type: 'array', items: sideSchema },
  acts: {
    type: 'array',
    description: 'What was done about it, the first first.',
    items: object({
      ...actMembers,
      at: instant,
      by: { type: ['string', 'null'], description: 'Member id; null when it went by itself.' },
    }),
  },
} satisfies { readonly [member: string]: JsonSchema };

export const driftSignalSchema = object(signalMembers);

/** One drift signal with what it rests on. */
export function presentDriftDetail(detail: SignalDetail, listed: readonly LookedBackOn[] | undefined) {
  const { signal, evidence } = detail;
  const { agreement } = signal.evidence.charts;
  return {
    ...presentDriftSignal(detail),
    cleanSince: signal.evidence.cleanSince,
    policy: signal.evidence.policy,
    chart: {
      inControl: agreement.inControl,
      outOfControl: agreement.outOfControl,
      limits: evidence.limits,
      points: evidence.points.map(({ values, ...point }) => ({
        ...point,
        ...values,
      })),
    },
    observations: evidence.observations,
    others: evidence.others,
    lookBack: presentLookBackState(signal, listed),
  };
}

function presentLookBackState({ lookBack }: DriftSignal, listed: readonly LookedBackOn[] | undefined) {
  return lookBack === null || listed === undefined
    ? null
    : { since: lookBack.since, counts: lookBackCounts(listed) };
}

const perSide = (schema: JsonSchema) =>
  Object.fromEntries(driftSides.map((side): readonly [DriftSide, JsonSchema] => [side, schema]));

export const driftDetailSchema = object({
  ...signalMembers,
  cleanSince: {
    ...instant,
    description:
      'The last moment at which the chart was at zero: what was signed since is looked back on when it is suspended.',
  },
  policy: { ...count, description: 'Number of the policy that the chart was made by.' },
  chart: object({
    inControl: { ...number, description: 'The rate of exact levels that is in control.' },
    outOfControl: { ...number, description: 'The one that is to be detected.' },
    limits: object(perSide({ ...number, description: 'The value at which an alarm is raised.' })),
    points: {
      type: 'array',
      description:
        'The chart after each level, from some works before the run to the alarm. Work that you are to rate, or handed in, is left out.',
      items: object({
        ...{ observation: text, criterion: text, given: count, reference: count, ...perSide(number) },
        run: { type: 'array', items: sideSchema, description: 'Sides of which an alarm counts this level.' },
        alarms: { type: 'array', items: sideSchema, description: 'Sides that reached their limit with it.' },
      }),
    },
  }),
  observations: {
    type: 'array',
    description: 'The comparisons of the run, in the order charted.',
    items: object({
      id: text,
      kind: { enum: ['seed', 'double', 'adjudicated', 'qualifying'] },
      at: { ...instant, description: 'When the reviewer committed the levels.' },
      levels: {
        type: 'array',
        items: object({
          criterion: text,
          given: { ...count, description: 'Number of the level, 1 the lowest.' },
          reference: count,
          q: { ...count, description: 'How many levels the criterion has.' },
        }),
      },
      decisionRight: { type: 'boolean', description: 'Whether the rule makes the same of both.' },
      work: {
        type: 'object',
        required: ['of'],
        description:
          'The exemplar is not named to whom it may still be served unseen: who rates, and had no part in keying it.',
        properties: {
          of: { enum: ['submission', 'exemplar', 'hidden-exemplar'] },
          submission: text,
          decision: text,
          exemplar: text,
        },
      },
    }),
  },
  others: { ...count, description: 'Beside how many different reviewers; 0 beside keys.' },
  lookBack: orNull(
    object({
      since: { ...instant, description: 'Sign-offs from here on are listed.' },
      counts: object({
        due: count,
        held: count,
        unchanged: count,
        changed: count,
        notPossible: count,
        superseded: count,
      }),
    }),
    'null until it is suspended.',
  ),
});

/** A sign-off on the list of a suspension. */
export function presentLookedBackOn(one: LookedBackOn) {
  const { rating, submission, state } = one.item;
  return {
    ...{ rating, submission, state, became: becameOf(one), before: one.before },
    round:
      one.round === null
        ? null
        : { state: one.round.state, openedAt: one.round.openedAt, after: one.round.after },
  };
}

const outcomeSchema = object({ decision: text, outcome: { enum: ['met', 'not_yet'] } });

export const lookedBackOnSchema = object({
  rating: text,
  submission: text,
  state: {
    enum: ['due', 'opened', 'not-possible', 'superseded'],
    description:
      '`due`: not decided yet, or not yet tried. `opened`: others rate it again. `not-possible`: withdrawn, its evidence is gone, or another attempt counts. `superseded`: a later decision rests on it no more.',
  },
  became: {
    enum: ['due', 'held', 'unchanged', 'changed', 'notPossible', 'superseded'],
    description: 'What came of it so far. The credential stays valid until it is `changed`.',
  },
  before: orNull(outcomeSchema, 'The decision that it is part of; null while there is none.'),
  round: orNull(
    object({
      state: { enum: [...caseStates] },
      openedAt: instant,
      after: orNull(outcomeSchema, 'null while it is held, and when it ended without a decision.'),
    }),
    'The round in which others rate it again; null unless it was opened.',
  ),
});

/** A signal as its reviewer sees it. */
export function presentOwnSignal({ id, achievementVersion, state, sides, toldAt, acts }: OwnSignal) {
  return { id, achievementVersion, state, sides, toldAt, acts };
}

export const ownSignalSchema = object({
  id: text,
  achievementVersion: text,
  state: stateSchema,
  sides: { type: 'array', items: sideSchema },
  toldAt: { ...instant, description: 'From when you are told. When it was raised is not said.' },
  acts: {
    type: 'array',
    description: 'What was done about it, the first first.',
    items: object({
      ...actMembers,
      at: {
        ...{ type: ['string', 'null'], format: 'date-time' },
        description: 'null for what was done before you were told.',
      },
    }),
  },
});
