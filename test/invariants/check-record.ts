import { canonical, sha256 } from './own-rules.js';
import type { Raw, Write } from './raw-store.js';
import { hold, type Check, type View } from './view.js';

/** What never changes once kept, and what of other documents does not. Bookkeeping is never meant. */
const bookkeeping = ['version', 'effectDue', 'auditDue', 'pendingEntries'];
const unchanging = [
  ...['ratings', 'seed_ratings', 'decisions', 'practice_ratings', 'review_policies', 'observations'],
  ...['drift_points', 'exemplar_servings', 'seed_reports', 'quality_statements', 'editions', 'auditChain'],
];
const kept = [
  ...[...unchanging, 'exemplars', 'qualification_attempts', 'certifications', 'drift_signals'],
  ...['review_cases', 'assignments', 'submissions', 'awards', 'achievement_versions', 'members'],
  ...['relationships', 'availabilities'],
];
/** Documents of which every kept one has its entry in the record. */
const recorded = [
  ...['ratings', 'seed_ratings', 'decisions', 'certifications', 'assignments', 'review_cases', 'exemplars'],
  ...['qualification_attempts', 'submissions', 'drift_signals', 'awards', 'review_policies'],
];

interface Chain {
  seq: number;
  hash: string;
  readonly last: Map<string, Raw>;
}

/** 3. Scores, keys and versions never change; the chain of hashes verifies; the documents are what the record says. */
export const checkRecord: Check = (view) => {
  let facts = 0;
  for (const write of view.fresh) {
    unchanged(write);
    facts += 1;
  }
  const chain = (view.memory.get('chain') ?? { seq: 0, hash: '0'.repeat(64), last: new Map() }) as Chain;
  view.memory.set('chain', chain);
  for (const { collection, doc } of view.fresh) {
    if (collection !== 'auditChain' || doc === undefined || doc['district'] !== districtOf(view)) continue;
    const { seq, entry, hash } = doc;
    hold(3, seq === chain.seq + 1, () => `entry ${seq} of the record follows ${chain.seq}`);
    hold(
      3,
      hash === sha256(chain.hash, entry),
      () => `the hash of entry ${seq} is not that of what it holds`,
    );
    chain.seq = seq;
    chain.hash = hash;
    const said = JSON.parse(entry as string) as Raw;
    const key = `${said['subject'].collection}/${said['subject'].id}`;
    const older = (chain.last.get(key)?.['subject'].version as number | undefined) ?? 0;
    hold(3, said['subject'].version >= older, () => `entry ${seq} is older than one before of ${key}`);
    chain.last.set(key, said);
  }
  const touched = new Set(view.fresh.map(({ collection, id }) => `${collection}/${id}`));
  for (const key of touched) facts += foldsTo(view, chain, key);
  return facts;
};

function districtOf({ world }: View): string {
  return world.house.district;
}

function unchanged({ collection, verb, id, before, doc }: Write): void {
  if (verb === 'remove') {
    hold(3, !kept.includes(collection), () => `${collection}/${id} was removed`);
    return;
  }
  if (verb === 'insert' || before === undefined || doc === undefined) return;
  const content = (one: Raw) =>
    canonical(Object.fromEntries(Object.entries(one).filter(([member]) => !bookkeeping.includes(member))));
  const same = (member: string) => canonical(before[member]) === canonical(doc[member]);
  const says = (what: string) => () => `${what} of ${collection}/${id} changed`;
  if (unchanging.includes(collection)) hold(3, content(before) === content(doc), says('the content'));
  if (collection === 'exemplars') {
    hold(3, before['key'] === null || same('key'), says('the key'));
    hold(3, begins(doc['ratings'], before['ratings']), says('an expert rating'));
  }
  if (collection === 'achievement_versions' && before['state'] !== 'draft')
    hold(3, ['content', 'contentHash', 'number', 'publishedAt'].every(same), says('the published content'));
  if (collection === 'qualification_attempts') {
    hold(3, begins(doc['responses'], before['responses']), says('a response'));
    hold(3, ['seed', 'number', 'startedAt', 'policy', 'reviewer'].every(same), says('the beginning'));
    hold(3, before['state'] === 'open' || same('state'), says('the outcome'));
  }
  if (collection === 'certifications') {
    const ended = (one: Raw) => (one['suspensions'] as Raw[]).map(({ from }) => from as string);
    hold(3, begins(ended(doc), ended(before)), says('a suspension'));
    hold(3, ['from', 'until', 'reviewer', 'achievementVersion', 'basis'].every(same), says('the right'));
  }
  if (collection === 'assignments')
    hold(3, ['draw', 'seed', 'reviewer', 'assignedAt', 'work', 'kind'].every(same), says('the draw'));
  if (collection === 'drift_signals')
    hold(3, same('evidence') && begins(doc['acts'], before['acts']), says('the evidence'));
  if (collection === 'submissions' && before['submittedAt'] !== null)
    hold(
      3,
      ['teacher', 'achievementVersion', 'attempt', 'submittedAt'].every(same),
      says('what was handed in'),
    );
}

