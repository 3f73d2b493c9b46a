import { withAudit } from '../audit/index.js';
import { newId, ruleViolated, type Actor, type FieldError, type MemberId } from '../kernel/index.js';
import type { Exemplar, ExemplarItem, ExemplarPool, ExemplarSource, Rationale } from './exemplar.js';
import { itemsFrom, type NewItem } from './exemplar-items.js';
import { fewestExperts } from './exemplar-key.js';
import { throwFaults } from './levels.js';
import { rationaleFaults } from './set-exemplar-rationale.js';
import { reviewedVersion, type ReviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/** What a lead gives for a new exemplar. */
export interface NewExemplar {
  readonly achievementVersion: string;
  readonly title: string;
  readonly items: readonly NewItem[];
  readonly pool: Exclude<ExemplarPool, 'retired'>;
  /** How many blind ratings are asked for; three when left out. */
  readonly expertsWanted?: number;
  readonly rationale?: Rationale;
}

/**
 * Adds an exemplar that was written for the purpose to a published version, for experts to rate blind. Its files are ones
 * that the caller uploaded.
 * @throws not-found; rule-violated naming the version, the item or the criterion at fault.
 */
export async function createExemplar(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: NewExemplar,
): Promise<Exemplar> {
  const reviewed = await publishedVersion(ports, actor.district, input.achievementVersion);
  const named = input.items.flatMap((item) => (item.artefact === undefined ? [] : [item.artefact]));
  const artefacts = await ports.evidence.store.artefactsById(actor.district, named);
  const own = artefacts.filter(({ owner }) => owner === actor.member);
  const { items, faults } = itemsFrom(input.items, own);
  const checked = checkNewExemplar(reviewed, { ...input, items }, faults);
  return keepExemplar(ports, actor, reviewed, { ...checked, source: null });
}

/** The version that exemplars are added to. @throws not-found; rule-violated unless it is published. */
export async function publishedVersion(
  ports: Pick<CalibrationPorts, 'achievements'>,
  district: string,
  id: string,
): Promise<ReviewedVersion> {
  const reviewed = await reviewedVersion(ports, district, id);
  if (reviewed.version.state !== 'published') {
    throw ruleViolated(
      '/achievementVersion',
      `is ${reviewed.version.state}; exemplars are added to the published version`,
    );
  }
  return reviewed;
}

/** What every new exemplar says, however it was made. */
export interface CheckedExemplar {
  readonly title: string;
  readonly items: readonly ExemplarItem[];
  readonly pool: Exclude<ExemplarPool, 'retired'>;
  readonly expertsWanted: number;
  readonly rationale: Rationale;
}

/** @throws rule-violated naming every fault, those found before among them. */
export function checkNewExemplar(
  { rubric }: ReviewedVersion,
  input: Omit<NewExemplar, 'achievementVersion' | 'items'> & Pick<CheckedExemplar, 'items'>,
  before: readonly FieldError[] = [],
): CheckedExemplar {
  const { items, pool, expertsWanted = fewestExperts, rationale = {} } = input;
  const title = input.title.trim();
  const faults = [...before];
  if (title === '') faults.push({ pointer: '/title', detail: 'must not be empty' });
  if (expertsWanted < fewestExperts) {
    faults.push({
      pointer: '/expertsWanted',
      detail: `must be at least ${fewestExperts}: a key rests on that many blind ratings`,
    });
  }
  throwFaults([...faults, ...rationaleFaults(rubric, items, rationale, '/rationale')]);
  return { title, items, pool, expertsWanted, rationale };
}

/** Keeps a new exemplar, to be rated blind. */
export async function keepExemplar(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  { version }: ReviewedVersion,
  checked: CheckedExemplar & { readonly source: ExemplarSource | null },
): Promise<Exemplar> {
  const now = ports.clock.now();
  const id = newId(ports.randomness, 'exm');
  const { pool, expertsWanted, source } = checked;
  const exemplar: Omit<Exemplar, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...checked,
    ...{ id, district: actor.district, achievementVersion: version.id },
    ...{ state: 'keying', ratings: [], agreed: null, key: null, keyedBy: [], moves: [] },
    ...{ origin: id, knownTo: [], carried: null, sourceSubmission: source?.submission ?? null },
    ...{ createdBy: actor.member, exposure: 0, createdAt: now, effectDue: null },
  };
  const from = source === null ? {} : { submission: source.submission, consents: source.consents };
  const facts = { achievementVersion: version.id, pool, expertsWanted, ...from };
  return ports.store.exemplars.insert(
    withAudit(exemplar, { actor, verb: 'created', collection: 'exemplars', facts }, now),
  );
}
