import { withAudit } from '../../audit/index.js';
import { newId, ruleViolated, update, type Actor } from '../../kernel/index.js';
import type { IssuingPorts } from '../store.js';
import { endorsementById } from './endorsement-by-id.js';
import { endorsedThing, type EndorsedThing } from './endorsed-thing.js';
import { endorsementStanding, type Endorsement, type IncludedEndorsement } from './endorsement.js';

/**
 * Has the district's credentials carry an endorsement of a thing of its own, in place of the one that they carried:
 * those that are issued from then on, corrections too. Whoever endorses, the endorsed district decides what its
 * credentials say.
 * @throws rule-violated at /endorsement when it is none of ours, is not active, or is about another's thing.
 */
export async function includeEndorsement(
  ports: IssuingPorts,
  actor: Actor,
  input: { readonly endorsement: string },
): Promise<IncludedEndorsement> {
  const endorsement = await endorsementById(ports, input.endorsement);
  if (endorsement?.state !== 'active')
    throw ruleViolated('/endorsement', 'must be the address of an active endorsement of this service');
  const thing = await endorsedThing(ports, endorsement.about);
  if (thing.district !== actor.district)
    throw ruleViolated('/endorsement', 'is about something of another district');
  const before = await ports.store.includedEndorsements.find(actor.district, 'carriedFor', [thing.id]);
  if (before?.endorsement === endorsement.credentialId) return before;
  if (before !== undefined) {
    // In one write: at no moment is neither carried.
    const replaced = await replace(ports, actor, before.id, endorsement);
    if (replaced.endorsement === endorsement.credentialId) return replaced;
  }
  return keep(ports, actor, endorsement, thing);
}

/** A district's own endorsement of a thing of its own is carried at once, unless the thing carries another that holds. */
export async function includeOwnEndorsement(
  ports: IssuingPorts,
  actor: Actor,
  endorsement: Endorsement,
  thing: EndorsedThing,
): Promise<void> {
  if (thing.district !== endorsement.district) return;
  const before = await ports.store.includedEndorsements.find(actor.district, 'carriedFor', [thing.id]);
  if (before === undefined) {
    await keep(ports, actor, endorsement, thing);
    return;
  }
  const carried = await endorsementById(ports, before.endorsement);
  if (carried !== undefined && endorsementStanding(carried, ports.clock.now()) === 'active') return;
  const replaced = await replace(ports, actor, before.id, endorsement);
  if (replaced.carriedFor === null) await keep(ports, actor, endorsement, thing);
}

/** Carries this one in place of the one before; left as it is when that was excluded meanwhile. */
function replace(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
  endorsement: Endorsement,
): Promise<IncludedEndorsement> {
  return update(
    ports.store.includedEndorsements,
    actor.district,
    id,
    (kept) => {
      if (kept.carriedFor === null) return undefined;
      const facts = {
        about: kept.about,
        endorsement: endorsement.credentialId,
        insteadOf: kept.endorsement,
      };
      const entry = { actor, verb: 'endorsement-included', collection: 'included_endorsements', facts };
      const now = ports.clock.now();
      return withAudit({ ...kept, endorsement: endorsement.credentialId, createdAt: now }, entry, now);
    },
    'included endorsement',
  );
}

async function keep(
  ports: IssuingPorts,
  actor: Actor,
  endorsement: Endorsement,
  thing: EndorsedThing,
): Promise<IncludedEndorsement> {
  const now = ports.clock.now();
  const included: Omit<IncludedEndorsement, 'version'> = {
    id: newId(ports.randomness, 'edi'),
    district: actor.district,
    about: thing.id,
    kind: thing.kind,
    endorsement: endorsement.credentialId,
    carriedFor: thing.id,
    createdAt: now,
    pendingEntries: [],
    auditDue: null,
  };
  const facts = { about: thing.id, endorsement: endorsement.credentialId };
  const entry = { actor, verb: 'endorsement-included', collection: 'included_endorsements', facts };
  return ports.store.includedEndorsements.insert(withAudit(included, entry, now));
}

/**
 * Credentials issued from then on carry this endorsement no more.
 * @throws not-found
 */
export async function excludeEndorsement(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
): Promise<IncludedEndorsement> {
  return update(
    ports.store.includedEndorsements,
    actor.district,
    id,
    (kept) => {
      if (kept.carriedFor === null) return undefined;
      const facts = { about: kept.about, endorsement: kept.endorsement };
      const entry = { actor, verb: 'endorsement-excluded', collection: 'included_endorsements', facts };
      return withAudit({ ...kept, carriedFor: null }, entry, ports.clock.now());
    },
    'included endorsement',
  );
}
