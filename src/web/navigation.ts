import { isPermitted, type Member, type Permission } from '../tenancy/index.js';
import type { IconName } from './components/index.js';

/** One entry of the main navigation and of the start page: shown to those who may use the page. */
export interface NavigationRow {
  readonly path: string;
  readonly label: string;
  readonly permission: Permission;
  readonly icon: IconName;
  /** What one does there, for the start page. */
  readonly about: string;
}

/** In the order shown. Every path is a row of the route table. A page that lands adds its row here. */
export const navigation: readonly NavigationRow[] = [
  {
    path: '/achievements',
    label: 'Achievements',
    permission: 'achievements.read',
    icon: 'award',
    about: 'What can be earned here: criteria, rubrics and the evidence that is asked for.',
  },
  {
    path: '/reviews',
    label: 'Reviews',
    permission: 'review.rate',
    icon: 'eye',
    about: 'Work that is drawn for you, and what you have rated.',
  },
  {
    path: '/qualification',
    label: 'Qualification',
    permission: 'qualification.take',
    icon: 'award',
    about: 'What you are certified for, practice, and qualifying forms.',
  },
  {
    path: '/declarations',
    label: 'Declarations',
    permission: 'declarations.own',
    icon: 'shield',
    about: 'The code of conduct, and your conflicts of interest.',
  },
  {
    path: '/exemplars',
    label: 'Exemplars',
    permission: 'exemplars.key',
    icon: 'key',
    about: 'Work that experts rate blind: what reviewers are measured by.',
  },
  {
    path: '/certifications',
    label: 'Certifications',
    permission: 'certifications.read',
    icon: 'check-circle',
    about: 'Who may sign off on work, for which rubric, and until when.',
  },
  {
    path: '/district/review-policy',
    label: 'Review policy',
    permission: 'review-policy.change',
    icon: 'list',
    about: 'The numbers by which reviewers are qualified and work is reviewed.',
  },
  {
    path: '/district/code-of-conduct',
    label: 'Code of conduct',
    permission: 'conduct.change',
    icon: 'book',
    about: 'What every reviewer promises and signs.',
  },
  {
    path: '/review-cases',
    label: 'Work in review',
    permission: 'review.oversee',
    icon: 'clock',
    about: 'What waits, for whom, and since when.',
  },
  {
    path: '/reviewers',
    label: 'Reviewers',
    permission: 'review.oversee',
    icon: 'eye',
    about: 'What each reviewer has in hand, and the time that they have.',
  },
  {
    path: '/figures',
    label: 'Figures of reviewers',
    permission: 'review.oversee',
    icon: 'scales',
    about: 'How each reviewer rates beside keys and beside others, and over time.',
  },
  {
    path: '/drift',
    label: 'Drift signals',
    permission: 'review.oversee',
    icon: 'flag',
    about: 'Reviewers whose levels have moved: what it rests on, and what is done about it.',
  },
  {
    path: '/decisions',
    label: 'Decisions',
    permission: 'review.oversee',
    icon: 'scales',
    about: 'What came of work that was reviewed.',
  },
  {
    path: '/appeals',
    label: 'Appeals',
    permission: 'appeals.read',
    icon: 'flag',
    about: 'What teachers hold against decisions, and what became of it.',
  },
  {
    path: '/district/review-pools',
    label: 'Review pools',
    permission: 'pools.read',
    icon: 'people',
    about: 'Reviewers of other districts: agreements, seats, and work that waits to be read for them.',
  },
  {
    path: '/submissions',
    label: 'My submissions',
    permission: 'submissions.own',
    icon: 'pencil',
    about: 'Choose a microcredential, gather evidence, submit it, and read your feedback.',
  },
  {
    path: '/artefacts',
    label: 'My evidence',
    permission: 'submissions.own',
    icon: 'file',
    about: 'The files that you uploaded: use them again, download or erase them.',
  },
  {
    path: '/backpack',
    label: 'My backpack',
    permission: 'submissions.own',
    icon: 'award',
    about: 'Your credentials, credit hours, and progress towards milestones.',
  },
  {
    path: '/endorsements',
    label: 'Endorsements',
    permission: 'endorsements.read',
    icon: 'check-circle',
    about: 'What the district vouches for, signed; and what its own credentials carry.',
  },
  {
    path: '/district/members',
    label: 'Members',
    permission: 'members.read',
    icon: 'people',
    about: 'Who belongs to the district, and in which roles.',
  },
  {
    path: '/district',
    label: 'District',
    permission: 'district.change',
    icon: 'book',
    about: 'Name, language and time zone; API keys and signing keys.',
  },
];

/** What this member sees. */
export function navigationFor(member: Pick<Member, 'roles'>): readonly NavigationRow[] {
  return navigation.filter((row) => isPermitted(member.roles, row.permission));
}

/** The entry under which an address is: the longest one that it begins with. */
export function currentEntry(rows: readonly NavigationRow[], path: string): string | undefined {
  return rows
    .filter((row) => path === row.path || path.startsWith(`${row.path}/`))
    .map((row) => row.path)
    .sort((a, b) => b.length - a.length)[0];
}
