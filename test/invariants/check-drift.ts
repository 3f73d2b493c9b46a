import {
  ofTwoRaters,
  pairwiseAgreement,
  quadraticWeightedKappa,
  type Statistic,
} from '../../src/calibration/index.js';
import { reportOf } from '../../src/review/tell-of-seeds.js';
import { canonical } from './own-rules.js';
import type { Raw } from './raw-store.js';
import { allAsOf, before, birthOf, groupBy, hold, type Check, type View } from './view.js';

/**
 * 9. Suspension for drift lists every sign-off since the last clean moment, found here by charts of our own; credentials
 * stand until another decision is made.
 */
export const checkLookBack: Check = (view) => {
  const { raw } = view;
  let facts = 0;
  for (const signal of raw.all('drift_signals')) {
    facts += 1;
    const clean = cleanMoment(view, signal);
    hold(
      9,
      signal['evidence'].cleanSince <= clean,
      () => `${signal['id']} begins after ${clean}, the last clean moment`,
    );
    const { lookBack, state, reviewer, achievementVersion, effectDue } = signal;
    if (state === 'suspended' && effectDue === null)
      hold(9, lookBack !== null, () => `${signal['id']} suspended a reviewer and lists nothing`);
    if (lookBack === null) continue;
    hold(9, lookBack.since <= clean, () => `${signal['id']} looks back to ${lookBack.since} only`);
    const listedAt = view.raw.writes.find(
      ({ collection, id, doc, before }) =>
        collection === 'drift_signals' &&
        id === signal['id'] &&
        before?.['lookBack'] === null &&
        doc?.['lookBack'] !== null,
    )!;
    const items = lookBack.items as Raw[];
    for (const rating of raw.all('ratings')) {
      const theirs = rating['reviewer'] === reviewer && rating['achievementVersion'] === achievementVersion;
      if (!theirs || rating['committedAt'] < lookBack.since) continue;
      if (birthOf(view, 'ratings', rating['id']).n > listedAt.n) continue;
      const listed = (work: string) =>
        items.some((item) => item['rating'] === rating['id'] && item['submission'] === work);
      hold(9, listed(rating['submission']), () => `${signal['id']} does not list ${rating['id']}`);
      // And the later attempts whose newest case at that moment stood on it.
      for (const [work, cases] of groupBy(
        allAsOf(view, 'review_cases', listedAt.n),
        (one) => one['submission'],
      )) {
        const newest = cases.reduce((last, one) => (one['round'] > last['round'] ? one : last));
        const stands = Object.values((newest['carried'] ?? {}) as Raw).some((one) =>
          ((one as Raw)['ratings'] as string[]).includes(rating['id']),
        );
        // One that was opened in the same step may have come to it a moment later; it is looked at when it is decided.
        const known = birthOf(view, 'review_cases', newest['id']).n <= before(view, listedAt.step);
        if (stands && known)
          hold(9, listed(work), () => `${signal['id']} does not list ${rating['id']} for ${work}`);
      }
      facts += 1;
    }
    for (const { rating, submission, state: became, case: round } of items) {
      const work = raw.get('submissions', submission)!;
      const open = !['met', 'not_yet', 'reopened', 'withdrawn', 'void'].includes(work['state']);
      if (effectDue === null) hold(9, became !== 'due' || open, () => `${rating} is listed and left`);
      if (became === 'opened') {
        const again = raw.get('review_cases', round);
        const right =
          again?.['submission'] === submission &&
          (raw.get('ratings', rating)!['submission'] !== submission ||
            again!['round'] > raw.get('ratings', rating)!['round']);
        hold(9, right, () => `${rating} is said to be rated again in ${round}`);
      }
      facts += 1;
    }
  }
  const decisions = groupBy(raw.all('decisions'), (one) => one['submission']);
  for (const award of raw.all('awards')) {
    if (award['basis'].kind !== 'decision') continue;
    facts += 1;
    const all = decisions.get(award['basis'].submission)!;
    const newest = all.reduce((last, one) => (one['round'] > last['round'] ? one : last));
    const from = raw.get('decisions', award['basis'].decision)!['round'] as number;
    const reversed = all.some(({ round, outcome }) => round > from && outcome === 'not_yet');
    hold(
      9,
      award['state'] !== 'revoked' || reversed,
      () => `${award['id']} was revoked without another decision`,
    );
    const carriedOut = all.every(({ effectDue }) => effectDue === null);
    if (carriedOut && newest['outcome'] === 'not_yet')
      hold(9, award['state'] === 'revoked', () => `${award['id']} stands against ${newest['id']}`);
  }
  return facts;
};

