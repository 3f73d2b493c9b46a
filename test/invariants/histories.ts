import fc from 'fast-check';
import { carryOut, aLedger, changes, flaws, type Act, type Ledger } from './acts.js';
import { invariants } from './checkers.js';
import { aWorld, type Charter, type World } from './world.js';
import { AppError } from '../../src/kernel/index.js';

const number = fc.nat({ max: 30 });
const days = 86_400;
/** Mostly sound levels, so that ratings often agree and often do not. */
const places = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(3) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.constantFrom(2, 4) },
  ),
  { minLength: 3, maxLength: 3 },
);
const flaw = fc.oneof(
  { weight: 9, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...flaws) },
);

const weighted: readonly [number, fc.Arbitrary<Act>][] = [
  [7, fc.record({ act: fc.constant('submit' as const), who: number, school: number })],
  [
    6,
    fc.record({
      act: fc.constant('resubmit' as const),
      work: number,
      change: fc.constantFrom(...changes),
      held: fc.constantFrom(0, 0, 0, 1, 20, 61),
    }),
  ],
  [1, fc.record({ act: fc.constant('withdraw' as const), work: number })],
  [8, fc.constant({ act: 'settle' as const })],
  [3, fc.constant({ act: 'second process' as const })],
  [
    4,
    fc.record({
      act: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 3600, days, 4 * days, 8 * days, 15 * days, 40 * days, 130 * days),
    }),
  ],
  [22, fc.record({ act: fc.constant('commit' as const), of: number, places, flaw, settled: fc.boolean() })],
  [2, fc.record({ act: fc.constant('commit again' as const), of: number, otherwise: fc.boolean() })],
  [1, fc.record({ act: fc.constant('commit for another' as const), of: number, by: number })],
  [1, fc.record({ act: fc.constant('draft' as const), of: number, by: number })],
  [1, fc.record({ act: fc.constant('decline' as const), of: number, conflict: fc.boolean() })],
  [1, fc.record({ act: fc.constant('release all' as const), who: number })],
  [
    3,
    fc.record({
      act: fc.constant('declare' as const),
      who: number,
      teacher: number,
      none: fc.boolean(),
    }),
  ],
  [1, fc.constant({ act: 'new code' as const })],
  [2, fc.record({ act: fc.constant('relate' as const), who: number, teacher: number, kind: number })],
  [1, fc.record({ act: fc.constant('move school' as const), who: number, school: number })],
  [1, fc.record({ act: fc.constant('minutes' as const), who: number, minutes: fc.constantFrom(0, 90) })],
  [2, fc.record({ act: fc.constant('certify' as const), who: number, version: number })],
  [2, fc.record({ act: fc.constant('suspend' as const), of: number })],
  [1, fc.record({ act: fc.constant('reinstate' as const), of: number })],
  [1, fc.record({ act: fc.constant('revoke' as const), of: number })],
  [2, fc.record({ act: fc.constant('answer signal' as const), of: number, to: number })],
  [3, fc.record({ act: fc.constant('rate again' as const), work: number, by: number })],
  [3, fc.record({ act: fc.constant('file appeal' as const), work: number, ground: number })],
  [1, fc.record({ act: fc.constant('withdraw appeal' as const), of: number })],
  [
    3,
    fc.record({
      act: fc.constant('screen appeal' as const),
      of: number,
      by: number,
      admissible: fc.boolean(),
    }),
  ],
  [3, fc.record({ act: fc.constant('decide appeal' as const), of: number, by: number, outcome: fc.nat(2) })],
  [1, fc.record({ act: fc.constant('decline appeal' as const), of: number })],
  [3, fc.record({ act: fc.constant('qualify' as const), who: number })],
  [5, fc.record({ act: fc.constant('respond' as const), of: number, right: fc.boolean() })],
  [2, fc.record({ act: fc.constant('sit form' as const), of: number, right: fc.boolean() })],
  [1, fc.record({ act: fc.constant('bulk row' as const), teacher: number, reviewed: fc.boolean() })],
  [1, fc.record({ act: fc.constant('move exemplar' as const), of: number, pool: number })],
  [1, fc.constant({ act: 'publish next' as const })],
  [1, fc.record({ act: fc.constant('lose a write' as const), after: fc.nat({ max: 12 }) })],
];

const single = fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('at once' as const),
      acts: fc.array(single, { minLength: 2, maxLength: 4 }),
      turns: fc.nat({ max: 10_000 }),
    }),
  },
);

const aCharter: fc.Arbitrary<Charter> = fc.record({
  seed: fc.nat().map((n) => `history ${n}`),
  rule: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: 'conjunctive' as const }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, 1).map((allowances) => ({
        ...{ kind: 'conjunctive-with-allowances' as const, allowances },
      })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(8, 9, 10).map((cut) => ({
        ...{ kind: 'compensatory' as const, cut, floors: { goals: 'goals-2' } },
      })),
    },
  ),
  reviewers: fc.integer({ min: 3, max: 6 }),
  works: fc.integer({ min: 0, max: 4 }),
  adjudicators: fc.integer({ min: 1, max: 2 }),
  leadingReviewer: fc.boolean(),
  seeds: fc.integer({ min: 0, max: 4 }),
  qualifying: fc.constantFrom(0, 5, 7),
  nervous: fc.boolean(),
  doubled: fc.boolean(),
});

