import { AppError } from '../kernel/index.js';
import { credentialLimits as limits, sizeFault } from '../verification/index.js';

/**
 * Refuses a credential that is larger or deeper than our verifier takes of anybody, before anything walks it: nobody
 * need be able to check it.
 * @throws invalid-request
 */
export function refuseUnwieldy(credential: object): void {
  let level: readonly object[] = [credential];
  for (let depth = 0, nodes = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth)
      throw unwieldy(`is more than ${limits.depth} levels deep; no verifier need take that`);
    const values = level.flatMap((one) => Object.values(one) as readonly unknown[]);
    nodes += values.length;
    if (nodes > limits.nodes)
      throw unwieldy(`has more than ${limits.nodes} values; no verifier need take that`);
    if (values.some((value) => typeof value === 'number' && !Number.isFinite(value))) {
      throw unwieldy('has a number that no computer holds');
    }
    level = values.filter((value): value is object => typeof value === 'object' && value !== null);
  }
  const fault = sizeFault(credential);
  if (fault !== undefined) throw unwieldy(fault);
}

function unwieldy(detail: string): AppError {
  return new AppError('invalid-request', `The credential ${detail}.`, {
    errors: [{ pointer: '/credential', detail }],
  });
}
