import { AppError, newId } from '../kernel/index.js';
import type { Holding, HoldingFacts } from './holding.js';
import type { PathwayPorts } from './store.js';

/**
 * Makes the holding of an award, or brings it to what is known now; the same twice changes nothing. A change is due
 * to be looked at for milestones.
 */
export async function keepHolding(ports: PathwayPorts, facts: HoldingFacts): Promise<Holding> {
  const { holdings } = ports.store;
  for (let attempt = 0; ; attempt += 1) {
    const kept = await ports.store.holdingOfAward(facts.district, facts.award);
    if (
      kept !== undefined &&
      Object.entries(facts).every(([name, value]) => kept[name as keyof Holding] === value)
    ) {
      return kept;
    }
    const effectDue = ports.clock.now();
    try {
      return kept === undefined
        ? await holdings.insert({ ...facts, id: newId(ports.randomness, 'hld'), effectDue })
        : await holdings.replace({ ...kept, ...facts, effectDue });
    } catch (error) {
      // Somebody kept it meanwhile: look again.
      const lost = error instanceof AppError && ['already-exists', 'conflict'].includes(error.code);
      if (!lost || attempt >= 20) throw error;
    }
  }
}
