import { asSeenBy, type Certification } from '../../calibration/index.js';
import type { Instant } from '../../kernel/index.js';
import { presentCertification } from '../api/present-certification.js';
import { Badge, DateText, StateBadge } from '../components/index.js';
import type { Principal } from '../route.js';
import type { Rooms } from '../rooms.js';
import { versionNames } from './reviewed-versions.js';

/** From how many days before its end a certification is marked: time to practise and pass a form again. */
const soonDays = 60;

/** What reviewers are certified for, by reviewer; the names of the versions. */
export interface Certified {
  readonly of: ReadonlyMap<string, readonly Certification[]>;
  readonly versions: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** The certifications of these reviewers, as this member may see them; at most 100 of each. */
export async function certifiedOf(
  rooms: Pick<Rooms, 'calibration' | 'achievements' | 'service'>,
  { district, member }: Principal['actor'],
  reviewers: readonly string[],
): Promise<Certified> {
  const { store } = rooms.calibration;
  const now = rooms.service.now();
  const pages = await Promise.all(
    reviewers.map((reviewer) => store.pageOfCertifications(district, reviewer, { limit: 100 })),
  );
  const all = pages.flatMap(({ items }) => items);
  return {
    of: new Map(
      reviewers.map((reviewer, index) => [
        reviewer,
        pages[index]!.items.map((one) => asSeenBy(member, one, now)),
      ]),
    ),
    versions: await versionNames(
      rooms,
      district,
      all.map(({ achievementVersion }) => achievementVersion),
    ),
    now,
  };
}

/** What one is certified for and until when; what is no more as it should be is marked. One that was revoked is left out. */
export function CertifiedFor(props: {
  readonly certified: Certified;
  readonly reviewer: string;
  readonly timeZone: string;
}) {
  const { certified, reviewer, timeZone } = props;
  const shown = (certified.of.get(reviewer) ?? []).filter(({ state }) => state !== 'revoked');
  if (shown.length === 0) return <span class="quiet">nothing</span>;
  return (
    <ul class="plain-list">
      {shown.map((one) => (
        <li>
          <a href={`/certifications/${one.id}`}>
            {certified.versions.get(one.achievementVersion) ?? one.achievementVersion}
          </a>
          <div class="small quiet">
            until <DateText instant={one.until} timeZone={timeZone} />
          </div>
          <Mark one={one} now={certified.now} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ one, now }: { readonly one: Certification; readonly now: Instant }) {
  const { state } = presentCertification(one, now);
  if (state !== 'active') return <StateBadge state={state} />;
  const days = Math.ceil((Date.parse(one.until) - Date.parse(now)) / 86_400_000);
  if (days > soonDays) return null;
  return <Badge tone="warn" icon="clock" word={days === 1 ? 'Ends within a day' : `Ends in ${days} days`} />;
}
