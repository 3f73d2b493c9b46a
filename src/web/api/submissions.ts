import {
  answerRequirement,
  createSubmission,
  getSubmission,
  listMySubmissions,
  startNextAttempt,
  submitSubmission,
  withdrawSubmission,
  type NewSubmission,
  type Submission,
} from '../../submissions/index.js';
import {
  created,
  ok,
  pageQuery,
  pageRequest,
  pageSchema,
  principalOf,
  type Reply,
  type Route,
} from '../route.js';
import type { Rooms } from '../rooms.js';
import { presentSubmission, submissionSchema } from './present-submission.js';
import { requestSchema } from './request-schema.js';

/** A teacher's own submissions, from the draft to the next attempt. */
export function submissionRoutes({
  submissions,
  review,
  service,
}: Pick<Rooms, 'submissions' | 'review' | 'service'>): readonly Route[] {
  const withDecision = async (submission: Submission) => {
    const decision = await review.store.decisionOn(submission.district, submission.id);
    return presentSubmission(submission, decision?.id ?? null);
  };
  return [
    {
      operationId: 'createSubmission',
      method: 'POST',
      path: '/api/v1/submissions',
      kind: 'api',
      tag: 'submissions',
      summary: 'Begin a submission for the current version of an achievement',
      description:
        'Then, in any order: upload files (`uploadArtefact`), answer every requirement of the version (`answerRequirement`), record consents where a requirement says `needsConsent` (`recordConsent`); then `submitSubmission`. One submission for an achievement is open at a time.',
      access: 'submissions.own',
      body: {
        kind: 'json',
        schema: requestSchema('create-submission'),
        example: { achievement: 'ach_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
      },
      responses: { 201: { description: 'The draft.', schema: submissionSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return newSubmission(await createSubmission(submissions, actor, request.body as NewSubmission));
      },
    },
    {
      operationId: 'listMySubmissions',
      method: 'GET',
      path: '/api/v1/submissions',
      kind: 'api',
      tag: 'submissions',
      summary: 'Your submissions, the newest first',
      access: 'submissions.own',
      query: pageQuery,
      responses: { 200: { description: 'One page of submissions.', schema: pageSchema(submissionSchema) } },
      handler: async (request) => {
        const page = await listMySubmissions(submissions, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: await Promise.all(page.items.map(withDecision)) });
      },
    },
    {
      operationId: 'getSubmission',
      method: 'GET',
      path: '/api/v1/submissions/{submission}',
      kind: 'api',
      tag: 'submissions',
      summary: 'One submission of yours',
      description:
        'Its ETag is what `answerRequirement` takes as If-Match. After the review `state` is met or not_yet and `decision` is the id that `getDecision` takes.',
      access: 'submissions.own',
      responses: { 200: { description: 'The submission.', schema: submissionSchema } },
      handler: async (request) =>
        ok(
          await withDecision(
            await getSubmission(submissions, principalOf(request).actor, request.params['submission']!),
          ),
        ),
    },
    {
      operationId: 'answerRequirement',
      method: 'PUT',
      path: '/api/v1/submissions/{submission}/answers/{requirement}',
      kind: 'api',
      tag: 'submissions',
      summary: 'Answer one requirement with files or text',
      description:
        'Takes exactly one of `artefacts` (ids of files that you uploaded) and `text`, as the kind of the requirement says, and replaces the answer before. `{requirement}` is an id in `content.assessment.requirements` of the achievement version. If-Match takes the ETag of the submission as you last read it: of `createSubmission`, `getSubmission` or the answer before.',
      access: 'submissions.own',
      ifMatch: true,
      body: {
        kind: 'json',
        schema: requestSchema('answer-requirement'),
        example: { artefacts: ['art_aaaaaaaaaaaaaaaaaaaaaaaaaa'] },
      },
      responses: { 200: { description: 'The submission with the answer.', schema: submissionSchema } },
      handler: async (request) => {
        const answered = await answerRequirement(submissions, principalOf(request).actor, {
          ...(request.body as { readonly artefacts?: readonly string[]; readonly text?: string }),
          submission: request.params['submission']!,
          requirement: request.params['requirement']!,
          unchanged: (submission) => request.ifMatch(presentSubmission(submission)),
        });
        return ok(presentSubmission(answered));
      },
    },
    {
      operationId: 'submitSubmission',
      method: 'POST',
      path: '/api/v1/submissions/{submission}/submit',
      kind: 'api',
      tag: 'submissions',
      summary: 'Hand a submission in for review',
      description:
        'It is checked for completeness first: kind, number, type and length of every answer, a consent for review of every file that needs one, no file twice. What is wanting is answered (422, pointers `/answers/{requirement}`) and kept in `findings`; nothing of the work is lost.',
      access: 'submissions.own',
      responses: {
        200: { description: 'The submission, submitted; review begins by itself.', schema: submissionSchema },
      },
      handler: async (request) => {
        const submission = await submitSubmission(
          submissions,
          principalOf(request).actor,
          request.params['submission']!,
        );
        service.wake();
        return ok(presentSubmission(submission));
      },
    },
    {
      operationId: 'withdrawSubmission',
      method: 'POST',
      path: '/api/v1/submissions/{submission}/withdraw',
      kind: 'api',
      tag: 'submissions',
      summary: 'Take a submission back before its decision, for good',
      access: 'submissions.own',
      responses: { 200: { description: 'The submission as withdrawn.', schema: submissionSchema } },
      handler: async (request) => {
        const submission = await withdrawSubmission(
          submissions,
          principalOf(request).actor,
          request.params['submission']!,
        );
        service.wake();
        return ok(presentSubmission(submission));
      },
    },
    {
      operationId: 'startNextAttempt',
      method: 'POST',
      path: '/api/v1/submissions/{submission}/next-attempt',
      kind: 'api',
      tag: 'submissions',
      summary: 'Begin the next attempt after a decision of "not yet"',
      description:
        'Within 60 days, on the same version. The earlier answers are carried over; change what the feedback named.',
      access: 'submissions.own',
      responses: { 201: { description: 'The draft of the next attempt.', schema: submissionSchema } },
      handler: async (request) =>
        newSubmission(
          await startNextAttempt(submissions, principalOf(request).actor, request.params['submission']!),
        ),
    },
  ];
}

function newSubmission(submission: Submission): Reply {
  return created(presentSubmission(submission), `/api/v1/submissions/${submission.id}`);
}
