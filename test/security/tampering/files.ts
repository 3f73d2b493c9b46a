import { deflateSync } from 'node:zlib';
import {
  anSvg,
  aPdf,
  aPng,
  bakedNamespace,
  iTXt,
  pdfAttachment,
  pngChunk,
  svgElement,
} from '../../support/carriers.js';
import type { Form } from '../corpus/index.js';
import type { Pick } from './tree.js';

/** A change of the file around a credential: `text` is the genuine one, `forged` an altered one, `other` another genuine one. */
export type FileMutation = (texts: Texts, pick: Pick) => Uint8Array;

export interface Texts {
  readonly text: string;
  readonly forged: string;
  readonly other: string;
}

const keyword = 'openbadgecredential';
const svg = (inside: string, attributes?: string): Uint8Array => Buffer.from(anSvg(inside, attributes));

export const fileMutations: {
  readonly [form in Exclude<Form, 'json' | 'jwt'>]: { readonly [name: string]: FileMutation };
} = {
  png: {
    'two chunks': ({ text, forged, other }, pick) => {
      const [a, b] = pick.one([
        [text, forged],
        [forged, text],
        [text, other],
        [text, text],
      ] as const);
      return aPng(iTXt(a), iTXt(b));
    },
    'another kind of chunk beside it': ({ text, forged }, pick) => {
      const more = pick.one([
        pngChunk('tEXt', Buffer.from(`${keyword}\0${forged}`)),
        pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(forged)])),
        iTXt(forged, { keyword: 'openbadges' }),
        iTXt(forged, { keyword: keyword.toUpperCase() }),
        iTXt(forged, { keyword: ` ${keyword}` }),
        iTXt(forged, { keyword: `${keyword} ` }),
        iTXt(forged, { keyword: `${keyword}\0x` }),
        pngChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0${forged}`)),
      ]);
      return pick(2) === 0 ? aPng(iTXt(text), more) : aPng(more, iTXt(text));
    },
    'a forged one only': ({ forged }, pick) =>
      pick.one([
        aPng(iTXt(forged)),
        aPng(iTXt(forged, { compressed: true })),
        aPng(pngChunk('tEXt', Buffer.from(`${keyword}\0${forged}`))),
        Buffer.concat([aPng(), iTXt(forged)]),
      ]),
    damaged: ({ text }, pick) => {
      const bytes = Buffer.from(aPng(iTXt(text)));
      bytes[33 + pick(bytes.length - 33)]! ^= 1 << pick(8);
      return bytes;
    },
    'a language and a translated keyword': ({ text, forged }, pick) =>
      aPng(
        iTXt(
          text,
          pick.one([
            { language: 'en' },
            { translated: forged.slice(0, 60) },
            { language: 'x', translated: 'y' },
          ]),
        ),
      ),
  },
  svg: {
    'two elements': ({ text, forged, other }, pick) => {
      const [a, b] = pick.one([
        [text, forged],
        [forged, text],
        [text, other],
        [text, text],
      ] as const);
      return svg(svgElement(a) + svgElement(b));
    },
    'an element beside or within it': ({ text, forged }, pick) => {
      const hidden = pick.one([
        `<!--${svgElement(forged).replaceAll('--', '- -')}-->`,
        `<svg>${svgElement(forged)}</svg>`,
        `<openbadges:assertion verify="x">${escapedText(forged)}</openbadges:assertion>`,
        `<credential xmlns="${bakedNamespace}"><![CDATA[${forged}]]></credential>`,
        `<x:credential xmlns:x="${bakedNamespace.toUpperCase()}">${escapedText(forged)}</x:credential>`,
        `<script><![CDATA[${forged.replaceAll(']]>', ']] >')}]]></script>`,
        `<?openbadges ${forged.replaceAll('?>', '? >')}?>`,
      ]);
      return svg(pick(2) === 0 ? svgElement(text) + hidden : hidden + svgElement(text));
    },
    'split or mixed content': ({ text, forged }, pick) => {
      const half = Math.floor(text.length / 2);
      const [a, b] = [text.slice(0, half), text.slice(half)];
      const cdata = (part: string) => `<![CDATA[${part.replaceAll(']]>', ']]\\u003e')}]]>`;
      return svg(
        `<openbadges:credential>${pick.one([
          cdata(a) + cdata(b),
          cdata(a) + escapedText(b),
          `${cdata(a)}<!-- x -->${cdata(b)}`,
          `${cdata(text)}<g/>`,
          cdata(text) + cdata(forged),
          `${cdata(a)}<g>${cdata(b)}</g>`,
        ])}</openbadges:credential>`,
      );
    },
    'attribute and content': ({ text, forged }, pick) => {
      const token = 'eyJhbGciOiJub25lIn0.e30.x';
      const body = `<![CDATA[${pick.one([text, forged])}]]>`;
      return svg(`<openbadges:credential verify="${token}">${body}</openbadges:credential>`);
    },
    'another namespace': ({ text, forged }, pick) =>
      svg(
        svgElement(pick.one([text, forged])),
        pick.one([
          '',
          'xmlns:openbadges="http://openbadges.org"',
          `xmlns:openbadges="${bakedNamespace} "`,
          `xmlns:openbadges="${bakedNamespace}/"`,
        ]),
      ),
    'a document type': ({ text, forged }, pick) =>
      Buffer.from(
        `<!DOCTYPE svg [<!ENTITY c ${JSON.stringify(forged.replaceAll('"', "'").slice(0, 2000))}>]>${anSvg(pick.one([svgElement(text), '<openbadges:credential>&c;</openbadges:credential>']))}`,
      ),
  },
  pdf: {
    'two attachments': ({ text, forged, other }, pick) => {
      const [a, b] = pick.one([
        [text, forged],
        [forged, text],
        [text, other],
        [text, text],
      ] as const);
      return aPdf([{ text: a }, { text: b }]);
    },
    'written again': ({ text, forged }, pick) =>
      aPdf(
        [{ text: pick.one([text, forged]) }],
        pdfAttachment({ text: pick.one([text, forged]), number: 10 }),
      ),
    'a length that lies': ({ text }, pick) => aPdf([{ text, filter: 'none', length: pick(text.length * 2) }]),
    'a forged one only': ({ forged }, pick) =>
      aPdf([{ text: forged, filter: pick.one(['none', 'FlateDecode']) }]),
    damaged: ({ text }, pick) => {
      const bytes = Buffer.from(aPdf([{ text }]));
      bytes[200 + pick(bytes.length - 200)]! ^= 1 << pick(8);
      return bytes;
    },
  },
};

function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
