import { checkBlind, checkAttempts, checkConflicts, checkDeclared, checkDraws } from './check-people.js';
import {
  checkCertified,
  checkDiscrepancies,
  checkOnce,
  checkPointers,
  checkRule,
} from './check-decisions.js';
import { checkCarried } from './check-carried.js';
import { checkLookBack, checkOrder } from './check-drift.js';
import { checkRecord, checkUndefined } from './check-record.js';
import { checkSeeds } from './check-seeds.js';
import type { Check } from './view.js';

/** The fourteen invariants of review-quality.md, and one of resubmission, each with what holds a world against it. */
export const invariants: readonly {
  readonly number: number;
  readonly says: string;
  readonly check: Check;
}[] = [
  {
    number: 1,
    says: 'credentials rest on sign-offs of the certified, who had declared',
    check: async (view) => (await checkCertified(view)) + (await checkDeclared(view)),
  },
  { number: 2, says: 'nothing of another’s rating before the own commit', check: checkBlind },
  { number: 3, says: 'nothing that was said changes; the record folds into the state', check: checkRecord },
  { number: 4, says: 'no conflict of interest; different people', check: checkConflicts },
  { number: 5, says: 'the decision is the rule of the final levels', check: checkRule },
  { number: 6, says: 'no decision over a discrepancy', check: checkDiscrepancies },
  { number: 7, says: 'seeds and qualifying items stay apart', check: checkSeeds },
  { number: 8, says: 'levels of the version, pointers into the work', check: checkPointers },
  { number: 9, says: 'suspension for drift looks back; credentials stand', check: checkLookBack },
  { number: 10, says: 'statistics know no order', check: checkOrder },
  { number: 11, says: 'undefined stays undefined', check: checkUndefined },
  { number: 12, says: 'draws follow from their seed, among the eligible, evenly', check: checkDraws },
  { number: 13, says: 'attempts stay; one version each', check: checkAttempts },
  { number: 14, says: 'at once, and yet once; both kept', check: checkOnce },
  // Not one of the fourteen: what the design says of resubmission.
  {
    number: 15,
    says: 'what stands was met, on equal evidence, and others rate the rest',
    check: checkCarried,
  },
];
