import { canonical, place, sha256 } from './own-rules.js';
import type { Raw } from './raw-store.js';
import { allAsOf, before, birthOf, hold, rubricOf, type Check, type View } from './view.js';

/**
 * 15. A level that stands was met in the decision that stands on an earlier attempt, with equal evidence, within 60 days,
 * and no doubt about who signed; what does not stand is asked of people without a part in it; the decision says so.
 */
export const checkCarried: Check = (view) => {
  const { raw } = view;
  let facts = 0;
  for (const one of raw.all('review_cases')) {
    const { id, submission, round, carried = {} } = one;
    const rubric = rubricOf(view, one['achievementVersion']);
    const all = (rubric['criteria'] as Raw[]).map((criterion) => criterion['id'] as string);
    const stands = Object.keys(carried as Raw);
    const asked = canonical(all.filter((criterion) => !stands.includes(criterion)));
    hold(15, stands.length < all.length, () => `${id} leaves nothing to rate`);
    for (const assignment of raw.all('assignments').filter((given) => given['case'] === id)) {
      hold(
        15,
        canonical(assignment['criteria'] ?? all) === asked,
        () => `${assignment['id']} asks otherwise`,
      );
      if (stands.length > 0) fresh(view, assignment);
      facts += 1;
    }
    for (const decision of raw.all('decisions')) {
      if (decision['submission'] !== submission || decision['round'] !== round) continue;
      const same = canonical(decision['carried'] ?? {}) === canonical(carried);
      hold(15, same, () => `${decision['id']} says that other levels stand than ${id}`);
      facts += 1;
    }
    for (const criterion of stands) {
      standing(view, one, criterion, (carried as Raw)[criterion] as Raw);
      facts += 1;
    }
  }
  return facts;
};

/** The attempts before a submission, the newest first. */
function attemptsBefore({ raw }: View, submission: string): Raw[] {
  const chain: Raw[] = [];
  for (let id = raw.get('submissions', submission)!['previous'] as string | null; id !== null;) {
    const work = raw.get('submissions', id)!;
    chain.push(work);
    id = work['previous'] as string | null;
  }
  return chain;
}

/** Nobody who rated an earlier attempt is asked. */
function fresh(view: View, { id, reviewer, submission }: Raw): void {
  const chain = attemptsBefore(view, submission).map((work) => work['id'] as string);
  const rated = view.raw.all('ratings').some((one) => {
    return one['reviewer'] === reviewer && chain.includes(one['submission']);
  });
  hold(15, !rated, () => `${id} asks ${reviewer}, who rated the attempt before`);
}

function standing(view: View, reviewCase: Raw, criterion: string, carried: Raw): void {
  const { raw } = view;
  const { id, submission, achievementVersion } = reviewCase;
  const work = raw.get('submissions', submission)!;
  const what = `${criterion} in ${id}`;
  const decision = raw.get('decisions', carried['decision']);
  hold(15, decision !== undefined, () => `${what} stands from no decision`);
  const { submission: origin, levels, ratings, decidedAt, outcome } = decision!;
  const earlier = attemptsBefore(view, submission).find((one) => one['id'] === origin)!;
  hold(15, earlier !== undefined, () => `${what} stands from other work`);
  hold(15, decision!['achievementVersion'] === achievementVersion, () => `${what}: another version`);
  hold(15, outcome === 'not_yet', () => `${what} stands from a decision that met it all`);
  hold(15, decision!['carried']?.[criterion] === undefined, () => `${what} does not name the first decision`);
  hold(15, levels[criterion] === carried['level'], () => `${what} stands at another level`);
  hold(15, canonical(ratings) === canonical(carried['ratings']), () => `${what} names other sign-offs`);
  const rubric = rubricOf(view, achievementVersion);
  const own = (rubric['criteria'] as Raw[]).find((one) => one['id'] === criterion)!;
  const met = place(own, carried['level']) >= place(own, own['requiredLevel']);
  hold(15, met, () => `${what} stands and was not met`);
  const since = [decidedAt, earlier['appealEndedAt'] ?? ''].sort().at(-1) as string;
  const days = (Date.parse(work['submittedAt']) - Date.parse(since)) / 86_400_000;
  hold(15, days < 60, () => `${what} stands after ${days} days`);
  const { requirements } = raw.get('achievement_versions', achievementVersion)!['content'].assessment as Raw;
  const serving = (requirements as Raw[]).filter(({ serves }) => (serves as string[]).includes(criterion));
  for (const { id: requirement } of serving) {
    const [then, now] = [evidence(view, earlier, requirement), evidence(view, work, requirement)];
    hold(15, then === now, () => `${what} stands, and ${requirement} is another`);
    hold(15, !now.includes('://'), () => `${what} stands on a link in ${requirement}`);
  }
  const { n, step } = birthOf(view, 'review_cases', id);
  const newest = allAsOf(view, 'decisions', before(view, step))
    .filter((one) => one['submission'] === origin)
    .reduce((last, one) => (one['round'] > last['round'] ? one : last), decision!);
  hold(15, newest['id'] === decision!['id'], () => `${what} stands from a decision that was superseded`);
  for (const rating of ratings as string[]) {
    const { certification } = raw.get('ratings', rating)!;
    // What was so before the step began was known, unless it changed within it.
    const states = [before(view, step), n].map(
      (moment) => raw.asOf('certifications', certification, moment)?.['state'] as string,
    );
    const doubted = states.every((state) => state === 'suspended' || state === 'revoked');
    hold(15, !doubted, () => `${what} rests on ${rating} of somebody suspended`);
  }
}

/** Answers by content: a text as it is, files by the digests of their bytes, in no order. */
function evidence({ raw }: View, { answers }: Raw, requirement: string): string {
  const answer = answers[requirement] as Raw;
  if (answer['kind'] === 'text') return `${answer['text']} ${sha256(answer['text'])}`;
  const files = answer['artefacts'] as string[];
  return files
    .map((id) => raw.get('artefacts', id)!['sha256'] as string)
    .sort()
    .join();
}
