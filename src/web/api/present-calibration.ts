import type { Rubric } from '../../achievements/index.js';
import {
  exemplarPools,
  isGathering,
  tookPart,
  waitsFor,
  type Certification,
  type Exemplar,
  type ExemplarKey,
  type PracticeRating,
  type QualificationAttempt,
} from '../../calibration/index.js';
import type { Instant, JsonSchema } from '../../kernel/index.js';
import type { Member } from '../../tenancy/index.js';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const levels: JsonSchema = {
  type: 'object',
  description: 'A level id for each criterion id.',
  additionalProperties: { type: 'string' },
};
const levelsOrNull: JsonSchema = { ...levels, type: ['object', 'null'] };

/** The criteria of a rubric with their levels, lowest first: what a rating is made of. */
export function presentRubric({ criteria, rule }: Rubric) {
  return {
    rule,
    criteria: criteria.map(({ id, name, description, requiredLevel, levels: own }) => ({
      id,
      name,
      description,
      requiredLevel,
      levels: own.map((level) => ({ id: level.id, name: level.name, descriptor: level.descriptor })),
    })),
  };
}

export const rubricSchema: JsonSchema = {
  type: 'object',
  required: ['rule', 'criteria'],
  properties: {
    rule: {
      type: 'object',
      required: ['kind'],
      description: 'How levels become a decision.',
      properties: { kind: { enum: ['conjunctive', 'conjunctive-with-allowances', 'compensatory'] } },
    },
    criteria: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'description', 'requiredLevel', 'levels'],
        properties: {
          id: { type: 'string', description: 'The member of `criteria` or `levels` in what you send.' },
          name: text,
          description: text,
          requiredLevel: { type: 'string', description: 'The lowest level that meets the criterion.' },
          levels: {
            type: 'array',
            description: 'Lowest first.',
            items: {
              type: 'object',
              required: ['id', 'name', 'descriptor'],
              properties: {
                id: { type: 'string', description: 'What you send as the level.' },
                name: text,
                descriptor: text,
              },
            },
          },
        },
      },
    },
  },
};

const itemsSchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'name', 'text'],
    properties: { id: text, name: text, text },
  },
};

function presentKey({ levels: keyed, rationale, how, at }: ExemplarKey) {
  return { levels: keyed, rationale, how, at };
}

const rationaleSchema: JsonSchema = {
  type: 'object',
  description: 'By criterion id.',
  additionalProperties: {
    type: 'object',
    required: ['text', 'item'],
    properties: { text, item: { type: 'string', description: 'The item that it points at.' } },
  },
};

const keySchema: JsonSchema = {
  type: ['object', 'null'],
  required: ['levels', 'rationale', 'how', 'at'],
  properties: { levels, rationale: rationaleSchema, how: { enum: ['consensus', 'discussed'] }, at: instant },
};

/** Whether a member may read an exemplar outside practice and forms: leads, and experts who rate or have rated it. */
export function mayReadExemplar(exemplar: Exemplar, member: Member): boolean {
  return member.roles.includes('lead') || tookPart(exemplar, member.id) || isGathering(exemplar);
}

/**
 * An exemplar as this member may see it. The key, the rationale and what experts gave are shown to those who took part
 * in keying it, once no blind rating is awaited: who did not may still be measured on it.
 */
export function presentExemplar(exemplar: Exemplar, member: Member) {
  const own = exemplar.ratings.find((rating) => rating.expert === member.id);
  const part = tookPart(exemplar, member.id);
  const lead = member.roles.includes('lead');
  const wrote = exemplar.createdBy === member.id || exemplar.keyedBy.includes(member.id);
  const open = part && !isGathering(exemplar);
  return {
    id: exemplar.id,
    achievementVersion: exemplar.achievementVersion,
    title: exemplar.title,
    items: exemplar.items,
    state: exemplar.state,
    waitsFor: waitsFor(exemplar),
    pool: exemplar.pool,
    expertsWanted: exemplar.expertsWanted,
    ratingsReceived: lead || own !== undefined ? exemplar.ratings.length : null,
    myLevels: own?.levels ?? null,
    expertLevels: open ? exemplar.ratings.map((rating) => rating.levels) : null,
    agreedLevels: open ? (exemplar.agreed?.levels ?? null) : null,
    rationale: open || wrote ? exemplar.rationale : null,
    key: open && exemplar.key !== null ? presentKey(exemplar.key) : null,
    exposure: lead ? exemplar.exposure : null,
    createdAt: exemplar.createdAt,
  };
}

export const exemplarSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'achievementVersion',
    'title',
    'items',
    'state',
    'waitsFor',
    'pool',
    'expertsWanted',
    'createdAt',
  ],
  properties: {
    id: text,
    achievementVersion: text,
    title: text,
    items: itemsSchema,
    state: { enum: ['keying', 'discussing', 'keyed', 'unresolved'] },
    waitsFor: {
      enum: ['ratings', 'discussion', 'rationale', null],
      description: 'What it waits for; null when for nothing.',
    },
    pool: { enum: [...exemplarPools] },
    expertsWanted: { type: 'integer' },
    ratingsReceived: {
      type: ['integer', 'null'],
      description: 'Null until you have rated, unless you lead.',
    },
    myLevels: { ...levelsOrNull, description: 'What you gave; null before.' },
    expertLevels: {
      type: ['array', 'null'],
      items: levels,
      description: 'What the experts gave, unnamed; null while ratings are gathered, and to who had no part.',
    },
    agreedLevels: {
      ...levelsOrNull,
      description: 'The levels of the key to come, where only the rationale is missing.',
    },
    rationale: { ...rationaleSchema, type: ['object', 'null'] },
    key: { ...keySchema, description: 'Null until keyed, and to who had no part in keying it.' },
    exposure: {
      type: ['integer', 'null'],
      description: 'How many times somebody was measured on it; for leads.',
    },
    createdAt: instant,
  },
};

