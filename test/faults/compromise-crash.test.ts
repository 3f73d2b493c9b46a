import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { compose } from '../../src/compose.js';
import {
  awardSteps,
  compromiseSteps,
  endorse,
  issuerOf,
  listEndorsements,
  listKeyCompromises,
  settleDecision,
  signingKeys,
} from '../../src/issuing/index.js';
import { packageRoot, settableClock } from '../../src/kernel/index.js';
import { listIssuerKeys } from '../../src/securing/index.js';
import { aCast, aDecision, anAchievement, type Cast } from '../support/issuing-house.js';
import { faultConfig, faultSecrets } from './fault-settings.js';

const moment = '2026-11-21T09:00:00Z';

describe('a service that is killed with -9 while it makes a compromised key good, over a database file', () => {
  let folder: string;
  let script: string;
  let dataDir: string;
  let cast: Cast;

  const open = (at: string) =>
    compose(faultConfig(dataDir), faultSecrets, {
      clock: settableClock(at),
      background: () => false,
      log: () => undefined,
    });

  beforeAll(async () => {
    const scratch = join(packageRoot, 'node_modules/.cache/touchstone-faults');
    mkdirSync(scratch, { recursive: true });
    folder = mkdtempSync(join(scratch, 'compromise-'));
    script = join(folder, 'compromise-child.mjs');
    dataDir = join(folder, 'data');
    await build({
      entryPoints: [join(packageRoot, 'test/faults/compromise-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'error',
    });
    const begun = await open('2026-11-20T09:00:00Z');
    const early = { ports: begun.rooms.issuing, achievements: begun.rooms.achievements };
    cast = await aCast(early);
    for (const slug of ['one', 'two'])
      await settleDecision(early.ports, await aDecision(early, cast, await anAchievement(early, cast, slug)));
    const about = (await issuerOf(early.ports, cast.district.id)).ref.did;
    await endorse(early.ports, cast.admin, { about, comment: 'Before.' });
    await begun.close();
    const later = await open('2026-11-22T09:00:00Z');
    const late = { ports: later.rooms.issuing, achievements: later.rooms.achievements };
    const version = await anAchievement(late, cast, 'late');
    await settleDecision(late.ports, await aDecision(late, cast, version));
    await endorse(late.ports, cast.admin, { about: version.url, comment: 'After.' });
    await later.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(step?: string): Promise<{ readonly ended: number | string | null; readonly output: string }> {
    return new Promise((resolve, reject) => {
      const given = [script, dataDir, cast.district.id, moment, ...(step === undefined ? [] : [step])];
      const child = spawn(process.execPath, given, {
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

  it('at each step in turn, and started again each time, has signed everything anew once', async () => {
    // In the order in which they are reached; those of each award stand between 6 and 7.
    const steps = [...compromiseSteps.slice(0, 6), ...awardSteps.slice(1, 6), ...compromiseSteps.slice(6, 8)];
    for (const step of steps) {
      const killed = await run(step);
      expect({ step, ended: killed.ended, output: killed.output }).toEqual({
        step,
        ended: 'SIGKILL',
        output: '',
      });
    }
    expect(await run()).toEqual({ ended: 0, output: 'settled\n' });
    const service = await open('2026-11-23T11:00:00Z');
    const { issuing, securing } = service.rooms;
    const keys = await listIssuerKeys(securing, cast.district.id);
    expect(Object.fromEntries(keys.map(({ name, state }) => [name, state]))).toEqual({
      'audit-2026-1': 'active',
      'proof-2026-1': 'compromised',
      'proof-2026-2': 'active',
      'jwt-2026-1': 'active',
    });
    const { items: awards } = await issuing.store.pageOfAwards(cast.district.id, { limit: 10 });
    const signed = await Promise.all(
      awards.map(async ({ id, createdAt, state, making }) => ({
        before: createdAt < moment,
        state,
        making,
        keys: (await issuing.store.editionsOf(cast.district.id, id)).map(
          (edition) => signingKeys(edition)[0],
        ),
      })),
    );
    const anew = { before: true, state: 'active', making: null, keys: ['proof-2026-1', 'proof-2026-2'] };
    const waits = { before: false, state: 'active', making: null, keys: ['proof-2026-1'] };
    expect(signed).toEqual([waits, anew, anew]);
    const [progress] = await listKeyCompromises(issuing, cast.admin);
    expect(progress!.awards).toEqual({ due: 0, reissued: 2, waiting: 1, confirmed: 0, revoked: 0 });
    const { items: endorsements } = await listEndorsements(issuing, cast.admin, { limit: 10 });
    expect(endorsements.map((each) => [each.comment, each.state, signingKeys(each)[0]])).toEqual([
      ['After.', 'revoked', 'proof-2026-1'],
      ['Before.', 'active', 'proof-2026-2'],
    ]);
    // Told once of each kind, whatever was tried again.
    const { items: messages } = await service.store
      .collection<{ readonly id: string; readonly district: string; readonly version: number }>({
        name: 'notifications',
        scope: 'district',
        unique: [],
        indexes: [{ name: 'all', equality: [], order: 'createdAt' as never }],
        sweeps: ['effectDue'],
      })
      .page(cast.district.id, 'all', [], { limit: 50 });
    const ofKeys = messages.map(({ id }) => id).filter((id) => id.startsWith('kcm_'));
    expect(ofKeys.map((id) => id.split('-').slice(2).join('-')).sort()).toEqual(['in-question', 'reissued']);
    await service.close();
  });
});
