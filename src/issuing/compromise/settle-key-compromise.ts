import { withAudit, type Auditable, type Audited } from '../../audit/index.js';
import {
  AppError,
  allOf,
  found,
  newId,
  plusSeconds,
  update,
  type Actor,
  type Instant,
} from '../../kernel/index.js';
import { signListsAnew } from '../../status/index.js';
import type { Award } from '../award.js';
import { issuerOf } from '../issuer-of.js';
import { reissueAward } from '../reissue-award.js';
import { settleAward } from '../settle-award.js';
import type { IssuingPorts } from '../store.js';
import {
  firstState,
  lastLookAfterSeconds,
  triedAgainAfterSeconds,
  type CompromisedAward,
  type CompromisedAwardState,
  type KeyCompromise,
} from './key-compromise.js';
import { withdrawAndReplace } from './report-key-compromise.js';
import { settleCompromisedEndorsements } from './settle-compromised-endorsements.js';
import { signingKeys } from './signing-keys.js';

/**
 * Makes a compromise good, from wherever that was left: everything on record before it that the key signed is signed anew,
 * awards that were recorded later are listed for a person, endorsements revoked, and holders are told. An award that
 * cannot be signed now says why, is tried again every few minutes, and stands in no other's way. Running it again changes
 * nothing.
 * @throws whatever kept the record from being gone through
 */
export async function settleKeyCompromise(
  ports: IssuingPorts,
  { district, id }: KeyCompromise,
): Promise<void> {
  const compromise = found(await ports.store.compromises.get(district, id), 'key compromise');
  if (compromise.state === 'done') return;
  // 2 and 3. In case the process ended before.
  await withdrawAndReplace(ports, compromise);
  // 4. The lists.
  const issuer = await issuerOf(ports, district);
  await signListsAnew(ports.status, { district, slug: issuer.district.slug }, compromise.keyName);
  await ports.atStep?.('compromise 4 status lists signed anew');
  // 5. The endorsements, first: credentials that are signed anew below carry them.
  const failures = await settleCompromisedEndorsements(ports, compromise, issuer);
  // 6. Every award that the key signed is noted, before any is changed.
  if (compromise.lookedThrough !== true) failures.push(...(await findAwards(ports, compromise)));
  await ports.atStep?.('compromise 6 awards found');
  // 7 and 8, for each.
  failures.push(...(await makeGood(ports, compromise)));
  if (failures.length > 0) throw failures[0];
  // 9. Once more a while later: a signature may have been under way when the key was withdrawn.
  await endLook(ports, compromise);
  await ports.atStep?.('compromise 9 looked through');
}

