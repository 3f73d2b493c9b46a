import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/kernel/index.js';

const mutate = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(packageRoot, 'test/mutation/run.mjs'), ...args], { encoding: 'utf8' });

interface Reason {
  readonly file: string;
  readonly kinds: readonly string[];
  readonly condition: string;
  readonly reason: string;
}

describe('npm run mutate', () => {
  let lines: readonly string[];
  beforeAll(() => {
    const { status, stdout } = mutate('--list', '--kinds', 'if,leave,part,choice');
    expect(status).toBe(0);
    lines = stdout.trim().split('\n');
  });

  it('finds each condition of an if once, and that of one that leaves in both ways', () => {
    const { stdout } = mutate('--list', '--only', 'checks/validity');
    const source = readFileSync(join(packageRoot, 'src/verification/checks/validity.ts'), 'utf8');
    const ifs = source.match(/\bif \(/g) ?? [];
    expect(stdout.match(/ if \[/g) ?? []).toHaveLength(ifs.length);
    expect(stdout.match(/ leave \[/g) ?? []).toHaveLength(source.match(/\bif \(.*\)\s*return/g)?.length ?? 0);
  });

  it('has a reason only for conditions that are there', () => {
    const reasons = JSON.parse(
      readFileSync(join(packageRoot, 'test/mutation/reasons.json'), 'utf8'),
    ) as readonly Reason[];
    const gone = reasons.filter(({ file, kinds, condition, reason }) => {
      expect(reason.length).toBeGreaterThan(20);
      return kinds.some(
        (kind) =>
          !lines.some((line) => line.includes(`/${file}:`) && line.includes(` ${kind} [${condition}] `)),
      );
    });
    expect(gone).toEqual([]);
  });

  it('says so when no file is meant', () => {
    expect(mutate('--only', 'checks/nothing')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('checks/nothing'),
    });
  });
});
