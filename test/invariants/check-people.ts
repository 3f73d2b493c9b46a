import { presentAssignedWork } from '../../src/web/api/present-review.js';
import {
  getAssignment,
  getKeptDraft,
  getSubmissionDecision,
  listDecisions,
  listLookBacks,
  listReviewCases,
  pendingCaseStates,
} from '../../src/review/index.js';
import type { Person } from '../support/review-house.js';
import {
  declaredBetween,
  drawnFrom,
  hasDeclared,
  holds,
  inConflict,
  isSuspended,
  sha256,
} from './own-rules.js';
import type { Raw } from './raw-store.js';
import { allAsOf, before, birthOf, groupBy, hold, type Check, type View } from './view.js';
import { secretWords } from './world.js';

/** 2. Before the own commit nothing that can be read holds another's rating, the words in it, or what it led to. */
export const checkBlind: Check = async (view) => {
  const { world, raw, ledger } = view;
  // Where a write was lost, a rating can be kept and its assignment not closed yet: then the own commit was made.
  const rated = new Set(raw.all('ratings').map(({ assignment }) => assignment as string));
  const open = raw
    .all('assignments')
    .filter(({ id, state, work }) => state === 'open' && work === 'submission' && !rated.has(id));
  const one = open[ledger.step % Math.max(1, open.length)];
  if (one === undefined) return 0;
  const { review, district } = world.house;
  const me: Person = { kind: 'member', district, member: one['reviewer'] };
  // The work, and earlier attempts at it.
  const works: string[] = [];
  for (let id = one['submission'] as string | null; id !== null;) {
    works.push(id);
    id = raw.get('submissions', id)!['previous'] as string | null;
  }
  const reads: unknown[] = [presentAssignedWork(await getAssignment(review, me, one['id']))];
  for (const read of [
    () => getKeptDraft(review, me, one['id']),
    ...works.map((id) => () => getSubmissionDecision(review, me, id)),
    () => listDecisions(review, me, { limit: 100 }),
    () => listLookBacks(review, me, { limit: 100 }),
    ...pendingCaseStates.map((state) => () => listReviewCases(review, me, state, { limit: 100 })),
  ])
    reads.push(await read().catch(() => undefined));
  // Lists hold other work too: of this submission they hold nothing.
  const text =
    JSON.stringify(reads.slice(0, 2)) + JSON.stringify(reads.slice(2).map((read) => mentions(read, works)));
  const others = [
    ...raw.all('ratings').filter((rating) => works.includes(rating['submission'])),
    ...raw.all('decisions').filter((decision) => works.includes(decision['submission'])),
  ];
  for (const { id, assignment } of others) {
    hold(2, !text.includes(id as string), () => `${me.member} reads of ${id} before the own commit`);
    const words = `${secretWords.feedback} ${assignment}`;
    hold(2, !text.includes(words), () => `${me.member} reads "${words}" before the own commit`);
  }
  // Cases of earlier attempts say nothing of levels, and may be listed.
  const found = JSON.stringify(reads.slice(2).map((read) => mentions(read, works.slice(0, 1))));
  hold(2, !found.includes(works[0]!), () => `${me.member} finds ${works[0]} in a list while rating it`);
  return reads.length + others.length;
};

/** The items of a page that name one of these submissions. */
function mentions(page: unknown, submissions: readonly string[]): unknown[] {
  const items = (page as { items?: unknown[] } | undefined)?.items ?? [page];
  return items.filter((item) => submissions.some((id) => JSON.stringify(item ?? null).includes(id)));
}

/** 4. Conflict of interest, at the offer and at the sign-off; the people of a case are different people. */
export const checkConflicts: Check = (view) => {
  const { raw, fresh } = view;
  let facts = 0;
  for (const { collection, verb, doc, n, step } of fresh) {
    if (verb !== 'insert' || (collection !== 'assignments' && collection !== 'ratings') || doc === undefined)
      continue;
    if (doc['submission'] === null) continue;
    const teacher = raw.get('submissions', doc['submission'])!['teacher'] as string;
    // What was on record before the step began was known to whoever acted in it, unless it was changed in the step.
    const at = (doc['assignedAt'] ?? doc['committedAt']) as string;
    const inConflictAt = (moment: number) => {
      const person = (id: string) => raw.asOf('members', id, moment) ?? raw.get('members', id)!;
      const related = allAsOf(view, 'relationships', moment);
      const declared = allAsOf(view, 'declarations', moment);
      const [one, other] = [person(doc['reviewer']), person(teacher)];
      return inConflict(one, other, related, at) || declaredBetween(declared, one, other, at);
    };
    const conflict = inConflictAt(step === 0 ? n : before(view, step)) && inConflictAt(n);
    const when = collection === 'ratings' ? 'signed off' : 'was offered';
    hold(4, !conflict, () => `${doc['reviewer']} ${when} ${doc['submission']} in conflict with ${teacher}`);
    facts += 1;
  }
  for (const [key, ratings] of groupBy(raw.all('ratings'), (one) => one['case'])) {
    const people = ratings.map(({ reviewer }) => reviewer as string);
    const reviewCase = raw.get('review_cases', key)!;
    hold(4, new Set(people).size === people.length, () => `somebody rated ${key} twice`);
    hold(4, !people.includes(reviewCase['teacher']), () => `${key} was rated by its teacher`);
    const { submission, round, origin, why } = reviewCase;
    const earlier = raw
      .all('ratings')
      .filter((rating) => rating['submission'] === submission && rating['round'] < round);
    for (const rating of earlier)
      hold(
        4,
        !people.includes(rating['reviewer']),
        () => `${rating['reviewer']} had rated ${key} in an earlier round`,
      );
    if (why?.kind === 'lead')
      hold(4, !people.includes(why.by), () => `${why.by} asked for ${key} and rated it`);
    if (origin === 'appeal')
      for (const rating of ratingsOfEarlierAttempts(view, submission))
        hold(
          4,
          !people.includes(rating['reviewer']),
          () => `${rating['reviewer']} rated the attempt before ${key}`,
        );
    facts += 1;
  }
  for (const appeal of raw.all('appeals')) facts += appealPeopleApart(view, appeal);
  return facts;
};

