import type { Levels } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, found, type Actor, type MemberId } from '../kernel/index.js';
import { serve, type ExemplarServing } from './exemplar-serving.js';
import { tookPart, type Exemplar } from './exemplar.js';
import { checkLevels } from './levels.js';
import { refuseOutsideSeat, reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts, PracticeRating } from './store.js';

/** Whether an exemplar may be practised on. */
export function isForPractice(exemplar: Exemplar): boolean {
  return exemplar.pool === 'practice' && (exemplar.state === 'keyed' || exemplar.state === 'unresolved');
}

/** Whether somebody with these servings may practise on it: who was measured on it is not shown its key. */
export function mayPractise(exemplar: Exemplar, servings: readonly ExemplarServing[]): boolean {
  const measured = servings.some(({ origin, use }) => origin === exemplar.origin && use !== 'practice');
  return isForPractice(exemplar) && !measured;
}

/**
 * Commits what a reviewer gives on a practice exemplar, after which its key and rationale are shown. It never changes;
 * sent again with the same levels it answers as before.
 * @throws not-found when it is no practice exemplar; rule-violated naming the criterion; conflict when the reviewer
 * rated otherwise before, or knows the key from having keyed it.
 */
export async function ratePractice(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly levels: Levels },
): Promise<{ readonly exemplar: Exemplar; readonly rating: PracticeRating }> {
  const exemplar = await practiceExemplar(ports, actor, input.exemplar);
  const { rubric } = await reviewedVersion(ports, actor.district, exemplar.achievementVersion);
  checkLevels(rubric, input.levels, '/levels');
  if (tookPart(exemplar, actor.member)) {
    throw new AppError(
      'conflict',
      'You took part in keying this exemplar and know its key; practise on another.',
    );
  }
  const before = await ports.store.practiceRating(actor.district, exemplar.id, actor.member);
  if (!(await serve(ports, exemplar, { member: actor.member, use: 'practice', cause: exemplar.id })))
    throw new AppError('conflict', 'You have been measured on this exemplar; practise on another.');
  const rating = before ?? (await keep(ports, actor, exemplar, input.levels));
  if (rubric.criteria.some(({ id }) => rating.levels[id] !== input.levels[id])) {
    throw new AppError('conflict', 'You have rated this practice exemplar already; read its key instead.');
  }
  return { exemplar, rating };
}

/** The practice exemplar of this id. @throws not-found also for exemplars of other pools, and outside a seat's agreement: they look absent. */
export async function practiceExemplar(
  ports: CalibrationPorts,
  who: { readonly district: string; readonly member: string },
  id: string,
): Promise<Exemplar> {
  const exemplar = found(await ports.store.exemplar(who.district, id), 'practice exemplar');
  found(isForPractice(exemplar) ? exemplar : undefined, 'practice exemplar');
  await refuseOutsideSeat(ports, who, exemplar.achievementVersion);
  return exemplar;
}

async function keep(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  exemplar: Exemplar,
  levels: Levels,
): Promise<PracticeRating> {
  const id = `${exemplar.id}:${actor.member}`;
  try {
    const now = ports.clock.now();
    const rating = {
      id,
      district: actor.district,
      reviewer: actor.member,
      exemplar: exemplar.id,
      achievementVersion: exemplar.achievementVersion,
      levels,
      at: now,
    };
    const entry = { actor, verb: 'practised', collection: 'practice_ratings', facts: {} };
    return await ports.store.practiceRatings.insert(withAudit(rating, entry, now));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    return found(await ports.store.practiceRatings.get(actor.district, id), 'practice rating');
  }
}
