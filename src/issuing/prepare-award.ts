import { withAudit } from '../audit/index.js';
import type { AchievementVersion } from '../achievements/index.js';
import { plusMonths } from '../calibration/index.js';
import { AppError, found, newId, randomUuid, type Actor, type Instant } from '../kernel/index.js';
import { digestMultibaseSha384, hashedIdentity } from '../securing/index.js';
import { answerManifest, type Answer } from '../submissions/index.js';
import type { Member } from '../tenancy/index.js';
import { newPublicId, type Award, type AwardBasis, type AwardEvidence, type AwardSource } from './award.js';
import { credentialUrl } from './credential-ids.js';
import { issuerOf } from './issuer-of.js';
import type { IssuingPorts } from './store.js';

/** What an award is made of. */
export interface NewAward {
  readonly actor: Actor;
  readonly version: AchievementVersion;
  readonly basis: AwardBasis;
  readonly uniqueBy: string;
  readonly holder: Member;
  readonly awardedDate: Instant;
  /** Left out: from the version's validity in months. */
  readonly validUntil?: Instant | null;
  readonly replaces?: Award;
  /** Who assessed for the district. */
  readonly source?: AwardSource | null;
}

/**
 * Step 1 of an award: the document, with everything that is drawn for it, so that it is drawn once. When there is
 * one of this `uniqueBy` already, it is given back as it is.
 */
export async function prepareAward(ports: IssuingPorts, input: NewAward): Promise<Award> {
  const { district } = input.version;
  for (let attempt = 0; ; attempt += 1) {
    const kept = await ports.store.awardUniqueBy(district, input.uniqueBy);
    if (kept !== undefined) return kept;
    try {
      const award = await ports.store.awards.insert(await draw(ports, input));
      await ports.atStep?.('1 award kept');
      return award;
    } catch (error) {
      // Somebody made it meanwhile, or the public id was taken: look again.
      if (!(error instanceof AppError && error.code === 'already-exists') || attempt >= 20) throw error;
    }
  }
}

async function draw(ports: IssuingPorts, input: NewAward): Promise<Omit<Award, 'version'>> {
  const { version, basis, holder } = input;
  const { district } = await issuerOf(ports, version.district);
  const now = ports.clock.now();
  const publicId = newPublicId(ports.randomness, district.code);
  const salt = Buffer.from(ports.randomness.bytes(16)).toString('hex');
  const award: Omit<Award, 'version'> = {
    id: newId(ports.randomness, 'awd'),
    district: version.district,
    achievementVersion: version.id,
    basis,
    uniqueBy: input.uniqueBy,
    holder: holder.id,
    replaces: input.replaces?.id ?? null,
    credentialId: credentialUrl(ports.publicUrl, publicId),
    publicId,
    state: 'preparing',
    reason: null,
    since: now,
    replacedBy: null,
    awardedDate: input.awardedDate,
    validUntil: input.validUntil === undefined ? endOf(version, input.awardedDate) : input.validUntil,
    source: input.source ?? input.replaces?.source ?? null,
    subjectId: `urn:uuid:${randomUuid(ports.randomness)}`,
    identitySalt: salt,
    identityHash: hashedIdentity(holder.email, salt),
    evidence: await evidenceOf(ports, version, basis),
    statement: input.replaces?.statement ?? null,
    suspendedFor: null,
    repairBy: null,
    edition: 0,
    making: { n: 1, validFrom: now, status: null, reason: null },
    createdAt: now,
    effectDue: now,
    pendingEntries: [],
    auditDue: null,
  };
  return withAudit(
    award,
    {
      actor: input.actor,
      verb: 'prepared',
      collection: 'awards',
      facts: {
        basis: basis.kind,
        achievementVersion: version.id,
        ...(basis.kind === 'decision' ? { decision: basis.decision } : {}),
      },
    },
    now,
  );
}

/** An id and the digest for the evidence of each requirement that the submission answers. */
async function evidenceOf(
  ports: IssuingPorts,
  version: AchievementVersion,
  basis: AwardBasis,
): Promise<Award['evidence']> {
  const { assessment } = version.content;
  if (basis.kind !== 'decision' || assessment.by !== 'review') return [];
  const submission = found(
    await ports.submissions.store.submission(version.district, basis.submission),
    'submission',
  );
  const evidence: AwardEvidence[] = [];
  for (const { id: requirement } of assessment.requirements) {
    const answer = submission.answers[requirement];
    if (answer === undefined || isEmpty(answer)) continue;
    const digestMultibase = await digestOf(ports, version.district, answer);
    evidence.push({ requirement, id: `urn:uuid:${randomUuid(ports.randomness)}`, digestMultibase });
  }
  return evidence;
}

function isEmpty(answer: Answer): boolean {
  return answer.kind === 'text' ? answer.text.trim() === '' : answer.artefacts.length === 0;
}

/** The answer is pinned by its salted manifest; nothing is, once a part of it was erased with its salt. */
async function digestOf(ports: IssuingPorts, district: string, answer: Answer): Promise<string | null> {
  const artefacts =
    answer.kind === 'file' ? await ports.evidence.store.artefactsById(district, answer.artefacts) : [];
  const manifest = answerManifest(answer, artefacts);
  return manifest === undefined ? null : digestMultibaseSha384(manifest);
}

/** When a credential awarded then ends by the version's rule; null for never. */
function endOf(version: AchievementVersion, awardedDate: Instant): Instant | null {
  const { validForMonths } = version.content;
  return validForMonths === null ? null : plusMonths(awardedDate, validForMonths);
}
