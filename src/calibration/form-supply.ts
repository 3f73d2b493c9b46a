import { update, type ExemplarId, type MemberId } from '../kernel/index.js';
import { withAudit } from '../audit/index.js';
import type { QualificationAttempt } from './certification.js';
import { tookPart, type Exemplar } from './exemplar.js';
import { shuffled } from './seeded-draw.js';
import type { CalibrationPorts } from './store.js';

/**
 * The keyed exemplars of a pool that this member can be measured on: has neither keyed them or an earlier copy, nor met
 * the work in practice, on a form, as a seed, or as its author or reviewer.
 */
export async function freshExemplars(
  ports: Pick<CalibrationPorts, 'store' | 'readersOf'>,
  whose: {
    readonly district: string;
    readonly member: MemberId;
    readonly version: string;
    readonly pool: 'qualifying' | 'seed';
  },
): Promise<readonly Exemplar[]> {
  const { district, member, version } = whose;
  const [pool, attempts, servings] = await Promise.all([
    ports.store.pool(district, version, whose.pool, 'keyed'),
    ports.store.attemptsOf(district, member, version),
    ports.store.servingsOf(district, member),
  ]);
  const served = new Set<string>(servings.map(({ origin }) => origin));
  // The form is served as soon as the attempt is on record, also where its servings are yet to be kept.
  const onForm = new Set<string>(attempts.flatMap(({ form }) => form));
  const fresh: Exemplar[] = [];
  for (const exemplar of pool) {
    const met = served.has(exemplar.origin) || onForm.has(exemplar.id);
    if (met || tookPart(exemplar, member) || exemplar.knownTo.includes(member)) continue;
    const { sourceSubmission } = exemplar;
    const readers = sourceSubmission === null ? [] : await ports.readersOf(district, sourceSubmission);
    if (!readers.includes(member)) fresh.push(exemplar);
  }
  return fresh;
}

/**
 * So many more exemplars for an open attempt: of its reserve in its order, then of what else the pool holds by now, in an
 * order that follows from the attempt's seed. Fewer where there are no more.
 */
export async function moreForForm(
  ports: Pick<CalibrationPorts, 'store' | 'readersOf'>,
  attempt: QualificationAttempt,
  count: number,
): Promise<readonly ExemplarId[]> {
  const fresh = await freshExemplars(ports, {
    ...{ district: attempt.district, member: attempt.reviewer },
    ...{ version: attempt.achievementVersion, pool: 'qualifying' },
  });
  const ids = fresh.map(({ id }) => id).filter((id) => !attempt.form.includes(id));
  const reserve = attempt.reserve.filter((id) => ids.includes(id));
  const others = ids.filter((id) => !attempt.reserve.includes(id)).sort();
  return [...reserve, ...shuffled(`${attempt.seed}/more/${attempt.form.length}`, others)].slice(0, count);
}

/**
 * Puts another exemplar in the place of one that may not be shown any more (retired, or met otherwise) and that the
 * reviewer has not rated yet. Where there is none the attempt becomes void: it stays on record and counts as none.
 */
export async function replaceInForm(
  ports: Pick<CalibrationPorts, 'store' | 'readersOf' | 'clock'>,
  { district, id }: QualificationAttempt,
  exemplar: ExemplarId,
): Promise<QualificationAttempt> {
  const now = ports.clock.now();
  return update(
    ports.store.attempts,
    district,
    id,
    async (attempt) => {
      const at = attempt.form.indexOf(exemplar);
      if (attempt.state !== 'open' || at < attempt.responses.length) return undefined;
      const [other] = await moreForForm(ports, attempt, 1);
      const reserve = attempt.reserve.filter((one) => one !== exemplar && one !== other);
      const entry = { actor: { kind: 'service', district: attempt.district }, verb: 'replaced' } as const;
      const facts = { exemplar, by: other ?? null };
      const changed: QualificationAttempt =
        other === undefined
          ? { ...attempt, state: 'void', endedAt: now, effectDue: null }
          : { ...attempt, form: attempt.form.with(at, other), reserve, effectDue: now };
      return withAudit(changed, { ...entry, collection: 'qualification_attempts', facts }, now);
    },
    'qualification attempt',
  );
}
