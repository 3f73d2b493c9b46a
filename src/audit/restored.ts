import { AppError, update, type DistrictId } from '../kernel/index.js';
import { withAudit, type AuditEntry } from './audit-entry.js';
import type { AuditedCollections } from './drain-audit.js';
import { drainNow } from './drain-now.js';
import { headIn, signHead, type Head, type HeadPorts, type SignedHead } from './head.js';
import type { AuditStore } from './store.js';

/** The end of a record, or a head that somebody saved. */
export type HeadNamed = Pick<Head, 'seq' | 'hash' | 'time'>;

/** What an entry `restored` says: after which entry the store went on, and which heads speak of what was lost. */
export interface Restored {
  /** The number of the entry, and when it was recorded. */
  readonly seq: number;
  readonly at: string;
  /** The end of the record as it was restored. */
  readonly fromHead: Pick<Head, 'seq' | 'hash'>;
  /** The furthest head that was signed before and of which this record does not speak, then the others. */
  readonly lostHeads: readonly HeadNamed[];
}

/** Reads what an entry says of a restore; undefined when it is about something else. */
export function restoredIn({ verb, subject, at, facts }: AuditEntry, seq: number): Restored | undefined {
  if (verb !== 'restored' || subject.collection !== 'districts') return undefined;
  const { fromHead, lostHead, lostBefore } = facts as {
    readonly fromHead: Restored['fromHead'];
    readonly lostHead: HeadNamed;
    readonly lostBefore: readonly HeadNamed[];
  };
  return { seq, at, fromHead, lostHeads: [lostHead, ...lostBefore] };
}

/** The restore in which this head is named as lost. */
export function lostIn(
  restores: readonly Restored[],
  { seq, hash }: Pick<Head, 'seq' | 'hash'>,
): Restored | undefined {
  return restores.find(({ lostHeads }) => lostHeads.some((lost) => lost.seq === seq && lost.hash === hash));
}

/** What was lost, in plain words. */
export function sayLost({ seq, at, fromHead }: Restored, lost: Pick<Head, 'seq'>): string {
  const said = `entry ${seq} says that the service was restored from a backup (${at})`;
  return fromHead.seq < lost.seq
    ? `${said}: what was recorded as entries ${fromHead.seq + 1} to ${lost.seq} before is lost`
    : `${said}, which was recorded late: some of what was recorded until entry ${lost.seq} of then is lost`;
}

/** What is wrong between saved heads and the record in the store. */
export interface LostHeads {
  /** Those of which the record does not speak and that no restore names. */
  readonly lost: readonly HeadNamed[];
  /** Those of other districts, by their slugs. */
  readonly others: readonly string[];
}

/**
 * Which of these saved heads the record in the store does not bear out: it ends before them, or has another entry at
 * their number. A store that was restored from a backup has such heads, and so has one that was tampered with. Signatures
 * are not asked for: a head that somebody saved and that is not borne out is told, whoever signed it.
 * @param saved compact JWSs; what is none, or no head, is left out
 */
export async function findLostHeads(
  store: AuditStore,
  district: { readonly id: DistrictId; readonly slug: string },
  saved: readonly string[],
): Promise<LostHeads> {
  const heads = saved.map(unverifiedHead).filter((head) => head !== undefined);
  const others = heads.filter((head) => head.district !== district.slug).map((head) => head.district);
  const restores = await restoresOf(store, district.id);
  const lost = new Map<string, HeadNamed>();
  for (const { district: slug, seq, hash, time } of heads) {
    if (slug !== district.slug || lostIn(restores, { seq, hash }) !== undefined) continue;
    const kept = (await store.links(district.id, { limit: 1, from: seq })).items[0];
    if (kept?.seq !== seq || kept.hash !== hash) lost.set(`${seq}/${hash}`, { seq, hash, time });
  }
  return { lost: [...lost.values()].sort((a, b) => b.seq - a.seq), others };
}

/** Every restore that a district's record names, the newest first. */
async function restoresOf(store: AuditStore, district: string): Promise<readonly Restored[]> {
  const restores: Restored[] = [];
  let cursor: string | undefined;
  do {
    const about = { by: 'subject', subject: district } as const;
    const page = await store.linksAbout(district, about, {
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { entry, seq } of page.items) {
      const restored = restoredIn(JSON.parse(entry) as AuditEntry, seq);
      if (restored !== undefined) restores.push(restored);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return restores;
}

/** What was recorded of a restore, and the head that was signed after it. */
export interface RecordedRestore {
  readonly fromHead: Pick<Head, 'seq' | 'hash'>;
  readonly lostHead: HeadNamed;
  readonly lostBefore: readonly HeadNamed[];
  readonly head: SignedHead;
}

/**
 * Records on the operator's word that the store was restored from a backup: the end from which the record goes on, and
 * every saved head of what was lost; and signs the end anew. From then on a verification takes these heads, and says what
 * was lost.
 * @param saved compact JWSs of heads that were saved outside the store
 * @throws invalid-request for a head of another district; conflict when the record bears out every head: nothing was lost
 */
export async function recordRestore(
  ports: HeadPorts & { readonly audited: AuditedCollections },
  district: { readonly id: DistrictId; readonly slug: string },
  saved: readonly string[],
): Promise<RecordedRestore> {
  // What waited in the documents when the backup was made comes before it.
  await drainNow(ports);
  const { lost, others } = await findLostHeads(ports.store, district, saved);
  if (others.length > 0)
    throw new AppError(
      'invalid-request',
      `A head that was given is of the district ${others[0]}, not of ${district.slug}: give heads of one district.`,
    );
  const [lostHead, ...lostBefore] = lost;
  const end = await ports.store.head(district.id);
  if (lostHead === undefined || end === undefined)
    throw new AppError(
      'conflict',
      `The record of ${district.slug} bears out every head that was given, or names it as lost already: there is no restore to record.`,
    );
  const fromHead = { seq: end.seq, hash: end.hash };
  const actor = { kind: 'service', district: district.id } as const;
  await update(
    ports.audited.districts,
    'service',
    district.id,
    (kept) =>
      withAudit(
        kept,
        {
          ...{ actor, verb: 'restored', collection: 'districts' },
          facts: { fromHead, lostHead: { ...lostHead }, lostBefore: lostBefore.map((head) => ({ ...head })) },
        },
        ports.clock.now(),
      ),
    'district',
  );
  await drainNow(ports);
  return { fromHead, lostHead, lostBefore, head: await signHead(ports, district.id) };
}

function unverifiedHead(jws: string): Head | undefined {
  try {
    return headIn(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
