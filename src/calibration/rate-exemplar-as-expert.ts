import type { Levels } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type MemberId } from '../kernel/index.js';
import { isGathering, keyed, type Exemplar } from './exemplar.js';
import { checkLevels } from './levels.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Commits an expert's blind rating; it never changes. The last one that is asked for makes the key, or a discussion
 * where the experts differ too far. Sent again with the same levels it answers as before.
 * @throws not-found; rule-violated naming the criterion; conflict when this expert rated otherwise before, or ratings
 * are no longer gathered.
 */
export async function rateExemplarAsExpert(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly levels: Levels },
): Promise<Exemplar> {
  const now = ports.clock.now();
  return update(
    ports.store.exemplars,
    actor.district,
    input.exemplar,
    async (exemplar) => {
      const { rubric } = await reviewedVersion(ports, actor.district, exemplar.achievementVersion);
      checkLevels(rubric, input.levels, '/levels');
      const before = exemplar.ratings.find((rating) => rating.expert === actor.member);
      if (before !== undefined) {
        if (rubric.criteria.every(({ id }) => before.levels[id] === input.levels[id])) return undefined;
        throw new AppError(
          'conflict',
          'You have rated this exemplar already, and expert ratings never change.',
        );
      }
      if (!isGathering(exemplar)) {
        throw new AppError(
          'conflict',
          'This exemplar has all the blind ratings that it needs; rate one that is still open.',
        );
      }
      const rated = {
        ...exemplar,
        ratings: [...exemplar.ratings, { expert: actor.member, levels: input.levels, at: now }],
      };
      const changed = keyed(rated, rubric, now);
      const facts = { levels: input.levels, state: changed.state };
      return withAudit(changed, { actor, verb: 'rated', collection: 'exemplars', facts }, now);
    },
    'exemplar',
  );
}
