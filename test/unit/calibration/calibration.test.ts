import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  certificationFor,
  certifiedFor,
  certifyFoundingPanel,
  commitQualificationResponse,
  consensus,
  createExemplar,
  defaultPolicy,
  getQualification,
  plusMonths,
  rateExemplarAsExpert,
  ratePractice,
  reinstateCertification,
  revokeCertification,
  setExemplarRationale,
  setPolicy,
  settleAttempt,
  settleExemplarKey,
  shuffled,
  startQualification,
  suspendCertification,
  type Exemplar,
  type ExemplarPool,
  type QualificationAttempt,
  beginProbation,
  endProbation,
  liftProbation,
  putOnProbation,
} from '../../../src/calibration/index.js';
import { AppError } from '../../../src/kernel/index.js';
import {
  presentExemplar,
  presentPractice,
  presentQualification,
} from '../../../src/web/api/present-calibration.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { aPublishedVersion, aRubric, levels } from '../../support/rubric.js';

let house: ReviewHouse;
let lead: Person;
let experts: Person[];

beforeEach(async () => {
  house = await aReviewHouse({ seed: 'calibration' });
  lead = await house.member(['lead']);
  experts = [await house.member(['expert']), await house.member(['expert']), await house.member(['expert'])];
});
afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const rationale = Object.fromEntries(
  ['c1', 'c2', 'c3', 'c4'].map((criterion) => [criterion, { text: `Why ${criterion}.`, item: 'plan' }]),
);

const pointers = Object.fromEntries(
  ['c1', 'c2', 'c3', 'c4'].map((criterion) => [criterion, [{ item: 'plan' }]]),
);

const anExemplar = (pool: Exclude<ExemplarPool, 'retired'> = 'qualifying', change: object = {}) =>
  createExemplar(house.calibration, lead, {
    achievementVersion: house.version,
    title: 'Exit tickets in grade 5',
    items: [{ id: 'plan', name: 'Lesson plan', text: 'Pupils explain why.' }],
    pool,
    rationale,
    ...change,
  });

const rate = (expert: Person, exemplar: { readonly id: string }, ...numbers: number[]) =>
  rateExemplarAsExpert(house.calibration, expert, {
    exemplar: exemplar.id,
    levels: levels(...numbers),
    pointers,
  });

/** Keys that vary, so that a form has met and unmet work. */
const keyOf = (index: number) =>
  levels(...[0, 1, 2, 3].map((criterion) => ((index * 7 + criterion * 3) % 4) + 1));

async function keyedExemplars(count: number, pool: Exclude<ExemplarPool, 'retired'> = 'qualifying') {
  const keyed: Exemplar[] = [];
  for (let index = 0; index < count; index += 1) {
    const exemplar = await anExemplar(pool);
    for (const expert of experts) {
      await rateExemplarAsExpert(house.calibration, expert, {
        exemplar: exemplar.id,
        levels: keyOf(index),
        pointers,
      });
    }
    keyed.push((await house.calibration.store.exemplar(house.district, exemplar.id))!);
  }
  return keyed;
}

const start = (reviewer: Person) =>
  startQualification(house.calibration, reviewer, { achievementVersion: house.version });

/** Rates exemplar by exemplar until the attempt ends; `give` says what, by the key and the number rated so far. */
async function through(
  reviewer: Person,
  attempt: QualificationAttempt,
  give: (key: number[], rated: number) => number[],
): Promise<QualificationAttempt> {
  let current = attempt;
  while (current.state === 'open') {
    const { next } = await getQualification(house.calibration, reviewer, attempt.id);
    const kept = (await house.calibration.store.exemplar(house.district, next!.id))!;
    const key = Object.values(kept.key!.levels).map((level) => Number(level.slice(-1)));
    current = await commitQualificationResponse(house.calibration, reviewer, {
      attempt: attempt.id,
      exemplar: next!.id,
      levels: levels(...give(key, current.responses.length)),
    });
  }
  return current;
}

