import { isStopped, listsSuspension, stopIssuing, type AchievementVersion } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, found, newId, update, type Actor } from '../kernel/index.js';
import { secureAsJwt, secureCredential, sha256Hex, signerFor } from '../securing/index.js';
import { allocateStatusIndex } from '../status/index.js';
import type { Award, EditionInMaking } from './award.js';
import { checkBeforeSigning } from './check-before-signing.js';
import { composeEdition } from './compose-edition.js';
import { issuerOf, issuerOfList } from './issuer-of.js';
import { keepQualityStatement } from './quality-of-award.js';
import { versionOf } from './read-record.js';
import { followSuspension } from './set-status-bits.js';
import type { IssuingPorts } from './store.js';
import { isSampled, tryOutEdition } from './try-out-edition.js';

/**
 * Steps 2 to 5 of an award or a correction: makes the edition that is in the making, from wherever it was left. What
 * is drawn is kept on the award before it is used, so any number of processes make one edition with one status index.
 * @throws rule-violated when a check before signing finds something, conflict while the issuing of the version is
 * stopped: the award then waits.
 */
export async function makeEdition(ports: IssuingPorts, award: Award): Promise<Award> {
  if (award.making === null) return award;
  const { district } = award;
  const { n } = award.making;
  const version = await versionOf(ports, district, award.achievementVersion);

  // 2. A status index, and one for suspension where the version lists those, kept on the award before anything is signed with it.
  let current = await reserveStatus(ports, version, award, n);
  if (current.making?.n !== n) return current;
  await ports.atStep?.('2 status index reserved');

  // 3. The statement of how it was reviewed, frozen.
  current = await keepStatement(ports, version, current, n);
  if (current.making?.n !== n) return current;
  await ports.atStep?.('3 quality statement kept');

  // 4. Sign and keep the edition: unique by (award, n), so the first one kept is the one.
  if ((await ports.store.edition(district, award.id, n)) === undefined) {
    await signEdition(ports, version, current, current.making);
  }
  await ports.atStep?.('4 edition signed and kept');
  // Before anybody is given it: that a suspended credential is suspended stands in its new edition's list, too.
  await followSuspension(ports, current);

  // 5. The award stands on it.
  current = await standOnEdition(ports, current, n);
  await ports.atStep?.('5 award active');
  return current;
}

/** Changes the award as long as edition `n` is in the making. */
function whileMaking(
  ports: IssuingPorts,
  award: Award,
  n: number,
  change: (award: Award, making: EditionInMaking) => Award | undefined | Promise<Award | undefined>,
): Promise<Award> {
  return update(
    ports.store.awards,
    award.district,
    award.id,
    (kept) => (kept.making === null || kept.making.n !== n ? undefined : change(kept, kept.making)),
    'award',
  );
}

/** Both in one write: there is never one without the other. */
function reserveStatus(
  ports: IssuingPorts,
  version: AchievementVersion,
  award: Award,
  n: number,
): Promise<Award> {
  return whileMaking(ports, award, n, async (kept, making) => {
    if (making.status !== null) return undefined;
    const issuer = await issuerOf(ports, kept.district);
    const status = await allocateStatusIndex(ports.status, issuer.ref, 'revocation');
    if (!listsSuspension(version.content)) return { ...kept, making: { ...making, status } };
    const suspension = await allocateStatusIndex(ports.status, issuer.ref, 'suspension');
    return { ...kept, making: { ...making, status, suspension } };
  });
}

function keepStatement(
  ports: IssuingPorts,
  version: AchievementVersion,
  award: Award,
  n: number,
): Promise<Award> {
  return whileMaking(ports, award, n, async (kept) => {
    if (kept.statement !== null || kept.basis.kind !== 'decision') return undefined;
    const decision = found(await ports.review.store.decision(kept.district, kept.basis.decision), 'decision');
    const statement = await keepQualityStatement(ports, version, decision);
    return { ...kept, statement: statement.id };
  });
}