/** Gives back what kept awards from being looked at. */
async function findAwards(ports: IssuingPorts, compromise: KeyCompromise): Promise<unknown[]> {
  const failures: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.store.awards.page(compromise.district, 'all', [], {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const award of page.items) {
      try {
        await noteAward(ports, compromise, await finished(ports, compromise, award));
      } catch (error) {
        failures.push(error);
      }
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return failures;
}

/** An edition that was signed and kept, but on which the award does not stand yet, is stood on first. */
async function finished(ports: IssuingPorts, compromise: KeyCompromise, award: Award): Promise<Award> {
  if (award.making === null || !(await isSignedBy(ports, compromise, award, award.making.n))) return award;
  return settleAward(ports, award.district, award.id);
}

async function noteAward(ports: IssuingPorts, compromise: KeyCompromise, award: Award): Promise<void> {
  if (award.edition === 0 || !(await isSignedBy(ports, compromise, award, award.edition))) return;
  const { district } = compromise;
  const noted = await ports.store.compromisedAwards.find(district, 'award', [compromise.id, award.id]);
  if (noted !== undefined) return reopen(ports, noted);
  const state = firstState(compromise, award);
  // Told before it is noted, so that a crash between tells again, and the same message is one.
  if (state === 'waiting') await tellHolder(ports, compromise, award, 'in-question');
  try {
    const now = ports.clock.now();
    const noting = {
      id: newId(ports.randomness, 'kca'),
      district: award.district,
      compromise: compromise.id,
      award: award.id,
      state,
      recordedAt: award.createdAt,
      edition: award.edition,
      decidedBy: null,
      settledAt: state === 'revoked' ? now : null,
    };
    await ports.store.compromisedAwards.insert(recorded(noting, 'noted', now));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

/** Signed with the key once more, after it had been made good: by somebody who had begun before the key was withdrawn. */
async function reopen(ports: IssuingPorts, noted: CompromisedAward): Promise<void> {
  if (noted.state !== 'reissued' && noted.state !== 'confirmed') return;
  const due = { ...noted, state: 'due' as const, settledAt: null };
  await ports.store.compromisedAwards.replace(recorded(due, 'reopened', ports.clock.now()));
}

/** What becomes of an award, with its entry: by whoever decided it, or by the job. */
function recorded<T extends Auditable & Pick<CompromisedAward, 'district' | 'decidedBy'>>(
  award: T,
  verb: string,
  now: Instant,
): T & Audited {
  const { district, decidedBy: member } = award;
  const actor: Actor = member === null ? { kind: 'service', district } : { kind: 'member', district, member };
  return withAudit(award, { actor, verb, collection: 'compromised_awards', facts: {} }, now);
}

/** Whether this edition is kept and was signed by the compromised key. */
export async function isSignedBy(
  ports: IssuingPorts,
  { keyName }: Pick<KeyCompromise, 'keyName'>,
  award: Pick<Award, 'district' | 'id'>,
  n: number,
): Promise<boolean> {
  const edition = await ports.store.edition(award.district, award.id, n);
  return edition !== undefined && signingKeys(edition).includes(keyName);
}

/** Notes on each award why it cannot be signed now; gives back what nobody foresaw. */
async function makeGood(ports: IssuingPorts, compromise: KeyCompromise): Promise<unknown[]> {
  const failures: unknown[] = [];
  let cursor: string | undefined;
  do {
    // In the order in which they were recorded: components come before the milestones that pin them.
    const page = await ports.store.compromisedAwards.page(
      compromise.district,
      'state',
      [compromise.id, 'due'],
      {
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      },
    );
    for (const due of page.items) {
      try {
        await signAnew(ports, compromise, due);
      } catch (error) {
        if (!(error instanceof AppError)) failures.push(error);
        await noteFailure(ports, due, error);
      }
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return failures;
}

async function noteFailure(
  ports: IssuingPorts,
  { district, id }: CompromisedAward,
  error: unknown,
): Promise<void> {
  const faults =
    error instanceof AppError ? error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`) : [];
  const failure =
    error instanceof AppError
      ? [error.message, ...faults].join(' ')
      : 'An error inside the service; whoever runs it finds it in the log.';
  await update<CompromisedAward>(
    ports.store.compromisedAwards,
    district,
    id,
    (kept) => (kept.state !== 'due' || kept.failure === failure ? undefined : { ...kept, failure }),
    'compromised award',
  );
}

async function signAnew(
  ports: IssuingPorts,
  compromise: KeyCompromise,
  due: CompromisedAward,
): Promise<void> {
  const { keyName } = compromise;
  // 7. Nothing is signed again when a milestone was taken along, or a crash left this unsaid.
  const award = await reissueAward(
    ports,
    { kind: 'service', district: due.district },
    {
      award: due.award,
      reason: publicWords,
      unless: (newest) => !signingKeys(newest).includes(keyName),
    },
  );
  await ports.atStep?.('compromise 7 award signed anew');
  // 8. Told before it is said to be done, so that a crash between tells again, and the same message is one.
  await tellHolder(ports, compromise, award, 'reissued');
  await settleCase(ports, due, 'reissued', null);
  await ports.atStep?.('compromise 8 holder told');
}

/** Why there is a new edition, as the public reads it. */
export const publicWords = 'The issuer has withdrawn the key that signed the edition before.';

/** Says what became of an award that the key had signed; what was said first stays. */
export async function settleCase(
  ports: IssuingPorts,
  { district, id }: Pick<CompromisedAward, 'district' | 'id'>,
  state: CompromisedAwardState,
  decidedBy: CompromisedAward['decidedBy'],
): Promise<CompromisedAward> {
  return update<CompromisedAward>(
    ports.store.compromisedAwards,
    district,
    id,
    (kept) => {
      if (kept.state !== 'due' && kept.state !== 'waiting') return undefined;
      const now = ports.clock.now();
      return recorded({ ...kept, state, decidedBy, settledAt: now, failure: null }, state, now);
    },
    'compromised award',
  );
}

async function tellHolder(
  ports: IssuingPorts,
  compromise: KeyCompromise,
  award: Award,
  what: 'reissued' | 'in-question',
): Promise<void> {
  if (award.holder === null) return;
  // One message to a person, however many credentials of theirs it is about.
  const id = `${compromise.id}-${award.holder}-${what}`;
  await ports.tellOfKey?.({ id, district: award.district, member: award.holder, what });
}

async function endLook(ports: IssuingPorts, compromise: KeyCompromise): Promise<void> {
  const now = ports.clock.now();
  await settleTakenAlong(ports, compromise);
  const due = await ports.store.compromisedAwards.count(compromise.district, 'state', [compromise.id, 'due']);
  await update<KeyCompromise>(
    ports.store.compromises,
    compromise.district,
    compromise.id,
    (kept) => {
      if (kept.state === 'done') return undefined;
      const looked = { ...kept, ...afterLook(kept, now, due > 0) };
      if (looked.state === kept.state) return looked;
      const actor: Actor = { kind: 'service', district: kept.district };
      return withAudit(looked, { actor, verb: 'made-good', collection: 'key_compromises', facts: {} }, now);
    },
    'key compromise',
  );
}

function afterLook(
  { looks, reportedAt }: KeyCompromise,
  now: Instant,
  isDue: boolean,
): Pick<KeyCompromise, 'looks' | 'lookedThrough' | 'state' | 'effectDue'> {
  const lastLookAt = plusSeconds(reportedAt, lastLookAfterSeconds);
  const looked = { looks: looks + 1 };
  if (now < lastLookAt) return { ...looked, state: 'working', effectDue: lastLookAt };
  return isDue
    ? {
        ...looked,
        lookedThrough: true,
        state: 'working',
        effectDue: plusSeconds(now, triedAgainAfterSeconds),
      }
    : { ...looked, lookedThrough: true, state: 'done', effectDue: null };
}

/** A milestone that waited and was signed anew with its components is settled with them. */
async function settleTakenAlong(ports: IssuingPorts, compromise: KeyCompromise): Promise<void> {
  const waiting = await allOf((request) =>
    ports.store.compromisedAwards.page(compromise.district, 'state', [compromise.id, 'waiting'], request),
  );
  for (const each of waiting) {
    const award = found(await ports.store.award(each.district, each.award), 'award');
    if (!(await isSignedBy(ports, compromise, award, award.edition)))
      await settleCase(ports, each, 'reissued', null);
  }
}
