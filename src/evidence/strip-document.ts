/**
 * Takes out of a PDF what its program wrote about people: every text of the document information dictionary and the
 * XMP packets (ISO 32000-2, 14.3). Bytes are overwritten in place, so that no offset moves. What lies in compressed
 * object streams or encrypted documents cannot be seen and stays.
 */
export function stripPdf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  // Latin-1 gives one character a byte: a place in the text is a place in the file.
  const text = Buffer.from(bytes).toString('latin1');
  for (const [number, generation] of referencesIn(text, /\/Info\s+(\d+)\s+(\d+)\s+R/g)) {
    blankObject(copy, text, number, generation, true);
  }
  for (const packet of text.matchAll(/(<x:xmpmeta\b[^>]*>)([\s\S]*?)<\/x:xmpmeta>/g)) {
    const start = packet.index + packet[1]!.length;
    copy.fill(space, start, start + packet[2]!.length);
  }
  return copy;
}

const space = 0x20;

/** More than any real document has; a hostile one is not worth more passes over it. */
const mostReferences = 16;

/** The different references that a pattern finds, as number and generation. */
function referencesIn(text: string, pattern: RegExp): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const match of text.matchAll(pattern)) {
    found.set(match[0].replace('/Info', ''), [match[1]!, match[2]!]);
    if (found.size === mostReferences) break;
  }
  return [...found.values()];
}

/** Blanks the texts of an indirect object; in the dictionary itself also those that it refers to. */
function blankObject(
  bytes: Uint8Array,
  text: string,
  number: string,
  generation: string,
  follow: boolean,
): void {
  for (const start of text.matchAll(
    new RegExp(`(?:^|[\\r\\n\\s])${number}\\s+${generation}\\s+obj\\b`, 'g'),
  )) {
    const end = text.indexOf('endobj', start.index);
    if (end < 0) continue;
    const from = start.index + start[0].length;
    blankStrings(bytes, text, from, end);
    if (!follow) continue;
    for (const [referred, of] of referencesIn(text.slice(from, end), /(\d+)\s+(\d+)\s+R\b/g)) {
      blankObject(bytes, text, referred, of, false);
    }
  }
}

/** Overwrites the inside of literal `(…)` and hexadecimal `<…>` strings. */
function blankStrings(bytes: Uint8Array, text: string, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    if (text[at] === '(') {
      const end = endOfLiteral(text, at, to);
      bytes.fill(space, at + 1, end);
      at = end;
    } else if (text[at] === '<' && text[at + 1] === '<') {
      at += 1;
    } else if (text[at] === '<') {
      const end = text.indexOf('>', at);
      if (end < 0 || end > to) return;
      bytes.fill(space, at + 1, end);
      at = end;
    }
  }
}

/** Where a literal string's closing parenthesis is; parentheses nest, a backslash takes the next along. */
function endOfLiteral(text: string, start: number, to: number): number {
  let depth = 0;
  for (let at = start; at < to; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return to;
}

/** Boxes in which user data may lie, and those that hold it (ISO/IEC 14496-12, 8.10; `meta` after QuickTime). */
const containers = ['moov', 'trak', 'moof', 'traf', 'mdia', 'minf'];
const userData = ['udta', 'meta'];

/**
 * Takes out of an MP4 what the camera or program wrote about people and places: each `udta` and `meta` box becomes a
 * `free` box of the same size with nothing in it, so that no offset moves.
 */
export function stripMp4(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  const walk = (from: number, to: number): void => {
    for (let at = from; at + 8 <= to;) {
      const short = view.getUint32(at);
      const header = short === 1 ? 16 : 8;
      if (at + header > to) return;
      const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
      if (size < header || at + size > to) return;
      const type = String.fromCharCode(...copy.subarray(at + 4, at + 8));
      if (userData.includes(type)) {
        copy.set([0x66, 0x72, 0x65, 0x65], at + 4);
        copy.fill(0, at + header, at + size);
      } else if (containers.includes(type)) walk(at + header, at + size);
      at += size;
    }
  };
  walk(0, copy.length);
  return copy;
}
