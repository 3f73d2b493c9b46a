import { AppError } from '../kernel/index.js';
import { headIn, headType, jwsIn, type Head } from './head.js';
import { readEntry, readLines } from './record-lines.js';
import { lostIn, restoredIn, sayLost, type Restored } from './restored.js';
import { readStatement, statementWitness, type StatementVerdict } from './statement-in-record.js';
import { verifyRecord, type RecordVerdict } from './verify-record.js';

/** A file that was given, by the name that it was given with. */
export interface GivenFile {
  readonly name: string;
  readonly text: string;
}

/** What a verification of an exported record is made from: nothing of it comes from the service. */
export interface ExportToVerify {
  readonly name: string;
  /** The file's bytes from the start; called twice. */
  readonly record: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Files in which heads were saved. */
  readonly heads: readonly GivenFile[];
  /** Files of review quality statements to hold against the record; none when left out. */
  readonly statements?: readonly GivenFile[];
  /** The district's audit keys as a JWK Set; left out, the keys that the record itself names. */
  readonly jwks?: GivenFile;
  /** What a compact JWS says when one of these keys signed it, else why not. */
  readonly openJws: (input: {
    readonly jws: string;
    readonly keys: readonly object[];
    readonly typ: string;
  }) => Promise<
    { readonly ok: true; readonly payload: object } | { readonly ok: false; readonly reason: string }
  >;
}

/**
 * One saved head: `holds`, its signature is good and the record was held against it; `not-signed`, no key of the district
 * signed it; `no-key`, none of the keys at hand is the one that it names, so that the record was held against it but is not
 * proven by it; `lost`, it speaks of what was lost before a restore that the record names; `other-district`.
 */
export interface HeadVerdict {
  readonly file: string;
  readonly seq: number;
  readonly time: string;
  readonly standing: 'holds' | 'not-signed' | 'no-key' | 'lost' | 'other-district';
  readonly detail: string;
}

/** What was found of an exported record. */
export interface ExportVerdict {
  /** `bad`: something is wrong. `not-judged`: nothing wrong was found, but a head that was given could not be used. */
  readonly outcome: 'good' | 'bad' | 'not-judged';
  readonly record: RecordVerdict;
  readonly heads: readonly HeadVerdict[];
  readonly statements: readonly StatementVerdict[];
  /** Each restore from a backup that the record names. */
  readonly restores: readonly Restored[];
  /** Where the keys are from: given apart, or named by the record itself, which proves less. */
  readonly keys: 'given' | 'of-the-record';
}

/**
 * Verifies an exported record offline, by heads that were saved and the district's audit keys.
 * @throws invalid-request naming the file, what is wrong with it and what is expected, when it is no record at all, holds
 *   no head, is no JWK Set of public keys, or no review quality statement
 */
export async function verifyExport(given: ExportToVerify): Promise<ExportVerdict> {
  const about = await aboutRecord(given);
  const keys = given.jwks === undefined ? about.keys : keysIn(given.jwks);
  const opened = await Promise.all(
    given.heads.flatMap((file) => jwssIn(file).map((jws) => open(given, file.name, jws, about, keys))),
  );
  const known = opened.flatMap(({ head, verdict }) =>
    verdict.standing === 'holds'
      ? [head]
      : verdict.standing === 'no-key'
        ? [{ ...head, proves: false as const }]
        : [],
  );
  const said = (given.statements ?? []).map(readStatement);
  const witness = statementWitness(said);
  // The head that a statement names is not signed there: what contradicts it is a fault, but it proves nothing.
  const named = said.flatMap(({ district, head }) =>
    head === undefined ||
    lostIn(about.restores, head) !== undefined ||
    (about.slug !== undefined && district !== about.slug)
      ? []
      : [{ ...head, proves: false as const }],
  );
  const record = await verifyRecord(readLines(given.record()), [...known, ...named], witness.each);
  const statements = said.map((one) => witness.judge(one, record, about.slug));
  const heads = opened.map(({ verdict }) => verdict);
  const bad =
    !record.ok ||
    heads.some(({ standing }) => standing === 'not-signed') ||
    statements.some(({ standing }) => standing === 'differs' || standing === 'not-found');
  const unused =
    heads.some(({ standing }) => standing !== 'holds' && standing !== 'lost') ||
    statements.some(({ standing }) => standing !== 'agrees');
  return {
    outcome: bad ? 'bad' : unused ? 'not-judged' : 'good',
    record,
    heads,
    statements,
    restores: about.restores,
    keys: given.jwks === undefined ? 'of-the-record' : 'given',
  };
}

interface About {
  /** The district's slug, when the first entry is about the district. */
  readonly slug: string | undefined;
  readonly keys: readonly object[];
  readonly restores: readonly Restored[];
}

