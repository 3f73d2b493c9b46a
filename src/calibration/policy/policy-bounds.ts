import type { FieldError } from '../../kernel/index.js';
import { policyGroups, type PolicyGroup, type PolicyNumbers } from './district-policy.js';

/** What a number of the policy means, and between which values it may lie, both inclusive. */
export interface PolicyBound {
  readonly least: number;
  readonly most: number;
  /** `share`: from 0 to 1; `percent`: whole, of a hundred; `number`: any; the others whole. */
  readonly unit:
    'count' | 'days' | 'months' | 'minutes' | 'seconds' | 'percent' | 'share' | 'levels' | 'number';
  /** What it says, for the page and OpenAPI. */
  readonly says: string;
  /** Why not less or more: the way out of a refusal. */
  readonly why: string;
}

type Bounds = {
  readonly [group in PolicyGroup]: { readonly [field in keyof PolicyNumbers[group]]: PolicyBound };
};

const bound = (
  unit: PolicyBound['unit'],
  least: number,
  most: number,
  says: string,
  why: string,
): PolicyBound => ({ unit, least, most, says, why });

/** Every number of the policy with its bounds: the one list of them. */
export const policyBounds: Bounds = {
  qualification: {
    form: bound('count', 5, 40, 'Exemplars in a qualifying form', 'fewer say little, more tire a reviewer'),
    extension: bound('count', 1, 20, 'Exemplars that an extension adds', 'it must add some, and not a form'),
    extensions: bound('count', 0, 5, 'Extensions of a form at most', 'each look at the result adds luck'),
    smallRubricForm: bound(
      'count',
      20,
      60,
      'Form of a rubric with under 3 criteria or 2 levels',
      'under 20 decide nothing',
    ),
    attempts: bound('count', 1, 4, 'Attempts in that time', 'each attempt more lets more pass by luck'),
    attemptsWithinDays: bound('days', 30, 365, 'Time in which attempts are counted', 'a quarter is usual'),
    coolDownDays: bound('days', 0, 60, 'Wait after a failed attempt', 'it is for practice, not a lockout'),
    exactRate: bound('share', 0.5, 0.95, 'Rate of exact levels to reach', 'NAEP asks for 0.6 to 0.9'),
    designEffect: bound(
      'number',
      1,
      4,
      'Design effect of levels in one exemplar',
      '1 counts all as independent',
    ),
    passProbability: bound('share', 0.6, 0.99, 'Certainty of that rate to pass', 'below 0.6 chance decides'),
    failProbability: bound('share', 0.01, 0.4, 'Certainty at which it is failed', 'above 0.4 chance decides'),
    passTwoOff: bound('share', 0, 0.2, 'Levels two or more off to pass, at most', '0.2 is one in five'),
    failTwoOff: bound(
      'share',
      0.01,
      0.5,
      'Levels two or more off at which it is failed',
      '0.5 is every other',
    ),
    decisionRate: bound(
      'share',
      0.5,
      1,
      'Exemplars with the right decision, at least',
      'below half is chance',
    ),
    meanDifference: bound(
      'levels',
      0.05,
      1,
      'Mean difference from the key, at most',
      'a level is a whole grade',
    ),
    criterionExactRate: bound(
      'share',
      0.25,
      0.95,
      'Exact levels on each criterion, at least',
      'a quarter is chance',
    ),
    kappa: bound('share', 0, 0.95, 'Quadratic weighted kappa, at least', '0 is chance, and 1 is perfect'),
    validMonths: bound('months', 1, 24, 'A certification holds for', 'raters drift: a year is usual'),
    renewDays: bound('days', 0, 180, 'Renewal is open before the end for', 'half a year is the most'),
    idleDays: bound('days', 30, 365, 'A certification rests after no sign-off for', 'a quarter is usual'),
    recalibrationSeeds: bound(
      'count',
      1,
      20,
      'Seeds to rate before it holds again',
      'at least one must be seen',
    ),
    foundingPool: bound(
      'count',
      10,
      60,
      'Keyed qualifying exemplars for a founding panel',
      'a form is 10 usually',
    ),
    wholePool: bound(
      'count',
      20,
      200,
      'From so many on, a form has its whole reserve',
      'two forms need 30 usually',
    ),
  },
  review: {
    assignmentDays: bound('days', 1, 60, 'An assignment is to be rated within', 'teachers wait for it'),
    reminderDays: bound('days', 0, 30, 'A reviewer is reminded before that', '0 reminds on the day'),
    draftDays: bound('days', 0, 365, 'A draft outlives its assignment for', 'it is personal, and goes'),
    minutesPerWeek: bound(
      'minutes',
      10,
      2400,
      'Time of a reviewer who says nothing, a week',
      '2400 is a working week',
    ),
    minutesPerRating: bound(
      'minutes',
      5,
      240,
      'A rating is taken to need',
      'dates for teachers follow from it',
    ),
    dailyCap: bound('count', 1, 100, 'Assignments to one reviewer in 24 hours', 'tired raters drift'),
    conflictYears: bound(
      'count',
      1,
      10,
      'Years a relationship counts after its end',
      'fewer hide a conflict',
    ),
    declarationMonths: bound(
      'months',
      1,
      24,
      'A declaration of conflicts holds for',
      'ties change within a year',
    ),
    conductGraceDays: bound(
      'days',
      0,
      180,
      'Time to sign a new code of conduct',
      '0 pauses all until they signed',
    ),
    firstOfReviewer: bound('count', 5, 200, 'A reviewer’s first ratings are doubled', 'fewer show no drift'),
    firstOfVersion: bound(
      'count',
      10,
      500,
      'A version’s first submissions are doubled',
      'fewer show no agreement',
    ),
    randomShare: bound('percent', 10, 100, 'Of other work is doubled at random', 'under 10 measures nothing'),
    retrySeconds: bound('seconds', 10, 86_400, 'Who found nobody is tried again after', 'a day is the most'),
  },
  seeds: {
    share: bound('percent', 2, 50, 'Of live work brings a seed', 'fewer than 2 show no drift in a year'),
    firstShare: bound('percent', 2, 100, 'The same in the first days', 'who is new is watched more'),
    firstDays: bound('days', 0, 180, 'How many days those are', 'half a year is the most'),
    perTerm: bound('count', 1, 40, 'Seeds in a term, at least', 'none would leave a reviewer unmeasured'),
    termDays: bound('days', 30, 365, 'A term', 'a year is the most'),
    idleDays: bound('days', 7, 180, 'Seeds come first after no sign-off for', 'a month is usual'),
    afterIdle: bound('count', 0, 10, 'How many come first', '0 asks for none'),
    reportAfter: bound(
      'count',
      3,
      50,
      'A reviewer is told after so many seeds',
      'under 3 would tell of each',
    ),
    reportDays: bound('days', 7, 180, 'Or after, of at least three', 'sooner would tell of each'),
  },
  drift: {
    inControlRate: bound(
      'share',
      0.4,
      0.95,
      'Exact levels of a reviewer in control, at least',
      'NAEP asks for 0.6 to 0.85',
    ),
    detectedDrop: bound(
      'share',
      0.05,
      0.4,
      'Drop that is to be found',
      'a smaller one takes hundreds of levels',
    ),
    runLength: bound('count', 50, 5000, 'Levels between two false alarms, on average', 'under 50 cries wolf'),
    differenceDeviation: bound(
      'levels',
      0.2,
      2,
      'Deviation of one difference from the key',
      'it scales the chart',
    ),
    severitySlack: bound(
      'number',
      0.05,
      1,
      'Slack of the severity chart',
      'half the shift that is to be found',
    ),
    severityLimit: bound('number', 1, 20, 'Limit of the severity chart', 'lower finds sooner, and errs more'),
    signalsToSuspend: bound(
      'count',
      2,
      10,
      'Open signals at which a certification is suspended by itself',
      'the first puts it on probation',
    ),
  },
};

