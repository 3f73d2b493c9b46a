import type { Rubric } from '../../achievements/index.js';
import type { QualificationFigures, QualificationPolicy } from '../../calibration/index.js';

/** One bar of the qualifying rule: what is asked, what was reached; nothing of any key. */
export interface QualificationReason {
  readonly rule: string;
  readonly asked: string;
  readonly reached: string;
  /** Null where it is undefined, and so asks for nothing. */
  readonly met: boolean | null;
}

/** Each bar of the rule with what these figures come to (review-quality.md, "Pass"). */
export function qualificationReasons(
  rubric: Rubric,
  figures: Omit<QualificationFigures, 'zone'>,
  policy: QualificationPolicy,
): readonly QualificationReason[] {
  const { n, exact, twoOff, decisionsRight, exemplars, probability, meanDifference, kappa } = figures;
  const weak = rubric.criteria.filter(
    ({ id }) => (figures.exactByCriterion[id] ?? 0) < policy.criterionExactRate,
  );
  const direction = meanDifference > 0 ? 'above' : 'below';
  return [
    {
      rule: 'Exactly the key’s level',
      asked: `${percent(policy.passProbability)} certain that you agree at least ${percent(policy.exactRate)} of the time`,
      reached: `${exact} of ${n} levels exact: ${certainty(probability)} certain`,
      met: probability >= policy.passProbability,
    },
    {
      rule: 'Far from the key',
      asked: `at most ${percent(policy.passTwoOff)} two or more levels away`,
      reached: `${twoOff} of ${n} (${percent(twoOff / n)})`,
      met: twoOff / n <= policy.passTwoOff,
    },
    {
      rule: 'The right decision',
      asked: `at least ${percent(policy.decisionRate)} of the exemplars`,
      reached: `${decisionsRight} of ${exemplars} (${percent(decisionsRight / exemplars)})`,
      met: decisionsRight / exemplars >= policy.decisionRate,
    },
    {
      rule: 'Neither lenient nor severe',
      asked: `on average within ${policy.meanDifference} of a level`,
      reached:
        meanDifference === 0
          ? 'no difference'
          : `${Math.abs(meanDifference).toFixed(2)} of a level ${direction} the key`,
      met: Math.abs(meanDifference) <= policy.meanDifference,
    },
    {
      rule: 'Every criterion',
      asked: `at least ${percent(policy.criterionExactRate)} exact on each`,
      reached:
        weak.length === 0
          ? 'reached on all'
          : `missed on ${weak.map(({ id, name }) => `${name} (${percent(figures.exactByCriterion[id] ?? 0)})`).join(', ')}`,
      met: weak.length === 0,
    },
    {
      rule: 'Agreement beyond chance',
      asked: `quadratic weighted kappa of at least ${policy.kappa.toFixed(2)}`,
      reached: kappa === null ? 'undefined: the levels do not vary' : kappa.toFixed(2),
      met: kappa === null ? null : kappa >= policy.kappa,
    },
  ];
}

/** Rounded so that what misses a bar never reads as if it reached it. */
function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function certainty(probability: number): string {
  return `${Math.floor(probability * 1000) / 10} %`;
}
