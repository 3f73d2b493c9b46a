import type { JsonSchema } from '../../kernel/index.js';
import { nextAttemptUntil, submissionStates, type Answer, type Submission } from '../../submissions/index.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };

/** A submission as its teacher sees it; `decision` is the id of its newest decision, where there is one. */
export function presentSubmission(submission: Submission, decision: string | null = null) {
  return {
    id: submission.id,
    achievement: submission.achievement,
    achievementVersion: submission.achievementVersion,
    attempt: submission.attempt,
    previous: submission.previous,
    // Whether a third reading was needed is not the teacher's to see before the decision.
    state: submission.state === 'adjudicating' ? 'in_review' : submission.state,
    answers: Object.fromEntries(
      Object.entries(submission.answers).map(([requirement, answer]) => [requirement, presentAnswer(answer)]),
    ),
    findings: submission.findings,
    createdAt: submission.createdAt,
    submittedAt: submission.submittedAt,
    decidedAt: submission.decidedAt,
    nextAttemptUntil: nextAttemptUntil(submission),
    decision,
  };
}

function presentAnswer(answer: Answer) {
  return answer.kind === 'file'
    ? { kind: answer.kind, artefacts: answer.artefacts }
    : { kind: answer.kind, text: answer.text };
}

export const submissionSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'achievement',
    'achievementVersion',
    'attempt',
    'previous',
    'state',
    'answers',
    'findings',
    'createdAt',
    'submittedAt',
    'decidedAt',
    'nextAttemptUntil',
    'decision',
  ],
  properties: {
    id: text,
    achievement: text,
    achievementVersion: {
      type: 'string',
      description: 'Id of the version that it is for: /api/v1/achievements/{achievement}/versions/{this}.',
    },
    attempt: { type: 'integer', description: '1 for the first; one more for each next attempt.' },
    previous: { type: ['string', 'null'], description: 'The submission of the attempt before.' },
    state: { enum: submissionStates.filter((state) => state !== 'adjudicating') },
    answers: {
      type: 'object',
      description: 'One for each requirement that is answered, by its id.',
      additionalProperties: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: { enum: ['file', 'text'] },
          artefacts: { type: 'array', items: text, description: 'Of kind file.' },
          text: { type: 'string', description: 'Of kind text.' },
        },
      },
    },
    findings: {
      type: 'array',
      description: 'What was wanting at the last submit, or why it became void; empty when complete.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string', description: '`/answers/{requirement}`.' }, detail: text },
      },
    },
    createdAt: instant,
    submittedAt: instantOrNull,
    decidedAt: instantOrNull,
    nextAttemptUntil: {
      ...instantOrNull,
      description: 'Until when the next attempt may begin; null when there is none.',
    },
    decision: {
      type: ['string', 'null'],
      description: 'Id of the newest decision, once the state is met or not_yet: what getDecision takes.',
    },
  },
};
