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
