import { withAudit } from '../audit/index.js';
import { eraseArtefact, finishErasure } from '../evidence/index.js';
import { update, type Actor, type DistrictId } from '../kernel/index.js';
import { settleConsent, settleErasedArtefact } from '../submissions/index.js';
import type { Exemplar } from './exemplar.js';
import { isCovered } from './exemplar-consent.js';
import { movedTo, takeFromForms } from './move-exemplar.js';
import type { CalibrationPorts } from './store.js';

/**
 * Carries out the end of a consent, by withdrawal or by its date: 1 exemplars that rested on it are retired and lose
 * their content; 2 what it means for submissions. Runs again without harm.
 */
export async function settleConsentEnd(
  ports: CalibrationPorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  const consent = await ports.evidence.store.consent(district, id);
  // 1
  if (consent?.use === 'exemplar' && consent.submission !== null)
    await endUncovered(ports, await ports.store.exemplarsFrom(district, consent.submission));
  // 2
  await settleConsent(ports.submissions, district, id);
}

/**
 * Carries out the erasure of an artefact: 1 exemplars that hold it, or were made from it, are retired and lose their
 * content; 2 what it means for submissions, and the file. Runs again without harm.
 */
export async function settleErasure(
  ports: CalibrationPorts,
  district: DistrictId,
  id: string,
): Promise<void> {
  const artefact = await ports.evidence.store.artefact(district, id);
  // 1
  if (artefact !== undefined && artefact.erasedAt !== null) {
    const consents = await ports.evidence.store.consentsOf(district, artefact.owner);
    const works = new Set(
      consents.flatMap(({ use, submission }) =>
        use === 'exemplar' && submission !== null ? [submission] : [],
      ),
    );
    const made = await Promise.all([...works].map((work) => ports.store.exemplarsFrom(district, work)));
    const own = await ports.store.exemplarsBy(district, artefact.owner);
    const holding = [...made.flat(), ...own].filter(
      ({ items, source }) =>
        items.some(({ file }) => file?.artefact === artefact.id) ||
        source?.artefacts.includes(artefact.id) === true,
    );
    for (const exemplar of holding) await endExemplar(ports, exemplar);
  }
  // 2
  await settleErasedArtefact(ports.submissions, district, id);
}

async function endUncovered(ports: CalibrationPorts, exemplars: readonly Exemplar[]): Promise<void> {
  for (const exemplar of exemplars) {
    const { district, source } = exemplar;
    if (source === null || source.endedAt !== null) continue;
    const consents = await ports.evidence.store.consentsFor(district, source.submission);
    if (!isCovered(source, consents, ports.clock.now())) await endExemplar(ports, exemplar);
  }
}

/**
 * Retires an exemplar whose content may not be used any more: 1 it is retired and its texts go; 2 open forms get another
 * in its place; 3 the files that were made for it are erased. Ratings, key and rationale stay: they are the experts'.
 */
async function endExemplar(ports: CalibrationPorts, { district, id }: Exemplar): Promise<void> {
  const actor: Actor = { kind: 'service', district };
  // 1
  const now = ports.clock.now();
  const ended = await update(
    ports.store.exemplars,
    district,
    id,
    (exemplar) => {
      const emptied = exemplar.items.every(({ text }) => text === null);
      if (exemplar.pool === 'retired' && emptied) return undefined;
      const { source } = exemplar;
      const without: Exemplar = {
        ...exemplar,
        items: exemplar.items.map((item) => ({ ...item, text: null })),
        source: source === null ? null : { ...source, endedAt: source.endedAt ?? now },
      };
      if (exemplar.pool !== 'retired') return movedTo(without, 'retired', actor, now);
      return withAudit(without, { actor, verb: 'emptied', collection: 'exemplars', facts: {} }, now);
    },
    'exemplar',
  );
  // 2
  await takeFromForms(ports, ended);
  // 3
  for (const { file } of ended.items) {
    const artefact = file === null ? undefined : await ports.evidence.store.artefact(district, file.artefact);
    const made = artefact !== undefined && ended.source?.artefacts.includes(artefact.id) !== true;
    if (!made || artefact.owner !== ended.createdBy) continue;
    const owner: Actor = { kind: 'member', district, member: artefact.owner };
    await eraseArtefact(ports.evidence, owner, artefact.id);
    await finishErasure(ports.evidence, district, artefact.id);
  }
}
