import type { BasePorts, Collection, Instant, Stored } from '../kernel/index.js';

/** What is kept for a time only: background work removes it at `effectDue`. */
export interface Ending extends Stored {
  /** When it is removed; null only while it is being removed. */
  readonly effectDue: Instant | null;
}

/**
 * Removes a document whose time is over; one that is gone, or was given more time, stays as it is.
 * @throws conflict when somebody writes it at the same time: it stays due.
 */
export async function removeEnded<T extends Ending>(
  { clock }: Pick<BasePorts, 'clock'>,
  collection: Collection<T>,
  { district, id }: Pick<T, 'district' | 'id'>,
): Promise<void> {
  const doc = await collection.get(district, id);
  if (doc === undefined || doc.effectDue === null || doc.effectDue > clock.now()) return;
  await removeNow(collection, doc);
}

/** Removes a document before its time. @throws conflict when it was written since it was read. */
export async function removeNow<T extends Ending>(collection: Collection<T>, doc: T): Promise<void> {
  // Nothing that is due may be removed: first the mark is cleared, then the document goes at that version.
  const cleared = await collection.replace({ ...doc, effectDue: null });
  await collection.remove(doc.district, doc.id, cleared.version);
}
