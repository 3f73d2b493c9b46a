import {
  commitRating,
  declineAssignment,
  getAssignment,
  listMyAssignments,
  openAssignedArtefact,
  saveDraftRating,
  type Assignment,
  type CriterionRating,
  type CriterionRatings,
  type Pointer,
} from '../../review/index.js';
import { found } from '../../kernel/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { appealRoutes } from './appeals.js';
import { decisionRoutes } from './decisions.js';
import {
  assignedWorkSchema,
  assignmentSchema,
  presentAssignedWork,
  presentAssignment,
  presentRating,
  ratingSchema,
} from './present-review.js';
import { artefactReply, fileResponses } from './file-reply.js';
import { requestSchema } from './request-schema.js';

/** Assignments and blind rating, decisions, appeals, and how review stands. */
export function reviewRoutes(rooms: Pick<Rooms, 'review' | 'issuing' | 'service'>): readonly Route[] {
  return [
    ...assignmentRoutes(rooms),
    ...ratingRoutes(rooms),
    ...decisionRoutes(rooms),
    ...appealRoutes(rooms),
  ];
}

const exampleRating = {
  criteria: {
    'clear-goal': {
      level: 'clear-goal-3',
      pointers: [
        {
          requirement: 'lesson-plan',
          artefact: 'art_aaaaaaaaaaaaaaaaaaaaaaaaaa',
          page: 2,
          note: 'Goal and success criteria',
        },
        { requirement: 'reflection', note: 'I checked with exit tickets' },
      ],
      feedback: 'The goal is clear and checked twice; say also how pupils see their own progress.',
    },
  },
};

function assignmentRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  const presented = async (assignment: Assignment) => {
    const version = await review.achievements.store.version(
      assignment.district,
      assignment.achievementVersion,
    );
    return presentAssignment(assignment, found(version, 'achievement version'));
  };
  return [
    {
      operationId: 'listMyAssignments',
      method: 'GET',
      path: '/api/v1/assignments',
      kind: 'api',
      tag: 'review',
      summary: 'What you are asked to rate, the newest first',
      description:
        'Read one with `getAssignment`, then sign it off with `commitRating`, or give it back with `declineAssignment`.',
      access: 'review.rate',
      query: {
        ...pageQuery,
        properties: {
          ...(pageQuery['properties'] as object),
          state: {
            enum: ['open', 'committed', 'released', 'expired'],
            description: 'Only these; all when left out.',
          },
        },
      },
      responses: { 200: { description: 'One page of assignments.', schema: pageSchema(assignmentSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const state = request.query['state'] as Assignment['state'] | undefined;
        const page = await listMyAssignments(review, actor, pageRequest(request), state);
        return ok({ ...page, items: await Promise.all(page.items.map(presented)) });
      },
    },
    {
      operationId: 'getAssignment',
      method: 'GET',
      path: '/api/v1/assignments/{assignment}',
      kind: 'api',
      tag: 'review',
      summary: 'The work of an assignment of yours: rubric, evidence without a name, your draft',
      description:
        'Everything that `commitRating` needs: criterion and level ids in `rubric.criteria`, and in `evidence` the requirements and artefacts that pointers name. The ETag is what `saveDraftRating` takes as If-Match.',
      access: 'review.rate',
      responses: { 200: { description: 'The work.', schema: assignedWorkSchema } },
      handler: async (request) =>
        ok(
          presentAssignedWork(
            await getAssignment(review, principalOf(request).actor, request.params['assignment']!),
          ),
        ),
    },
    {
      operationId: 'getAssignmentArtefact',
      method: 'GET',
      path: '/api/v1/assignments/{assignment}/artefacts/{artefact}',
      kind: 'api',
      tag: 'review',
      summary: 'The content of a file that you are to rate, whole or a range',
      description: 'Under a name made from the requirement. Takes `Range: bytes=…`. Never kept by a cache.',
      access: 'review.rate',
      responses: fileResponses,
      handler: async (request) =>
        artefactReply(
          request,
          await openAssignedArtefact(review, principalOf(request).actor, {
            assignment: request.params['assignment']!,
            artefact: request.params['artefact']!,
          }),
        ),
    },
    {
      operationId: 'declineAssignment',
      method: 'POST',
      path: '/api/v1/assignments/{assignment}/decline',
      kind: 'api',
      tag: 'review',
      summary: 'Give an assignment back: a conflict of interest, or no time',
      description:
        'Somebody else is drawn. A conflict is kept on record, so that you are not given this person’s work again.',
      access: 'review.rate',
      body: { kind: 'json', schema: requestSchema('decline-assignment'), example: { reason: 'conflict' } },
      responses: { 200: { description: 'The assignment as given back.', schema: assignmentSchema } },
      handler: async (request) => {
        const declined = await declineAssignment(review, principalOf(request).actor, {
          assignment: request.params['assignment']!,
          reason: (request.body as { readonly reason: 'conflict' | 'unavailable' }).reason,
        });
        service.wake();
        return ok(await presented(declined));
      },
    },
  ];
}

function ratingRoutes({ review, service }: Pick<Rooms, 'review' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'saveDraftRating',
      method: 'PUT',
      path: '/api/v1/assignments/{assignment}/draft',
      kind: 'api',
      tag: 'review',
      summary: 'Keep what you have written so far, whole or in part',
      description:
        'Replaces your draft. If-Match takes the ETag of `getAssignment`, or of the answer to the draft before. Only you read it; `commitRating` takes the whole rating and does not look at it.',
      access: 'review.rate',
      ifMatch: true,
      body: {
        kind: 'json',
        schema: requestSchema('draft-rating'),
        example: { criteria: { 'clear-goal': { level: 'clear-goal-3' } } },
      },
      responses: { 200: { description: 'The work with the draft.', schema: assignedWorkSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const work = await getAssignment(review, actor, request.params['assignment']!);
        request.ifMatch(presentAssignedWork(work));
        const { criteria } = request.body as {
          readonly criteria: { readonly [criterion: string]: SentCriterion };
        };
        const saved = await saveDraftRating(review, actor, {
          work,
          criteria: mapped(criteria, draftCriterion),
        });
        return ok(presentAssignedWork(saved));
      },
    },
    {
      operationId: 'commitRating',
      inPerson: true,
      method: 'POST',
      path: '/api/v1/assignments/{assignment}/rating',
      kind: 'api',
      tag: 'review',
      summary: 'Sign off: commit your rating of an assignment',
      description:
        'For every criterion of `rubric` in `getAssignment`: a level of that criterion, feedback for the teacher, and at least one pointer into the evidence (`requirement`, and `artefact` where it is answered by files; `page` for a PDF, `second` for a video). You must be certified for the version at this moment. A committed rating never changes; sent again with the same content it answers the same. The decision follows by itself once all ratings are in.',
      access: 'review.rate',
      body: { kind: 'json', schema: requestSchema('commit-rating'), example: exampleRating },
      responses: { 200: { description: 'The rating as committed.', schema: ratingSchema } },
      handler: async (request) => {
        const { criteria } = request.body as {
          readonly criteria: { readonly [criterion: string]: SentRating };
        };
        const rating = await commitRating(review, principalOf(request).actor, {
          assignment: request.params['assignment']!,
          criteria: mapped(criteria, fullCriterion) satisfies CriterionRatings,
        });
        service.wake();
        return ok(presentRating(rating));
      },
    },
  ];
}

type SentPointer = Pick<Pointer, 'requirement'> & Partial<Pointer>;
interface SentCriterion {
  readonly level?: string;
  readonly pointers?: readonly SentPointer[];
  readonly feedback?: string;
}
type SentRating = Required<SentCriterion>;

/** A pointer as sent, with null for what was left out. */
function fullPointer({ requirement, artefact, page, second, note }: SentPointer): Pointer {
  return {
    requirement,
    artefact: artefact ?? null,
    page: page ?? null,
    second: second ?? null,
    note: note ?? null,
  };
}

function fullCriterion({ level, pointers, feedback }: SentRating): CriterionRating {
  return { level, feedback, pointers: pointers.map(fullPointer) };
}

function draftCriterion({ level, pointers, feedback }: SentCriterion): Partial<CriterionRating> {
  return {
    ...(level === undefined ? {} : { level }),
    ...(pointers === undefined ? {} : { pointers: pointers.map(fullPointer) }),
    ...(feedback === undefined ? {} : { feedback }),
  };
}

function mapped<T, R>(members: { readonly [name: string]: T }, map: (member: T) => R): { [name: string]: R } {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member)]));
}
