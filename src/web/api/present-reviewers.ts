import type { JsonSchema } from '../../kernel/index.js';
import type {
  ExpectedDecision,
  KeptDraft,
  ReviewerLoad,
  SeedOverview,
  SeedReport,
} from '../../review/index.js';
import { dayIn } from '../day-in-zone.js';
import { assignmentMembers, draftMembers, presentDraft } from './present-review.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const count: JsonSchema = { type: 'integer', minimum: 0 };

function object(properties: { readonly [member: string]: JsonSchema }): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

/** A reviewer's own time. */
export function presentAvailability(minutesPerWeek: number) {
  return { minutesPerWeek };
}

export const availabilitySchema = object({
  minutesPerWeek: {
    ...count,
    description: 'What you said, or what the review policy takes where you said nothing.',
  },
});

/** What the caller had written for an own assignment. */
export function presentKeptDraft({ assignment, draft, keptUntil }: KeptDraft) {
  return { assignment: assignment.id, state: assignment.state, ...presentDraft(draft), keptUntil };
}

export const keptDraftSchema = object({
  assignment: text,
  state: assignmentMembers['state']!,
  ...draftMembers,
  keptUntil: {
    ...instant,
    type: ['string', 'null'],
    description: 'Until when it is kept; null while the assignment is open.',
  },
});

/** What a reviewer is told of several seeds at once. */
export function presentSeedReport(report: SeedReport) {
  const { achievementVersion, ratings, exact, decisions, leaning, at } = report;
  return { achievementVersion, ratings, exact, decisions, leaning, at };
}

export const seedReportSchema = object({
  achievementVersion: text,
  ratings: {
    enum: ['three-to-nine', 'ten-or-more'],
    description: 'How many it is of. Which they were is not said.',
  },
  exact: { type: 'number', description: 'Share of levels that were the key’s, to the nearest tenth.' },
  decisions: {
    type: 'number',
    description: 'Share of ratings whose decision was the key’s, to the nearest tenth.',
  },
  leaning: {
    enum: ['severe', 'even', 'lenient'],
    description: 'Whether the mean difference from the key is more than a quarter of a level.',
  },
  at: instant,
});

/** What a reviewer has in hand, for those who oversee review. */
export function presentReviewerLoad({ member, minutesPerWeek, open, dueSoon }: ReviewerLoad) {
  return { member: member.id, name: member.name, minutesPerWeek, open, dueSoon };
}

export const reviewerLoadSchema = object({
  member: text,
  name: text,
  minutesPerWeek: count,
  open: { ...count, description: 'Assignments in hand, without those on cases that you are to rate too.' },
  dueSoon: { ...count, description: 'Of these, due within three days.' },
});

/** How a version stands with seeds. */
export function presentSeedOverview({ exemplars, reviewers }: SeedOverview) {
  return {
    exemplars: exemplars.map(({ exemplar, title, standing }) => ({ exemplar, title, standing })),
    reviewers: reviewers.map(({ member, ratedInTerm, left, shortSince }) => ({
      member: member.id,
      name: member.name,
      ...{ ratedInTerm, left, shortSince },
    })),
  };
}

export const seedOverviewSchema = object({
  exemplars: {
    type: 'array',
    description: 'The keyed exemplars of the seed pool.',
    items: object({
      exemplar: text,
      title: text,
      standing: {
        enum: ['served', 'no-submission', 'unlike-real-work'],
        description:
          '`no-submission`: its items do not answer the requirements of the version, so it could be told from work at once. `unlike-real-work`: no recent work has evidence of these kinds of files.',
      },
    }),
  },
  reviewers: {
    type: 'array',
    description: 'The certified reviewers, yourself left out.',
    items: object({
      member: text,
      name: text,
      ratedInTerm: { ...count, description: 'Seeds rated in the last term.' },
      left: { ...count, description: 'Exemplars that can still be given to this reviewer.' },
      shortSince: {
        ...instant,
        type: ['string', 'null'],
        description: 'Since when there have been none left; ratings are asked for twice instead.',
      },
    }),
  },
});

/** When a decision is to be expected, in days of the district. */
export function presentExpectedDecision(expected: ExpectedDecision, timeZone: string) {
  switch (expected.state) {
    case 'expected':
      return {
        state: expected.state,
        from: dayIn(expected.from, timeZone),
        to: dayIn(expected.to, timeZone),
      };
    case 'no-reviewer':
    case 'none':
      return { state: expected.state, from: null, to: null };
  }
}

const day: JsonSchema = { type: ['string', 'null'], format: 'date' };
export const expectedDecisionSchema = object({
  state: {
    enum: ['expected', 'no-reviewer', 'none'],
    description:
      '`expected`: between the two days. `no-reviewer`: nobody who may rate this work has time now, so no day can be said. `none`: it is not in review.',
  },
  from: day,
  to: day,
});
