import {
  AppError,
  found,
  update,
  type BasePorts,
  type CollectionSpec,
  type DistrictId,
  type Instant,
  type Stored,
} from '../kernel/index.js';
import type { Ledger } from './ledger.js';
import { ledgerId, newLedger } from './ledger.js';
import type { AuditStore } from './store.js';

/** What a head says: that the record of this district had `seq` entries at `time`, the last with this hash. */
export interface Head {
  /** The district's slug, as in the head's address. */
  readonly district: string;
  readonly seq: number;
  readonly hash: string;
  readonly time: Instant;
}

/** A head as it was signed and published. Never removed. */
export interface SignedHead extends Stored, Pick<Head, 'seq' | 'hash' | 'time'> {
  /** `head-{seq}` */
  readonly id: string;
  /** The compact JWS (RFC 7515) of the head, with `iss`, the district's DID. */
  readonly jws: string;
}

export const headsSpec: CollectionSpec<SignedHead> = {
  name: 'audit_heads',
  scope: 'district',
  unique: [{ name: 'bySeq', fields: ['seq'] }],
  indexes: [{ name: 'inOrder', equality: [], order: 'seq' }],
};

/** The `typ` of a head's JWS, so that nothing else that the key signs is taken for one. */
export const headType = 'touchstone-audit-head+jws';

/** Signs heads with the audit keys of districts. */
export interface HeadSigner {
  /** The compact JWS of the head under the district's active audit key. */
  sign(district: DistrictId, head: Omit<Head, 'district'>): Promise<string>;
  /** What a head of this district says; undefined unless a key signed it that is still published. */
  open(district: DistrictId, jws: string): Promise<Head | undefined>;
}

export interface HeadPorts extends BasePorts {
  readonly store: AuditStore;
  readonly signer: HeadSigner;
  /** Keeps a head outside the store too, before it is published; left out: others keep it, or nobody. */
  readonly keepHead?: (head: Omit<SignedHead, 'version'>) => Promise<void>;
}

/**
 * When the end of a chain with `seq` entries is to be signed: never while it is signed, at once for the first head, else
 * at the next midnight in UTC. On a grid, and once a day, because a head is public: the moment of one must not tell when
 * something was recorded, and its number tells as little as can be of how much.
 */
export function nextHeadDue(
  ledger: Pick<Ledger, 'signed' | 'effectDue'>,
  seq: number,
  now: Instant,
): Instant | null {
  if (ledger.effectDue !== null) return ledger.effectDue;
  if (seq <= ledger.signed) return null;
  return ledger.signed === 0
    ? now
    : `${new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}

/**
 * Signs the end of a district's chain as it is now and keeps the head for good; the head that there is when nothing was
 * recorded since and its key is still published.
 * @throws not-found when nothing was recorded yet; unavailable when the key cannot sign now
 */
export async function signHead(ports: HeadPorts, district: DistrictId): Promise<SignedHead> {
  const { store, signer, clock } = ports;
  const end = found(await store.head(district), 'entry in the audit record');
  const { seq, hash } = end;
  const kept = await store.headAt(district, seq);
  // A head by a withdrawn key proves nothing: it is signed anew, with the time of now.
  if (kept === undefined || (await signer.open(district, kept.jws)) === undefined) {
    const time = clock.now();
    const jws = await signer.sign(district, { seq, hash, time });
    const signed = { id: `head-${seq}`, district, seq, hash, time, jws };
    await ports.keepHead?.(signed);
    try {
      if (kept === undefined) await store.heads.insert(signed);
      else await store.heads.replace({ ...kept, ...signed });
    } catch (error) {
      // Signed by another at the same time: theirs it is.
      if (!(error instanceof AppError && ['already-exists', 'conflict'].includes(error.code))) throw error;
    }
  }
  await noteSigned(ports, district, seq);
  return found(await store.headAt(district, seq), 'head of the audit record');
}

/** The due work of heads, in the form of an `Effect` of `jobs/`. */
export function signDueHeads(ports: HeadPorts) {
  return {
    name: 'audit heads',
    sweep: (before: Instant, limit: number) => ports.store.ledgers.sweep('effectDue', { before, limit }),
    settle: async ({ district }: { readonly district: string }): Promise<void> => {
      await signHead(ports, district as DistrictId);
    },
  };
}

async function noteSigned({ store, clock }: HeadPorts, district: string, seq: number): Promise<void> {
  if ((await store.ledgers.get(district, ledgerId)) === undefined) {
    try {
      await store.ledgers.insert(newLedger(district));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    }
  }
  await update(
    store.ledgers,
    district,
    ledgerId,
    async (ledger) => {
      const signed = Math.max(ledger.signed, seq);
      // What was appended meanwhile is signed when its time comes.
      const end = (await store.head(district))?.seq ?? 0;
      return { ...ledger, signed, effectDue: nextHeadDue({ signed, effectDue: null }, end, clock.now()) };
    },
    'audit ledger',
  );
}

/** The head that the payload of a verified JWS holds; undefined when it is none. */
export function headIn(payload: unknown): Head | undefined {
  const { district, seq, hash, time } = (payload ?? {}) as Partial<Head>;
  const whole =
    typeof district === 'string' &&
    typeof seq === 'number' &&
    Number.isSafeInteger(seq) &&
    seq > 0 &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    typeof time === 'string';
  return whole ? { district, seq, hash, time } : undefined;
}

/**
 * The JWSs in a file in which somebody saved heads: one compact JWS, a published head (`{ "jws": … }`), a page of them
 * (`{ "items": [ … ] }`), or a line for each. Empty when it is none of these.
 */
export function jwsIn(file: string): readonly string[] {
  const text = file.trim();
  const lines = text.split('\n');
  if (lines.length > 1 && lines.every((line) => line.startsWith('{"') && line.trimEnd().endsWith('}'))) {
    const each = lines.map(jwsIn);
    return each.every((found) => found.length > 0) ? each.flat() : [];
  }
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return [text];
  try {
    const value = JSON.parse(text) as { readonly jws?: unknown; readonly items?: unknown } | null;
    const heads = Array.isArray(value?.items) ? (value.items as unknown[]) : [value];
    const all = heads.map((head) => (head as { readonly jws?: unknown } | null)?.jws);
    return all.every((jws): jws is string => typeof jws === 'string') ? all : [];
  } catch {
    return [];
  }
}
