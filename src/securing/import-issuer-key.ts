import { ruleViolated } from '../kernel/index.js';
import { keepAsActive, keyLabel } from './create-issuer-keys.js';
import { refuseExampleKeys } from './example-keys.js';
import { readPrivateKey } from './generate-key.js';
import type { IssuerKey, IssuerRef, KeyUse, SecuringPorts } from './issuer-key.js';
import { listIssuerKeys } from './list-issuer-keys.js';
import { sameKey } from './multikey.js';
import { retireActiveKey } from './rotate-issuer-key.js';
import type { PublicJwk } from './signer.js';

/**
 * Takes a private key that was made elsewhere (JWK) as the active key of this use; the one before is retired.
 * A key comes in once: one that was withdrawn would vouch again for whatever a thief signed with it, and one of another
 * issuer would let either sign as the other.
 * @throws rule-violated when it is no key for this use, one that this service has had before, or an example key and the
 *   service is not on localhost;
 *   conflict when another process makes an active key at the same time.
 */
export async function importIssuerKey(
  ports: SecuringPorts,
  input: {
    readonly issuer: IssuerRef;
    readonly use: KeyUse;
    readonly jwk: unknown;
    readonly publicUrl: string;
    /** The public keys of every other issuer of this service, in whatever state. */
    readonly ofOthers: () => Promise<readonly PublicJwk[]>;
  },
): Promise<IssuerKey> {
  refuseExampleKeys(input.jwk, input.publicUrl);
  const material = readPrivateKey(input.use, input.jwk);
  const own = await listIssuerKeys(ports, input.issuer.district);
  const present = own.find(({ publicJwk }) => sameKey(publicJwk, material.publicJwk));
  if (present !== undefined) {
    const state = present.state === 'compromised' ? 'withdrawn' : present.state;
    throw ruleViolated('/jwk', `is ${present.name} of this district, which is ${state}: make a new key`);
  }
  if ((await input.ofOthers()).some((other) => sameKey(other, material.publicJwk))) {
    throw ruleViolated('/jwk', 'is a key of another issuer of this service: make a new key');
  }
  // 1. The custody takes it.
  const kept = await ports.custody.takeKey(material, keyLabel(input.issuer, input.use));
  try {
    // 2. The active key is retired.
    await retireActiveKey(ports, input.issuer, input.use);
    // 3. The imported one takes its place.
    return await keepAsActive(ports, input.issuer, input.use, kept, 'or-conflict');
  } catch (error) {
    await ports.custody.dropKey(kept);
    throw error;
  }
}
