import { update } from '../kernel/index.js';
import { ensureActiveKey } from './create-issuer-keys.js';
import type { IssuerKey, IssuerRef, KeyUse, SecuringPorts } from './issuer-key.js';
import { activeKey } from './store.js';

/**
 * Retires the active key of this use and makes a new one. What the old key signed stays good: it stays in the
 * DID document. Interrupted between its steps, the next signature or the next call makes the missing key.
 */
export async function rotateIssuerKey(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
): Promise<IssuerKey> {
  // 1. The active key is retired.
  await retireActiveKey(ports, issuer, use);
  // 2. A new one takes its place.
  return ensureActiveKey(ports, issuer, use);
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
    (key) => (key.state === 'active' ? { ...key, state: 'retired', activeSlot: null, retiredAt } : undefined),
    'issuer key',
  );
}
