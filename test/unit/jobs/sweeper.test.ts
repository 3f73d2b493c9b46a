import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { createSweeper, type Effect } from '../../../src/jobs/index.js';
import {
  settableClock,
  type Collection,
  type CollectionSpec,
  type Store,
  type Stored,
} from '../../../src/kernel/index.js';

interface Task extends Stored {
  readonly effectDue: string | null;
  readonly done: number;
}

const spec = (name: string): CollectionSpec<Task> => ({
  name,
  scope: 'district',
  unique: [],
  indexes: [],
  sweeps: ['effectDue'],
});
const start = '2026-11-20T09:00:00Z';

describe('the sweeper', () => {
  let store: Store;
  let tasks: Collection<Task>;
  let clock: ReturnType<typeof settableClock>;
  let failures: { effect: string; id: string | null }[];
  let tried: string[];
  let broken: Set<string>;

  beforeEach(async () => {
    store = await openSqlite({ file: ':memory:' });
    tasks = store.collection(spec('tasks'));
    clock = settableClock(start);
    failures = [];
    tried = [];
    broken = new Set();
  });
  afterEach(() => store.close());

  function effectOn(
    name: string,
    collection: Collection<Task>,
    then?: (task: Task) => Promise<unknown>,
  ): Effect<Task> {
    return {
      name,
      sweep: (before, limit) => collection.sweep('effectDue', { before, limit }),
      async settle(task) {
        tried.push(`${name} ${task.id}`);
        if (broken.has(task.id)) throw new Error(`${task.id} is broken`);
        await then?.(task);
        await collection.replace({ ...task, effectDue: null, done: task.done + 1 });
      },
    };
  }

  function sweeperOf(...effects: Effect[]) {
    return createSweeper({
      clock,
      effects,
      intervalMillis: 3_600_000,
      log: ({ effect, id }) => failures.push({ effect, id }),
    });
  }

  const due = (collection: Collection<Task>, id: string, effectDue: string | null = start) =>
    collection.insert({ id, district: 'dst_a', effectDue, done: 0 });

  it('settles what is due, oldest first, once, and leaves what is not', async () => {
    await due(tasks, 'second', '2026-11-20T08:00:01Z');
    await due(tasks, 'first', '2026-11-20T08:00:00Z');
    await due(tasks, 'later', '2026-11-20T09:00:01Z');
    await due(tasks, 'done', null);
    const sweeper = sweeperOf(effectOn('check', tasks));
    expect(await sweeper.settleAll()).toEqual({ settled: 2, failed: 0 });
    expect(tried).toEqual(['check first', 'check second']);
    expect(await sweeper.settleAll()).toEqual({ settled: 0, failed: 0 });
    clock.advance(1);
    expect(await sweeper.settleAll()).toEqual({ settled: 1, failed: 0 });
    await sweeper.stop();
  });

  it('takes effects in their order and goes round until nothing is due, whichever effect made it due', async () => {
    const awards = store.collection(spec('awards'));
    await due(tasks, 'decision');
    await due(awards, 'old');
    const sweeper = sweeperOf(
      effectOn('award', awards),
      effectOn('decide', tasks, () => due(awards, 'new')),
    );
    expect(await sweeper.settleAll()).toEqual({ settled: 3, failed: 0 });
    expect(tried).toEqual(['award old', 'decide decision', 'award new']);
    await sweeper.stop();
  });

  it('reports a document that fails, and settles the others', async () => {
    broken.add('bad');
    await due(tasks, 'bad', '2026-11-20T08:00:00Z');
    await due(tasks, 'good');
    const sweeper = sweeperOf(effectOn('check', tasks));
    expect(await sweeper.settleAll()).toEqual({ settled: 1, failed: 1 });
    expect(failures).toEqual([{ effect: 'check', id: 'bad' }]);
    expect((await tasks.get('dst_a', 'good'))!.done).toBe(1);
    await sweeper.stop();
  });

  it('leaves a failing document alone for a growing time, which settleAll does not wait for', async () => {
    broken.add('bad');
    await due(tasks, 'bad');
    const sweeper = sweeperOf(effectOn('check', tasks));
    /** A pass by wake, and how often the document was tried in it. */
    const triesOfAPass = async () => {
      tried = [];
      await sweeper.wake();
      return tried.length;
    };
    expect(await triesOfAPass()).toBe(1);
    clock.advance(4);
    expect(await triesOfAPass()).toBe(0);
    clock.advance(1);
    expect(await triesOfAPass()).toBe(1);
    clock.advance(9);
    expect(await triesOfAPass()).toBe(0);
    clock.advance(1);
    expect(await triesOfAPass()).toBe(1);
    broken.clear();
    expect(await triesOfAPass()).toBe(0);
    expect(await sweeper.settleAll()).toEqual({ settled: 1, failed: 0 });
    await sweeper.stop();
  });

  it('finds what is due behind more failing documents than one sweep reads', async () => {
    const results = await tasks.insertMany(
      Array.from({ length: 450 }, (_, n) => ({
        id: `bad${n}`,
        district: 'dst_a',
        effectDue: '2026-11-20T08:00:00Z',
        done: 0,
      })),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    for (let n = 0; n < 450; n += 1) broken.add(`bad${n}`);
    await due(tasks, 'good');
    const sweeper = sweeperOf(effectOn('check', tasks));
    expect(await sweeper.settleAll()).toEqual({ settled: 1, failed: 450 });
    await sweeper.stop();
  });

  it('goes on with the other effects when one cannot be swept', async () => {
    await due(tasks, 'good');
    const lost: Effect = {
      name: 'lost',
      sweep: () => Promise.reject(new Error('gone')),
      settle: () => Promise.resolve(),
    };
    const sweeper = sweeperOf(lost, effectOn('check', tasks));
    expect(await sweeper.settleAll()).toEqual({ settled: 1, failed: 1 });
    expect(failures).toEqual([{ effect: 'lost', id: null }]);
    await sweeper.stop();
  });

  it('ends a pass over work that never gets done', async () => {
    await due(tasks, 'endless');
    const sweeper = sweeperOf({ ...effectOn('check', tasks), settle: () => Promise.resolve() });
    expect((await sweeper.settleAll()).settled).toBe(50);
    await sweeper.stop();
  });

  it('never runs two passes at a time, and makes one of many wakes', async () => {
    let running = 0;
    let most = 0;
    let sweeps = 0;
    const check = effectOn('check', tasks, async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    const counted: Effect<Task> = {
      ...check,
      sweep: (before, limit) => {
        sweeps += 1;
        return check.sweep(before, limit);
      },
    };
    for (let n = 0; n < 5; n += 1) await due(tasks, `t${n}`);
    const sweeper = sweeperOf(counted);
    for (let n = 0; n < 100; n += 1) void sweeper.wake();
    await Promise.all([sweeper.settleAll(), sweeper.settleAll()]);
    expect(most).toBe(1);
    expect(tried).toHaveLength(5);
    // The wakes' pass: once with work and once without; each settleAll: once without.
    expect(sweeps).toBe(4);
    await sweeper.stop();
  });

  it('waits for the running pass when it is stopped, and starts none after', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    await due(tasks, 'slow');
    const check = effectOn('check', tasks, () => {
      begin();
      return held;
    });
    const sweeper = sweeperOf(check);
    void sweeper.wake();
    await begun;
    let stopped = false;
    const stopping = sweeper.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    release();
    await stopping;
    expect((await tasks.get('dst_a', 'slow'))!.done).toBe(1);
    await due(tasks, 'after');
    await sweeper.wake();
    expect(tried).not.toContain('check after');
  });

  it('looks by itself at every interval', async () => {
    await due(tasks, 'found');
    const settled = new Promise<void>((resolve) => {
      const sweeper = createSweeper({
        clock,
        intervalMillis: 5,
        log: () => undefined,
        effects: [effectOn('check', tasks, async () => void sweeper.stop().then(resolve))],
      });
    });
    await settled;
    expect((await tasks.get('dst_a', 'found'))!.done).toBe(1);
  });
});

describe('a sweeper that is switched off', () => {
  it('does nothing when woken, and everything when asked to settle all', async () => {
    let due = ['a', 'b'];
    const sweeper = createSweeper({
      clock: settableClock('2026-11-20T09:00:00Z'),
      effects: [
        {
          name: 'letters',
          sweep: async () => due.map((id) => ({ id, district: 'dst_x' })),
          settle: async ({ id }) => {
            due = due.filter((other) => other !== id);
          },
        },
      ],
      log: () => undefined,
      intervalMillis: 2 ** 30,
      enabled: () => false,
    });
    await sweeper.wake();
    expect(due).toEqual(['a', 'b']);
    expect(await sweeper.settleAll()).toEqual({ settled: 2, failed: 0 });
    expect(due).toEqual([]);
    await sweeper.stop();
  });
});