const exactly = (key: number[]) => key;
const oneOff = (level: number) => (level === 4 ? 3 : level === 1 ? 2 : level === 2 ? 1 : 4);

describe('the key of an exemplar', () => {
  it('is the median of three blind ratings within one level, with a majority', async () => {
    const exemplar = await anExemplar();
    await rate(experts[0]!, exemplar, 3, 2, 1, 4);
    await rate(experts[1]!, exemplar, 3, 3, 2, 4);
    const keyed = await rate(experts[2]!, exemplar, 4, 3, 1, 4);
    expect(keyed).toMatchObject({
      state: 'keyed',
      key: { levels: levels(3, 3, 1, 4), how: 'consensus', rationale },
    });
    expect(keyed.ratings).toHaveLength(3);
  });

  it('is discussed when one criterion lies two levels apart, and both stages are kept', async () => {
    const exemplar = await anExemplar();
    const given = [levels(3, 3, 1, 3), levels(3, 3, 3, 3), levels(3, 3, 2, 3)];
    for (const [index, one] of given.entries()) {
      await rateExemplarAsExpert(house.calibration, experts[index]!, {
        exemplar: exemplar.id,
        levels: one,
        pointers,
      });
    }
    const discussing = (await house.calibration.store.exemplar(house.district, exemplar.id))!;
    expect(discussing).toMatchObject({ state: 'discussing', key: null, agreed: null });
    const settled = await settleExemplarKey(house.calibration, lead, {
      exemplar: exemplar.id,
      levels: levels(3, 3, 2, 3),
    });
    expect(settled).toMatchObject({ state: 'keyed', key: { levels: levels(3, 3, 2, 3), how: 'discussed' } });
    expect(settled.ratings.map((rating) => rating.levels)).toEqual(given);
  });

  it('has no majority in two against two of four experts', () => {
    const rubric = aRubric(1);
    const ratings = (...numbers: number[]) =>
      numbers.map((number) => ({ expert: 'x' as never, levels: levels(number), at: '' }));
    expect(consensus(rubric, ratings(2, 2, 3, 3))).toBeUndefined();
    expect(consensus(rubric, ratings(2, 3, 3, 3))).toEqual(levels(3));
    expect(consensus(rubric, ratings(2, 3, 4))).toBeUndefined();
    expect(consensus(rubric, ratings(1, 1, 2, 2, 2))).toEqual(levels(2));
    expect(() => consensus(rubric, ratings(3, 3))).toThrow(/3 blind ratings/);
  });

  it('serves practice only where the experts could not settle', async () => {
    const exemplar = await anExemplar('seed');
    await rate(experts[0]!, exemplar, 1, 1, 1, 1);
    await rate(experts[1]!, exemplar, 4, 1, 1, 1);
    await rate(experts[2]!, exemplar, 1, 1, 1, 1);
    const unresolved = await settleExemplarKey(house.calibration, lead, {
      exemplar: exemplar.id,
      levels: null,
    });
    expect(unresolved).toMatchObject({ state: 'unresolved', pool: 'practice', key: null });
  });

  it('waits for the rationale of every criterion, and never changes afterwards (invariant 3)', async () => {
    const exemplar = await anExemplar('qualifying', { rationale: { c1: rationale['c1'] } });
    for (const expert of experts) await rate(expert, exemplar, 3, 3, 3, 3);
    const agreed = (await house.calibration.store.exemplar(house.district, exemplar.id))!;
    expect(agreed).toMatchObject({ state: 'keying', key: null, agreed: { levels: levels(3, 3, 3, 3) } });
    const wrong = await refusal(
      setExemplarRationale(house.calibration, lead, {
        exemplar: exemplar.id,
        rationale: { c2: { text: 'Why', item: 'no-such' }, c9: { text: 'Why', item: 'plan' } },
      }),
    );
    expect(wrong.errors.map(({ pointer }) => pointer)).toEqual(['/rationale/c2/item', '/rationale/c9']);
    const keyed = await setExemplarRationale(house.calibration, lead, { exemplar: exemplar.id, rationale });
    expect(keyed).toMatchObject({ state: 'keyed', key: { levels: levels(3, 3, 3, 3), rationale } });
    const another = await house.member(['expert']);
    const changes = [
      () => setExemplarRationale(house.calibration, lead, { exemplar: exemplar.id, rationale }),
      () => settleExemplarKey(house.calibration, lead, { exemplar: exemplar.id, levels: levels(1, 1, 1, 1) }),
      () => rate(another, exemplar, 1, 1, 1, 1),
      () => rate(experts[0]!, exemplar, 1, 1, 1, 1),
    ];
    for (const change of changes) expect((await refusal(change())).code).toBe('conflict');
    expect((await house.calibration.store.exemplar(house.district, exemplar.id))!.key).toEqual(keyed.key);
  });

  it('keeps the ratings of experts who commit at the same moment', async () => {
    const exemplar = await anExemplar();
    await Promise.all(experts.map((expert) => rate(expert, exemplar, 3, 3, 3, 3)));
    const keyed = (await house.calibration.store.exemplar(house.district, exemplar.id))!;
    expect(keyed).toMatchObject({ state: 'keyed' });
    expect(new Set(keyed.ratings.map((one) => one.expert))).toEqual(
      new Set(experts.map((one) => one.member)),
    );
  });

  it('is of a published version that is assessed by review', async () => {
    const draft = await house.review.achievements.store.versions.insert({
      ...aPublishedVersion(house.district),
      state: 'draft',
    });
    const outside = aPublishedVersion(house.district);
    await house.review.achievements.store.versions.insert({
      ...outside,
      content: { ...outside.content, assessment: { by: 'outside', how: '' } },
    });
    for (const version of [draft.id, outside.id]) {
      expect(
        (await refusal(anExemplar('practice', { achievementVersion: version }))).errors[0]!.pointer,
      ).toBe('/achievementVersion');
    }
    expect((await refusal(anExemplar('practice', { achievementVersion: 'acv_none' }))).code).toBe(
      'not-found',
    );
    const twice = [
      { id: 'plan', name: 'A', text: 'A' },
      { id: 'plan', name: 'B', text: 'B' },
    ];
    expect((await refusal(anExemplar('practice', { items: twice }))).errors[0]!.pointer).toBe('/items/1/id');
  });
});

