import { anSvg, aPdf, bakedNamespace, svgElement } from '../../support/carriers.js';
import type { HostileFile, Texts } from './hostile-file.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]\\u003e')}]]>`;
const element = (inside: string): string => `<openbadges:credential>${inside}</openbadges:credential>`;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** SVG files that try to mislead or to exhaust a reader. */
export function hostileSvgs({ genuine, other, forged, token }: Texts): readonly HostileFile[] {
  const none = (name: string, text: string | Uint8Array): HostileFile => ({
    name: `SVG ${name}`,
    bytes: typeof text === 'string' ? bytes(text) : text,
    may: 'nothing',
  });
  const same = (name: string, text: string | Uint8Array): HostileFile => ({
    ...none(name, text),
    may: 'genuine',
  });
  const good = svgElement(genuine);
  const half = Math.floor(genuine.length / 2);
  const [head, tail] = [genuine.slice(0, half), genuine.slice(half)];
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    '',
  );
  return [
    none('genuine and forged', anSvg(good + svgElement(forged))),
    none('forged and genuine', anSvg(svgElement(forged) + good)),
    none('two genuine credentials', anSvg(good + svgElement(other))),
    none('JSON and a token of another', anSvg(good + svgElement(token))),
    none('a forged one in a nested svg', anSvg(`${good}<svg>${svgElement(forged)}</svg>`)),
    none('a forged one in defs', anSvg(`<defs>${svgElement(forged)}</defs>${good}`)),
    none(
      'a forged one under another prefix',
      anSvg(`${good}<x:credential xmlns:x="${bakedNamespace}">${cdata(forged)}</x:credential>`),
    ),
    none(
      'a forged one under the default namespace',
      anSvg(`${good}<credential xmlns="${bakedNamespace}">${cdata(forged)}</credential>`),
    ),
    none(
      'token and forged content in one element',
      anSvg(`<openbadges:credential verify="${token}">${cdata(forged)}</openbadges:credential>`),
    ),
    none(
      'token and genuine content of another in one element',
      anSvg(`<openbadges:credential verify="${token}">${cdata(genuine)}</openbadges:credential>`),
    ),
    none(
      'a forged token and genuine content',
      anSvg(`<openbadges:credential verify="a.b.c">${cdata(genuine)}</openbadges:credential>`),
    ),
    none('the attribute twice', anSvg(`<openbadges:credential verify="${token}" verify="a.b.c"/>`)),
    none('an element in it with a forged one', anSvg(element(cdata(genuine) + svgElement(forged)))),
    none('a forged one after the content', anSvg(element(cdata(genuine) + cdata(forged)))),
    same('split into two sections', anSvg(element(cdata(head) + cdata(tail)))),
    same('half a section, half text', anSvg(element(cdata(head) + escaped(tail)))),
    same('a comment in the middle', anSvg(element(`${cdata(head)}<!-- x -->${cdata(tail)}`))),
    same('an instruction in the middle', anSvg(element(`${cdata(head)}<?x?>${cdata(tail)}`))),
    same('an empty element in the middle', anSvg(element(`${cdata(head)}<g/>${cdata(tail)}`))),
    none('a forged one in a comment', anSvg(`<!--${svgElement(forged).replaceAll('--', '')}-->`)),
    same(
      'a forged one in a comment beside it',
      anSvg(`<!--${svgElement(forged).replaceAll('--', '')}-->${good}`),
    ),
    none('one in a script only', anSvg(`<script>${cdata(good.replaceAll(']]>', ''))}</script>`)),
    same('a script', anSvg(`<script>alert(1)</script>${good}`)),
    none('one in an instruction only', anSvg(`<?openbadges ${genuine.replaceAll('?', '')}?>`)),
    none('one in a title only', anSvg(`<title>${escaped(good)}</title>`)),
    none('one in an attribute of another element', anSvg(`<g data-credential="${escaped(genuine)}"/>`)),
    none('an entity', `<!DOCTYPE svg [<!ENTITY c "${escaped(forged)}">]>${anSvg(element('&c;'))}`),
    none('an entity beside it', `<!DOCTYPE svg [<!ENTITY c "x">]>${anSvg(good)}`),
    none('a billion laughs', `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>${anSvg(element('&l9;'))}`),
    none(
      'an entity from elsewhere',
      `<!DOCTYPE svg [<!ENTITY c SYSTEM "file:///etc/passwd">]>${anSvg(element('&c;'))}`,
    ),
    none(
      'a document type from elsewhere',
      `<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">${anSvg(good)}`,
    ),
    none(
      'a public document type',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${anSvg(good)}`,
    ),
    none('a document type in lower case', `<!doctype svg [<!entity c "x">]>${anSvg(good)}`),
    none('an entity without a document type', anSvg(element('&c;'))),
    none('another namespace', anSvg(good, 'xmlns:openbadges="https://evil.example/ob"')),
    none('the namespace with a slash', anSvg(good, `xmlns:openbadges="${bakedNamespace}/"`)),
    none('the namespace with a space', anSvg(good, `xmlns:openbadges="${bakedNamespace} "`)),
    none('the namespace in capitals', anSvg(good, `xmlns:openbadges="${bakedNamespace.toUpperCase()}"`)),
    none('no namespace', anSvg(good, '')),
    none('a prefix taken back', anSvg(`<g xmlns:openbadges="https://evil.example/">${good}</g>`)),
    none('a prefix in capitals', anSvg(good.replaceAll('openbadges:', 'OpenBadges:'))),
    same(
      'the namespace by character references',
      anSvg(good, `xmlns:openbadges="&#x68;ttps://purl.imsglobal.org/ob/v3p0"`),
    ),
    same('the element far inside', anSvg(`${'<g>'.repeat(100)}${good}${'</g>'.repeat(100)}`)),
    same(
      'text by character references',
      anSvg(element([...genuine].map((letter) => `&#${letter.codePointAt(0)};`).join(''))),
    ),
    none('text escaped twice', anSvg(element(escaped(escaped(genuine))))),
    none('a name of the element in capitals', anSvg(good.replaceAll('credential>', 'Credential>'))),
    none(
      'an element with more to its name',
      anSvg(good.replaceAll('openbadges:credential', 'openbadges:credentials')),
    ),
    none(
      'a colon more in its name',
      anSvg(good.replaceAll('openbadges:credential', 'openbadges:credential:x')),
    ),
    none('the attribute under a prefix', anSvg(`<openbadges:credential openbadges:verify="${token}"/>`)),
    none('the attribute in capitals', anSvg(`<openbadges:credential VERIFY="${token}"/>`)),
    none('an empty element', anSvg('<openbadges:credential/>')),
    none('after the root', `${anSvg('')}${good}`),
    none('two roots', anSvg(good) + anSvg(svgElement(forged), `xmlns:openbadges="${bakedNamespace}"`)),
    none('not closed', anSvg(good).replace('</svg>', '')),
    none(
      'closed in another order',
      anSvg(`<g>${good.replace('</openbadges:credential>', '</g></openbadges:credential>')}`),
    ),
    none('a section not closed', anSvg(element(`<![CDATA[${genuine}`))),
    none('a comment not closed', anSvg(`<!-- ${good}`)),
    none('a tag not closed', anSvg(good).slice(0, -1)),
    none('an attribute without quotes', anSvg(`<openbadges:credential verify=${token}/>`)),
    none('a bracket in an attribute', anSvg(`<g title="${good.replaceAll('"', "'")}"/>`)),
    same('another encoding declared', `<?xml version="1.0" encoding="ISO-8859-1"?>${anSvg(good)}`),
    none('UTF-16', Buffer.from(`\ufeff${anSvg(good)}`, 'utf16le')),
    none('bytes that are no UTF-8', Buffer.concat([bytes(anSvg(good)), Buffer.from([0xff])])),
    same('a byte order mark', `\ufeff${anSvg(good)}`),
    none('as HTML', `<!DOCTYPE html><html><body>${anSvg(good)}</body></html>`),
    same(
      'HTML in it',
      anSvg(`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>${good}`),
    ),
    none(
      'a PDF in its comment',
      anSvg(
        `<!--${aPdf([{ text: forged, filter: 'none' }])
          .toString('latin1')
          .replaceAll('--', '')}-->${svgElement(forged)}`,
      ),
    ),
    same(
      'a PDF in its comment, and a genuine one',
      anSvg(
        `<!--${aPdf([{ text: other, filter: 'none' }])
          .toString('latin1')
          .replaceAll('--', '')}-->${good}`,
      ),
    ),
    none('300 levels', anSvg(`${'<g>'.repeat(300)}${good}${'</g>'.repeat(300)}`)),
    none('100,001 elements', anSvg(`${'<g/>'.repeat(100_001)}${good}`)),
    none('a million brackets', anSvg('<'.repeat(1_000_000))),
    none('a million open comments', anSvg('<!--'.repeat(250_000))),
    none(
      'very many attributes',
      anSvg(`<g ${Array.from({ length: 50_000 }, (_, n) => `a${n}="x"`).join(' ')}><x`),
    ),
    none(
      '100 namespaces',
      anSvg(
        Array.from({ length: 100 }, (_, n) => `<g xmlns:p${n}="urn:${n}">`).join('') +
          good +
          '</g>'.repeat(100),
      ),
    ),
    none('half of a character by reference', anSvg(element(cdata(forged) + '&#xD83D;'))),
    none('NUL in the text', anSvg(element(cdata(genuine.replace('Formative', 'Form\0ative'))))),
  ];
}