/** Reads of a record whose it is, which audit keys and which restores it names, before anything in it is verified. */
async function aboutRecord({ name, record, heads }: ExportToVerify): Promise<About> {
  let slug: string | undefined;
  const keys = new Map<string, object | undefined>();
  const restores: Restored[] = [];
  let read = 0;
  let other: string | undefined;
  for await (const line of readLines(record())) {
    const entry = 'fault' in line ? line : readEntry(line);
    if ('fault' in entry) {
      other ??= entry.fault;
      continue;
    }
    read += 1;
    const { collection } = entry.subject;
    if (collection === 'districts' && typeof entry.state['slug'] === 'string') slug ??= entry.state['slug'];
    if (collection === 'issuer_keys' && entry.state['use'] === 'audit')
      keys.set(entry.subject.id, keyOfState(entry.state));
    const restored = restoredIn(entry, read);
    if (restored !== undefined) restores.push(restored);
  }
  // An empty one is what is left when everything was cut off: a head tells.
  if (read === 0 && (other !== undefined || heads.length === 0))
    throw new AppError(
      'invalid-request',
      other === undefined
        ? `The file ${name} is empty: an exported record has a line for every entry, beginning with the district’s.`
        : `The file ${name} is no exported audit record: in its first line, ${other}. Make one with: touchstone audit export --district SLUG --out FILE.`,
    );
  return { slug, keys: [...keys.values()].filter((key) => key !== undefined), restores };
}

/** The key that an entry is about, by its name in place of `kid`; undefined when it was withdrawn. */
function keyOfState(state: { readonly [member: string]: unknown }): object | undefined {
  return state['state'] === 'compromised'
    ? undefined
    : { ...(state['publicJwk'] as object), kid: state['name'] };
}

async function open(
  { openJws, jwks }: ExportToVerify,
  file: string,
  jws: string,
  { slug, restores }: About,
  keys: readonly object[],
): Promise<{ readonly head: Head; readonly verdict: HeadVerdict }> {
  const [header, payload] = jws.split('.').map(decoded) as [unknown, unknown];
  const head = headIn(payload);
  if (head === undefined)
    throw new AppError(
      'invalid-request',
      `The file ${file} holds a JWS that is no head of an audit record: its payload must have district, seq, hash and time.`,
    );
  const { kid } = (header ?? {}) as { readonly kid?: unknown };
  const verdict = (standing: HeadVerdict['standing'], detail: string) => ({
    head,
    verdict: { file, seq: head.seq, time: head.time, standing, detail },
  });
  if (slug !== undefined && head.district !== slug)
    return verdict(
      'other-district',
      `it is of the district ${head.district}, and the record of ${slug}: they do not belong together`,
    );
  const named = keys.flatMap((key) => {
    const { kid: name } = key as { readonly kid?: unknown };
    // A key of the record has its bare name, the fragment of a head's `kid`.
    const same = kid === name || (jwks === undefined && String(kid).endsWith(`#${String(name)}`));
    return same ? [{ ...key, kid }] : [];
  });
  if (named.length === 0)
    return verdict(
      'no-key',
      jwks === undefined
        ? `the record names no key ${String(kid)} that is still trusted; give the district’s keys with --jwks`
        : `the file ${jwks.name} has no key ${String(kid)}`,
    );
  const verified = await openJws({ jws, keys: named, typ: headType });
  const restored = lostIn(restores, head);
  if (verified.ok && restored !== undefined) return verdict('lost', sayLost(restored, head));
  return verified.ok
    ? verdict('holds', `signed by ${String(kid)}`)
    : verdict('not-signed', `its signature is not good: ${verified.reason}`);
}

function decoded(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function jwssIn({ name, text }: GivenFile): readonly string[] {
  const found = jwsIn(text);
  if (found.length > 0) return found;
  throw new AppError(
    'invalid-request',
    `The file ${name} holds no signed head: it must be one compact JWS, the JSON of a published head ({"jws": …}), or a page of them ({"items": […]}).`,
  );
}

/** The public keys of a JWK Set (RFC 7517, section 5). */
function keysIn({ name, text }: GivenFile): readonly object[] {
  const refuse = (why: string) => new AppError('invalid-request', `The file ${name} ${why}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(`is no JSON: ${(cause as Error).message}`);
  }
  const keys = (value as { readonly keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'object' && key !== null))
    throw refuse('is no JWK Set (RFC 7517): it must be an object with a list "keys"');
  if (keys.length === 0) throw refuse('is a JWK Set without any key');
  if (keys.some((key) => 'd' in (key as object)))
    throw refuse('holds a private key. Give the public keys only, and take this file out of other hands');
  return keys as readonly object[];
}
