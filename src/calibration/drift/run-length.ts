/** What one observation adds to a CUSUM, and how probable that is. */
export interface Increment {
  readonly weight: number;
  readonly probability: number;
}

/** Below this a value is 0, and above the limit less this it is the limit: sums of weights are rounded. */
const tolerance = 1e-9;

/**
 * The mean number of observations from 0 until a CUSUM S = max(0, S + weight) first reaches `limit`; Infinity when it
 * never does.
 *
 * The Markov chain of Brook and Evans (1972), on the very values that S can take instead of a grid, so that nothing is
 * rounded: of weights with few values, few sums lie between 0 and the limit after each number of steps. Every return to
 * 0 begins a new cycle (Page 1954), so the mean length is that of one cycle over the chance that it ends in an alarm.
 * @throws Error when probabilities do not add up to 1, or the limit is not above 0.
 */
export function averageRunLength(increments: readonly Increment[], limit: number): number {
  const total = increments.reduce((sum, { probability }) => sum + probability, 0);
  if (Math.abs(total - 1) > 1e-9)
    throw new Error(`the probabilities of a CUSUM add up to ${total}, not to 1`);
  if (!(limit > 0)) throw new Error('the limit of a CUSUM must be above 0');
  const possible = increments.filter(({ probability }) => probability > 0);
  let length = 0;
  let alarm = 0;
  let states = new Map<number, number>([[0, 1]]);
  // The chance of staying between falls geometrically; a chart that stays for a million steps has no finite cycle.
  for (let step = 0; step < 1_000_000; step += 1) {
    let remaining = 0;
    for (const probability of states.values()) remaining += probability;
    length += remaining;
    if (remaining < 1e-15) return alarm === 0 ? Infinity : length / alarm;
    const next = new Map<number, number>();
    for (const [value, chance] of states) {
      for (const { weight, probability } of possible) {
        const moved = value + weight;
        if (moved >= limit - tolerance) alarm += chance * probability;
        else if (moved > tolerance) {
          // Sums that differ by rounding alone are one state.
          const state = Math.round(moved * 1e10) / 1e10;
          next.set(state, (next.get(state) ?? 0) + chance * probability);
        }
      }
    }
    states = next;
  }
  throw new Error('the run length of this chart has no end that can be computed');
}

/**
 * The mean run length of two one-sided charts that are watched together: 1/L = 1/L(up) + 1/L(down) (van Dobben de Bruyn
 * 1968), exact for charts of which one is at 0 whenever the other alarms, as two with a slack are.
 */
export function twoSidedRunLength(up: number, down: number): number {
  return 1 / (1 / up + 1 / down);
}

/**
 * The lowest limit, to four places, with which the run length is at least `runLength`. It rises with the limit, in
 * steps.
 * @throws Error when no limit up to 100 suffices.
 */
export function limitFor(runLengthAt: (limit: number) => number, runLength: number): number {
  // Ten-thousandths as whole numbers: the least that suffices.
  let [below, enough] = [0, 16];
  const suffices = (steps: number) => runLengthAt(steps / 10_000) >= runLength;
  while (!suffices(enough)) {
    if (enough > 1_000_000) throw new Error(`no limit of the chart gives a run length of ${runLength}`);
    [below, enough] = [enough, enough * 2];
  }
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    if (suffices(middle)) enough = middle;
    else below = middle;
  }
  return enough / 10_000;
}
