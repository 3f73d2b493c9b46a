import {
  AppError,
  type Collection,
  type CollectionSpec,
  type Instant,
  type Stored,
} from '../kernel/index.js';

/** What is known of a district's chain beside its links: who appends to it now, and when its end is signed next. */
export interface Ledger extends Stored {
  readonly id: typeof ledgerId;
  /** The drainer whose turn it is; null when it is nobody's. */
  readonly holder: string | null;
  /** The number of the newest signed head; 0 before the first. */
  readonly signed: number;
  /** How the record stood when it was verified last, here; null before. */
  readonly verified: LastVerification | null;
  /** When a head is to be signed; null while the newest one is of the chain's end. */
  readonly effectDue: Instant | null;
}

/** What the last verification in this service found. */
export interface LastVerification {
  readonly at: Instant;
  readonly ok: boolean;
  /** The entries before the first bad one; all of them when there was none. */
  readonly entries: number;
  readonly firstBad: number | null;
  /** How many of them a signed head proves. */
  readonly proven: number;
  /** What was found of the record itself, in plain words. */
  readonly reason: string;
  /** How many documents were held against the record; null when the record itself was bad, so that none were. */
  readonly documents: number | null;
  /** How many differences there were, and contradictions within the record. */
  readonly differences: number;
  readonly contradictions: number;
  /** Signed heads whose key is withdrawn: the record could not be held against them. */
  readonly uncheckedHeads: number;
  /** Documents whose words were erased: only the rest could be compared. */
  readonly erased: number;
}

export const ledgerId = 'ledger';

export const ledgersSpec: CollectionSpec<Ledger> = {
  name: 'audit_ledgers',
  scope: 'district',
  unique: [],
  indexes: [],
  sweeps: ['effectDue'],
};

/** How long a drainer is waited for, and how often it is looked at, in milliseconds. */
export interface TurnPatience {
  readonly leaseMillis: number;
  readonly lookMillis: number;
  readonly pause: (millis: number) => Promise<void>;
}

export const defaultPatience: TurnPatience = {
  leaseMillis: 1000,
  lookMillis: 50,
  pause: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

/** A drainer's turn at a chain: nobody else appends meanwhile, unless it lets a lease pass without a sign of life. */
export interface Turn {
  /** A sign of life, before each batch. False when another took the turn over: then nothing more is appended. */
  renew(): Promise<boolean>;
  /** Ends the turn with what it leaves of the ledger; does nothing when it was taken over. */
  end(change: (ledger: Ledger) => Ledger): Promise<void>;
}

/**
 * Takes the turn at a district's chain for the drainer named `token`. A lease without clocks: who finds another's turn
 * looks at it for `leaseMillis`. When it shows life, this drainer leaves it the work; when nothing moves, its holder is
 * dead and the turn is taken over. The chain is safe without it (its numbers are unique); the lease spares the races.
 * @returns undefined when another has the turn and is alive
 * @throws unavailable when the database fails
 */
export async function takeTurn(
  ledgers: Collection<Ledger>,
  district: string,
  token: string,
  { leaseMillis, lookMillis, pause }: TurnPatience = defaultPatience,
): Promise<Turn | undefined> {
  let waited = 0;
  let seen: number | undefined;
  for (;;) {
    const kept = await ledgers.get(district, ledgerId);
    if (kept === undefined) {
      const begun = await won(ledgers.insert({ ...newLedger(district), holder: token }));
      if (begun !== undefined) return turnOf(ledgers, begun);
      continue;
    }
    // Its own is left from a run that failed: runs of one drainer never overlap.
    if (kept.holder === null || kept.holder === token || (waited >= leaseMillis && kept.version === seen)) {
      const taken = await won(ledgers.replace({ ...kept, holder: token }));
      if (taken !== undefined) return turnOf(ledgers, taken);
      continue;
    }
    if (seen !== undefined && kept.version !== seen) return undefined;
    seen = kept.version;
    await pause(lookMillis);
    waited += lookMillis;
  }
}

/** A ledger of which nothing is known yet. */
export function newLedger(district: string): Omit<Ledger, 'version'> {
  return { id: ledgerId, district, holder: null, signed: 0, verified: null, effectDue: null };
}

function turnOf(ledgers: Collection<Ledger>, taken: Ledger): Turn {
  let mine: Ledger | undefined = taken;
  /** Writes on what is kept, whatever else was noted in it meanwhile, as long as the turn is ours. */
  const write = async (change: (ledger: Ledger) => Ledger): Promise<Ledger | undefined> => {
    for (let attempt = 0; mine !== undefined && attempt < 20; attempt += 1) {
      const written: Ledger | undefined = await won(ledgers.replace(change(mine)));
      if (written !== undefined) return (mine = written);
      const kept: Ledger | undefined = await ledgers.get(taken.district, ledgerId);
      mine = kept?.holder === taken.holder ? kept : undefined;
    }
    return undefined;
  };
  return {
    renew: async () => (await write((ledger) => ledger)) !== undefined,
    end: async (change) => {
      await write((ledger) => ({ ...change(ledger), holder: null }));
      mine = undefined;
    },
  };
}

/** The written document; undefined when somebody else was first. */
async function won<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'already-exists' || error.code === 'conflict'))
      return undefined;
    throw error;
  }
}
