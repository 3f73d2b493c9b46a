import { AppError } from '../kernel/index.js';

/** What a verifier takes of anybody; nothing larger is signed, since nobody could check it. */
const limits = { nodes: 4000, depth: 32 };

/**
 * Refuses a credential that is too deep or has too many values, before anything walks it.
 * @throws invalid-request
 */
export function refuseUnwieldy(credential: object): void {
  let level: readonly object[] = [credential];
  for (let depth = 0, nodes = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) throw unwieldy(`is more than ${limits.depth} levels deep`);
    const values = level.flatMap((one) => Object.values(one) as readonly unknown[]);
    nodes += values.length;
    if (nodes > limits.nodes) throw unwieldy(`has more than ${limits.nodes} values`);
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) {
      throw unwieldy('has a number that no computer holds');
    }
    level = values.filter((value): value is object => typeof value === 'object' && value !== null);
  }
}

function unwieldy(detail: string): AppError {
  return new AppError('invalid-request', `The credential ${detail}; no verifier need take that.`, {
    errors: [{ pointer: '/credential', detail }],
  });
}
