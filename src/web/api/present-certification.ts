import type { Certification } from '../../calibration/index.js';
import type { Instant, JsonSchema } from '../../kernel/index.js';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** A certification; one past its end reads as expired. */
export function presentCertification(certification: Certification, now: Instant) {
  const { id, reviewer, achievementVersion, state, basis, attempt, from, until, reason } = certification;
  const expired = (state === 'active' || state === 'probation') && until <= now;
  return {
    id,
    reviewer,
    achievementVersion,
    state: expired ? 'expired' : state,
    basis,
    attempt,
    from,
    until,
    reason,
  };
}

export const certificationSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'reviewer', 'achievementVersion', 'state', 'basis', 'attempt', 'from', 'until', 'reason'],
  properties: {
    id: text,
    reviewer: { type: 'string', description: 'Member id.' },
    achievementVersion: { type: 'string', description: 'The one version that it holds for.' },
    state: { enum: ['active', 'probation', 'expired', 'suspended', 'revoked'] },
    basis: { enum: ['qualification', 'keying'], description: '`keying`: one of the founding panel.' },
    attempt: textOrNull,
    from: instant,
    until: instant,
    reason: { type: ['string', 'null'], description: "The lead's reason for the last change of state." },
  },
};
