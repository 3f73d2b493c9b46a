import { driftMessage, notify } from './notifications/index.js';
import type { DriftEvent } from './review/index.js';
import type { TellingPorts } from './tell.js';
import { addressOf } from './tenancy/index.js';

/** Keeps the messages that tell of a drift signal: to its reviewer, or to every lead but the reviewer. */
export async function tellOfDrift(ports: TellingPorts, { about, signal }: DriftEvent): Promise<void> {
  const { id, district: tenant, reviewer, achievementVersion } = signal;
  const { store } = ports.tenancy;
  const [member, district, version, leads] = await Promise.all([
    store.member(tenant, reviewer),
    store.district(tenant),
    ports.achievements.store.version(tenant, achievementVersion),
    store.membersWithRole(tenant, 'lead'),
  ]);
  if (member === undefined || district === undefined || version === undefined) return;
  const toLeads = about === 'raised-to-leads' || about === 'suspended-to-leads';
  const message = driftMessage({
    about,
    reviewer: member.name,
    achievement: version.content.name,
    district: district.name,
    signalUrl: `${ports.publicUrl}/drift/${id}`,
    ownUrl: `${ports.publicUrl}/${member.seat === undefined ? `my-drift/${id}` : 'seats'}`,
  });
  for (const to of toLeads ? leads.filter((lead) => lead.id !== reviewer) : [member]) {
    if (to.state !== 'active') continue;
    const address = await addressOf(ports.tenancy, to);
    if (address === undefined) continue;
    const key = { id: `${id}:${about}:${to.id}`, district: tenant, to: address };
    await notify(ports.notifications, { ...key, ...message });
  }
}
