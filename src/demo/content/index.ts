import { formativeFeedbackExemplars1 } from './formative-feedback-exemplars-1.js';
import { formativeFeedbackExemplars2 } from './formative-feedback-exemplars-2.js';
import { formativeFeedback } from './formative-feedback.js';
import { inclusiveDiscussionExemplars1 } from './inclusive-discussion-exemplars-1.js';
import { inclusiveDiscussionExemplars2 } from './inclusive-discussion-exemplars-2.js';
import { inclusiveDiscussion } from './inclusive-discussion.js';
import type { DemoExemplar, DemoMicrocredential } from './types.js';

export { district, earlierTeachers, members, milestone, poolReviewer } from './district.js';
export * from './types.js';

/** The two microcredentials, each with its exemplars. */
export const microcredentials: readonly {
  readonly microcredential: DemoMicrocredential;
  readonly exemplars: readonly DemoExemplar[];
}[] = [
  {
    microcredential: formativeFeedback,
    exemplars: [...formativeFeedbackExemplars1, ...formativeFeedbackExemplars2],
  },
  {
    microcredential: inclusiveDiscussion,
    exemplars: [...inclusiveDiscussionExemplars1, ...inclusiveDiscussionExemplars2],
  },
];
