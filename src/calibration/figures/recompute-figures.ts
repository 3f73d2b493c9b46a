import { AppError, type RatingId } from '../../kernel/index.js';
import type { Observation } from '../observation.js';
import { absorbed, written } from './keep-figures.js';
import {
  figuresId,
  noFigures,
  type FiguresOf,
  type FiguresStore,
  type ReviewerFigures,
} from './reviewer-figures.js';
import { plusWork, type CountedWork } from './work-sums.js';

/** A committed rating, and whether what follows from it is carried out. */
export interface RecordedWork extends CountedWork {
  readonly settled: boolean;
}

/** What figures are made from: every observation and every committed rating of one reviewer on one version. */
export interface FiguresSources {
  readonly observations: readonly Observation[];
  readonly works: readonly RecordedWork[];
}

/** The figures of these sources, made from nothing. Every rating that is not settled stands in `counting`. */
export function recomputed(whose: FiguresOf, { observations, works }: FiguresSources): ReviewerFigures {
  const counting: readonly RatingId[] = works.filter(({ settled }) => !settled).map(({ rating }) => rating);
  const begun = { ...noFigures(whose), work: works.reduce(plusWork, noFigures(whose).work), counting };
  return [...observations].sort((a, b) => a.n - b.n).reduce(absorbed, begun);
}

/** How kept figures stand beside their sources. `behind`: nothing is wrong, and not all is in them yet. */
export type FiguresStanding = 'equal' | 'behind' | 'different';

/**
 * Holds figures against their sources, read after them: what they claim to hold must be what recomputing gives. Ratings
 * that are not settled and not yet counted, and observations after the last one absorbed, are not missing but to come.
 */
export function standingOf(
  figures: ReviewerFigures,
  { observations, works }: FiguresSources,
): FiguresStanding {
  const held = {
    observations: observations.filter(({ n }) => n <= figures.absorbed),
    works: works.filter(({ settled, rating }) => settled || figures.counting.includes(rating)),
  };
  const again = recomputed(figures, held);
  const same =
    again.absorbed === figures.absorbed &&
    canonical(again.observed) === canonical(figures.observed) &&
    canonical(again.work) === canonical(figures.work);
  if (!same) return 'different';
  const all = held.observations.length === observations.length && held.works.length === works.length;
  return all ? 'equal' : 'behind';
}

/**
 * Puts figures made anew from their sources in the place of those kept. `sources` is read after the figures, and again
 * whenever somebody wrote meanwhile: what is counted beside it is neither lost nor counted twice.
 * @returns how the figures stood before.
 * @throws conflict after 50 lost races; unavailable when the database fails.
 */
export async function rebuildFigures(
  store: FiguresStore,
  whose: FiguresOf,
  sources: () => Promise<FiguresSources>,
): Promise<FiguresStanding> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const kept = (await store.reviewerFigures.get(whose.district, figuresId(whose))) ?? noFigures(whose);
    const found = await sources();
    const standing = standingOf(kept, found);
    if (standing === 'equal') return standing;
    if (await written(store, { ...recomputed(whose, found), version: kept.version })) return standing;
  }
  throw new AppError('conflict', 'The figures are being written by others; try again.');
}

/** JSON with the members of objects in order: criteria may have been met in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
