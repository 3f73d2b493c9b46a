import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/kernel/index.js';

const soak = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(packageRoot, 'test/soak/run.mjs'), ...args], { encoding: 'utf8' });

describe('npm run soak', () => {
  it('lists its rows, each with its full size and what it promises', () => {
    const { status, stdout } = soak();
    expect(status).toBe(0);
    const rows = readdirSync(join(packageRoot, 'test/soak'))
      .filter((file) => file.endsWith('.ts') && file !== 'row.ts')
      .map((file) => file.slice(0, -3));
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(stdout).toMatch(new RegExp(`^${row} \\(\\d+\\): [A-Z].{40}`, 'm'));
  });

  it('refuses a row that is none, and a size that is no number', () => {
    expect(soak('tamper')).toMatchObject({ status: 2, stderr: expect.stringContaining('tampering') });
    expect(soak('tampering', '--size', 'many')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--size'),
    });
  });
});
