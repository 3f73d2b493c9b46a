import {
  AppError,
  serviceScope,
  type BasePorts,
  type CollectionSpec,
  type Instant,
  type Store,
  type Stored,
} from '../kernel/index.js';

/** Where this service's credentials say it lives: one document for the whole service. */
interface ServiceAddress extends Stored {
  readonly publicUrl: string;
  readonly recordedAt: Instant;
}

const serviceAddressSpec: CollectionSpec<ServiceAddress> = {
  name: 'service_address',
  scope: 'service',
  unique: [],
  indexes: [],
};

/**
 * Records the public URL at the first start, since it is signed into every credential.
 * @throws conflict when the store was begun under another one.
 */
export async function claimPublicUrl(ports: BasePorts, store: Store, publicUrl: string): Promise<void> {
  const addresses = store.collection(serviceAddressSpec);
  const doc = { id: 'public-url', district: serviceScope, publicUrl, recordedAt: ports.clock.now() };
  try {
    await addresses.insert(doc);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
  const kept = await addresses.get(serviceScope, 'public-url');
  if (kept !== undefined && kept.publicUrl !== publicUrl) {
    throw new AppError(
      'conflict',
      `PUBLIC_URL is ${publicUrl}, but the credentials in this store were issued under ${kept.publicUrl}. ` +
        'Start with that URL, or use another data folder.',
    );
  }
}
