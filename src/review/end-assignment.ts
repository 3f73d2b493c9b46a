import { createHash } from 'node:crypto';
import { jcs, withAudit } from '../audit/index.js';
import type { Actor, Instant, Json } from '../kernel/index.js';
import type { Assignment, DrawRecord, ReleaseReason } from './rating.js';

/** How an assignment ends. */
export type Ending =
  | { readonly state: 'committed' }
  | { readonly state: 'expired' }
  | { readonly state: 'released'; readonly releasedFor: ReleaseReason };

/**
 * What the record holds of a draw while the work is open: the SHA-256 of salt and draw (RFC 8785 form). It binds the
 * draw before it is told, and tells nobody, the lead neither, whether the work is a seed.
 */
export function drawDigest(salt: string, draw: DrawRecord): string {
  return createHash('sha256')
    .update(`${salt}:${jcs(draw)}`)
    .digest('hex');
}

/** The assignment as ended, with the draw told in the record: from here on a seed may be known as one. */
export function ended<A extends Assignment>(assignment: A, ending: Ending, actor: Actor, now: Instant): A {
  const { salt, draw, work } = assignment;
  const releasedFor = ending.state === 'released' ? ending.releasedFor : null;
  const facts: Json = {
    ...(releasedFor === null ? {} : { releasedFor }),
    ...{ work, salt, draw: draw as unknown as Json },
  };
  return withAudit(
    // What follows (another draw, the end of a draft) is due at once.
    { ...assignment, state: ending.state, releasedFor, endedAt: now, effectDue: now },
    { actor, verb: ending.state, collection: 'assignments', facts },
    now,
  );
}
