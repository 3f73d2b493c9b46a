import { deflateSync } from 'node:zlib';
import { anSvg, aPdf, pdfAttachment, svgElement } from '../../support/carriers.js';
import type { HostileFile, Texts } from './hostile-file.js';

const object = (number: number | string, dictionary: string, data?: Uint8Array | string): Buffer =>
  Buffer.concat(
    data === undefined
      ? [Buffer.from(`${number} 0 obj\n<< ${dictionary} >>\nendobj\n`)]
      : [
          Buffer.from(`${number} 0 obj\n<< ${dictionary} /Length ${Buffer.byteLength(data)} >>\nstream\n`),
          Buffer.from(data),
          Buffer.from('\nendstream\nendobj\n'),
        ],
  );
const withObjects = (...objects: readonly Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), ...objects, Buffer.from('trailer\n<< /Root 1 0 R >>\n%%EOF\n')]);

/** PDF files that try to mislead or to exhaust a reader. */
export function hostilePdfs({ genuine, other, forged, token }: Texts): readonly HostileFile[] {
  const none = (name: string, bytes: Uint8Array): HostileFile => ({
    name: `PDF ${name}`,
    bytes,
    may: 'nothing',
  });
  const same = (name: string, bytes: Uint8Array): HostileFile => ({
    name: `PDF ${name}`,
    bytes,
    may: 'genuine',
  });
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  const large = `{"VerifiableCredential":1,"x":"${' '.repeat(1_900_000)}"}`;
  return [
    none('two attachments, genuine and forged', aPdf([{ text: genuine }, { text: forged }])),
    none('two attachments, forged and genuine', aPdf([{ text: forged }, { text: genuine }])),
    none('two genuine credentials', aPdf([{ text: genuine }, { text: other }])),
    none('JSON and a token of another', aPdf([{ text: genuine }, { text: token }])),
    none(
      'one forged among many',
      aPdf(Array.from({ length: 40 }, (_, n) => ({ text: n === 30 ? forged : genuine }))),
    ),
    none('a bomb', withObjects(object(10, '/Type /EmbeddedFile /Filter /FlateDecode', bomb))),
    none(
      'a bomb beside it',
      withObjects(
        pdfAttachment({ text: genuine }),
        object(11, '/Type /EmbeddedFile /Filter /FlateDecode', bomb),
      ),
    ),
    none(
      '60 attachments of nearly the limit',
      aPdf(Array.from({ length: 60 }, (_, n) => ({ text: `${large.slice(0, -2)}${n}"}` }))),
    ),
    none(
      '60 bombs that break before their end',
      withObjects(
        ...Array.from({ length: 60 }, (_, n) => {
          const data = deflateSync(large);
          data[data.length - 1]! ^= 1;
          return object(10 + n, '/Type /EmbeddedFile /Filter /FlateDecode', data);
        }),
      ),
    ),
    none(
      'a plain attachment over the limit',
      aPdf([{ text: `{"VerifiableCredential":"${'x'.repeat(3_000_000)}"}`, filter: 'none' }]),
    ),
    none('65 attachments', aPdf(Array.from({ length: 65 }, (_, n) => ({ text: `{"n":${n}}` })))),
    none(
      'a bomb in a bomb',
      withObjects(object(10, '/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]', deflateSync(bomb))),
    ),
    none('written again as forged', aPdf([{ text: genuine }], pdfAttachment({ text: forged, number: 10 }))),
    same(
      'a forged one written again as genuine',
      aPdf([{ text: forged }], pdfAttachment({ text: genuine, number: 10 })),
    ),
    none(
      'another generation of the same number',
      aPdf(
        [{ text: genuine }],
        Buffer.from(
          pdfAttachment({ text: forged, number: 10 }).toString('latin1').replace('10 0 obj', '10 1 obj'),
          'latin1',
        ),
      ),
    ),
    none(
      'an added attachment after the end',
      aPdf([{ text: genuine }], pdfAttachment({ text: forged, number: 20 })),
    ),
    none(
      'encrypted',
      Buffer.concat([aPdf([{ text: genuine }]), Buffer.from('trailer\n<< /Encrypt 5 0 R >>\n')]),
    ),
    none('one in an object stream', withObjects(object(5, '/Type /ObjStm /N 1 /First 5', `10 0 ${genuine}`))),
    none('one in the content of a page', withObjects(object(5, '', genuine))),
    none('one in a string', withObjects(Buffer.from(`5 0 obj\n(${genuine})\nendobj\n`))),
    none('one in a comment', withObjects(Buffer.from(`% ${genuine}\n`))),
    same(
      'an attachment written inside a stream',
      withObjects(
        object(5, '', pdfAttachment({ text: forged, filter: 'none', number: 20 })),
        pdfAttachment({ text: genuine }),
      ),
    ),
    none(
      'in hexadecimal',
      withObjects(
        object(10, '/Type /EmbeddedFile /Filter /ASCIIHexDecode', `${Buffer.from(genuine).toString('hex')}>`),
      ),
    ),
    none(
      'in a filter that does not exist',
      withObjects(object(10, '/Type /EmbeddedFile /Filter /Crypt', genuine)),
    ),
    none(
      'with a filter and plain text',
      withObjects(object(10, '/Type /EmbeddedFile /Filter /FlateDecode', genuine)),
    ),
    none(
      'compressed without saying so',
      withObjects(object(10, '/Type /EmbeddedFile', deflateSync(genuine))),
    ),
    none('of another type', withObjects(object(10, '/Type /XObject', genuine))),
    none('of a type in other letters', withObjects(object(10, '/Type /embeddedfile', genuine))),
    none(
      'in an outside file',
      withObjects(object(10, '/Type /EmbeddedFile /F (https://evil.example/x)', '')),
    ),
    same('a length that is too short', aPdf([{ text: genuine, filter: 'none', length: 3 }])),
    same('a length that is too long', aPdf([{ text: genuine, filter: 'none', length: 99_999_999 }])),
    none(
      'the end of a stream inside',
      aPdf([{ text: forged.replace('Formative', 'endstream\nendobj'), filter: 'none', length: 1 }]),
    ),
    none(
      'a stream without an end',
      withObjects(Buffer.from(`10 0 obj\n<< /Type /EmbeddedFile >>\nstream\n${forged}`)),
    ),
    none(
      'a dictionary without an end',
      withObjects(
        Buffer.from(
          `10 0 obj\n<< /Type /EmbeddedFile ${'/X 1 '.repeat(4000)} >>\nstream\n${genuine}\nendstream\nendobj\n`,
        ),
      ),
    ),
    none('no objects', Buffer.from('%PDF-1.7\n')),
    none(
      '300,000 objects without an end',
      Buffer.from(`%PDF-1.7\n${Array.from({ length: 300_000 }, (_, n) => `${n} 0 obj\n`).join('')}`),
    ),
    none('a million digits', Buffer.from(`%PDF-1.7\n${'1'.repeat(1_000_000)} 0 obj`)),
    none('a million spaces', Buffer.from(`%PDF-1.7\n1${' '.repeat(1_000_000)}0 obj`)),
    none('a PDF in a PDF', aPdf([{ text: aPdf([{ text: genuine }]) }])),
    none('an SVG in it', aPdf([{ text: anSvg(svgElement(genuine)) }])),
    none(
      'its mark in a text that is none',
      Buffer.from(`{"%PDF-":1,"x":"10 0 obj << /Type /EmbeddedFile >> stream\\n"}`),
    ),
    none(
      'a forged attachment behind a JSON credential',
      Buffer.concat([Buffer.from(`${genuine.replace('{', '{"x":"%PDF-1.7",')}\n`), aPdf([{ text: other }])]),
    ),
    none(
      'bytes that are no UTF-8',
      withObjects(
        object(10, '/Type /EmbeddedFile', Buffer.concat([Buffer.from(forged), Buffer.from([0xff])])),
      ),
    ),
  ];
}
