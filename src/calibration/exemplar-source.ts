import { openKept, type Consent, type OpenedArtefact } from '../evidence/index.js';
import {
  found,
  type Actor,
  type Instant,
  type MemberId,
  type PageRequest,
  type SubmissionId,
} from '../kernel/index.js';
import { blindView, type BlindItem, type Submission } from '../submissions/index.js';
import { exemplarConsents } from './exemplar-consent.js';
import { reviewedVersion, type ReviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/** Decided work whose teacher allows that an exemplar is made of it, as reviewers saw it: nothing says whose it is. */
export interface SourceWork {
  readonly submission: SubmissionId;
  readonly version: ReviewedVersion;
  readonly items: readonly BlindItem[];
  /** The files whose use is allowed. */
  readonly allowed: ReadonlySet<string>;
  /** How many exemplars were made of it. */
  readonly made: number;
  readonly decidedAt: Instant;
}

/** A submission with what allows its use, for this room. */
export interface AllowedWork extends SourceWork {
  readonly work: Submission;
  readonly consents: readonly Consent[];
}

/** Work that exemplars can be made of, the consent that was recorded first first; never the caller's own. */
export async function listSourceWork(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  request: PageRequest,
): Promise<{ readonly items: readonly SourceWork[]; readonly next?: string }> {
  const { items: consents, next } = await ports.evidence.store.consentsTo(
    actor.district,
    'exemplar',
    request,
  );
  const ids = [...new Set(consents.flatMap(({ submission }) => (submission === null ? [] : [submission])))];
  const works = await Promise.all(ids.map((id) => allowedWork(ports, actor, id)));
  const items = works.filter((work): work is AllowedWork => work !== undefined);
  return next === undefined ? { items } : { items, next };
}

/** One of them. @throws not-found without a consent in force, before the decision, and for the caller's own work. */
export async function getSourceWork(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  submission: string,
): Promise<AllowedWork> {
  return found(await allowedWork(ports, actor, submission), 'work with a consent for exemplars');
}

/**
 * Opens a file of such work, to be read before it is used or replaced.
 * @throws not-found for a file that no consent in force names.
 */
export async function openSourceFile(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: { readonly submission: string; readonly artefact: string },
): Promise<OpenedArtefact> {
  const work = await allowedWork(ports, actor, input.submission);
  const files = work?.items.flatMap((item) => item.files.map(({ artefact }) => artefact as string));
  const isAllowed = files?.includes(input.artefact) === true && work?.allowed.has(input.artefact) === true;
  found(isAllowed || undefined, 'file whose use is allowed');
  return openKept(ports.evidence, actor.district, input.artefact);
}

async function allowedWork(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  id: string,
): Promise<AllowedWork | undefined> {
  const { district } = actor;
  const work = await ports.submissions.store.submission(district, id);
  if (work === undefined || work.teacher === actor.member) return undefined;
  if ((work.state !== 'met' && work.state !== 'not_yet') || work.decidedAt === null) return undefined;
  const consents = exemplarConsents(
    await ports.evidence.store.consentsFor(district, id),
    ports.clock.now(),
  ).filter(({ owner }) => owner === work.teacher);
  if (consents.length === 0) return undefined;
  const version = await reviewedVersion(ports, district, work.achievementVersion);
  const files = Object.values(work.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  const artefacts = await ports.evidence.store.artefactsById(district, files);
  const { items } = blindView(work, version.version, artefacts);
  const allowed = new Set<string>(consents.flatMap((consent) => consent.artefacts));
  const made = (await ports.store.exemplarsFrom(district, id)).length;
  const { decidedAt } = work;
  return { submission: work.id, version, items, allowed, made, decidedAt, work, consents };
}
