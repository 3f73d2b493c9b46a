import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  conditionalEstimate,
  drawFacets,
  estimateFacets,
  facetsRecovery,
  jointEstimate,
  linkedParts,
  pairsInTurn,
  seededRandom,
  type FacetsData,
  type FacetsEstimate,
  type FacetsRating,
  type FacetsUndefined,
} from '../../../src/calibration/index.js';
import { packageRoot } from '../../../src/kernel/index.js';

/** From R: TAM, eRm (test/support/reference/model-values.R). */
const values = JSON.parse(
  readFileSync(join(packageRoot, 'test/unit/calibration/model-values.json'), 'utf8'),
) as {
  readonly [name: string]: {
    readonly rows: readonly number[][];
    readonly mml: {
      readonly parameters: { readonly [name: string]: number };
      readonly standardErrors: { readonly [name: string]: number };
      readonly deviance: number;
      readonly variance: number;
    };
    readonly ratingScale: Conditional;
    readonly partialCredit: Conditional;
    readonly eta: readonly number[];
    readonly standardErrors: readonly number[];
    readonly logLikelihood: number;
  };
};
interface Conditional {
  readonly itemCategories: { readonly [name: string]: number };
  readonly logLikelihood: number;
}

/** Rows of submission, rater, then a level from 0 to 3 for each criterion. */
function dataOf(rows: readonly (readonly number[])[]): FacetsData {
  const names = rows[0]!.slice(2).map((_, index) => `C${index + 1}`);
  return {
    criteria: names.map((id) => ({ id, lowest: 0, highest: 3 })),
    ratings: rows.flatMap(([submission, rater, ...levels]) =>
      levels.map((level, index) => ({
        submission: `s${submission}`,
        rater: `rater${rater}`,
        criterion: names[index]!,
        level,
      })),
    ),
  };
}

function estimated<T extends { readonly kind: string }>(result: T): Exclude<T, FacetsUndefined> {
  if (result.kind === 'undefined') throw new Error(JSON.stringify(result));
  return result as Exclude<T, FacetsUndefined>;
}
const measures = (elements: readonly { readonly id: string; readonly measure: number }[]) =>
  Object.fromEntries(elements.map(({ id, measure }) => [id, measure]));

const severities = [-0.8, 0, 0.3, 0.5];
const small = drawFacets(
  { severities, difficulties: [-0.5, 0.5], steps: [-1, 1], mean: 0, deviation: 1.2 },
  40,
  pairsInTurn(4),
  7,
);

