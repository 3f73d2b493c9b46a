import { tamper } from '../security/tampering/run.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'Tampering is seen: an altered credential is never said to be its issuer’s while it shows something else. ' +
    'The size is the number of single-leaf mutations, and again of structural ones.',
  bar: 10_000,
  run: async (size, seed, say) => {
    const { faults, ...figures } = await tamper({
      count: size,
      seed,
      limitMillis: 2000,
      onProgress: (done, count) => {
        if (done % 500 === 0) say(`${done} of ${2 * size}, ${count} faults`);
      },
    });
    return { figures, faults };
  },
};
