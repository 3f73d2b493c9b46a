import {
  allOf,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type Page,
  type PageRequest,
  type Store,
} from '../kernel/index.js';
import type { AchievementPorts } from '../achievements/index.js';
import type { EvidencePorts } from '../evidence/index.js';
import type { Submission, SubmissionState } from './submission.js';

export const submissionsSpec: CollectionSpec<Submission> = {
  name: 'submissions',
  scope: 'district',
  // One open or met submission for each teacher and achievement.
  unique: [{ name: 'open', fields: ['teacher', 'openFor'] }],
  indexes: [
    { name: 'teacher', equality: ['teacher'], order: 'createdAt' },
    { name: 'teacher_achievement', equality: ['teacher', 'achievement'], order: 'createdAt' },
    { name: 'teacher_state', equality: ['teacher', 'state'], order: 'createdAt' },
    { name: 'state', equality: ['state'], order: 'createdAt' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['effectDue', 'auditDue'],
};

/** What the room keeps, in verbs of its own. */
export interface SubmissionStore {
  readonly submissions: Collection<Submission>;
  submission(district: string, id: string): Promise<Submission | undefined>;
  /** A teacher's submissions, the newest first. */
  submissionsOf(district: string, teacher: string, request: PageRequest): Promise<Page<Submission>>;
  /** Every submission of a teacher for one achievement, the oldest first. */
  submissionsFor(district: string, teacher: string, achievement: string): Promise<readonly Submission[]>;
  /** The teacher's submission for the achievement that is open or met. */
  openSubmission(district: string, teacher: string, achievement: string): Promise<Submission | undefined>;
  /** Every submission of a teacher in one of these states. */
  inStates(
    district: string,
    teacher: string,
    states: readonly SubmissionState[],
  ): Promise<readonly Submission[]>;
  /** The district's submissions in a state, the oldest first. */
  submissionsIn(district: string, state: SubmissionState, request: PageRequest): Promise<Page<Submission>>;
}

/** The room's collection over a database. */
export function submissionStore(store: Store): SubmissionStore {
  const submissions = store.collection(submissionsSpec);
  return {
    submissions,
    submission: (district, id) => submissions.get(district, id),
    submissionsOf: (district, teacher, request) =>
      submissions.page(district, 'teacher', [teacher], { ...request, descending: true }),
    submissionsFor: (district, teacher, achievement) =>
      allOf((request) => submissions.page(district, 'teacher_achievement', [teacher, achievement], request)),
    openSubmission: (district, teacher, achievement) =>
      submissions.find(district, 'open', [teacher, achievement]),
    inStates: async (district, teacher, states) =>
      (
        await Promise.all(
          states.map((state) =>
            allOf((request) => submissions.page(district, 'teacher_state', [teacher, state], request)),
          ),
        )
      ).flat(),
    submissionsIn: (district, state, request) => submissions.page(district, 'state', [state], request),
  };
}

/** What the use cases of submissions need. */
export interface SubmissionPorts extends BasePorts {
  readonly store: SubmissionStore;
  readonly achievements: AchievementPorts;
  readonly evidence: EvidencePorts;
}
