import { afterEach, describe, expect, it } from '@jest/globals';
import {
  answerDriftSignal,
  asSeenBy,
  beginProbation,
  liftProbation,
  reinstateCertification,
  revokeCertification,
  suspendCertification,
  type Certification,
  type DriftSignal,
  type DriftSignalState,
} from '../../../src/calibration/index.js';
import {
  figuresRoster,
  getDriftSignal,
  getMyDriftSignal,
  listDriftLookBack,
  listDriftSignals,
  listMyDriftSignals,
  lookBackCounts,
  reviewerFiguresOf,
} from '../../../src/review/index.js';
import type { Submission } from '../../../src/submissions/index.js';
import { observed, withDrift } from '../../support/drift-levels.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  await house.store.close();
});

const day = 86_400;
const all = { limit: 50 };
const certificationOf = async ({ member }: Person): Promise<Certification> =>
  (await house.calibration.store.certificationsFor(house.district, member, house.version)).at(-1)!;
const signalsOf = async ({ member }: Person): Promise<readonly DriftSignal[]> =>
  house.calibration.store.driftSignalsOfReviewer(house.district, member);

async function drift(who: Person, exemplar?: string): Promise<DriftSignal> {
  await observed(house, await certificationOf(who), [1, 1, 1, 1], exemplar === undefined ? {} : { exemplar });
  await house.settle();
  return (await signalsOf(who)).at(-1)!;
}

