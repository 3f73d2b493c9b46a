import { rotateAndVerify } from '../security/keys/rotate.js';
import type { Row } from './row.js';

export const row: Row = {
  promise:
    'After that many rotations of both keys of a district, a stranger finds every credential of before valid, as JSON and as JWT.',
  bar: 50,
  run: async (size) => {
    const { faults, ...figures } = await rotateAndVerify(size);
    return { figures, faults };
  },
};