/**
 * Every number that is out of its bounds or contradicts another, each by JSON Pointer with what it may be.
 * @returns nothing where all is well.
 */
export function policyFaults(numbers: PolicyNumbers): readonly FieldError[] {
  const faults = policyGroups.flatMap((group) =>
    Object.entries(policyBounds[group] as { readonly [field: string]: PolicyBound }).flatMap(
      ([field, { least, most, unit, why }]) => {
        const value = (numbers[group] as unknown as { readonly [field: string]: number })[field];
        const whole = isWhole(unit);
        const fits =
          value !== undefined &&
          Number.isFinite(value) &&
          value >= least &&
          value <= most &&
          (!whole || Number.isInteger(value));
        const detail = `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}: ${why}`;
        return fits ? [] : [{ pointer: `/${group}/${field}`, detail }];
      },
    ),
  );
  return faults.length > 0 ? faults : contradictions(numbers);
}

/** Whether a number of this unit is a whole one. */
export function isWhole(unit: PolicyBound['unit']): boolean {
  return !['share', 'levels', 'number'].includes(unit);
}

function contradictions({ qualification: q, review, seeds, drift }: PolicyNumbers): readonly FieldError[] {
  const rules: readonly (readonly [holds: boolean, pointer: string, detail: string])[] = [
    [
      q.failTwoOff > q.passTwoOff,
      '/qualification/failTwoOff',
      `must be above passTwoOff (${q.passTwoOff}): between the two a form is extended`,
    ],
    [
      q.foundingPool >= q.form + (q.extensions > 0 ? q.extension : 0),
      '/qualification/foundingPool',
      `must be at least a form and one extension, ${q.form + (q.extensions > 0 ? q.extension : 0)}`,
    ],
    [
      q.wholePool >= q.form + q.extension * q.extensions,
      '/qualification/wholePool',
      `must be at least a form with all its extensions, ${q.form + q.extension * q.extensions}`,
    ],
    [
      q.wholePool >= q.foundingPool,
      '/qualification/wholePool',
      `must be at least foundingPool (${q.foundingPool}): it ends the founding time`,
    ],
    [
      q.coolDownDays <= q.attemptsWithinDays,
      '/qualification/coolDownDays',
      `must be at most attemptsWithinDays (${q.attemptsWithinDays})`,
    ],
    [
      q.renewDays < q.validMonths * 28,
      '/qualification/renewDays',
      `must be shorter than validMonths (${q.validMonths} months): nobody renews before being certified`,
    ],
    [
      review.reminderDays < review.assignmentDays,
      '/review/reminderDays',
      `must be fewer than assignmentDays (${review.assignmentDays}): a reminder comes after the assignment`,
    ],
    [
      seeds.firstShare >= seeds.share,
      '/seeds/firstShare',
      `must be at least share (${seeds.share}): who is new is watched no less than others`,
    ],
    [
      seeds.termDays >= seeds.perTerm * 8,
      '/seeds/perTerm',
      `must leave eight days for each seed of a term of ${seeds.termDays} days`,
    ],
    [
      drift.inControlRate - drift.detectedDrop >= 0.1,
      '/drift/detectedDrop',
      `must leave a rate of at least 0.1 below inControlRate (${drift.inControlRate})`,
    ],
  ];
  return rules.flatMap(([holds, pointer, detail]) => (holds ? [] : [{ pointer, detail }]));
}
