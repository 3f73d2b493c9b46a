import type { Instant } from '../kernel/index.js';
import { holdsAt, type Certification } from './certification.js';
import type { CalibrationPorts } from './store.js';

/**
 * The certification under which a reviewer may sign off on this version at this moment, the newest where there are
 * several; undefined when there is none. One that is suspended blocks the others for its time: a suspended reviewer
 * signs nothing.
 */
export async function certificationFor(
  ports: Pick<CalibrationPorts, 'store'>,
  district: string,
  reviewer: string,
  version: string,
  at: Instant,
): Promise<Certification | undefined> {
  return holding(await ports.store.certificationsFor(district, reviewer, version), at);
}

/**
 * Every reviewer who may sign off on this version at this moment, with the certification.
 */
export async function certifiedFor(
  ports: Pick<CalibrationPorts, 'store'>,
  district: string,
  version: string,
  at: Instant,
): Promise<ReadonlyMap<string, Certification>> {
  const certified = new Map<string, Certification>();
  const kept = await ports.store.certificationsOfVersion(district, version);
  for (const reviewer of new Set(kept.map((one) => one.reviewer))) {
    const certification = holding(
      kept.filter((one) => one.reviewer === reviewer),
      at,
    );
    if (certification !== undefined) certified.set(reviewer, certification);
  }
  return certified;
}

/** The newest of one reviewer's certifications that holds, unless one of them is suspended at this moment. */
function holding(certifications: readonly Certification[], at: Instant): Certification | undefined {
  const suspended = certifications.some(
    ({ until, suspensions }) =>
      at < until && suspensions.some(({ from, to }) => from <= at && (to === null || at < to)),
  );
  return suspended ? undefined : certifications.filter((one) => holdsAt(one, at)).at(-1);
}
