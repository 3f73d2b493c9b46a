import { AppError, newId } from '../kernel/index.js';
import { generateKey, type KeyMaterial } from './generate-key.js';
import type { IssuerKey, IssuerRef, KeyUse, SecuringPorts } from './issuer-key.js';
import { listIssuerKeys } from './list-issuer-keys.js';
import { activeKey } from './store.js';

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
  return present ?? keepAsActive(ports, issuer, use, generateKey(use), 'or-present');
}

/**
 * Keeps `material` as the active key under the next free name, `proof-2026-1`.
 * When another process has made an active key meanwhile: gives that one, or with `or-conflict` throws conflict.
 */
export async function keepAsActive(
  ports: SecuringPorts,
  issuer: IssuerRef,
  use: KeyUse,
  material: KeyMaterial,
  otherwise: 'or-present' | 'or-conflict',
): Promise<IssuerKey> {
  const now = ports.clock.now();
  const stem = `${use}-${now.slice(0, 4)}-`;
  const sealed = ports.custody.seal(
    new Uint8Array(material.privateKey.export({ format: 'der', type: 'pkcs8' })),
  );
  for (let attempt = 0; ; attempt += 1) {
    const taken = (await listIssuerKeys(ports, issuer.district)).filter(({ name }) =>
      name.startsWith(stem),
    ).length;
    try {
      return await ports.issuerKeys.insert({
        id: newId(ports.randomness, 'kpr'),
        district: issuer.district,
        name: `${stem}${taken + 1}`,
        use,
        algorithm: material.algorithm,
        publicJwk: material.publicJwk,
        publicKeyMultibase: material.publicKeyMultibase,
        state: 'active',
        activeSlot: 1,
        createdAt: now,
        retiredAt: null,
        compromisedAt: null,
        sealed,
      });
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
