import { openKept, type OpenedArtefact } from '../evidence/index.js';
import { found, type MemberId } from '../kernel/index.js';
import { isPermitted, mayKnowAchievement, type Member } from '../tenancy/index.js';
import { nextExemplar } from './commit-qualification-response.js';
import { tookPart, type Exemplar } from './exemplar.js';
import { isCovered } from './exemplar-consent.js';
import { isGathering } from './exemplar-key.js';
import { isForPractice } from './rate-practice.js';
import type { CalibrationPorts } from './store.js';

/** Whether a member may read an exemplar outside practice and forms: leads, and experts who rate or have rated it. */
export function mayReadExemplar(exemplar: Exemplar, member: Member): boolean {
  return member.roles.includes('lead') || tookPart(exemplar, member.id) || isGathering(exemplar);
}

/**
 * Opens a file of an exemplar for whoever keys it, practises on it, or has it next on an own qualifying form. The consent
 * that it rests on is looked at now.
 * @throws not-found for everybody else, for an item without a file, and once the consent has ended or the file is erased.
 */
export async function openExemplarFile(
  ports: CalibrationPorts,
  member: Member,
  input: { readonly exemplar: string; readonly item: string },
): Promise<OpenedArtefact> {
  const exemplar = found(await ports.store.exemplar(member.district, input.exemplar), 'file');
  found((await mayOpen(ports, exemplar, member)) || undefined, 'file');
  return openItem(ports, exemplar, input.item);
}

/**
 * Opens the file of an item, for a room that has judged itself who may read it.
 * @throws not-found for an item without one, and once the consent has ended or the file is erased.
 */
export async function openItem(
  ports: Pick<CalibrationPorts, 'evidence' | 'clock'>,
  { district, items, source }: Pick<Exemplar, 'district' | 'items' | 'source'>,
  id: string,
): Promise<OpenedArtefact> {
  const file = found(items.find((item) => item.id === id)?.file ?? undefined, 'file');
  if (source !== null) {
    const consents = await ports.evidence.store.consentsFor(district, source.submission);
    found(isCovered(source, consents, ports.clock.now()) || undefined, 'file');
  }
  return openKept(ports.evidence, district, file.artefact);
}

async function mayOpen(ports: CalibrationPorts, exemplar: Exemplar, member: Member): Promise<boolean> {
  if (isPermitted(member.roles, 'exemplars.key') && mayReadExemplar(exemplar, member)) return true;
  if (!isPermitted(member.roles, 'qualification.take')) return false;
  const attempts = await ports.store.attemptsOf(member.district, member.id, exemplar.achievementVersion);
  if (attempts.some((attempt) => nextExemplar(attempt) === exemplar.id)) return exemplar.pool !== 'retired';
  if (!isForPractice(exemplar) || (await wasMeasuredOn(ports, exemplar, member.id))) return false;
  const version = await ports.achievements.store.version(member.district, exemplar.achievementVersion);
  const who = { district: member.district, member: member.id };
  return version !== undefined && mayKnowAchievement(ports.tenancy, who, version.achievement);
}

/** Whether a member was served this work on a form or as a seed: then it is no practice. */
export async function wasMeasuredOn(
  ports: Pick<CalibrationPorts, 'store'>,
  { district, origin }: Pick<Exemplar, 'district' | 'origin'>,
  member: MemberId,
): Promise<boolean> {
  const served = await ports.store.servings.get(district, `${origin}:${member}`);
  return served !== undefined && served.use !== 'practice';
}