describe('what is shown of a key before the commit', () => {
  const shown = async (exemplar: { readonly id: string }, who: Person) =>
    presentExemplar(
      (await house.calibration.store.exemplar(house.district, exemplar.id))!,
      await house.person(who.member),
    );

  it('is nothing of others’ ratings nor the rationale, to an expert who has not rated (invariant 2)', async () => {
    const exemplar = await anExemplar();
    const before = JSON.stringify(await shown(exemplar, experts[2]!));
    await rate(experts[0]!, exemplar, 3, 3, 3, 3);
    await rate(experts[1]!, exemplar, 1, 3, 3, 3);
    expect(JSON.stringify(await shown(exemplar, experts[2]!))).toBe(before);
    expect(before).not.toContain('Why c1.');
    expect(await shown(exemplar, experts[0]!)).toMatchObject({
      expertLevels: null,
      key: null,
      rationale: null,
      myLevels: levels(3, 3, 3, 3),
    });
    await rate(experts[2]!, exemplar, 3, 3, 3, 3);
    expect((await shown(exemplar, experts[2]!)).expertLevels).toHaveLength(3);
  });

  it('is no key of a qualifying exemplar to a lead who had no part in it: the lead may still be measured', async () => {
    const [exemplar] = await keyedExemplars(1);
    const other = await house.member(['lead', 'reviewer']);
    expect(await shown(exemplar!, other)).toMatchObject({
      key: null,
      rationale: null,
      agreedLevels: null,
      expertLevels: null,
    });
    expect((await shown(exemplar!, lead)).key).toMatchObject({ levels: keyOf(0) });
  });

  it('is the key and the rationale of a practice exemplar only after the commit', async () => {
    const [exemplar] = await keyedExemplars(1, 'practice');
    const reviewer = await house.member(['reviewer']);
    const person = await house.person(reviewer.member);
    expect(JSON.stringify(presentPractice(exemplar!, undefined, person))).not.toContain('Why c1.');
    expect(presentPractice(exemplar!, undefined, person)).toMatchObject({ key: null, expertLevels: null });
    const done = await ratePractice(house.calibration, reviewer, {
      exemplar: exemplar!.id,
      levels: levels(1, 1, 1, 1),
    });
    expect(presentPractice(done.exemplar, done.rating, person).key).toMatchObject({
      levels: keyOf(0),
      rationale,
    });
    await ratePractice(house.calibration, reviewer, { exemplar: exemplar!.id, levels: levels(1, 1, 1, 1) });
    const changed = ratePractice(house.calibration, reviewer, {
      exemplar: exemplar!.id,
      levels: levels(1, 1, 1, 2),
    });
    expect((await refusal(changed)).code).toBe('conflict');
    const [qualifying] = await keyedExemplars(1);
    const hidden = ratePractice(house.calibration, reviewer, {
      exemplar: qualifying!.id,
      levels: levels(1, 1, 1, 1),
    });
    expect((await refusal(hidden)).code).toBe('not-found');
  });
});

