import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../../src/kernel/index.js';

/** The code of the worker threads as the sources stand now, built for one test file, and how to take it away again. */
export async function builtWorker(entry = 'src/worker.ts'): Promise<{ readonly url: URL; remove(): void }> {
  // Inside the package: its packages and contexts are found from there.
  const dist = join(packageRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(dist, 'worker-for-a-test-'));
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(packageRoot, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return { url: pathToFileURL(outfile), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
