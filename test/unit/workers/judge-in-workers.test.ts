import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  judgeInWorkers,
  type JudgeInWorkers,
  type WorkerOptions,
} from '../../../src/adapters/workers/index.js';
import { AppError, packageRoot } from '../../../src/kernel/index.js';
import { JudgingEnded } from '../../../src/verification/index.js';

const limits = { bytes: 1, nodes: 1, depth: 1 };
let open: JudgeInWorkers | undefined;
let logged: object[] = [];

/** Threads that do what the text asks for (`test/support/odd-worker.mjs`). */
function threads(options: Partial<WorkerOptions> = {}) {
  logged = [];
  open = judgeInWorkers({
    url: pathToFileURL(join(packageRoot, 'test/support/odd-worker.mjs')),
    wallClockSeconds: 20,
    threads: 1,
    waiting: 8,
    megabytes: 64,
    log: (event) => logged.push(event),
    ...options,
  });
  const { judge } = open;
  return (act: string, sender?: string): Promise<unknown> =>
    (sender === undefined ? judge : judge.forSender!(sender)).read(Buffer.from(act), limits);
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** What a promise was rejected with. */
function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ resolved: value }),
    (error: unknown) => error,
  );
}

describe('the threads in which credentials are judged', () => {
  it('work away from this one, know nothing of its environment, and keep the thread', async () => {
    const ask = threads();
    const first = await ask('thread');
    expect(first).toBeGreaterThan(0);
    expect(await ask('thread')).toBe(first);
    expect(await ask('environment')).toEqual([]);
    expect(await ask('method')).toBe('read');
  });

  it.each(['endless', 'backtracking'])(
    'end and replace a thread whose clock struck (%s), and only that call fails',
    async (act) => {
      const ask = threads({ wallClockSeconds: 0.3 });
      const first = await ask('thread');
      const [struck, next] = await Promise.all([failureOf(ask(act)), ask('thread')]);
      expect(struck).toBeInstanceOf(JudgingEnded);
      expect((struck as JudgingEnded).usedUp).toEqual({ kind: 'time', seconds: 0.3 });
      expect(next).not.toBe(first);
      expect(logged).toEqual([{ event: 'judging-ended', method: 'read', usedUp: 'time' }]);
    },
  );

  it('are not ended while the machine gives them no time, but for so long only', async () => {
    // Waiting takes no time of a processor, as work does not on a machine that is too busy.
    const ask = threads({ wallClockSeconds: 1 });
    expect(await ask('nap')).toBe('napped');
    expect(await failureOf(ask('sleep'))).toBeInstanceOf(JudgingEnded);
  });

  it('start the clock when the work begins, not while the call waits for its turn or for the thread', async () => {
    const ask = threads({ wallClockSeconds: 2 });
    // Each takes a part of what it may; all together take more.
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask('wait')));
    expect(answers).toEqual(Array.from({ length: 9 }, () => 'waited'));
  });

  it('lose only the call that ran out of memory', async () => {
    const ask = threads({ threads: 2 });
    const [lost, other] = await Promise.all([failureOf(ask('greedy')), ask('wait')]);
    expect(lost).toBeInstanceOf(JudgingEnded);
    expect((lost as JudgingEnded).usedUp).toEqual({ kind: 'memory' });
    expect(other).toBe('waited');
    expect(await ask('wait')).toBe('waited');
  });

  it('lose only the call whose thread went away', async () => {
    const ask = threads();
    expect(await failureOf(ask('leave'))).toMatchObject({ usedUp: { kind: 'fault' } });
    expect(await ask('wait')).toBe('waited');
    expect(logged[0]).toMatchObject({ event: 'judging-ended', usedUp: 'fault', error: expect.any(Error) });
  });

  it('run a call again whose thread went away before it began', async () => {
    const ask = threads();
    const outcomes = await Promise.all(['doomed', 'wait', 'doomed', 'wait'].map((act) => ask(act)));
    expect(outcomes).toEqual(['doomed', 'waited', 'doomed', 'waited']);
  });

  it('are not given a call while they load, if another is free sooner', async () => {
    // Two threads, for two senders.
    const ask = threads({ threads: 1, wallClockSeconds: 0.5 });
    const ofBoth = () => Promise.all([ask('thread', 'a'), ask('thread', 'b')]) as Promise<number[]>;
    const [one, other] = await ofBoth();
    expect(one).not.toBe(other);
    // One is struck and replaced. Who comes then, while its successor loads, waits for the thread that is there.
    const struck = failureOf(ask('endless', 'a'));
    const busy = ask('wait', 'b');
    await struck;
    await busy;
    const after = await ofBoth();
    expect([one, other]).toContain(after[0]);
    expect(after[1]).toBe(after[0]);
  });

  it('are never all one sender’s, however much it sends: another’s call begins at once', async () => {
    const ask = threads({ wallClockSeconds: 2 });
    await Promise.all([ask('thread', 'many'), ask('thread', 'one')]);
    const ended: string[] = [];
    const many = Array.from({ length: 2 }, () =>
      failureOf(ask('endless', 'many')).then(() => ended.push('many')),
    );
    for (let n = 0; n < 3; n += 1) expect(await ask('wait', 'one')).toBe('waited');
    expect(ended).toEqual([]);
    await Promise.all(many);
    // Each in its turn, on its own clock.
    expect(logged).toEqual(
      Array.from({ length: 2 }, () => ({ event: 'judging-ended', method: 'read', usedUp: 'time' })),
    );
  });

  it.each([
    [1, 2],
    [2, 3],
    // Three that are kept, and one for the first call, which finds none that is ready.
    [8, 4],
  ])('are, where one sender may have %i, %i from the first call on', async (ofOneSender, started) => {
    const url = pathToFileURL(join(packageRoot, 'test/support/announced-worker.mjs'));
    const ask = threads({ threads: ofOneSender, url });
    await ask('thread');
    for (let looks = 0; looks < 300 && logged.length < started; looks += 1) await sleep(20);
    await ask('wait');
    expect(logged).toEqual(Array.from({ length: started }, () => ({ event: 'loaded' })));
  });

  it('are more than one sender may hold: who comes when its clock struck waits for none to load', async () => {
    const ask = threads({ threads: 2, wallClockSeconds: 0.5 });
    const all = (await Promise.all([ask('thread', 'a'), ask('thread', 'b'), ask('thread', 'c')])) as number[];
    const [struck, next] = [failureOf(ask('endless')), ask('wait')];
    await Promise.all([struck, next]);
    // One loads, one may be struck next: the third is one of those that were there.
    const again = failureOf(ask('endless'));
    expect(all).toContain(await ask('thread'));
    await again;
  });

  it('live on after an overflow of the stack and after a fault of ours', async () => {
    const ask = threads();
    const first = await ask('thread');
    expect(await failureOf(ask('overflow'))).toBeInstanceOf(JudgingEnded);
    expect(await failureOf(ask('fault'))).toMatchObject({
      usedUp: { kind: 'fault' },
      cause: { name: 'TypeError', message: 'a fault of ours' },
    });
    expect(await ask('thread')).toBe(first);
  });

  it('give errors of ours with their code and fields', async () => {
    const refused = await failureOf(threads()('refuse'));
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({
      code: 'rule-violated',
      message: 'must not',
      errors: [{ pointer: '/a', detail: 'must not' }],
    });
  });

  it('refuse at once when too many wait, and serve all others', async () => {
    const ask = threads({ waiting: 2 });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => failureOf(ask('wait'))));
    const refused = outcomes.filter((outcome) => outcome instanceof AppError);
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ code: 'unavailable' });
    expect(outcomes.slice(0, 3)).toEqual([
      { resolved: 'waited' },
      { resolved: 'waited' },
      { resolved: 'waited' },
    ]);
  });

  it('refuse who waits when the service stops', async () => {
    const ask = threads();
    const outcomes = [failureOf(ask('wait')), failureOf(ask('wait'))];
    await open!.close();
    expect((await Promise.all(outcomes)).map((outcome) => (outcome as AppError).code)).toEqual([
      'unavailable',
      'unavailable',
    ]);
  });

  it('are not there when their code was not built, and that is said before anything starts', () => {
    expect(() => threads({ url: new URL('file:///nowhere/worker.js') })).toThrow(
      /\/nowhere\/worker\.js is not there: make it with "npm run build"/,
    );
  });
});