/** A practice exemplar: with key and rationale only once the reader has committed levels, or helped to key it. */
export function presentPractice(exemplar: Exemplar, rating: PracticeRating | undefined, member: Member) {
  const open = rating !== undefined || tookPart(exemplar, member.id);
  return {
    id: exemplar.id,
    achievementVersion: exemplar.achievementVersion,
    title: exemplar.title,
    items: exemplar.items,
    myLevels: rating?.levels ?? null,
    key: open && exemplar.key !== null ? presentKey(exemplar.key) : null,
    expertLevels: open ? exemplar.ratings.map((one) => one.levels) : null,
  };
}

export const practiceSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'achievementVersion', 'title', 'items', 'myLevels', 'key', 'expertLevels'],
  properties: {
    id: text,
    achievementVersion: text,
    title: text,
    items: itemsSchema,
    myLevels: { ...levelsOrNull, description: 'What you gave; null before.' },
    key: { ...keySchema, description: 'Null before you rated it, and where the experts could not agree.' },
    expertLevels: {
      type: ['array', 'null'],
      items: levels,
      description: 'What the experts gave, unnamed; null before you rated it.',
    },
  },
};

/** A reviewer's own attempt, with the exemplar to rate next and never a key. Figures only at its end. */
export function presentQualification(attempt: QualificationAttempt, next: Exemplar | null, rubric: Rubric) {
  const { figures } = attempt;
  return {
    id: attempt.id,
    achievementVersion: attempt.achievementVersion,
    number: attempt.number,
    state: attempt.state,
    rated: attempt.responses.length,
    of: attempt.form.length,
    next: next === null ? null : { id: next.id, title: next.title, items: next.items },
    rubric: presentRubric(rubric),
    result:
      figures === null || attempt.state === 'open'
        ? null
        : {
            exemplars: figures.exemplars,
            ratings: figures.n,
            exact: figures.exact,
            twoOrMoreOff: figures.twoOff,
            decisionsRight: figures.decisionsRight,
            probability: figures.probability,
            meanDifference: figures.meanDifference,
            exactByCriterion: figures.exactByCriterion,
            quadraticWeightedKappa: figures.kappa,
          },
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
  };
}

export const qualificationSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'achievementVersion',
    'number',
    'state',
    'rated',
    'of',
    'next',
    'rubric',
    'result',
    'startedAt',
    'endedAt',
  ],
  properties: {
    id: text,
    achievementVersion: text,
    number: { type: 'integer', description: 'Your first, second … attempt at this version.' },
    state: { enum: ['open', 'certified', 'not-certified'] },
    rated: { type: 'integer' },
    of: { type: 'integer', description: 'Exemplars in the form: 10, and 5 more at each extension.' },
    next: {
      type: ['object', 'null'],
      required: ['id', 'title', 'items'],
      description: 'What to rate now; null at the end.',
      properties: { id: text, title: text, items: itemsSchema },
    },
    rubric: rubricSchema,
    result: {
      type: ['object', 'null'],
      description: 'What the rule found; null until the end.',
      required: [
        'exemplars',
        'ratings',
        'exact',
        'twoOrMoreOff',
        'decisionsRight',
        'probability',
        'meanDifference',
        'exactByCriterion',
        'quadraticWeightedKappa',
      ],
      properties: {
        exemplars: { type: 'integer' },
        ratings: { type: 'integer', description: 'Criterion ratings.' },
        exact: { type: 'integer' },
        twoOrMoreOff: { type: 'integer' },
        decisionsRight: { type: 'integer' },
        probability: { type: 'number', description: 'That the true exact rate is at least 0.65.' },
        meanDifference: { type: 'number', description: 'In levels, shrunk; above 0 is lenient.' },
        exactByCriterion: { type: 'object', additionalProperties: { type: 'number' } },
        quadraticWeightedKappa: { type: ['number', 'null'], description: 'Null where it is undefined.' },
      },
    },
    startedAt: instant,
    endedAt: instantOrNull,
  },
};

/** A certification; one past its end reads as expired. */
export function presentCertification(certification: Certification, now: Instant) {
  const { id, reviewer, achievementVersion, state, basis, attempt, from, until, reason } = certification;
  const expired = (state === 'active' || state === 'probation') && until <= now;
  return {
    id,
    reviewer,
    achievementVersion,
    state: expired ? 'expired' : state,
    basis,
    attempt,
    from,
    until,
    reason,
  };
}

export const certificationSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'reviewer', 'achievementVersion', 'state', 'basis', 'attempt', 'from', 'until', 'reason'],
  properties: {
    id: text,
    reviewer: { type: 'string', description: 'Member id.' },
    achievementVersion: { type: 'string', description: 'The one version that it holds for.' },
    state: { enum: ['active', 'probation', 'expired', 'suspended', 'revoked'] },
    basis: { enum: ['qualification', 'keying'], description: '`keying`: one of the founding panel.' },
    attempt: textOrNull,
    from: instant,
    until: instant,
    reason: { type: ['string', 'null'], description: "The lead's reason for the last change of state." },
  },
};
