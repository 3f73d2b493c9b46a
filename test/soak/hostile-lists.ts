import { countInflated } from '../security/count-inflated.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'Hostile status lists: none makes a badge valid, none inflates more than 2 MiB. Its size is fixed: every list, in the tests too.',
  bar: 101,
  run: async () => {
    const inflated = countInflated();
    const { judgeHostileLists } = await import('../security/hostile-lists.js');
    const { faults, ...figures } = await judgeHostileLists(inflated);
    return { figures, faults };
  },
};
