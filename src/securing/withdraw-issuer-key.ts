import { withAudit } from '../audit/index.js';
import { AppError, update, type Actor, type Instant } from '../kernel/index.js';
import type { IssuerKey, SecuringPorts } from './issuer-key.js';

/**
 * Withdraws a key that others may have had since `at`: it signs no more, and leaves the DID document and the key sets at
 * once, so that nothing it signed is genuine any more. Doing it again changes nothing.
 * @throws not-found
 */
export async function withdrawIssuerKey(
  ports: SecuringPorts,
  district: string,
  id: string,
  at: Instant,
): Promise<IssuerKey> {
  return update<IssuerKey>(
    ports.issuerKeys,
    district,
    id,
    (key) => {
      if (key.state === 'compromised') return undefined;
      const actor: Actor = { kind: 'service', district: key.district };
      const entry = { actor, verb: 'withdrawn', collection: 'issuer_keys', facts: {} };
      const withdrawn: IssuerKey = { ...key, state: 'compromised', activeSlot: null, compromisedAt: at };
      return withAudit(withdrawn, entry, ports.clock.now());
    },
    'issuer key',
  );
}

/** A key of the district by its id or its name. @throws not-found */
export async function getIssuerKey(ports: SecuringPorts, district: string, key: string): Promise<IssuerKey> {
  const kept =
    (await ports.issuerKeys.get(district, key)) ?? (await ports.issuerKeys.find(district, 'name', [key]));
  if (kept === undefined) throw new AppError('not-found', 'There is no such issuer key.');
  return kept;
}