/** The latest that the last clean moment of a signal can be, by CUSUM charts kept here from the observations. */
function cleanMoment({ raw }: View, signal: Raw): string {
  const raised = raw.get('drift_points', signal['point'])!;
  const { reference, certification, charts } = raised;
  const { agreement, severity } = charts[reference];
  const points = raw
    .all('drift_points')
    .filter(
      (one) =>
        one['reviewer'] === signal['reviewer'] &&
        one['achievementVersion'] === signal['achievementVersion'] &&
        one['reference'] === reference &&
        one['certification'] === certification &&
        one['n'] <= raised['n'],
    )
    .sort((a, b) => a['n'] - b['n']);
  const begun = raw.get('certifications', certification)!['from'] as string;
  let sides = [0, 0, 0].map((value) => ({ value, clean: begun }));
  let alarmed: string[] = [];
  for (const point of points) {
    const { levels } = raw.get('observations', point['id'])!;
    alarmed = [];
    for (const { id } of point['trace'] as Raw[]) {
      const level = (levels as Raw[]).find(({ criterion }) => id === `${point['id']}/${criterion}`)!;
      const d = level['given'] - level['reference'];
      const weights = [
        d === 0 ? agreement.exactWeight : agreement.otherWeight,
        d / severity.differenceDeviation - severity.severitySlack,
        -d / severity.differenceDeviation - severity.severitySlack,
      ];
      const limits = [agreement.limit, severity.severityLimit, severity.severityLimit];
      sides = sides.map(({ value, clean }, side) => {
        const next = Math.max(0, value + weights[side]!);
        // Its first step up: what was committed up to the level before was clean.
        return next < 1e-9 ? { value: 0, clean: point['at'] as string } : { value: next, clean };
      });
      const reached = sides.filter(({ value }, side) => value >= limits[side]! - 1e-9);
      if (reached.length > 0) {
        alarmed.push(...reached.map(({ clean }) => clean));
        sides = sides.map(() => ({ value: 0, clean: point['at'] as string }));
      }
    }
  }
  hold(9, alarmed.length > 0, () => `no chart of ours reaches its limit where ${signal['id']} was raised`);
  const moments = [...alarmed].sort();
  return moments[0]! < begun ? begun : moments[0]!;
}

/** 10. Figures made from what the history holds do not change with its order, nor with who is called first. */
export const checkOrder: Check = ({ raw }) => {
  let facts = 0;
  for (const observations of groupBy(raw.all('observations'), (one) => one['reviewer']).values()) {
    const levels = observations.flatMap((one) => one['levels'] as Raw[]);
    const first = levels.map(({ given }) => given as number);
    const second = levels.map(({ reference }) => reference as number);
    const categories = [1, 2, 3, 4];
    for (const statistic of [quadraticWeightedKappa, pairwiseAgreement]) {
      const of = (one: number[], other: number[]) =>
        said(statistic(ofTwoRaters({ first: one, second: other, categories })));
      const straight = of(first, second);
      const turned = of([...first].reverse(), [...second].reverse());
      hold(10, straight === turned, () => `items in another order make ${turned} of ${straight}`);
      hold(
        10,
        straight === of(second, first),
        () => `raters in another order make another value than ${straight}`,
      );
      facts += 2;
    }
    const report = (list: readonly Raw[]) => canonical(reportOf(list as never, { reportAfter: 3 } as never));
    hold(
      10,
      report(observations) === report([...observations].reverse()),
      () => 'a report changes with the order',
    );
    facts += 1;
  }
  return facts;
};

function said({ value, reason }: Statistic): string {
  // Nine places, without the sign of a zero.
  return value === undefined ? `undefined: ${reason}` : (Math.round(value * 1e9) / 1e9 + 0).toFixed(9);
}
