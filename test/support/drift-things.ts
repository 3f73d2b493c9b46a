import { withAudit } from '../../src/audit/index.js';
import { defaultDriftPolicy, referenceCharts, type DriftSignal } from '../../src/calibration/index.js';
import { newId } from '../../src/kernel/index.js';
import type { TestService } from './service.js';

/** Puts a settled drift signal about a reviewer on record, as if charts had raised it and a lead suspended for it. */
export async function aDriftSignal(
  { rooms: { calibration, review } }: TestService,
  whose: { readonly district: string; readonly reviewer: string; readonly version: string },
): Promise<string> {
  const { district, reviewer, version } = whose;
  const [certification] = await calibration.store.certificationsFor(district, reviewer, version);
  const observations = await calibration.store.observationsOf(district, reviewer, version);
  const since = certification!.from;
  const signOffs = await review.store.signOffsSince(district, reviewer, version, since);
  const now = calibration.clock.now();
  const { keys } = referenceCharts(0.7, defaultDriftPolicy);
  const signal: Omit<DriftSignal, 'version' | 'pendingEntries' | 'auditDue'> = {
    id: newId(calibration.randomness, 'dsg'),
    district: certification!.district,
    reviewer: certification!.reviewer,
    achievementVersion: certification!.achievementVersion,
    certification: certification!.id,
    evidence: {
      reference: 'keys',
      alarms: [
        {
          side: 'agreement',
          value: 2.4,
          limit: keys.agreement.limit,
          at: 'one',
          run: ['one'],
          lastClean: null,
        },
      ],
      ...{ charts: keys, policy: 0, cleanSince: since },
      observations: observations.slice(0, 2).map(({ id }) => id),
    },
    ...{ point: 'one', state: 'suspended', raisedAt: now, tellAt: now, toldAt: now },
    acts: [{ to: 'suspended', by: null, reason: null, at: now }],
    lookBack: {
      since,
      items: signOffs.map(({ id, submission }) => ({
        rating: id,
        submission,
        state: 'superseded',
        case: null,
      })),
    },
    effectDue: null,
  };
  const entry = {
    actor: { kind: 'service', district: certification!.district },
    verb: 'raised',
    collection: 'drift_signals',
    facts: {},
  } as const;
  await calibration.store.driftSignals.insert(withAudit(signal, entry, now));
  return signal.id;
}
