import {
  answerDriftSignal,
  codeInForce,
  commitQualificationResponse,
  driftAnswers,
  moveExemplar,
  reinstateCertification,
  revokeCertification,
  setCodeOfConduct,
  startQualification,
  suspendCertification,
} from '../../src/calibration/index.js';
import { openArtefact, uploadArtefact } from '../../src/evidence/index.js';
import { awardOutside, settleDecision } from '../../src/issuing/index.js';
import { AppError, type ArtefactId } from '../../src/kernel/index.js';
import {
  appealGrounds,
  appealOutcomes,
  commitRating,
  decideAppeal,
  declineAppeal,
  declineAssignment,
  fileAppeal,
  getAssignment,
  rateAgain,
  releaseReviewerWork,
  saveDraftRating,
  screenAppeal,
  setMinutes,
  settleCase,
  settleRating,
  settleSubmissionReview,
  withdrawAppeal,
  type CriterionRating,
  type CriterionRatings,
} from '../../src/review/index.js';
import {
  answerRequirement,
  createSubmission,
  startNextAttempt,
  submitSubmission,
  withdrawSubmission,
} from '../../src/submissions/index.js';
import { changeMember, relateMembers } from '../../src/tenancy/index.js';
import { declares } from '../support/declares.js';
import { ratingOf, type Person } from '../support/review-house.js';
import type { Raw } from './raw-store.js';
import { levelsAt, secretWords, type World } from './world.js';

/** What somebody does, or what happens. Numbers choose among what there is at that moment. */
export type Act =
  | { readonly act: 'submit'; readonly who: number; readonly school: number }
  /** The next attempt after a "not yet", with something of the evidence changed. */
  | { readonly act: 'resubmit'; readonly work: number; readonly change: Change; readonly held: number }
  | { readonly act: 'withdraw'; readonly work: number }
  | { readonly act: 'settle' }
  | { readonly act: 'second process' }
  | { readonly act: 'wait'; readonly seconds: number }
  | {
      readonly act: 'commit';
      readonly of: number;
      readonly places: readonly number[];
      readonly flaw: Flaw;
      /** Whether what was due before is carried out first. */
      readonly settled: boolean;
    }
  | { readonly act: 'commit again'; readonly of: number; readonly otherwise: boolean }
  | { readonly act: 'commit for another'; readonly of: number; readonly by: number }
  | { readonly act: 'draft'; readonly of: number; readonly by: number }
  | { readonly act: 'decline'; readonly of: number; readonly conflict: boolean }
  | { readonly act: 'release all'; readonly who: number }
  | { readonly act: 'declare'; readonly who: number; readonly teacher: number; readonly none: boolean }
  | { readonly act: 'new code' }
  | { readonly act: 'relate'; readonly who: number; readonly teacher: number; readonly kind: number }
  | { readonly act: 'move school'; readonly who: number; readonly school: number }
  | { readonly act: 'minutes'; readonly who: number; readonly minutes: number }
  | { readonly act: 'certify'; readonly who: number; readonly version: number }
  | { readonly act: 'suspend' | 'reinstate' | 'revoke'; readonly of: number }
  | { readonly act: 'answer signal'; readonly of: number; readonly to: number }
  | { readonly act: 'rate again'; readonly work: number; readonly by: number }
  | { readonly act: 'file appeal'; readonly work: number; readonly ground: number }
  | { readonly act: 'withdraw appeal'; readonly of: number }
  | { readonly act: 'screen appeal'; readonly of: number; readonly by: number; readonly admissible: boolean }
  /** By who is asked, or by anybody who leads or adjudicates. */
  | { readonly act: 'decide appeal'; readonly of: number; readonly by: number; readonly outcome: number }
  | { readonly act: 'decline appeal'; readonly of: number }
  | { readonly act: 'qualify'; readonly who: number }
  | { readonly act: 'respond'; readonly of: number; readonly right: boolean }
  /** The whole of an open form, and the days until another attempt may begin. */
  | { readonly act: 'sit form'; readonly of: number; readonly right: boolean }
  | { readonly act: 'bulk row'; readonly teacher: number; readonly reviewed: boolean }
  | { readonly act: 'move exemplar'; readonly of: number; readonly pool: number }
  | { readonly act: 'publish next' }
  | { readonly act: 'lose a write'; readonly after: number }
  | { readonly act: 'at once'; readonly acts: readonly Act[]; readonly turns: number };

