import { withAudit } from '../audit/index.js';
import {
  AppError,
  newId,
  type Actor,
  type ArtefactId,
  type FieldError,
  type Instant,
  type SubmissionId,
} from '../kernel/index.js';
import type { Consent, ConsentUse } from './artefact.js';
import { memberOf } from './member-of.js';
import type { EvidencePorts } from './ports.js';

/** What is asked for a consent. */
export interface NewConsent {
  readonly submission: SubmissionId | null;
  readonly artefacts: readonly string[];
  readonly use: ConsentUse;
  readonly statement: string;
  /** Now when left out. */
  readonly from?: Instant;
  /** No end when left out. */
  readonly to?: Instant | null;
}

/**
 * Records that the guardians of the children who are seen or heard allowed this use of these files of the actor's.
 * @throws rule-violated naming the field.
 */
export async function recordConsent(ports: EvidencePorts, actor: Actor, input: NewConsent): Promise<Consent> {
  const owner = memberOf(actor);
  const now = ports.clock.now();
  const from = input.from === undefined ? now : wholeSeconds(input.from);
  const to = input.to === undefined || input.to === null ? null : wholeSeconds(input.to);
  const errors: FieldError[] = [];
  const artefacts = await ports.store.artefactsById(actor.district, input.artefacts);
  input.artefacts.forEach((id, index) => {
    const artefact = artefacts.find((candidate) => candidate.id === id);
    const pointer = `/artefacts/${index}`;
    if (artefact?.owner !== owner)
      errors.push({ pointer, detail: 'must be the id of an artefact of yours; upload it first' });
    else if (artefact.erasedAt !== null)
      errors.push({ pointer, detail: 'was erased; upload it again or leave it out' });
  });
  // Texts of a submission are no files: the consent to show it to others, or make an exemplar of it, may name none.
  const ofTexts = (input.use === 'exemplar' || input.use === 'pool-review') && input.submission !== null;
  if (input.artefacts.length === 0 && !ofTexts)
    errors.push({ pointer: '/artefacts', detail: 'must name at least one artefact' });
  if (input.statement.trim() === '') {
    errors.push({
      pointer: '/statement',
      detail: 'must say how permission was given and where the district keeps it; no child’s name',
    });
  }
  if (to !== null && to <= from) errors.push({ pointer: '/to', detail: 'must be after from' });
  else if (to !== null && to <= now)
    errors.push({ pointer: '/to', detail: 'must be in the future: a consent that has ended allows nothing' });
  if (errors.length > 0) {
    throw new AppError(
      'rule-violated',
      `The consent cannot be recorded: ${errors[0]!.pointer} ${errors[0]!.detail}.`,
      { errors },
    );
  }
  const consent: Omit<Consent, 'version'> = {
    id: newId(ports.randomness, 'con'),
    district: actor.district,
    owner,
    submission: input.submission,
    artefacts: [...new Set(input.artefacts)] as ArtefactId[],
    use: input.use,
    statement: input.statement.trim(),
    from,
    to,
    withdrawnAt: null,
    effectDue: to,
    pendingEntries: [],
    auditDue: null,
  };
  const facts = { use: consent.use, artefacts: consent.artefacts, from, to };
  return ports.store.consents.insert(
    withAudit(consent, { actor, verb: 'recorded', collection: 'consents', facts }, now),
  );
}

/** An ISO 8601 date-time of any zone, as an instant. */
function wholeSeconds(text: string): Instant {
  return `${new Date(text).toISOString().slice(0, 19)}Z`;
}
