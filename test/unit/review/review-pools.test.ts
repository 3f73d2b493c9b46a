import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordConsent, withdrawConsent } from '../../../src/evidence/index.js';
import { serviceScope, type MemberId } from '../../../src/kernel/index.js';
import {
  clearForPool,
  commitRating,
  getAssignment,
  getExpectedDecision,
  getPoolWork,
  isClearedForPool,
  keepFromPool,
  listPoolWork,
  mayReview,
  openAssignedArtefact,
  settleConsentOfWork,
  settleSeat,
} from '../../../src/review/index.js';
import type { Submission } from '../../../src/submissions/index.js';
import {
  acceptPoolAgreement,
  addMember,
  createDistrict,
  endPoolAgreement,
  endPoolSeat,
  givePoolSeat,
  proposePoolAgreement,
  relateMembers,
  settlePoolAgreement,
  type Role,
} from '../../../src/tenancy/index.js';
import { aReviewHouse, ratingOf, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const allChecks = { names: true, faces: true, metadata: true, context: true };

let serial = 0;

/** A house of one school whose achievement a second district staffs, with certified seats, and its lead. */
async function aPool(roles: readonly (readonly Role[])[] = [['reviewer'], ['reviewer']]) {
  serial += 1;
  const house = await aReviewHouse({ seed: `pools ${serial}` });
  const { tenancy, district, review } = house;
  const admin = await house.member(['admin'], { school: 'Elm' });
  const lead = await house.member(['lead'], { school: 'Elm' });
  const teacher = await house.member(['teacher'], { school: 'Elm' });
  const home = await createDistrict(tenancy, { name: 'Lakeside', slug: 'lakeside' });
  const there = async (given: readonly Role[]): Promise<Person> => {
    serial += 1;
    const input = { email: `there${serial}@lakeside.example`, name: 'Dana Whitfield', roles: given };
    const { id } = await addMember(tenancy, { kind: 'service', district: home.id }, input);
    return { kind: 'member', district: home.id, member: id };
  };
  const theirAdmin = await there(['admin']);
  const { achievement } = (await review.achievements.store.version(district, house.version))!;
  const input = { district: 'lakeside', achievements: [achievement] };
  const agreement = await proposePoolAgreement(tenancy, admin, input, async () => true);
  await acceptPoolAgreement(tenancy, theirAdmin, agreement.id);
  const seats: Person[] = [];
  for (const given of roles) {
    const { member } = await there(given);
    const seat = await givePoolSeat(tenancy, theirAdmin, { agreement: agreement.id, member });
    const person: Person = { kind: 'member', district, member: seat.id };
    await house.certify(person);
    seats.push(person);
  }
  const submitted = async (change: Partial<Submission> = {}) => {
    const work = await house.submitted(teacher, change);
    await house.settle();
    return work;
  };
  const allow = (work: Submission, artefacts = filesOf(work)) =>
    recordConsent(review.evidence, teacher, {
      ...{ submission: work.id, artefacts, use: 'pool-review' as const },
      statement: 'I agree.',
    });
  return { house, admin, lead, teacher, theirAdmin, agreement, seats, submitted, allow };
}

function filesOf(work: Submission): readonly string[] {
  return Object.values(work.answers).flatMap((one) => (one.kind === 'file' ? one.artefacts : []));
}

async function settleLater(house: ReviewHouse): Promise<void> {
  house.clock.advance(3600);
  await house.settle();
}

describe('work for the review pool', () => {
  let pool: Awaited<ReturnType<typeof aPool>>;
  beforeAll(async () => {
    pool = await aPool();
  });
  afterAll(() => pool.house.store.close());

  const refused = (work: Submission, pointer: string, checks = allChecks) =>
    expect(clearForPool(pool.house.review, pool.lead, work.id, checks)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer }],
    });

  it('is nobody’s to read or clear without the teacher’s consent, nor the teacher’s own', async () => {
    const { house, lead, teacher, submitted, allow } = pool;
    const work = await submitted();
    await expect(getPoolWork(house.review, lead, work.id)).rejects.toMatchObject({ code: 'not-found' });
    await allow(work);
    expect(await getPoolWork(house.review, lead, work.id)).toMatchObject({ state: 'unchecked', faults: [] });
    await expect(getPoolWork(house.review, teacher, work.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await listPoolWork(house.review, lead)).map(({ submission }) => submission.id)).toContain(
      work.id,
    );
  });

  it('is cleared only with every check confirmed, by a consent that names every file', async () => {
    const { house, submitted, allow } = pool;
    const work = await submitted();
    await allow(work, []);
    await refused(work, '/answers/plan');
    await allow(work);
    await refused(work, '/checks/faces', { ...allChecks, faces: false });
    expect(await isClearedForPool(house.review, house.district, work.id)).toBe(false);
    await clearForPool(house.review, pool.lead, work.id, allChecks);
    expect(await isClearedForPool(house.review, house.district, work.id)).toBe(true);
    const kept = (await house.review.store.poolClearances.get(house.district, work.id))!;
    expect(kept.pendingEntries[0]).toMatchObject({
      verb: 'cleared',
      actor: pool.lead.member,
      state: { state: 'cleared', checkedBy: pool.lead.member },
    });
    expect(JSON.stringify(kept.pendingEntries)).not.toContain(kept.answers);
  });

  it('is not cleared while a text names the teacher, or a file is a recording', async () => {
    const { house, teacher, submitted, allow } = pool;
    const { name } = await house.person(teacher.member);
    const named = await submitted({
      answers: { reflection: { kind: 'text', text: `I, ${name}, learned much.`, salt: 'c2FsdA' } },
    });
    await allow(named, []);
    await refused(named, '/answers/reflection');
    const filmed = await submitted();
    await allow(filmed);
    const file = (await house.review.evidence.store.artefact(house.district, filesOf(filmed)[0]!))!;
    await house.review.evidence.store.artefacts.replace({ ...file, mediaType: 'video/mp4' });
    await refused(filmed, '/answers/plan');
  });

  it('is cleared no longer for answers that nobody read, and never for the seats once kept', async () => {
    const { house, lead, submitted, allow } = pool;
    const work = await submitted();
    await allow(work);
    await clearForPool(house.review, lead, work.id, allChecks);
    const { submissions } = house.review.submissions.store;
    const now = (await submissions.get(house.district, work.id))!;
    const changed = { ...now.answers, reflection: { kind: 'text' as const, text: 'Other.', salt: 'c2FsdA' } };
    await submissions.replace({ ...now, answers: changed });
    expect(await isClearedForPool(house.review, house.district, work.id)).toBe(false);
    expect(await getPoolWork(house.review, lead, work.id)).toMatchObject({ state: 'unchecked' });
    await clearForPool(house.review, lead, work.id, allChecks);
    expect(await isClearedForPool(house.review, house.district, work.id)).toBe(true);
    await keepFromPool(house.review, lead, work.id);
    expect(await isClearedForPool(house.review, house.district, work.id)).toBe(false);
  });
});

