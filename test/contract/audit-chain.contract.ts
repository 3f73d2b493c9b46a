import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ledgerId, verifyRecord } from '../../src/audit/index.js';
import type { Store } from '../../src/kernel/index.js';
import { anAuditHouse, impatience, now, type AuditHouse } from '../support/audit-house.js';
import { interleaved, killedAt, Killed } from '../support/stepped-store.js';

const a = 'dst_a';
const b = 'dst_b';

/** What the audit chain needs of a store engine: one chain a district, whoever drains it and wherever it is killed. */
export function describeAuditChain(engine: string, open: () => Promise<Store>): void {
  describe(`the audit chain on ${engine}`, () => {
    let store: Store;
    let house: AuditHouse;
    beforeEach(async () => {
      store = await open();
      house = anAuditHouse(store);
    });
    afterEach(() => store.close());

    /** Some documents, one of them written twice; 9 entries of one district and 2 of another. */
    async function someEntries(): Promise<void> {
      for (let n = 0; n < 7; n += 1) await house.say(`mbr_${n}`, a, n);
      await house.say('mbr_3', a, 30, '2026-11-20T09:00:05Z');
      await house.say('mbr_3', a, 31, '2026-11-20T09:00:05Z');
      await house.say('mbr_0', b, 1);
      await house.say('mbr_1', b, 2);
    }

    async function isWhole(district: string, entries: number): Promise<void> {
      const links = await house.linksOf(district);
      expect(await verifyRecord(links, [])).toMatchObject({ ok: true, entries, firstBad: null });
      expect(links.map(({ seq }) => seq)).toEqual(Array.from({ length: entries }, (_, index) => index + 1));
    }

    it('appends what waits, one chain a district, and clears it', async () => {
      await someEntries();
      await house.drain();
      await isWhole(a, 9);
      await isWhole(b, 2);
      expect(await house.said.sweep('auditDue', { before: '2099-01-01T00:00:00Z', limit: 10 })).toEqual([]);
      expect(await house.said.get(a, 'mbr_3')).toMatchObject({ minutesPerWeek: 31, pendingEntries: [] });
      expect(await house.chain.ledgers.get(a, ledgerId)).toMatchObject({ holder: null, effectDue: now });
    });

    it('is one chain, without double or gap, whichever way two or three drainers interleave', async () => {
      let schedules = 0;
      for (const drainers of [2, 3]) {
        for (let seed = 1; seed <= 25; seed += 1) {
          const district = `dst_${drainers}${seed}`;
          for (let n = 0; n < 4; n += 1) await house.say(`mbr_${n}`, district, n);
          await house.say('mbr_1', district, 20);
          const stores = interleaved(store, drainers, seed);
          await Promise.all(stores.map((one) => anAuditHouse(one).drain()));
          await isWhole(district, 5);
          schedules += 1;
        }
      }
      console.log(`${engine}: ${schedules} interleavings of drainers`);
    }, 120_000);

    it('is one chain, whichever step a drainer is killed at, and another goes on meanwhile or after', async () => {
      let kills = 0;
      for (let step = 1; ; step += 1) {
        const district = `dst_kill${step}`;
        for (let n = 0; n < 3; n += 1) await house.say(`mbr_${n}`, district, n);
        await house.say('mbr_1', district, 20);
        const killed = await anAuditHouse(killedAt(store, step))
          .drain()
          .then(
            () => false,
            (error: unknown) => {
              if (error instanceof Killed) return true;
              throw error;
            },
          );
        if (!killed) break;
        kills += 1;
        // Written to between: what waits then is neither lost nor cleared unrecorded.
        await house.say('mbr_1', district, 21);
        await Promise.all([house.drain(), anAuditHouse(store).drain()]);
        await house.drain();
        await isWhole(district, 5);
        expect(await house.said.get(district, 'mbr_1')).toMatchObject({ pendingEntries: [], auditDue: null });
      }
      console.log(`${engine}: killed at each of ${kills} steps`);
      expect(kills).toBeGreaterThan(15);
    }, 120_000);

    it('leaves the work to a drainer that shows life, and takes the turn of one that does not', async () => {
      await house.say('mbr_0', a, 1);
      await house.chain.ledgers.insert({
        ...{ id: ledgerId, district: a, holder: 'another', signed: 0, verified: null, effectDue: null },
      });
      let looks = 0;
      const alive = {
        ...impatience,
        pause: async () => {
          looks += 1;
          const ledger = (await house.chain.ledgers.get(a, ledgerId))!;
          if (looks <= 3) await house.chain.ledgers.replace(ledger);
        },
      };
      await house.drain(alive);
      expect(looks).toBeGreaterThan(3);
      await isWhole(a, 1);
    });
  });
}
