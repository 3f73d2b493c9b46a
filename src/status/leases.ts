import type { StatusListId } from '../kernel/index.js';

/** Slots of a list that one process alone may use. */
export interface Lease {
  readonly list: StatusListId;
  readonly size: number;
  readonly permutationKey: string;
  /** The first slot, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface Slot {
  readonly lease: Lease;
  readonly slot: number;
}

/** The leases that a process holds. */
export interface StatusLeases {
  /** How many slots one lease has. */
  readonly block: number;
  /** The next free slot under this key; `lease` is asked for more when none is left, once for all who wait. */
  next(key: string, lease: () => Promise<Lease>): Promise<Slot>;
}

/** An empty holder. Callers under one key take turns, so that many at once share one lease. */
export function statusLeases(block: number): StatusLeases {
  const held = new Map<string, { readonly lease: Lease; next: number }>();
  const turns = new Map<string, Promise<unknown>>();

  async function take(key: string, lease: () => Promise<Lease>): Promise<Slot> {
    let current = held.get(key);
    if (current === undefined || current.next >= current.lease.to) {
      const fresh = await lease();
      current = { lease: fresh, next: fresh.from };
      held.set(key, current);
    }
    const slot = current.next;
    current.next += 1;
    return { lease: current.lease, slot };
  }

  return {
    block,
    next(key, lease) {
      const mine = (turns.get(key) ?? Promise.resolve()).then(() => take(key, lease));
      turns.set(
        key,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
