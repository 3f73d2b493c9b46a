// npm run soak -- ROW [--size N] [--seed N] [--record] [--suites DIR]: the full bar of one row of the reliability table.
// Without a row it lists them. It writes nothing unless --record, which puts the figures into docs/evidence/.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = readdirSync(join(root, 'test/soak'))
  .filter((file) => file.endsWith('.ts') && file !== 'row.ts')
  .map((file) => file.slice(0, -3))
  .sort();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    seed: { type: 'string', default: '20261125' },
    record: { type: 'boolean', default: false },
    suites: { type: 'string' },
  },
});
const [name] = positionals;
if (name !== undefined && !names.includes(name)) {
  console.error(`soak: there is no row ${name}; the rows are ${names.join(', ')}`);
  process.exit(2);
}

// Below node_modules, so that the bundle finds the packages and the package's own files.
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'touchstone-soak-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function load(row) {
  const outfile = join(folder, `${row}.mjs`);
  await build({
    entryPoints: [join(root, `test/soak/${row}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)).row;
}

if (name === undefined) {
  for (const each of names) {
    const row = await load(each);
    console.log(`${each} (${row.bar}): ${row.promise}`);
  }
} else {
  // What is run is bundled here: whatever is committed later is not what was run.
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const judged = {
    commit: git('rev-parse', 'HEAD'),
    uncommitted: git('status', '--porcelain', '--untracked-files=no') !== '',
  };
  const row = await load(name);
  const whole = (text, option) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    console.error(`soak: --${option} must be a whole number above 0`);
    process.exit(2);
  };
  const size = values.size === undefined ? row.bar : whole(values.size, 'size');
  const seed = whole(values.seed, 'seed');
  console.log(`soak: ${name}, size ${size} (bar ${row.bar}), seed ${seed}`);
  const began = process.hrtime.bigint();
  const { figures, faults } = await row.run(size, seed, (line) => console.log(`soak: ${line}`), {
    ...(values.suites === undefined ? {} : { suites: values.suites }),
  });
  const seconds = Math.round(Number(process.hrtime.bigint() - began) / 1e8) / 10;
  const record = {
    row: name,
    date: new Date().toISOString(),
    ...judged,
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    size,
    bar: row.bar,
    seed,
    seconds,
    figures,
    faults: faults.length,
  };
  console.log(JSON.stringify(record, null, 2));
  for (const fault of faults.slice(0, 20)) console.error(`soak: FAULT ${JSON.stringify(fault)}`);
  if (values.record) {
    mkdirSync(join(root, 'docs/evidence'), { recursive: true });
    const file = `docs/evidence/${record.date.slice(0, 10)}-${name}.json`;
    writeFileSync(join(root, file), await format(JSON.stringify(record), { parser: 'json' }));
    console.log(`soak: recorded in ${file}`);
  }
  if (faults.length > 0) process.exitCode = 1;
}
