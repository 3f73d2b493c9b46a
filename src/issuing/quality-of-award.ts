import { found, newId, AppError, plusDays, type RatingId } from '../kernel/index.js';
import { sha256Hex, canonicalJson } from '../securing/index.js';
import type { AchievementVersion } from '../achievements/index.js';
import { heldAtSignOff, type Certification } from '../calibration/index.js';
import type { Decision } from '../review/index.js';
import { placeInRecord } from './place-in-record.js';
import { poolFigures } from './pool-figures.js';
import {
  qualitySentence,
  qualityStatementFor,
  type CarriedReview,
  type KeptStatement,
} from './quality-statement.js';
import type { IssuingPorts } from './store.js';

/** The window over which the pool's figures are told. */
const windowDays = 182;

/**
 * Makes and keeps the statement of how this decision was reviewed. The same text is kept once.
 * @throws rule-violated when a sign-off under the decision was not made under a certification for this version,
 *   or the decision is not in the audit record.
 */
export async function keepQualityStatement(
  ports: IssuingPorts,
  version: AchievementVersion,
  decision: Decision,
): Promise<KeptStatement> {
  const certifications = await certificationsAtSigning(ports, version, decision);
  const input = {
    version,
    decision,
    carried: await carriedReviews(ports, version, decision),
    foundingPanel: certifications.every((certification) => certification.basis === 'keying'),
    pool: await poolFigures(ports, version, plusDays(decision.decidedAt, -windowDays), decision.decidedAt),
    record: await placeInRecord(ports, decision),
  };
  const text = canonicalJson(qualityStatementFor(input));
  const sha256 = sha256Hex(text);
  const { district } = version;
  const kept = await ports.store.statementByDigest(district, sha256);
  if (kept !== undefined) return kept;
  try {
    return await ports.store.statements.insert({
      id: newId(ports.randomness, 'qst'),
      district,
      sha256,
      text,
      sentence: qualitySentence(input),
      createdAt: ports.clock.now(),
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
    return found(await ports.store.statementByDigest(district, sha256), 'quality statement');
  }
}

/** The sign-offs that a decision rests on: its own, and those under what stands in it from earlier attempts. */
function signOffsUnder({ ratings, carried = {} }: Decision): readonly RatingId[] {
  return [...new Set([...ratings, ...Object.values(carried).flatMap((one) => one.ratings)])];
}

/** How that was reviewed which stands from earlier attempts, decision by decision, the oldest first. */
async function carriedReviews(
  { review }: Pick<IssuingPorts, 'review'>,
  { content }: AchievementVersion,
  { district, carried = {} }: Decision,
): Promise<readonly CarriedReview[]> {
  const criteria = content.assessment.by === 'review' ? content.assessment.rubric.criteria : [];
  const ids = [...new Set(Object.values(carried).map(({ decision }) => decision))];
  const reviews = await Promise.all(
    ids.map(async (id): Promise<CarriedReview> => {
      const {
        reviews: count,
        adjudicated,
        decidedAt,
      } = found(await review.store.decision(district, id), 'decision');
      const own = criteria.filter((one) => carried[one.id]?.decision === id);
      return { criteria: own.map((one) => one.id), reviews: count, adjudicated, decidedAt };
    }),
  );
  return reviews.sort((a, b) => (a.decidedAt < b.decidedAt ? -1 : 1));
}

/** Every sign-off's certification, held once more against version and time: what the statement asserts. */
async function certificationsAtSigning(
  ports: IssuingPorts,
  version: AchievementVersion,
  decision: Decision,
): Promise<readonly Certification[]> {
  return Promise.all(
    signOffsUnder(decision).map(async (id) => {
      const rating = found(await ports.review.store.rating(decision.district, id), 'rating');
      const certification = await ports.calibration.store.certification(
        decision.district,
        rating.certification,
      );
      const held =
        certification !== undefined &&
        certification.reviewer === rating.reviewer &&
        certification.achievementVersion === version.id &&
        heldAtSignOff(certification, rating.committedAt);
      if (!held) {
        throw new AppError(
          'rule-violated',
          `Sign-off ${id} of decision ${decision.id} was not made under a certification for this version: the award waits.`,
        );
      }
      return certification;
    }),
  );
}
