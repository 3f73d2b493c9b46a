import {
  codeInForce,
  declareConflicts,
  signCodeOfConduct,
  type CalibrationPorts,
  type DeclaredConflict,
} from '../../src/calibration/index.js';
import type { Person } from './review-house.js';

/** Signs the code of conduct in force and declares these conflicts of interest, none when left out. */
export async function declares(
  calibration: CalibrationPorts,
  who: Person,
  conflicts: readonly DeclaredConflict[] = [],
): Promise<void> {
  const { number, digest } = await codeInForce(calibration, who.district);
  await signCodeOfConduct(calibration, who, { number, digest });
  await declareConflicts(calibration, who, { conflicts });
}

/** Roles whose members rate, adjudicate, or are certified by keying. */
export const declaringRoles = ['reviewer', 'adjudicator', 'lead', 'expert', 'pool-reviewer'];
