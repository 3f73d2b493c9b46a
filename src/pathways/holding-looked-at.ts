import { AppError } from '../kernel/index.js';
import type { Holding } from './holding.js';
import type { PathwayPorts } from './store.js';

/** Says that this holding's progress was looked at; when it changed meanwhile, it stays due. */
export async function holdingLookedAt(ports: PathwayPorts, holding: Holding): Promise<void> {
  try {
    await ports.store.holdings.replace({ ...holding, effectDue: null });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}
