import type { AuditEntry } from './audit-entry.js';
import { jcs } from './canonical.js';
import type { ChainLink } from './chain.js';

/** One entry of a record, as it is exported and verified. */
export interface RecordLine {
  readonly seq: number;
  /** The entry as JCS (RFC 8785): the exact text that is hashed. */
  readonly entry: string;
  readonly hash: string;
}

/** A line of a file that is no entry, and why. */
export interface BadLine {
  readonly fault: string;
}

/** The line of a link in an export: `{ entry, hash, seq }` in JCS, without its line feed. */
export function lineOf({ seq, entry, hash }: Pick<ChainLink, 'seq' | 'entry' | 'hash'>): string {
  // JCS sorts members, and the entry is JCS already.
  return `{"entry":${entry},"hash":${JSON.stringify(hash)},"seq":${seq}}`;
}

/**
 * Reads a line back. Only the one form that `lineOf` writes is taken, byte for byte, so that nothing in it can be changed
 * without being seen, spaces neither.
 */
export function readLine(text: string): RecordLine | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'the line is no JSON: it was changed' };
  }
  const { seq, hash, entry, ...rest } = (value ?? {}) as { readonly [member: string]: unknown };
  const shaped =
    typeof seq === 'number' && Number.isSafeInteger(seq) && typeof hash === 'string' && isObject(entry);
  if (!shaped || Object.keys(rest).length > 0)
    return { fault: 'the line is not of the form {"entry":{…},"hash":"…","seq":…}' };
  const canonical = jcs(entry);
  if (lineOf({ seq, hash, entry: canonical }) !== text)
    return { fault: 'the line is not written as an export writes it (RFC 8785): it was changed' };
  return { seq, hash, entry: canonical };
}

/** The lines of an exported file, from its bytes in pieces. The last one must end with a line feed, too. */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<RecordLine | BadLine> {
  let rest: Uint8Array[] = [];
  for await (const piece of pieces) {
    let at = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, at)) {
      yield decoded(Buffer.concat([...rest, piece.subarray(at, end)]));
      rest = [];
      at = end + 1;
    }
    if (at < piece.length) rest.push(piece.subarray(at));
  }
  if (rest.length > 0) yield { fault: 'the file ends in the middle of a line' };
}

const lineFeed = 0x0a;

function decoded(bytes: Uint8Array): RecordLine | BadLine {
  // An export is ASCII: whatever else stands in a line was put in.
  return bytes.some((byte) => byte > 0x7e)
    ? { fault: 'the line holds bytes that no export writes' }
    : readLine(Buffer.from(bytes).toString('latin1'));
}

/** The entry of a line, when it has the form of one that this code knows; else why not. */
export function readEntry({ entry }: Pick<RecordLine, 'entry'>): AuditEntry | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(entry);
  } catch {
    return { fault: 'the entry is no JSON: it was changed' };
  }
  const one = value as Partial<AuditEntry> | null;
  if (isObject(one) && one['v'] !== undefined && one['v'] !== 1)
    return { fault: `the entry has version ${String(one['v'])}, which this program does not know` };
  const subject = isObject(one) ? (one['subject'] as Partial<AuditEntry['subject']> | undefined) : undefined;
  const whole =
    isObject(one) &&
    [one['id'], one['district'], one['at'], one['actor'], one['verb']].every(isText) &&
    isObject(subject) &&
    isText(subject['collection']) &&
    isText(subject['id']) &&
    typeof subject['version'] === 'number' &&
    isObject(one['state']);
  return whole ? (value as AuditEntry) : { fault: 'the entry lacks what an entry has' };
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
