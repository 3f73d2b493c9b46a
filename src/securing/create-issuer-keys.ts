import { withAudit } from '../audit/index.js';
import { AppError, newId } from '../kernel/index.js';
import { keeperOf, type IssuerKey, type IssuerRef, type KeyUse, type SecuringPorts } from './issuer-key.js';
import type { KeptKey } from './key-custody.js';
import { listIssuerKeys } from './list-issuer-keys.js';
import { toMultikey } from './multikey.js';
import type { KeyAlgorithm } from './signer.js';
import { activeKey } from './store.js';

/** Ed25519 for proofs and heads of the audit record; RSA of 2048 bits for JWTs (Open Badges 3.0, section 8.2: RS256 at least). */
export const algorithmFor: Readonly<Record<KeyUse, KeyAlgorithm>> = {
  proof: 'Ed25519',
  jwt: 'RS256',
  audit: 'Ed25519',
};

/**
 * The active keys of an issuer, made where they are missing: one Ed25519 key for proofs and one RSA key for
 * JWTs. Can be called any number of times, by any number of processes: there is one active key for each use.
 */
export async function createIssuerKeys(
  ports: SecuringPorts,
  issuer: IssuerRef,
): Promise<{ readonly proof: IssuerKey; readonly jwt: IssuerKey }> {
  const proof = await ensureActiveKey(ports, issuer, 'proof');
  const jwt = await ensureActiveKey(ports, issuer, 'jwt');
  return { proof, jwt };
}

/** The active key of this use; a new one is made and kept when there is none. */
export async function ensureActiveKey(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
): Promise<IssuerKey> {
  const present = await activeKey(ports.issuerKeys, issuer.district, use);
  if (present !== undefined) return present;
  return keepMade(ports, issuer, use, await ports.custody.makeKey(algorithmFor[use], keyLabel(issuer, use)));
}

/** Keeps a key that was just made as the active one; when another process was first, theirs it is and ours is destroyed. */
export async function keepMade(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
  made: KeptKey,
): Promise<IssuerKey> {
  const kept = await keepAsActive(ports, issuer, use, made, 'or-present');
  if (kept.sealed !== made.sealed) await ports.custody.dropKey(made);
  return kept;
}

/** What stands beside a key in a token: whose it is and what it signs. */
export function keyLabel(issuer: IssuerRef, use: KeyUse): string {
  return `touchstone ${issuer.did} ${use}`;
}

/**
 * Keeps `key` as the active key under the next free name, `proof-2026-1`.
 * When another process has made an active key meanwhile: gives that one, or with `or-conflict` throws conflict.
 */
export async function keepAsActive(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
  key: KeptKey,
  otherwise: 'or-present' | 'or-conflict',
): Promise<IssuerKey> {
  const now = ports.clock.now();
  const stem = `${use}-${now.slice(0, 4)}-`;
  for (let attempt = 0; ; attempt += 1) {
    const taken = (await listIssuerKeys(ports, issuer.district)).filter(({ name }) =>
      name.startsWith(stem),
    ).length;
    try {
      const kept = {
        id: newId(ports.randomness, 'kpr'),
        district: issuer.district,
        name: `${stem}${taken + 1}`,
        use,
        algorithm: key.algorithm,
        publicJwk: key.publicJwk,
        publicKeyMultibase: toMultikey(key.publicJwk) ?? null,
        state: 'active' as const,
        activeSlot: 1 as const,
        createdAt: now,
        retiredAt: null,
        compromisedAt: null,
        sealed: key.sealed,
      };
      const entry = { actor: keeperOf(issuer), verb: 'made', collection: 'issuer_keys', facts: {} };
      return await ports.issuerKeys.insert(withAudit(kept, entry, now));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists') || attempt >= 20) throw error;
      const present = await activeKey(ports.issuerKeys, issuer.district, use);
      if (present !== undefined && otherwise === 'or-present') return present;
      if (present !== undefined) {
        throw new AppError(
          'conflict',
          `Another active ${use} key was made at the same time: look at it, then try again.`,
        );
      }
    }
  }
}
