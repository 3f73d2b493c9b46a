import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type Instant, type MemberId } from '../kernel/index.js';
import type { Exemplar, ExemplarPool, PoolMove } from './exemplar.js';
import { replaceInForm } from './form-supply.js';
import type { CalibrationPorts } from './store.js';

/**
 * Moves an exemplar to another pool; the move is on record. Between qualifying and seed as often as one likes: servings
 * keep it from being both for anybody. Into practice for good, since its key is shown there; out of practice only before
 * it is keyed. Retired for good: it is never served again, and open forms that hold it get another in its place.
 * @throws not-found; conflict naming the rule.
 */
export async function moveExemplar(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly pool: ExemplarPool },
): Promise<Exemplar> {
  // 1. The move.
  const moved = await update(
    ports.store.exemplars,
    actor.district,
    input.exemplar,
    async (exemplar) => {
      if (exemplar.pool === input.pool) return undefined;
      const why = await refusedMove(ports, exemplar, input.pool);
      if (why !== undefined) throw new AppError('conflict', why);
      return movedTo(exemplar, input.pool, actor, ports.clock.now());
    },
    'exemplar',
  );
  // 2. Open forms that hold it; should this be cut short, the sweep does it.
  if (moved.pool === 'retired') await takeFromForms(ports, moved);
  return moved;
}

/** The exemplar in another pool, with the move in its list and in the record. */
export function movedTo(exemplar: Exemplar, to: ExemplarPool, actor: Actor, now: Instant): Exemplar {
  const by = actor.kind === 'member' ? actor.member : 'service';
  const move: PoolMove = { from: exemplar.pool, to, by, at: now };
  return withAudit(
    {
      ...exemplar,
      pool: to,
      moves: [...exemplar.moves, move],
      effectDue: to === 'retired' ? now : exemplar.effectDue,
    },
    { actor, verb: 'moved', collection: 'exemplars', facts: { from: exemplar.pool, to } },
    now,
  );
}

/** Why this move is none that can be made; undefined when it can. */
async function refusedMove(
  ports: Pick<CalibrationPorts, 'store'>,
  exemplar: Exemplar,
  to: ExemplarPool,
): Promise<string | undefined> {
  const { pool, state } = exemplar;
  if (pool === 'retired') return 'This exemplar is retired, which is for good; add a new one instead.';
  if (to === 'retired') return undefined;
  if (state === 'unresolved' && to !== 'practice')
    return 'The experts could not agree on this exemplar, so it serves practice only.';
  const isShown = (state !== 'keying' && state !== 'discussing') || exemplar.carried !== null;
  if (pool === 'practice' && isShown)
    return 'Reviewers may have practised on this exemplar and know its key: it can only be retired.';
  if (to === 'practice') {
    const open = (await openAttemptsWith(ports, exemplar)).length;
    if (open > 0)
      return `${open} open qualifying form${open === 1 ? ' holds' : 's hold'} this exemplar, and practice would show its key; move it once they have ended.`;
  }
  return undefined;
}

/** The open attempts whose form holds the exemplar where its reviewer has not come to it yet. */
async function openAttemptsWith(
  ports: Pick<CalibrationPorts, 'store'>,
  { district, achievementVersion, id }: Exemplar,
) {
  const open = await ports.store.openAttempts(district, achievementVersion);
  return open.filter(({ form, responses }) => form.indexOf(id) >= responses.length);
}

/** Replaces an exemplar that is retired in every open form that holds it. */
export async function takeFromForms(ports: CalibrationPorts, exemplar: Exemplar): Promise<void> {
  for (const attempt of await openAttemptsWith(ports, exemplar))
    await replaceInForm(ports, attempt, exemplar.id);
}
