import { inflatedLimit, inflaterOf, theOnly, type CarriedText } from './carried-text.js';
import { looksLikeCredential } from './looks-like-credential.js';

/** More attachments than a certificate has. */
const attachmentLimit = 64;

/**
 * Whether a file begins as a PDF does (ISO 32000-2, section 7.5.2). Some readers look for the mark further in; a file
 * that is also a text or an image would then be two things to two readers.
 */
export function isPdf(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString(
    'latin1',
  );
  return /^(?:\xEF\xBB\xBF)?\s*%PDF-/.test(start);
}

/**
 * The credential attached to a PDF: the one embedded file stream (ISO 32000-2, section 7.11.4) that holds a
 * credential. Streams are found by scanning for objects, which needs no cross-reference table: a stream is
 * never inside an object stream, and of an object that was written again the last one counts. Only plain and
 * FlateDecode streams are read, up to 2 MiB inflated in all; an encrypted file is not read.
 */
export function readPdf(bytes: Uint8Array): CarriedText {
  // latin1 keeps every byte as one character, so indexes in the text are indexes in the file.
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text))
    return { ok: false, kind: 'unreadable', reason: 'The PDF is encrypted.' };
  const attachments = embeddedStreams(text);
  if (attachments.length > attachmentLimit) {
    return { ok: false, kind: 'too-large', reason: `The PDF has more than ${attachmentLimit} attachments.` };
  }
  const texts: string[] = [];
  const inflate = inflaterOf();
  for (const attachment of attachments) {
    const content = decoded(attachment.dictionary, file.subarray(attachment.start, attachment.end), inflate);
    if (content === 'too-large')
      return {
        ok: false,
        kind: 'too-large',
        reason: 'The attachments of the PDF inflate to more than 2 MiB.',
      };
    if (content !== undefined && looksLikeCredential(content)) texts.push(content);
  }
  return theOnly(texts, 'PDF');
}

interface Embedded {
  readonly dictionary: string;
  readonly start: number;
  readonly end: number;
}

function embeddedStreams(text: string): Embedded[] {
  const byNumber = new Map<string, Embedded | undefined>();
  const endOfObject = forwardSearch(text, 'endobj');
  const startOfStream = forwardSearch(text, 'stream');
  const endOfStream = forwardSearch(text, 'endstream');
  const object = /(?:^|[^\d])(\d{1,9})[ \t]+(\d{1,5})[ \t\r\n]+obj\b/g;
  for (let found = object.exec(text); found !== null; found = object.exec(text)) {
    const number = `${Number(found[1])} ${Number(found[2])}`;
    const bodyStart = object.lastIndex;
    const streamAt = startOfStream(bodyStart);
    const isStream = streamAt < endOfObject(bodyStart);
    const dictionary = text.slice(bodyStart, isStream ? streamAt : bodyStart);
    if (!isStream || dictionary.length > 8192) {
      byNumber.set(number, undefined);
      continue;
    }
    const start = streamAt + 6 + (text[streamAt + 6] === '\r' ? 1 : 0) + 1;
    const length = Number(/\/Length\s+(\d{1,9})(?!\s+\d+\s+R)\b/.exec(dictionary)?.[1] ?? Number.NaN);
    const declaredEnd = start + length;
    const holds =
      Number.isFinite(length) && /^\s{0,2}endstream/.test(text.slice(declaredEnd, declaredEnd + 12));
    const end = holds ? declaredEnd : endOfStream(start);
    byNumber.set(
      number,
      /\/Type\s*\/EmbeddedFile\b/.test(dictionary) ? { dictionary, start, end } : undefined,
    );
    // Go on after the stream: what looks like an object inside one is data.
    object.lastIndex = end;
  }
  return [...byNumber.values()].filter((stream) => stream !== undefined);
}

/** The stream's text; undefined when it is in a form that is not read. */
function decoded(
  dictionary: string,
  data: Buffer,
  inflate: ReturnType<typeof inflaterOf>,
): string | 'too-large' | undefined {
  const filters = [...(/\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1] ?? '').matchAll(/\/(\w+)/g)].map(
    (found) => found[1],
  );
  if (filters.length === 0) return data.length > inflatedLimit ? 'too-large' : data.toString('utf8');
  if (filters.length > 1 || (filters[0] !== 'FlateDecode' && filters[0] !== 'Fl')) return undefined;
  const plain = inflate(data);
  return typeof plain === 'object' ? plain.toString('utf8') : plain;
}

/**
 * Finds `mark` at or after a position; asked with positions that only grow, it reads the text once in all, so
 * that a file of a million unclosed objects takes no longer than another of its size.
 */
function forwardSearch(text: string, mark: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const next = text.indexOf(mark, from);
      found = next === -1 ? text.length : next;
    }
    return found;
  };
}
