import {
  acceptedTypes,
  isEvidenceMediaType,
  openArtefact,
  type Artefact,
  type OpenedArtefact,
} from '../evidence/index.js';
import { found, unreachable, type Actor, type ArtefactId, type MemberId } from '../kernel/index.js';
import { getAssignment, type AssignedWork, type Evidence } from './get-assignment.js';
import { isClearedForPool } from './pools/cleared-for-pool.js';
import { seedFile } from './seed-evidence.js';
import type { ReviewPorts } from './store.js';

/** A file as its reviewer opens it: what the answer is made from, and its bytes or those of a range. */
export interface OpenedFile {
  readonly artefact: Pick<Artefact, 'id' | 'mediaType' | 'size' | 'sha256'>;
  readonly read: OpenedArtefact['read'];
}

/**
 * Opens a file of an own assignment's work, under a name that says what it is for and nothing of the person.
 * @throws not-found for another's assignment, a file that is not of it, was erased, or whose consent has ended.
 */
export async function openAssignedArtefact(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly assignment: string; readonly artefact: string },
): Promise<{ readonly opened: OpenedFile; readonly name: string }> {
  const work = await getAssignment(ports, actor, input.assignment);
  const name = found(blindFileNames(work.evidence).get(input.artefact as ArtefactId), 'artefact');
  return { opened: await openFile(ports, actor, work, input.artefact), name };
}

async function openFile(
  ports: ReviewPorts,
  actor: Actor & { readonly member: MemberId },
  { assignment, evidence }: AssignedWork,
  id: string,
): Promise<OpenedFile> {
  switch (assignment.work) {
    case 'submission':
      return openArtefact(ports.evidence, actor, id);
    case 'seed': {
      const exemplar = await ports.calibration.store.exemplar(actor.district, assignment.exemplar);
      const { sha256, read } = await seedFile(ports, found(exemplar, 'artefact'), assignment.files, id);
      const shown = evidence.items.flatMap(({ files }) => files).find(({ artefact }) => artefact === id);
      const { artefact, mediaType, size } = found(shown, 'artefact');
      return { artefact: { id: artefact, mediaType, size, sha256 }, read };
    }
    default:
      return unreachable(assignment);
  }
}

/** A name for each file of the evidence: `lesson-plan-1.pdf`, from the requirement and its place there. */
export function blindFileNames(evidence: Evidence): ReadonlyMap<ArtefactId, string> {
  return new Map(
    evidence.items.flatMap((item) =>
      item.files.map(({ artefact, mediaType }, index) => {
        const ending = isEvidenceMediaType(mediaType) ? acceptedTypes[mediaType].extension : 'bin';
        return [artefact, `${item.requirement}-${index + 1}.${ending}`] as const;
      }),
    ),
  );
}

/**
 * Whether this reader has an assignment, open or committed, on a submission that holds the artefact, or is asked to
 * decide an appeal on it: what the evidence room asks before it opens a file to somebody who is not its owner.
 */
export async function mayReview(
  ports: Pick<ReviewPorts, 'store' | 'submissions' | 'tenancy' | 'evidence' | 'clock'>,
  reader: Actor,
  artefact: Artefact,
): Promise<boolean> {
  if (reader.kind !== 'member') return false;
  const { district, owner } = artefact;
  let cursor: string | undefined;
  do {
    const page = await ports.submissions.store.submissionsOf(district, owner, {
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, answers } of page.items) {
      const holds = Object.values(answers).some(
        (answer) => answer.kind === 'file' && answer.artefacts.includes(artefact.id),
      );
      if (!holds) continue;
      const assignments = await ports.store.assignmentsOn(district, id, reader.member);
      const appeals = await ports.store.appealsOn(district, id);
      if (appeals.some(({ state, decider }) => state === 'admitted' && decider === reader.member))
        return true;
      if (!assignments.some(({ state }) => state === 'open' || state === 'committed')) continue;
      const member = await ports.tenancy.store.member(district, reader.member);
      if (member?.seat === undefined || (await isClearedForPool(ports, district, id))) return true;
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return false;
}