/** What is changed of the evidence in a next attempt; "names": the reflection, and the plan's bytes under another name. */
export const changes = ['plan', 'reflection', 'both', 'names', 'link'] as const;
export type Change = (typeof changes)[number];

/** What is wrong with a rating that is committed. */
export const flaws = [
  'none',
  'no pointer',
  'file of other work',
  'no such requirement',
  'level of no rubric',
  'level of another criterion',
  'criterion missing',
] as const;
export type Flaw = (typeof flaws)[number];

/** What the history knows: what was acknowledged, and how often each act did something or was refused. */
export interface Ledger {
  step: number;
  /** What a commit was answered with: assignment, rating, and what it says. */
  readonly acknowledged: {
    readonly assignment: string;
    readonly rating: string;
    readonly criteria: string;
  }[];
  /** Attempts at qualification that were begun. */
  readonly begun: string[];
  /** Awards that bulk rows made, and those that they must not have made. */
  readonly rows: { readonly award: string; readonly reviewed: boolean }[];
  readonly tally: Map<string, number>;
  mayLoseWrites: boolean;
}

export function aLedger(): Ledger {
  return {
    ...{ step: 0, acknowledged: [], begun: [], rows: [], tally: new Map(), mayLoseWrites: false },
  };
}

const schools = 6;

