import { differ, levelsIn, lowerOf, outcomeOf, place } from './own-rules.js';
import { canonical } from './own-rules.js';
import type { Raw } from './raw-store.js';
import { before, birthOf, groupBy, hold, rubricOf, type Check, type View } from './view.js';

/** 1. A credential rests only on sign-offs of certified, unsuspended reviewers; a bulk row is no way around it. */
export const checkCertified: Check = (view) => {
  const { raw, ledger } = view;
  let facts = 0;
  for (const kind of ['ratings', 'seed_ratings'])
    for (const rating of raw.all(kind)) {
      if (once(view, `1/${rating['id']}`)) certifiedAtSigning(view, kind, rating);
      facts += 1;
    }
  for (const award of raw.all('awards')) {
    const { id, basis } = award;
    const version = raw.get('achievement_versions', award['achievementVersion'])!;
    const { by } = version['content'].assessment as Raw;
    if (basis.kind === 'outside') {
      hold(1, by === 'outside', () => `award ${id} rests on nothing, and its version is assessed by ${by}`);
    } else {
      const decision = raw.get('decisions', basis.decision);
      hold(1, by === 'review' && decision !== undefined, () => `award ${id} rests on no decision`);
      hold(1, decision!['outcome'] === 'met', () => `award ${id} rests on a "not yet"`);
      const ratings = decision!['ratings'] as string[];
      hold(1, ratings.length > 0, () => `award ${id} rests on no sign-off`);
      for (const rating of ratings) {
        const signed = raw.get('ratings', rating);
        const right =
          signed?.['submission'] === decision!['submission'] &&
          signed?.['achievementVersion'] === award['achievementVersion'];
        hold(1, right, () => `award ${id} rests on ${rating}, which is no sign-off on its work and version`);
      }
    }
    facts += 1;
  }
  for (const { award, reviewed } of ledger.rows) {
    hold(1, !reviewed, () => `the bulk row of award ${award} was taken for an achievement reviewed here`);
    facts += 1;
  }
  for (const { collection, doc } of view.fresh) {
    if (collection !== 'editions' || doc === undefined) continue;
    const award = raw.get('awards', doc['award'])!;
    const credential = JSON.parse(doc['json'] as string) as Raw;
    const claims = credential['relatedResource'] !== undefined;
    const outside = award['basis'].kind === 'outside';
    hold(1, claims !== outside, () => `credential ${credential['id']} says of review what is not so`);
    facts += 1;
  }
  return facts;
};

function certifiedAtSigning(view: View, kind: string, rating: Raw): void {
  const { raw } = view;
  const { id, reviewer, achievementVersion, committedAt: at } = rating;
  const own = raw.get('certifications', rating['certification']);
  const theirs = own?.['reviewer'] === reviewer && own?.['achievementVersion'] === achievementVersion;
  hold(1, theirs, () => `${id} was signed under a certification of somebody, or of a version, else`);
  hold(
    1,
    own!['from'] <= at && at < own!['until'],
    () => `${id} was signed outside the certification's time`,
  );
  const { step } = birthOf(view, kind, id);
  const known = before(view, step);
  for (const one of raw.all('certifications')) {
    if (one['reviewer'] !== reviewer || one['achievementVersion'] !== achievementVersion) continue;
    // In one second and one step nobody can say which was first.
    const earlier = raw.asOf('certifications', one['id'], known);
    const wasKnown = (from: string) =>
      ((earlier?.['suspensions'] ?? []) as Raw[]).some((suspension) => suspension['from'] === from);
    for (const { from, to } of one['suspensions'] as Raw[]) {
      const suspended = (from < at || (from === at && wasKnown(from))) && (to === null || at < to);
      hold(1, !suspended || at >= one['until'], () => `${id} was signed while suspended since ${from}`);
    }
  }
  const { revokedAt } = own!;
  const wasRevoked = (raw.asOf('certifications', own!['id'], known)?.['revokedAt'] ?? null) !== null;
  const revoked = revokedAt !== null && (revokedAt < at || (revokedAt === at && wasRevoked));
  hold(1, !revoked, () => `${id} was signed after the certification was revoked`);
}

