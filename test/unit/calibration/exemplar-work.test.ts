import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createExemplar,
  createExemplarFromWork,
  freshExemplars,
  getSourceWork,
  listSourceWork,
  openExemplarFile,
  openItem,
  openSourceFile,
  rateExemplarAsExpert,
  setExemplarRationale,
  startQualification,
  type Exemplar,
  type NewExemplarFromWork,
} from '../../../src/calibration/index.js';
import {
  eraseArtefact,
  recordConsent,
  uploadArtefact,
  withdrawConsent,
} from '../../../src/evidence/index.js';
import { AppError, packageRoot } from '../../../src/kernel/index.js';
import type { Submission } from '../../../src/submissions/index.js';
import { calibrationAsRecorded } from '../../support/recorded-as-kept.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';
import { aPdf } from '../../support/work-house.js';

let house: ReviewHouse;
/** What a test put there without any use case: the record knows nothing of it. */
const byHand = new Set<string>();
let lead: Person;
let teacher: Person;
let work: Submission;
let plan: string;
let video: string;

const sample = (name: string) => readFileSync(join(packageRoot, 'src/demo/samples', name));

beforeEach(async () => {
  house = await aReviewHouse({ seed: 'work' });
  lead = await house.member(['lead']);
  teacher = await house.member(['teacher', 'reviewer'], { school: 'Alder Creek' });
  const { evidence } = house.review;
  const upload = async (name: string, mediaType: string, bytes: Uint8Array) =>
    (await uploadArtefact(evidence, teacher, { name, mediaType, bytes })).artefact.id;
  plan = await upload('plan.pdf', 'application/pdf', aPdf('The plan.'));
  video = await upload('lesson.mp4', 'video/mp4', sample('lesson-moment.mp4'));
  work = await house.submitted(teacher, {
    ...{ state: 'met', decidedAt: house.clock.now(), effectDue: null },
    answers: {
      plan: { kind: 'file', artefacts: [plan as never] },
      lesson: { kind: 'file', artefacts: [video as never] },
      reflection: { kind: 'text', text: 'At Alder Creek I learned much.', salt: 'c2FsdHNhbHRzYWx0c2FsdA' },
    },
  });
});
afterEach(async () => {
  expect(house.failures).toEqual([]);
  const differences = await calibrationAsRecorded(house);
  expect(differences.filter(({ id }) => !byHand.has(id))).toEqual([]);
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

const allow = (artefacts: readonly string[] = [plan, video], change: object = {}) =>
  recordConsent(house.review.evidence, teacher, {
    ...{ submission: work.id, artefacts, use: 'exemplar', statement: 'I agree.' },
    ...change,
  });

const checks = { names: true, faces: true, metadata: true, context: true };

const input = (change: Partial<NewExemplarFromWork> = {}): NewExemplarFromWork => ({
  title: 'Exit tickets in grade 5',
  pool: 'seed',
  items: [
    { id: 'plan', name: 'Plan', artefact: plan },
    { id: 'reflection', name: 'Reflection', text: 'I learned much.' },
  ],
  checks,
  ...change,
});

const make = (change: Partial<NewExemplarFromWork> = {}, who = lead) =>
  createExemplarFromWork(house.calibration, who, work.id, input(change));

const pointersOf = async (promise: Promise<unknown>) =>
  (await refusal(promise)).errors.map(({ pointer }) => pointer);

const kept = async ({ id }: { readonly id: string }) =>
  (await house.calibration.store.exemplar(house.district, id))!;

/** The exemplar, keyed by three experts. */
async function key(exemplar: Exemplar): Promise<Exemplar> {
  const criteria = house.rubric.criteria.map(({ id }) => id);
  const at = <T>(value: T) => Object.fromEntries(criteria.map((id) => [id, value] as const));
  for (let n = 0; n < 3; n += 1) {
    await rateExemplarAsExpert(house.calibration, await house.member(['expert']), {
      ...{ exemplar: exemplar.id, levels: levels(3, 3, 3, 3), pointers: at([{ item: 'plan', page: 1 }]) },
    });
  }
  const rationale = at({ text: 'It is planned.', item: 'plan', page: 1 });
  return setExemplarRationale(house.calibration, lead, { exemplar: exemplar.id, rationale });
}

describe('work for exemplars', () => {
  it('is only what its teacher allows for this purpose, decided, and not the lead’s own', async () => {
    const list = async (who = lead) => (await listSourceWork(house.calibration, who, { limit: 50 })).items;
    await recordConsent(house.review.evidence, teacher, {
      ...{ submission: work.id, artefacts: [plan], use: 'review', statement: 'For review.' },
    });
    expect(await list()).toEqual([]);
    expect((await refusal(make())).code).toBe('not-found');
    await allow([plan]);
    const [shown] = await list();
    expect(shown).toMatchObject({ submission: work.id, made: 0 });
    expect([...shown!.allowed]).toEqual([plan]);
    // Nothing says whose it is.
    expect(JSON.stringify(shown!.items)).not.toContain('plan.pdf');
    expect(await list(teacher)).toEqual([]);
    const { submissions } = house.calibration;
    const now = await submissions.store.submission(house.district, work.id);
    await submissions.store.submissions.replace({ ...now!, state: 'reopened' });
    expect(await list()).toEqual([]);
  });

  it('opens to the lead in the files that a consent in force names, and no others', async () => {
    const consent = await allow([plan]);
    const open = (artefact: string) =>
      openSourceFile(house.calibration, lead, { submission: work.id, artefact });
    expect((await (await open(plan)).read()).length).toBeGreaterThan(10);
    expect((await refusal(open(video))).code).toBe('not-found');
    await withdrawConsent(house.review.evidence, teacher, consent.id);
    expect((await refusal(open(plan))).code).toBe('not-found');
    expect((await refusal(getSourceWork(house.calibration, lead, work.id))).code).toBe('not-found');
  });
});

describe('an exemplar from real work', () => {
  it('holds redacted texts and files, with the consent, the checks and who made them on record', async () => {
    const consent = await allow();
    const exemplar = await make();
    expect(exemplar).toMatchObject({
      state: 'keying',
      sourceSubmission: work.id,
      source: {
        ...{ submission: work.id, consents: [consent.id], artefacts: [plan] },
        ...{ checkedBy: lead.member, endedAt: null },
      },
    });
    expect(exemplar.items[0]).toMatchObject({
      text: null,
      file: { artefact: plan, mediaType: 'application/pdf' },
    });
    const facts = JSON.stringify(exemplar.pendingEntries);
    expect(facts).toContain(consent.id);
    expect(facts).not.toContain('Exit tickets');
  });

  it('is refused by name for every check that is not confirmed', async () => {
    await allow();
    expect(await pointersOf(make({ checks: { ...checks, faces: false, context: false } }))).toEqual([
      '/checks/faces',
      '/checks/context',
    ]);
  });

  it('is refused while the teacher’s name or school is left in its words', async () => {
    await allow();
    const { name } = await house.person(teacher.member);
    const items = [
      { id: 'plan', name: `Plan of ${name}`, artefact: plan },
      { id: 'reflection', name: 'Reflection', text: 'At ALDER CREEK I learned much.' },
    ];
    expect(await pointersOf(make({ items, title: `${name}: exit tickets` }))).toEqual([
      '/title',
      '/items/0/name',
      '/items/1/text',
    ]);
    // A part of another word is no name.
    const harmless = [{ id: 'reflection', name: 'Reflection', text: 'Alder Creeks are many.' }];
    expect((await make({ items: harmless })).state).toBe('keying');
  });

  it('takes no video of the work as it is, and no file without consent; others stand in their place', async () => {
    await allow([plan, video]);
    const asItIs = [{ id: 'lesson', name: 'Lesson', artefact: video }];
    const refused = await refusal(make({ items: asItIs }));
    expect(refused.errors[0]).toMatchObject({
      pointer: '/items/0/artefact',
      detail: expect.stringMatching(/video/),
    });
    const blurred = await uploadArtefact(house.review.evidence, lead, {
      ...{ name: 'blurred.pdf', mediaType: 'application/pdf', bytes: aPdf('What is seen, in pictures.') },
    });
    const other = { id: 'lesson', name: 'Lesson', artefact: blurred.artefact.id };
    expect(await pointersOf(make({ items: [other] }))).toEqual(['/items/0/replaces']);
    expect(await pointersOf(make({ items: [{ ...other, replaces: 'art_unknown' }] }))).toEqual([
      '/items/0/replaces',
    ]);
    const made = await make({ items: [{ ...other, replaces: video }] });
    expect(made.source!.artefacts).toEqual([video]);
    const described = { id: 'lesson', name: 'Lesson', text: 'Two students …', replaces: video };
    expect((await make({ items: [described] })).source!.artefacts).toEqual([video]);
  });

  it('uses nothing that the consent leaves out', async () => {
    await allow([plan]);
    const items = [
      { id: 'lesson', name: 'Lesson', text: 'Two students …', replaces: video },
      { id: 'other', name: 'Other', text: 'x', artefact: plan },
      { id: 'none', name: 'None' },
    ];
    expect(await pointersOf(make({ items }))).toEqual(['/items/1', '/items/2', '/items/0/replaces']);
  });

  it('is not rated blind, nor measured on, by who wrote or reviewed the work', async () => {
    const reviewer = await house.reviewer(['reviewer', 'expert']);
    const another = await house.reviewer();
    const open = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const readers = (await house.assignments(open)).map((one) => one.reviewer);
    expect(new Set(readers)).toEqual(new Set([reviewer.member, another.member]));
    const { submissions } = house.calibration;
    const now = (await submissions.store.submission(house.district, open.id))!;
    await submissions.store.submissions.replace({ ...now, state: 'met', decidedAt: house.clock.now() });
    const author = { kind: 'member', district: house.district, member: now.teacher } as const;
    await recordConsent(house.review.evidence, author, {
      ...{ submission: open.id, artefacts: [], use: 'exemplar', statement: 'I agree.' },
    });
    const exemplar = await createExemplarFromWork(house.calibration, lead, open.id, {
      ...input({ items: [{ id: 'plan', name: 'Plan', text: 'A plan.' }] }),
    });
    const blind = rateExemplarAsExpert(house.calibration, reviewer, {
      exemplar: exemplar.id,
      levels: levels(3, 3, 3, 3),
      pointers: Object.fromEntries(['c1', 'c2', 'c3', 'c4'].map((id) => [id, [{ item: 'plan' }]])),
    });
    expect((await refusal(blind)).message).toMatch(/know this work/);
    byHand.add(exemplar.id);
    await house.calibration.store.exemplars.replace({
      ...(await kept(exemplar)),
      state: 'keyed',
      key: { levels: levels(3, 3, 3, 3), how: 'consensus', at: house.clock.now(), rationale: {} },
    });
    const fresh = async (member: Person['member']) =>
      (
        await freshExemplars(house.calibration, {
          ...{ district: house.district, member, version: house.version, pool: 'seed' },
        })
      ).length;
    expect(await fresh(another.member)).toBe(0);
    expect(await fresh(author.member)).toBe(0);
    expect(await fresh((await house.member(['reviewer'])).member)).toBe(1);
  });
});

describe('the files of an exemplar', () => {
  it('open to experts, and to a reviewer only in practice or when next on an own form', async () => {
    await allow();
    const exemplar = await key(await make({ pool: 'qualifying' }));
    for (let n = 0; n < 14; n += 1) await house.seedExemplar(levels(3, 3, 3, 3), { pool: 'qualifying' });
    const open = async (who: Person, item = 'plan') =>
      openExemplarFile(house.calibration, await house.person(who.member), { exemplar: exemplar.id, item });
    const reviewer = await house.member(['reviewer']);
    expect((await refusal(open(reviewer))).code).toBe('not-found');
    expect((await open(lead)).artefact.mediaType).toBe('application/pdf');
    expect((await refusal(open(lead, 'reflection'))).code).toBe('not-found');
    const attempt = await startQualification(house.calibration, reviewer, {
      achievementVersion: house.version,
    });
    byHand.add(attempt.id);
    await house.calibration.store.attempts.replace({
      ...(await house.calibration.store.attempts.get(house.district, attempt.id))!,
      form: [exemplar.id, ...attempt.form.filter((id) => id !== exemplar.id)].slice(0, 10),
    });
    expect((await open(reviewer)).artefact.id).toBe(plan);
    expect((await refusal(open(await house.member(['reviewer'])))).code).toBe('not-found');
    expect((await refusal(open(await house.member(['teacher'])))).code).toBe('not-found');
  });

  it('are gone at once when the consent ends, before anything is swept', async () => {
    const consent = await allow();
    const exemplar = await make();
    expect((await openItem(house.calibration, exemplar, 'plan')).artefact.id).toBe(plan);
    await withdrawConsent(house.review.evidence, teacher, consent.id);
    expect((await refusal(openItem(house.calibration, exemplar, 'plan'))).code).toBe('not-found');
  });
});

describe('the end of the consent', () => {
  it('retires what was made, empties it, and erases what the lead made for it; key and ratings stay', async () => {
    const consent = await allow();
    const { artefact } = await uploadArtefact(house.review.evidence, lead, {
      ...{ name: 'blurred.pdf', mediaType: 'application/pdf', bytes: aPdf('Blurred.') },
    });
    const items = [
      { id: 'plan', name: 'Plan', artefact: plan },
      { id: 'lesson', name: 'Lesson', artefact: artefact.id, replaces: video },
      { id: 'reflection', name: 'Reflection', text: 'I learned much.' },
    ];
    const exemplar = await key(await make({ items }));
    await withdrawConsent(house.review.evidence, teacher, consent.id);
    await house.settle();
    const ended = await kept(exemplar);
    expect(ended).toMatchObject({ pool: 'retired', state: 'keyed', source: { endedAt: house.clock.now() } });
    expect(ended.items.map(({ text }) => text)).toEqual([null, null, null]);
    expect(ended.key).toEqual(exemplar.key);
    expect(ended.moves.at(-1)).toMatchObject({ from: 'seed', to: 'retired', by: 'service' });
    const { store } = house.review.evidence;
    expect((await store.artefact(house.district, artefact.id))!.erasedAt).not.toBeNull();
    // The teacher's own file is the teacher's.
    expect((await store.artefact(house.district, plan))!.erasedAt).toBeNull();
  });

  it('comes by its date too, and not while another consent covers all of it', async () => {
    const soon = '2026-11-21T09:00:00Z';
    await allow([plan, video], { to: soon });
    const exemplar = await make();
    const second = await allow([plan]);
    house.clock.advance(2 * 86_400);
    await house.settle();
    expect((await kept(exemplar)).pool).toBe('seed');
    await withdrawConsent(house.review.evidence, teacher, second.id);
    await house.settle();
    expect((await kept(exemplar)).pool).toBe('retired');
  });

  it('comes with the erasure of a file that it was made from, or that a lead made', async () => {
    await allow();
    const fromVideo = await make({
      items: [{ id: 'lesson', name: 'Lesson', text: 'Two …', replaces: video }],
    });
    const fromPlan = await make();
    await eraseArtefact(house.review.evidence, teacher, video);
    await house.settle();
    expect((await kept(fromVideo)).pool).toBe('retired');
    expect((await kept(fromPlan)).pool).toBe('seed');
    const { artefact } = await uploadArtefact(house.review.evidence, lead, {
      ...{ name: 'own.pdf', mediaType: 'application/pdf', bytes: aPdf('Written for it.') },
    });
    const own = await createExemplar(house.calibration, lead, {
      ...{ achievementVersion: house.version, title: 'Written', pool: 'seed' },
      items: [{ id: 'plan', name: 'Plan', artefact: artefact.id }],
    });
    await eraseArtefact(house.review.evidence, lead, artefact.id);
    await house.settle();
    expect((await kept(own)).pool).toBe('retired');
  });
});

describe('places in the evidence', () => {
  it('are needed for every level, in this exemplar, with pages of PDFs and seconds of videos only', async () => {
    await allow();
    const exemplar = await make();
    const expert = await house.member(['expert']);
    const rate = (pointers: object) =>
      rateExemplarAsExpert(house.calibration, expert, {
        ...{ exemplar: exemplar.id, levels: levels(3, 3, 3, 3), pointers: pointers as never },
      });
    const right = { c1: [{ item: 'plan', page: 2 }], c2: [{ item: 'plan' }], c3: [{ item: 'reflection' }] };
    expect(await pointersOf(rate(right))).toEqual(['/pointers/c4']);
    expect(await pointersOf(rate({ ...right, c4: [] }))).toEqual(['/pointers/c4']);
    const wrong = {
      c1: [{ item: 'nothing' }],
      c2: [{ item: 'reflection', page: 1 }],
      c3: [{ item: 'plan', second: 3 }],
      c4: [{ item: 'plan', page: 0 }],
      c5: [{ item: 'plan' }],
    };
    expect(await pointersOf(rate(wrong))).toEqual([
      '/pointers/c5',
      '/pointers/c1/0/item',
      '/pointers/c2/0/page',
      '/pointers/c3/0/second',
      '/pointers/c4/0/page',
    ]);
    const rated = await rate({ ...right, c4: [{ item: 'plan', page: 3 }] });
    expect(rated.ratings[0]!.pointers['c4']).toEqual([{ item: 'plan', page: 3 }]);
  });
});
