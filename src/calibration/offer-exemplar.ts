import { withAudit } from '../audit/index.js';
import { AppError, found, newId, ruleViolated, type Actor, type MemberId } from '../kernel/index.js';
import { publishedVersion } from './create-exemplar.js';
import { unchangedCriteria } from './criterion-hash.js';
import type { CarriedKey, Exemplar, ExemplarKey } from './exemplar.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Offers a keyed exemplar of an earlier version for the published one, as a copy: keys hold only at the version at which
 * they were made. Where the change of the rubric is minor, levels and reasons carry over for criteria that are word for
 * word the same, and the copy says so; the others, and all of them otherwise, go to experts again (calibration.md, 4).
 * Offered again, it answers with the copy that there is.
 * @throws not-found; rule-violated when the version is not published, not of the same achievement, or not a later one;
 * conflict when the exemplar is not keyed or is retired.
 */
export async function offerExemplar(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly achievementVersion: string },
): Promise<Exemplar> {
  const { district } = actor;
  const earlier = found(await ports.store.exemplar(district, input.exemplar), 'exemplar');
  const to = await publishedVersion(ports, district, input.achievementVersion);
  const from = await reviewedVersion(ports, district, earlier.achievementVersion);
  if (to.version.achievement !== from.version.achievement || to.version.number <= from.version.number) {
    throw ruleViolated(
      '/achievementVersion',
      `must be a later version of the same achievement than version ${from.version.number}, at which this exemplar was keyed`,
    );
  }
  const copies = await ports.store.copiesOf(district, earlier.origin);
  const before = copies.find(({ achievementVersion }) => achievementVersion === to.version.id);
  if (before !== undefined) return before;
  if (earlier.key === null || earlier.pool === 'retired') {
    throw new AppError(
      'conflict',
      'Only a keyed exemplar that is not retired can be offered for a later version.',
    );
  }
  const now = ports.clock.now();
  const same = unchangedCriteria(from.rubric, to.rubric);
  const carried = same.length === 0 ? null : carriedKey(earlier, earlier.key, same);
  const whole = same.length === to.rubric.criteria.length;
  const key: ExemplarKey | null =
    carried === null || !whole
      ? null
      : { levels: carried.levels, rationale: carried.rationale, how: 'carried', at: now };
  const copy: Omit<Exemplar, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...without(earlier),
    id: newId(ports.randomness, 'exm'),
    achievementVersion: to.version.id,
    ...{ state: key === null ? 'keying' : 'keyed', agreed: null, key, carried },
    ...{ ratings: [], rationale: {}, keyedBy: [], moves: [], createdBy: actor.member, createdAt: now },
    effectDue: null,
    knownTo: [
      ...new Set([
        ...earlier.knownTo,
        earlier.createdBy,
        ...earlier.keyedBy,
        ...earlier.ratings.map(({ expert }) => expert),
      ]),
    ],
  };
  const open = to.rubric.criteria.map(({ id }) => id).filter((id) => !same.includes(id));
  const facts = { from: earlier.id, achievementVersion: to.version.id, carried: same, open };
  try {
    return await ports.store.exemplars.insert(
      withAudit(copy, { actor, verb: 'offered', collection: 'exemplars', facts }, now),
    );
  } catch (error) {
    // Of two offered at once, the unique copy lets one through.
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    const key = [earlier.origin, to.version.id];
    return found(await ports.store.exemplars.find(district, 'copy', key), 'exemplar');
  }
}

function carriedKey({ id: from }: Exemplar, key: ExemplarKey, criteria: readonly string[]): CarriedKey {
  const only = <T>(all: { readonly [criterion: string]: T }) =>
    Object.fromEntries(criteria.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]])));
  return { from, levels: only(key.levels), rationale: only(key.rationale) };
}

/** What a copy takes over as it is. */
function without(exemplar: Exemplar): Omit<Exemplar, 'version' | 'pendingEntries' | 'auditDue'> {
  const { version: _version, pendingEntries: _entries, auditDue: _due, ...kept } = exemplar;
  return kept;
}
