import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openMongo } from '../../src/adapters/mongo/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import type { Store } from '../../src/kernel/index.js';
import { aWalkedService } from '../support/walked-service.js';

/** The walk on this engine, and what is to be found in the store afterwards, whatever the engine. */
async function doesTheMainJob(store: Store): Promise<void> {
  const walked = await aWalkedService({ store });
  try {
    const { service, result, answers } = walked;
    const counted = [...answers].sort().map(([status, count]) => `${count} answered ${status}`);
    console.log(`the main job on ${store.engine}: ${walked.millis} ms, ${counted.join(', ')}`);
    // Two submissions were sent in too early, on purpose, and one sign-in link was used up; nothing else was refused.
    expect([...answers.keys()].sort()).toEqual([200, 201, 303, 422]);
    expect(answers.get(303)).toBe(1);
    expect(answers.get(422)).toBe(2);

    const admin = { Authorization: `Bearer ${result.apiKeys.admin}` };
    const { body } = await service.http.get('/api/v1/awards?limit=100').set(admin).expect(200);
    const standing = body.items.map((award: { basis: { kind: string }; state: string }) => ({
      basis: award.basis.kind,
      state: award.state,
    }));
    const count = (basis: string, state: string) =>
      standing.filter((one: { basis: string; state: string }) => one.basis === basis && one.state === state)
        .length;
    expect(standing).toHaveLength(7);
    expect({
      reviewed: count('decision', 'active'),
      milestones: count('components', 'active'),
      outside: count('outside', 'active'),
      revoked: count('outside', 'revoked'),
      suspended: count('outside', 'suspended'),
    }).toEqual({ reviewed: 2, milestones: 1, outside: 2, revoked: 1, suspended: 1 });

    // The store itself, not what the process remembers: one status index for each edition, each its own.
    const entries = await Promise.all(
      [result.credential, result.stack, ...Object.values(result.others)].map(async (links) => {
        const { pathname, search } = new URL(links!.json);
        const answer = await service.http.get(`${pathname}${search}`).expect(200);
        return (JSON.parse(answer.text) as { credentialStatus: { id: string } }).credentialStatus.id;
      }),
    );
    expect(new Set(entries).size).toBe(6);

    // Another district sees none of it.
    const other = { Authorization: `Bearer ${result.otherDistrict.apiKey}` };
    const theirs = await service.http.get('/api/v1/awards').set(other).expect(200);
    expect(theirs.body.items).toEqual([]);
    await service.http.get(`/api/v1/awards/${body.items[0].id}`).set(other).expect(404);

    // Nothing failed in the background.
    expect(service.events.filter((event) => 'error' in event && !('code' in event))).toEqual([]);
  } finally {
    await walked.close();
  }
}

describe('the main job, from an empty store to credentials that verify, over HTTP alone', () => {
  it('is done on the embedded store, in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-journey-'));
    try {
      await doesTheMainJob(await openSqlite({ file: join(folder, 'touchstone.db') }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  const url = process.env['TOUCHSTONE_MONGODB_URL'];
  if (url === undefined || url === '') {
    console.warn('skipped: no server (TOUCHSTONE_MONGODB_URL is not set)');
    it.skip('skipped: no server (TOUCHSTONE_MONGODB_URL is not set)', () => undefined);
  } else {
    it('is done on the MongoDB server of TOUCHSTONE_MONGODB_URL', async () => {
      const database = `touchstone_journey_${process.pid}_${Date.now()}`;
      try {
        await doesTheMainJob(await openMongo({ url, database }));
      } finally {
        const connection = await mongoose.createConnection(url, { dbName: database }).asPromise();
        await connection.dropDatabase();
        await connection.close();
      }
    }, 240_000);
  }
});
