import { endStop, getVersion, isStopped, type AchievementVersion } from '../achievements/index.js';
import { AppError, type Actor, type FieldError } from '../kernel/index.js';
import { checkBeforeSigning } from './check-before-signing.js';
import { checkTemplate } from './check-template.js';
import { composeEdition } from './compose-edition.js';
import { issuerOfList } from './issuer-of.js';
import { settleAward } from './settle-award.js';
import type { IssuingPorts } from './store.js';
import { tryOutEdition } from './try-out-edition.js';

/**
 * Checks a version anew whose issuing was stopped: its template with hostile slot values, and the credential in which
 * something was found, as it would be signed now. When nothing is found any more, issuing goes on: that award is signed
 * at once, the others that wait by the background work.
 * @throws not-found; conflict when it is not stopped; rule-violated with all that is still found.
 */
export async function resumeIssuing(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly achievement: string; readonly version: number | string },
): Promise<AchievementVersion> {
  const version = await getVersion(ports.achievements, actor, input.achievement, input.version, {
    drafts: false,
  });
  if (!isStopped(version)) {
    throw new AppError(
      'conflict',
      `Issuing of version ${version.number} is not stopped: there is nothing to resume.`,
    );
  }
  const { errors } = await checkTemplate(ports, version);
  const remaining = [...errors, ...(await findingsOfAward(ports, version, version.stopped.award))];
  if (remaining.length > 0) {
    throw new AppError(
      'rule-violated',
      `Issuing stays stopped: ${remaining[0]!.pointer || 'the credential'} ${remaining[0]!.detail}`,
      { errors: remaining },
    );
  }
  const resumed = await endStop({ store: ports.achievements.store, clock: ports.clock }, actor, version);
  await settleAward(ports, version.district, version.stopped.award);
  return resumed;
}

async function findingsOfAward(
  ports: IssuingPorts,
  version: AchievementVersion,
  id: string,
): Promise<readonly FieldError[]> {
  const award = await ports.store.award(version.district, id);
  const status = award?.making?.status ?? null;
  if (award?.making == null || status === null) return [];
  const issuer = await issuerOfList(ports, version.district, status.list);
  const { credential, levels, pins } = await composeEdition(ports, issuer, version, award, {
    ...award.making,
    status,
  });
  const first = checkBeforeSigning(version, credential, levels);
  return first.length > 0 ? first : tryOutEdition(ports, credential, pins);
}
