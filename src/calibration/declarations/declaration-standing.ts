import { plusDays, type Instant } from '../../kernel/index.js';
import { policyAt, type ReviewPolicy } from '../policy/index.js';
import type { CalibrationPorts } from '../store.js';
import { codesOf, type CodeOfConduct } from './code-of-conduct.js';
import type { Declaration, DeclarationKind, DeclaredConflict } from './declaration.js';

/** How one of the two declarations stands. */
export interface PartStanding {
  /** `to-renew`: it holds, and there is a newer text to sign until the day. */
  readonly state: 'missing' | 'in-force' | 'to-renew' | 'lapsed';
  /** Of the newest that was made; null when none was. */
  readonly at: Instant | null;
  /** Until when it holds, or held; null where no end is known. */
  readonly until: Instant | null;
}

/** How a member's declarations stand at a moment. */
export interface DeclarationStanding {
  readonly code: PartStanding & {
    /** Number of the text that was signed last. */ readonly number: number | null;
  };
  readonly conflicts: PartStanding;
  /** Whether both hold: without it nothing is drawn for the member, and nothing signed off. */
  readonly inForce: boolean;
  /** What is to be signed now for that. */
  readonly missing: readonly DeclarationKind[];
  /** What counts against the member as a conflict of interest: also while the declaration has lapsed. */
  readonly counted: readonly DeclaredConflict[];
}

/**
 * How declarations stand, from what is on record.
 * - The signature of an older text holds for the policy's days of grace after the first text that was not signed.
 * - Conflicts are those of the newest declaration. What a later one leaves out counts as ended on the day of the later
 *   one, so that nobody becomes free of a conflict by not repeating it (calibration.md, section 4: three years back).
 * @param codes every version, the newest first; declarations: one member's, in the order made.
 */
export function declarationStanding(
  on: {
    readonly codes: readonly CodeOfConduct[];
    readonly declarations: readonly Declaration[];
    readonly policy: Pick<ReviewPolicy, 'conductGraceDays'>;
  },
  now: Instant,
): DeclarationStanding {
  const declarations = on.declarations.filter(({ at }) => at <= now);
  const code = codeStanding(on, declarations, now);
  const newest = declarations.filter((one) => one.about === 'conflicts').at(-1);
  const conflicts: PartStanding =
    newest === undefined
      ? { state: 'missing', at: null, until: null }
      : { state: now < newest.until ? 'in-force' : 'lapsed', at: newest.at, until: newest.until };
  const holds = ({ state }: PartStanding) => state === 'in-force' || state === 'to-renew';
  const missing: DeclarationKind[] = [
    ...(holds(code) ? [] : (['code-of-conduct'] as const)),
    ...(holds(conflicts) ? [] : (['conflicts'] as const)),
  ];
  return { code, conflicts, inForce: missing.length === 0, missing, counted: countedConflicts(declarations) };
}

function codeStanding(
  { codes, policy }: Parameters<typeof declarationStanding>[0],
  declarations: readonly Declaration[],
  now: Instant,
): DeclarationStanding['code'] {
  const signed = declarations.filter((one) => one.about === 'code-of-conduct').at(-1);
  if (signed === undefined) return { state: 'missing', at: null, until: null, number: null };
  const facts = { at: signed.at, number: signed.code.number };
  // The oldest of the texts that came after the one that was signed.
  const next = codes
    .filter(({ number, from }) => number > signed.code.number && from !== null && from <= now)
    .at(-1);
  if (next?.from == null) return { ...facts, state: 'in-force', until: null };
  const until = plusDays(next.from, policy.conductGraceDays);
  return { ...facts, state: now < until ? 'to-renew' : 'lapsed', until };
}

/** What was declared and not forgotten; what the newest declaration leaves out as ended with its day. */
function countedConflicts(declarations: readonly Declaration[]): readonly DeclaredConflict[] {
  const counted = new Map<string, DeclaredConflict>();
  for (const { conflicts, at } of declarations) {
    if (conflicts === null) continue;
    const day = at.slice(0, 10);
    const repeated = new Set(conflicts.map(tie));
    for (const [key, earlier] of counted)
      if (!repeated.has(key) && (earlier.until === null || earlier.until > day))
        counted.set(key, { ...earlier, until: day });
    for (const conflict of conflicts) counted.set(tie(conflict), conflict);
  }
  return [...counted.values()];
}

/** What makes two entries the same tie. */
function tie({ kind, with: what, name }: DeclaredConflict): string {
  return `${kind} ${what} ${name}`;
}

/**
 * How the declarations of members of a district stand at this moment: what all have in common is read once.
 * @returns asks for one member.
 */
export async function declarationStandingsIn(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  district: string,
): Promise<(member: string) => Promise<DeclarationStanding>> {
  const now = ports.clock.now();
  const [codes, { review: policy }] = await Promise.all([
    codesOf(ports, district),
    policyAt(ports, district, now),
  ]);
  return async (member) =>
    declarationStanding(
      { codes, policy, declarations: await ports.store.declarationsOf(district, member) },
      now,
    );
}

/** How one member's declarations stand at this moment. */
export async function declarationStandingOf(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  district: string,
  member: string,
): Promise<DeclarationStanding> {
  return (await declarationStandingsIn(ports, district))(member);
}
