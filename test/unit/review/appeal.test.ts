import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError, plusDays } from '../../../src/kernel/index.js';
import {
  appealRecord,
  decideAppeal,
  declineAppeal,
  fileAppeal,
  getDecision,
  listAppeals,
  openAppealArtefact,
  screenAppeal,
  settleAppeal,
  visibleAppeal,
  withdrawAppeal,
  type Appeal,
  type AppealEvent,
  type ReviewCase,
  type ReviewPorts,
} from '../../../src/review/index.js';
import { nextAttemptUntil, startNextAttempt } from '../../../src/submissions/index.js';
import { relateMembers } from '../../../src/tenancy/index.js';
import { aReviewHouse, type Person, type ReviewHouse } from '../../support/review-house.js';
import { levels } from '../../support/rubric.js';

const met = levels(3, 3, 3, 3);
const low = levels(3, 3, 3, 2);
let house: ReviewHouse;

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

const stateOf = async ({ id }: { readonly id: string }) =>
  (await house.review.submissions.store.submission(house.district, id))!;
const kept = async ({ id }: { readonly id: string }) =>
  (await house.review.store.appeal(house.district, id))!;
const roundsOf = ({ id }: { readonly id: string }) => house.review.store.casesOn(house.district, id);
const person = (member: string): Person => ({
  kind: 'member',
  district: house.district,
  member: member as never,
});

async function rateAll({ id }: ReviewCase, given: ReturnType<typeof levels>): Promise<void> {
  for (let n = 0; n < 4; n += 1) {
    const all = await house.review.store.assignmentsOfCase(house.district, id);
    for (const one of all.filter(({ state }) => state === 'open')) await house.commit(one, given);
    await house.settle();
  }
}

/** A house with work that is decided "not yet", leads and adjudicators with no part in it, and who was told what. */
async function decided(given = low) {
  house = await aReviewHouse({ seed: 'appealed' });
  const told: AppealEvent[] = [];
  const ports: ReviewPorts = { ...house.review, tellOfAppeal: async (event) => void told.push(event) };
  for (let n = 0; n < 4; n += 1) await house.reviewer();
  const lead = await house.member(['lead']);
  const second = await house.member(['adjudicator']);
  const third = await house.member(['lead']);
  const teacher = await house.member(['teacher']);
  const submission = await house.submitted(teacher, {
    achievement: 'ach_here' as never,
    openFor: 'ach_here' as never,
  });
  await house.settle();
  await rateAll((await roundsOf(submission))[0]!, given);
  const decision = (await house.decision(submission))!;
  const file = () =>
    fileAppeal(ports, teacher, {
      decision: decision.id,
      ground: 'reason',
      words: 'Page 2 shows the check for understanding that was said to be missing.',
    });
  return { ports, told, lead, second, third, teacher, submission, decision, file };
}

type Scene = Awaited<ReturnType<typeof decided>>;
const screen = ({ ports, lead }: Scene, appeal: Appeal, admissible = true) =>
  screenAppeal(ports, lead, {
    appeal: appeal.id,
    admissible,
    words: 'It names a level and where the evidence is.',
  });
const vary = (ports: ReviewPorts, appeal: Appeal) =>
  decideAppeal(ports, person(appeal.decider!), {
    appeal: appeal.id,
    outcome: 'varied',
    error: 'level',
    criteria: [house.rubric.criteria[3]!.id],
    words: 'The check is on page 2; nobody who read it could give this level.',
  });

