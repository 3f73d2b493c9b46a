import { afterEach, describe, expect, it } from '@jest/globals';
import {
  answerDriftSignal,
  asTold,
  type Certification,
  type DriftSignal,
  defaultQualificationPolicy,
} from '../../../src/calibration/index.js';
import { recordedState } from '../../../src/audit/index.js';
import { AppError } from '../../../src/kernel/index.js';
import { listLookBacks } from '../../../src/review/index.js';
import type { Submission } from '../../../src/submissions/index.js';
import { observed } from '../../support/drift-levels.js';
import { calibrationAsRecorded } from '../../support/recorded-as-kept.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

let house: ReviewHouse;

afterEach(async () => {
  expect(house.failures).toEqual([]);
  expect(await calibrationAsRecorded(house)).toEqual([]);
  await house.store.close();
});

const day = 86_400;
const certificationOf = async ({ member }: Person): Promise<Certification> =>
  (await house.calibration.store.certificationsFor(house.district, member, house.version)).at(-1)!;
const signalsOf = async (who: Person): Promise<readonly DriftSignal[]> =>
  house.calibration.store.driftSignalsOf(house.district, who.member, house.version);
const toldNow = () => house.toldOfDrift.map(({ about }) => about);

/** Two reviewers and a lead; work of the first is decided with levels that meet. */
async function aTeam() {
  house = await aReviewHouse({ seed: 'drifting' });
  const lead = await house.member(['lead']);
  const drifter = await house.reviewer();
  for (let n = 0; n < 3; n += 1) await house.reviewer();
  return { lead, drifter };
}

/** Work is handed in and rated by whom it is given to, until it is decided. */
async function decided(): Promise<Submission> {
  const submission = await house.submitted(await house.member(['teacher']), { openFor: 'ach' as never });
  await house.settle();
  for (const one of await house.assignments(submission)) await house.commit(one, levels(3, 3, 3, 3));
  await house.settle();
  expect(await house.decision(submission)).toMatchObject({ round: 0, outcome: 'met' });
  return submission;
}

/** Levels far from the key: one signal, at least, at once. */
async function drift(who: Person): Promise<void> {
  const before = (await signalsOf(who)).length;
  await observed(house, await certificationOf(who), [1, 1, 1, 1]);
  await house.settle();
  expect((await signalsOf(who)).length).toBe(before + 1);
}

const answer = async (
  lead: Person,
  who: Person,
  to: 'acknowledged' | 'cleared' | 'recalibrating' | 'suspended',
) =>
  answerDriftSignal(house.calibration, lead, {
    signal: (await signalsOf(who)).at(-1)!.id,
    to,
    reason: 'The keys were read again with the reviewer.',
  });

