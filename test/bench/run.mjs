// npm run bench [-- --json] [--quick] [--only V1,V2]: builds the bench beside the service and runs it.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sides = readdirSync(here('sides')).filter((name) => name.endsWith('.ts'));

rmSync(here('../../dist/bench'), { recursive: true, force: true });
await build({
  entryPoints: [here('bench.ts'), ...sides.map((name) => here(`sides/${name}`))],
  outbase: here('.'),
  outdir: here('../../dist/bench'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});
const { status } = spawnSync(
  process.execPath,
  [here('../../dist/bench/bench.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
