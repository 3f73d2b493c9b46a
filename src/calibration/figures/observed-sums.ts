import type { Instant } from '../../kernel/index.js';
import type { Observation } from '../observation.js';
import type { GroupSums } from '../shrinkage/random-intercept.js';
import type { RatingData } from '../statistics/rating-data.js';

/**
 * All that a reviewer's figures need of observations of one kind: sums of whole numbers, so that they are the same in
 * whatever order the observations came.
 */
export interface ObservedSums {
  readonly observations: number;
  /** Of these, how often the rule made the same of the levels as of the reference. */
  readonly decisionsRight: number;
  /** How often each level was given where the reference was each, criterion by criterion. */
  readonly tables: { readonly [criterion: string]: CriterionTable };
  /** Sums over observations by which levels of one submission are counted as belonging together. */
  readonly clusters: ClusterSums;
  /** The latest commit among them; null where there are none. */
  readonly lastAt: Instant | null;
}

/** `cells[(given − 1)·q + reference − 1]`, levels by number from 1 to q. */
export interface CriterionTable {
  readonly q: number;
  readonly cells: readonly number[];
}

/** With m levels in an observation, of which e are exact and t two or more off: Σm², Σe², Σem, Σt², Σtm. */
export interface ClusterSums {
  readonly levels: number;
  readonly exact: number;
  readonly exactLevels: number;
  readonly twoOff: number;
  readonly twoOffLevels: number;
}

export const noObservedSums: ObservedSums = {
  observations: 0,
  decisionsRight: 0,
  tables: {},
  clusters: { levels: 0, exact: 0, exactLevels: 0, twoOff: 0, twoOffLevels: 0 },
  lastAt: null,
};

/** The sums with one observation more. */
export function plusObservation(
  sums: ObservedSums,
  { levels, decisionRight, at }: Pick<Observation, 'levels' | 'decisionRight' | 'at'>,
): ObservedSums {
  const tables = { ...sums.tables };
  let [exact, twoOff] = [0, 0];
  for (const { criterion, given, reference, q } of levels) {
    const kept = tables[criterion]?.cells ?? new Array<number>(q * q).fill(0);
    const place = (given - 1) * q + reference - 1;
    tables[criterion] = { q, cells: kept.map((count, cell) => (cell === place ? count + 1 : count)) };
    const apart = Math.abs(given - reference);
    exact += Number(apart === 0);
    twoOff += Number(apart >= 2);
  }
  const m = levels.length;
  const { clusters } = sums;
  return {
    observations: sums.observations + 1,
    decisionsRight: sums.decisionsRight + Number(decisionRight),
    tables,
    clusters: {
      levels: clusters.levels + m * m,
      exact: clusters.exact + exact * exact,
      exactLevels: clusters.exactLevels + exact * m,
      twoOff: clusters.twoOff + twoOff * twoOff,
      twoOffLevels: clusters.twoOffLevels + twoOff * m,
    },
    lastAt: sums.lastAt === null || sums.lastAt < at ? at : sums.lastAt,
  };
}

/** What follows from the tables: levels, exact ones, those two or more off, Σ of signed differences and of squares. */
export interface LevelTotals {
  readonly levels: number;
  readonly exact: number;
  readonly twoOff: number;
  readonly difference: number;
  readonly squares: number;
}

/** The totals of all criteria, or of those given. */
export function totalsOf({ tables }: Pick<ObservedSums, 'tables'>): LevelTotals {
  let [levels, exact, twoOff, difference, squares] = [0, 0, 0, 0, 0];
  for (const { q, cells } of Object.values(tables))
    for (let cell = 0; cell < cells.length; cell += 1) {
      const count = cells[cell]!;
      if (count === 0) continue;
      const apart = Math.floor(cell / q) - (cell % q);
      levels += count;
      if (apart === 0) exact += count;
      if (Math.abs(apart) >= 2) twoOff += count;
      difference += apart * count;
      squares += apart * apart * count;
    }
  return { levels, exact, twoOff, difference, squares };
}

/** Signed differences as the model of severities takes them; undefined where there are none. */
export function groupOf(id: string, sums: ObservedSums): GroupSums | undefined {
  const { levels: n, difference, squares } = totalsOf(sums);
  if (n === 0) return undefined;
  return { id, n, mean: difference / n, within: Math.max(0, squares - difference ** 2 / n) };
}

/**
 * The table of all criteria together, in as many categories as the longest scale has: rows what was given, columns the
 * reference.
 */
export function ratingDataOf(tables: readonly CriterionTable[]): RatingData {
  const most = Math.max(0, ...tables.map(({ q }) => q));
  const joint = Array.from({ length: most }, () => new Array<number>(most).fill(0));
  for (const { q, cells } of tables)
    cells.forEach((count, cell) => {
      joint[Math.floor(cell / q)]![cell % q]! += count;
    });
  return { categories: joint.map((_row, index) => index + 1), joint };
}
