import type { Ledger } from './acts.js';
import type { Raw, RawStore, Write } from './raw-store.js';
import type { World } from './world.js';

/** What a checker looks at: the raw documents, and what was written since it last looked. */
export interface View {
  readonly world: World;
  readonly ledger: Ledger;
  readonly raw: RawStore;
  readonly fresh: readonly Write[];
  /** What one history's checkers keep from look to look. */
  readonly memory: Map<string, unknown>;
}

/** One invariant's checker: how many facts it held against the invariant. Throws when one does not hold. */
export type Check = (view: View) => number | Promise<number>;

/** @throws Error saying which invariant is broken, and by what. */
export function hold(invariant: number, holds: boolean, what: () => string): void {
  if (!holds) throw new Error(`invariant ${invariant} is broken: ${what()}`);
}

/** The write that made a document. */
export function birthOf({ raw, memory }: View, collection: string, id: string): Write {
  const births = (memory.get('births') ?? { read: 0, of: new Map<string, Write>() }) as {
    read: number;
    of: Map<string, Write>;
  };
  memory.set('births', births);
  for (; births.read < raw.writes.length; births.read += 1) {
    const write = raw.writes[births.read]!;
    if (write.verb === 'insert') births.of.set(`${write.collection}/${write.id}`, write);
  }
  const birth = births.of.get(`${collection}/${id}`);
  if (birth === undefined) throw new Error(`${collection}/${id} was never inserted`);
  return birth;
}

/** The number of the last write before a step began. */
export function before({ raw }: View, step: number): number {
  let n = 0;
  for (const write of raw.writes) {
    if (write.step >= step) break;
    n = write.n;
  }
  return n;
}

/** Documents of a collection as they stood after a write. */
export function allAsOf({ raw }: View, collection: string, n: number): Raw[] {
  return raw.all(collection).flatMap(({ id }) => raw.asOf(collection, id as string, n) ?? []);
}

export function rubricOf({ raw }: View, version: string): Raw {
  return raw.get('achievement_versions', version)!['content'].assessment.rubric as Raw;
}

export function groupBy(docs: readonly Raw[], key: (doc: Raw) => string): Map<string, Raw[]> {
  const groups = new Map<string, Raw[]>();
  for (const doc of docs) groups.set(key(doc), [...(groups.get(key(doc)) ?? []), doc]);
  return groups;
}