describe('the founding panel', () => {
  it('is the experts who rated every keyed exemplar, once 15 qualifying ones are keyed, for 12 months', async () => {
    await keyedExemplars(14);
    const certify = () =>
      certifyFoundingPanel(house.calibration, lead, { achievementVersion: house.version });
    expect((await refusal(certify())).message).toMatch(/has 14 keyed/);
    await keyedExemplars(1);
    const late = await house.member(['expert']);
    const last = await anExemplar('practice');
    for (const expert of [experts[0]!, experts[1]!, late]) await rate(expert, last, 3, 3, 3, 3);
    const panel = await certify();
    expect(new Set(panel.map((one) => one.reviewer))).toEqual(
      new Set([experts[0]!.member, experts[1]!.member]),
    );
    expect(panel[0]).toMatchObject({ basis: 'keying', state: 'active', until: '2027-11-20T09:00:00Z' });
    expect((await certify()).map(({ id }) => id).sort()).toEqual(panel.map(({ id }) => id).sort());
  });
});

describe('the qualifying form', () => {
  it('is drawn from what the reviewer has neither keyed nor met, by a seed from which anyone can draw again', async () => {
    const pool = await keyedExemplars(15);
    await keyedExemplars(2, 'practice');
    await keyedExemplars(1, 'seed');
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    expect(attempt).toMatchObject({ number: 1, state: 'open', responses: [] });
    expect(attempt.form).toHaveLength(10);
    expect(attempt.reserve).toHaveLength(5);
    const ids = pool.map(({ id }) => id).sort();
    expect([...attempt.form, ...attempt.reserve]).toEqual(shuffled(attempt.seed, ids));
    for (const id of ids) {
      const { exposure } = (await house.calibration.store.exemplar(house.district, id))!;
      expect(exposure).toBe(attempt.form.includes(id) ? 1 : 0);
    }
    expect((await refusal(start(reviewer))).code).toBe('already-exists');
    expect((await refusal(start(experts[0]!))).message).toMatch(/has 0 qualifying exemplars/);
    expect((await refusal(start(lead))).message).toMatch(/15 more keyed/);
  });

  it('lets one of two simultaneous starts through', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const both = await Promise.allSettled([start(reviewer), start(reviewer)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await house.calibration.store.attemptsOf(house.district, reviewer.member, house.version),
    ).toHaveLength(1);
  });

  it('certifies who rates as the experts did, after ten, for this version and 12 months', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const ended = await through(reviewer, await start(reviewer), exactly);
    expect(ended).toMatchObject({
      state: 'certified',
      effectDue: null,
      figures: { zone: 'pass', exemplars: 10, exact: 40 },
    });
    const now = house.clock.now();
    const certification = await certificationFor(
      house.calibration,
      house.district,
      reviewer.member,
      house.version,
      now,
    );
    expect(certification).toMatchObject({
      basis: 'qualification',
      attempt: ended.id,
      from: now,
      until: plusMonths(now, 12),
    });
    // Certification for one version never authorises another (invariant 13).
    expect(
      await certificationFor(house.calibration, house.district, reviewer.member, 'acv_other', now),
    ).toBeUndefined();
    expect((await refusal(start(reviewer))).message).toMatch(/certified for this version until/);
    // Where drift begins: each response beside its key.
    const { store } = house.calibration;
    const observed = await store.observationsOf(house.district, reviewer.member, house.version);
    expect(observed.map(({ exemplar }) => exemplar).sort()).toEqual([...ended.form].sort());
    expect(observed.every(({ kind, rating }) => kind === 'qualifying' && rating === null)).toBe(true);
    expect(observed.flatMap((one) => one.levels).every(({ given, reference }) => given === reference)).toBe(
      true,
    );
  });

  it('says nothing of keys or of how it goes before the end', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const rubric = aRubric();
    const view = async () => {
      const { attempt: own, next } = await getQualification(house.calibration, reviewer, attempt.id);
      return presentQualification(own, next, rubric);
    };
    const right = await view();
    expect(Object.keys(right.next!)).toEqual(['id', 'title', 'items']);
    const given = await commitQualificationResponse(house.calibration, reviewer, {
      attempt: attempt.id,
      exemplar: right.next!.id,
      levels: levels(1, 1, 1, 1),
    });
    expect(given.figures).toBeNull();
    expect(await view()).toMatchObject({ rated: 1, of: 10, result: null });
    expect(JSON.stringify(await view())).not.toContain('Why c1.');
  });

  it('is extended by five where it decides nothing, and undecided at the end of the pool is not certified', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const lengths = new Set<number>();
    // Two of four a level off in every second exemplar: 75 % exact.
    const ended = await through(reviewer, await start(reviewer), (key, rated) => {
      lengths.add(rated);
      return rated % 2 === 0 ? [oneOff(key[0]!), oneOff(key[1]!), key[2]!, key[3]!] : key;
    });
    expect(ended.figures).toMatchObject({ exemplars: 15, n: 60, exact: 44, zone: 'extend' });
    expect(ended).toMatchObject({ state: 'not-certified', form: { length: 15 }, reserve: [] });
    const exposed = await Promise.all(
      ended.form.map((id) => house.calibration.store.exemplar(house.district, id)),
    );
    expect(exposed.every((exemplar) => exemplar!.exposure === 1)).toBe(true);
    expect(
      await house.calibration.store.certificationsFor(house.district, reviewer.member, house.version),
    ).toEqual([]);
  });

  it('goes to twenty and no further', async () => {
    await keyedExemplars(24);
    const reviewer = await house.member(['reviewer']);
    const ended = await through(reviewer, await start(reviewer), (key, rated) =>
      rated % 5 < 3 ? [oneOff(key[0]!), oneOff(key[1]!), key[2]!, key[3]!] : key,
    );
    expect(ended).toMatchObject({ state: 'not-certified', form: { length: 20 } });
  });

  it('fails who always gives one level, after ten', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const ended = await through(reviewer, await start(reviewer), () => [3, 3, 3, 3]);
    expect(ended).toMatchObject({ state: 'not-certified', figures: { zone: 'fail', exemplars: 10 } });
  });

  it('is judged by the policy in force when it began, whatever is set since', async () => {
    await keyedExemplars(30);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const { qualification, review, seeds, drift } = defaultPolicy;
    const harder = { ...qualification, passProbability: 0.99, validMonths: 6, exactRate: 0.9 };
    const numbers = { qualification: harder, review, seeds, drift };
    await setPolicy(house.calibration, lead, { replaces: 0, numbers });
    // 36 of 40 exact: enough for 0.65, not for 0.9.
    const fewOff = (key: number[], rated: number) =>
      rated % 3 === 0 ? [oneOff(key[0]!), ...key.slice(1)] : key;
    const ended = await through(reviewer, attempt, fewOff);
    expect(ended).toMatchObject({ policy: 0, state: 'certified', figures: { exact: 36 } });
    const { store } = house.calibration;
    const [given] = await store.certificationsFor(house.district, reviewer.member, house.version);
    expect(given).toMatchObject({ policy: 0, until: plusMonths(given!.from, 12) });
    const other = await house.member(['reviewer']);
    const later = await through(other, await start(other), fewOff);
    expect(later).toMatchObject({ policy: 1, state: 'not-certified' });
  });

  it('is tried twice in 90 days, on different forms, as far as the pool holds', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const first = await through(reviewer, await start(reviewer), () => [3, 3, 3, 3]);
    expect((await refusal(start(reviewer))).message).toMatch(/begin the next from 2026-11-27/);
    house.clock.advance(7 * 86_400);
    expect((await refusal(start(reviewer))).message).toMatch(
      /has 5 qualifying exemplars that you have not seen/,
    );
    await keyedExemplars(20);
    const second = await through(reviewer, await start(reviewer), () => [3, 3, 3, 3]);
    expect(second.number).toBe(2);
    expect(second.form.filter((id) => first.form.includes(id))).toEqual([]);
    expect((await refusal(start(reviewer))).message).toMatch(
      /2 attempts in 90 days; the next is possible from 2027-02-18/,
    );
    house.clock.advance(90 * 86_400);
    await keyedExemplars(5);
    await start(reviewer);
    const attempts = await house.calibration.store.attemptsOf(house.district, reviewer.member, house.version);
    expect(attempts.map(({ number, state }) => [number, state])).toEqual([
      [1, 'not-certified'],
      [2, 'not-certified'],
      [3, 'open'],
    ]);
  });

  it('takes the exemplars in the order served, each once, from its own reviewer only', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const attempt = await start(reviewer);
    const commit = (who: Person, exemplar: string, ...numbers: number[]) =>
      commitQualificationResponse(house.calibration, who, {
        attempt: attempt.id,
        exemplar,
        levels: levels(...numbers),
      });
    const [first, second] = attempt.form;
    expect((await refusal(commit(reviewer, second!, 3, 3, 3, 3))).message).toContain(first);
    expect((await refusal(commit(await house.member(['reviewer']), first!, 3, 3, 3, 3))).code).toBe(
      'not-found',
    );
    expect((await refusal(commit(reviewer, first!, 3, 3, 3))).errors[0]!.pointer).toBe('/levels/c4');
    await commit(reviewer, first!, 3, 3, 3, 3);
    expect((await commit(reviewer, first!, 3, 3, 3, 3)).responses).toHaveLength(1);
    expect((await refusal(commit(reviewer, first!, 3, 3, 3, 4))).message).toMatch(/never change/);
  });

  it('gives the certification once though the process dies after the last response', async () => {
    await keyedExemplars(15);
    const reviewer = await house.member(['reviewer']);
    const ended = await through(reviewer, await start(reviewer), exactly);
    const due = await house.calibration.store.attempts.replace({ ...ended, effectDue: house.clock.now() });
    await Promise.all([settleAttempt(house.calibration, due), settleAttempt(house.calibration, due)]);
    await house.settle();
    expect(
      await house.calibration.store.certificationsFor(house.district, reviewer.member, house.version),
    ).toHaveLength(1);
  });
});

