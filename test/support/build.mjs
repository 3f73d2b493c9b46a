// Bundles the entries into dist/. Packages stay outside the bundle: they are read from node_modules.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';

const entries = ['main', 'cli', 'worker', 'demo']
  .map((name) => `src/${name}.ts`)
  .filter((path) => existsSync(path));

await build({
  entryPoints: entries,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
});
