import { aTamperedRecord, tamperedWith, tamperings } from '../support/audit-tampering.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'An exported audit record that was tampered with in any of nine ways is told of by what `touchstone audit verify --head` ' +
    'calls, with the number of the first bad entry. The size is the number of files of each way.',
  bar: 10_000,
  run: async (size, seed, say) => {
    const record = await aTamperedRecord();
    const figures: { [kind: string]: number } = {};
    const faults: string[] = [];
    for (const [kind, tamper] of Object.entries(tamperings)) {
      const { tried, unnoticed } = await tamperedWith(record, tamper, { count: size, seed });
      figures[kind] = tried;
      if (tried < size || unnoticed > 0) faults.push(`${kind}: ${unnoticed} unnoticed of ${tried}`);
      say(`${kind}: ${tried} tamperings, ${unnoticed} unnoticed`);
    }
    return { figures, faults };
  },
};
