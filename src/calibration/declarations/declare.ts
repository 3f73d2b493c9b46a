import { withAudit } from '../../audit/index.js';
import {
  AppError,
  newId,
  randomToken,
  type Actor,
  type DeclarationId,
  type FieldError,
  type MemberId,
} from '../../kernel/index.js';
import { plusMonths } from '../certification.js';
import { throwFaults } from '../levels.js';
import { policyAt } from '../policy/index.js';
import type { CalibrationPorts } from '../store.js';
import { codeInForce } from './code-of-conduct.js';
import type { CodeSignature, ConflictDeclaration, Declaration, DeclaredConflict } from './declaration.js';
import { firstConflictDue } from './settle-declaration.js';

type Self = Actor & { readonly member: MemberId };
type Ports = Pick<CalibrationPorts, 'store' | 'clock' | 'randomness' | 'tenancy'>;

/**
 * Signs the code of conduct, in the reviewer's own person. Signed again it is the signature there is.
 * @param input the version that was read, and the hex SHA-256 of its text.
 * @throws precondition-failed when that is not the text in force: it is to be read first.
 */
export async function signCodeOfConduct(
  ports: Ports,
  actor: Self,
  input: { readonly number: number; readonly digest: string },
): Promise<CodeSignature> {
  const code = await codeInForce(ports, actor.district);
  if (code.number !== input.number || code.digest !== input.digest)
    throw new AppError(
      'precondition-failed',
      'The code of conduct in force is another than the one that you read. Read it again, and sign that.',
    );
  const { number, digest } = code;
  return keep<CodeSignature>(ports, actor, (base, earlier) => {
    const newest = earlier.filter((one) => one.about === 'code-of-conduct').at(-1);
    if (newest?.code.number === number && newest.code.digest === digest) return newest;
    const none = { conflicts: null, salt: null, until: null, effectDue: null } as const;
    return { ...base, about: 'code-of-conduct', code: { number, digest }, ...none };
  });
}

/**
 * Declares every conflict of interest that the reviewer knows of, or that there is none, in the reviewer's own person. It
 * takes the place of the declaration before, and holds for the policy's months from now.
 * @throws rule-violated naming each entry that is wrong.
 */
export async function declareConflicts(
  ports: Ports,
  actor: Self,
  input: { readonly conflicts: readonly DeclaredConflict[] },
): Promise<ConflictDeclaration> {
  const conflicts = input.conflicts.map(tidied);
  throwFaults(conflictFaults(conflicts, ports.clock.now().slice(0, 10)));
  const { review } = await policyAt(ports, actor.district);
  const district = await ports.tenancy.store.district(actor.district);
  return keep<ConflictDeclaration>(ports, actor, (base) => {
    const until = plusMonths(base.at, review.declarationMonths);
    return {
      ...base,
      ...{ about: 'conflicts', code: null, conflicts, until },
      salt: randomToken(ports.randomness, 16),
      effectDue: firstConflictDue({ at: base.at, until }, district?.timeZone ?? 'UTC'),
    };
  });
}

type Unsigned<D extends Declaration> = Omit<D, 'version' | 'pendingEntries' | 'auditDue'>;
type Base = Pick<Declaration, 'id' | 'district' | 'member' | 'n' | 'at'>;

/** Keeps the next declaration of the member: of two made at once, one follows the other. */
async function keep<D extends Declaration>(
  ports: Ports,
  actor: Self,
  made: (base: Base, earlier: readonly Declaration[]) => Unsigned<D> | D,
): Promise<D> {
  const { district, member } = actor;
  for (let attempt = 0; ; attempt += 1) {
    const earlier = await ports.store.declarationsOf(district, member);
    const now = ports.clock.now();
    const id: DeclarationId = newId(ports.randomness, 'dcl');
    const next = made({ id, district, member, n: (earlier.at(-1)?.n ?? 0) + 1, at: now }, earlier);
    if ('version' in next) return next;
    const { about, n } = next;
    // Who and what kind alone: whom somebody is tied to is nobody's but for those who need it.
    const entry = { actor, verb: 'declared', collection: 'declarations', facts: { about, n } } as const;
    try {
      const kept: Declaration = await ports.store.declarations.insert(
        withAudit(next as Unsigned<Declaration>, entry, now) as never,
      );
      return kept as D;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists') || attempt >= 5) throw error;
    }
  }
}

function tidied(conflict: DeclaredConflict): DeclaredConflict {
  const name = conflict.name.normalize('NFC').trim();
  return { ...conflict, name: conflict.with === 'person' ? name.toLowerCase() : name };
}

function conflictFaults(conflicts: readonly DeclaredConflict[], today: string): readonly FieldError[] {
  return conflicts.flatMap((conflict, index) => {
    const at = `/conflicts/${index}`;
    const faults: FieldError[] = [];
    if (conflict.with === 'person' && !/^[^\s@]+@[^\s@]+$/.test(conflict.name))
      faults.push({ pointer: `${at}/name`, detail: 'must be the e-mail address of one person' });
    if (conflict.with === 'school' && (conflict.name === '' || conflict.name.includes('@')))
      faults.push({ pointer: `${at}/name`, detail: 'must be the name of a school' });
    for (const name of ['from', 'until'] as const)
      if (conflict[name] !== null && !isDay(conflict[name]))
        faults.push({
          pointer: `${at}/${name}`,
          detail: 'must be a day of the calendar, such as 2026-11-20',
        });
    const [from, until] = [dayOrNull(conflict.from), dayOrNull(conflict.until)];
    if (from !== null && from > today)
      faults.push({ pointer: `${at}/from`, detail: 'must not be in the future: declare it when it begins' });
    if (from !== null && until !== null && until < from)
      faults.push({ pointer: `${at}/until`, detail: 'must not be before its first day' });
    return faults;
  });
}

function dayOrNull(text: string | null): string | null {
  return text !== null && isDay(text) ? text : null;
}

function isDay(text: string): boolean {
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(millis) && new Date(millis).toISOString().slice(0, 10) === text;
}