/** Who screened and who decided an appeal are two, and had no part in the review before; nor have they one in its round. */
function appealPeopleApart(view: View, appeal: Raw): number {
  const { raw } = view;
  const { id, teacher, submission, screening, decided, filedAt } = appeal;
  const people = [screening, decided].flatMap((one: Raw | null) =>
    one === null ? [] : [one['by'] as string],
  );
  hold(4, new Set(people).size === people.length, () => `${id} was screened and decided by one person`);
  hold(4, !people.includes(teacher), () => `${id} was judged by its teacher`);
  const before = [
    ...raw.all('ratings').filter((one) => one['submission'] === submission),
    ...ratingsOfEarlierAttempts(view, submission),
  ];
  for (const { reviewer, committedAt } of before)
    hold(
      4,
      !people.includes(reviewer),
      () => `${reviewer} rated at ${committedAt} what ${id}, filed at ${filedAt}, is about`,
    );
  return 1 + people.length;
}

function ratingsOfEarlierAttempts({ raw }: View, submission: string): Raw[] {
  const found: Raw[] = [];
  for (let id = raw.get('submissions', submission)?.['previous'] as string | null | undefined; id;) {
    found.push(...raw.all('ratings').filter((rating) => rating['submission'] === id));
    id = raw.get('submissions', id)?.['previous'] as string | null;
  }
  return found;
}

/** 1. Whoever signs off has declared, at the moment of the sign-off: of seeds too. */
export const checkDeclared: Check = (view) => {
  let facts = 0;
  for (const { collection, verb, doc, n, step } of view.fresh) {
    if (verb !== 'insert' || (collection !== 'ratings' && collection !== 'seed_ratings')) continue;
    const { reviewer, committedAt } = doc!;
    const had = [before(view, step), n].map((moment) => hadDeclared(view, reviewer, committedAt, moment));
    hold(1, had.includes(true), () => `${reviewer} signed ${doc!['id']} without declarations in force`);
    facts += 1;
  }
  return facts;
};

function hadDeclared(view: View, who: string, at: string, moment: number): boolean {
  return hasDeclared(
    allAsOf(view, 'declarations', moment),
    allAsOf(view, 'codes_of_conduct', moment),
    who,
    at,
  );
}

/** 12. The draw follows from its seed, the ineligible are not in it, and nobody drawn had more in hand than another. */
export const checkDraws: Check = (view) => {
  const { fresh } = view;
  let facts = 0;
  for (const { collection, verb, doc, n, step } of fresh) {
    if (collection !== 'assignments' || verb !== 'insert' || doc === undefined) continue;
    const { id, draw, reviewer } = doc;
    if (draw.of === 'seed') {
      const again = firstShuffled(draw.seed, draw.candidates as string[]);
      hold(12, again === doc['exemplar'], () => `${id} follows from its seed as ${again}`);
      facts += 1;
      continue;
    }
    const candidates = draw.candidates as Raw[];
    const again = drawnFrom(draw.seed, candidates);
    hold(12, again === reviewer, () => `${id} was given to ${reviewer}; its seed says ${again}`);
    for (const candidate of candidates) {
      const standing = [before(view, step), n - 1];
      const why = standing.map((moment) => ineligible(view, doc, candidate['reviewer'], moment));
      hold(12, why.includes(undefined), () => `${candidate['reviewer']} was in the draw of ${id}: ${why[1]}`);
    }
    const inHand = (who: string) =>
      allAsOf(view, 'assignments', n - 1).filter((one) => one['reviewer'] === who && one['state'] === 'open')
        .length;
    if (!isAtOnce(view, step)) {
      for (const { reviewer: who, load } of candidates)
        hold(
          12,
          inHand(who) === load,
          () => `${who} had ${inHand(who)} in hand in the draw of ${id}, not ${load}`,
        );
    }
    facts += candidates.length;
  }
  return facts;
};

