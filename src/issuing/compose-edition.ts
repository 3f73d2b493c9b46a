import type { AchievementVersion, Levels } from '../achievements/index.js';
import { statusListUrl } from '../status/index.js';
import type { Award, Edition, EditionInMaking, StatusPlace } from './award.js';
import { composeCredential, type UnsignedCredential } from './compose-credential.js';
import { endorsementsFor } from './endorsements/endorsements-for.js';
import type { Issuer } from './issuer-of.js';
import { assessedSlots } from './slots-of-award.js';
import type { IssuingPorts } from './store.js';

/** An edition before it is signed. */
export interface ComposedEdition {
  readonly credential: UnsignedCredential;
  /** The decided levels, of what is reviewed here. */
  readonly levels: Levels | null;
  readonly pins: Edition['pins'];
}

/** Composes the edition that is in the making, from the record: the same each time. */
export async function composeEdition(
  ports: IssuingPorts,
  issuer: Issuer,
  version: AchievementVersion,
  award: Award,
  making: EditionInMaking & { readonly status: StatusPlace },
): Promise<ComposedEdition> {
  const { slots, pins } = await assessedSlots(ports, version, award, issuer.district.slug);
  const { status, suspension } = making;
  const place = ({ list, index }: StatusPlace) => ({
    list: statusListUrl(ports, issuer.district.slug, list),
    index,
  });
  const credential = composeCredential(
    { issuer: issuer.profile, version },
    {
      credentialId: award.credentialId,
      validFrom: making.validFrom,
      validUntil: award.validUntil,
      awardedDate: award.awardedDate,
      subjectId: award.subjectId,
      identityHash: award.identityHash,
      identitySalt: award.identitySalt,
      source: award.source ?? null,
      status: place(status),
      ...(suspension === undefined ? {} : { suspension: place(suspension) }),
      assessed: slots,
      endorsements: await endorsementsFor(ports, issuer, version, award),
    },
  );
  return { credential, levels: slots.by === 'review' ? slots.levels : null, pins };
}
