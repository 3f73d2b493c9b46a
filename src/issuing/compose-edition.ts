import type { AchievementVersion, Levels } from '../achievements/index.js';
import { found } from '../kernel/index.js';
import { statusListUrl } from '../status/index.js';
import type { Award, Edition, EditionInMaking, StatusPlace } from './award.js';
import {
  composeCredential,
  type EmbeddedEndorsements,
  type UnsignedCredential,
} from './compose-credential.js';
import { sizeFindings } from './check-before-signing.js';
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

/**
 * Composes the edition that is in the making. What it says is drawn from the record and the same each time; which
 * endorsements it carries is decided by the clock: those that hold when it is signed, as far as they fit. The edition
 * that is kept first is the one.
 */
export async function composeEdition(
  ports: IssuingPorts,
  issuer: Issuer,
  version: AchievementVersion,
  award: Award,
  making: EditionInMaking & { readonly status: StatusPlace },
): Promise<ComposedEdition> {
  const { slots, pins } = await assessedSlots(ports, version, award, issuer.district.slug);
  const { status, suspension } = making;
  const place = async ({ list, index }: StatusPlace) => ({
    list: statusListUrl(
      issuer.district.slug,
      found(await ports.status.store.list(award.district, list), 'status list'),
    ),
    index,
  });
  const places = {
    status: await place(status),
    ...(suspension === undefined ? {} : { suspension: await place(suspension) }),
  };
  const carrying = (endorsements: EmbeddedEndorsements) =>
    composeCredential(
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
        ...places,
        assessed: slots,
        endorsements,
      },
    );
  const credential = withWhatFits(carrying, await endorsementsFor(ports, issuer, version, award));
  return { credential, levels: slots.by === 'review' ? slots.levels : null, pins };
}

/** With all of the endorsements, or those that leave it small enough for every verifier: the achievement's first. */
function withWhatFits(
  carrying: (endorsements: EmbeddedEndorsements) => UnsignedCredential,
  all: EmbeddedEndorsements,
): UnsignedCredential {
  let kept: EmbeddedEndorsements = {};
  let credential = carrying(kept);
  for (const place of ['achievement', 'credential', 'issuer'] as const) {
    if (all[place] === undefined) continue;
    const more = { ...kept, [place]: all[place] };
    const larger = carrying(more);
    if (sizeFindings(larger).length > 0) continue;
    kept = more;
    credential = larger;
  }
  return credential;
}
