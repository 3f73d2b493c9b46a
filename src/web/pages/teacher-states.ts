import type { SubmissionState } from '../../submissions/index.js';
import type { KnownState } from '../components/index.js';

/** The state that the teacher is shown: whether a third reading was needed is not said before the decision. */
export function shownState(state: SubmissionState): KnownState & SubmissionState {
  return state === 'adjudicating' ? 'in_review' : state;
}

/** What is to be done next, in a few words: for the list. */
export const nextSteps: { readonly [state in SubmissionState]: string } = {
  draft: 'Gather what is asked for, then submit.',
  incomplete: 'Mend what was found wanting, then submit again.',
  submitted: 'Nothing: review is about to begin.',
  in_review: 'Nothing: reviewers are reading it.',
  adjudicating: 'Nothing: reviewers are reading it.',
  reopened: 'Nothing: it is being read again.',
  met: 'See the feedback, and share your credential.',
  not_yet: 'Read the feedback, and start the next attempt.',
  withdrawn: 'Begin anew whenever you like.',
  void: 'Read why, then begin anew.',
};

const inReview = (days: number) =>
  `Certified reviewers read it without knowing whose it is, each on their own, criterion by criterion. Each is asked to be done within ${days} days. You have nothing to do; the decision appears on this page.`;

/** How a submission stands and what happens now, in plain words: for its own page. */
export interface StandingWords {
  readonly title: string;
  readonly text: string;
}

/** The words of a state; `days` is how long a reviewer has by the district's policy. */
export function standing(state: SubmissionState, days: number): StandingWords {
  return state === 'in_review' || state === 'adjudicating'
    ? { title: 'In review', text: inReview(days) }
    : standings[state];
}

const standings: {
  readonly [state in Exclude<SubmissionState, 'in_review' | 'adjudicating'>]: StandingWords;
} = {
  draft: {
    title: 'A draft',
    text: 'Only you see it. Save as often as you like, and submit when everything below is ready.',
  },
  incomplete: {
    title: 'Not handed in yet',
    text: 'The check before review found something wanting. Nothing is lost, and no reviewer has seen it: mend what is named below and submit again.',
  },
  submitted: {
    title: 'Handed in',
    text: 'It is complete. Reviewers are about to be drawn; you have nothing to do.',
  },
  reopened: {
    title: 'Being read again',
    text: 'It was decided, and is now being looked at once more. Until that is done the earlier decision stands. You have nothing to do.',
  },
  met: { title: 'Met', text: 'Your work shows what this microcredential asks for.' },
  not_yet: {
    title: 'Not yet',
    text: 'Some criteria are not there yet. Read what the reviewers say of each; in the next attempt you change only what was missed, and the rest is carried over.',
  },
  withdrawn: {
    title: 'Withdrawn',
    text: 'You took it back, and nobody reviews it. Your files are still in your evidence.',
  },
  void: {
    title: 'Void',
    text: 'A file in it was erased, or the consent for one ended, so that review had to stop. Nothing was decided.',
  },
};