/** Does it. What the rooms refuse is counted; any other failure is thrown. */
export async function carryOut(act: Act, world: World, ledger: Ledger): Promise<void> {
  const count = (what: string) => ledger.tally.set(what, (ledger.tally.get(what) ?? 0) + 1);
  try {
    count(`${act.act}: ${(await perform(act, world, ledger)) ? 'done' : 'nothing to do'}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'unavailable' && !ledger.mayLoseWrites) throw error;
    count(`${act.act}: refused`);
  }
}

async function perform(act: Act, world: World, ledger: Ledger): Promise<boolean> {
  const { house, raw, issuing } = world;
  const { review, calibration, tenancy, district } = house;
  const lead = world.leads[0]!;
  const me = ({ reviewer }: Raw): Person => ({ kind: 'member', district, member: reviewer });
  switch (act.act) {
    case 'submit':
      return submit(world, act.who, act.school);
    case 'resubmit':
      return resubmit(world, act);
    case 'withdraw': {
      const work = pick(raw.all('submissions'), act.work);
      if (work === undefined) return false;
      await withdrawSubmission(review.submissions, { ...me(work), member: work['teacher'] }, work['id']);
      return true;
    }
    case 'settle':
      await world.settle();
      return true;
    case 'second process':
      return secondProcess(world);
    case 'wait':
      house.clock.advance(act.seconds);
      return true;
    case 'commit': {
      if (act.settled) await world.settle();
      const assignment = pick(open(raw), act.of);
      if (assignment === undefined) return false;
      const { evidence, version } = await getAssignment(review, me(assignment), assignment['id']);
      const all = levelsAt(act.places);
      const asked = version.rubric.criteria.map(({ id }) => [id, all[id]!] as const);
      const sound = ratingOf(evidence, Object.fromEntries(asked));
      const criteria = flawed(world, assignment, said(sound, assignment), act.flaw);
      return committed(world, ledger, assignment, criteria);
    }
    case 'commit again': {
      const rating = pick([...raw.all('ratings'), ...raw.all('seed_ratings')], act.of);
      if (rating === undefined) return false;
      const assignment = raw.get('assignments', rating['assignment'])!;
      const same = rating['criteria'] as CriterionRatings;
      const other = Object.fromEntries(
        Object.entries(same).map(([id, one]) => [id, { ...one, level: `${id}-1`, feedback: 'Otherwise.' }]),
      );
      return committed(world, ledger, assignment, act.otherwise ? other : same);
    }
    case 'commit for another': {
      const assignment = pick(open(raw), act.of);
      const other = pick(world.reviewers, act.by)!;
      if (assignment === undefined || assignment['reviewer'] === other.member) return false;
      const { evidence } = await getAssignment(review, me(assignment), assignment['id']);
      const criteria = ratingOf(evidence, levelsAt([3, 3, 3]));
      await commitRating(review, other, { assignment: assignment['id'], criteria });
      throw new Error(`${other.member} committed for ${assignment['id']}, which is another's`);
    }
    case 'draft': {
      const assignment = pick(open(raw), act.of);
      if (assignment === undefined) return false;
      const by = act.by % 3 === 0 ? pick(world.reviewers, act.by)! : me(assignment);
      const work = await getAssignment(review, by, assignment['id']);
      const feedback = `${secretWords.feedback} ${assignment['id']}`;
      const { id } = work.version.rubric.criteria[0]!;
      await saveDraftRating(review, by, { work, criteria: { [id]: { level: `${id}-2`, feedback } } });
      return true;
    }
    case 'decline': {
      const assignment = pick(open(raw), act.of);
      if (assignment === undefined) return false;
      const reason = act.conflict ? 'conflict' : 'unavailable';
      await declineAssignment(review, me(assignment), { assignment: assignment['id'], reason });
      return true;
    }
    case 'release all':
      await releaseReviewerWork(review, lead, pick(world.reviewers, act.who)!.member);
      return true;
    case 'declare': {
      const who = pick(world.reviewers, act.who)!;
      const teacher = pick(world.teachers, act.teacher);
      const before = await calibration.store.declarationsOf(who.district, who.member);
      const last = before.filter(({ about }) => about === 'conflicts').at(-1)?.conflicts ?? [];
      const email = teacher && (await world.house.person(teacher.member)).email;
      const tie = { with: 'person', name: email ?? '', kind: 'family', from: null, until: null } as const;
      const stays = last.filter(({ name }) => name !== email);
      await declares(calibration, who, act.none || email === undefined ? [] : [...stays, tie]);
      return true;
    }
    case 'new code': {
      const { number, text } = await codeInForce(calibration, world.house.district);
      await setCodeOfConduct(calibration, lead, { replaces: number, text: `${text}And so I did ${number}.` });
      return true;
    }
    case 'relate': {
      const teacher = pick(world.teachers, act.teacher);
      if (teacher === undefined) return false;
      const kind = (['coach', 'supervisor', 'declared'] as const)[act.kind % 3]!;
      const reviewer = pick(world.reviewers, act.who)!.member;
      const [member, other] = act.kind % 2 === 0 ? [reviewer, teacher.member] : [teacher.member, reviewer];
      await relateMembers(tenancy, lead, { kind, member, other });
      return true;
    }
    case 'move school':
      await changeMember(tenancy, lead, pick(world.reviewers, act.who)!.member, {
        school: `School ${act.school % schools}`,
      });
      return true;
    case 'minutes':
      await setMinutes(review, pick(world.reviewers, act.who)!, act.minutes);
      return true;
    case 'certify':
      await world.certify(pick(world.reviewers, act.who)!, pick(world.versions, act.version)!);
      return true;
    case 'suspend':
    case 'reinstate':
    case 'revoke': {
      const certification = pick(raw.all('certifications'), act.of);
      if (certification === undefined) return false;
      const input = { certification: certification['id'] as string, reason: 'As the lead saw fit.' };
      if (act.act === 'suspend') await suspendCertification(calibration, lead, input);
      else if (act.act === 'reinstate') await reinstateCertification(calibration, lead, input);
      else await revokeCertification(calibration, lead, input);
      return true;
    }
    case 'answer signal': {
      const signal = pick(raw.all('drift_signals'), act.of);
      if (signal === undefined) return false;
      const to = pick(driftAnswers, act.to)!;
      await answerDriftSignal(calibration, lead, {
        signal: signal['id'],
        to,
        reason: 'As the lead saw fit.',
      });
      return true;
    }
    case 'rate again': {
      const work = pick(decided(raw), act.work);
      if (work === undefined) return false;
      const leads = [...world.leads, ...world.reviewers.slice(0, world.charter.leadingReviewer ? 1 : 0)];
      const input = { submission: work['id'] as string, reason: 'Doubts about the reading.' };
      await rateAgain(review, pick(leads, act.by)!, input);
      return true;
    }
    case 'file appeal': {
      const decision = pick(
        raw.all('decisions').filter(({ outcome }) => outcome === 'not_yet'),
        act.work,
      );
      if (decision === undefined) return false;
      const teacher: Person = { kind: 'member', district, member: decision['teacher'] };
      const ground = pick(appealGrounds, act.ground)!;
      const words = 'What the plan says was not looked at.';
      await fileAppeal(review, teacher, { decision: decision['id'], ground, words });
      return true;
    }
    case 'withdraw appeal':
    case 'screen appeal':
    case 'decide appeal':
    case 'decline appeal':
      return onAppeal(world, act);
    case 'qualify': {
      const certified = raw.all('certifications').map(({ reviewer }) => reviewer as string);
      const newcomers = world.reviewers.filter(({ member }) => !certified.includes(member));
      const who = pick(act.who % 4 === 0 || newcomers.length === 0 ? world.reviewers : newcomers, act.who)!;
      const input = { achievementVersion: world.versions[0]!.id };
      ledger.begun.push((await startQualification(calibration, who, input)).id);
      return true;
    }
    case 'respond': {
      const attempt = pick(
        raw.all('qualification_attempts').filter(({ state }) => state === 'open'),
        act.of,
      );
      const exemplar = attempt?.['form'][attempt['responses'].length] as string | undefined;
      if (attempt === undefined || exemplar === undefined) return false;
      const key = raw.get('exemplars', exemplar)!['key'].levels as ReturnType<typeof levelsAt>;
      const levels = act.right ? key : levelsAt([1, 1, 4]);
      await commitQualificationResponse(calibration, me(attempt), {
        attempt: attempt['id'],
        exemplar,
        levels,
      });
      return true;
    }
    case 'sit form': {
      let rated = 0;
      const one = { act: 'respond', of: act.of, right: act.right } as const;
      while (rated < 6 && (await perform(one, world, ledger))) rated += 1;
      house.clock.advance(3 * 86_400);
      return rated > 0;
    }
    case 'bulk row': {
      const member = (pick(world.teachers, act.teacher) ?? lead).member;
      const achievement = act.reviewed ? world.achievement : world.outside.achievement;
      const award = await awardOutside(issuing, lead, { achievement, member });
      ledger.rows.push({ award: award.id, reviewed: act.reviewed });
      return true;
    }
    case 'move exemplar': {
      const exemplar = pick(raw.all('exemplars'), act.of);
      if (exemplar === undefined) return false;
      const pool = (['retired', 'seed', 'qualifying'] as const)[act.pool % 3]!;
      await moveExemplar(calibration, lead, { exemplar: exemplar['id'], pool });
      return true;
    }
    case 'publish next':
      if (world.versions.length > 1) return false;
      await world.publishNext();
      return true;
    case 'lose a write':
      ledger.mayLoseWrites = true;
      raw.failAfter(act.after);
      return true;
    case 'at once': {
      let state = act.turns + 1;
      raw.interleave(() => {
        state = (state * 48_271) % 2_147_483_647;
        return state % 12;
      });
      try {
        await Promise.all(act.acts.map((one) => carryOut(one, world, ledger)));
      } finally {
        raw.interleave(null);
      }
      return true;
    }
  }
}

