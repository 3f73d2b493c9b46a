/**
 * Small symmetric matrices, row by row in one array of `size` × `size`: what a Newton step and a covariance need.
 * Cholesky's factorisation (Golub & Van Loan, Matrix Computations, 4.2) also says whether the matrix is positive definite.
 */
export type SymmetricMatrix = Float64Array;

/** The lower factor L with L Lᵀ = `matrix`; undefined when it is not positive definite (to a relative 1e-12). */
export function choleskyFactor(matrix: SymmetricMatrix, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column]!;
      for (let k = 0; k < column; k += 1) sum -= factor[row * size + k]! * factor[column * size + k]!;
      if (row !== column) {
        factor[row * size + column] = sum / factor[column * size + column]!;
      } else {
        if (!(sum > 1e-12 * Math.abs(matrix[row * size + row]!))) return undefined;
        factor[row * size + row] = Math.sqrt(sum);
      }
    }
  }
  return factor;
}

/** The x with L Lᵀ x = `right`. */
export function solveWithFactor(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const x = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) x[row]! -= factor[row * size + k]! * x[k]!;
    x[row]! /= factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) x[row]! -= factor[k * size + row]! * x[k]!;
    x[row]! /= factor[row * size + row]!;
  }
  return x;
}

/** The inverse of L Lᵀ. */
export function inverseFromFactor(factor: Float64Array, size: number): SymmetricMatrix {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    const x = solveWithFactor(factor, unit);
    for (let row = 0; row < size; row += 1) inverse[row * size + column] = x[row]!;
  }
  return inverse;
}

/** The first `part` rows and columns of a matrix of `size`. */
export function leadingBlock(matrix: SymmetricMatrix, size: number, part: number): SymmetricMatrix {
  if (part === size) return matrix;
  const block = new Float64Array(part * part);
  for (let row = 0; row < part; row += 1)
    block.set(matrix.subarray(row * size, row * size + part), row * part);
  return block;
}
