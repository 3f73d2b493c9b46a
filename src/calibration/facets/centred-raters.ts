import type { SymmetricMatrix } from '../symmetric-matrix.js';

/**
 * Severities sum to 0: the last rater's is minus the sum of the others'. These functions move between the full
 * parameters (raters first) and the free ones, which leave the last rater out.
 */
export interface Centring {
  readonly full: number;
  readonly free: number;
  readonly last: number;
}

export const centring = (raters: number, full: number): Centring => ({
  full,
  free: full - 1,
  last: raters - 1,
});

const fullIndex = ({ last }: Centring, free: number) => (free < last ? free : free + 1);

/** Derivatives by the free parameters, from those by the full ones. */
export function freeGradient(by: Centring, gradient: Float64Array): Float64Array {
  return Float64Array.from(
    { length: by.free },
    (_, free) => gradient[fullIndex(by, free)]! - (free < by.last ? gradient[by.last]! : 0),
  );
}

/** Second derivatives (or an information) by the free parameters. */
export function freeMatrix(by: Centring, matrix: SymmetricMatrix): SymmetricMatrix {
  const free = new Float64Array(by.free * by.free);
  const at = (row: number, column: number) => matrix[row * by.full + column]!;
  for (let a = 0; a < by.free; a += 1) {
    const row = fullIndex(by, a);
    for (let b = 0; b < by.free; b += 1) {
      const column = fullIndex(by, b);
      let value = at(row, column);
      if (a < by.last) value -= at(by.last, column);
      if (b < by.last) value -= at(row, by.last);
      if (a < by.last && b < by.last) value += at(by.last, by.last);
      free[a * by.free + b] = value;
    }
  }
  return free;
}

/** The full parameters of a step (or a point) given by its free ones. */
export function fullStep(by: Centring, step: Float64Array): Float64Array {
  const full = new Float64Array(by.full);
  for (let free = 0; free < by.free; free += 1) full[fullIndex(by, free)] = step[free]!;
  for (let rater = 0; rater < by.last; rater += 1) full[by.last]! -= full[rater]!;
  return full;
}

/** Standard errors of the full parameters from the covariance of the free ones; the last rater's from all others'. */
export function fullStandardErrors(by: Centring, covariance: SymmetricMatrix): Float64Array {
  const errors = new Float64Array(by.full);
  for (let free = 0; free < by.free; free += 1)
    errors[fullIndex(by, free)] = Math.sqrt(covariance[free * by.free + free]!);
  let variance = 0;
  for (let a = 0; a < by.last; a += 1) {
    for (let b = 0; b < by.last; b += 1) variance += covariance[a * by.free + b]!;
  }
  errors[by.last] = Math.sqrt(variance);
  return errors;
}
