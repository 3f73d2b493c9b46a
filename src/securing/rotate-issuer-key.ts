import { withAudit } from '../audit/index.js';
import { update } from '../kernel/index.js';
import { algorithmFor, keepMade, keyLabel } from './create-issuer-keys.js';
import { keeperOf, type IssuerKey, type IssuerRef, type KeyUse, type SecuringPorts } from './issuer-key.js';
import { activeKey } from './store.js';

/**
 * Makes a new key of this use and retires the active one. What the old key signed stays good: it stays in the
 * DID document. Interrupted between its steps, the next signature or the next call makes the missing key.
 * @throws unavailable when the custody makes no key now: the present one then stays.
 */
export async function rotateIssuerKey(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
): Promise<IssuerKey> {
  // 1. The custody makes the new key, before anything is changed.
  const made = await ports.custody.makeKey(algorithmFor[use], keyLabel(issuer, use));
  // 2. The active key is retired.
  await retireActiveKey(ports, issuer, use);
  // 3. The new one takes its place.
  return keepMade(ports, issuer, use, made);
}

/** Retires the active key of this use, when there is one. */
export async function retireActiveKey(ports: SecuringPorts, issuer: IssuerRef, use: KeyUse): Promise<void> {
  const present = await activeKey(ports.issuerKeys, issuer.district, use);
  if (present === undefined) return;
  const retiredAt = ports.clock.now();
  await update<IssuerKey>(
    ports.issuerKeys,
    issuer.district,
    present.id,
    (key) => {
      if (key.state !== 'active') return undefined;
      const entry = { actor: keeperOf(issuer), verb: 'retired', collection: 'issuer_keys', facts: {} };
      return withAudit({ ...key, state: 'retired' as const, activeSlot: null, retiredAt }, entry, retiredAt);
    },
    'issuer key',
  );
}
