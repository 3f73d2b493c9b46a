import { beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { settableClock, systemRandomness } from '../../../src/kernel/index.js';
import {
  creditsOf,
  holdingLookedAt,
  keepHolding,
  ledgerOf,
  pathwayStore,
  progressFrom,
  type Holding,
  type HoldingFacts,
  type PathwayPorts,
} from '../../../src/pathways/index.js';

const now = '2026-11-20T09:00:00Z';
const facts = {
  district: 'dst_a',
  holder: 'mbr_a',
  award: 'awd_a',
  credentialId: 'https://x.test/c/1',
  achievement: 'ach_a',
  achievementVersion: 'acv_a',
  name: 'A',
  assessedBy: 'review',
  creditHours: 7.5,
  state: 'active',
  awardedDate: now,
  validUntil: null,
} as unknown as HoldingFacts;

const holding = (change: Partial<Holding> | object) => ({ ...facts, ...change }) as Holding;

describe('the credit ledger', () => {
  it('counts each credential in force once, a milestone not at all, and adds quarters exactly', () => {
    const ledger = ledgerOf([
      holding({ creditHours: 0.25 }),
      holding({ creditHours: 1.5 }),
      holding({ creditHours: 30, assessedBy: 'components' }),
      holding({ creditHours: 8, state: 'revoked' }),
      holding({ creditHours: 8, state: 'superseded' }),
      holding({ creditHours: 8, state: 'suspended' }),
      holding({ creditHours: 2, validUntil: '2020-01-01T00:00:00Z' }),
    ]);
    expect(ledger.total).toBe(3.75);
    expect(ledger.entries.map(({ counted, because }) => [counted, because])).toEqual([
      [0.25, 'earned'],
      [1.5, 'earned'],
      [0, 'counted-by-components'],
      [0, 'not-in-force'],
      [0, 'not-in-force'],
      [0, 'not-in-force'],
      [2, 'earned'],
    ]);
  });
});

describe('progress towards a milestone', () => {
  const components = ['ach_a', 'ach_b'] as never[];

  it('is complete when every component is held now, in any version', () => {
    const held = [holding({}), holding({ achievement: 'ach_b', achievementVersion: 'acv_old' })];
    expect(progressFrom(components, held, now).complete).toBe(true);
    expect(progressFrom(components, held.slice(1), now)).toMatchObject({
      complete: false,
      components: [{ holding: null }, { holding: { achievement: 'ach_b' } }],
    });
  });

  it.each([{ state: 'suspended' }, { state: 'revoked' }, { state: 'superseded' }, { validUntil: now }])(
    'does not count a component with %j',
    (change) => {
      const held = [holding(change), holding({ achievement: 'ach_b' })];
      expect(progressFrom(components, held, now).complete).toBe(false);
    },
  );

  it('takes the newest of several, and is never complete without components', () => {
    const held = [holding({ award: 'old' }), holding({ award: 'new', awardedDate: '2026-11-21T00:00:00Z' })];
    expect(progressFrom(components, held, now).components[0]!.holding!.award).toBe('new');
    expect(progressFrom([], held, now).complete).toBe(false);
  });
});

describe('a holding', () => {
  let ports: PathwayPorts;

  beforeEach(async () => {
    ports = {
      clock: settableClock(now),
      randomness: systemRandomness,
      store: pathwayStore(await openSqlite({ file: ':memory:' })),
    };
  });

  it('is kept once for an award, is due after every change and only then', async () => {
    const kept = await Promise.all([1, 2, 3].map(() => keepHolding(ports, facts)));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
    expect(kept[0]!.effectDue).toBe(now);
    await holdingLookedAt(ports, kept[0]!);
    expect((await keepHolding(ports, facts)).effectDue).toBeNull();
    expect(await keepHolding(ports, { ...facts, state: 'revoked' })).toMatchObject({
      state: 'revoked',
      effectDue: now,
    });
    expect((await creditsOf(ports, 'dst_a', 'mbr_a' as never)).total).toBe(0);
  });

  it('stays due when it changed while it was looked at', async () => {
    const before = await keepHolding(ports, facts);
    await keepHolding(ports, { ...facts, state: 'suspended' });
    await holdingLookedAt(ports, before);
    expect((await ports.store.holdingOfAward('dst_a', 'awd_a'))!.effectDue).toBe(now);
  });
});
