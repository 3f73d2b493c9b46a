import { withAudit } from '../audit/index.js';
import { newId, ruleViolated, type Actor, type FieldError, type MemberId } from '../kernel/index.js';
import {
  fewestExperts,
  type Exemplar,
  type ExemplarItem,
  type ExemplarPool,
  type Rationale,
} from './exemplar.js';
import { throwFaults } from './levels.js';
import { rationaleFaults } from './set-exemplar-rationale.js';
import { reviewedVersion } from './reviewed-version.js';
import type { CalibrationPorts } from './store.js';

/** What a lead gives for a new exemplar. */
export interface NewExemplar {
  readonly achievementVersion: string;
  readonly title: string;
  readonly items: readonly ExemplarItem[];
  readonly pool: Exclude<ExemplarPool, 'retired'>;
  /** How many blind ratings are asked for; three when left out. */
  readonly expertsWanted?: number;
  readonly rationale?: Rationale;
}

/**
 * Adds a de-identified exemplar to a published version, for experts to rate blind.
 * @throws not-found; rule-violated naming the version, the item or the criterion at fault.
 */
export async function createExemplar(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  input: NewExemplar,
): Promise<Exemplar> {
  const { version, rubric } = await reviewedVersion(ports, actor.district, input.achievementVersion);
  if (version.state !== 'published') {
    throw ruleViolated(
      '/achievementVersion',
      `is ${version.state}; exemplars are added to the published version`,
    );
  }
  const expertsWanted = input.expertsWanted ?? fewestExperts;
  if (expertsWanted < fewestExperts) {
    throw ruleViolated(
      '/expertsWanted',
      `must be at least ${fewestExperts}: a key rests on that many blind ratings`,
    );
  }
  const rationale = input.rationale ?? {};
  if (input.title.trim() === '') throw ruleViolated('/title', 'must not be empty');
  throwFaults([...itemFaults(input.items), ...rationaleFaults(rubric, input.items, rationale, '/rationale')]);
  const now = ports.clock.now();
  const id = newId(ports.randomness, 'exm');
  const exemplar: Omit<Exemplar, 'version' | 'pendingEntries' | 'auditDue'> = {
    id,
    district: actor.district,
    achievementVersion: version.id,
    title: input.title.trim(),
    items: input.items,
    state: 'keying',
    pool: input.pool,
    expertsWanted,
    ratings: [],
    agreed: null,
    rationale,
    key: null,
    createdBy: actor.member,
    keyedBy: [],
    exposure: 0,
    createdAt: now,
  };
  const facts = { achievementVersion: version.id, pool: input.pool, expertsWanted };
  return ports.store.exemplars.insert(
    withAudit(exemplar, { actor, verb: 'created', collection: 'exemplars', facts }, now),
  );
}

function itemFaults(items: readonly ExemplarItem[]): FieldError[] {
  if (items.length === 0) return [{ pointer: '/items', detail: 'must hold at least one piece of evidence' }];
  return items.flatMap((item, index) =>
    items.findIndex((other) => other.id === item.id) === index
      ? []
      : [
          {
            pointer: `/items/${index}/id`,
            detail: `"${item.id}" names an earlier item; ids are unique in an exemplar`,
          },
        ],
  );
}
