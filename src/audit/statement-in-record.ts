import { AppError } from '../kernel/index.js';
import type { AuditEntry } from './audit-entry.js';
import type { RecordedState } from './recorded-state.js';
import type { RecordVerdict } from './verify-record.js';

/** What a review quality statement says that a record can be asked for. */
export interface StatementToVerify {
  readonly file: string;
  /** The slug at the end of the address of the heads. */
  readonly district: string;
  /** The id of the decision's entry. */
  readonly entry: string;
  /** The newest signed head when it was decided; undefined when there was none. */
  readonly head: { readonly seq: number; readonly hash: string; readonly time: string } | undefined;
  /** How many independent reviews it says, adjudicated or not, of which version of the rubric, and decided when. */
  readonly says: {
    readonly reviews: number;
    readonly adjudicated: boolean;
    readonly rubricVersion: number;
    readonly decidedAt: string;
  };
}

/**
 * One review quality statement: `agrees`, the record holds its decision and says the same; `differs`, it says otherwise;
 * `not-found`, it holds no such entry; `other-district`; `not-judged`, the record is bad before an entry was found.
 */
export interface StatementVerdict {
  readonly file: string;
  readonly entry: string;
  /** The number of the decision's entry; null when it was not found. */
  readonly seq: number | null;
  readonly standing: 'agrees' | 'differs' | 'not-found' | 'other-district' | 'not-judged';
  readonly detail: string;
}

/**
 * Reads a review quality statement as it is served (`/d/{district}/quality/….json`).
 * @throws invalid-request naming the file, and what is expected
 */
export function readStatement({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): StatementToVerify {
  const refuse = (why: string) =>
    new AppError(
      'invalid-request',
      `The file ${name} ${why}. Give the JSON of a review quality statement, as the credential pins it (its address ends in .json).`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(`is no JSON: ${(cause as Error).message}`);
  }
  const of = members(value);
  if (of['type'] !== 'ReviewQualityStatement') throw refuse('is no review quality statement');
  const [record, award, pool] = [members(of['auditRecord']), members(of['thisAward']), members(of['pool'])];
  const district = /\/\.well-known\/audit\/([^/]+)$/.exec(String(record['heads']))?.[1];
  const { entry } = record;
  if (district === undefined || typeof entry !== 'string')
    throw refuse('names no entry of an audit record (auditRecord with heads and entry)');
  const { seq, hash, time } = members(record['headBefore']);
  const named = typeof seq === 'string' && typeof hash === 'string' && typeof time === 'string';
  return {
    ...{ file: name, district, entry },
    head: named ? { seq: Number(seq), hash, time } : undefined,
    says: {
      reviews: Number(award['independentReviews']),
      adjudicated: award['adjudicated'] === true,
      rubricVersion: Number(of['rubricVersion']),
      decidedAt: String((pool['window'] as readonly unknown[] | undefined)?.[1]),
    },
  };
}

/** What is remembered of a record while it is read, to hold statements against it. */
export interface StatementWitness {
  readonly each: (entry: AuditEntry, seq: number) => void;
  readonly judge: (
    statement: StatementToVerify,
    record: RecordVerdict,
    slug: string | undefined,
  ) => StatementVerdict;
}

/** Remembers of a record what these statements speak of: their decisions, and sign-offs, certifications and versions. */
export function statementWitness(statements: readonly StatementToVerify[]): StatementWitness {
  const wanted = new Set(statements.map(({ entry }) => entry));
  const decisions = new Map<string, { readonly seq: number; readonly entry: AuditEntry }>();
  const states = new Map<string, RecordedState>();
  return {
    each(entry, seq) {
      if (wanted.size === 0) return;
      if (wanted.has(entry.id)) decisions.set(entry.id, { seq, entry });
      const { collection, id } = entry.subject;
      if (['ratings', 'certifications', 'achievement_versions'].includes(collection))
        states.set(`${collection}/${id}`, entry.state);
    },
    judge(statement, record, slug) {
      const { file, entry } = statement;
      const found = decisions.get(entry);
      const verdict = (standing: StatementVerdict['standing'], detail: string) => ({
        ...{ file, entry, seq: found?.seq ?? null, standing, detail },
      });
      if (slug !== undefined && slug !== statement.district)
        return verdict(
          'other-district',
          `it is of the district ${statement.district}, and the record of ${slug}: they do not belong together`,
        );
      if (found === undefined)
        return record.ok
          ? verdict(
              'not-found',
              `the record has no entry ${entry}: it was cut off or rewritten, or exported before the decision was recorded; export it anew`,
            )
          : verdict('not-judged', 'the record is bad before the entry of its decision was found');
      const other = contradictions(statement, found.entry, states);
      if (other.length > 0) return verdict('differs', other.join('; '));
      const covered =
        found.seq <= record.proven
          ? 'and a signed head proves it'
          : 'and no head that was given proves it: give one that was signed later';
      return verdict('agrees', `its decision is entry ${found.seq} of the record, as it says, ${covered}`);
    },
  };
}

/** In what the record says otherwise than the statement. */
function contradictions(
  { says }: StatementToVerify,
  { subject, state }: AuditEntry,
  states: ReadonlyMap<string, RecordedState>,
): readonly string[] {
  if (subject.collection !== 'decisions') return ['the entry that it names is about no decision'];
  const { achievementVersion } = state;
  const version = states.get(`achievement_versions/${String(achievementVersion)}`);
  const pairs = [
    ['independent reviews', says.reviews, state['reviews']],
    ['adjudicated', says.adjudicated, state['adjudicated']],
    ['the time of the decision', says.decidedAt, state['decidedAt']],
    ['the version of the rubric', says.rubricVersion, version?.['number']],
  ] as const;
  const other = pairs.flatMap(([what, said, recorded]) =>
    said === recorded ? [] : [`${what}: it says ${String(said)}, and the record ${String(recorded)}`],
  );
  const ratings = Array.isArray(state['ratings']) ? (state['ratings'] as readonly unknown[]) : [];
  const signedOff = ratings.map((id) => states.get(`ratings/${String(id)}`));
  const certified = signedOff.filter((rating) => {
    const held = states.get(`certifications/${String(rating?.['certification'])}`);
    return (
      rating !== undefined &&
      held?.['reviewer'] === rating['reviewer'] &&
      held?.['achievementVersion'] === achievementVersion
    );
  });
  if (new Set(certified.map((rating) => rating?.['reviewer'])).size < ratings.length)
    other.push(
      `the decision rests on ${ratings.length} ratings, and the record does not hold each of them, by somebody else each and under a certification for this version`,
    );
  return other;
}

function members(value: unknown): { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [member: string]: unknown }) : {};
}
