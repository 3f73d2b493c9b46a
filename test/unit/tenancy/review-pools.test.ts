import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { newId, settableClock, type Store } from '../../../src/kernel/index.js';
import {
  acceptPoolAgreement,
  addMember,
  addressOf,
  changeMember,
  createDistrict,
  endPoolAgreement,
  endPoolSeat,
  finishSeat,
  givePoolSeat,
  mayKnowAchievement,
  ownSeat,
  proposePoolAgreement,
  seatInForce,
  settlePoolAgreement,
  tenancyStore,
  type Role,
  type TenancyPorts,
} from '../../../src/tenancy/index.js';
import { seededRandomness } from '../../support/review-house.js';

let store: Store;
let ports: TenancyPorts;
beforeAll(async () => {
  store = await openSqlite({ file: ':memory:' });
  const base = { clock: settableClock('2026-11-20T09:00:00Z'), randomness: seededRandomness('pools') };
  ports = { ...base, store: tenancyStore(store) };
});
afterAll(() => store.close());

let serial = 0;

async function aDistrict(name: string) {
  serial += 1;
  const district = await createDistrict(ports, { name, slug: `${name.toLowerCase()}-${serial}` });
  return { ...district, admin: await aMember(district.id, ['admin']) };
}

async function aMember(
  district: Parameters<typeof addMember>[1]['district'],
  roles: readonly Role[],
  email?: string,
) {
  serial += 1;
  const input = { email: email ?? `person${serial}@pools.example`, name: 'Dana Whitfield', roles };
  const member = await addMember(ports, { kind: 'service', district }, input);
  return { kind: 'member', district, member: member.id, email: member.email } as const;
}

/** An active agreement for one achievement, and a reviewer of the home district with a seat. */
async function aPool() {
  const [host, home] = [await aDistrict('Lakeside'), await aDistrict('Riverbend')];
  const achievement = newId(ports.randomness, 'ach');
  const input = { district: home.slug, achievements: [achievement] };
  const agreement = await proposePoolAgreement(ports, host.admin, input, async () => true);
  await acceptPoolAgreement(ports, home.admin, agreement.id);
  const reviewer = await aMember(home.id, ['reviewer']);
  const give = (member: string) => givePoolSeat(ports, home.admin, { agreement: agreement.id, member });
  return { host, home, achievement, agreement, reviewer, give, seat: await give(reviewer.member) };
}

