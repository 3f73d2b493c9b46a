import { runHistories } from '../invariants/histories.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'The fourteen invariants of review quality hold in every state of so many generated histories: what teachers, reviewers, ' +
    'leads and the clock do in any order, several at once and with writes that fail.',
  bar: 2000,
  run: async (size, seed, say) => {
    const { broken, ...figures } = await runHistories({ histories: size, seed, say });
    return { figures, faults: broken === null ? [] : [broken] };
  },
};