/** One act as a command of the model: what it did is in the ledger, and every invariant is asked after it. */
class Step implements fc.AsyncCommand<Ledger, World> {
  constructor(
    readonly act: Act,
    readonly after: (world: World, ledger: Ledger) => Promise<void>,
  ) {}
  check = () => true;
  async run(ledger: Ledger, world: World): Promise<void> {
    ledger.step += 1;
    world.raw.begin(ledger.step);
    await carryOut(this.act, world, ledger);
    await this.after(world, ledger);
  }
  toString = () => JSON.stringify(this.act);
}

/** How often an invariant was asked, and how many facts were held against it. */
export interface Asked {
  states: number;
  facts: number;
}

export interface Told {
  readonly histories: number;
  readonly steps: number;
  /** By number of the invariant. */
  readonly asked: { readonly [invariant: string]: Asked & { readonly says: string } };
  /** What was done, and how often. */
  readonly acts: { readonly [what: string]: number };
  /** What the worlds held at their ends, in all. */
  readonly made: { readonly [collection: string]: number };
  readonly seed: number;
  /** The first history that broke an invariant, shrunk, with seed and path to see it again; null when none did. */
  readonly broken: string | null;
}

/** Which invariants are asked; all, unless a test wants to see that one by itself finds a fault. */
export interface HistoryOptions {
  readonly histories: number;
  readonly seed: number;
  readonly path?: string;
  readonly only?: readonly number[];
  readonly longest?: number;
  /** Whether a history that breaks an invariant is made as short as it can be, which takes minutes. */
  readonly shrink?: boolean;
  readonly say?: (line: string) => void;
}

const counted = [
  ...[
    'appeals',
    'submissions',
    'review_cases',
    'assignments',
    'ratings',
    'seed_ratings',
    'decisions',
    'awards',
  ],
  ...['qualification_attempts', 'certifications', 'drift_signals', 'observations', 'auditChain', 'editions'],
];

/** Runs so many histories, each in a world of its own, and asks every invariant after every step. */
export async function runHistories(options: HistoryOptions): Promise<Told> {
  const { histories, seed, longest = 60, say } = options;
  const wanted = invariants.filter(({ number: n }) => options.only?.includes(n) ?? true);
  const asked = Object.fromEntries(
    wanted.map(({ number: n, says }) => [String(n), { says, states: 0, facts: 0 }]),
  );
  const acts: { [what: string]: number } = {};
  const made: { [collection: string]: number } = {};
  let steps = 0;
  let ran = 0;
  const after = (memory: Map<string, unknown>) => async (world: World, ledger: Ledger) => {
    const { raw } = world;
    const read = (memory.get('read') ?? 0) as number;
    const fresh = raw.writes.slice(read);
    memory.set('read', raw.writes.length);
    // What is read to check is no part of the history.
    const failing = raw.failAfter(null);
    for (const { number: n, check } of wanted) {
      const facts = await check({ world, ledger, raw, fresh, memory });
      asked[String(n)]!.states += 1;
      asked[String(n)]!.facts += facts;
    }
    raw.failAfter(failing);
    for (const error of [...world.house.failures, ...world.failures]) {
      const lost = error instanceof AppError && error.code === 'unavailable' && ledger.mayLoseWrites;
      if (!lost) throw error;
    }
  };
  // The memory of a history's checkers hangs on its world.
  const memories = new WeakMap<World, Map<string, unknown>>();
  const step = (act: Act) =>
    new Step(act, (world, ledger) => {
      const memory = memories.get(world) ?? new Map<string, unknown>();
      memories.set(world, memory);
      if (act.act === 'at once') {
        const steps = (memory.get('at once') ?? new Set()) as Set<number>;
        memory.set('at once', steps.add(ledger.step));
      }
      return after(memory)(world, ledger);
    });
  const commands = fc.commands([anAct.map(step)], { maxCommands: longest, size: 'max' });
  const property = fc.asyncProperty(aCharter, commands, async (charter, history) => {
    const world = await aWorld(charter);
    const ledger = aLedger();
    try {
      for (let n = 0; n < charter.works; n += 1)
        await carryOut({ act: 'submit', who: 1, school: n }, world, ledger);
      await world.settle();
      await fc.asyncModelRun(() => ({ model: ledger, real: world }), history);
      // To the end: everything due is carried out.
      ledger.step += 1;
      world.raw.begin(ledger.step);
      world.raw.failAfter(null);
      await world.settle();
      await step({ act: 'settle' }).after(world, ledger);
    } finally {
      await world.close();
    }
    steps += ledger.step;
    ran += 1;
    for (const [what, times] of ledger.tally) acts[what] = (acts[what] ?? 0) + times;
    for (const name of counted) made[name] = (made[name] ?? 0) + world.raw.all(name).length;
    if (ran % 100 === 0) say?.(`${ran} histories, ${steps} steps`);
  });
  const path = options.path === undefined ? {} : { path: options.path };
  const endOnFailure = options.shrink !== true;
  const details = await fc.check(property, { numRuns: histories, seed, endOnFailure, ...path });
  return {
    ...{ histories: ran, steps, asked, seed },
    acts: Object.fromEntries(Object.entries(acts).sort()),
    made,
    broken: details.failed ? reportOf(details) : null,
  };
}

/** What broke, in which history, and how to see it again. */
function reportOf<T>(details: fc.RunDetails<T>): string {
  const { errorInstance } = details;
  const why =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return `${why}\n${fc.defaultReportMessage(details) ?? ''}`;
}
