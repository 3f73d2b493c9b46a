// A process of its own that runs tests with one mutant at work; run.mjs ends it when it takes too long.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collect } from './jest-globals.mjs';

const [folder, held] = process.argv.slice(2);
/** The mutant at work; one that is held from the start is at work while the files are loaded too. */
let active = Number(held);
/** The mutants whose condition came out otherwise than the mutant would have it, since it was set. */
let differed = new Set();
globalThis.__condition = (number, to, value) => {
  if (Boolean(value) !== to) differed.add(number);
  return number === active ? to : value;
};

/** File: its tests in their order, and what was reached before the first of them. */
const loaded = new Map();

async function load(file) {
  if (!loaded.has(file)) {
    differed = new Set();
    const suite = await collect(
      () => import(pathToFileURL(join(folder, file.replace(/\.ts$/, '.mjs'))).href),
    );
    const tests = [];
    await enter(suite, tests);
    loaded.set(file, { tests, reached: [...differed] });
  }
  return loaded.get(file);
}

async function enter(suite, tests) {
  for (const hook of suite.before) await hook();
  tests.push(...suite.tests);
  for (const inner of suite.suites) await enter(inner, tests);
}

async function run({ run, suite }) {
  const around = [];
  for (let one = suite; one !== null; one = one.parent) around.unshift(one);
  for (const { beforeEach } of around) for (const hook of beforeEach) await hook();
  try {
    await run();
  } finally {
    for (const { afterEach } of around.reverse()) for (const hook of afterEach) await hook();
  }
}

const fails = async (test) => {
  try {
    await run(test);
    return undefined;
  } catch (error) {
    return String(error?.message ?? error).slice(0, 400);
  }
};
const titleOf = ({ name, suite }) => {
  const names = [name];
  for (let one = suite; one.parent !== null; one = one.parent) names.unshift(one.name);
  return names.join(' > ');
};

const orders = {
  /** Runs each test of a file with nothing changed: what it reaches, and what it costs. */
  async survey({ file }) {
    const { tests, reached } = await load(file);
    const rows = [];
    for (const test of tests) {
      process.send({ at: [file, test.name] });
      differed = new Set();
      const before = process.cpuUsage();
      const fault = await fails(test);
      const { user, system } = process.cpuUsage(before);
      rows.push({ name: titleOf(test), fault, millis: (user + system) / 1000, reached: [...differed] });
    }
    return { reached, rows };
  },

  /** Runs the tests with the mutant at work until one notices; then that one again without it, which must pass. */
  async judge({ mutant, tests }) {
    for (const [file, index] of tests) {
      let test;
      // Whoever waits gives each test its time.
      process.send({ at: [file, index] });
      try {
        test = (await load(file)).tests[index];
      } catch (error) {
        return { noticed: `${file} cannot be loaded: ${String(error?.message ?? error)}` };
      }
      if (test === undefined) return { noticed: `${file} declares other tests` };
      active = mutant;
      const fault = await fails(test);
      active = Number(held);
      if (fault === undefined) continue;
      // What a mutant leaves behind in memory may fail later tests: only a fresh process tells then.
      if (active === -1 && (await fails(test)) !== undefined) return { spoilt: [file, index] };
      return { noticed: [file, index] };
    }
    return { noticed: undefined };
  },
};

// A mutant may leave a promise that nobody waits for.
process.on('unhandledRejection', () => undefined);
process.on('message', async ({ order, ...what }) => {
  try {
    process.send({ answer: await orders[order](what) });
  } catch (error) {
    process.send({ fault: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
