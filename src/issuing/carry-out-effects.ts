import type { Effect } from '../jobs/index.js';
import type { Holding } from '../pathways/index.js';
import type { Decision } from '../review/index.js';
import type { Award } from './award.js';
import { settleKeyCompromise, type KeyCompromise } from './compromise/index.js';
import { settleEndorsement, type Endorsement } from './endorsements/index.js';
import { settleAward } from './settle-award.js';
import { settleDecision } from './settle-decision.js';
import { settleMilestones } from './settle-milestones.js';
import type { IssuingPorts } from './store.js';

/**
 * Everything due that makes or changes a credential, for the jobs: withdrawn keys (sign anew), decisions (award, or
 * withdraw), awards (finish what a crash left, bits, holdings, dependents), holdings (milestones), endorsements (bits). In this order one pass mostly does all.
 */
export function issuingEffects(ports: IssuingPorts): readonly Effect[] {
  const decisions: Effect<Decision> = {
    name: 'decisions',
    sweep: (before, limit) => ports.review.store.decisions.sweep('effectDue', { before, limit }),
    settle: async (decision) => void (await settleDecision(ports, decision)),
  };
  const awards: Effect<Award> = {
    name: 'awards',
    sweep: (before, limit) => ports.store.awards.sweep('effectDue', { before, limit }),
    settle: async (award) => void (await settleAward(ports, award.district, award.id)),
  };
  const holdings: Effect<Holding> = {
    name: 'holdings',
    sweep: (before, limit) => ports.pathways.store.holdings.sweep('effectDue', { before, limit }),
    settle: (holding) => settleMilestones(ports, holding),
  };
  const compromises: Effect<KeyCompromise> = {
    name: 'key compromises',
    sweep: (before, limit) => ports.store.compromises.sweep('effectDue', { before, limit }),
    settle: (compromise) => settleKeyCompromise(ports, compromise),
  };
  const endorsements: Effect<Endorsement> = {
    name: 'endorsements',
    sweep: (before, limit) => ports.store.endorsements.sweep('effectDue', { before, limit }),
    settle: async (endorsement) => void (await settleEndorsement(ports, endorsement)),
  };
  return [
    compromises as Effect,
    decisions as Effect,
    awards as Effect,
    holdings as Effect,
    endorsements as Effect,
  ];
}
