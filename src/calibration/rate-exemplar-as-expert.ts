import type { Levels, Rubric } from '../achievements/index.js';
import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type FieldError, type MemberId } from '../kernel/index.js';
import type { Exemplar, ExpertPointers } from './exemplar.js';
import { pointerFaults } from './exemplar-items.js';
import { isGathering, keyed, openRubric } from './exemplar-key.js';
import { escapePointer, levelFaults, throwFaults } from './levels.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/**
 * Commits an expert's blind rating, each level with the places in the evidence that it rests on; it never changes. The last one that is asked for makes the key, or a discussion
 * where the experts differ too far. Sent again with the same levels it answers as before.
 * @throws not-found; rule-violated naming the criterion; conflict when this expert rated otherwise before, or ratings
 * are no longer gathered.
 */
export async function rateExemplarAsExpert(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly exemplar: string; readonly levels: Levels; readonly pointers: ExpertPointers },
): Promise<Exemplar> {
  const now = ports.clock.now();
  return update(
    ports.store.exemplars,
    actor.district,
    input.exemplar,
    async (exemplar) => {
      const { rubric } = await reviewedVersion(ports, actor.district, exemplar.achievementVersion);
      const open = openRubric(rubric, exemplar);
      throwFaults([
        ...levelFaults(open, input.levels, '/levels'),
        ...allPointerFaults(open, exemplar, input.pointers),
      ]);
      const before = exemplar.ratings.find((rating) => rating.expert === actor.member);
      if (before !== undefined) {
        if (open.criteria.every(({ id }) => before.levels[id] === input.levels[id])) return undefined;
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
      await refuseReaders(ports, actor, exemplar);
      const { levels, pointers } = input;
      const rating = { expert: actor.member, levels, pointers, at: now };
      const rated = { ...exemplar, ratings: [...exemplar.ratings, rating] };
      const changed = keyed(rated, rubric, now);
      const facts = { levels, state: changed.state };
      return withAudit(changed, { actor, verb: 'rated', collection: 'exemplars', facts }, now);
    },
    'exemplar',
  );
}

/** What is wrong with the places of a rating: every criterion needs one at least, each in this exemplar's evidence. */
function allPointerFaults(
  { criteria }: Rubric,
  { items }: Exemplar,
  pointers: ExpertPointers,
): readonly FieldError[] {
  const unknown = Object.keys(pointers).filter((name) => !criteria.some(({ id }) => id === name));
  return [
    ...unknown.map((name) => ({
      pointer: `/pointers/${escapePointer(name)}`,
      detail: `is not a criterion to rate here: ${criteria.map(({ id }) => id).join(', ')}`,
    })),
    ...criteria.flatMap(({ id }) => {
      const own = pointers[id] ?? [];
      return own.length === 0
        ? [{ pointer: `/pointers/${id}`, detail: 'must name at least one place in the evidence' }]
        : own.flatMap((pointer, index) => pointerFaults(items, pointer, `/pointers/${id}/${index}`));
    }),
  ];
}

/** @throws conflict for the author of the work that it was made from, and for who reviewed that. */
async function refuseReaders(
  ports: Pick<CalibrationPorts, 'readersOf'>,
  actor: Actor & { readonly member: MemberId },
  { sourceSubmission }: Exemplar,
): Promise<void> {
  const readers = sourceSubmission === null ? [] : await ports.readersOf(actor.district, sourceSubmission);
  if (readers.includes(actor.member)) {
    throw new AppError(
      'conflict',
      'You know this work from before, so that your rating of it would not be blind; another expert rates it.',
    );
  }
}