describe('an agreement', () => {
  it('holds once the other district accepted it, which the proposer cannot do, nor a stranger', async () => {
    const [host, home, stranger] = [
      await aDistrict('Lakeside'),
      await aDistrict('Riverbend'),
      await aDistrict('Elm'),
    ];
    const input = { district: home.slug, achievements: [newId(ports.randomness, 'ach')] };
    const { id } = await proposePoolAgreement(ports, host.admin, input, async () => true);
    const reviewer = await aMember(home.id, ['reviewer']);
    const seat = { agreement: id, member: reviewer.member };
    await expect(givePoolSeat(ports, home.admin, seat)).rejects.toMatchObject({ code: 'conflict' });
    for (const admin of [host.admin, stranger.admin])
      await expect(acceptPoolAgreement(ports, admin, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(endPoolAgreement(ports, stranger.admin, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(proposePoolAgreement(ports, host.admin, input, async () => true)).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await acceptPoolAgreement(ports, home.admin, id)).toMatchObject({ state: 'active' });
    expect((await givePoolSeat(ports, home.admin, seat)).state).toBe('active');
  });

  it('says each act in the record of the district that acts, and of the host', async () => {
    const { host, home, agreement, reviewer } = await aPool();
    const kept = (await ports.store.pools.agreement(agreement.id))!;
    expect(kept.pendingEntries.map(({ verb, actor, district }) => [verb, actor, district])).toEqual([
      ['proposed', host.admin.member, host.id],
      ['accepted', 'service', host.id],
    ]);
    const admin = (await ports.store.member(home.id, home.admin.member))!;
    expect(admin.pendingEntries.at(-1)).toMatchObject({
      verb: 'pool-agreement-accepted',
      district: home.id,
      facts: { agreement: agreement.id },
    });
    const [seat] = await ports.store.pools.seatsOf(agreement.id);
    expect(seat!.pendingEntries[0]).toMatchObject({ verb: 'given', district: home.id });
    const there = (await ports.store.member(host.id, seat!.id))!;
    expect(JSON.stringify(there.pendingEntries)).not.toContain(reviewer.member);
  });
});

describe('a seat', () => {
  it('is a member of the host under a number, and says nothing there of who sits in it', async () => {
    const { host, reviewer, home, seat, give } = await aPool();
    const there = (await ports.store.member(host.id, seat.id))!;
    expect(there).toMatchObject({
      name: 'Reviewer 1 of Riverbend',
      roles: ['pool-reviewer'],
      school: null,
      seat: { home: home.id },
    });
    for (const secret of [reviewer.member, reviewer.email, 'Dana'])
      expect(JSON.stringify(there)).not.toContain(secret);
    const other = await aMember(home.id, ['adjudicator']);
    expect((await give(other.member)).number).toBe(2);
    expect((await give(reviewer.member)).id).toBe(seat.id);
    const teacher = await aMember(home.id, ['teacher']);
    await expect(give(teacher.member)).rejects.toMatchObject({ errors: [{ pointer: '/member' }] });
  });

  it('is its sitter’s alone, for the achievements of the agreement alone', async () => {
    const { host, reviewer, home, seat, achievement } = await aPool();
    const sitter = { id: reviewer.member, district: home.id };
    expect((await ownSeat(ports, sitter, seat.id))?.member.id).toBe(seat.id);
    const colleague = await aMember(home.id, ['reviewer']);
    expect(await ownSeat(ports, { id: colleague.member, district: home.id }, seat.id)).toBeUndefined();
    expect(await ownSeat(ports, { id: seat.id, district: host.id }, seat.id)).toBeUndefined();
    const who = { district: host.id, member: seat.id };
    expect(await mayKnowAchievement(ports, who, achievement)).toBe(true);
    expect(await mayKnowAchievement(ports, who, newId(ports.randomness, 'ach'))).toBe(false);
    expect(await addressOf(ports, (await ports.store.member(host.id, seat.id))!)).toBe(reviewer.email);
  });

  it('cannot be made anything else of by the host, and no role of it is given by hand', async () => {
    const { host, home, seat } = await aPool();
    await expect(changeMember(ports, host.admin, seat.id, { roles: ['admin'] })).rejects.toMatchObject({
      code: 'conflict',
    });
    const input = { email: 'x@pools.example', name: 'X', roles: ['pool-reviewer'] as const };
    await expect(addMember(ports, home.admin, input)).rejects.toMatchObject({
      errors: [{ pointer: '/roles' }],
    });
  });

  it('is closed to whoever belongs, or belonged, to the host', async () => {
    const { host, reviewer, seat } = await aPool();
    expect(await seatInForce(ports, seat.id)).toBeDefined();
    const same = await aMember(host.id, ['teacher'], reviewer.email);
    expect(await seatInForce(ports, seat.id)).toBeUndefined();
    await changeMember(ports, host.admin, same.member, { state: 'left' });
    expect(await seatInForce(ports, seat.id)).toBeUndefined();
  });

  it('holds no longer once its sitter is no reviewer at home any more, or has left', async () => {
    for (const change of [{ roles: ['teacher'] as const }, { state: 'left' as const }]) {
      const { home, reviewer, seat } = await aPool();
      await changeMember(ports, home.admin, reviewer.member, change);
      expect(await seatInForce(ports, seat.id)).toBeUndefined();
    }
  });

  it('is one for a person at a host for good: ended and given again it has the same number, from a third district it is refused', async () => {
    const { host, home, reviewer, seat, give } = await aPool();
    const ended = await endPoolSeat(ports, host.admin, seat.id);
    expect(await seatInForce(ports, seat.id)).toBeUndefined();
    await finishSeat(ports, ended);
    expect((await ports.store.member(host.id, seat.id))?.state).toBe('left');
    expect(await give(reviewer.member)).toMatchObject({ id: seat.id, number: 1, state: 'active' });
    expect(await seatInForce(ports, seat.id)).toBeDefined();
    const third = await aDistrict('Elm');
    const input = { district: third.slug, achievements: [newId(ports.randomness, 'ach')] };
    const other = await proposePoolAgreement(ports, host.admin, input, async () => true);
    await acceptPoolAgreement(ports, third.admin, other.id);
    const twin = await aMember(third.id, ['reviewer'], reviewer.email);
    await expect(
      givePoolSeat(ports, third.admin, { agreement: other.id, member: twin.member }),
    ).rejects.toMatchObject({ code: 'already-exists' });
    await expect(endPoolSeat(ports, third.admin, seat.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(home.id).not.toBe(third.id);
  });

  it('ends with the agreement, at once and then in the host', async () => {
    const { host, home, agreement, seat } = await aPool();
    const ended = await endPoolAgreement(ports, home.admin, agreement.id);
    expect(await seatInForce(ports, seat.id)).toBeUndefined();
    await settlePoolAgreement(ports, ended);
    const kept = (await ports.store.pools.seat(seat.id))!;
    expect(kept).toMatchObject({ state: 'ended' });
    await finishSeat(ports, kept);
    expect((await ports.store.member(host.id, seat.id))?.state).toBe('left');
    expect((await ports.store.pools.seat(seat.id))?.effectDue).toBeNull();
  });
});
