import type { ExemplarServing } from '../calibration/index.js';
import type { ReviewPorts } from './store.js';

/**
 * Who was served a work, as a lead may know it: without the reader's own, and without seeds that are in hand. Live work
 * that is known to be a seed is none.
 * @param origin of any copy of the work.
 */
export async function knownServings(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  district: string,
  origin: string,
  reader: string,
): Promise<readonly ExemplarServing[]> {
  const all = await ports.calibration.store.servingsOfWork(district, origin);
  const known: ExemplarServing[] = [];
  for (const serving of all.filter(({ member }) => member !== reader)) {
    const work = serving.use === 'seed' ? await ports.store.assignment(district, serving.cause) : undefined;
    if (serving.use !== 'seed' || (work !== undefined && work.state !== 'open')) known.push(serving);
  }
  return known;
}
