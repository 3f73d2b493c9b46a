import { theOnly, type CarriedText } from './carried-text.js';

const bakedNamespace = 'https://purl.imsglobal.org/ob/v3p0';
const olderNamespace = 'http://openbadges.org';

/** More elements than any badge image needs; more is not looked through. */
const elementLimit = 100_000;
const depthLimit = 256;
const prefixLimit = 64;

/** Whether a text can be an SVG file: markup with an `svg` element near its start. */
export function isSvg(text: string): boolean {
  return /^\uFEFF?\s*</.test(text) && /<(?:[\w.-]+:)?svg[\s>/]/.test(text.slice(0, 20_000));
}

/**
 * The credential baked in an SVG (Open Badges 3.0, section 5.3.2): the `verify` attribute (a compact JWS) or the
 * content (JSON) of the one `credential` element in the namespace `https://purl.imsglobal.org/ob/v3p0`.
 * Namespaces are resolved, comments skipped, and a document type is refused: it could define entities.
 */
export function readSvg(text: string): CarriedText {
  const texts: string[] = [];
  let older = false;
  // Of each open element: the prefixes declared on it and outside it, and its name.
  const open: { readonly name: string; readonly prefixes: ReadonlyMap<string, string> }[] = [];
  let collecting: { depth: number; text: string; hasToken: boolean } | undefined;
  let elements = 0;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const stop = next === -1 ? text.length : next;
    if (collecting !== undefined) collecting.text += withoutEntities(text.slice(at, stop));
    if (next === -1) break;
    if (text.startsWith('<!--', next)) {
      at = after(text, '-->', next + 4);
    } else if (text.startsWith('<![CDATA[', next)) {
      const end = after(text, ']]>', next + 9);
      if (collecting !== undefined) collecting.text += text.slice(next + 9, end - 3);
      at = end;
    } else if (text.startsWith('<?', next)) {
      at = after(text, '?>', next + 2);
    } else if (text.startsWith('<!', next)) {
      return {
        ok: false,
        kind: 'unreadable',
        reason: 'The image has a document type declaration, which is not read.',
      };
    } else {
      const tag = readTag(text, next);
      if (tag === undefined)
        return { ok: false, kind: 'unreadable', reason: 'The image is not well-formed SVG.' };
      at = tag.end;
      if (tag.closing) {
        if (open.pop()?.name !== tag.name)
          return { ok: false, kind: 'unreadable', reason: 'The image is not well-formed SVG.' };
        if (collecting !== undefined && open.length < collecting.depth) {
          if (!collecting.hasToken || collecting.text.trim() !== '') texts.push(collecting.text);
          collecting = undefined;
        }
        continue;
      }
      elements += 1;
      if (elements > elementLimit)
        return { ok: false, kind: 'too-large', reason: 'The image has more than 100,000 elements.' };
      if (open.length >= depthLimit)
        return { ok: false, kind: 'too-large', reason: 'The image nests more than 256 elements.' };
      const prefixes = withDeclared(open[open.length - 1]?.prefixes ?? new Map(), tag.attributes);
      if (prefixes.size > prefixLimit)
        return { ok: false, kind: 'too-large', reason: 'The image declares more than 64 namespaces.' };
      const [prefix, local] = tag.name.includes(':') ? tag.name.split(':', 2) : ['', tag.name];
      const namespace = prefixes.get(prefix!) ?? '';
      if (namespace === olderNamespace && local === 'assertion') older = true;
      if (namespace === bakedNamespace && local === 'credential' && collecting === undefined) {
        // A token in the attribute, JSON in the content; with both, readers would disagree on which counts.
        const verify = tag.attributes.get('verify')?.trim() ?? '';
        if (verify !== '' || tag.selfClosing) texts.push(verify);
        if (!tag.selfClosing) collecting = { depth: open.length + 1, text: '', hasToken: verify !== '' };
      }
      if (!tag.selfClosing) open.push({ name: tag.name, prefixes });
    }
  }
  if (open.length > 0) return { ok: false, kind: 'unreadable', reason: 'The image is not well-formed SVG.' };
  if (texts.length === 0 && older) {
    return {
      ok: false,
      kind: 'older-version',
      reason: 'The image carries a badge of Open Badges 2.0 or older, which this verifier does not check.',
    };
  }
  return theOnly(texts, 'image');
}

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly selfClosing: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  readonly end: number;
}

// A name has one colon at most (Namespaces in XML 1.0, section 4).
const tagStart = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)(?![\w.:-])/y;
const attribute = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;

function readTag(text: string, start: number): Tag | undefined {
  tagStart.lastIndex = start;
  const opening = tagStart.exec(text);
  if (opening === null) return undefined;
  let at = tagStart.lastIndex;
  const attributes = new Map<string, string>();
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(text);
    if (found === null) break;
    if (attributes.has(found[1]!)) return undefined;
    attributes.set(found[1]!, withoutEntities(found[2] ?? found[3] ?? ''));
    at = attribute.lastIndex;
  }
  tagEnd.lastIndex = at;
  const closing = tagEnd.exec(text);
  if (closing === null) return undefined;
  return {
    name: opening[2]!,
    closing: opening[1] === '/',
    selfClosing: closing[1] === '/',
    attributes,
    end: tagEnd.lastIndex,
  };
}

function withDeclared(
  outer: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = [...attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([
    ...outer,
    ...declared.map(([name, value]) => [name === 'xmlns' ? '' : name.slice(6), value] as const),
  ]);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities that XML itself has, and character references; others stay as they are. */
function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal: string, hex: string, name: string) => {
      if (name !== undefined) return entities.get(name) ?? whole;
      const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
