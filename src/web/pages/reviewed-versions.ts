import { listAchievements, type AchievementVersion } from '../../achievements/index.js';
import { allOf, type Actor } from '../../kernel/index.js';
import { mayKnowAchievement } from '../../tenancy/index.js';
import type { Rooms } from '../rooms.js';

/** A version as people name it: `Formative feedback, version 2`. */
export function versionName(version: AchievementVersion): string {
  return `${version.content.name}, version ${version.number}`;
}

/** The published versions of the district that are found out about by review, by name. */
export async function reviewedVersions(
  { achievements }: Pick<Rooms, 'achievements'>,
  actor: Extract<Actor, { readonly kind: 'member' }>,
): Promise<readonly AchievementVersion[]> {
  const all = await allOf((request) => listAchievements(achievements, actor, { drafts: false }, request));
  const tenancy = { store: achievements.tenancy };
  const known = await Promise.all(
    all.map(({ shown }) => mayKnowAchievement(tenancy, actor, shown.achievement)),
  );
  return all
    .flatMap(({ shown }, index) => (known[index] ? [shown] : []))
    .filter((version) => version.state === 'published' && version.content.assessment.by === 'review')
    .sort((a, b) => a.content.name.localeCompare(b.content.name));
}

/** The names of versions by their ids, each looked up once. */
export async function versionNames(
  { achievements }: Pick<Rooms, 'achievements'>,
  district: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)];
  const versions = await Promise.all(unique.map((id) => achievements.store.version(district, id)));
  return new Map(
    versions.flatMap((version) =>
      version === undefined ? [] : [[version.id, versionName(version)] as const],
    ),
  );
}

/** The names of members by their ids, each looked up once. */
export async function memberNames(
  { tenancy }: Pick<Rooms, 'tenancy'>,
  district: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)];
  const members = await Promise.all(unique.map((id) => tenancy.store.member(district, id)));
  return new Map(
    members.flatMap((member) => (member === undefined ? [] : [[member.id, member.name] as const])),
  );
}
