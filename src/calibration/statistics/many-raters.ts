import { defined, undefinedBecause, type About, type Statistic } from '../statistic.js';
import { completeRows, patternsOf, ratersOf, sum, type Pattern, type RatingData } from './rating-data.js';
import { agreementWeights, square, type Weights, type WeightScheme } from './weights.js';

/**
 * The mean over items with two or more ratings of the share of pairs of raters who agree (Gwet 2014, formula 2.10).
 * Undefined for fewer than two such items.
 */
export function pairwiseAgreement(data: RatingData, scheme: WeightScheme = 'identity'): Statistic {
  const about = aboutMany(data, scheme === 'identity' ? 'pairwise agreement' : `${scheme} agreement`);
  return about.n < 2
    ? undefinedBecause('too-few-pairs', about)
    : defined(observedAgreement(data, agreementWeights(scheme, about.q)), about);
}

/**
 * Gwet's AC1 (identity weights) and AC2 (others), for any number of raters and missing ratings (Gwet 2008; 2014,
 * chapter 5). Depends on how many categories are declared.
 */
export function gwetAC(data: RatingData, scheme: WeightScheme = 'identity'): Statistic {
  const name = scheme === 'identity' ? 'Gwet’s AC1' : `Gwet’s AC2, ${scheme}`;
  return corrected(data, scheme, name, (weights, shares) => {
    const q = shares.length;
    return q < 2
      ? 0
      : (sum(weights.flat()) / (q * (q - 1))) * sum(shares.map((share) => share * (1 - share)));
  });
}

/** Brennan and Prediger's coefficient, weighted or not: chance is that of equally likely categories (1981). */
export function brennanPrediger(data: RatingData, scheme: WeightScheme = 'identity'): Statistic {
  const name = scheme === 'identity' ? 'Brennan–Prediger' : `Brennan–Prediger, ${scheme}`;
  return corrected(data, scheme, name, (weights, { length: q }) => sum(weights.flat()) / q ** 2);
}

/**
 * Fleiss's kappa (1971), and for items with unequal numbers of ratings its generalisation (Gwet 2014, section 2.3).
 * Of two raters it is Scott's pi, not Cohen's kappa.
 */
export function fleissKappa(data: RatingData, scheme: WeightScheme = 'identity'): Statistic {
  const name = scheme === 'identity' ? 'Fleiss’s kappa' : `${scheme} weighted Fleiss’s kappa`;
  return corrected(data, scheme, name, (weights, shares) =>
    sum(weights.flatMap((row, a) => row.map((weight, b) => weight * shares[a]! * shares[b]!))),
  );
}

/**
 * Conger's kappa ("exact" kappa) of several raters who each rated every item: chance from each rater's own margins
 * (Conger 1980). Of two raters it is Cohen's kappa. Cannot be made of counts.
 */
export function congerKappa(data: RatingData): Statistic {
  const about = aboutMany(data, 'Conger’s kappa');
  const rows = data.byRater === undefined ? fromJoint(data) : completeRows(data);
  if (rows === undefined)
    return undefinedBecause(
      data.byRater === undefined ? 'needs-ratings-by-rater' : 'needs-complete-ratings',
      about,
    );
  if (rows.length < 2 || about.n < 2) return undefinedBecause('too-few-pairs', about);
  const items = rows[0]!.length;
  const margins = rows.map((row) => {
    const often = new Map<number, number>();
    for (const rating of row) often.set(rating, (often.get(rating) ?? 0) + 1);
    return data.categories.map((category) => (often.get(category) ?? 0) / items);
  });
  let chance = 0;
  for (let one = 0; one < rows.length; one += 1) {
    for (let other = 0; other < rows.length; other += 1) {
      if (one === other) continue;
      chance += sum(margins[one]!.map((share, category) => share * margins[other]![category]!));
    }
  }
  chance /= rows.length * (rows.length - 1);
  return overChance(observedAgreement(data, agreementWeights('identity', about.q)), chance, about);
}

/** What distance between two values alpha counts (Krippendorff 2004, section 11.3). */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's alpha with missing ratings: 1 - (N-1) sum(o d²) / sum(n n d²), over items with two or more ratings.
 * Ordinal distances go by how often each value occurs, so categories that nobody used change nothing. Undefined where
 * all ratings are the same; not -1 for total disagreement.
 */
