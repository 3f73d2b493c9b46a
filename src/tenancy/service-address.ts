import {
  AppError,
  found,
  ruleViolated,
  serviceScope,
  update,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type Instant,
  type Store,
  type Stored,
} from '../kernel/index.js';

/** Where this service's credentials say it lives: one document for the whole service. */
interface ServiceAddress extends Stored {
  readonly publicUrl: string;
  /** The addresses before, newest first: what was signed under them names them for good. */
  readonly former: readonly FormerAddress[];
  readonly recordedAt: Instant;
}

export interface FormerAddress {
  readonly publicUrl: string;
  readonly until: Instant;
}

const serviceAddressSpec: CollectionSpec<ServiceAddress> = {
  name: 'service_address',
  scope: 'service',
  unique: [],
  indexes: [],
};

const addressesOf = (store: Store): Collection<ServiceAddress> => store.collection(serviceAddressSpec);
const id = 'public-url';

/**
 * Records the public URL at the first start, since it is signed into every credential.
 * @returns the addresses that the service has moved from, newest first
 * @throws conflict when the store was begun under another one and was not moved.
 */
export async function claimPublicUrl(
  ports: BasePorts,
  store: Store,
  publicUrl: string,
): Promise<readonly string[]> {
  const addresses = addressesOf(store);
  const doc = { id, district: serviceScope, publicUrl, former: [], recordedAt: ports.clock.now() };
  try {
    await addresses.insert(doc);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
  const kept = found(await addresses.get(serviceScope, id), 'public URL');
  if (kept.publicUrl !== publicUrl) {
    throw new AppError(
      'conflict',
      `PUBLIC_URL is ${publicUrl}, but the credentials in this store were issued under ${kept.publicUrl}. ` +
        `Start with that URL; or, when the service has moved for good, run with this PUBLIC_URL: touchstone move-host --from ${kept.publicUrl}`,
    );
  }
  return kept.former.map((one) => one.publicUrl);
}

/**
 * Records that the service has moved: from then on it signs under `to`, and goes on answering for what it signed under
 * `from` and before. No process may run meanwhile: one that does would go on signing under `from`.
 * @returns the former addresses, newest first
 * @throws rule-violated when `from` is not the address on record, or `to` is the same; not-found when there is none.
 */
export async function moveHost(
  ports: BasePorts,
  store: Store,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly FormerAddress[]> {
  const now = ports.clock.now();
  if ((await addressesOf(store).get(serviceScope, id)) === undefined)
    throw new AppError(
      'not-found',
      'No address is on record in this store: there is nothing to move. Start with the PUBLIC_URL that it is to have.',
    );
  const moved = await update(
    addressesOf(store),
    serviceScope,
    id,
    (kept) => {
      if (kept.publicUrl === to && kept.former[0]?.publicUrl === from) return undefined;
      if (kept.publicUrl !== from)
        throw ruleViolated('/from', `must be the address on record: ${kept.publicUrl}`);
      if (to === from) throw ruleViolated('/to', 'must be another address than the one on record');
      const before = kept.former.filter(({ publicUrl }) => publicUrl !== to);
      return {
        ...kept,
        publicUrl: to,
        former: [{ publicUrl: from, until: now }, ...before],
        recordedAt: now,
      };
    },
    'public URL',
  );
  return moved.former;
}
