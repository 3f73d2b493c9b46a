import { attackTokens } from '../security/jwt-attacks.js';
import type { Row } from './row.js';

export const row: Row = {
  promise: 'Hostile tokens: none is accepted, none crashes. The full size is every attack there is.',
  bar: 449,
  run: async (size, seed) => {
    const { faults, ...figures } = await attackTokens(size, seed);
    return { figures, faults };
  },
};
