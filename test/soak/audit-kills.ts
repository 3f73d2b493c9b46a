import { killDrains } from '../faults/kill-drains.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'A process that is killed with -9 at any moment while it drains the audit record leaves, when it is started again, ' +
    'one whole chain with every entry once. The size is the number of kills.',
  bar: 200,
  run: async (size, seed) => {
    const { faults, ...figures } = await killDrains({ kills: size, seed, how: 'from-outside', writes: 60 });
    const wrong = figures.twice + figures.lost;
    return { figures, faults: wrong > 0 ? [...faults, `${wrong} entries twice or lost`] : faults };
  },
};