async function signEdition(
  ports: IssuingPorts,
  version: AchievementVersion,
  award: Award,
  making: EditionInMaking,
): Promise<void> {
  const { status } = making;
  if (status === null) throw new Error('the status index is reserved before the edition is signed');
  if (isStopped(version)) {
    await tellOfStop(ports, version, award);
    throw issuingIsStopped(version);
  }
  const issuer = await issuerOfList(ports, award.district, status.list);
  const composed = await composeEdition(ports, issuer, version, award, { ...making, status });
  const { credential, pins } = composed;
  const findings = checkBeforeSigning(version, credential, composed.levels);
  if (findings.length > 0) {
    throw new AppError(
      'rule-violated',
      `The credential of award ${award.id} breaks a rule and was not signed.`,
      { errors: findings },
    );
  }
  const proofSigner = await signerFor(ports.securing, issuer.ref, 'proof');
  const jwtSigner = await signerFor(ports.securing, issuer.ref, 'jwt');
  // One in a hundred is tried out whole, and what is found in it stops the template that made it.
  if (isSampled(ports.randomness)) {
    const found = await tryOutEdition(ports, credential, pins);
    if (found.length > 0) {
      const stopped = await stopIssuing(
        { store: ports.achievements.store, clock: ports.clock },
        { version, award: award.id, findings: found },
      );
      await tellOfStop(ports, stopped, award);
      throw issuingIsStopped(stopped);
    }
  }
  const created = ports.clock.now();
  const [secured, jwt] = await Promise.all([
    secureCredential({ credential, signer: proofSigner, created }),
    secureAsJwt({ credential, signer: jwtSigner }),
  ]);
  try {
    await ports.store.editions.insert({
      id: newId(ports.randomness, 'edn'),
      district: award.district,
      award: award.id,
      n: making.n,
      validFrom: making.validFrom,
      statusList: status.list,
      statusIndex: status.index,
      ...(making.suspension === undefined ? {} : { suspension: making.suspension }),
      pins,
      json: JSON.stringify(secured),
      jwt,
      signedBy: [proofSigner.verificationMethod, jwtSigner.verificationMethod],
      createdAt: created,
    });
  } catch (error) {
    // Somebody kept this edition meanwhile: theirs it is.
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

function standOnEdition(ports: IssuingPorts, award: Award, n: number): Promise<Award> {
  return whileMaking(ports, award, n, async (kept) => {
    const edition = found(await ports.store.edition(kept.district, kept.id, n), 'edition');
    const now = ports.clock.now();
    const first = kept.state === 'preparing';
    const actor: Actor = { kind: 'service', district: kept.district };
    return withAudit(
      { ...kept, edition: n, making: null, ...(first ? { state: 'active' as const, since: now } : {}) },
      {
        actor,
        verb: first ? 'awarded' : 'edition-made',
        collection: 'awards',
        facts: {
          edition: n,
          sha256: sha256Hex(edition.json),
          statusList: edition.statusList,
          statusIndex: edition.statusIndex,
          ...(edition.suspension === undefined
            ? {}
            : { suspensionList: edition.suspension.list, suspensionIndex: edition.suspension.index }),
        },
      },
      now,
    );
  });
}

/** Told of again each time the award that stopped it is tried: whatever crashes, the admins hear of it. */
async function tellOfStop(ports: IssuingPorts, version: AchievementVersion, award: Award): Promise<void> {
  if (!isStopped(version) || version.stopped.award !== award.id) return;
  await ports.tellOfStop?.({
    id: `${version.id}:stopped:${version.stopped.since}`,
    district: version.district,
    achievementVersion: version.id,
  });
}

function issuingIsStopped({ stopped, url }: AchievementVersion): AppError {
  const [first] = stopped?.findings ?? [];
  return new AppError(
    'conflict',
    `Issuing of ${url} is stopped: a check before signing found that ${first?.pointer || 'the credential'} ${first?.detail ?? ''} Nothing is lost: the award waits, and is signed when an administrator has had it checked again.`,
  );
}
