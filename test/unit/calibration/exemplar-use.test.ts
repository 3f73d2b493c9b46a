import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Rubric } from '../../../src/achievements/index.js';
import {
  commitQualificationResponse,
  createExemplar,
  formOf,
  freshExemplars,
  getQualification,
  moveExemplar,
  offerExemplar,
  rateExemplarAsExpert,
  ratePractice,
  serve,
  setExemplarRationale,
  startQualification,
  unchangedCriteria,
  defaultQualificationPolicy as policy,
  type Exemplar,
  type ExemplarPool,
} from '../../../src/calibration/index.js';
import { AppError } from '../../../src/kernel/index.js';
import { calibrationAsRecorded } from '../../support/recorded-as-kept.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { aPublishedVersion, aRubric, levels } from '../../support/rubric.js';

let house: ReviewHouse;
let lead: Person;

beforeEach(async () => {
  house = await aReviewHouse({ seed: 'use' });
  lead = await house.member(['lead']);
});
afterEach(async () => {
  expect(house.failures).toEqual([]);
  expect(await calibrationAsRecorded(house)).toEqual([]);
  await house.store.close();
});

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw error ?? new Error('it was not refused');
}

const kept = async ({ id }: { readonly id: string }) =>
  (await house.calibration.store.exemplar(house.district, id))!;

/** Keyed exemplars of a pool, put on record as if experts had rated them. */
const keyed = async (count: number, pool: ExemplarPool = 'qualifying') => {
  const made: Exemplar[] = [];
  for (let n = 0; n < count; n += 1)
    made.push(
      await house.seedExemplar(levels(...[0, 1, 2, 3].map((c) => ((n * 7 + c * 3) % 4) + 1)), { pool }),
    );
  return made;
};

const start = (reviewer: Person) =>
  startQualification(house.calibration, reviewer, { achievementVersion: house.version });

const move = (exemplar: { readonly id: string }, pool: ExemplarPool) =>
  moveExemplar(house.calibration, lead, { exemplar: exemplar.id, pool });

const answer = async (reviewer: Person, attempt: string, ...numbers: number[]) => {
  const { next } = await getQualification(house.calibration, reviewer, attempt);
  return commitQualificationResponse(house.calibration, reviewer, {
    attempt,
    exemplar: next!.id,
    levels: levels(...numbers),
  });
};

