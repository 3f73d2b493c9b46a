import type { AchievementVersion } from '../../achievements/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import {
  blindFileNames,
  caseStates,
  roundOrigins,
  type AssignedWork,
  type Assignment,
  type CaseFigures,
  type CriterionRating,
  type Pointer,
  type RatingDraft,
  type CommittedRating,
  type ReviewCase,
} from '../../review/index.js';
import { presentRubric, rubricSchema } from './present-rubric.js';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** An own assignment in a list: what it is for and until when. Nothing tells whether somebody else has one too. */
export function presentAssignment(assignment: Assignment, version: AchievementVersion) {
  return {
    id: assignment.id,
    kind: assignment.kind,
    state: assignment.state,
    achievement: {
      version: version.id,
      name: version.content.name,
      number: version.number,
    },
    assignedAt: assignment.assignedAt,
    dueAt: assignment.dueAt,
  };
}

export const assignmentMembers: { readonly [member: string]: JsonSchema } = {
  id: text,
  kind: { enum: ['rating', 'adjudication'] },
  state: {
    enum: ['open', 'committed', 'released', 'expired'],
    description:
      '`open`: rate it by `dueAt`. `released`: given back. Only open and committed ones can be read.',
  },
  achievement: {
    type: 'object',
    required: ['version', 'name', 'number'],
    properties: {
      version: { type: 'string', description: 'Id of the achievement version that is rated by.' },
      name: text,
      number: { type: 'integer' },
    },
  },
  assignedAt: instant,
  dueAt: instant,
};

export const assignmentSchema: JsonSchema = {
  type: 'object',
  required: Object.keys(assignmentMembers),
  properties: assignmentMembers,
};

function presentPointer({ requirement, artefact, page, second, note }: Pointer) {
  return { requirement, artefact, page, second, note };
}

function presentCriterion(rating: CriterionRating) {
  return {
    level: rating.level,
    pointers: rating.pointers.map(presentPointer),
    feedback: rating.feedback,
  };
}

function presentDraftCriterion({ level, pointers, feedback }: Partial<CriterionRating>) {
  return {
    ...(level === undefined ? {} : { level }),
    ...(pointers === undefined ? {} : { pointers: pointers.map(presentPointer) }),
    ...(feedback === undefined ? {} : { feedback }),
  };
}

function mapped<T, R>(
  members: { readonly [name: string]: T },
  present: (member: T) => R,
): { [name: string]: R } {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, present(member)]));
}

const pointerSchema: JsonSchema = {
  type: 'object',
  required: ['requirement', 'artefact', 'page', 'second', 'note'],
  properties: {
    requirement: text,
    artefact: textOrNull,
    page: { type: ['integer', 'null'] },
    second: { type: ['number', 'null'] },
    note: textOrNull,
  },
};

const criterionMembers: { readonly [member: string]: JsonSchema } = {
  level: text,
  pointers: { type: 'array', items: pointerSchema },
  feedback: text,
};

/** What a rating says, by criterion. */
export function presentRatedCriteria(criteria: CommittedRating['criteria']) {
  return mapped(criteria, presentCriterion);
}

export const ratedCriteriaSchema: JsonSchema = {
  type: 'object',
  description: 'By criterion id.',
  additionalProperties: {
    type: 'object',
    required: Object.keys(criterionMembers),
    properties: criterionMembers,
  },
};

/** A committed rating as its own reviewer sees it. */
export function presentRating(rating: CommittedRating) {
  return {
    id: rating.id,
    assignment: rating.assignment,
    kind: rating.kind,
    criteria: presentRatedCriteria(rating.criteria),
    committedAt: rating.committedAt,
  };
}

export const ratingSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'assignment', 'kind', 'criteria', 'committedAt'],
  properties: {
    id: text,
    assignment: text,
    kind: { enum: ['rating', 'adjudication'] },
    criteria: ratedCriteriaSchema,
    committedAt: instant,
  },
};

/** A draft as its writer sees it. */
export function presentDraft({ criteria, savedAt }: RatingDraft) {
  return { criteria: mapped(criteria, presentDraftCriterion), savedAt };
}

export const draftMembers: { readonly [member: string]: JsonSchema } = {
  criteria: {
    type: 'object',
    additionalProperties: { type: 'object', properties: criterionMembers },
  },
  savedAt: instant,
};

