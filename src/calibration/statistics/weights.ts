/** How much two categories agree: 1 the same, 0 as far apart as can be (Cohen 1968; Gwet 2014, chapter 3). */
export type WeightScheme = 'identity' | 'linear' | 'quadratic';
export type Weights = readonly (readonly number[])[];

/**
 * Agreement weights of q ordered categories, by their places: identity 1{a=b}, linear 1 - |a-b|/(q-1), quadratic
 * 1 - (a-b)²/(q-1)².
 */
export function agreementWeights(scheme: WeightScheme, q: number): Weights {
  const width = Math.max(1, q - 1);
  return square(q, (a, b) => {
    switch (scheme) {
      case 'identity':
        return a === b ? 1 : 0;
      case 'linear':
        return 1 - Math.abs(a - b) / width;
      case 'quadratic':
        return 1 - (a - b) ** 2 / width ** 2;
    }
  });
}

/** Agreement weights from weights of disagreement (0 on the diagonal), which are divided by the greatest. */
export function fromDisagreement(disagreement: Weights): Weights {
  const most = Math.max(...disagreement.flat());
  return disagreement.map((row) => row.map((weight) => (most === 0 ? 1 : 1 - weight / most)));
}

/** A q by q table of what `of` says of each two places. */
export function square(q: number, of: (a: number, b: number) => number): number[][] {
  return Array.from({ length: q }, (_row, a) => Array.from({ length: q }, (_cell, b) => of(a, b)));
}
