import { holdsAt } from '../calibration/index.js';
import type { Decision, Rating } from './rating.js';
import type { ReviewPorts } from './store.js';

/** What a credential may say of the review behind it. */
export interface DecisionBasis {
  readonly ratings: readonly Rating[];
  /** Whether each sign-off was made under a certification for this version that held at that moment. */
  readonly everyReviewerCertified: boolean;
  /** Whether one of them was certified by keying the version's first exemplars. */
  readonly foundingPanel: boolean;
}

/** The sign-offs that a decision rests on, judged at the time of each (invariant 1). */
export async function basisOfDecision(
  ports: Pick<ReviewPorts, 'store' | 'calibration'>,
  decision: Decision,
): Promise<DecisionBasis> {
  const { district, achievementVersion } = decision;
  const kept = await Promise.all(decision.ratings.map((id) => ports.store.rating(district, id)));
  const ratings = kept.flatMap((rating) => (rating === undefined ? [] : [rating]));
  const certifications = await Promise.all(
    ratings.map(({ certification }) => ports.calibration.store.certification(district, certification)),
  );
  const certified = ratings.every((rating, index) => {
    const certification = certifications[index];
    return (
      certification !== undefined &&
      certification.reviewer === rating.reviewer &&
      certification.achievementVersion === achievementVersion &&
      rating.achievementVersion === achievementVersion &&
      holdsAt(certification, rating.committedAt)
    );
  });
  return {
    ratings,
    everyReviewerCertified: certified && ratings.length > 0 && ratings.length === decision.ratings.length,
    foundingPanel: certifications.some((certification) => certification?.basis === 'keying'),
  };
}