/** The evidence without names; `urlOf` says where the content of a file is to this reader. */
export function presentEvidence(evidence: AssignedWork['evidence'], urlOf: (artefact: string) => string) {
  const names = blindFileNames(evidence);
  return evidence.items.map((item) => ({
    requirement: item.requirement,
    name: item.name,
    description: item.description,
    kind: item.kind,
    text: item.text,
    files: item.files.map(({ artefact, mediaType, size }) => ({
      artefact,
      name: names.get(artefact) ?? 'evidence',
      mediaType,
      size,
      url: urlOf(artefact),
    })),
  }));
}

export const evidenceSchema: JsonSchema = {
  type: 'array',
  description: 'The answers to the requirements, in their order; optional ones left out are not there.',
  items: {
    type: 'object',
    required: ['requirement', 'name', 'description', 'kind', 'text', 'files'],
    properties: {
      requirement: { type: 'string', description: 'What a pointer names.' },
      name: text,
      description: text,
      kind: { enum: ['file', 'text'] },
      text: { type: ['string', 'null'], description: 'The text; null for files.' },
      files: {
        type: 'array',
        items: {
          type: 'object',
          required: ['artefact', 'name', 'mediaType', 'size', 'url'],
          properties: {
            artefact: { type: 'string', description: 'What a pointer names.' },
            name: { type: 'string', description: 'From the requirement; the true name is not shown.' },
            mediaType: text,
            size: { type: 'integer' },
            url: { type: 'string', description: 'Where its content is.' },
          },
        },
      },
    },
  },
};

/**
 * What a reviewer works with. No name, no school, no attempt, no id of the submission: the same bytes whether or not
 * another reviewer exists or has committed (invariant 2).
 */
export function presentAssignedWork({ assignment, version, evidence, draft, rating }: AssignedWork) {
  return {
    ...presentAssignment(assignment, version.version),
    rubric: presentRubric(version.rubric),
    evidence: presentEvidence(
      evidence,
      (artefact) => `/api/v1/assignments/${assignment.id}/artefacts/${artefact}`,
    ),
    draft: draft === null ? null : presentDraft(draft),
    rating: rating === null ? null : presentRating(rating),
  };
}

export const assignedWorkSchema: JsonSchema = {
  type: 'object',
  required: [...Object.keys(assignmentMembers), 'rubric', 'evidence', 'draft', 'rating'],
  properties: {
    ...assignmentMembers,
    rubric: rubricSchema,
    evidence: evidenceSchema,
    draft: {
      type: ['object', 'null'],
      required: ['criteria', 'savedAt'],
      description: 'What you saved last; null before, and once the rating is committed.',
      properties: draftMembers,
    },
    rating: { ...ratingSchema, type: ['object', 'null'], description: 'Your committed rating; null before.' },
  },
};

/** A case as those see it who oversee review: how it stands, and nothing of who rates it or how. */
export function presentReviewCase(reviewCase: ReviewCase) {
  return {
    submission: reviewCase.submission,
    achievementVersion: reviewCase.achievementVersion,
    attempt: reviewCase.attempt,
    round: reviewCase.round,
    origin: reviewCase.origin,
    state: reviewCase.state,
    waitsFor: reviewCase.waitsFor,
    openedAt: reviewCase.openedAt,
    stateSince: reviewCase.stateSince,
  };
}

export const reviewCasesSchema: JsonSchema = {
  type: 'object',
  required: ['figures', 'items'],
  properties: {
    figures: {
      type: 'array',
      description: 'How many cases stand so in the whole district, and since when the oldest is open.',
      items: {
        type: 'object',
        required: ['state', 'count', 'oldest'],
        properties: {
          state: { enum: [...caseStates] },
          count: { type: 'integer' },
          oldest: { ...instant, type: ['string', 'null'] },
        },
      },
    },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: [
          'submission',
          'achievementVersion',
          'attempt',
          'round',
          'origin',
          'state',
          'waitsFor',
          'openedAt',
          'stateSince',
        ],
        properties: {
          submission: text,
          achievementVersion: text,
          attempt: { type: 'integer' },
          round: { type: 'integer' },
          origin: { enum: [...roundOrigins] },
          state: { enum: [...caseStates] },
          waitsFor: {
            enum: ['reviewer', 'adjudicator', null],
            description:
              'Whom it waits for: nobody certified, free of conflict and under the daily cap was found. It is tried again by itself.',
          },
          openedAt: instant,
          stateSince: instant,
        },
      },
    },
    next: { type: 'string', description: 'Cursor of the next page; absent on the last.' },
  },
};

/** Figures beside one page of cases. */
export function presentReviewCases(
  figures: readonly CaseFigures[],
  items: readonly ReviewCase[],
  next: string | undefined,
) {
  return { figures, items: items.map(presentReviewCase), ...(next === undefined ? {} : { next }) };
}
