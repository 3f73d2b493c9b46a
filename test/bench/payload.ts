import type { JsonObject } from '../../src/securing/index.js';
import { badgeOf } from './stranger.js';

/** The payload of P1 to P4: the golden shape cut to 3 criteria of 4 levels, 3 pieces of evidence and 3 alignments. */
export function payloadOf(issuer: string, n: number): JsonObject {
  const badge = badgeOf(issuer, n);
  const subject = badge['credentialSubject'] as JsonObject;
  const achievement = subject['achievement'] as JsonObject;
  const three = (value: unknown) => (value as readonly unknown[]).slice(0, 3);
  return {
    ...badge,
    credentialSubject: {
      ...subject,
      achievement: { ...achievement, resultDescription: three(achievement['resultDescription']) },
      result: three(subject['result']),
    },
  };
}