describe('an appeal', () => {
  it('that is varied has the work rated again by people without a part in it, and their decision supersedes', async () => {
    const scene = await decided();
    const { ports, told, lead, teacher, submission, decision } = scene;
    const filed = await scene.file();
    expect(filed).toMatchObject({ state: 'filed', openFor: submission.id, effectDue: null });
    const admitted = await screen(scene, filed);
    expect(admitted).toMatchObject({ state: 'admitted', screening: { by: lead.member, admissible: true } });
    expect([scene.second.member, scene.third.member]).toContain(admitted.decider);
    const varied = await vary(ports, admitted);
    expect(varied).toMatchObject({ state: 'varied', round: 1, openFor: null, effectDue: null });
    const [first, round] = await roundsOf(submission);
    expect(round).toMatchObject({
      origin: 'appeal',
      why: { kind: 'appeal', appeal: filed.id },
      supersedes: decision.id,
    });
    await rateAll(round!, met);
    expect(await house.decision(submission)).toMatchObject({
      outcome: 'met',
      round: 1,
      origin: 'appeal',
      supersedes: decision.id,
    });
    expect((await stateOf(submission)).state).toBe('met');
    // Invariant 4: teacher, reviewers of each round, who screened and who decided are different people.
    const raters = await Promise.all(
      [first!, round!].map(async ({ id }) =>
        (await house.review.store.ratingsOfCase(house.district, id)).map(({ reviewer }) => reviewer),
      ),
    );
    const all = [teacher.member, lead.member, admitted.decider, ...raters.flat()];
    expect(raters.map((some) => some.length)).toEqual([2, 2]);
    expect(new Set(all).size).toBe(all.length);
    const order = told.map(({ about, member }) => [about, member]);
    expect(order).toEqual(
      expect.arrayContaining([
        ['to-screen', lead.member],
        ['admitted', teacher.member],
        ['to-decide', admitted.decider],
        ['varied', teacher.member],
      ]),
    );
  });

  it.each(['upheld', 'dismissed'] as const)(
    'that is %s leaves the decision, and the next attempt has its full time',
    async (outcome) => {
      const scene = await decided();
      const { ports, teacher, submission, decision, told } = scene;
      const admitted = await screen(scene, await scene.file());
      expect(nextAttemptUntil(await stateOf(submission))).toBeNull();
      expect(
        (await refusal(startNextAttempt(house.review.submissions, teacher, submission.id))).message,
      ).toContain('under appeal');
      house.clock.advance(20 * 86_400);
      const ended = await decideAppeal(ports, person(admitted.decider!), {
        appeal: admitted.id,
        outcome,
        words: 'Read in full; there is no error.',
      });
      expect(ended).toMatchObject({
        state: outcome,
        decided: { error: null, criteria: [] },
        round: null,
        effectDue: null,
      });
      expect(await house.decision(submission)).toEqual(decision);
      expect(await roundsOf(submission)).toHaveLength(1);
      expect(nextAttemptUntil(await stateOf(submission))).toBe(plusDays(house.clock.now(), 60));
      expect(told.at(-1)).toMatchObject({ about: outcome, member: teacher.member });
      expect((await refusal(scene.file())).message).toContain('that is final');
      expect(await startNextAttempt(house.review.submissions, teacher, submission.id)).toMatchObject({
        attempt: 2,
      });
    },
  );

  it('that is not admissible ends with the reasons, and may be filed anew in time', async () => {
    const scene = await decided();
    const refused = await screen(scene, await scene.file(), false);
    expect(refused).toMatchObject({ state: 'inadmissible', openFor: null, decider: null });
    expect(await stateOf(scene.submission)).toMatchObject({ state: 'not_yet', openFor: null });
    expect(scene.told.at(-1)).toMatchObject({ about: 'inadmissible' });
    expect((await refusal(screen(scene, refused))).code).toBe('conflict');
    expect((await scene.file()).state).toBe('filed');
  });

  it('is one at a time, within 30 days, by the teacher, against the newest "not yet", in words', async () => {
    const scene = await decided();
    const { ports, teacher, decision, submission } = scene;
    const input = { decision: decision.id, ground: 'rule' as const, words: 'x' };
    expect((await refusal(fileAppeal(ports, scene.lead, input))).code).toBe('not-found');
    expect((await refusal(fileAppeal(ports, teacher, { ...input, words: ' ' }))).errors![0]!.pointer).toBe(
      '/words',
    );
    expect(
      (await refusal(fileAppeal(ports, teacher, { ...input, words: 'x'.repeat(2_001) }))).errors![0]!.pointer,
    ).toBe('/words');
    const both = await Promise.allSettled([scene.file(), scene.file()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refusal(scene.file())).message).toContain('open appeal');
    const [open] = await house.review.store.appealsOn(house.district, submission.id);
    expect(await withdrawAppeal(ports, teacher, open!.id)).toMatchObject({
      state: 'withdrawn',
      effectDue: null,
    });
    expect((await withdrawAppeal(ports, teacher, open!.id)).state).toBe('withdrawn');
    expect((await refusal(withdrawAppeal(ports, scene.lead, open!.id))).code).toBe('not-found');
    expect((await stateOf(submission)).openFor).toBeNull();
    house.clock.advance(30 * 86_400 - 1);
    const last = await scene.file();
    await withdrawAppeal(ports, teacher, last.id);
    house.clock.advance(1);
    expect((await refusal(scene.file())).message).toContain('could be appealed until');
  });

  it('is not against "met", nor beside another attempt', async () => {
    const scene = await decided(met);
    expect((await refusal(scene.file())).message).toContain('against a decision of "not yet"');
    await house.store.close();
    const other = await decided();
    await startNextAttempt(house.review.submissions, other.teacher, other.submission.id);
    expect((await refusal(other.file())).message).toContain('another attempt');
    expect(await house.review.store.appealsOn(house.district, other.submission.id)).toEqual([]);
  });

  it('is screened and decided by nobody with a part in the review or a conflict of interest, at the offer and at the decision', async () => {
    const scene = await decided();
    const { ports, second, third, teacher, submission } = scene;
    const raters = await house.review.store.ratingsOfSubmission(house.district, submission.id);
    const filed = await scene.file();
    const input = { appeal: filed.id, admissible: true, words: 'y' };
    // One who rated it, made a lead; and a lead who coaches the teacher.
    const rater = await house.person(raters[0]!.reviewer);
    await house.tenancy.store.members.replace({ ...rater, roles: ['lead', 'reviewer'] });
    expect((await refusal(screenAppeal(ports, person(rater.id), input))).message).toContain('had a part');
    const coach = async (who: Person) =>
      relateMembers(house.tenancy, house.service, {
        kind: 'coach',
        member: who.member,
        other: teacher.member,
        from: plusDays(house.clock.now(), -9),
      });
    await coach(third);
    expect((await refusal(screenAppeal(ports, third, input))).message).toContain('conflict of interest');
    const admitted = await screen(scene, filed);
    expect(admitted.decider).toBe(second.member);
    await coach(second);
    expect((await refusal(vary(ports, admitted))).message).toContain('conflict of interest');
    const waiting = await kept(filed);
    expect(waiting).toMatchObject({ state: 'admitted', decider: null, declined: [second.member] });
    expect((await refusal(vary(ports, admitted))).code).toBe('not-found');
    // Nobody is left: it waits, and is taken up by itself when somebody is there.
    await settleAppeal(ports, waiting);
    expect((await kept(filed)).effectDue! > house.clock.now()).toBe(true);
    const newcomer = await house.member(['adjudicator']);
    house.clock.advance(3_600);
    await house.settle();
    expect((await kept(filed)).decider).toBe(newcomer.member);
    // Given back, it waits again.
    expect(await declineAppeal(ports, newcomer, filed.id)).toMatchObject({
      decider: null,
      declined: [second.member, newcomer.member],
    });
  });

  it('is varied for an error that is named, and for no other reason', async () => {
    const scene = await decided();
    const admitted = await screen(scene, await scene.file());
    const decide = (change: object) =>
      refusal(
        decideAppeal(scene.ports, person(admitted.decider!), {
          appeal: admitted.id,
          outcome: 'varied',
          words: 'w',
          ...change,
        }),
      );
    expect((await decide({})).errors![0]).toMatchObject({
      pointer: '/error',
      detail: expect.stringContaining('another expert might differ is none'),
    });
    expect((await decide({ error: 'level' })).errors![0]!.pointer).toBe('/criteria');
    expect((await decide({ error: 'level', criteria: ['nothing'] })).errors![0]!.pointer).toBe('/criteria/0');
    expect(
      (await decide({ error: 'rule', criteria: [house.rubric.criteria[0]!.id] })).errors![0]!.pointer,
    ).toBe('/criteria');
    expect((await decide({ outcome: 'upheld', error: 'rule' })).errors![0]!.pointer).toBe('/error');
    expect((await decide({ outcome: 'dismissed', words: '' })).errors![0]!.pointer).toBe('/words');
    expect((await kept(admitted)).state).toBe('admitted');
  });

  it('shows the record to who decides it, without a name, and to nobody else; fresh raters learn nothing (invariant 2)', async () => {
    const scene = await decided();
    const { ports, lead, teacher, submission, decision } = scene;
    const admitted = await screen(scene, await scene.file());
    const decider = person(admitted.decider!);
    const record = await appealRecord(ports, decider, admitted.id);
    expect(record.ratings.map(({ kind }) => kind)).toEqual(['rating', 'rating']);
    const raters = (await house.review.store.ratingsOfSubmission(house.district, submission.id)).map(
      ({ reviewer }) => reviewer,
    );
    for (const hidden of raters) expect(JSON.stringify(record.ratings)).not.toContain(hidden);
    expect(JSON.stringify(record.evidence)).not.toContain(teacher.member);
    for (const other of [lead, teacher, person(raters[0]!)]) {
      expect((await refusal(appealRecord(ports, other, admitted.id))).code).toBe('not-found');
      const artefact = record.evidence.items[0]!.files[0]!.artefact;
      expect((await refusal(openAppealArtefact(ports, other, { appeal: admitted.id, artefact }))).code).toBe(
        'not-found',
      );
    }
    await vary(ports, admitted);
    expect((await refusal(appealRecord(ports, decider, admitted.id))).code).toBe('conflict');
    const drawn = await house.review.store.assignmentsOfCase(house.district, `${submission.id}:1:1`);
    for (const { reviewer } of drawn) {
      const rater = await house.person(reviewer);
      await house.tenancy.store.members.replace({ ...rater, roles: ['lead', 'reviewer'] });
      expect((await refusal(visibleAppeal(ports, person(reviewer), admitted.id))).code).toBe('not-found');
      expect((await refusal(getDecision(ports, person(reviewer), decision.id))).code).toBe('not-found');
      expect((await listAppeals(ports, person(reviewer), 'all', { limit: 5 })).items).toEqual([]);
    }
    expect((await listAppeals(ports, lead, 'all', { limit: 5 })).items).toHaveLength(1);
    expect((await listAppeals(ports, teacher, 'all', { limit: 5 })).items).toHaveLength(1);
    expect((await listAppeals(ports, person(raters[0]!), 'all', { limit: 5 })).items).toEqual([]);
  });

  it('leaves no word of anybody in the audit record or in what people are told', async () => {
    const scene = await decided();
    const admitted = await screen(scene, await scene.file());
    const ended = await vary(scene.ports, admitted);
    const recorded = JSON.stringify([ended.pendingEntries, scene.told]);
    for (const words of [ended.words, ended.screening!.words, ended.decided!.words])
      expect(recorded).not.toContain(words);
    expect(ended.pendingEntries.map(({ verb }) => verb)).toEqual(['filed', 'screened', 'asked', 'varied']);
  });

  it.each([
    'appeal: submission held',
    'appeal: decider drawn',
    'appeal: round opened',
    'appeal: round said',
    'appeal: teacher told',
  ])('goes on after a stop at "%s", and does nothing twice', async (step) => {
    const scene = await decided();
    let stopped = 0;
    const stopping: ReviewPorts = {
      ...scene.ports,
      atStep: async (at) => {
        if (at !== step || stopped > 0) return;
        stopped += 1;
        throw new Error('stopped');
      },
    };
    const going = async (work: Promise<unknown>) =>
      work.catch((error: Error) => expect(error.message).toBe('stopped'));
    await going(
      fileAppeal(stopping, scene.teacher, { decision: scene.decision.id, ground: 'process', words: 'w' }),
    );
    await house.settle();
    const [filed] = await house.review.store.appealsOn(house.district, scene.submission.id);
    await going(screenAppeal(stopping, scene.lead, { appeal: filed!.id, admissible: true, words: 'w' }));
    await house.settle();
    await going(vary(stopping, await kept(filed!)));
    await house.settle();
    expect(stopped).toBe(1);
    expect(await kept(filed!)).toMatchObject({ state: 'varied', round: 1, effectDue: null });
    expect(await roundsOf(scene.submission)).toHaveLength(2);
    expect(await stateOf(scene.submission)).toMatchObject({ state: 'reopened', openFor: 'ach_here' });
  });
});