describe('drawing for seats', () => {
  it('never happens for work that is not cleared, over many cases', async () => {
    const { house, submitted, allow } = await aPool();
    for (let n = 0; n < 20; n += 1) {
      const work = await submitted();
      if (n % 2 === 0) await allow(work);
      await settleLater(house);
      expect(await house.assignments(work)).toEqual([]);
    }
    expect(house.failures).toEqual([]);
    await house.store.close();
  });

  it('goes, once it is cleared, to two seats, whose ratings decide', async () => {
    const { house, lead, teacher, seats, submitted, allow } = await aPool();
    const work = await submitted();
    expect(await getExpectedDecision(house.review, teacher, work.id)).toEqual({ state: 'no-reviewer' });
    await allow(work);
    await clearForPool(house.review, lead, work.id, allChecks);
    expect(await getExpectedDecision(house.review, teacher, work.id)).toMatchObject({ state: 'expected' });
    await settleLater(house);
    const given = await house.assignments(work);
    expect(given.map(({ reviewer }) => reviewer).sort()).toEqual(seats.map(({ member }) => member).sort());
    for (const assignment of given) await house.commit(assignment, levels(3, 3, 3, 3));
    await house.settle();
    expect(await house.decision(work)).toMatchObject({ outcome: 'met', reviews: 2 });
    expect(house.failures).toEqual([]);
    await house.store.close();
  });

  it('leaves out colleagues of a district of few schools, who rate what is not cleared', async () => {
    const { house, lead, seats, submitted } = await aPool();
    const own = await house.reviewer(['reviewer'], { school: 'Oak' });
    for (let n = 0; n < 3; n += 1) {
      const teacher = await house.member(['teacher'], { school: 'Elm' });
      // As soon as it is in review, before anybody is drawn.
      const work = await house.submitted(teacher, { state: 'in_review' });
      await recordConsent(house.review.evidence, teacher, {
        ...{ submission: work.id, artefacts: filesOf(work), use: 'pool-review' },
        statement: 'I agree.',
      });
      await clearForPool(house.review, lead, work.id, allChecks);
      await house.settle();
      const drawn = (await house.assignments(work)).map(({ reviewer }) => reviewer);
      expect(drawn.sort()).toEqual(seats.map(({ member }) => member).sort());
    }
    const notCleared = await submitted();
    expect((await house.assignments(notCleared)).map(({ reviewer }) => reviewer)).toEqual([own.member]);
    await house.store.close();
  });

  it('never takes who cleared it, who is in a declared conflict, or who sits no longer; adjudication goes to those who adjudicate at home', async () => {
    const { house, teacher, seats, submitted, allow } = await aPool([
      ['reviewer'],
      ['reviewer'],
      ['reviewer'],
      ['adjudicator'],
    ]);
    const [known, first, second, senior] = seats;
    // Of five schools, so that colleagues of other schools may be drawn.
    const lead = await house.reviewer(['lead', 'reviewer']);
    for (let n = 0; n < 4; n += 1) await house.member(['coach']);
    await relateMembers(house.tenancy, house.service, {
      ...{ kind: 'declared', member: known!.member, other: teacher.member },
    });
    const rated = await submitted();
    await allow(rated);
    expect((await house.assignments(rated))[0]?.reviewer).toBe(lead.member);
    await expect(getPoolWork(house.review, lead, rated.id)).rejects.toMatchObject({ code: 'not-found' });
    const work = await house.submitted(teacher, { state: 'in_review' });
    await allow(work);
    await clearForPool(house.review, lead, work.id, allChecks);
    await settleLater(house);
    // Loaded as the seats are now, the lead would be drawn.
    const another = await house.submitted(await house.member(['teacher']), { state: 'in_review' });
    const owner: Person = { kind: 'member', district: house.district, member: another.teacher };
    const consent = { submission: another.id, artefacts: filesOf(another), use: 'pool-review' as const };
    await recordConsent(house.review.evidence, owner, { ...consent, statement: 'I agree.' });
    await clearForPool(house.review, lead, another.id, allChecks);
    await settleLater(house);
    expect((await house.assignments(another)).map(({ reviewer }) => reviewer)).not.toContain(lead.member);
    const given = await house.assignments(work);
    expect(given.map(({ reviewer }) => reviewer).sort()).toEqual([first!.member, second!.member].sort());
    await house.commit(given[0]!, levels(4, 4, 4, 4));
    await house.commit(given[1]!, levels(1, 1, 1, 1));
    await settleLater(house);
    const third = (await house.assignments(work)).find(({ kind }) => kind === 'adjudication');
    expect(third?.reviewer).toBe(senior!.member);
    await house.store.close();
  });
});

