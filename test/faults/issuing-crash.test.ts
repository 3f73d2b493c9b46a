import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { compose } from '../../src/compose.js';
import { awardSteps } from '../../src/issuing/index.js';
import { packageRoot, settableClock } from '../../src/kernel/index.js';
import type { Decision } from '../../src/review/index.js';
import { inProcessJudge } from '../../src/verification/index.js';
import { aCast, aDecision, anAchievement, anIssuingHouse, type Cast } from '../support/issuing-house.js';
import { faultConfig, faultSecrets } from './fault-settings.js';

const start = '2026-11-20T09:00:00Z';

describe('a service that is killed with -9 while it issues, over a database file', () => {
  let folder: string;
  let script: string;
  let dataDir: string;
  let cast: Cast;
  let decision: Decision;

  beforeAll(async () => {
    // Below node_modules, so that the bundle finds the packages and the package's own files.
    const scratch = join(packageRoot, 'node_modules/.cache/touchstone-faults');
    mkdirSync(scratch, { recursive: true });
    folder = mkdtempSync(join(scratch, 'run-'));
    script = join(folder, 'issuing-child.mjs');
    dataDir = join(folder, 'data');
    await build({
      entryPoints: [join(packageRoot, 'test/faults/issuing-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'error',
    });
    const service = await compose(faultConfig(dataDir), faultSecrets, {
      clock: settableClock(start),
      background: () => false,
      judge: inProcessJudge,
      log: () => undefined,
    });
    const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
    cast = await aCast(house);
    decision = await aDecision(house, cast, await anAchievement(house, cast, 'formative-feedback'));
    await service.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(step?: string): Promise<{ readonly ended: number | string | null; readonly output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, dataDir, ...(step === undefined ? [] : [step])], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'] },
      });
      let output = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (output += data.toString()));
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ ended: signal ?? code, output }));
    });
  }

  /** What the file holds, read while no other process has it open. */
  async function whatThereIs() {
    const store = await openSqlite({ file: join(dataDir, 'touchstone.db') });
    const { ports } = anIssuingHouse(store, settableClock(start));
    const { items: awards } = await ports.store.pageOfAwards(cast.district.id, { limit: 10 });
    const editions = (
      await Promise.all(awards.map(({ id }) => ports.store.editionsOf(cast.district.id, id)))
    ).flat();
    const { items: holdings } = await ports.pathways.store.pageOfHoldings(cast.district.id, cast.teacher.id, {
      limit: 10,
    });
    const kept = await ports.review.store.decision(cast.district.id, decision.id);
    await store.close();
    return { awards, editions, holdings, decisionDue: kept!.effectDue };
  }

  it('at each step in turn, and started again each time, has one credential, one index, one edition', async () => {
    const drawn = new Set<string>();
    const places = new Set<string>();
    const signed = new Set<string>();
    for (const step of awardSteps) {
      const killed = await run(step);
      expect({ step, ended: killed.ended }).toEqual({ step, ended: 'SIGKILL' });
      const { awards, editions } = await whatThereIs();
      expect({ step, awards: awards.length }).toEqual({ step, awards: 1 });
      const { credentialId, subjectId, identitySalt, evidence, making } = awards[0]!;
      drawn.add(JSON.stringify([credentialId, subjectId, identitySalt, evidence]));
      if (making?.status != null) places.add(`${making.status.list} ${making.status.index}`);
      for (const edition of editions) {
        places.add(`${edition.statusList} ${edition.statusIndex}`);
        signed.add(edition.json);
      }
    }
    expect(await run()).toEqual({ ended: 0, output: 'settled\n' });
    const { awards, editions, holdings, decisionDue } = await whatThereIs();
    expect([awards.length, editions.length, holdings.length]).toEqual([1, 1, 1]);
    expect([drawn.size, places.size, signed.size]).toEqual([1, 1, 1]);
    expect(awards[0]).toMatchObject({
      state: 'active',
      edition: 1,
      making: null,
      effectDue: null,
      auditDue: null,
    });
    expect(holdings[0]).toMatchObject({ state: 'active', effectDue: null });
    expect(decisionDue).toBeNull();
  });
});
