import type { AchievementVersion } from '../achievements/index.js';
import { found, unreachable } from '../kernel/index.js';
import { digestMultibaseSha384 } from '../securing/index.js';
import type { Award, AwardBasis, Edition } from './award.js';
import type { AssessedSlots, ComponentSlot, PinnedResource } from './compose-credential.js';
import { statementUrl } from './credential-ids.js';
import type { KeptStatement } from './quality-statement.js';
import { versionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** The media type under which a component's bytes are pinned and served. */
export const componentMediaType = 'application/vc+ld+json';

/** What was found out about this award, read from the record, with the components that a milestone pins. */
export async function assessedSlots(
  ports: IssuingPorts,
  version: AchievementVersion,
  award: Award,
  districtSlug: string,
): Promise<{ readonly slots: AssessedSlots; readonly pins: Edition['pins'] }> {
  const { basis } = award;
  switch (basis.kind) {
    case 'outside':
      return { slots: { by: 'outside' }, pins: [] };
    case 'decision':
      return { slots: await reviewedSlots(ports, award, basis, districtSlug), pins: [] };
    case 'components': {
      const pinned = await Promise.all(basis.components.map((id) => componentSlot(ports, version, id)));
      return {
        slots: { by: 'components', components: pinned.map(({ slot }) => slot) },
        pins: pinned.map(({ pin }) => pin),
      };
    }
    default:
      return unreachable(basis);
  }
}

async function reviewedSlots(
  ports: IssuingPorts,
  award: Award,
  basis: Extract<AwardBasis, { kind: 'decision' }>,
  districtSlug: string,
): Promise<AssessedSlots> {
  const { district } = award;
  const decision = found(await ports.review.store.decision(district, basis.decision), 'decision');
  if (award.statement === null) throw new Error('the quality statement is kept before the edition is made');
  const statement = found(await ports.store.statement(district, award.statement), 'quality statement');
  return {
    by: 'review',
    levels: decision.levels,
    evidence: award.evidence,
    sentence: statement.sentence,
    statement: pinnedStatement(ports.publicUrl, districtSlug, statement),
  };
}

/** The statement as a credential pins it. */
export function pinnedStatement(
  publicUrl: string,
  districtSlug: string,
  statement: KeptStatement,
): PinnedResource {
  return {
    id: statementUrl(publicUrl, districtSlug, statement.sha256),
    digestMultibase: digestMultibaseSha384(statement.text),
    mediaType: 'application/json',
  };
}

async function componentSlot(
  ports: IssuingPorts,
  milestone: AchievementVersion,
  id: Award['id'],
): Promise<{ readonly slot: ComponentSlot; readonly pin: Edition['pins'][number] }> {
  const { district } = milestone;
  const component = found(await ports.store.award(district, id), 'component award');
  const edition = found(await ports.store.edition(district, id, component.edition), 'edition of a component');
  const version = await versionOf(ports, district, component.achievementVersion);
  return {
    slot: {
      id: component.credentialId,
      name: version.content.name,
      genre: version.content.achievementType,
      issuedAt: edition.validFrom,
      digestMultibase: digestMultibaseSha384(edition.json),
      mediaType: componentMediaType,
    },
    pin: { award: id, edition: edition.n },
  };
}
