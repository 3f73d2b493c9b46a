import { withAudit } from '../audit/index.js';
import { update, type Actor, type Clock, type FieldError } from '../kernel/index.js';
import type { AchievementVersion } from './achievement.js';
import type { AchievementStore } from './store.js';

interface Ports {
  readonly store: Pick<AchievementStore, 'versions'>;
  readonly clock: Clock;
}

/** A finding as it is kept: the rule that found it, and where. */
export interface StoppingFinding extends FieldError {
  readonly rule: string;
}

/**
 * Stops the issuing of a version: nothing of it is signed until `resumeIssuing` finds nothing any more. One that is
 * stopped already stays as it was stopped first.
 */
export async function stopIssuing(
  ports: Ports,
  stopped: {
    readonly version: Pick<AchievementVersion, 'district' | 'id'>;
    /** What was to be signed. */
    readonly award: string;
    readonly findings: readonly StoppingFinding[];
  },
): Promise<AchievementVersion> {
  const { version, award, findings } = stopped;
  const now = ports.clock.now();
  return update(
    ports.store.versions,
    version.district,
    version.id,
    (kept) =>
      isStopped(kept)
        ? undefined
        : withAudit(
            { ...kept, stopped: { since: now, award, findings }, stoppedSince: now },
            {
              actor: { kind: 'service', district: kept.district },
              verb: 'issuing-stopped',
              collection: 'achievement_versions',
              // Rules have names of several words; entries have none.
              facts: { award, rules: [...new Set(findings.map(({ rule }) => rule.replaceAll(/\W+/g, '-')))] },
            },
            now,
          ),
    'achievement version',
  );
}

/** Ends a stop. That nothing is found any more is for the caller to have checked. */
export async function endStop(
  ports: Ports,
  actor: Actor,
  version: Pick<AchievementVersion, 'district' | 'id'>,
): Promise<AchievementVersion> {
  return update(
    ports.store.versions,
    version.district,
    version.id,
    (kept) =>
      isStopped(kept)
        ? withAudit(
            { ...kept, stopped: null, stoppedSince: null },
            { actor, verb: 'issuing-resumed', collection: 'achievement_versions', facts: {} },
            ports.clock.now(),
          )
        : undefined,
    'achievement version',
  );
}

/** Whether nothing of this version is signed now. */
export function isStopped(
  version: AchievementVersion,
): version is AchievementVersion & { readonly stopped: NonNullable<AchievementVersion['stopped']> } {
  return version.stopped !== null && version.stopped !== undefined;
}
