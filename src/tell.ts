import type { AchievementPorts } from './achievements/index.js';
import type { DecisionEvent, KeyEvent, StopEvent } from './issuing/index.js';
import {
  decisionMessage,
  keyMessage,
  notify,
  reviewerMessage,
  stopMessage,
  type NotificationPorts,
} from './notifications/index.js';
import type { ReviewerEvent } from './review/index.js';
import { addressOf, type TenancyPorts } from './tenancy/index.js';

/** What is needed to tell a member of something. */
export interface TellingPorts {
  readonly notifications: NotificationPorts;
  readonly tenancy: TenancyPorts;
  readonly achievements: AchievementPorts;
  readonly publicUrl: string;
}

/** Keeps the message that tells a teacher of a decision; nobody is told who has left the district. */
export async function tellOfDecision(ports: TellingPorts, event: DecisionEvent): Promise<void> {
  const member = await ports.tenancy.store.member(event.district, event.member);
  const district = await ports.tenancy.store.district(event.district);
  const version = await ports.achievements.store.version(event.district, event.achievementVersion);
  if (member?.state !== 'active' || district === undefined || version === undefined) return;
  const message = decisionMessage({
    outcome: event.outcome,
    origin: event.origin,
    achievement: version.content.name,
    district: district.name,
    submissionUrl: `${ports.publicUrl}/submissions/${event.submission}`,
    credentialUrl: event.credentialId,
  });
  await notify(ports.notifications, { id: event.id, district: event.district, to: member.email, ...message });
}

/** Keeps the message that tells a reviewer of an assignment; nobody is told who has left the district. */
export async function tellReviewer(ports: TellingPorts, { about, assignment }: ReviewerEvent): Promise<void> {
  const { id, district: tenant, reviewer, achievementVersion, dueAt } = assignment;
  const member = await ports.tenancy.store.member(tenant, reviewer);
  const district = await ports.tenancy.store.district(tenant);
  const version = await ports.achievements.store.version(tenant, achievementVersion);
  if (member?.state !== 'active' || district === undefined || version === undefined) return;
  const message = reviewerMessage({
    about,
    // As the pages call it: nothing else of it may be said.
    work: `Work ${id.slice(-5)}`,
    achievement: version.content.name,
    district: district.name,
    due: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: district.timeZone }).format(
      new Date(dueAt),
    ),
    // Through a seat it is opened first.
    workUrl: `${ports.publicUrl}/${member.seat === undefined ? `reviews/${id}` : 'seats'}`,
    reviewsUrl: `${ports.publicUrl}/${member.seat === undefined ? 'reviews' : 'seats'}`,
  });
  const to = await addressOf(ports.tenancy, member);
  if (to !== undefined)
    await notify(ports.notifications, { id: `${id}:${about}`, district: tenant, to, ...message });
}

/** Keeps the message that tells a holder of a withdrawn key; who has left the district is told too: they hold files. */
export async function tellOfKey(
  ports: Pick<TellingPorts, 'notifications' | 'tenancy' | 'publicUrl'>,
  event: KeyEvent,
): Promise<void> {
  const member = await ports.tenancy.store.member(event.district, event.member);
  const district = await ports.tenancy.store.district(event.district);
  if (member === undefined || district === undefined) return;
  const message = keyMessage({
    what: event.what,
    district: district.name,
    backpackUrl: `${ports.publicUrl}/backpack`,
  });
  await notify(ports.notifications, { id: event.id, district: event.district, to: member.email, ...message });
}

/** Keeps a message to every admin that the issuing of a version was stopped. */
export async function tellOfStop(ports: TellingPorts, event: StopEvent): Promise<void> {
  const district = await ports.tenancy.store.district(event.district);
  const version = await ports.achievements.store.version(event.district, event.achievementVersion);
  if (district === undefined || version === undefined) return;
  const message = stopMessage({
    achievement: version.content.name,
    version: version.number,
    district: district.name,
    versionUrl: `${ports.publicUrl}/achievements/${version.slug}/v/${version.number}`,
  });
  for (const { id, email } of await ports.tenancy.store.membersWithRole(event.district, 'admin'))
    await notify(ports.notifications, {
      id: `${event.id}:${id}`,
      district: event.district,
      to: email,
      ...message,
    });
}
