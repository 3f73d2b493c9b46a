import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openKeyCustody, openPkcs11Custody } from './adapters/key-custody/index.js';
import type { Config, Secrets } from './config.js';
import type { BasePorts, Store } from './kernel/index.js';
import { claimKeySecret, openIssuerKeys, type KeyCustody } from './securing/index.js';
import { tenancyStore } from './tenancy/index.js';

/**
 * What keeps the signing keys: the token of the settings, else the store itself, sealed under the key secret.
 * @throws conflict when the store was begun under another secret; unavailable when the token does not answer.
 */
export async function openCustody(
  config: Config,
  secrets: Secrets,
  secret: string,
  base: BasePorts,
  store: Store,
): Promise<KeyCustody> {
  const files = openKeyCustody({ secret, randomness: base.randomness });
  await claimKeySecret({ ...base, custody: files }, store, () => anySealedKey(store));
  const { pkcs11 } = config;
  if (pkcs11 === undefined) return files;
  const settings = { ...pkcs11, pin: secrets.pkcs11Pin ?? '' };
  return openPkcs11Custody({ settings, files, randomness: base.randomness });
}

/** A key of the first district that has one, as it is sealed under the key secret. */
async function anySealedKey(store: Store): Promise<string | undefined> {
  const { items: districts } = await tenancyStore(store).listDistricts({ limit: 20 });
  for (const { id } of districts) {
    const { items: keys } = await openIssuerKeys(store).page(id, 'all', [], { limit: 20 });
    const sealed = keys.find((key) => !key.sealed.startsWith('pkcs11:'))?.sealed;
    if (sealed !== undefined) return sealed;
  }
  return undefined;
}

/** The secret that seals keys: as set, or on localhost one that is made once and kept in the data folder. */
export async function keySecretOf(config: Config, secrets: Secrets): Promise<string> {
  if (secrets.keySecret !== undefined) return secrets.keySecret;
  if (!config.isLocal) throw new Error('a key secret is required off localhost');
  return generatedSecret(config, 'key-secret');
}

/** The operator token: as set, or on localhost one that is made once and kept in the data folder; else none. */
export async function operatorTokenOf(config: Config, secrets: Secrets): Promise<string | undefined> {
  return secrets.operatorToken ?? (config.isLocal ? generatedSecret(config, 'operator-token') : undefined);
}

async function generatedSecret(config: Config, name: string): Promise<string> {
  const file = join(config.dataDir, name);
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' }).catch(
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      },
    );
  }
  return (await readFile(file, 'utf8')).trim();
}
