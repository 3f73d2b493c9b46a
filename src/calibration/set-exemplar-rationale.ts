import type { Rubric } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type FieldError, type MemberId } from '../kernel/index.js';
import type { Exemplar, ExemplarItem, Rationale } from './exemplar.js';
import { pointerFaults } from './exemplar-items.js';
import { keyed, openRubric } from './exemplar-key.js';
import { escapePointer, throwFaults } from './levels.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Says why criteria have their levels, each pointing at an item. Criteria left out keep what they have. When the levels
 * are agreed and every criterion is explained, this makes the key.
 * @throws not-found; conflict when the exemplar is keyed (keys never change); rule-violated naming criterion or item.
 */
export async function setExemplarRationale(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly rationale: Rationale },
): Promise<Exemplar> {
  const now = ports.clock.now();
  return update(
    ports.store.exemplars,
    actor.district,
    input.exemplar,
    async (exemplar) => {
      const { rubric } = await reviewedVersion(ports, actor.district, exemplar.achievementVersion);
      if (exemplar.state === 'keyed') {
        throw new AppError(
          'conflict',
          'This exemplar is keyed, and keys never change; add a new exemplar instead.',
        );
      }
      throwFaults(
        rationaleFaults(openRubric(rubric, exemplar), exemplar.items, input.rationale, '/rationale'),
      );
      const changed = keyed(
        {
          ...exemplar,
          rationale: { ...exemplar.rationale, ...input.rationale },
          keyedBy: [...new Set([...exemplar.keyedBy, actor.member])],
        },
        rubric,
        now,
      );
      const facts = {
        criteria: Object.keys(input.rationale),
        state: changed.state,
        levels: changed.key?.levels,
      };
      return withAudit(changed, { actor, verb: 'explained', collection: 'exemplars', facts }, now);
    },
    'exemplar',
  );
}

/** What is wrong with a rationale: a criterion that is none, or an item that the exemplar does not hold. */
export function rationaleFaults(
  rubric: Rubric,
  items: readonly ExemplarItem[],
  rationale: Rationale,
  at: string,
): FieldError[] {
  return Object.entries(rationale).flatMap(([criterion, place]) => {
    const pointer = `${at}/${escapePointer(criterion)}`;
    if (!rubric.criteria.some(({ id }) => id === criterion)) {
      const own = rubric.criteria.map(({ id }) => id).join(', ');
      return [{ pointer, detail: `is not a criterion of this version, which has ${own}` }];
    }
    return pointerFaults(items, place, pointer);
  });
}
