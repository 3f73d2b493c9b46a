import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/index.js';

/** The value below which the share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `61.2 to 70.4 in 3 rounds`. */
export function spread(values: readonly number[]): string {
  return `${figure(Math.min(...values))} to ${figure(Math.max(...values))} in ${values.length} rounds`;
}

export function figure(value: number): number {
  return Number(value.toPrecision(4));
}

/**
 * Runs one side in a process of its own, so that no side warms or burdens another: a `.ts` of `sides/` as it was
 * bundled, a `.mjs` of a peer as it stands. It is given `input` as a JSON file and answers JSON.
 */
export async function inFreshProcess<T>(
  side: string,
  input: unknown,
  nodeOptions: readonly string[] = [],
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'));
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(input));
  const script = side.endsWith('.mjs')
    ? join(packageRoot, 'test/bench/sides', side)
    : join(packageRoot, 'dist/bench/sides', side.replace(/\.ts$/, '.js'));
  try {
    const child = spawn(process.execPath, [...nodeOptions, script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${side} ended with ${String(code)}`);
    return JSON.parse(text) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