describe('a drift signal', () => {
  it('puts the certification on probation by itself: leads hear at once, the reviewer days after', async () => {
    const { drifter } = await aTeam();
    await drift(drifter);
    const [signal] = await signalsOf(drifter);
    const certification = await certificationOf(drifter);
    expect(certification).toMatchObject({ state: 'probation', probation: { signal: signal!.id } });
    expect(asTold(certification, house.clock.now()).state).toBe('active');
    expect(toldNow()).toEqual(['raised-to-leads']);
    house.clock.advance(5 * day);
    await house.settle();
    expect(toldNow()).toContain('raised-to-reviewer');
    expect(asTold(await certificationOf(drifter), house.clock.now()).state).toBe('probation');
    // What is drawn now is rated twice for it.
    const submission = await house.submitted(await house.member(['teacher']));
    await house.settle();
    const theirs = (await house.assignments(submission)).filter(
      ({ reviewer }) => reviewer === drifter.member,
    );
    for (const one of theirs) expect(one.doubleRated).toContain('probation');
  });

  it('is acknowledged, then cleared with a reason, and the probation ends; what was done stays', async () => {
    const { lead, drifter } = await aTeam();
    await drift(drifter);
    await answer(lead, drifter, 'acknowledged');
    const cleared = await answer(lead, drifter, 'cleared');
    await house.settle();
    expect(cleared.acts.map(({ to, by }) => [to, by])).toEqual([
      ['acknowledged', lead.member],
      ['cleared', lead.member],
    ]);
    expect(await certificationOf(drifter)).toMatchObject({ state: 'active', probation: null });
    for (const to of ['acknowledged', 'suspended'] as const)
      await expect(answer(lead, drifter, to)).rejects.toThrow('This signal is cleared');
    expect((await signalsOf(drifter))[0]!.pendingEntries.map(({ verb }) => verb)).toEqual([
      'raised',
      'acknowledged',
      'cleared',
    ]);
  });

  it('is not answered by the reviewer whom it is about, nor without a reason', async () => {
    const { lead, drifter } = await aTeam();
    await drift(drifter);
    // Before it is told, it is nowhere for its reviewer.
    await expect(answer(drifter, drifter, 'cleared')).rejects.toThrow('There is no such drift signal.');
    house.clock.advance(5 * day);
    await house.settle();
    await expect(answer(drifter, drifter, 'cleared')).rejects.toThrow('about your own levels');
    const refused = answerDriftSignal(house.calibration, lead, {
      signal: (await signalsOf(drifter))[0]!.id,
      to: 'cleared',
      reason: '  ',
    });
    await expect(refused).rejects.toBeInstanceOf(AppError);
    expect((await signalsOf(drifter))[0]!.state).toBe('raised');
  });

  it('owes the seeds of a recalibration once, after which the lead decides', async () => {
    const { lead, drifter } = await aTeam();
    await drift(drifter);
    await answer(lead, drifter, 'recalibrating');
    await house.settle();
    await house.settle();
    const plan = await house.review.store.seedPlan(house.district, drifter.member, house.version);
    const owed = plan!.owed.filter(({ because }) => because === 'recalibration');
    expect(owed).toHaveLength(defaultQualificationPolicy.recalibrationSeeds);
    await answer(lead, drifter, 'cleared');
    expect((await certificationOf(drifter)).state).toBe('active');
  });

  it('suspends by itself when it is the second, and has what was signed since the clean moment rated again', async () => {
    const { lead, drifter } = await aTeam();
    house.clock.advance(day);
    const early = [await decided(), await decided(), await decided(), await decided()];
    house.clock.advance(day);
    await observed(house, await certificationOf(drifter), [3, 3, 3, 3]);
    const clean = house.clock.now();
    house.clock.advance(day);
    const late = [await decided(), await decided(), await decided(), await decided()];
    const signedLate = await house.review.store.signOffsSince(
      house.district,
      drifter.member,
      house.version,
      clean,
    );
    expect(signedLate.length).toBeGreaterThan(0);
    await drift(drifter);
    expect((await certificationOf(drifter)).state).toBe('probation');
    const before = await Promise.all(late.map((one) => house.decision(one)));
    house.clock.advance(60);
    await drift(drifter);
    const [first, second] = await signalsOf(drifter);
    expect([first!.state, second!.state]).toEqual(['raised', 'suspended']);
    expect(second!.acts).toMatchObject([{ to: 'suspended', by: null }]);
    expect(await certificationOf(drifter)).toMatchObject({ state: 'suspended', probation: null });
    expect(toldNow()).toEqual(expect.arrayContaining(['suspended-to-leads', 'suspended-to-reviewer']));
    // Every sign-off since the clean moment before the first signal, and none before it.
    expect(second!.lookBack!.since).toBe(clean);
    expect(second!.lookBack!.items.map(({ rating }) => rating)).toEqual(signedLate.map(({ id }) => id));
    expect(second!.lookBack!.items.map(({ state }) => state)).toEqual(signedLate.map(() => 'opened'));
    const listed = (await listLookBacks(house.review, lead, { limit: 50 })).items;
    expect(new Set(listed.map(({ round }) => round.submission))).toEqual(
      new Set(signedLate.map(({ submission }) => submission)),
    );
    expect(listed.map(({ round }) => round.why)).toEqual(
      listed.map(() => ({ kind: 'suspension', certification: second!.certification })),
    );
    for (const one of early) expect(await house.review.store.casesOn(house.district, one.id)).toHaveLength(1);
    // Invariant 9: what was decided stands until a round has decided, and nobody who rated it rates it again.
    expect(await Promise.all(late.map((one) => house.decision(one)))).toEqual(before);
    for (const { round } of listed) {
      const drawn = await house.review.store.assignmentsOfCase(house.district, round.id);
      expect(drawn.filter(({ reviewer }) => reviewer === drifter.member)).toEqual([]);
    }
  });

  it('waits with work that is not decided yet, and looks back on it once it is', async () => {
    const { lead, drifter } = await aTeam();
    house.clock.advance(day);
    let open: Submission | undefined;
    for (let n = 0; n < 6 && open === undefined; n += 1) {
      const submission = await house.submitted(await house.member(['teacher']), { openFor: 'ach' as never });
      await house.settle();
      const theirs = (await house.assignments(submission)).find(
        ({ reviewer }) => reviewer === drifter.member,
      );
      if (theirs === undefined) continue;
      await house.commit(theirs, levels(3, 3, 3, 3));
      open = submission;
    }
    await drift(drifter);
    await answer(lead, drifter, 'suspended');
    await house.settle();
    const items = async () => (await signalsOf(drifter))[0]!.lookBack!.items;
    expect(await items()).toMatchObject([{ submission: open!.id, state: 'due', case: null }]);
    for (const one of await house.assignments(open!))
      if (one.state === 'open') await house.commit(one, levels(3, 3, 3, 3));
    await house.settle();
    house.clock.advance(day);
    await house.settle();
    expect(await items()).toMatchObject([{ submission: open!.id, state: 'opened' }]);
  });

  it('records the list, what became of each sign-off on it, and when the reviewer was told', async () => {
    const { lead, drifter } = await aTeam();
    house.clock.advance(day);
    await decided();
    await drift(drifter);
    await answer(lead, drifter, 'suspended');
    await house.settle();
    const signal = (await signalsOf(drifter))[0]!;
    expect(signal.toldAt).not.toBeNull();
    const recorded = signal.pendingEntries.at(-1)!;
    expect(recorded.verb).toBe('told');
    expect(recorded.state).toEqual(recordedState('drift_signals', signal));
    const verbs = signal.pendingEntries.map(({ verb }) => verb);
    const items = signal.lookBack!.items.length;
    expect(verbs).toEqual([
      ...['raised', 'suspended', 'listed', ...Array.from({ length: items }, () => 'looked-back-on'), 'told'],
    ]);
  });
});