describe('drift signals, as those who oversee review see them', () => {
  it('come the newest first, by state, reviewer and version, and never about the own levels', async () => {
    house = await aReviewHouse({ seed: 'shown' });
    // Enough open signals for one of them to suspend only when asked to.
    await withDrift(house, { signalsToSuspend: 10 });
    const lead = await house.reviewer(['lead', 'reviewer']);
    const [one, two] = [await house.reviewer(), await house.reviewer()];
    const raised: DriftSignal[] = [];
    for (const who of [one, lead, two, lead, one]) {
      raised.push(await drift(who));
      house.clock.advance(60);
    }
    const [a, , b, , c] = raised;
    await answerDriftSignal(house.calibration, lead, { signal: a!.id, to: 'acknowledged' });
    const listed = async (by: Parameters<typeof listDriftSignals>[2]) =>
      (await listDriftSignals(house.review, lead, by)).items.map(({ signal }) => signal.id);
    expect(await listed(all)).toEqual([c!.id, b!.id, a!.id]);
    expect(await listed({ ...all, state: 'raised' })).toEqual([c!.id, b!.id]);
    expect(await listed({ ...all, state: 'cleared' })).toEqual([]);
    expect(await listed({ ...all, reviewer: one.member })).toEqual([c!.id, a!.id]);
    expect(await listed({ ...all, reviewer: one.member, state: 'acknowledged' })).toEqual([a!.id]);
    expect(await listed({ ...all, reviewer: lead.member })).toEqual([]);
    expect(await listed({ ...all, achievementVersion: house.version, state: 'raised' })).toEqual([
      c!.id,
      b!.id,
    ]);
    expect(await listed({ ...all, reviewer: one.member, achievementVersion: 'another' })).toEqual([]);
    // Page by page the same, and no page tells by its length or its cursor that there are more.
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const at = cursor === undefined ? {} : { cursor };
      const page = await listDriftSignals(house.review, lead, { ...at, limit: 1 });
      pages.push(page.items.map(({ signal }) => signal.id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(pages).toEqual([[c!.id], [b!.id], [a!.id]]);
    for (const own of await signalsOf(lead))
      await expect(getDriftSignal(house.review, lead, own.id)).rejects.toThrow('There is no such drift');
  });

  it('rest on a chart that ends at its limit, and on the comparisons of its run', async () => {
    house = await aReviewHouse({ seed: 'charted' });
    const lead = await house.member(['lead']);
    const drifter = await house.reviewer();
    const certification = await certificationOf(drifter);
    for (let n = 0; n < 3; n += 1) await observed(house, certification, [3, 3, 3, 3]);
    await observed(house, certification, [3, 2, 3, 3]);
    const signal = await drift(drifter);
    const { evidence, name } = await getDriftSignal(house.review, lead, signal.id);
    expect(name).toBe((await house.person(drifter.member)).name);
    const [alarm, again] = signal.evidence.alarms;
    expect([alarm!.side, again!.side]).toEqual(['severe', 'severe']);
    const drawn = evidence.points.map(({ values }) => values.severe);
    const at = evidence.points.findIndex(({ alarms }) => alarms.includes('severe'));
    expect(drawn[at]).toBeCloseTo(alarm!.value, 10);
    expect(drawn[at]).toBeGreaterThanOrEqual(evidence.limits.severe);
    expect(evidence.points.filter(({ alarms }) => alarms.length > 0)).toHaveLength(2);
    // The three clean works are drawn as well, at zero.
    expect(drawn.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 0));
    expect(evidence.points.filter(({ run }) => run.includes('severe'))).toHaveLength(
      alarm!.run.length + again!.run.length,
    );
    expect(evidence.observations.map(({ id }) => id)).toEqual(signal.evidence.observations);
    expect(evidence.observations.at(-1)).toMatchObject({
      kind: 'seed',
      levels: [1, 1, 1, 1].map((given) => ({ given, reference: 3, q: 4 })),
      decisionRight: false,
    });
    expect(evidence.others).toBe(0);
  });

  it('name the exemplar behind a seed only to who is not measured by it, or helped to key it', async () => {
    house = await aReviewHouse({ seed: 'named' });
    const oversees = await house.member(['lead']);
    const rates = await house.reviewer(['lead', 'reviewer']);
    const keyed = await house.reviewer(['lead', 'reviewer']);
    const exemplar = await house.seedExemplar(levels(3, 3, 3, 3), { keyedBy: [keyed.member] });
    const signal = await drift(await house.reviewer(), exemplar.id);
    const seen = async (who: Person) =>
      (await getDriftSignal(house.review, who, signal.id)).evidence.observations.map(({ work }) => work);
    expect(await seen(oversees)).toEqual([{ of: 'exemplar', exemplar: exemplar.id }]);
    expect(await seen(keyed)).toEqual([{ of: 'exemplar', exemplar: exemplar.id }]);
    expect(await seen(rates)).toEqual([{ of: 'hidden-exemplar' }]);
  });

  it('show a work to a lead by its decision, and nothing of it to who is to rate it again or handed it in', async () => {
    house = await aReviewHouse({ seed: 'in hand' });
    // One comparison that differs at every level alarms, beside others as beside keys.
    await withDrift(house, { severityLimit: 1, runLength: 10 });
    const lead = await house.member(['lead']);
    const drifter = await house.reviewer();
    const other = await house.reviewer();
    const teacher = await house.member(['teacher', 'lead']);
    const submission = await house.submitted(teacher);
    await house.settle();
    for (const one of await house.assignments(submission))
      await house.commit(one, one.reviewer === drifter.member ? levels(3, 3, 3, 3) : levels(4, 4, 4, 4));
    await house.settle();
    const [signal] = await signalsOf(drifter);
    expect(signal).toMatchObject({ evidence: { reference: 'others' } });
    const decision = (await house.decision(submission))!;
    const seen = async (who: Person) => (await getDriftSignal(house.review, who, signal!.id)).evidence;
    const shown = await seen(lead);
    expect(shown.observations.map(({ work }) => work)).toEqual([
      { of: 'submission', submission: submission.id, decision: decision.id },
    ]);
    expect([shown.points.length, shown.others]).toEqual([4, 1]);
    const own = await seen(teacher);
    expect([own.observations, own.points]).toEqual([[], []]);
    // A lead who is given the work in a later round.
    const rater = await house.reviewer(['lead', 'adjudicator']);
    expect((await seen(rater)).observations).toHaveLength(1);
    const [given] = await house.assignments(submission);
    await house.review.store.assignments.insert({
      ...given!,
      ...{ id: 'asn_later' as never, reviewer: rater.member, state: 'open', n: 9, endedAt: null },
    });
    const inHand = await seen(rater);
    expect([inHand.observations, inHand.points]).toEqual([[], []]);
    expect(other.member).not.toBe(drifter.member);
  });

  it('list what a suspension has rated again, and what came of it', async () => {
    house = await aReviewHouse({ seed: 'list' });
    const lead = await house.member(['lead']);
    const drifter = await house.reviewer();
    for (let n = 0; n < 4; n += 1) await house.reviewer();
    const teachers: Person[] = [];
    const decided: Submission[] = [];
    house.clock.advance(day);
    for (let n = 0; n < 8; n += 1) {
      const teacher = await house.member(['teacher', 'lead']);
      const submission = await house.submitted(teacher, { openFor: 'ach' as never });
      await house.settle();
      for (const one of await house.assignments(submission)) await house.commit(one, levels(3, 3, 3, 3));
      await house.settle();
      decided.push(submission);
      teachers.push(teacher);
    }
    const signal = await drift(drifter);
    await expect(listDriftLookBack(house.review, lead, signal.id, all)).rejects.toThrow(
      'There is no such look-back list.',
    );
    await answerDriftSignal(house.calibration, lead, {
      signal: signal.id,
      to: 'suspended',
      reason: 'Far off.',
    });
    await house.settle();
    const list = async (who: Person = lead) =>
      (await listDriftLookBack(house.review, who, signal.id, all)).items;
    const first = await list();
    expect(first.length).toBeGreaterThan(1);
    expect(lookBackCounts(first)).toMatchObject({ held: first.length, changed: 0, unchanged: 0 });
    // One round decides otherwise, one the same.
    for (const [index, to] of [levels(1, 1, 1, 1), levels(3, 3, 3, 3)].entries()) {
      const { item } = first[index]!;
      for (let n = 0; n < 3; n += 1) {
        for (const one of await house.review.store.assignmentsOfCase(house.district, item.case!))
          if (one.state === 'open') await house.commit(one, to);
        await house.settle();
      }
    }
    const after = await list();
    expect(lookBackCounts(after)).toEqual({
      ...{ due: 0, held: first.length - 2, changed: 1, unchanged: 1, notPossible: 0, superseded: 0 },
    });
    expect(after[0]).toMatchObject({
      before: { outcome: 'met' },
      round: { state: 'decided', after: { outcome: 'not_yet' } },
    });
    // In pages, and without the own work.
    const page = await listDriftLookBack(house.review, lead, signal.id, { limit: 1 });
    const rest = await listDriftLookBack(house.review, lead, signal.id, { limit: 50, cursor: page.next! });
    expect([...page.items, ...rest.items]).toEqual(after);
    const mine = teachers[decided.findIndex(({ id }) => id === first[0]!.item.submission)]!;
    expect(await list(mine)).toEqual(after.slice(1));
  });
});

describe('a drift signal, as its reviewer sees it', () => {
  it('is nowhere before it is told, and then says in which way the levels moved and of no work', async () => {
    house = await aReviewHouse({ seed: 'own notice' });
    const lead = await house.member(['lead']);
    const drifter = await house.reviewer(['reviewer', 'lead']);
    const signal = await drift(drifter);
    const { review } = house;
    const none = (async () => getMyDriftSignal(review, drifter, 'dsg_nothing'))();
    const refusal: unknown = await none.catch((error: unknown) => error);
    expect(await listMyDriftSignals(review, drifter)).toEqual([]);
    await expect(getMyDriftSignal(review, drifter, signal.id)).rejects.toEqual(refusal);
    await answerDriftSignal(house.calibration, lead, { signal: signal.id, to: 'acknowledged' });
    house.clock.advance(5 * day);
    const own = await getMyDriftSignal(review, drifter, signal.id);
    expect(own).toEqual({
      id: signal.id,
      achievementVersion: house.version,
      state: 'acknowledged' satisfies DriftSignalState,
      sides: ['severe'],
      toldAt: signal.tellAt,
      acts: [{ to: 'acknowledged', reason: null, at: null }],
    });
    const text = JSON.stringify(own);
    for (const unsaid of [signal.raisedAt, ...signal.evidence.observations, 'keys', lead.member])
      expect(text).not.toContain(unsaid);
    expect(await listMyDriftSignals(review, drifter)).toEqual([own]);
    // Whom it is not about, sees it here at no time.
    await expect(getMyDriftSignal(review, lead, signal.id)).rejects.toEqual(refusal);
    expect(await listMyDriftSignals(review, lead)).toEqual([]);
  });

  it('is told by no figure and no certification either, to a reviewer who oversees review', async () => {
    house = await aReviewHouse({ seed: 'both' });
    const both = await house.reviewer(['reviewer', 'lead']);
    const { calibration, review } = house;
    await drift(both);
    const rosters = async (who: Person) =>
      (await figuresRoster(review, who, { limit: 50, order: 'name' })).items.map(({ reviewer }) => reviewer);
    const oversees = await house.member(['lead']);
    expect(await rosters(oversees)).toEqual([both.member]);
    expect(await rosters(both)).toEqual([]);
    const own = { reviewer: both.member, achievementVersion: house.version };
    await expect(reviewerFiguresOf(review, both, own)).rejects.toThrow('There is no such reviewer');
    const certification = await certificationOf(both);
    const now = () => house.clock.now();
    expect(certification.state).toBe('probation');
    expect(asSeenBy(both.member, certification, now()).state).toBe('active');
    expect(asSeenBy(oversees.member, certification, now()).state).toBe('probation');
    const input = { certification: certification.id, reason: 'So that I go on.' };
    for (const change of [
      beginProbation,
      liftProbation,
      suspendCertification,
      reinstateCertification,
      revokeCertification,
    ])
      await expect(change(calibration, both, input)).rejects.toThrow('This certification is your own');
    expect(await certificationOf(both)).toEqual(certification);
  });
});
