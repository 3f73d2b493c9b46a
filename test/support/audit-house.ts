import {
  auditStore,
  chainOf,
  drainAudit,
  exportRecord,
  lineOf,
  recordedNames,
  withAudit,
  type AuditedCollections,
  type AuditedDocument,
  type AuditStore,
  type ChainLink,
  type TurnPatience,
} from '../../src/audit/index.js';
import {
  settableClock,
  systemRandomness,
  type Collection,
  type CollectionSpec,
  type DistrictId,
  type Store,
} from '../../src/kernel/index.js';

/** A recorded document of the tests: of the kind `availabilities`. */
export interface Said extends AuditedDocument {
  readonly minutesPerWeek: number;
  readonly saidAt: string;
}

export const saidSpec: CollectionSpec<Said> = {
  name: 'availabilities',
  scope: 'district',
  unique: [],
  indexes: [{ name: 'all', equality: [], order: 'id' }],
  sweeps: ['auditDue'],
};

export const now = '2026-11-20T09:00:00Z';

/** A wait that nobody has to sit through. */
export const impatience: TurnPatience = {
  leaseMillis: 3,
  lookMillis: 1,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

/** The audit room over a store, with documents of one kind. */
export interface AuditHouse {
  readonly chain: AuditStore;
  readonly said: Collection<Said>;
  readonly audited: AuditedCollections;
  /** Keeps a new document, or the next version of one, with its entry waiting in it. */
  say(id: string, district: string, minutesPerWeek: number, at?: string): Promise<Said>;
  /** Carries out what is due, as `jobs/` does, until nothing is; how often it went round. */
  drain(patience?: TurnPatience): Promise<number>;
  linksOf(district: string): Promise<readonly ChainLink[]>;
  /** The exported file. */
  fileOf(district: string): Promise<string>;
}

export function anAuditHouse(store: Store): AuditHouse {
  const chain = auditStore(store);
  const said = store.collection(saidSpec);
  const nothing = { sweep: async () => [] } as unknown as Collection<AuditedDocument>;
  const audited = Object.fromEntries(
    recordedNames.map((name) => [name, name === 'availabilities' ? said : nothing]),
  ) as unknown as AuditedCollections;
  const ports = { clock: settableClock(now), randomness: systemRandomness };
  return {
    chain,
    said,
    audited,
    async say(id, district, minutesPerWeek, at = now) {
      const before = await said.get(district, id);
      const doc = { ...(before ?? { id, district }), minutesPerWeek, saidAt: at };
      const actor = { kind: 'service', district: district as DistrictId } as const;
      const entry = { actor, verb: 'said', collection: 'availabilities', facts: { minutesPerWeek } };
      const changed = withAudit(doc, entry, at);
      return before === undefined ? said.insert(changed) : said.replace(changed as Said);
    },
    async drain(patience = impatience) {
      const effect = drainAudit(ports, chain, audited, patience);
      for (let round = 0; round < 200; round += 1) {
        const due = await effect.sweep('2099-01-01T00:00:00Z', 200);
        if (due.length === 0) return round;
        for (const one of due) await effect.settle(one);
      }
      throw new Error('the record does not come to rest');
    },
    async linksOf(district) {
      const links: ChainLink[] = [];
      for await (const link of chainOf(chain, district)) links.push(link);
      return links;
    },
    async fileOf(district) {
      let text = '';
      for await (const piece of exportRecord(chain, district)) text += piece;
      return text;
    },
  };
}

/** The lines of a file that somebody would write who recomputes every hash from the `from`-th entry on. */
export function rewritten(
  links: readonly Pick<ChainLink, 'seq' | 'entry' | 'hash'>[],
  hashOf: (previous: string, entry: string) => string,
  first: string,
): string {
  let previous = first;
  return links
    .map(({ entry }, index) => {
      previous = hashOf(previous, entry);
      return `${lineOf({ seq: index + 1, entry, hash: previous })}\n`;
    })
    .join('');
}
