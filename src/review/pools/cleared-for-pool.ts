import { consentCovers, isInForce, type Artefact, type Consent } from '../../evidence/index.js';
import { found, type FieldError, type Instant } from '../../kernel/index.js';
import { seatInForce, type Member, type SeatInForce } from '../../tenancy/index.js';
import type { Submission } from '../../submissions/index.js';
import type { ReviewCase } from '../review-case.js';
import type { ReviewPorts } from '../store.js';
import { answersDigest } from './pool-clearance.js';

type ClearancePorts = Pick<ReviewPorts, 'store' | 'tenancy' | 'evidence' | 'submissions' | 'clock'>;

/**
 * Whether a submission may be shown through seats at this moment: somebody of the host read these very answers and found
 * that nothing says whose they are, the teacher's consent to it is in force for the texts and each file, and no file is a
 * video. Asked at the draw and again at every read, so that a consent that ends shuts it at once.
 */
export async function isClearedForPool(
  ports: ClearancePorts,
  district: string,
  submission: string,
): Promise<boolean> {
  const [clearance, work] = await Promise.all([
    ports.store.poolClearances.get(district, submission),
    ports.submissions.store.submission(district, submission),
  ]);
  if (clearance?.state !== 'cleared' || work === undefined) return false;
  if (clearance.answers !== answersDigest(work)) return false;
  return (await poolFaults(ports, work)).length === 0;
}

/** What keeps a submission from the review pool, whoever reads it: pointers `/answers/{requirement}`. */
export async function poolFaults(ports: ClearancePorts, work: Submission): Promise<readonly FieldError[]> {
  const now = ports.clock.now();
  const consents = await poolConsents(ports, work, now);
  if (consents.length === 0)
    return [{ pointer: '/answers', detail: 'have no consent of the teacher for the review pool in force' }];
  const faults: FieldError[] = [];
  for (const [requirement, answer] of Object.entries(work.answers)) {
    if (answer.kind !== 'file') continue;
    const files = await ports.evidence.store.artefactsById(work.district, answer.artefacts);
    for (const id of answer.artefacts) {
      const detail = fileFault(
        files.find((file) => file.id === id),
        consents,
        now,
      );
      if (detail !== undefined) faults.push({ pointer: `/answers/${requirement}`, detail });
    }
  }
  return faults;
}

function fileFault(
  file: Artefact | undefined,
  consents: readonly Consent[],
  now: Instant,
): string | undefined {
  if (file === undefined || file.erasedAt !== null) return 'holds a file that was erased';
  // A classroom cannot be made unknown by cutting out names (privacy.md).
  if (/^(video|audio)\//.test(file.mediaType))
    return 'holds a recording, which nobody takes for de-identified; it stays in the district';
  if (!consentCovers(consents, file.id, 'pool-review', now))
    return 'holds a file that the teacher’s consent for the review pool does not name';
  return undefined;
}

/** The teacher's consents in force that this submission may be rated through the review pool. */
export async function poolConsents(
  ports: Pick<ClearancePorts, 'evidence'>,
  { district, id, teacher }: Pick<Submission, 'district' | 'id' | 'teacher'>,
  now: Instant,
): Promise<readonly Consent[]> {
  const all = await ports.evidence.store.consentsFor(district, id);
  return all.filter(
    (consent) => consent.use === 'pool-review' && consent.owner === teacher && isInForce(consent, now),
  );
}

/** The seats that the case's work can be drawn for: none unless it is cleared for the pool at this moment. */
export async function seatsOfCase(
  ports: ClearancePorts & Pick<ReviewPorts, 'achievements'>,
  {
    district,
    submission,
    achievementVersion,
  }: Pick<ReviewCase, 'district' | 'submission' | 'achievementVersion'>,
  kind: 'rating' | 'adjudication',
): Promise<readonly Member[]> {
  if (!(await isClearedForPool(ports, district, submission))) return [];
  const version = found(await ports.achievements.store.version(district, achievementVersion), 'version');
  return (await seatsFor(ports, district, version.achievement, kind)).map(({ member }) => member);
}

/** The seats in force through which work for an achievement may be rated, or adjudicated, if it is cleared. */
export async function seatsFor(
  { tenancy }: Pick<ReviewPorts, 'tenancy'>,
  district: string,
  achievement: string,
  kind: 'rating' | 'adjudication',
): Promise<readonly SeatInForce[]> {
  const { pools } = tenancy.store;
  const role = kind === 'rating' ? 'reviewer' : 'adjudicator';
  const agreements = (await pools.hostedBy(district)).filter(
    ({ state, achievements }) =>
      state === 'active' && (achievements as readonly string[]).includes(achievement),
  );
  const seats = (await Promise.all(agreements.map(({ id }) => pools.seatsOf(id)))).flat();
  const inForce = await Promise.all(seats.map(({ id }) => seatInForce(tenancy, id)));
  return inForce.filter((one): one is SeatInForce => one?.sitter.roles.includes(role) === true);
}
