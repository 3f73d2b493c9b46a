import type { Levels } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type MemberId } from '../kernel/index.js';
import type { Exemplar } from './exemplar.js';
import { keyed, openRubric, waitsFor } from './exemplar-key.js';
import { checkLevels } from './levels.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Ends the experts' discussion of an exemplar: with the levels on which they settled, or as unresolved, after which it
 * serves practice only. The blind ratings stay as they were: both stages are kept.
 * @throws not-found; conflict when no discussion is open; rule-violated naming the criterion.
 */
export async function settleExemplarKey(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly levels: Levels | null },
): Promise<Exemplar> {
  const now = ports.clock.now();
  return update(
    ports.store.exemplars,
    actor.district,
    input.exemplar,
    async (exemplar) => {
      const { rubric } = await reviewedVersion(ports, actor.district, exemplar.achievementVersion);
      if (waitsFor(exemplar) !== 'discussion') {
        throw new AppError(
          'conflict',
          'The experts are not discussing this exemplar: a key is settled only after blind ratings that differ too far.',
        );
      }
      const keyedBy = [...new Set([...exemplar.keyedBy, actor.member])];
      let changed: Exemplar;
      if (input.levels === null) {
        changed = { ...exemplar, keyedBy, state: 'unresolved', pool: 'practice' };
      } else {
        checkLevels(openRubric(rubric, exemplar), input.levels, '/levels');
        const agreed = { levels: input.levels, how: 'discussed', at: now } as const;
        changed = keyed({ ...exemplar, keyedBy, agreed }, rubric, now);
      }
      const facts = { levels: input.levels, state: changed.state };
      return withAudit(changed, { actor, verb: 'settled', collection: 'exemplars', facts }, now);
    },
    'exemplar',
  );
}