describe('a certification', () => {
  const holds = async (reviewer: Person, at = house.clock.now()) =>
    (await certificationFor(house.calibration, house.district, reviewer.member, house.version, at)) !==
      undefined &&
    (await certifiedFor(house.calibration, house.district, house.version, at)).has(reviewer.member);

  it('holds from its beginning until before its end, and not while suspended', async () => {
    const reviewer = await house.member(['reviewer']);
    const given = await house.certify(reviewer, { until: '2027-11-20T09:00:00Z' });
    expect(await holds(reviewer, '2026-11-20T08:59:59Z')).toBe(false);
    expect(await holds(reviewer, '2027-11-20T08:59:59Z')).toBe(true);
    expect(await holds(reviewer, '2027-11-20T09:00:00Z')).toBe(false);
    house.clock.advance(100);
    const suspendedAt = house.clock.now();
    await suspendCertification(house.calibration, lead, { certification: given.id, reason: 'drift' });
    expect(await holds(reviewer)).toBe(false);
    // Another certification does not help a suspended reviewer.
    await house.certify(reviewer);
    expect(await holds(reviewer)).toBe(false);
    const again = suspendCertification(house.calibration, lead, { certification: given.id, reason: 'drift' });
    expect((await refusal(again)).message).toMatch(/is suspended/);
    expect((await refusal(start(reviewer))).message).toMatch(/suspended/);
    house.clock.advance(100);
    await reinstateCertification(house.calibration, lead, {
      certification: given.id,
      reason: 'recalibrated',
    });
    expect(await holds(reviewer)).toBe(true);
    expect(await holds(reviewer, suspendedAt)).toBe(false);
  });

  it('goes on probation and from it by a lead, with the reason, and holds meanwhile', async () => {
    const reviewer = await house.member(['reviewer']);
    const given = await house.certify(reviewer);
    const of = { certification: given.id };
    const begun = await beginProbation(house.calibration, lead, { ...of, reason: 'New to this school' });
    expect(begun).toMatchObject({ state: 'probation', reason: 'New to this school' });
    expect(begun.probation).toMatchObject({ signal: null, tellAt: house.clock.now() });
    expect(await holds(reviewer)).toBe(true);
    // A signal that is cleared does not end what a lead began, nor a lead what a signal brought.
    const signal = 'drs_x' as never;
    expect(await endProbation(house.calibration, lead, { ...of, signal })).toMatchObject({
      state: 'probation',
    });
    expect(await liftProbation(house.calibration, lead, { ...of, reason: 'Settled in' })).toMatchObject({
      ...{ state: 'active', probation: null, reason: 'Settled in' },
    });
    await putOnProbation(house.calibration, lead, { ...of, signal, tellAt: house.clock.now() });
    const refused = await refusal(liftProbation(house.calibration, lead, { ...of, reason: 'x' }));
    expect([refused.code, refused.message]).toEqual(['conflict', expect.stringMatching(/clear the signal/)]);
    const verbs = (await house.calibration.store.certification(house.district, given.id))!.pendingEntries;
    expect(verbs.map(({ verb }) => verb).filter((verb) => verb.includes('probation'))).toEqual([
      ...['put-on-probation', 'ended-probation', 'put-on-probation'],
    ]);
  });

  it('never holds again once revoked, from the moment of it on', async () => {
    const reviewer = await house.member(['reviewer']);
    const given = await house.certify(reviewer);
    house.clock.advance(100);
    await revokeCertification(house.calibration, lead, {
      certification: given.id,
      reason: 'code of conduct',
    });
    expect(await holds(reviewer, '2026-11-20T09:00:00Z')).toBe(true);
    expect(await holds(reviewer)).toBe(false);
    for (const change of [reinstateCertification, revokeCertification, suspendCertification]) {
      expect(
        (await refusal(change(house.calibration, lead, { certification: given.id, reason: '' }))).code,
      ).toBe('conflict');
    }
  });

  it('lasts calendar months, to the last day of a shorter one', () => {
    expect(plusMonths('2026-11-20T09:00:00Z', 12)).toBe('2027-11-20T09:00:00Z');
    expect(plusMonths('2027-08-31T09:00:00Z', 6)).toBe('2028-02-29T09:00:00Z');
    expect(plusMonths('2026-12-31T09:00:00Z', 2)).toBe('2027-02-28T09:00:00Z');
  });
});
