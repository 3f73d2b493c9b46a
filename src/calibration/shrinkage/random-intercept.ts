/** One group's observations: the count, mean, and squares around the mean are all that the model needs of them. */
export interface GroupSums {
  readonly id: string;
  readonly n: number;
  readonly mean: number;
  /** Σ (y - mean)². */
  readonly within: number;
}

/** Variances between and within groups, and each group's shrunk deviation from the common mean. */
export interface RandomIntercept {
  readonly kind: 'estimated';
  readonly mean: number;
  readonly meanVariance: number;
  /** τ²: between groups; 0 where the data show no more than chance between them. */
  readonly groupVariance: number;
  /** σ²: within a group. */
  readonly residualVariance: number;
  /** -2 restricted log-likelihood, with all constants. */
  readonly deviance: number;
  readonly groups: readonly {
    readonly id: string;
    readonly n: number;
    /** Best linear unbiased prediction of the deviation from the mean. */
    readonly deviation: number;
    /** Its variance with mean and variances known: τ²σ²/(nτ² + σ²). */
    readonly variance: number;
  }[];
}

export interface NoRandomIntercept {
  readonly kind: 'undefined';
  readonly reason: 'too-few-groups' | 'no-variation';
  readonly detail: string;
}

/** Observations by group, in the order of the groups' ids. */
export function groupSums(rows: Iterable<readonly [group: string, value: number]>): GroupSums[] {
  const byGroup = new Map<string, number[]>();
  for (const [group, value] of rows) {
    if (!Number.isFinite(value)) throw new Error(`group "${group}" has a value that is no number`);
    const values = byGroup.get(group);
    if (values === undefined) byGroup.set(group, [value]);
    else values.push(value);
  }
  return [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, unsorted]) => {
      // In rising order, so that the order of events changes no digit.
      const values = unsorted.sort((a, b) => a - b);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        id,
        n: values.length,
        mean,
        within: values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
      };
    });
}

/**
 * y = μ + a(group) + e, a ~ N(0, τ²), e ~ N(0, σ²), by restricted maximum likelihood (Patterson & Thompson 1971), for
 * groups of any sizes. For a given ratio λ = τ²/σ² all else has closed form; the derivative by λ is solved by
 * bisection. Undefined for fewer than two groups, no group of two, or no variation within groups.
 */
export function randomIntercept(groups: readonly GroupSums[]): RandomIntercept | NoRandomIntercept {
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  if (groups.length < 2 || total <= groups.length)
    return {
      kind: 'undefined',
      reason: 'too-few-groups',
      detail:
        'Two groups are needed, and one of them with two observations, to tell one variance from the other.',
    };
  const within = groups.reduce((sum, group) => sum + group.within, 0);
  if (within === 0)
    return { kind: 'undefined', reason: 'no-variation', detail: 'No group varies within itself.' };
  const ratio = bestRatio(groups, within, total);
  const { mean, precision, squares, deviance } = profile(groups, within, total, ratio);
  const residualVariance = squares / (total - 1);
  const groupVariance = ratio * residualVariance;
  return {
    kind: 'estimated',
    mean,
    meanVariance: residualVariance / precision,
    groupVariance,
    residualVariance,
    deviance,
    groups: groups.map((group) => ({
      id: group.id,
      n: group.n,
      deviation: ((group.n * ratio) / (1 + group.n * ratio)) * (group.mean - mean),
      variance: groupVariance / (1 + group.n * ratio),
    })),
  };
}

/** What follows from a ratio of the variances: mean, its precision in units of 1/σ², squares, deviance, slope. */
function profile(groups: readonly GroupSums[], within: number, total: number, ratio: number) {
  let [precision, weighted, logs, trace, square] = [0, 0, 0, 0, 0];
  for (const { n, mean } of groups) {
    const v = 1 + n * ratio;
    precision += n / v;
    weighted += (n * mean) / v;
    logs += Math.log(v);
    trace += n / v;
    square += (n / v) ** 2;
  }
  const mean = weighted / precision;
  let [squares, fall] = [within, 0];
  for (const group of groups) {
    const v = 1 + group.n * ratio;
    squares += (group.n * (group.mean - mean) ** 2) / v;
    fall += ((group.n * (group.mean - mean)) / v) ** 2;
  }
  const freedom = total - 1;
  return {
    mean,
    precision,
    squares,
    deviance: freedom * (1 + Math.log((2 * Math.PI * squares) / freedom)) + logs + Math.log(precision),
    /** Derivative of the deviance by the ratio. */
    slope: (-freedom * fall) / squares + trace - square / precision,
  };
}

/** The ratio with the least deviance: 0, or a root of the slope found between points of a grid. */
function bestRatio(groups: readonly GroupSums[], within: number, total: number): number {
  const at = (ratio: number) => profile(groups, within, total, ratio);
  const grid = [0, ...Array.from({ length: 121 }, (_, index) => 10 ** (index / 10 - 6))];
  let best = 0;
  for (let index = 1; index < grid.length; index += 1) {
    let [low, high] = [grid[index - 1]!, grid[index]!];
    if (!(at(low).slope < 0 && at(high).slope >= 0)) continue;
    for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
      const middle = (low + high) / 2;
      if (at(middle).slope < 0) low = middle;
      else high = middle;
    }
    const root = (low + high) / 2;
    if (at(root).deviance < at(best).deviance) best = root;
  }
  return best;
}

/**
 * The variance of each group's own mean μ + a(group) that counts, beside what the ratings leave open, that μ and the
 * variances are estimates: averaged over the restricted likelihood of τ (uniform prior on τ: Gelman 2006), the mean of
 * the variances plus the variance of the means. With the estimates taken as known, intervals of few groups are too
 * narrow. Needs three groups. In the order of `groups`.
 */
export function groupMeanVariances(groups: readonly GroupSums[]): readonly number[] {
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const within = groups.reduce((sum, group) => sum + group.within, 0);
  const best = bestRatio(groups, within, total);
  const least = profile(groups, within, total, best).deviance;
  // τ/σ up to where the likelihood is nil.
  let widest = Math.max(1 / 64, 2 * Math.sqrt(best));
  while (widest < 1e6 && profile(groups, within, total, widest ** 2).deviance - least < 20) widest *= 2;
  const points = 400;
  let weights = 0;
  const sums = groups.map(() => ({ variance: 0, mean: 0, square: 0 }));
  for (let point = 0; point < points; point += 1) {
    const ratio = ((widest * (point + 0.5)) / points) ** 2;
    const { mean, precision, squares, deviance } = profile(groups, within, total, ratio);
    const weight = Math.exp((least - deviance) / 2);
    const residual = squares / (total - 1);
    weights += weight;
    groups.forEach((group, index) => {
      const shrinkage = (group.n * ratio) / (1 + group.n * ratio);
      const own = mean + shrinkage * (group.mean - mean);
      const variance = residual * (ratio * (1 - shrinkage) + (1 - shrinkage) ** 2 / precision);
      sums[index]!.variance += weight * variance;
      sums[index]!.mean += weight * own;
      sums[index]!.square += weight * own * own;
    });
  }
  return sums.map(
    ({ variance, mean, square }) =>
      variance / weights + Math.max(0, square / weights - (mean / weights) ** 2),
  );
}
