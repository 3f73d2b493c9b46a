import { appealMessage, notify } from './notifications/index.js';
import type { AppealEvent } from './review/index.js';
import type { TellingPorts } from './tell.js';

/** Keeps the message that tells somebody of an appeal; nobody is told who has left the district. */
export async function tellOfAppeal(ports: TellingPorts, event: AppealEvent): Promise<void> {
  const member = await ports.tenancy.store.member(event.district, event.member);
  const district = await ports.tenancy.store.district(event.district);
  const version = await ports.achievements.store.version(event.district, event.achievementVersion);
  if (member?.state !== 'active' || district === undefined || version === undefined) return;
  const message = appealMessage({
    about: event.about,
    achievement: version.content.name,
    district: district.name,
    appealUrl: `${ports.publicUrl}/appeals/${event.appeal}`,
  });
  await notify(ports.notifications, { id: event.id, district: event.district, to: member.email, ...message });
}