export function krippendorffAlpha(data: RatingData, level: MeasurementLevel): Statistic {
  const about = aboutMany(data, `Krippendorff’s alpha, ${level}`);
  if (about.n < 2) return undefinedBecause('too-few-pairs', about);
  const q = data.categories.length;
  const coincidences = square(q, () => 0);
  for (const { counts, weight } of patternsOf(data)) {
    const given = sum(counts);
    if (given < 2) continue;
    for (let a = 0; a < q; a += 1) {
      if (counts[a] === 0) continue;
      for (let b = 0; b < q; b += 1)
        coincidences[a]![b]! += (weight * counts[a]! * (counts[b]! - (a === b ? 1 : 0))) / (given - 1);
    }
  }
  const totals = coincidences.map(sum);
  const distance = squaredDistances(level, data.categories, totals);
  let observed = 0;
  let expected = 0;
  for (let a = 0; a < q; a += 1) {
    for (let b = 0; b < q; b += 1) {
      observed += coincidences[a]![b]! * distance[a]![b]!;
      expected += totals[a]! * totals[b]! * distance[a]![b]!;
    }
  }
  return expected === 0
    ? undefinedBecause('no-variation', about)
    : defined(1 - ((sum(totals) - 1) * observed) / expected, about);
}

function squaredDistances(
  level: MeasurementLevel,
  values: readonly number[],
  totals: readonly number[],
): number[][] {
  return square(values.length, (a, b) => {
    if (a === b) return 0;
    switch (level) {
      case 'nominal':
        return 1;
      case 'ordinal': {
        const between = sum(totals.slice(Math.min(a, b), Math.max(a, b) + 1));
        return (between - (totals[a]! + totals[b]!) / 2) ** 2;
      }
      case 'interval':
        return (values[a]! - values[b]!) ** 2;
      case 'ratio': {
        const together = values[a]! + values[b]!;
        return together === 0 ? 0 : ((values[a]! - values[b]!) / together) ** 2;
      }
    }
  });
}

function corrected(
  data: RatingData,
  scheme: WeightScheme,
  method: string,
  chance: (weights: Weights, shares: readonly number[]) => number,
): Statistic {
  const about = aboutMany(data, method);
  if (about.n < 2) return undefinedBecause('too-few-pairs', about);
  const weights = agreementWeights(scheme, about.q);
  return overChance(observedAgreement(data, weights), chance(weights, sharesOf(data)), about);
}

function overChance(observed: number, chance: number, about: About): Statistic {
  // Of shares that add up to 1 chance is 1 only where nothing varies, up to rounding.
  return 1 - chance < 1e-14
    ? undefinedBecause('no-variation', about)
    : defined((observed - chance) / (1 - chance), about);
}

function observedAgreement(data: RatingData, weights: Weights): number {
  let agreement = 0;
  let items = 0;
  for (const { counts, weight } of pairable(data)) {
    const given = sum(counts);
    let inside = 0;
    counts.forEach((count, a) => {
      if (count === 0) return;
      const close = sum(counts.map((other, b) => weights[a]![b]! * other));
      inside += count * (close - 1);
    });
    agreement += (weight * inside) / (given * (given - 1));
    items += weight;
  }
  return agreement / items;
}

/** How likely each category is: the mean over rated items of its share of the item's ratings. */
function sharesOf(data: RatingData): number[] {
  const shares = new Array<number>(data.categories.length).fill(0);
  let items = 0;
  for (const { counts, weight } of patternsOf(data)) {
    const given = sum(counts);
    if (given === 0) continue;
    items += weight;
    counts.forEach((count, category) => {
      shares[category]! += (weight * count) / given;
    });
  }
  return shares.map((share) => share / items);
}

function pairable(data: RatingData): readonly Pattern[] {
  return patternsOf(data).filter(({ counts }) => sum(counts) >= 2);
}

function aboutMany(data: RatingData, method: string): About {
  const n = sum(pairable(data).map(({ weight }) => weight));
  return { n, q: data.categories.length, raters: ratersOf(data), method };
}

/** Two raters' rows made of whole counts in their table. */
function fromJoint({ joint, categories }: RatingData): number[][] | undefined {
  if (joint === undefined || joint.flat().some((cell) => !Number.isInteger(cell))) return undefined;
  const rows: number[][] = [[], []];
  joint.forEach((row, a) =>
    row.forEach((count, b) => {
      for (let each = 0; each < count; each += 1) {
        rows[0]!.push(categories[a]!);
        rows[1]!.push(categories[b]!);
      }
    }),
  );
  return rows;
}