function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)];
}

const open = (raw: World['raw']) => raw.all('assignments').filter(({ state }) => state === 'open');
const decided = (raw: World['raw']) =>
  raw.all('submissions').filter(({ state }) => state === 'met' || state === 'not_yet');

/** A new teacher's first work, or the next attempt of one who has not met it yet. */
async function submit(world: World, who: number, school: number): Promise<boolean> {
  const { house, raw } = world;
  const { submissions, evidence } = house.review;
  const waiting = raw.all('submissions').filter(({ state }) => state === 'not_yet');
  const again = who % 3 === 0 ? pick(waiting, who) : undefined;
  const actor: Person =
    again === undefined
      ? await world.addTeacher(school % schools)
      : { kind: 'member', district: house.district, member: again['teacher'] };
  const { id } =
    again === undefined
      ? await createSubmission(submissions, actor, { achievement: world.achievement })
      : await startNextAttempt(submissions, actor, again['id']);
  const bytes = Buffer.from(`Plan of ${actor.member}, ${raw.writes.length}.`);
  const { artefact } = await uploadArtefact(evidence, actor, {
    ...{ name: 'plan.txt', mediaType: 'text/plain', bytes },
  });
  const answers = [
    { requirement: 'plan', artefacts: [artefact.id] },
    { requirement: 'reflection', text: 'What came of it.' },
  ];
  for (const answer of answers) await answerRequirement(submissions, actor, { submission: id, ...answer });
  await submitSubmission(submissions, actor, id);
  return true;
}

