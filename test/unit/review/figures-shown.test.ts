import { afterEach, describe, expect, it } from '@jest/globals';
import { countWork, noFigures, observe } from '../../../src/calibration/index.js';
import { figuresRoster, myFigures, reviewerFiguresOf, toldUntil } from '../../../src/review/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const roster = (who: Person) => figuresRoster(house.review, who, { order: 'name', limit: 50 });
const rowOf = async (seenBy: Person, member: string) =>
  (await roster(seenBy)).items.find(({ reviewer }) => reviewer === member)!;

describe('the figures of reviewers, as they are shown', () => {
  it('hide a rating from a lead who is to rate the same work, until the own commit', async () => {
    house = await aReviewHouse({ seed: 'hidden' });
    const first = await house.reviewer();
    const lead = await house.reviewer(['reviewer', 'lead']);
    const other = await house.member(['admin']);
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const open = await house.assignments(submission);
    expect(open.map(({ reviewer }) => reviewer).sort()).toEqual([first.member, lead.member].sort());
    await house.commit(
      open.find(({ reviewer }) => reviewer === first.member)!,
      levels(3, 3, 3, 3),
    );
    const before = await rowOf(lead, first.member);
    await house.settle();
    // Counted, and others who oversee review see it.
    expect((await rowOf(other, first.member)).figures.work).toMatchObject({ ratings: 1 });
    const hidden = await rowOf(lead, first.member);
    expect(hidden.figures.work).toMatchObject({ ratings: 0, minutes: 0, lastAt: null });
    expect(
      Object.values(hidden.figures.work.levels)
        .flat()
        .every((count) => count === 0),
    ).toBe(true);
    expect(before.figures.work).toMatchObject({ ratings: 0 });
    await house.commit(
      open.find(({ reviewer }) => reviewer === lead.member)!,
      levels(3, 3, 3, 4),
    );
    await house.settle();
    const seen = await rowOf(lead, first.member);
    expect(seen.figures.work).toMatchObject({ ratings: 1, lastAt: house.clock.now() });
    expect(seen.doubles).toMatchObject({ works: 1, levels: 4, few: true });
  });

  it('have a row for whoever is certified, in the order asked for, page by page', async () => {
    house = await aReviewHouse({ seed: 'ordered' });
    const all = [await house.reviewer(), await house.reviewer(), await house.reviewer()];
    const lead = await house.member(['lead']);
    const { reviewerFigures } = house.calibration.store;
    for (const [index, who] of all.slice(0, 2).entries()) {
      const whose = { district: house.district, reviewer: who.member, achievementVersion: house.version };
      const begun = noFigures(whose);
      await reviewerFigures.insert({ ...begun, work: { ...begun.work, ratings: 5 + index } });
    }
    const pages = [];
    let cursor: string | undefined;
    do {
      const page = await figuresRoster(house.review, lead, {
        ...{ order: 'ratings', limit: 1, achievementVersion: house.version },
        ...(cursor === undefined ? {} : { cursor }),
      });
      pages.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(pages.map(({ figures }) => figures.work.ratings)).toEqual([6, 5, 0]);
    expect(pages[2]).toMatchObject({ reviewer: all[2]!.member, charts: [], signals: [] });
    expect(pages[2]!.severity).toBeUndefined();
    await expect(
      figuresRoster(house.review, lead, { order: 'exact', limit: 1, cursor: 'bm9uZQ' }),
    ).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(
      reviewerFiguresOf(house.review, lead, { reviewer: lead.member, achievementVersion: house.version }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tell their reviewer of a seed and of a work alike, and nothing of others before a month is over', async () => {
    house = await aReviewHouse({ seed: 'own' });
    const [one, two] = [await house.reviewer(), await house.reviewer()];
    const work = {
      ...{ district: house.district, achievementVersion: house.version, minutes: 30, at: house.clock.now() },
      levels: house.rubric.criteria.map(({ id }) => ({ criterion: id, given: 3, q: 4 })),
    };
    const unsettled = async () => false;
    const { store } = house.calibration;
    await countWork(
      store,
      { ...work, reviewer: one.member, rating: 'rat_1', kind: 'seed' } as never,
      unsettled,
    );
    await countWork(
      store,
      { ...work, reviewer: two.member, rating: 'rat_2', kind: 'rating' } as never,
      unsettled,
    );
    expect(await myFigures(house.review, one)).toEqual(await myFigures(house.review, two));
    expect((await myFigures(house.review, one))[0]).toMatchObject({
      ...{ works: 1, meanMinutes: 30, others: undefined, seeds: undefined },
    });
    for (let n = 0; n < 10; n += 1)
      await observe(store, house.rubric, {
        ...{ id: `pair-${n}`, district: house.district, reviewer: one.member, other: two.member },
        ...{ achievementVersion: house.version, kind: 'double', at: house.clock.now(), rating: null },
        ...{ given: levels(3, 3, 3, 3), reference: levels(3, 3, n === 0 ? 2 : 3, 3), exemplar: null },
      });
    expect((await myFigures(house.review, one))[0]!.others).toBeUndefined();
    // Of 20 November: the month is over for thirty days on 31 December.
    house.clock.advance(40 * 86_400);
    expect((await myFigures(house.review, one))[0]!.others).toBeUndefined();
    house.clock.advance(86_400);
    expect((await myFigures(house.review, one))[0]!.others).toMatchObject({
      ...{ ratings: 'ten-or-more', exact: 1, leaning: 'even', until: '2026-12-01T00:00:00Z' },
    });
  });
});

describe('what a reviewer is told of others', () => {
  it('is of whole months', () => {
    expect(toldUntil('2026-12-30T23:59:59Z')).toBe('2026-11-01T00:00:00Z');
    expect(toldUntil('2026-12-31T00:00:00Z')).toBe('2026-12-01T00:00:00Z');
  });
});
