import { isPermitted, type Member, type Permission } from '../tenancy/index.js';

/** One entry of the main navigation: shown to those who may use the page. A page that lands adds its row here. */
export interface NavigationRow {
  readonly path: string;
  readonly label: string;
  readonly permission: Permission;
}

/** In the order shown. Every path is a row of the route table. */
export const navigation: readonly NavigationRow[] = [
  { path: '/achievements', label: 'Achievements', permission: 'achievements.read' },
  { path: '/district/members', label: 'Members', permission: 'members.read' },
  { path: '/district', label: 'District', permission: 'district.change' },
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
