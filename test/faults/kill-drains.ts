import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { verifyRecord } from '../../src/audit/index.js';
import { packageRoot } from '../../src/kernel/index.js';
import { anAuditHouse, type AuditHouse } from '../support/audit-house.js';

/** What came of killing processes with -9 while they drained. */
export interface KilledDrains {
  readonly kills: number;
  readonly entries: number;
  /** Entries that were in the chain and still waited when the next process began: what might have been appended twice. */
  readonly halfDone: number;
  /** Entries that are in the chain more than once, or not at all. */
  readonly twice: number;
  readonly lost: number;
  readonly faults: readonly string[];
}

const district = 'dst_a';

/**
 * Kills a process that drains a database file, `kills` times: at a step of its own that `seed` draws, or, `from-outside`,
 * after a time that `seed` draws. More is recorded between; then the rest is drained, and all is compared.
 */
export async function killDrains(options: {
  readonly kills: number;
  readonly seed: number;
  readonly how: 'at-a-step' | 'from-outside';
  /** Documents that are written to between two kills. */
  readonly writes: number;
}): Promise<KilledDrains> {
  const { kills, seed, how, writes } = options;
  // Below node_modules, so that the bundle finds the packages and the package's own files.
  const scratch = join(packageRoot, 'node_modules/.cache/touchstone-faults');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'audit-'));
  try {
    const script = join(folder, 'audit-child.mjs');
    await build({
      ...{ entryPoints: [join(packageRoot, 'test/faults/audit-child.ts')], outfile: script },
      ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
    });
    const file = join(folder, 'audit.db');
    const faults: string[] = [];
    const written: string[] = [];
    let halfDone = 0;
    let killed = 0;
    const opened = async <T>(act: (house: AuditHouse) => Promise<T>): Promise<T> => {
      const store = await openSqlite({ file });
      try {
        return await act(anAuditHouse(store));
      } finally {
        await store.close();
      }
    };
    const draw = drawing(seed);
    for (let round = 0; killed < kills; round += 1) {
      if (round > kills * 3 + 10) throw new Error(`only ${killed} of ${round} processes were killed in time`);
      await opened(async (house) => {
        for (let n = 0; n < writes; n += 1) {
          const { pendingEntries } = await house.say(`mbr_${n}`, district, round);
          written.push(pendingEntries.at(-1)!.id);
        }
      });
      const step = how === 'at-a-step' ? 3 + draw(8 * writes) : undefined;
      const ended = await run(script, file, step, how === 'from-outside' ? draw(writes) : undefined);
      if (ended === 'SIGKILL') killed += 1;
      await opened(async (house) => {
        const links = await house.linksOf(district);
        const inChain = new Set(links.map(({ id }) => id));
        const verdict = await verifyRecord(links, []);
        if (!verdict.ok) faults.push(`after kill ${killed}: ${verdict.reason}`);
        for (let n = 0; n < writes; n += 1) {
          const doc = (await house.said.get(district, `mbr_${n}`))!;
          halfDone += doc.pendingEntries.filter(({ id }) => inChain.has(id)).length;
        }
      });
    }
    const rest = await run(script, file, undefined, undefined);
    if (rest !== 0) faults.push(`the last process ended with ${String(rest)}`);
    return await opened(async (house) => {
      const links = await house.linksOf(district);
      const ids = links.map(({ entry }) => (JSON.parse(entry) as { readonly id: string }).id);
      const { ok, reason } = await verifyRecord(links, []);
      if (!ok) faults.push(reason);
      const due = await house.said.sweep('auditDue', { before: '2099-01-01T00:00:00Z', limit: 10 });
      if (due.length > 0) faults.push(`${due.length} documents have entries that wait`);
      const known = new Set(ids);
      return {
        ...{ kills: killed, entries: written.length, halfDone, faults },
        twice: ids.length - known.size + ids.filter((id) => !written.includes(id)).length,
        lost: written.filter((id) => !known.has(id)).length,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the child to its end; kills it `afterMillis` after it has begun to drain, where that is given. */
function run(
  script: string,
  file: string,
  step: number | undefined,
  afterMillis: number | undefined,
): Promise<number | string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, file, ...(step === undefined ? [] : [String(step)])], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    let timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', (data: Buffer) => {
      if (afterMillis !== undefined && data.toString().includes('draining'))
        timer ??= setTimeout(() => child.kill('SIGKILL'), afterMillis);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(signal ?? code);
    });
  });
}

/** Whole numbers below a bound, by xorshift32. */
function drawing(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
