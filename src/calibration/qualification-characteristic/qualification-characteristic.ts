import type { Rubric } from '../../achievements/index.js';
import { formOf } from '../form-of.js';
import type { QualificationPolicy } from '../policy/index.js';
import { judgeQualification, type QualificationFigures, type ScoredExemplar } from '../qualification-rule.js';
import { seededRandom, type Random } from '../statistics/index.js';
import { rubricOfShape, type RubricShape } from './rubric-shape.js';
import { defaultSubmissionEffect, simulatedExemplar, type SimulatedReviewer } from './simulated-reviewer.js';

/** What the policy does to reviewers of one kind. */
export interface CharacteristicRow {
  /** Standard deviation of the reviewer's noise, and bias, in levels. */
  readonly noise: number;
  readonly bias: number;
  /** Share of criterion ratings that are exactly the key's, in the simulation. */
  readonly exact: number;
  /** Share of attempts that end with pass, with fail, and undecided: not certified. They add up to 1. */
  readonly pass: number;
  readonly fail: number;
  readonly undecided: number;
  /** Mean number of submissions rated in an attempt. */
  readonly submissions: number;
  /** Standard error of `pass` by the number of replications. */
  readonly error: number;
}

export interface CharacteristicOptions {
  /** The same seed gives the same figures. */
  readonly seed: number;
  /** Attempts simulated for each row, 1 to 100,000. */
  readonly replications: number;
  /** Kinds of reviewers; the research's five by four when left out. */
  readonly reviewers?: readonly Pick<SimulatedReviewer, 'noise' | 'bias'>[];
  readonly submissionEffect?: number;
}

/** σ .2 to .6 level with bias 0, .15, .30, .50 (calibration.md, 2.3). */
export const characteristicReviewers: readonly Pick<SimulatedReviewer, 'noise' | 'bias'>[] = [
  0.2, 0.3, 0.4, 0.5, 0.6,
].flatMap((noise) => [0, 0.15, 0.3, 0.5].map((bias) => ({ noise, bias })));

/**
 * The operating characteristic of a qualification policy for a rubric (or a shape of one): how reviewers of known
 * quality would fare, by simulating whole attempts under the very rule that judges real ones. Deterministic by seed.
 * @throws Error for replications out of range, and for a rubric without criteria.
 */
export function qualificationCharacteristic(
  policy: QualificationPolicy,
  of: Rubric | RubricShape,
  options: CharacteristicOptions,
): readonly CharacteristicRow[] {
  const steps = characteristicSteps(policy, of, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same attempt by attempt: gives way after each, so that a caller with others to serve can let them through.
 * @throws Error as it does, at the first step.
 */
export function* characteristicSteps(
  policy: QualificationPolicy,
  of: Rubric | RubricShape,
  {
    seed,
    replications,
    reviewers = characteristicReviewers,
    submissionEffect = defaultSubmissionEffect,
  }: CharacteristicOptions,
): Generator<void, readonly CharacteristicRow[]> {
  if (!Number.isInteger(replications) || replications < 1 || replications > 100_000)
    throw new Error('replications must be a whole number from 1 to 100,000');
  const rubric = Array.isArray(of.criteria) ? (of as Rubric) : rubricOfShape(of as RubricShape);
  if (rubric.criteria.length === 0) throw new Error('a rubric without criteria has no characteristic');
  const rows: CharacteristicRow[] = [];
  for (const { noise, bias } of reviewers) {
    // Every row has a sequence of its own, so that asking for fewer rows changes none.
    const random = seededRandom(seed + Math.round(noise * 1000) * 4099 + Math.round(bias * 1000) * 65_537);
    const ends = { pass: 0, fail: 0, undecided: 0 };
    let [submissions, exact, ratings] = [0, 0, 0];
    for (let attempt = 0; attempt < replications; attempt += 1) {
      const ended = simulatedAttempt(policy, rubric, { noise, bias, submissionEffect }, random);
      ends[ended.end] += 1;
      submissions += ended.submissions;
      exact += ended.exact;
      ratings += ended.n;
      yield;
    }
    const pass = ends.pass / replications;
    rows.push({
      noise,
      bias,
      exact: exact / ratings,
      pass,
      fail: ends.fail / replications,
      undecided: ends.undecided / replications,
      submissions: submissions / replications,
      error: Math.sqrt((pass * (1 - pass)) / replications),
    });
  }
  return rows;
}

/** One attempt: the form, and extensions while the rule says so. */
function simulatedAttempt(
  policy: QualificationPolicy,
  rubric: Rubric,
  reviewer: SimulatedReviewer,
  random: Random,
) {
  const scored: ScoredExemplar[] = [];
  let figures: QualificationFigures | undefined;
  const { form, extension, extensions } = formOf(rubric, policy);
  for (let times = 0; times <= extensions; times += 1) {
    const size = form + times * extension;
    while (scored.length < size) scored.push(simulatedExemplar(rubric, reviewer, random));
    figures = judgeQualification(rubric, scored, policy);
    if (figures.zone !== 'extend') break;
  }
  const { zone, exact, n } = figures!;
  return { end: zone === 'extend' ? ('undecided' as const) : zone, submissions: scored.length, exact, n };
}
