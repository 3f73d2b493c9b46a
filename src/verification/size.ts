import { scanJson } from './formats/scan-json.js';
import { credentialLimits } from './reading.js';

/** What securing adds at most: a proof in the credential, or the claims of a token around it. */
export const roomForSecuring = { bytes: 1024, nodes: 24, depth: 0 };

/**
 * What is too large or too deep about a credential that is still to be secured, by the limits to which this verifier
 * holds what anybody hands in; undefined when it will be read.
 */
export function sizeFault(unsecured: object): string | undefined {
  const text = JSON.stringify(unsecured);
  const most = {
    bytes: credentialLimits.bytes - roomForSecuring.bytes,
    nodes: credentialLimits.nodes - roomForSecuring.nodes,
    depth: credentialLimits.depth - roomForSecuring.depth,
  };
  const bytes = Buffer.byteLength(text);
  if (bytes > most.bytes)
    return `is ${bytes} bytes; more than ${most.bytes} before signing, and verifiers need not read it`;
  const shape = scanJson(text, most);
  if (!('exceeded' in shape)) return undefined;
  return shape.exceeded === 'nodes'
    ? `has more than ${most.nodes} values: verifiers need not read it`
    : `is more than ${most.depth} levels deep: verifiers need not read it`;
}
