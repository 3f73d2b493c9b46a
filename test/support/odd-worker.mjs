// A worker that does what a document in its text asks for: what threads do when things go wrong.
import { setTimeout } from 'node:timers';
import { threadId } from 'node:worker_threads';

const acts = {
  thread: () => threadId,
  environment: () => Object.keys(process.env),
  method: (method) => method,
  endless: () => {
    for (;;);
  },
  backtracking: () => /^(a+)+$/.test(`${'a'.repeat(60)}!`),
  greedy: () => {
    const held = [];
    for (;;) held.push(new Array(10_000).fill(held.length));
  },
  deep: () => {
    const deeper = () => deeper() + 1;
    return deeper();
  },
  leave: () => process.exit(3),
  // Answers, and is gone before it can begin with the next.
  doomed: () => {
    process.nextTick(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      process.exit(4);
    });
    return 'doomed';
  },
  fault: () => {
    throw new TypeError('a fault of ours');
  },
  refuse: () => ({
    kind: 'refused',
    code: 'rule-violated',
    detail: 'must not',
    errors: [{ pointer: '/a', detail: 'must not' }],
  }),
  overflow: () => ({ kind: 'too-deep' }),
  nap: () => new Promise((resolve) => setTimeout(resolve, 1_500, 'napped')),
  sleep: () => new Promise((resolve) => setTimeout(resolve, 600_000)),
  wait: () => new Promise((resolve) => setTimeout(resolve, 250, 'waited')),
};

export default async function work({ method, args, began }) {
  const { user, system } = process.cpuUsage();
  Atomics.store(began, 1, BigInt(user + system));
  Atomics.store(began, 0, process.hrtime.bigint());
  const [name] = Buffer.from(args[0]).toString('utf8').split(' ');
  const value = await acts[name](method);
  return value?.kind === undefined ? { kind: 'done', value } : value;
}
