// npm run mutate -- [--only TEXT] [--kinds if,leave,part,choice] [--list] [--record]: holds the conditions of verification
// at one outcome, one at a time, and tells which of them no test notices. --only: files whose path has TEXT in it (or, with commas, one of several);
// --kinds: what is taken out (see mutants.mjs); --list: the mutants, nothing is run; --record: into docs/evidence/;
// --tests N: at most N tests for each, for a first look.
// Nothing of the working tree is changed: the tests are bundled together with the conditions that can be held, and run
// in a process of their own, test by test, first those that noticed most in the same file.
import { build } from 'esbuild';
import { execFileSync, fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearTimeout, setTimeout } from 'node:timers';
import { parseArgs } from 'node:util';
import { instrument } from './mutants.mjs';
import { reasonsOf, report } from './report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    kinds: { type: 'string', default: 'if,leave' },
    list: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    tests: { type: 'string' },
  },
});

const kinds = values.kinds.split(',');

/** What judges: the room of verification, and what it reads signatures, meanings and lists with. */
const securing = (
  'base58 canonical-json compact-document contexts did did-key digest document-loader json-ld-error json-ld-safe ' +
  'json-object merge-nodes multikey strict-json verification-method verify-compact-jwt verify-data-integrity-proof ' +
  'verify-signature-2020'
).split(' ');
const judged = [
  'src/verification/',
  ...securing.map((name) => `src/securing/${name}.ts`),
  ...['bitstring', 'status-list'].map((name) => `src/status/${name}.ts`),
];
const isJudged = (file) =>
  judged.some((one) => file.startsWith(one)) && values.only.split(',').some((part) => file.includes(part));

const folders = ['test/unit/verification', 'test/unit/securing', 'test/unit/status'];
const tests = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
);

// What is judged is bundled here: whatever is committed later is not what was run.
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const judgedAt = {
  date: new Date().toISOString(),
  commit: git('rev-parse', 'HEAD'),
  uncommitted: git('status', '--porcelain', '--untracked-files=no') !== '',
  node: process.version,
};
const mutants = [];
/** Every test file has its own copy of the modules, as in Jest, but the numbers of the mutants are the same. */
const instrumented = new Map(
  readdirSync(join(root, 'src'), { recursive: true })
    .map((name) => `src/${name}`)
    .filter((file) => file.endsWith('.ts') && isJudged(file))
    .sort()
    .map((file) => {
      const enter = (mutant) => mutants.push(mutant) - 1;
      return [file, instrument(file, readFileSync(join(root, file), 'utf8'), kinds, enter)];
    }),
);
const named = ({ file, line, kind, text, to }) => `${file}:${line} ${kind} [${text}] is always ${to}`;
function fail(message) {
  console.error(`mutate: ${message}`);
  process.exit(1);
}
if (mutants.length === 0) fail(`no file that is judged has ${values.only} in its path`);
if (values.list) {
  const lines = mutants.map((mutant) => `${named(mutant)}\n`);
  await new Promise((resolve) => process.stdout.write(lines.join(''), resolve));
  process.exit();
}

// Below node_modules, so that the bundle finds the packages and the package's own files.
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const copy = mkdtempSync(join(cache, 'touchstone-mutation-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await build({
  entryPoints: tests.map((file) => join(root, file)),
  outdir: copy,
  outbase: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'error',
  plugins: [
    {
      name: 'mutation',
      setup({ onResolve, onLoad }) {
        const globals = join(root, 'test/mutation/jest-globals.mjs');
        onResolve({ filter: /^@jest\/globals$/ }, () => ({ path: globals, external: true }));
        onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
          const contents = instrumented.get(relative(root, path));
          return contents === undefined ? undefined : { contents, loader: 'ts' };
        });
      },
    },
  ],
});
for (const folder of folders)
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true }))
    if (entry.isDirectory())
      cpSync(join(root, folder, entry.name), join(copy, folder, entry.name), { recursive: true });