describe('reading through a seat', () => {
  it('ends at once with the consent, with the clearance and with the agreement; what was signed stays', async () => {
    for (const end of ['consent', 'clearance', 'seat', 'agreement'] as const) {
      const { house, lead, teacher, theirAdmin, agreement, submitted, allow } = await aPool();
      const { review, tenancy, district } = house;
      const work = await submitted();
      const consent = await allow(work);
      await clearForPool(review, lead, work.id, allChecks);
      await settleLater(house);
      const [one, other] = await house.assignments(work);
      await house.commit(one!, levels(3, 3, 3, 3));
      const me: Person = { kind: 'member', district, member: other!.reviewer };
      const shown = await getAssignment(review, me, other!.id);
      const artefact = (await review.evidence.store.artefact(district, filesOf(work)[0]!))!;
      expect(await mayReview(review, me, artefact)).toBe(true);
      if (end === 'consent') {
        await withdrawConsent(review.evidence, teacher, consent.id);
      } else if (end === 'clearance') {
        // The first step alone: what a crash after it leaves.
        const { poolClearances } = review.store;
        await poolClearances.replace({ ...(await poolClearances.get(district, work.id))!, state: 'kept' });
      }
      if (end === 'consent' || end === 'clearance') {
        const criteria = ratingOf(shown.evidence, levels(3, 3, 3, 3));
        for (const refused of [
          () => getAssignment(review, me, other!.id),
          () => openAssignedArtefact(review, me, { assignment: other!.id, artefact: artefact.id }),
          () => commitRating(review, me, { assignment: other!.id, criteria }),
        ])
          await expect(refused()).rejects.toMatchObject({ code: 'not-found' });
        expect(await mayReview(review, me, artefact)).toBe(false);
      }
      switch (end) {
        case 'consent':
          await settleConsentOfWork(review, house.district, consent.id);
          break;
        case 'clearance':
          await keepFromPool(review, lead, work.id);
          break;
        case 'seat':
          await settleSeat(review, await endPoolSeat(tenancy, theirAdmin, me.member));
          break;
        case 'agreement':
          await settlePoolAgreement(tenancy, await endPoolAgreement(tenancy, theirAdmin, agreement.id));
          for (const { id } of await tenancy.store.pools.seatsOf(agreement.id))
            await settleSeat(review, (await tenancy.store.pools.seats.get(serviceScope, id))!);
      }
      await settleLater(house);
      const after = await house.assignments(work);
      expect([end, after.map(({ id, state }) => [id, state]).sort()]).toEqual([
        end,
        [
          [one!.id, 'committed'],
          [other!.id, 'released'],
        ].sort(),
      ]);
      const signed: MemberId = one!.reviewer;
      expect(
        (await review.store.ratingsOfSubmission(district, work.id)).map(({ reviewer }) => reviewer),
      ).toEqual([signed]);
      expect(house.failures).toEqual([]);
      await house.store.close();
    }
  });
});
