import { countInflated } from '../security/count-inflated.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'Hostile images and PDF files: accepted as nothing but the one genuine credential in them; none inflates more than 2 MiB. ' +
    'Its size is fixed: every file, in the tests too.',
  bar: 188,
  run: async () => {
    const inflated = countInflated();
    const { judgeHostileFiles } = await import('../security/images/run.js');
    const { faults, ...figures } = await judgeHostileFiles(inflated);
    return { figures, faults };
  },
};
