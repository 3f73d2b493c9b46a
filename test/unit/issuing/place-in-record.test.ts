import { describe, expect, it } from '@jest/globals';
import { auditStore, linkAfter, withAudit } from '../../../src/audit/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { placeInRecord } from '../../../src/issuing/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import { aCast, anIssuingHouse, testPublicUrl } from '../../support/issuing-house.js';

const decided = '2026-11-20T09:00:00Z';

/** What a review quality statement says of the audit record, whether the drainer is behind or not. */
describe('the place of a decision in the audit record', () => {
  it('is its entry, waiting or appended, and the newest head that was signed by then', async () => {
    const store = await openSqlite({ file: ':memory:' });
    const house = anIssuingHouse(store, settableClock(decided));
    const { district, service } = await aCast(house);
    const audit = auditStore(store);
    const waiting = withAudit(
      { ...{ id: 'dec_a', district: district.id, decidedAt: decided, outcome: 'met' } },
      { actor: service, verb: 'decided', collection: 'decisions', facts: {} },
      decided,
    ) as never as Parameters<typeof placeInRecord>[1];
    const entry = waiting.pendingEntries[0]!;
    const heads = `${testPublicUrl}/.well-known/audit/riverbend`;
    const place = (decision: typeof waiting) => placeInRecord(house.ports, decision);
    // The drainer has not come yet and nothing was signed: no head is claimed.
    expect(await place(waiting)).toEqual({ heads, entry: entry.id, head: null });
    // Read by a process after another cleared it.
    const cleared = { ...waiting, pendingEntries: [] };
    await expect(place(cleared)).rejects.toMatchObject({
      code: 'rule-violated',
      message: expect.stringContaining('the award waits'),
    });
    await audit.append(linkAfter(undefined, district.id, entry));
    expect(await place(cleared)).toEqual({ heads, entry: entry.id, head: null });
    // Of several heads the newest of before it; one that covers it is later and never claimed.
    const head = (seq: number, time: string) =>
      audit.heads.insert({
        ...{ id: `head-${seq}`, district: district.id, seq, hash: `${seq}`.repeat(64), time, jws: 'x' },
      });
    await head(3, '2026-11-18T00:00:00Z');
    await head(5, '2026-11-20T00:00:00Z');
    await head(9, '2026-11-21T00:00:00Z');
    const named = { seq: 5, hash: '5'.repeat(64), time: '2026-11-20T00:00:00Z' };
    expect(await place(cleared)).toEqual({ heads, entry: entry.id, head: named });
    expect(await place(waiting)).toEqual({ heads, entry: entry.id, head: named });
    await store.close();
  });
});