function begins(whole: unknown, start: unknown): boolean {
  const [long, short] = [whole as unknown[], start as unknown[]];
  return short.every((one, index) => canonical(one) === canonical(long[index]));
}

/** Holds one document against the last entry about it, waiting or in the chain. */
function foldsTo({ raw }: View, { last }: Chain, key: string): number {
  const [collection, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  const doc = raw.get(collection, id);
  if (doc === undefined) return 0;
  const waiting = ((doc['pendingEntries'] ?? []) as Raw[]).at(-1);
  const entry = waiting ?? last.get(key);
  hold(3, entry !== undefined || !recorded.includes(collection), () => `${key} is not in the record`);
  if (entry === undefined) return 0;
  const { pins, ...state } = entry['state'] as Raw;
  hold(3, holdsIn(state, doc), () => `${key} is not what its last entry says: ${canonical(state)}`);
  for (const [member, digest] of Object.entries((pins ?? {}) as Raw)) {
    const own = sha256(`${doc['salt']}:${canonical(doc[member] ?? null)}`);
    hold(3, own === digest, () => `the words of ${key} are not those that the record pins`);
  }
  return 1;
}

/** Whether a document has everything that is said of it. */
function holdsIn(said: unknown, doc: unknown): boolean {
  if (typeof said !== 'object' || said === null) return said === (doc ?? null);
  if (typeof doc !== 'object' || doc === null) return false;
  if (Array.isArray(said) && said.length !== (doc as unknown[]).length) return false;
  return Object.entries(said).every(([member, one]) => holdsIn(one, (doc as Raw)[member]));
}

/** 11. What is undefined is nowhere kept as a number, and a figure that there is none of says why. */
export const checkUndefined: Check = ({ raw, fresh }) => {
  hold(11, raw.noNumbers.length === 0, () => `no numbers were kept at ${raw.noNumbers}`);
  let facts = fresh.length;
  for (const { collection, doc } of fresh) {
    if (collection === 'quality_statements' && doc !== undefined) {
      const { pool } = JSON.parse(doc['text'] as string) as Raw;
      if (pool.figures !== undefined) {
        hold(
          11,
          pool.exact === undefined,
          () => `${doc['id']} says that there are too few reviews, and figures`,
        );
      } else {
        for (const name of ['exact', 'quadraticWeightedKappa', 'seedDecisionAccuracy', 'doubleRatedShare']) {
          const { value, reason } = pool[name] as Raw;
          const said =
            value === 'undefined' ? typeof reason === 'string' : /^-?\d\.\d\d$/.test(value as string);
          hold(11, said, () => `${doc['id']} says ${value} of ${name} without a reason`);
          facts += 1;
        }
      }
    }
    if (collection === 'seed_reports' && doc !== undefined) {
      for (const share of [doc['exact'], doc['decisions']] as number[]) {
        hold(11, share >= 0 && share <= 1, () => `${doc['id']} tells a share of ${share}`);
        facts += 1;
      }
    }
  }
  return facts;
};
