import type { MemberId } from '../kernel/index.js';
import { ledgerOf, type CreditLedger } from './holding.js';
import { holdingsOf } from './holdings-of.js';
import type { PathwayPorts } from './store.js';

/** A member's credit ledger. */
export async function creditsOf(
  ports: PathwayPorts,
  district: string,
  member: MemberId,
): Promise<CreditLedger> {
  return ledgerOf(await holdingsOf(ports, district, member));
}