describe('many-facet Rasch by marginal maximum likelihood', () => {
  it('gives the parameters, deviance and variance of TAM for a sparse design of two of six raters', () => {
    const { rows, mml } = values['sparse']!;
    const ours = estimated(estimateFacets(dataOf(rows), { steps: 'rating-scale' })) as FacetsEstimate;
    expect(ours.deviance).toBeCloseTo(mml.deviance, 7);
    expect(ours.variance).toBeCloseTo(mml.variance, 5);
    const found = { ...measures(ours.raters), ...measures(ours.criteria) };
    for (const [id, measure] of Object.entries(found)) expect(measure).toBeCloseTo(mml.parameters[id]!, 5);
    ours.scales[0]!.steps.forEach((step, index) =>
      expect(step).toBeCloseTo(mml.parameters[`step${index + 1}`]!, 5),
    );
  });

  it('gives those of TAM with steps for each criterion', () => {
    const { rows, mml } = values['partialCredit']! as unknown as (typeof values)[string];
    const ours = estimated(estimateFacets(dataOf(rows), { steps: 'partial-credit' })) as FacetsEstimate;
    expect(ours.deviance).toBeCloseTo(mml.deviance, 7);
    for (const { id, measure } of [...ours.raters, ...ours.criteria])
      expect(measure).toBeCloseTo(mml.parameters[id]!, 5);
    for (const { criterion, steps } of ours.scales)
      steps.forEach((step, index) =>
        expect(step).toBeCloseTo(mml.parameters[`${criterion}:step${index + 1}`]!, 5),
      );
  });

  it('has standard errors that agree with the spread of estimates over many draws', () => {
    const truth = { severities, difficulties: [-0.5, 0.5], steps: [-1, 1], mean: 0, deviation: 1.2 };
    const replications = 80;
    const spread = new Map<string, number[]>();
    const said = new Map<string, number[]>();
    for (let seed = 1; seed <= replications; seed += 1) {
      const data = drawFacets(truth, 60, pairsInTurn(4), seed * 1000);
      for (const { id, measure, standardError } of (
        estimated(estimateFacets(data, { steps: 'rating-scale' })) as FacetsEstimate
      ).raters) {
        spread.set(id, [...(spread.get(id) ?? []), measure]);
        said.set(id, [...(said.get(id) ?? []), standardError]);
      }
    }
    const mean = (numbers: readonly number[]) =>
      numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    for (const [id, found] of spread) {
      const centre = mean(found);
      const deviation = Math.sqrt(
        found.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (found.length - 1),
      );
      // The deviation of 80 draws is itself off by about 8 %: bounds of four of its deviations.
      expect(mean(said.get(id)!) / deviation).toBeGreaterThan(0.68);
      expect(mean(said.get(id)!) / deviation).toBeLessThan(1.32);
    }
  });

  it('recovers severities: root mean squared error at most .20 logit with 90 submissions x 2 of 6 raters x 3 criteria', () => {
    const found = facetsRecovery(90, { seed: 20261125, replications: 30 });
    console.log(
      `severity RMSE ${found.rmse.toFixed(3)}, r ${found.correlation.toFixed(3)} (bar: <= .20; research .169, .951)`,
    );
    expect(found.undefined).toBe(0);
    expect(found.rmse).toBeLessThanOrEqual(0.2);
    expect(found.correlation).toBeGreaterThan(0.92);
  });

  it('changes nothing when ratings come in another order, and only names when raters are renamed', () => {
    const once = estimateFacets(small, { steps: 'rating-scale' });
    const even = seededRandom(3);
    const order = small.ratings.map((rating) => [even(), rating] as const).sort(([a], [b]) => a - b);
    const mixed = { ...small, ratings: order.map(([, rating]) => rating) };
    expect(estimateFacets(mixed, { steps: 'rating-scale' })).toEqual(once);
    const renamed = (id: string) => `x${9 - Number(id.slice(1))}`;
    const other = estimated(
      estimateFacets(
        { ...small, ratings: small.ratings.map((rating) => ({ ...rating, rater: renamed(rating.rater) })) },
        { steps: 'rating-scale' },
      ),
    ) as FacetsEstimate;
    const found = measures(other.raters);
    for (const { id, measure } of (once as FacetsEstimate).raters)
      expect(found[renamed(id)]).toBeCloseTo(measure, 7);
  });

  it('says "not linked" when no chain of submissions joins the raters, and which groups there are', () => {
    const apart = (rating: FacetsRating) => {
      const left = ['r0', 'r1'].includes(rating.rater);
      return { ...rating, submission: `${left ? 'left' : 'right'}-${rating.submission}` };
    };
    const result = estimateFacets({ ...small, ratings: small.ratings.map(apart) }, { steps: 'rating-scale' });
    expect(result).toEqual({
      kind: 'undefined',
      reason: 'not-linked',
      detail: expect.stringContaining('2 groups (of 2, 2)'),
    });
  });

  it('leaves out a rater who gave only the highest level, names them, and estimates the others as without them', () => {
    const generous = [...new Set(small.ratings.map(({ submission }) => submission))].slice(0, 12);
    const always = generous.flatMap((submission) =>
      small.criteria.map(({ id, highest }) => ({
        submission,
        rater: 'always',
        criterion: id,
        level: highest,
      })),
    );
    const result = estimateFacets(
      { ...small, ratings: [...small.ratings, ...always] },
      { steps: 'rating-scale' },
    );
    expect(result).toEqual({
      ...(estimateFacets(small, { steps: 'rating-scale' }) as FacetsEstimate),
      extremes: [{ facet: 'rater', id: 'always', at: 'highest' }],
    });
  });

  it('keeps submissions with nothing but highest levels: their ability is finite', () => {
    const best = small.criteria.flatMap(({ id, highest }) =>
      ['r0', 'r1', 'r2', 'r3'].map((rater) => ({ submission: 'best', rater, criterion: id, level: highest })),
    );
    const { submissions } = estimateFacets(
      { ...small, ratings: [...small.ratings, ...best] },
      { steps: 'rating-scale' },
    ) as FacetsEstimate;
    const ability = submissions.find(({ id }) => id === 'best')!.ability;
    expect(ability).toBeGreaterThan(1);
    expect(ability).toBeLessThan(5);
  });

  it('gives no step next to a level that nobody was given, and all else as if the scale had it not', () => {
    const wider = { ...small, criteria: small.criteria.map((criterion) => ({ ...criterion, highest: 4 })) };
    const own = estimateFacets(small, { steps: 'rating-scale' }) as FacetsEstimate;
    const result = estimateFacets(wider, { steps: 'rating-scale' }) as FacetsEstimate;
    expect(result.scales[0]!.steps).toEqual([...own.scales[0]!.steps, undefined]);
    expect(result.raters).toEqual(own.raters);
  });

  it('shows fit only of those with 30 ratings: near 1 for those who rate by the model, high for one who rates at random', () => {
    const truth = { severities, difficulties: [-0.5, 0.5], steps: [-1, 1], mean: 0, deviation: 1.2 };
    const data = drawFacets(truth, 300, pairsInTurn(4), 11);
    const even = seededRandom(5);
    const random = data.ratings.map((rating) =>
      rating.rater === 'r3' ? { ...rating, level: 1 + Math.floor(3 * even()) } : rating,
    );
    const erratic = estimateFacets({ ...data, ratings: random }, { steps: 'rating-scale' }) as FacetsEstimate;
    for (const { id, infit, outfit } of erratic.raters.filter(({ id }) => id !== 'r3')) {
      expect([id, infit! < 1.1, outfit! < 1.15]).toEqual([id, true, true]);
    }
    expect(erratic.raters.find(({ id }) => id === 'r3')).toMatchObject({ n: 300 });
    expect(erratic.raters.find(({ id }) => id === 'r3')!.outfit).toBeGreaterThan(1.2);
    const few = drawFacets(truth, 24, pairsInTurn(4), 2);
    for (const { n, infit, outfit } of (estimateFacets(few, { steps: 'rating-scale' }) as FacetsEstimate)
      .raters)
      expect({ n, infit, outfit }).toEqual({ n: 24, infit: undefined, outfit: undefined });
  });

  it('is undefined for one rater, for ratings without variation, and refuses data that say nothing sure', () => {
    const only = { ...small, ratings: small.ratings.filter(({ rater }) => rater === 'r0') };
    expect(estimateFacets(only, { steps: 'rating-scale' })).toMatchObject({ reason: 'too-few-raters' });
    const flat = { ...small, ratings: small.ratings.map((rating) => ({ ...rating, level: 2 })) };
    expect(estimateFacets(flat, { steps: 'rating-scale' })).toMatchObject({ reason: 'no-variation' });
    expect(estimateFacets({ ...small, ratings: [] }, { steps: 'rating-scale' })).toMatchObject({
      reason: 'too-few-raters',
    });
    const twice = { ...small, ratings: [...small.ratings, small.ratings[0]!] };
    expect(() => estimateFacets(twice, { steps: 'rating-scale' })).toThrow(/rated twice/);
    const high = { ...small, ratings: [{ ...small.ratings[0]!, level: 4 }] };
    expect(() => estimateFacets(high, { steps: 'rating-scale' })).toThrow(/level 4 is none of 1 to 3/);
    const uneven = [small.criteria[0]!, { ...small.criteria[1]!, highest: 4 }];
    expect(() => estimateFacets({ ...small, criteria: uneven }, { steps: 'rating-scale' })).toThrow(
      /partial-credit/,
    );
  });

  it('says so when it does not come to rest: a severity that only infinity would explain', () => {
    // The severe rater gives 1 wherever the lenient one gives 2, and never the reverse: the likelihood has no top.
    const ratings = Array.from({ length: 30 }, (_, index) => [
      { submission: `s${index}`, rater: 'lenient', criterion: 'c', level: index === 0 ? 1 : 2 },
      { submission: `s${index}`, rater: 'severe', criterion: 'c', level: index === 1 ? 2 : 1 },
    ]).flat();
    const result = estimateFacets(
      { criteria: [{ id: 'c', lowest: 1, highest: 2 }], ratings },
      { steps: 'rating-scale' },
    );
    expect(result).toMatchObject({ kind: 'undefined', reason: 'not-converged' });
  });

  it('estimates severities also where submissions do not differ at all', () => {
    const truth = { severities, difficulties: [-0.5, 0.5], steps: [-1, 1], mean: 0, deviation: 0 };
    const variances = [1, 2, 3, 4, 5, 6].map((seed) => {
      const same = drawFacets(truth, 60, pairsInTurn(4), seed);
      const { raters, variance } = estimated(estimateFacets(same, { steps: 'rating-scale' }));
      raters.forEach(({ measure, standardError }, index) =>
        expect(Math.abs(measure - severities[index]!)).toBeLessThan(4 * standardError),
      );
      return variance;
    });
    // About half of such draws have their maximum at a variance of 0, where it is held at the least.
    expect(Math.min(...variances)).toBeCloseTo(0.01, 9);
  });
});

