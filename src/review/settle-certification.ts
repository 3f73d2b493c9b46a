import { finishSuspension } from '../calibration/index.js';
import { found } from '../kernel/index.js';
import { releaseAssignment } from './release-assignment.js';
import type { ReviewPorts } from './store.js';

/**
 * Carries out what follows from a suspension or revocation: 1 the work that is open with this reviewer on this version
 * is released, so that others are drawn for it; 2 done. Runs again from any point.
 */
export async function settleCertification(
  ports: ReviewPorts,
  { district, id }: { readonly district: string; readonly id: string },
): Promise<void> {
  const certification = found(await ports.calibration.store.certification(district, id), 'certification');
  // What is due of one that holds is a word of its end (`remindOfCertification`).
  if (certification.effectDue === null || certification.effectDue > ports.clock.now()) return;
  // 1. Unless it was reinstated in the meantime.
  if (certification.state === 'suspended' || certification.state === 'revoked') {
    for (const assignment of await ports.store.openAssignmentsOf(district, certification.reviewer)) {
      if (assignment.achievementVersion === certification.achievementVersion) {
        await releaseAssignment(
          ports,
          { kind: 'service', district: certification.district },
          assignment.id,
          'not-certified',
        );
      }
    }
  }
  // 2
  await finishSuspension(ports.calibration, certification);
}
