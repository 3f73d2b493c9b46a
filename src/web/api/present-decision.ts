import type { JsonSchema } from '../../kernel/index.js';
import { appealUntil, roundOrigins, type Decision, type ReadDecision } from '../../review/index.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** A decision in a list. */
export function presentDecision(decision: Decision) {
  return {
    id: decision.id,
    submission: decision.submission,
    achievementVersion: decision.achievementVersion,
    attempt: decision.attempt,
    round: decision.round,
    origin: decision.origin,
    supersedes: decision.supersedes,
    outcome: decision.outcome,
    levels: decision.levels,
    reviews: decision.reviews,
    adjudicated: decision.adjudicated,
    carried: Object.fromEntries(
      Object.entries(decision.carried ?? {}).map(([criterion, { decision: from, decidedAt }]) => [
        criterion,
        { decision: from, decidedAt },
      ]),
    ),
    decidedAt: decision.decidedAt,
    appealUntil: appealUntil(decision),
  };
}

const decisionMembers: { readonly [member: string]: JsonSchema } = {
  id: text,
  submission: text,
  achievementVersion: text,
  attempt: { type: 'integer' },
  round: { type: 'integer', description: '0 for the first review; one more for each appeal or look-back.' },
  origin: { enum: [...roundOrigins], description: 'Why it was reviewed: the first time, or again.' },
  supersedes: {
    type: ['string', 'null'],
    description: 'The decision that it takes the place of.',
  },
  outcome: { enum: ['met', 'not_yet'] },
  levels: {
    type: 'object',
    description:
      'The final level id for each criterion id; the decision rule applied to them gives the outcome.',
    additionalProperties: { type: 'string' },
  },
  reviews: { type: 'integer', description: 'How many independent reviews: 1, 2 or 3.' },
  adjudicated: { type: 'boolean', description: 'Whether a third, blind reading settled it.' },
  carried: {
    type: 'object',
    description:
      'By criterion id: those that stand from an earlier attempt, on unchanged evidence, and the decision that found them met. Not among what this decision’s reviewers rated.',
    additionalProperties: {
      type: 'object',
      required: ['decision', 'decidedAt'],
      properties: { decision: text, decidedAt: instant },
    },
  },
  decidedAt: instant,
  appealUntil: {
    type: ['string', 'null'],
    format: 'date-time',
    description: 'Until when its teacher may appeal; null for "met".',
  },
};

export const decisionSchema: JsonSchema = {
  type: 'object',
  required: Object.keys(decisionMembers),
  properties: decisionMembers,
};

/** A decision with what the reviewers say of each criterion; never who they are. */
export function presentReadDecision(
  { decision, version, feedback }: ReadDecision,
  award: { readonly id: string; readonly credentialId: string } | undefined,
) {
  return {
    ...presentDecision(decision),
    award: award === undefined ? null : { id: award.id, credential: award.credentialId },
    criteria: version.rubric.criteria.map((criterion) => {
      const level = criterion.levels.find(({ id }) => id === decision.levels[criterion.id]);
      return {
        id: criterion.id,
        name: criterion.name,
        level: { id: level?.id ?? '', name: level?.name ?? '', descriptor: level?.descriptor ?? '' },
        requiredLevel: criterion.requiredLevel,
        feedback: feedback[criterion.id] ?? [],
      };
    }),
  };
}

export const readDecisionSchema: JsonSchema = {
  type: 'object',
  required: [...Object.keys(decisionMembers), 'award', 'criteria'],
  properties: {
    ...decisionMembers,
    award: {
      type: ['object', 'null'],
      description:
        'What it led to: the id that getAward takes, and the credential. Null when not met, and for the moment until it is signed.',
      required: ['id', 'credential'],
      properties: { id: text, credential: { type: 'string', format: 'uri' } },
    },
    criteria: {
      type: 'array',
      description: "In the rubric's order.",
      items: {
        type: 'object',
        required: ['id', 'name', 'level', 'requiredLevel', 'feedback'],
        properties: {
          id: text,
          name: text,
          level: {
            type: 'object',
            required: ['id', 'name', 'descriptor'],
            properties: { id: text, name: text, descriptor: text },
          },
          requiredLevel: text,
          feedback: {
            type: 'array',
            items: text,
            description: 'One for each review; after an adjudication, one.',
          },
        },
      },
    },
  },
};