describe('many-facet Rasch by conditional and joint maximum likelihood', () => {
  it('gives the linear partial credit model of eRm for raters, criteria and steps', () => {
    const { rows, eta, standardErrors, logLikelihood } = values['conditionalFacets']!;
    const ours = estimated(conditionalEstimate(dataOf(rows), { steps: 'rating-scale' }));
    expect(ours.logLikelihood).toBeCloseTo(logLikelihood, 5);
    const free = [...ours.raters.slice(0, 3), ...ours.criteria.slice(0, 2)];
    free.forEach(({ measure, standardError }, index) => {
      expect(measure).toBeCloseTo(eta[index]!, 4);
      expect(standardError).toBeCloseTo(standardErrors[index]!, 4);
    });
    expect(ours.scales[0]!.steps[0]).toBeCloseTo(eta[5]!, 4);
    expect(ours.scales[0]!.steps[1]).toBeCloseTo(eta[6]! - eta[5]!, 4);
  });

  it.each(['ratingScale', 'partialCredit'] as const)('gives the %s model of eRm for one rater', (name) => {
    const { rows, ...models } = values['conditional']!;
    const ours = estimated(
      conditionalEstimate(dataOf(rows.map((levels, index) => [index, 1, ...levels])), {
        steps: name === 'ratingScale' ? 'rating-scale' : 'partial-credit',
      }),
    );
    expect(ours.logLikelihood).toBeCloseTo(models[name].logLikelihood, 6);
    // eRm's cumulative item categories sum to 0, ours' item measures do: they differ by a constant for each step.
    const cumulative = ours.criteria.flatMap(({ id, measure }) => {
      const { steps } = ours.scales.find(({ criterion }) => criterion === id) ?? ours.scales[0]!;
      return steps.map(
        (_, k) => (k + 1) * measure + steps.slice(0, k + 1).reduce<number>((sum, step) => sum + step!, 0),
      );
    });
    const theirs = Object.values(models[name].itemCategories);
    const shift = theirs.reduce((sum, value, index) => sum + value - cumulative[index]!, 0) / (5 * 6);
    cumulative.forEach((value, index) =>
      expect(value + ((index % 3) + 1) * shift).toBeCloseTo(theirs[index]!, 4),
    );
  });

  it('stretches measures by about L / (L - 1) when estimated jointly: 1.095 with 12 ratings a submission', () => {
    const { rows } = values['conditionalFacets']!;
    const joint = estimated(jointEstimate(dataOf(rows), { steps: 'rating-scale' }));
    const conditional = estimated(conditionalEstimate(dataOf(rows), { steps: 'rating-scale' }));
    joint.raters.forEach(({ measure }, index) =>
      expect(measure / conditional.raters[index]!.measure).toBeCloseTo(12 / 11, 1),
    );
  });
});

describe('linkage', () => {
  it('finds the parts of a graph, largest first, whatever the order', () => {
    const edges = [
      ['b', '1'],
      ['a', '1'],
      ['c', '2'],
      ['d', '3'],
      ['e', '3'],
      ['f', '3'],
    ] as const;
    const parts = [['d', 'e', 'f'], ['a', 'b'], ['c']];
    expect(linkedParts(edges)).toEqual(parts);
    expect(linkedParts([...edges].reverse())).toEqual(parts);
    expect(linkedParts([...edges, ['c', '1'], ['a', '3']])).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
  });
});
