import {
  AppError,
  update,
  type BasePorts,
  type Collection,
  type CollectionSpec,
  type Instant,
  type Store,
  type Stored,
} from '../kernel/index.js';
import type { Mailer } from './mailer.js';

/** A message to a member that must go out once. Its words are cleared when it was handed over. */
export interface Notification extends Stored {
  /** Follows from what it tells of, so that the same thing told twice is one message. */
  readonly id: string;
  readonly to: string | null;
  readonly subject: string | null;
  readonly text: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly effectDue: Instant | null;
}

export const notificationsSpec: CollectionSpec<Notification> = {
  name: 'notifications',
  scope: 'district',
  unique: [],
  indexes: [{ name: 'all', equality: [], order: 'createdAt' }],
  sweeps: ['effectDue'],
};

export interface NotificationPorts extends BasePorts {
  readonly store: Collection<Notification>;
  readonly mailer: Mailer;
}

/** The room's collection over a database. */
export function notificationStore(store: Store): Collection<Notification> {
  return store.collection(notificationsSpec);
}

/** Keeps a message to be sent; one that is kept already stays as it is. Sending is the jobs' work. */
export async function notify(
  ports: NotificationPorts,
  message: {
    readonly id: string;
    readonly district: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  },
): Promise<void> {
  const now = ports.clock.now();
  try {
    await ports.store.insert({ ...message, createdAt: now, sentAt: null, effectDue: now });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
}

/**
 * Hands a kept message over: 1 send, 2 say so and clear its words. A crash between the two sends it a second time,
 * which is the most that can happen.
 * @throws unavailable when it cannot be handed over now: it stays due.
 */
export async function deliverNotification(
  ports: NotificationPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const kept = await ports.store.get(district, id);
  if (kept === undefined || kept.effectDue === null) return;
  // 1
  if (kept.to !== null && kept.subject !== null && kept.text !== null) {
    await ports.mailer.send({ to: kept.to, subject: kept.subject, text: kept.text });
  }
  // 2
  await update(
    ports.store,
    district,
    id,
    (doc) =>
      doc.effectDue === null
        ? undefined
        : { ...doc, to: null, subject: null, text: null, sentAt: ports.clock.now(), effectDue: null },
    'notification',
  );
}
