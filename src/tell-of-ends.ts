import type { AchievementPorts } from './achievements/index.js';
import type { CertificationEvent, DeclarationEvent } from './calibration/index.js';
import type { DistrictId, MemberId } from './kernel/index.js';
import { endMessage, notify } from './notifications/index.js';
import type { TellingPorts } from './tell.js';
import { addressOf } from './tenancy/index.js';

type Ports = Pick<TellingPorts, 'notifications' | 'tenancy' | 'publicUrl'>;

/** Keeps the message to a reviewer that a certification ends soon. */
export async function tellOfCertificationEnd(
  ports: Ports & { readonly achievements: AchievementPorts },
  { certification, days }: CertificationEvent,
): Promise<void> {
  const { id, district, reviewer, achievementVersion, until } = certification;
  const version = await ports.achievements.store.version(district, achievementVersion);
  // One of a version that nobody is reviewed for any more needs no form.
  if (version?.state !== 'published') return;
  await tell(
    ports,
    { id: `${id}:ends-${days}`, district, to: reviewer, until },
    { what: 'certification', days, page: 'qualification', of: `"${version.content.name}"` },
  );
}

/** Keeps the message to a reviewer that the declaration of conflicts ends soon. */
export async function tellOfDeclarationEnd(
  ports: Ports,
  { declaration, days }: DeclarationEvent,
): Promise<void> {
  const { id, district, member, until } = declaration;
  await tell(
    ports,
    { id: `${id}:ends-${days}`, district, to: member, until },
    { what: 'conflicts', days, page: 'declarations/conflicts' },
  );
}

/** Nobody is told who has left the district; through a seat its page is opened first. */
async function tell(
  ports: Ports,
  about: {
    readonly id: string;
    readonly district: DistrictId;
    readonly to: MemberId;
    readonly until: string;
  },
  says: {
    readonly what: 'certification' | 'conflicts';
    readonly days: number;
    readonly page: string;
    readonly of?: string;
  },
): Promise<void> {
  const [member, district] = await Promise.all([
    ports.tenancy.store.member(about.district, about.to),
    ports.tenancy.store.district(about.district),
  ]);
  if (member?.state !== 'active' || district === undefined) return;
  const to = await addressOf(ports.tenancy, member);
  if (to === undefined) return;
  const { what, days, page, of } = says;
  const message = endMessage({
    ...{ what, days, of: of === undefined ? district.name : `${of} at ${district.name}` },
    day: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: district.timeZone }).format(
      new Date(about.until),
    ),
    url: `${ports.publicUrl}/${member.seat === undefined ? page : 'seats'}`,
  });
  await notify(ports.notifications, { id: about.id, district: about.district, to, ...message });
}
