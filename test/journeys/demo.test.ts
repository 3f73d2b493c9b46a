import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/kernel/index.js';
import type { DemoResult } from '../../src/demo/index.js';

const entry = join(packageRoot, 'dist/demo.js');
const env = { PATH: process.env['PATH'] ?? '' };

/** Starts the built demo; `ready` is its line of JSON, `line` resolves at the first progress line that has these words. */
function startDemo(args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [entry, '--json', ...args], { env });
  let out = '';
  let progress = '';
  const exit = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const ready = new Promise<DemoResult>((done, fail) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.endsWith('\n')) done(JSON.parse(out) as DemoResult);
    });
    void exit.then(() => fail(new Error(`the demo ended: ${progress}`)));
  });
  ready.catch(() => undefined);
  const line = (words: string) =>
    new Promise<void>((done, fail) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        progress += chunk.toString();
        if (progress.includes(words)) done();
      });
      void exit.then(() => fail(new Error(`the demo ended: ${progress}`)));
    });
  return { child, ready, exit, line };
}

async function verdicts(demo: DemoResult): Promise<{ readonly [name: string]: string }> {
  const found: { [name: string]: string } = {};
  for (const [name, links] of Object.entries({
    credential: demo.credential,
    stack: demo.stack,
    ...demo.others,
  })) {
    const credential: unknown = await (await fetch(links!.json)).json();
    const report = await fetch(demo.verifyApi, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ credential }),
    });
    found[name] = ((await report.json()) as { verdict: string }).verdict;
  }
  return found;
}

describe('the demo', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-demo-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('killed in the middle, begins again in the same folder; stopped, goes on with its port, its clock and its verdicts', async () => {
    const args = ['--port', '0', '--data', join(folder, 'data')];
    const first = startDemo(args);
    await first.line('is published');
    first.child.kill('SIGKILL');
    await first.exit;

    const second = startDemo(args);
    const demo = await second.ready;
    const before = await verdicts(demo);
    expect(before).toEqual({
      credential: 'valid',
      stack: 'valid',
      revoked: 'revoked',
      suspended: 'suspended',
      expired: 'expired',
      superseded: 'revoked',
    });
    const moved = await fetch(demo.clock, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ advance: 10 * 86_400 }),
    });
    expect(moved.status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);

    const third = startDemo(args);
    const again = await third.ready;
    expect(again.baseUrl).toBe(demo.baseUrl);
    expect(again.signIn.teacher).not.toBe(demo.signIn.teacher);
    expect(await verdicts(again)).toEqual(before);
    third.child.kill('SIGTERM');
    expect(await third.exit).toBe(0);
  });

  it('with --once ends with 0 and leaves no folder behind', async () => {
    const demo = startDemo(['--once', '--port', '0']);
    const { dataDir } = await demo.ready;
    expect(await demo.exit).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('says what is wrong with an option', () => {
    const run = spawnSync(process.execPath, [entry, '--port', 'abc'], { env, encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([
      1,
      'The demo failed: --port must be a port from 0 to 65535; it is "abc"\n',
    ]);
  });
});
