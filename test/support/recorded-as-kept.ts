import {
  compareDocument,
  recordedCollection,
  recordedNames,
  type AuditedCollections,
  type AuditedDocument,
  type Difference,
} from '../../src/audit/index.js';
import type { CalibrationPorts } from '../../src/calibration/index.js';

/** Everything that the calibration room keeps and records, held against the record as `recordedAsKept` does. */
export async function calibrationAsRecorded(house: {
  readonly calibration: CalibrationPorts;
  readonly district: string;
}): Promise<readonly Difference[]> {
  const { exemplars, practiceRatings, attempts, certifications, driftSignals } = house.calibration.store;
  const collections = {
    ...{ exemplars, certifications, practice_ratings: practiceRatings },
    ...{ qualification_attempts: attempts, drift_signals: driftSignals },
  };
  // The comparison reads only.
  const kept = await recordedAsKept(collections as unknown as Partial<AuditedCollections>, house.district);
  return kept.differences;
}

/**
 * What differs between documents and what the last of their own waiting entries says: for a house of a unit test, in which
 * nothing is drained. Documents that the test put there without an entry are left out.
 */
export async function recordedAsKept(
  collections: Partial<AuditedCollections>,
  district: string,
): Promise<{ readonly compared: number; readonly differences: readonly Difference[] }> {
  const differences: Difference[] = [];
  let compared = 0;
  for (const name of recordedNames) {
    const collection = collections[name];
    if (collection === undefined || recordedCollection(name).chain !== 'district') continue;
    let cursor: string | undefined;
    do {
      const page = await collection.page(district, recordedCollection(name).index ?? 'all', [], {
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const doc of page.items as readonly AuditedDocument[]) {
        if ((doc.pendingEntries ?? []).length === 0) continue;
        compared += 1;
        differences.push(...compareDocument({ collection: name, id: doc.id }, undefined, doc).differences);
      }
      cursor = page.next;
    } while (cursor !== undefined);
  }
  return { compared, differences };
}
