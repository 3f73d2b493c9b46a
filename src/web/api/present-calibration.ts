import type { Rubric } from '../../achievements/index.js';
import {
  exemplarPools,
  isGathering,
  tookPart,
  waitsFor,
  type Exemplar,
  type ExemplarKey,
  type PracticeRating,
  type QualificationAttempt,
} from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import type { Member } from '../../tenancy/index.js';
import { presentRubric, rubricSchema } from './present-rubric.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const levels: JsonSchema = {
  type: 'object',
  description: 'A level id for each criterion id.',
  additionalProperties: { type: 'string' },
};
const levelsOrNull: JsonSchema = { ...levels, type: ['object', 'null'] };

const itemsSchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'name', 'text', 'file'],
    properties: {
      id: text,
      name: text,
      text: { type: ['string', 'null'], description: 'Null for a file, and once its consent has ended.' },
      file: {
        type: ['object', 'null'],
        required: ['mediaType', 'size', 'href'],
        properties: {
          mediaType: text,
          size: { type: 'integer' },
          href: { type: 'string', description: 'Where it is read: `getExemplarFile`.' },
        },
      },
    },
  },
};

/** The evidence of an exemplar; files say where they are read, and nothing of whose they are. */
function presentItems({ id: exemplar, items }: Pick<Exemplar, 'id' | 'items'>) {
  return items.map(({ id, name, text: words, file }) => ({
    ...{ id, name, text: words },
    file:
      file === null
        ? null
        : {
            mediaType: file.mediaType,
            size: file.size,
            href: `/api/v1/exemplars/${exemplar}/files/${id}`,
          },
  }));
}

const place: { readonly [name: string]: JsonSchema } = {
  item: { type: 'string', description: 'The item that it points at.' },
  page: { type: ['integer', 'null'] },
  second: { type: ['number', 'null'] },
};

const pointersSchema: JsonSchema = {
  type: ['object', 'null'],
  description: 'By criterion: where in the evidence the level rests.',
  additionalProperties: {
    type: 'array',
    items: { type: 'object', required: ['item'], properties: place },
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
    properties: { text, ...place },
  },
};

const keySchema: JsonSchema = {
  type: ['object', 'null'],
  required: ['levels', 'rationale', 'how', 'at'],
  properties: {
    levels,
    rationale: rationaleSchema,
    how: { enum: ['consensus', 'discussed', 'carried'] },
    at: instant,
  },
};

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
    items: presentItems(exemplar),
    state: exemplar.state,
    waitsFor: waitsFor(exemplar),
    pool: exemplar.pool,
    expertsWanted: exemplar.expertsWanted,
    ratingsReceived: lead || own !== undefined ? exemplar.ratings.length : null,
    myLevels: own?.levels ?? null,
    myPointers: own?.pointers ?? null,
    carried:
      exemplar.carried === null
        ? null
        : { from: exemplar.carried.from, criteria: Object.keys(exemplar.carried.levels) },
    fromRealWork: exemplar.source !== null,
    contentEndedAt: exemplar.source?.endedAt ?? null,
    moves: lead ? exemplar.moves : null,
    expertPointers: open ? exemplar.ratings.map((rating) => rating.pointers) : null,
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
    myPointers: pointersSchema,
    carried: {
      type: ['object', 'null'],
      description: 'What its key takes over from an earlier version; experts rate the other criteria.',
      required: ['from', 'criteria'],
      properties: { from: text, criteria: { type: 'array', items: text } },
    },
    fromRealWork: { type: 'boolean' },
    contentEndedAt: { ...instantOrNull, description: 'When the consent for its content ended.' },
    moves: {
      type: ['array', 'null'],
      description: 'From pool to pool; for leads.',
      items: {
        type: 'object',
        required: ['from', 'to', 'by', 'at'],
        properties: { from: text, to: text, by: text, at: instant },
      },
    },
    expertPointers: { type: ['array', 'null'], items: pointersSchema },
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
    items: presentItems(exemplar),
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
    next: next === null ? null : { id: next.id, title: next.title, items: presentItems(next) },
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
    state: { enum: ['open', 'certified', 'not-certified', 'void'] },
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
