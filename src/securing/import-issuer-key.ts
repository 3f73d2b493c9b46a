import { keepAsActive, keyLabel } from './create-issuer-keys.js';
import { refuseExampleKeys } from './example-keys.js';
import { readPrivateKey } from './generate-key.js';
import type { IssuerKey, IssuerRef, KeyUse, SecuringPorts } from './issuer-key.js';
import { retireActiveKey } from './rotate-issuer-key.js';

/**
 * Takes a private key that was made elsewhere (JWK) as the active key of this use; the one before is retired.
 * @throws rule-violated when it is no key for this use, or an example key and the service is not on localhost;
 *   conflict when another process makes an active key at the same time.
 */
export async function importIssuerKey(
  ports: SecuringPorts,
  input: {
    readonly issuer: IssuerRef;
    readonly use: KeyUse;
    readonly jwk: unknown;
    readonly publicUrl: string;
  },
): Promise<IssuerKey> {
  refuseExampleKeys(input.jwk, input.publicUrl);
  const material = readPrivateKey(input.use, input.jwk);
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
