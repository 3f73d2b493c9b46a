import type { JsonSchema } from '../../kernel/index.js';
import {
  appealErrors,
  appealGrounds,
  appealStates,
  type Appeal,
  type AppealRecord,
  type LookBack,
} from '../../review/index.js';
import { presentRubric, rubricSchema } from './present-rubric.js';
import { decisionSchema, presentDecision } from './present-decision.js';
import {
  evidenceSchema,
  presentEvidence,
  presentRatedCriteria,
  ratedCriteriaSchema,
} from './present-review.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };

/** An appeal as everybody sees it who may: who screened and decided it is not said. */
export function presentAppeal(appeal: Appeal) {
  const { screening, decided } = appeal;
  return {
    id: appeal.id,
    decision: appeal.decision,
    submission: appeal.submission,
    achievementVersion: appeal.achievementVersion,
    state: appeal.state,
    ground: appeal.ground,
    words: appeal.words,
    filedAt: appeal.filedAt,
    stateSince: appeal.stateSince,
    screening:
      screening === null
        ? null
        : { admissible: screening.admissible, words: screening.words, at: screening.at },
    decided:
      decided === null
        ? null
        : { error: decided.error, criteria: decided.criteria, words: decided.words, at: decided.at },
    round: appeal.round,
  };
}

const appealMembers: { readonly [member: string]: JsonSchema } = {
  id: text,
  decision: { type: 'string', description: 'The decision that it is against.' },
  submission: text,
  achievementVersion: text,
  state: {
    enum: [...appealStates],
    description:
      '`filed`: a lead looks whether it names an error. `admitted`: somebody without a part in the review looks into it. `upheld` and `dismissed`: the decision stands. `varied`: other reviewers rate the work again, and decide.',
  },
  ground: { enum: [...appealGrounds] },
  words: text,
  filedAt: instant,
  stateSince: instant,
  screening: {
    type: ['object', 'null'],
    required: ['admissible', 'words', 'at'],
    properties: { admissible: { type: 'boolean' }, words: text, at: instant },
  },
  decided: {
    type: ['object', 'null'],
    required: ['error', 'criteria', 'words', 'at'],
    properties: {
      error: { enum: [...appealErrors, null] },
      criteria: { type: 'array', items: text },
      words: text,
      at: instant,
    },
  },
  round: { type: ['integer', 'null'], description: 'The round of review that a varied one opened.' },
};

export const appealSchema: JsonSchema = {
  type: 'object',
  required: Object.keys(appealMembers),
  properties: appealMembers,
};

/** What somebody who decides an appeal works with. */
export function presentAppealRecord({ appeal, version, evidence, decision, ratings }: AppealRecord) {
  return {
    appeal: presentAppeal(appeal),
    decision: presentDecision(decision),
    rubric: presentRubric(version.rubric),
    evidence: presentEvidence(evidence, (artefact) => `/api/v1/appeals/${appeal.id}/artefacts/${artefact}`),
    ratings: ratings.map(({ kind, criteria }) => ({ kind, criteria: presentRatedCriteria(criteria) })),
  };
}

export const appealRecordSchema: JsonSchema = {
  type: 'object',
  required: ['appeal', 'decision', 'rubric', 'evidence', 'ratings'],
  properties: {
    appeal: appealSchema,
    decision: decisionSchema,
    rubric: rubricSchema,
    evidence: evidenceSchema,
    ratings: {
      type: 'array',
      description: 'Those that the decision rests on, the first first; nobody is named.',
      items: {
        type: 'object',
        required: ['kind', 'criteria'],
        properties: { kind: { enum: ['rating', 'adjudication'] }, criteria: ratedCriteriaSchema },
      },
    },
  },
};

/** A look-back as who oversees review sees it. */
export function presentLookBack({ round, before, decision }: LookBack) {
  return {
    submission: round.submission,
    achievementVersion: round.achievementVersion,
    round: round.round,
    state: round.state,
    why: round.why?.kind ?? 'lead',
    reason: round.why?.kind === 'lead' ? round.why.words : null,
    openedAt: round.openedAt,
    before: { decision: before.id, outcome: before.outcome },
    after: decision === null ? null : { decision: decision.id, outcome: decision.outcome },
    decidedAt: decision?.decidedAt ?? null,
  };
}

const outcomeSchema = {
  required: ['decision', 'outcome'],
  properties: { decision: text, outcome: { enum: ['met', 'not_yet'] } },
};

export const lookBackSchema: JsonSchema = {
  type: 'object',
  required: [
    'submission',
    'achievementVersion',
    'round',
    'state',
    'why',
    'reason',
    'openedAt',
    'before',
    'after',
    'decidedAt',
  ],
  properties: {
    submission: text,
    achievementVersion: text,
    round: { type: 'integer' },
    state: {
      enum: ['waiting', 'rating', 'adjudicating', 'decided', 'closed'],
      description: '`closed`: it ended without a decision, and the one before stands.',
    },
    why: { enum: ['appeal', 'suspension', 'lead'] },
    reason: { type: ['string', 'null'], description: 'The words of the lead who asked for it.' },
    openedAt: instant,
    before: { type: 'object', ...outcomeSchema },
    after: { type: ['object', 'null'], ...outcomeSchema },
    decidedAt: instantOrNull,
  },
};
