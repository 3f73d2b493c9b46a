import { createPrivateKey } from 'node:crypto';
import { AppError, type Randomness } from '../../kernel/index.js';
import {
  generateKey,
  keyMaterial,
  sameKey,
  signBytes,
  type KeptKey,
  type KeyCustody,
  type KeyMaterial,
} from '../../securing/index.js';
import { sealUnder } from './sealing.js';

/** The most opened keys that are held in memory; a service has a few for each district. */
const mostOpened = 2_000;

/**
 * Keeps signing keys as PKCS#8, encrypted under a secret (see `sealUnder`), beside what else is kept of them. A key is
 * opened for its first signature and then held in memory: opening costs more than signing does.
 * @throws invalid-request when the secret is shorter than 16 characters.
 */
export function openKeyCustody(options: {
  readonly secret: string;
  readonly randomness: Randomness;
}): KeyCustody {
  const { seal, open } = sealUnder(options);
  const opened = new Map<string, KeyMaterial>();

  function openKey({ sealed }: KeptKey): KeyMaterial {
    const known = opened.get(sealed);
    if (known !== undefined) return known;
    const pkcs8 = Buffer.from(open(sealed));
    const material = keyMaterial(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
    pkcs8.fill(0);
    if (opened.size >= mostOpened) opened.clear();
    opened.set(sealed, material);
    return material;
  }

  function keep({ algorithm, publicJwk, privateKey }: Omit<KeyMaterial, 'publicKeyMultibase'>): KeptKey {
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const sealed = seal(pkcs8);
    pkcs8.fill(0);
    return { algorithm, publicJwk, sealed };
  }

  return {
    seal,
    open,
    makeKey: async (algorithm) => keep(generateKey(algorithm)),
    takeKey: async (material) => keep(material),
    async sign(key, bytes) {
      const { algorithm, publicJwk, privateKey } = openKey(key);
      if (!sameKey(publicJwk, key.publicJwk) || algorithm !== key.algorithm) throw notItsOwn();
      return signBytes(algorithm, privateKey, bytes);
    },
    dropKey: async ({ sealed }) => void opened.delete(sealed),
    close: async () => opened.clear(),
  };
}

/** What is said of a private half that belongs to another public key than the one it is kept with. */
export function notItsOwn(): AppError {
  return new AppError(
    'unavailable',
    'A signing key is not the one whose public half is kept with it: what is kept was changed. Restore the database from a backup.',
  );
}