describe('what was served to whom', () => {
  it('is on record for a form, once for a person and a work, and counts as exposure', async () => {
    const pool = await keyed(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const { store } = house.calibration;
    const servings = await store.servingsOf(house.district, reviewer.member);
    expect(servings.map(({ exemplar }) => exemplar).sort()).toEqual([...attempt.form].sort());
    expect(servings.every(({ use, cause }) => use === 'qualifying' && cause === attempt.id)).toBe(true);
    for (const exemplar of pool)
      expect((await kept(exemplar)).exposure).toBe(attempt.form.includes(exemplar.id) ? 1 : 0);
    const [first] = attempt.form;
    const again = { member: reviewer.member, use: 'qualifying', cause: attempt.id } as const;
    expect(await serve(house.calibration, await kept({ id: first! }), again)).toBe(true);
    const otherwise = { ...again, use: 'seed', cause: 'asg_other' } as const;
    expect(await serve(house.calibration, await kept({ id: first! }), otherwise)).toBe(false);
    expect((await kept({ id: first! })).exposure).toBe(1);
  });

  it('is never qualifying and seed for one person, whichever pool the exemplar moves to', async () => {
    await keyed(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const [first] = attempt.form;
    await move({ id: first! }, 'seed');
    const seedsFor = async (who: Person) =>
      freshExemplars(house.calibration, {
        ...{ district: house.district, member: who.member },
        ...{ version: house.version, pool: 'seed' },
      });
    expect(await seedsFor(reviewer)).toEqual([]);
    expect((await seedsFor(await house.member(['reviewer']))).map(({ id }) => id)).toEqual([first]);
  });

  it('is no practice for who was measured on it, and no measure for who practised on it', async () => {
    const [practice] = await keyed(1, 'practice');
    const [measured, practised] = [await house.member(['reviewer']), await house.member(['reviewer'])];
    const seed = { member: measured.member, use: 'seed', cause: 'asg_one' } as const;
    await serve(house.calibration, practice!, seed);
    const rate = (who: Person) =>
      ratePractice(house.calibration, who, { exemplar: practice!.id, levels: levels(1, 1, 1, 1) });
    expect((await refusal(rate(measured))).message).toMatch(/measured on this exemplar/);
    await rate(practised);
    const form = { member: practised.member, use: 'qualifying', cause: 'qat_one' } as const;
    expect(await serve(house.calibration, practice!, form)).toBe(false);
  });
});

describe('moves between pools', () => {
  it('are on record with who and when', async () => {
    const [exemplar] = await keyed(1);
    const moved = await move(exemplar!, 'seed');
    const back = await move(exemplar!, 'qualifying');
    const at = house.clock.now();
    expect(back.moves).toEqual([
      { from: 'qualifying', to: 'seed', by: lead.member, at },
      { from: 'seed', to: 'qualifying', by: lead.member, at },
    ]);
    expect(moved.pendingEntries.at(-1)).toMatchObject({
      verb: 'moved',
      facts: { from: 'qualifying', to: 'seed' },
    });
    expect((await move(exemplar!, 'qualifying')).moves).toHaveLength(2);
  });

  it('lead out of practice only before a key is shown there', async () => {
    const [exemplar] = await keyed(1, 'practice');
    for (const pool of ['qualifying', 'seed'] as const)
      expect((await refusal(move(exemplar!, pool))).message).toMatch(/know its key/);
    const open = await createExemplar(house.calibration, lead, {
      achievementVersion: house.version,
      title: 'Not keyed yet',
      items: [{ id: 'plan', name: 'Plan', text: 'A plan.' }],
      pool: 'practice',
    });
    expect((await move(open, 'qualifying')).pool).toBe('qualifying');
  });

  it('leave what the experts could not agree on in practice, and what is retired where it is', async () => {
    const unresolved = await house.seedExemplar(levels(1, 1, 1, 1), {
      state: 'unresolved',
      key: null,
      pool: 'practice',
    });
    expect((await refusal(move(unresolved, 'seed'))).message).toMatch(/could not agree/);
    await move(unresolved, 'retired');
    expect((await refusal(move(unresolved, 'practice'))).message).toMatch(/for good/);
  });

  it('do not show the key of what an open form still holds', async () => {
    await keyed(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    expect((await refusal(move({ id: attempt.form[0]! }, 'practice'))).message).toMatch(
      /1 open qualifying form/,
    );
    await answer(reviewer, attempt.id, 3, 3, 3, 3);
    expect((await move({ id: attempt.form[0]! }, 'practice')).pool).toBe('practice');
  });
});

describe('a retired exemplar', () => {
  it('is never drawn, and gives its place in an open form to another', async () => {
    await keyed(16);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const [first, second] = attempt.form;
    await answer(reviewer, attempt.id, 3, 3, 3, 3);
    // The answer to the first stands; the second is replaced.
    await move({ id: first! }, 'retired');
    await move({ id: second! }, 'retired');
    await house.settle();
    const { attempt: mended, next } = await getQualification(house.calibration, reviewer, attempt.id);
    expect(mended.form).toHaveLength(10);
    expect(mended.form[0]).toBe(first);
    expect(mended.form).not.toContain(second);
    expect(next!.id).toBe(mended.form[1]);
    expect(next!.id).toBe(attempt.reserve[0]);
    const servings = await house.calibration.store.servingsOf(house.district, reviewer.member);
    expect(servings.map(({ exemplar }) => exemplar)).toContain(next!.id);
  });

  it('makes a form void when nothing can take its place; that attempt counts as none', async () => {
    await keyed(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    for (const id of attempt.reserve) await move({ id }, 'retired');
    await move({ id: attempt.form[9]! }, 'retired');
    const { attempt: ended } = await getQualification(house.calibration, reviewer, attempt.id);
    expect(ended).toMatchObject({ state: 'void', figures: null });
    const late = commitQualificationResponse(house.calibration, reviewer, {
      ...{ attempt: attempt.id, exemplar: attempt.form[0]! },
      levels: levels(3, 3, 3, 3),
    });
    expect((await refusal(late)).message).toMatch(/has ended/);
    await keyed(15);
    expect(await start(reviewer)).toMatchObject({ number: 2, state: 'open' });
  });

  it('ends as an open seed does when work is withdrawn', async () => {
    const exemplar = await house.seedExemplar(levels(3, 3, 3, 3));
    await move(exemplar, 'retired');
    expect((await kept(exemplar)).effectDue).not.toBeNull();
    await house.settle();
    expect((await kept(exemplar)).effectDue).toBeNull();
  });
});

describe('the form of a rubric', () => {
  const two = (rubric: Rubric): Rubric => ({
    ...rubric,
    criteria: rubric.criteria.map((one) => ({
      ...one,
      levels: one.levels.slice(2),
      requiredLevel: `${one.id}-3`,
    })),
  });

  it('is 10, extended by 5 twice; 20 at once with under three criteria or with two levels', () => {
    expect(formOf(aRubric(3), policy)).toEqual({ form: 10, extension: 5, extensions: 2 });
    for (const small of [aRubric(1), aRubric(2), two(aRubric(4))])
      expect(formOf(small, policy)).toEqual({ form: 20, extension: 0, extensions: 0 });
  });

  it('asks for its whole reserve once the pool has 30', async () => {
    await keyed(29);
    const [first, second] = [await house.member(['reviewer']), await house.member(['reviewer'])];
    expect((await start(first)).reserve).toHaveLength(10);
    const pool = await keyed(1);
    // Eleven of 30 are known to this one: 19 are new, and 20 are asked for.
    const { store } = house.calibration;
    for (const { id } of (await store.pool(house.district, house.version, 'qualifying', 'keyed')).slice(
      0,
      11,
    ))
      await serve(house.calibration, await kept({ id }), {
        ...{ member: second.member, use: 'seed', cause: `asg_${id}` },
      });
    expect(pool).toHaveLength(1);
    expect((await refusal(start(second))).message).toMatch(/has 19 qualifying exemplars.*takes 20.*1 more/);
  });

  it('certifies nobody on a small rubric before 20', async () => {
    const small = await aReviewHouse({ seed: 'small', rubric: aRubric(2) });
    for (let n = 0; n < 20; n += 1)
      await small.seedExemplar(levels((n % 4) + 1, ((n * 3) % 4) + 1), { pool: 'qualifying' });
    const reviewer = await small.member(['reviewer']);
    const attempt = await startQualification(small.calibration, reviewer, {
      achievementVersion: small.version,
    });
    expect(attempt.form).toHaveLength(20);
    let state = attempt;
    for (let n = 0; n < 20; n += 1) {
      expect(state).toMatchObject({ state: 'open', figures: null });
      const { next } = await getQualification(small.calibration, reviewer, attempt.id);
      const key = (await small.calibration.store.exemplar(small.district, next!.id))!.key!.levels;
      state = await commitQualificationResponse(small.calibration, reviewer, {
        ...{ attempt: attempt.id, exemplar: next!.id, levels: key },
      });
    }
    expect(state).toMatchObject({ state: 'certified', figures: { exemplars: 20 } });
    await small.store.close();
  });
});

describe('a later version', () => {
  const rationale = Object.fromEntries(
    ['c1', 'c2', 'c3', 'c4'].map((id) => [id, { text: `Why ${id}.`, item: 'plan' }]),
  );

  /** The version after the house's, with this rubric. */
  async function later(rubric: Rubric, change: object = {}) {
    const { store } = house.calibration.achievements;
    const before = (await store.version(house.district, house.version))!;
    const next = aPublishedVersion(house.district, rubric);
    return store.versions.insert({
      ...next,
      achievement: before.achievement,
      slug: before.slug,
      number: 2,
      ...change,
    });
  }

  const reworded = (criterion: string): Rubric => {
    const rubric = aRubric(4);
    const criteria = rubric.criteria.map((one) =>
      one.id === criterion ? { ...one, description: 'Said otherwise.' } : one,
    );
    return { ...rubric, criteria };
  };

  const offer = (exemplar: Exemplar, version: { readonly id: string }) =>
    offerExemplar(house.calibration, lead, { exemplar: exemplar.id, achievementVersion: version.id });

  it('takes over levels word for word the same, and sends the others to experts again', async () => {
    const expert = await house.member(['expert']);
    const before = await house.seedExemplar(levels(1, 2, 3, 4), {
      key: { levels: levels(1, 2, 3, 4), how: 'consensus', at: house.clock.now(), rationale },
      ratings: [{ expert: expert.member, levels: levels(1, 2, 3, 4), pointers: {}, at: house.clock.now() }],
    });
    const copy = await offer(before, await later(reworded('c2')));
    expect(copy).toMatchObject({
      state: 'keying',
      key: null,
      origin: before.id,
      ratings: [],
      carried: { from: before.id, levels: { c1: 'c1-1', c3: 'c3-3', c4: 'c4-4' } },
    });
    expect(copy.knownTo).toContain(expert.member);
    expect(copy.pendingEntries).toMatchObject([
      { verb: 'offered', facts: { carried: ['c1', 'c3', 'c4'], open: ['c2'] } },
    ]);
    const rate = (who: Person, given: object, places: object = { c2: [{ item: 'plan' }] }) =>
      rateExemplarAsExpert(house.calibration, who, {
        ...{ exemplar: copy.id, levels: given as never, pointers: places as never },
      });
    expect((await refusal(rate(expert, { c1: 'c1-1', c2: 'c2-2' }))).errors[0]!.pointer).toBe('/levels/c1');
    await rate(expert, { c2: 'c2-3' });
    await rate(await house.member(['expert']), { c2: 'c2-3' });
    await rate(await house.member(['expert']), { c2: 'c2-3' });
    const done = await setExemplarRationale(house.calibration, lead, {
      ...{ exemplar: copy.id, rationale: { c2: { text: 'New.', item: 'plan' } } },
    });
    expect(done).toMatchObject({
      state: 'keyed',
      key: {
        levels: levels(1, 3, 3, 4),
        how: 'consensus',
        rationale: { ...rationale, c2: { text: 'New.' } },
      },
    });
    // The earlier key is as it was.
    expect((await kept(before)).key!.levels).toEqual(levels(1, 2, 3, 4));
  });

  it('is keyed at once where no word of a criterion changed, and says that it was carried', async () => {
    const before = await house.seedExemplar(levels(1, 2, 3, 4), {
      key: { levels: levels(1, 2, 3, 4), how: 'consensus', at: house.clock.now(), rationale },
    });
    const version = await later(aRubric(4));
    const copy = await offer(before, version);
    expect(copy).toMatchObject({
      state: 'keyed',
      key: { levels: levels(1, 2, 3, 4), how: 'carried', rationale },
    });
    expect((await offer(before, version)).id).toBe(copy.id);
    // Who was served the earlier copy is not served this one.
    const reviewer = await house.member(['reviewer']);
    await serve(house.calibration, before, { member: reviewer.member, use: 'seed', cause: 'asg_one' });
    const fresh = await freshExemplars(house.calibration, {
      ...{ district: house.district, member: reviewer.member, version: version.id, pool: 'seed' },
    });
    expect(fresh).toEqual([]);
  });

  it('takes over nothing when more than words changed', () => {
    const rubric = aRubric(4);
    const [first, ...others] = rubric.criteria;
    const changes: Rubric[] = [
      { ...rubric, rule: { kind: 'conjunctive-with-allowances', allowances: 1 } },
      { ...rubric, criteria: others },
      { ...rubric, criteria: [{ ...first!, requiredLevel: 'c1-2' }, ...others] },
      { ...rubric, criteria: [{ ...first!, levels: first!.levels.slice(1) }, ...others] },
    ];
    for (const changed of changes) expect(unchangedCriteria(rubric, changed)).toEqual([]);
    expect(unchangedCriteria(rubric, reworded('c2'))).toEqual(['c1', 'c3', 'c4']);
  });

  it('must be published, later, of the same achievement, and the exemplar keyed', async () => {
    const [exemplar] = await keyed(1);
    const { store } = house.calibration.achievements;
    const other = await store.versions.insert(aPublishedVersion(house.district, aRubric(4)));
    expect((await refusal(offer(exemplar!, other))).errors[0]!.pointer).toBe('/achievementVersion');
    expect((await refusal(offer(exemplar!, { id: house.version }))).message).toMatch(/later version/);
    const next = await later(aRubric(4));
    await move(exemplar!, 'retired');
    expect((await refusal(offer(exemplar!, next))).message).toMatch(/not retired/);
    const open = await house.seedExemplar(levels(1, 1, 1, 1), { state: 'keying', key: null });
    expect((await refusal(offer(open, next))).code).toBe('conflict');
  });
});