/** The next attempt of somebody who has not met it, with a change of the evidence; held back for so many days. */
async function resubmit(
  { house, raw }: World,
  { work, change, held }: Extract<Act, { act: 'resubmit' }>,
): Promise<boolean> {
  const earlier = pick(
    raw.all('submissions').filter(({ state, openFor }) => state === 'not_yet' && openFor === null),
    work,
  );
  if (earlier === undefined) return false;
  const { submissions, evidence } = house.review;
  const actor: Person = { kind: 'member', district: house.district, member: earlier['teacher'] };
  const { id } = await startNextAttempt(submissions, actor, earlier['id']);
  const upload = async (name: string, words: string) => {
    const bytes = Buffer.from(words);
    const { artefact } = await uploadArtefact(evidence, actor, { name, mediaType: 'text/plain', bytes });
    await answerRequirement(submissions, actor, {
      ...{ submission: id, requirement: 'plan', artefacts: [artefact.id] },
    });
  };
  const write = (text: string) =>
    answerRequirement(submissions, actor, { submission: id, requirement: 'reflection', text });
  const mark = `${raw.writes.length}`;
  if (change === 'plan' || change === 'both') await upload('plan.txt', `Another plan, ${mark}.`);
  if (change === 'names') {
    const [file] = earlier['answers'].plan.artefacts as string[];
    const { read } = await openArtefact(evidence, actor, file!);
    await upload('renamed.txt', Buffer.from(await read()).toString());
  }
  if (change === 'reflection' || change === 'both' || change === 'names')
    await write(`What else came of it, ${mark}.`);
  if (change === 'link') {
    await write('It is told at https://example.org/lesson.');
    await upload('plan.txt', `A plan with a link beside it, ${mark}.`);
  }
  house.clock.advance(held * 86_400);
  await submitSubmission(submissions, actor, id);
  return true;
}

type OnAppeal = Extract<
  Act,
  { act: 'withdraw appeal' | 'screen appeal' | 'decide appeal' | 'decline appeal' }
>;