/** A process with all tests loaded, or about to be; `held` is a mutant that is at work from the start. */
function judge(held = -1) {
  const child = fork(join(root, 'test/mutation/judge.mjs'), [copy, String(held)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    /** The answer, or undefined when one test took longer than that or the process ended. */
    ask: (order, millis) =>
      new Promise((resolve) => {
        let timer;
        const done = (answer) => {
          clearTimeout(timer);
          child.removeAllListeners();
          resolve(answer);
        };
        const wait = () => {
          clearTimeout(timer);
          timer = setTimeout(() => done(undefined), millis);
        };
        wait();
        child
          .on('message', (said) => ('at' in said ? wait() : done(said)))
          .once('exit', () => done(undefined));
        child.send(order);
      }),
    end: () => child.kill('SIGKILL'),
  };
}

let current = judge();
process.on('exit', () => current.end());

// What each test reaches with nothing changed.
const began = Date.now();
const costs = new Map();
const coverers = mutants.map(() => []);
const atLoad = mutants.map(() => []);
for (const file of tests) {
  const { answer, fault } = (await current.ask({ order: 'survey', file }, 300_000)) ?? {
    fault: 'it does not end',
  };
  if (fault !== undefined) fail(`${file} cannot be run: ${fault}`);
  for (const number of answer.reached) atLoad[number].push(file);
  answer.rows.forEach(({ name, fault, millis, reached }, index) => {
    if (fault !== undefined) fail(`${file}: ${name} fails with nothing changed: ${fault}`);
    costs.set(`${file}#${index}`, millis);
    for (const number of reached) coverers[number].push([file, index]);
  });
}
const split = (key) => [key.split('#')[0], Number(key.split('#')[1])];
const cost = ([file, index]) => costs.get(`${file}#${index}`);
const total = [...costs.values()].reduce((sum, one) => sum + one, 0);
console.log(
  `mutate: ${mutants.length} mutants of ${instrumented.size} files, ${costs.size} tests, ${Math.round(total / 1000)} s of work`,
);

/** File: what its tests noticed so far in that file, by test. */
const noticed = new Map();
/** First those that noticed most, then one of each test file, then the next of each; of a file the quick ones first. */
function inOrder(some, file) {
  const scores = noticed.get(file) ?? new Map();
  const seen = new Map();
  const ranked = [...some]
    .sort((a, b) => cost(a) - cost(b))
    .map((test) => {
      const [of, index] = test;
      seen.set(of, (seen.get(of) ?? 0) + 1);
      return { test, score: scores.get(`${of}#${index}`) ?? 0, rank: seen.get(of) };
    });
  return ranked.sort((a, b) => b.score - a.score || a.rank - b.rank).map(({ test }) => test);
}
/** Many times what a test costs alone: the machine may be busy, and the process may have to load its file first. */
const patience = (some) => 60_000 + 30 * Math.max(0, ...some.map(cost));

const endless = 'it does not end';
/** A condition that has its reason is only looked at again: all tests were run when the reason was given. */
const enough = 100;
const reasonOf = reasonsOf(root);
const most = (mutant) => Number(values.tests ?? (reasonOf(mutant) === undefined ? Infinity : enough));

/** A process that gave no answer in time is ended: the mutant has no end, or nearly none. */
async function asked(process, mutant, some) {
  const said = await process.ask({ order: 'judge', mutant, tests: some }, patience(some));
  if (said?.fault !== undefined) fail(said.fault);
  return said?.answer ?? { noticed: endless };
}
function anew() {
  current.end();
  current = judge();
}

async function outcomeOf(number) {
  const { file } = mutants[number];
  const some = coverers[number];
  if (some.length === 0 && atLoad[number].length === 0) return { outcome: 'not reached' };
  let spoilt;
  if (some.length > 0) {
    const answer = await asked(current, number, inOrder(some, file).slice(0, most(mutants[number])));
    if (answer.noticed !== undefined) {
      if (typeof answer.noticed === 'string') anew();
      return { outcome: 'killed', by: answer.noticed };
    }
    ({ spoilt } = answer);
    if (spoilt !== undefined) anew();
  }
  if (spoilt === undefined && most(mutants[number]) < Infinity) return { outcome: 'survived' };
  // Once more with the mutant at work from the start: what is kept in memory was made without it, and what is done while
  // a file is loaded or by its hooks is done no more. Of each file the first tests that reach it see it at work.
  const fresh = judge(number);
  const firsts = tests.flatMap((of) => {
    if (atLoad[number].includes(of)) return [...costs.keys()].map(split).filter(([one]) => one === of);
    const ofFile = some.filter(([one]) => one === of);
    return spoilt === undefined ? ofFile.slice(0, 3) : ofFile;
  });
  const answer = await asked(fresh, number, spoilt === undefined ? firsts : [spoilt, ...firsts]);
  fresh.end();
  return answer.noticed === undefined ? { outcome: 'survived' } : { outcome: 'killed', by: answer.noticed };
}

const outcomes = [];
for (const number of mutants.keys()) {
  const { outcome, by } = await outcomeOf(number);
  const { file } = mutants[number];
  if (Array.isArray(by)) {
    const scores = noticed.get(file) ?? noticed.set(file, new Map()).get(file);
    scores.set(by.join('#'), (scores.get(by.join('#')) ?? 0) + 1);
  }
  outcomes.push({ ...mutants[number], outcome, isEndless: by === endless });
  if (outcome !== 'killed' || by === endless)
    console.log(`mutate: ${by === endless ? by : outcome}: ${named(mutants[number])}`);
  if (mutants[number + 1]?.file !== file)
    console.log(
      `mutate: ${number + 1} of ${mutants.length}, ${Math.round((Date.now() - began) / 1000)} s: ${file} is done`,
    );
}
current.end();
const isDone = await report({
  root,
  outcomes,
  record: values.record,
  facts: { ...judgedAt, kinds, tests: costs.size, minutes: Math.round((Date.now() - began) / 6000) / 10 },
});
process.exitCode = isDone ? 0 : 1;
