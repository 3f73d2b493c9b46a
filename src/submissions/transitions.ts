import { AppError } from '../kernel/index.js';
import type { Submission, SubmissionState } from './submission.js';

/**
 * From which state a submission may come to which. The completeness check runs as it is submitted, so a draft becomes
 * submitted or incomplete in one write. `void` is left open wherever a consent may end under work that is pending.
 */
export const transitions: { readonly [state in SubmissionState]: readonly SubmissionState[] } = {
  draft: ['draft', 'submitted', 'incomplete', 'withdrawn'],
  submitted: ['in_review', 'withdrawn', 'void'],
  incomplete: ['draft', 'submitted', 'incomplete', 'withdrawn'],
  in_review: ['adjudicating', 'met', 'not_yet', 'withdrawn', 'void'],
  adjudicating: ['met', 'not_yet', 'void'],
  met: ['reopened'],
  not_yet: ['reopened'],
  reopened: ['met', 'not_yet'],
  withdrawn: [],
  void: [],
};

/** The states in which work waits for a decision that a consent can still undo. */
export const pendingStates = [
  'submitted',
  'in_review',
  'adjudicating',
] as const satisfies readonly SubmissionState[];

/** Whether a submission in this state may come to `next`. */
export function mayBecome(state: SubmissionState, next: SubmissionState): boolean {
  return transitions[state].includes(next);
}

/**
 * The submission in its next state.
 * @throws conflict when that is not allowed from its state, saying what `doing` was refused and what can be done.
 */
export function become(submission: Submission, next: SubmissionState, doing: string): Submission {
  if (mayBecome(submission.state, next)) return { ...submission, state: next };
  throw new AppError(
    'conflict',
    `The submission is ${said[submission.state]} and cannot be ${doing}. ${wayOut[submission.state]}`,
  );
}

const said: { readonly [state in SubmissionState]: string } = {
  draft: 'a draft',
  submitted: 'submitted',
  incomplete: 'incomplete',
  in_review: 'in review',
  adjudicating: 'in review',
  met: 'decided (met)',
  not_yet: 'decided (not yet)',
  reopened: 'in review again',
  withdrawn: 'withdrawn',
  void: 'void',
};

const wayOut: { readonly [state in SubmissionState]: string } = {
  draft: 'Finish and submit it first.',
  submitted: 'Wait for the decision, or withdraw it.',
  incomplete: 'Mend what its findings name and submit it again.',
  in_review: 'Wait for the decision.',
  adjudicating: 'Wait for the decision.',
  met: 'It is met; nothing is left to do.',
  not_yet: 'Start the next attempt.',
  reopened: 'Wait for the decision.',
  withdrawn: 'Create a new submission.',
  void: 'Create a new submission.',
};