/** Whether it was not looked at before: what never changes is looked at once. */
function once({ memory }: View, key: string): boolean {
  const seen = (memory.get('seen') ?? new Set()) as Set<string>;
  memory.set('seen', seen);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** 5. The decision is what the rule makes of the final levels, and these are the agreed or the adjudicated ones. */
export const checkRule: Check = (view) => {
  const { raw } = view;
  for (const decision of raw.all('decisions')) {
    if (!once(view, `5/${decision['id']}`)) continue;
    const rubric = rubricOf(view, decision['achievementVersion']);
    const levels = decision['levels'] as Raw;
    const says = () => `decision ${decision['id']} is ${decision['outcome']} for ${canonical(levels)}`;
    hold(5, outcomeOf(rubric, levels) === decision['outcome'], says);
    const short = (rubric['criteria'] as Raw[]).some(
      (criterion) => place(criterion, levels[criterion['id']]) < place(criterion, criterion['requiredLevel']),
    );
    if (rubric['rule'].kind === 'conjunctive')
      hold(5, (decision['outcome'] === 'met') === !short, () => `${says()}, whatever the sum`);
    const ratings = ratingsOf(view, decision);
    const adjudication = ratings.find(({ kind }) => kind === 'adjudication');
    const signed = ratings.filter(({ kind }) => kind === 'rating').map((one) => wholeIn(decision, one));
    const final =
      adjudication !== undefined
        ? wholeIn(decision, adjudication)
        : signed.reduce((low, one) => lowerOf(rubric, low, one));
    hold(5, canonical(final) === canonical(levels), () => `${says()}, but its ratings come to other levels`);
  }
  return raw.all('decisions').length;
};

/** 6. No decision stands over a discrepancy that nobody adjudicated; a "not yet" was read by two. */
export const checkDiscrepancies: Check = (view) => {
  const { raw } = view;
  for (const decision of raw.all('decisions')) {
    if (!once(view, `6/${decision['id']}`)) continue;
    const rubric = rubricOf(view, decision['achievementVersion']);
    const ratings = ratingsOf(view, decision);
    const signed = ratings.filter(({ kind }) => kind === 'rating');
    const adjudicated = ratings.some(({ kind }) => kind === 'adjudication');
    hold(6, adjudicated === decision['adjudicated'], () => `${decision['id']} is wrong about adjudication`);
    for (const one of signed)
      for (const other of signed) {
        const apart = differ(rubric, wholeIn(decision, one), wholeIn(decision, other));
        hold(6, !apart || adjudicated, () => `${decision['id']} stands over ${one['id']} and ${other['id']}`);
      }
    const alone = decision['outcome'] === 'not_yet' && ratings.length < 2;
    hold(6, !alone, () => `${decision['id']} is "not yet" by one person alone`);
  }
  return raw.all('decisions').length;
};

/** 8. Every level is of the version, and points at evidence of this submission. */
export const checkPointers: Check = (view) => {
  const { raw } = view;
  let facts = 0;
  for (const kind of ['ratings', 'seed_ratings'])
    for (const rating of raw.all(kind)) {
      facts += 1;
      if (!once(view, `8/${rating['id']}`)) continue;
      const rubric = rubricOf(view, rating['achievementVersion']);
      const assignment = raw.get('assignments', rating['assignment'])!;
      const asked = assignment['criteria'] as readonly string[] | undefined;
      const criteria = (rubric['criteria'] as Raw[]).filter(({ id }) => asked?.includes(id) ?? true);
      const ids = criteria.map((one) => one['id'] as string);
      const given = rating['criteria'] as Raw;
      hold(
        8,
        canonical(Object.keys(given).sort()) === canonical([...ids].sort()),
        () => `${rating['id']} rates other criteria`,
      );
      const submission = raw.get('submissions', assignment['submission'] ?? '');
      for (const criterion of criteria) {
        const { level, pointers } = given[criterion['id']] as Raw;
        hold(
          8,
          place(criterion, level) > 0,
          () => `${rating['id']} gives ${level}, no level of ${criterion['id']}`,
        );
        hold(
          8,
          (pointers as Raw[]).length > 0,
          () => `${rating['id']} points at nothing for ${criterion['id']}`,
        );
        for (const { requirement, artefact } of pointers as Raw[]) {
          const answer = submission?.['answers'][requirement] as Raw | undefined;
          const files: readonly string[] =
            submission === undefined
              ? Object.values(assignment['files'] as Raw)
              : ((answer?.['artefacts'] ?? []) as string[]);
          const there =
            artefact === null
              ? submission === undefined || answer?.['kind'] === 'text'
              : files.includes(artefact as string);
          hold(
            8,
            there,
            () => `${rating['id']} points at ${requirement} ${artefact}, which is not in this work`,
          );
        }
      }
    }
  return facts;
};

/** 14. Simultaneous sign-offs decide and award once, and every one that was acknowledged is kept and counted. */
export const checkOnce: Check = (view) => {
  const { raw, ledger } = view;
  let facts = 0;
  for (const { assignment, rating, criteria } of ledger.acknowledged) {
    const kept = raw.get('ratings', rating) ?? raw.get('seed_ratings', rating);
    const same =
      kept?.['assignment'] === assignment && canonical(kept['criteria']) === canonical(JSON.parse(criteria));
    hold(14, same, () => `${rating} was acknowledged and is not kept as it was given`);
    facts += 1;
  }
  for (const kind of ['ratings', 'seed_ratings'])
    for (const [assignment, ratings] of groupBy(raw.all(kind), (one) => one['assignment'])) {
      hold(14, ratings.length === 1, () => `${assignment} has ${ratings.length} ratings`);
      facts += 1;
    }
  const keyOf = (one: Raw) => `${one['submission']}:${one['attempt']}:${one['round']}`;
  const ratings = groupBy(raw.all('ratings'), keyOf);
  for (const [key, decisions] of groupBy(raw.all('decisions'), keyOf)) {
    hold(14, decisions.length === 1, () => `${key} was decided ${decisions.length} times`);
    const counted = canonical([...(decisions[0]!['ratings'] as string[])].sort());
    const kept = canonical((ratings.get(key) ?? []).map(({ id }) => id as string).sort());
    hold(14, counted === kept, () => `the decision of ${key} rests on ${counted}, and kept are ${kept}`);
    facts += 1;
  }
  const onWork = raw.all('awards').filter(({ basis }) => basis.kind === 'decision');
  for (const [submission, awards] of groupBy(onWork, ({ basis }) => basis.submission as string)) {
    const standing = awards.filter(({ state }) => state !== 'revoked' && state !== 'superseded');
    hold(14, standing.length <= 1, () => `${submission} was awarded ${standing.length} times`);
    facts += 1;
  }
  return facts;
};

/** The levels of a rating with those that stand beside it in the decision. */
function wholeIn(decision: Raw, rating: Raw): Raw {
  const carried = (decision['carried'] ?? {}) as Raw;
  const stands = Object.entries(carried).map(([criterion, { level }]) => [criterion, level]);
  return { ...levelsIn(rating), ...Object.fromEntries(stands) };
}

function ratingsOf({ raw }: View, decision: Raw): Raw[] {
  return (decision['ratings'] as string[]).map((id) => raw.get('ratings', id)!);
}
