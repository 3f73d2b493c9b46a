import { AppError } from '../kernel/index.js';

/** The namespace of the element that carries the credential (Open Badges 3.0, section 5.3.2.1). */
export const svgNamespace = 'https://purl.imsglobal.org/ob/v3p0';

/**
 * The SVG with the credential baked in: `openbadges:credential` as first child of the root, JSON in one CDATA
 * section, a JWT in the `verify` attribute; a credential from an earlier baking is removed.
 * Open Badges 3.0, section 5.3.2.1. Validators read the first character event only, so the JSON stays in one section: a
 * `]]>` inside one of its strings is written `]]\u003e`, and U+FFFE and U+FFFF, which XML does not allow, likewise;
 * both are the same JSON.
 * @throws AppError `invalid-request` when the image is not an SVG that can be baked, or the credential is not JSON (or not a compact JWT).
 */
export function bakeSvg(svg: string, credential: string | { readonly jwt: string }): string {
  const root = findRoot(svg);
  const content = root.selfClosing ? '' : withoutOlder(svg.slice(root.end));
  let attributes = root.attributes;
  const declared = /\sxmlns:openbadges\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes);
  if (declared === null) attributes += ` xmlns:openbadges="${svgNamespace}"`;
  else if ((declared[1] ?? declared[2]) !== svgNamespace) {
    attributes = attributes.replace(declared[0], ` xmlns:openbadges="${svgNamespace}"`);
  }
  const tail = root.selfClosing ? `</${root.name}>${svg.slice(root.end)}` : content;
  return `${svg.slice(0, root.start)}<${root.name}${attributes}>${element(credential)}${tail}`;
}

function element(credential: string | { readonly jwt: string }): string {
  if (typeof credential !== 'string') {
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential.jwt))
      throw unbakable('the credential is not a compact JWT');
    return `<openbadges:credential verify="${credential.jwt}"/>`;
  }
  try {
    JSON.parse(credential);
  } catch (cause) {
    throw unbakable('the credential is not JSON', cause);
  }
  const json = credential
    .replaceAll(']]>', ']]\\u003e')
    .replaceAll('\ufffe', '\\ufffe')
    .replaceAll('\uffff', '\\uffff');
  if (/\p{Surrogate}/u.test(json)) throw unbakable('the credential holds half of a surrogate pair');
  return `<openbadges:credential><![CDATA[${json}]]></openbadges:credential>`;
}

interface Root {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly attributes: string;
  readonly selfClosing: boolean;
}

const prolog = /^(?:\ufeff|\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)/;
const startTag =
  /^<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;

/** The root start tag, past the XML declaration, comments and a document type without declarations of its own. */
function findRoot(svg: string): Root {
  let at = 0;
  for (;;) {
    const rest = svg.slice(at);
    const skipped = prolog.exec(rest) ?? /^<!DOCTYPE[^[>]*>/i.exec(rest);
    if (skipped === null) {
      if (/^<!DOCTYPE/i.test(rest))
        throw unbakable('its document type declares entities or elements; remove the DOCTYPE');
      const tag = startTag.exec(rest);
      if (tag === null || tag[2] !== 'svg') throw unbakable('its first element is not <svg>');
      const [whole, prefix = '', name, attributes = '', slash] = tag;
      return {
        start: at,
        end: at + whole.length,
        name: `${prefix}${name}`,
        attributes,
        selfClosing: slash === '/',
      };
    }
    at += skipped[0].length;
  }
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<openbadges:(credential|assertion)(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*?(\/?)>|<\/openbadges:(?:credential|assertion)\s*>/g;

/** `content` without elements of an earlier baking (those of Open Badges 2.0 too). */
function withoutOlder(content: string): string {
  let kept = '';
  let from = 0;
  let open = false;
  for (const match of content.matchAll(token)) {
    const text = match[0];
    if (!open && match[1] !== undefined) {
      kept += content.slice(from, match.index);
      open = match[2] !== '/';
      from = match.index + text.length;
    } else if (open && text.startsWith('</')) {
      open = false;
      from = match.index + text.length;
    }
  }
  if (open) throw unbakable('an openbadges element in it is not closed');
  return kept + content.slice(from);
}

function unbakable(reason: string, cause?: unknown): AppError {
  return new AppError('invalid-request', `The credential cannot be baked into this SVG: ${reason}.`, {
    cause,
  });
}
