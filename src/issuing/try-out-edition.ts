import type { StoppingFinding } from '../achievements/index.js';
import type { Instant, Randomness } from '../kernel/index.js';
import { composeResolver, type Outbound, type Resolver } from '../verification/index.js';
import type { UnsignedCredential } from './compose-credential.js';
import { forbidsSigning } from './lint/rule.js';
import { ownDocuments } from './own-documents.js';
import type { IssuingPorts } from './store.js';
import { tryOut } from './try-out.js';

/** Of 65,536 awards of a template, how many are tried out whole: one in a hundred. */
const sampled = 656;

/** Whether this award is one of those that are tried out whole before they are signed. */
export function isSampled(randomness: Randomness): boolean {
  const [high = 0, low = 0] = randomness.bytes(2);
  return high * 256 + low < sampled;
}

/**
 * Tries out a credential that is about to be signed for real, against what it really points at: the published status
 * list, schema, statement and components. Gives what forbids signing it.
 */
export async function tryOutEdition(
  ports: IssuingPorts,
  credential: UnsignedCredential,
): Promise<readonly StoppingFinding[]> {
  // A correction within a second of the edition before begins a second later: it is tried out as of then.
  const from = String(credential['validFrom']);
  const now = ports.clock.now() > from ? ports.clock.now() : from;
  const findings = await tryOut({
    credential,
    now,
    resolver: ownResolver(ports, String(credential['id']), now),
  });
  return findings
    .filter(forbidsSigning)
    .map(({ rule, pointer, detail }) => ({ rule, pointer, detail: `${detail} (${rule})` }));
}

/** Answers for our own hosts alone. The credential that is tried stands as it will when it is signed: active. */
function ownResolver(ports: IssuingPorts, tried: string, now: Instant): Resolver {
  const nobody: Outbound = {
    get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours.` }),
  };
  const own = composeResolver(ownDocuments(ports), nobody);
  return {
    ...own,
    standing: async (id) =>
      id === tried ? { ok: true, standing: { state: 'active', since: now } } : own.standing(id),
  };
}