/** What people do with an appeal that is on record. */
async function onAppeal({ house, raw, leads, reviewers, charter }: World, act: OnAppeal): Promise<boolean> {
  const { review, district } = house;
  const screens = act.act === 'screen appeal';
  const asked = act.act === 'decide appeal' || act.act === 'decline appeal';
  const appeal = pick(
    raw
      .all('appeals')
      .filter(({ state, decider }) => (screens ? state === 'filed' : asked ? decider !== null : true)),
    act.of,
  );
  if (appeal === undefined) return false;
  const person = (member: string): Person => ({ kind: 'member', district, member: member as never });
  const overseers = [...leads, ...reviewers.slice(0, charter.leadingReviewer ? 1 : 0)];
  const id = appeal['id'] as string;
  const words = 'As it seemed to me.';
  switch (act.act) {
    case 'withdraw appeal':
      await withdrawAppeal(review, person(appeal['teacher']), id);
      return true;
    case 'screen appeal':
      await screenAppeal(review, pick(overseers, act.by)!, {
        ...{ appeal: id, admissible: act.admissible, words },
      });
      return true;
    case 'decline appeal':
      await declineAppeal(review, person(appeal['decider']), id);
      return true;
    case 'decide appeal': {
      const by = act.by % 4 === 0 ? pick([...overseers, ...reviewers], act.by)! : person(appeal['decider']);
      const outcome = pick(appealOutcomes, act.outcome)!;
      const error = outcome === 'varied' ? { error: 'process' as const } : {};
      await decideAppeal(review, by, { appeal: id, outcome, ...error, words });
      return true;
    }
  }
}

/** Settles what is due as another process would that knows nothing of this one's turns. */
async function secondProcess({ house, raw, issuing }: World): Promise<boolean> {
  const { review } = house;
  const due = (name: string) => raw.all(name).filter(({ effectDue }) => effectDue !== null);
  for (const one of due('submissions')) await settleSubmissionReview(review, one as never);
  for (const one of due('review_cases')) await settleCase(review, one as never);
  for (const one of due('ratings')) await settleRating(review, one as never);
  for (const one of due('decisions')) await settleDecision(issuing, one as never);
  return true;
}

/** The rating with words in it by which it is known wherever it is read. */
function said(criteria: CriterionRatings, { id }: Raw): CriterionRatings {
  return Object.fromEntries(
    Object.entries(criteria).map(([criterion, one]) => [
      criterion,
      { ...one, feedback: `${secretWords.feedback} ${id}` },
    ]),
  );
}

async function committed(
  { house }: World,
  ledger: Ledger,
  { id, reviewer }: Raw,
  criteria: CriterionRatings,
): Promise<boolean> {
  const actor: Person = { kind: 'member', district: house.district, member: reviewer };
  const rating = await commitRating(house.review, actor, { assignment: id, criteria });
  ledger.acknowledged.push({ assignment: id, rating: rating.id, criteria: JSON.stringify(criteria) });
  return true;
}

function flawed({ raw }: World, { submission }: Raw, sound: CriterionRatings, flaw: Flaw): CriterionRatings {
  const [[id, first], ...others] = Object.entries(sound) as [
    [string, CriterionRating],
    ...[string, CriterionRating][],
  ];
  const [pointer] = first.pointers;
  const change = (one: Partial<CriterionRating>) => ({ ...sound, [id]: { ...first, ...one } });
  switch (flaw) {
    case 'none':
      return sound;
    case 'no pointer':
      return change({ pointers: [] });
    case 'file of other work': {
      const own = (raw.get('submissions', submission ?? '')?.['answers'].plan.artefacts ?? []) as string[];
      const other = raw.all('artefacts').find(({ id }) => !own.includes(id));
      const artefact = (other?.['id'] ?? `art_${'a'.repeat(26)}`) as ArtefactId;
      return change({ pointers: [{ ...pointer!, requirement: 'plan', artefact }] });
    }
    case 'no such requirement':
      return change({ pointers: [{ ...pointer!, requirement: 'elsewhere' }] });
    case 'level of no rubric':
      return change({ level: `${id}-5` });
    case 'level of another criterion':
      return change({ level: id === 'evidence' ? 'goals-3' : 'evidence-3' });
    case 'criterion missing':
      return Object.fromEntries(others);
  }
}