/** What stands against somebody's being in a draw at a moment; undefined when nothing does. */
function ineligible(view: View, assignment: Raw, who: string, moment: number): string | undefined {
  const { raw } = view;
  const { achievementVersion, assignedAt: at, kind, submission } = assignment;
  const member = raw.asOf('members', who, moment);
  if (member === undefined || member['state'] !== 'active') return 'no member';
  const role = kind === 'rating' ? 'reviewer' : 'adjudicator';
  if (!(member['roles'] as string[]).includes(role)) return `no ${role}`;
  const certifications = allAsOf(view, 'certifications', moment).filter(
    (one) => one['reviewer'] === who && one['achievementVersion'] === achievementVersion,
  );
  if (certifications.some((one) => isSuspended(one, at) && at < one['until'])) return 'suspended';
  if (!certifications.some((one) => holds(one, at))) return 'not certified';
  if (!hadDeclared(view, who, at, moment)) return 'not declared';
  if (raw.asOf('availabilities', who, moment)?.['minutesPerWeek'] === 0) return 'on leave';
  const teacher = raw.get('submissions', submission)!['teacher'] as string;
  const related = allAsOf(view, 'relationships', moment);
  const other = raw.asOf('members', teacher, moment) ?? raw.get('members', teacher)!;
  if (inConflict(member, other, related, at)) return 'in conflict';
  if (declaredBetween(allAsOf(view, 'declarations', moment), member, other, at))
    return 'in declared conflict';
  const given = allAsOf(view, 'assignments', moment);
  const part = given.filter((one) => one['case'] === assignment['case'] && one['reviewer'] === who);
  if (part.some(({ state }) => state !== 'expired' || kind === 'adjudication'))
    return 'had a part in the case';
  const dayBefore = new Date(Date.parse(at) - 86_400_000).toISOString().slice(0, 19) + 'Z';
  const today = given.filter(
    (one) => one['reviewer'] === who && one['assignedAt'] >= dayBefore && one['state'] !== 'released',
  );
  if (today.length >= raw.all('review_policies')[0]!['review'].dailyCap) return 'at the daily cap';
  return undefined;
}

/** Whether several things were done at once in a step: then the order of reads and writes is not known from outside. */
function isAtOnce({ memory }: View, step: number): boolean {
  return ((memory.get('at once') ?? new Set()) as Set<number>).has(step);
}

/** The first of Fisher and Yates' shuffle over the words of SHA-256(seed:counter). */
function firstShuffled(seed: string, ids: readonly string[]): string | undefined {
  const order = [...ids];
  let counter = 0;
  for (let last = order.length - 1; last > 0; last -= 1) {
    const size = last + 1;
    let word: number;
    do {
      word = parseInt(sha256(`${seed}:${counter}`).slice(0, 8), 16);
      counter += 1;
    } while (word >= Math.floor(2 ** 32 / size) * size);
    const other = word % size;
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order[0];
}

/** 13. Attempts stay, numbered without gap; a certification is for one version, and by an attempt that passed. */
export const checkAttempts: Check = (view) => {
  const { raw, ledger } = view;
  let facts = 0;
  for (const id of ledger.begun) {
    hold(13, raw.get('qualification_attempts', id) !== undefined, () => `attempt ${id} is gone`);
    facts += 1;
  }
  const own = (one: Raw) => `${one['reviewer']} ${one['achievementVersion']}`;
  for (const [whose, attempts] of groupBy(raw.all('qualification_attempts'), own)) {
    const numbers = attempts.map(({ number }) => number as number).sort((a, b) => a - b);
    hold(
      13,
      numbers.every((number, index) => number === index + 1),
      () => `attempts of ${whose} are ${numbers}`,
    );
    const counted = attempts
      .filter(({ state }) => state !== 'void')
      .map(({ startedAt }) => startedAt as string);
    for (const start of counted) {
      const within = counted.filter(
        (other) => other >= start && Date.parse(other) < Date.parse(start) + 90 * 86_400_000,
      );
      hold(13, within.length <= 2, () => `${whose} made ${within.length} attempts in 90 days`);
    }
    facts += attempts.length;
  }
  for (const { id, basis, attempt, reviewer, achievementVersion } of raw.all('certifications')) {
    if (basis !== 'qualification' || attempt === null) continue;
    const passed = raw.get('qualification_attempts', attempt);
    const right =
      passed?.['state'] === 'certified' &&
      passed['reviewer'] === reviewer &&
      passed['achievementVersion'] === achievementVersion;
    hold(13, right, () => `certification ${id} was earned by no attempt of its reviewer and version`);
    facts += 1;
  }
  for (const kind of ['ratings', 'seed_ratings'])
    for (const { id, certification, achievementVersion } of raw.all(kind)) {
      const version = raw.get('certifications', certification)?.['achievementVersion'] as string;
      hold(
        13,
        version === achievementVersion,
        () => `${id} was signed with the certification of another version`,
      );
      birthOf(view, kind, id);
      facts += 1;
    }
  return facts;
};
