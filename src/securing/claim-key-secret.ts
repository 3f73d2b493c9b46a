import {
  AppError,
  serviceScope,
  type BasePorts,
  type CollectionSpec,
  type Instant,
  type Store,
  type Stored,
} from '../kernel/index.js';
import type { KeyCustody } from './key-custody.js';

/** A known text under the key secret: one document for the whole service. */
interface KeySecretCheck extends Stored {
  readonly sealed: string;
  readonly recordedAt: Instant;
}

const keySecretCheckSpec: CollectionSpec<KeySecretCheck> = {
  name: 'key_secret_check',
  scope: 'service',
  unique: [],
  indexes: [],
};

const id = 'key-secret';
const known = 'touchstone';

/**
 * Seals a known text at the first start, and opens it at every other: so that a wrong secret stops the start, and not the
 * first signature. `kept` is anything sealed before there was such a text.
 * @throws conflict when the store was begun under another TOUCHSTONE_KEY_SECRET.
 */
export async function claimKeySecret(
  ports: BasePorts & { readonly custody: Pick<KeyCustody, 'seal' | 'open'> },
  store: Store,
  kept: () => Promise<string | undefined>,
): Promise<void> {
  const checks = store.collection(keySecretCheckSpec);
  let check = await checks.get(serviceScope, id);
  if (check === undefined) {
    const earlier = await kept();
    if (earlier !== undefined) open(ports.custody, earlier);
    const sealed = ports.custody.seal(new TextEncoder().encode(known));
    try {
      check = await checks.insert({ id, district: serviceScope, sealed, recordedAt: ports.clock.now() });
    } catch (error) {
      // Another process was first: its text is opened like any other.
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      check = await checks.get(serviceScope, id);
    }
  }
  if (check !== undefined) open(ports.custody, check.sealed);
}

function open(custody: Pick<KeyCustody, 'open'>, sealed: string): void {
  try {
    custody.open(sealed);
  } catch (cause) {
    throw new AppError(
      'conflict',
      'TOUCHSTONE_KEY_SECRET is not the secret that the signing keys in this store are sealed with (or the store was changed). ' +
        'Start with that secret; without it no key and no evidence in this store can be opened.',
      { cause },
    );
  }
}
