import { setImmediate as others } from 'node:timers/promises';
import type { Rubric } from '../../achievements/index.js';
import { formOf, type FormShape } from '../form-of.js';
import type { QualificationPolicy } from '../policy/index.js';
import { characteristicSteps, type CharacteristicRow } from './qualification-characteristic.js';
import { rubricOfShape, type RubricShape } from './rubric-shape.js';

/** What a qualification policy asks of the reviewers of a rubric, and does to them. */
export interface PolicyImplication {
  readonly form: FormShape;
  /** Rows of `characteristicKinds`, in its order. */
  readonly rows: readonly CharacteristicRow[];
  /** Attempts that each row rests on. */
  readonly replications: number;
}

/** The kinds of reviewers shown to people: noise .2 to .5 level, without bias, with a third of a level, with half of one. */
export const characteristicKinds = [0.2, 0.3, 0.4, 0.5].flatMap((noise) =>
  [0, 0.3, 0.5].map((bias) => ({ noise, bias })),
);

/** The most usual shape of a rubric: what a policy is shown for where no rubric is meant. */
export const usualShape: RubricShape = { criteria: 4, levels: 4, requiredLevel: 3 };

/** A standard error of 3.5 in a hundred at most, of 5 for rubrics whose attempts take longer to compute. */
const replicationsFor = ({ criteria }: Rubric) => (criteria.length > 8 ? 100 : 200);
/** For so long the simulation runs at once, in milliseconds; then it lets others through. */
const sliceMillis = 8;
/** Results kept; the one used longest ago goes first. */
const most = 64;

/**
 * Gives what a policy implies for a rubric, or a shape of one. The same seed always, so that two policies differ by their
 * numbers and not by luck, and everybody sees the same figures. Results are kept by what they follow from; while one is
 * computed others are served, and who asks for the same waits for it.
 */
export function rememberCharacteristics(): (
  policy: QualificationPolicy,
  of: Rubric | RubricShape,
) => Promise<PolicyImplication> {
  const kept = new Map<string, Promise<PolicyImplication>>();
  return (policy, of) => {
    const rubric = Array.isArray(of.criteria) ? (of as Rubric) : rubricOfShape(of as RubricShape);
    const key = JSON.stringify([policy, followsFrom(rubric)]);
    const known = kept.get(key);
    kept.delete(key);
    const answer =
      known ??
      computed(policy, rubric).catch((error: unknown) => {
        kept.delete(key);
        throw error;
      });
    kept.set(key, answer);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return answer;
  };
}

/** What of a rubric bears on the figures: no word of it does. */
function followsFrom({ rule, criteria }: Rubric): unknown {
  return [
    rule,
    criteria.map(({ id, requiredLevel, levels }) => [id, requiredLevel, levels.map((one) => one.id)]),
  ];
}

async function computed(policy: QualificationPolicy, rubric: Rubric): Promise<PolicyImplication> {
  const replications = replicationsFor(rubric);
  const steps = characteristicSteps(policy, rubric, {
    seed: 20_261_125,
    replications,
    reviewers: characteristicKinds,
  });
  let until = performance.now() + sliceMillis;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { form: formOf(rubric, policy), rows: step.value, replications };
    if (performance.now() < until) continue;
    await others();
    until = performance.now() + sliceMillis;
  }
}
