import { roles, type Role } from '../../tenancy/index.js';

const words: Readonly<Record<Role, readonly [word: string, does: string]>> = {
  admin: ['administrator', 'Runs the district: members, keys, publication, credentials.'],
  author: ['author', 'Writes achievements and rubrics.'],
  lead: ['lead reviewer', 'Keys exemplars, certifies reviewers, adjudicates.'],
  adjudicator: ['adjudicator', 'Decides where two reviewers differ.'],
  reviewer: ['reviewer', 'Rates submissions once certified.'],
  expert: ['expert', 'Keys exemplars.'],
  coach: ['coach', 'Gives feedback on lessons.'],
  teacher: ['teacher', 'Earns microcredentials.'],
  'pool-reviewer': ['reviewer of another district', 'Rates de-identified work through a seat.'],
};

/** A role as people say it. */
export function roleWord(role: Role): string {
  return words[role][0];
}

/** The roles to choose from, each with what it is for. */
export const roleOptions = roles.map((role) => ({
  value: role,
  label: words[role][0],
  hint: words[role][1],
}));
