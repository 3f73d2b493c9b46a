import { AppError, type RatingId } from '../../kernel/index.js';
import type { Observation } from '../observation.js';
import { plusObservation } from './observed-sums.js';
import {
  figuresId,
  noFigures,
  type FiguresOf,
  type FiguresStore,
  type ReviewerFigures,
} from './reviewer-figures.js';
import { plusWork, type CountedWork } from './work-sums.js';

/** How many observations are added by one write. */
const atOnce = 500;

/**
 * Adds the observations of a reviewer on a version that are not in the figures yet, each exactly once: they are numbered
 * without gaps, and the figures say up to which number they hold them. Whoever comes next makes good what a crash left
 * out; of two at once one is refused by the store and begins again.
 * @throws conflict after 50 lost races; unavailable when the database fails.
 */
export async function absorbObservations(store: FiguresStore, whose: FiguresOf): Promise<ReviewerFigures> {
  return changeFigures(store, whose, async (figures) => {
    const { items } = await store.observations.page(
      whose.district,
      'sequence',
      [whose.reviewer, whose.achievementVersion],
      { from: figures.absorbed + 1, limit: atOnce },
    );
    return items.length === 0 ? undefined : items.reduce(absorbed, figures);
  });
}

/** The figures with their next observation; unchanged by any other. */
export function absorbed(figures: ReviewerFigures, observation: Observation): ReviewerFigures {
  const { kind, n } = observation;
  if (n !== figures.absorbed + 1) return figures;
  return {
    ...figures,
    absorbed: n,
    observed: { ...figures.observed, [kind]: plusObservation(figures.observed[kind], observation) },
  };
}

/**
 * Adds a committed rating to its reviewer's work, exactly once however often it is handed in, if the caller marks the
 * rating settled after this returned and never before. `isSettled` reads that mark. The figures are read first, then the
 * mark, then the figures are written if nobody wrote them meanwhile: an unsettled rating that is not among `counting` was
 * then never counted, for only settled ones are taken from there.
 * @throws conflict after 50 lost races; unavailable when the database fails.
 */
export async function countWork(
  store: FiguresStore,
  work: CountedWork,
  isSettled: (rating: RatingId) => Promise<boolean>,
): Promise<void> {
  await changeFigures(store, work, async (figures) => {
    if (figures.counting.includes(work.rating) || (await isSettled(work.rating))) return undefined;
    const counting: RatingId[] = [];
    for (const rating of figures.counting) if (!(await isSettled(rating))) counting.push(rating);
    return { ...figures, work: plusWork(figures.work, work), counting: [...counting, work.rating] };
  });
}

/**
 * Changes the figures until `change` gives nothing more to change; they are begun where there are none. `change` reads
 * what it needs after the figures were read.
 */
async function changeFigures(
  store: FiguresStore,
  whose: FiguresOf,
  change: (figures: ReviewerFigures) => Promise<ReviewerFigures | undefined>,
): Promise<ReviewerFigures> {
  for (let lost = 0; ;) {
    const kept = await store.reviewerFigures.get(whose.district, figuresId(whose));
    const figures = kept ?? noFigures(whose);
    const changed = await change(figures);
    if (changed === undefined || changed === figures) return figures;
    if (!(await written(store, changed)) && (lost += 1) >= 50)
      throw new AppError('conflict', 'The figures are being written by others; try again.');
  }
}

/** Keeps figures in place of those of the version that they were made from; false when others did meanwhile. */
export async function written(store: FiguresStore, figures: ReviewerFigures): Promise<boolean> {
  try {
    if (figures.version === 0) await store.reviewerFigures.insert(figures);
    else await store.reviewerFigures.replace(figures);
    return true;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'already-exists'))
      return false;
    throw error;
  }
}
