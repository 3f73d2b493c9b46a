import { deflateSync } from 'node:zlib';
import {
  anSvg,
  aPdf,
  aPng,
  iTXt,
  pngChunk,
  pngEnd,
  pngHeader,
  pngPixels,
  pngSignature,
  svgElement,
} from '../../support/carriers.js';
import type { HostileFile, Texts } from './hostile-file.js';

const keyword = 'openbadgecredential';
const withByte = (bytes: Buffer, at: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
};
const withLength = (bytes: Buffer, at: number, length: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(length >>> 0, at);
  return copy;
};
/** An iTXt chunk of these bytes after its keyword. */
const rawText = (after: readonly number[], text: Uint8Array | string): Buffer =>
  pngChunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from(after), Buffer.from(text)]));

/** PNG files that try to mislead or to exhaust a reader. */
export function hostilePngs({ genuine, other, forged, token }: Texts): readonly HostileFile[] {
  const tEXt = (text: string) => pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`));
  const zTXt = (text: string | Uint8Array) =>
    pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(text)]));
  const good = aPng(iTXt(genuine));
  const bomb = Buffer.alloc(64 * 1024 * 1024, 0x20);
  const bombText = deflateSync(bomb);
  const none = (name: string, bytes: Uint8Array): HostileFile => ({
    name: `PNG ${name}`,
    bytes,
    may: 'nothing',
  });
  const same = (name: string, bytes: Uint8Array): HostileFile => ({
    name: `PNG ${name}`,
    bytes,
    may: 'genuine',
  });
  return [
    none('two chunks, genuine and forged', aPng(iTXt(genuine), iTXt(forged))),
    none('two chunks, forged and genuine', aPng(iTXt(forged), iTXt(genuine))),
    none('two genuine credentials', aPng(iTXt(genuine), iTXt(other))),
    none('two genuine credentials, one compressed', aPng(iTXt(genuine), iTXt(other, { compressed: true }))),
    none('JSON and a token of another', aPng(iTXt(genuine), iTXt(token))),
    none('twelve chunks', aPng(...Array.from({ length: 12 }, (_, n) => iTXt(n === 7 ? forged : genuine)))),
    none('iTXt and a forged tEXt', aPng(iTXt(genuine), tEXt(forged))),
    none('a forged tEXt and iTXt', aPng(tEXt(forged), iTXt(genuine))),
    none('iTXt and a forged zTXt', aPng(iTXt(genuine), zTXt(forged))),
    none('tEXt only', aPng(tEXt(genuine))),
    none('zTXt only', aPng(zTXt(genuine))),
    none('a zTXt bomb', aPng(zTXt(bomb))),
    none('iTXt and a zTXt bomb', aPng(iTXt(genuine), zTXt(bomb))),
    none('an iTXt bomb', aPng(rawText([1, 0, 0, 0], bombText))),
    none('two iTXt bombs', aPng(rawText([1, 0, 0, 0], bombText), rawText([1, 0, 0, 0], bombText))),
    none(
      'an iTXt bomb of JSON',
      aPng(iTXt(`{"type":["VerifiableCredential"],"x":"${' '.repeat(40_000_000)}"}`, { compressed: true })),
    ),
    none(
      'many small iTXt bombs',
      aPng(...Array.from({ length: 60 }, () => iTXt(' '.repeat(2_000_000), { compressed: true }))),
    ),
    none('compressed text cut short', aPng(rawText([1, 0, 0, 0], deflateSync(genuine).subarray(0, 200)))),
    none('compressed text that is none', aPng(rawText([1, 0, 0, 0], genuine))),
    same('an unknown compression method', aPng(rawText([1, 9, 0, 0], deflateSync(genuine)))),
    none('an unknown compression flag', aPng(rawText([2, 0, 0, 0], deflateSync(genuine)))),
    same('an unknown compression flag over plain text', aPng(rawText([2, 0, 0, 0], genuine))),
    none('without the ends of language and translation', aPng(rawText([0, 0], genuine))),
    none('text in the place of the language', aPng(rawText([0, 0], `${genuine}\0\0`))),
    same('text in the place of the translated keyword', aPng(iTXt(genuine, { translated: 'x' }))),
    none('no text', aPng(iTXt(''))),
    none('blank text', aPng(iTXt(' \n\t'))),
    none('a chunk after IEND only', Buffer.concat([aPng(), iTXt(genuine)])),
    same('another credential after IEND', Buffer.concat([good, iTXt(other)])),
    same('another picture after it', Buffer.concat([good, aPng(iTXt(forged))])),
    none('a second IHDR after IEND', Buffer.concat([aPng(), pngHeader, iTXt(genuine), pngEnd])),
    none(
      'a length beyond the file',
      Buffer.concat([pngSignature, pngHeader, withLength(iTXt(genuine), 0, 0x7fffffff), pngEnd]),
    ),
    none(
      'a length of all ones',
      Buffer.concat([pngSignature, pngHeader, withLength(iTXt(genuine), 0, 0xffffffff), pngEnd]),
    ),
    none(
      'a length one too long',
      Buffer.concat([
        pngSignature,
        pngHeader,
        withLength(iTXt(genuine), 0, iTXt(genuine).length - 11),
        pngEnd,
      ]),
    ),
    none(
      'a length one too short',
      Buffer.concat([
        pngSignature,
        pngHeader,
        withLength(iTXt(genuine), 0, iTXt(genuine).length - 13),
        pngEnd,
      ]),
    ),
    none(
      'a length of nothing',
      Buffer.concat([pngSignature, pngHeader, withLength(iTXt(genuine), 0, 0), pngEnd]),
    ),
    none('cut in the text', good.subarray(0, 400)),
    none('cut in the keyword', good.subarray(0, 50)),
    none('cut after the header', good.subarray(0, 33)),
    none(
      'a wrong checksum',
      Buffer.concat([
        pngSignature,
        pngHeader,
        pngChunk('iTXt', iTXt(genuine).subarray(8, -4), { crc: 1 }),
        pngEnd,
      ]),
    ),
    none(
      'a wrong checksum, and a sound one',
      aPng(pngChunk('iTXt', iTXt(forged).subarray(8, -4), { crc: 1 }), iTXt(genuine)),
    ),
    same(
      'a wrong checksum of its pixels',
      Buffer.concat([
        pngSignature,
        pngHeader,
        iTXt(genuine),
        pngChunk('IDAT', Buffer.from('x'), { crc: 1 }),
        pngEnd,
      ]),
    ),
    none('the keyword in capitals', aPng(iTXt(genuine, { keyword: keyword.toUpperCase() }))),
    none('the keyword with a space after it', aPng(iTXt(genuine, { keyword: `${keyword} ` }))),
    none('the keyword with a space before it', aPng(iTXt(genuine, { keyword: ` ${keyword}` }))),
    none('the keyword with an s', aPng(iTXt(genuine, { keyword: `${keyword}s` }))),
    none('the keyword cut by NUL', aPng(iTXt(genuine, { keyword: 'openbadge\0credential' }))),
    none('the keyword with a NUL more', aPng(iTXt(genuine, { keyword: `${keyword}\0` }))),
    none('the keyword in another chunk type', aPng(pngChunk('iTXT', iTXt(genuine).subarray(8, -4)))),
    none('the keyword of Open Badges 2.0', aPng(iTXt(genuine, { keyword: 'openbadges' }))),
    same(
      'a forged one under the keyword of Open Badges 2.0',
      aPng(iTXt(forged, { keyword: 'openbadges' }), iTXt(genuine)),
    ),
    none('an empty keyword', aPng(iTXt(genuine, { keyword: '' }))),
    none(
      'a frame of an animation that holds it',
      aPng(pngChunk('acTL', Buffer.alloc(8)), pngChunk('fdAT', iTXt(genuine))),
    ),
    same(
      'an animation',
      aPng(pngChunk('acTL', Buffer.alloc(8)), iTXt(genuine), pngChunk('fcTL', Buffer.alloc(26))),
    ),
    none('no bytes after its signature', pngSignature),
    none('an end and nothing else', Buffer.concat([pngSignature, pngEnd])),
    same('no pixels', Buffer.concat([pngSignature, iTXt(genuine), pngEnd])),
    same(
      'a size of nothing',
      Buffer.concat([pngSignature, pngChunk('IHDR', Buffer.alloc(13)), iTXt(genuine), pngPixels, pngEnd]),
    ),
    same('a PDF after it', Buffer.concat([good, aPdf([{ text: forged }])])),
    same('a PDF in a chunk', aPng(pngChunk('teST', aPdf([{ text: forged }])), iTXt(genuine))),
    same(
      'HTML in a comment chunk',
      aPng(pngChunk('tEXt', Buffer.from('Comment\0<html><script>alert(1)</script>')), iTXt(genuine)),
    ),
    none('an SVG in a chunk', aPng(pngChunk('tEXt', Buffer.from(`Comment\0${anSvg(svgElement(genuine))}`)))),
    none('a signature with one byte changed', withByte(good, 5, 0x20)),
    none('something before it', Buffer.concat([Buffer.from(' '), good])),
    none('a GIF header before it', Buffer.concat([Buffer.from('GIF89a'), good])),
    none('bytes that are no UTF-8', aPng(rawText([0, 0, 0, 0], Buffer.from([0xff, 0xfe, 0x7b, 0x7d])))),
    none('UTF-16', aPng(rawText([0, 0, 0, 0], Buffer.from(genuine, 'utf16le')))),
    none(
      'Latin-1',
      aPng(rawText([0, 0, 0, 0], Buffer.from(genuine.replace('Formative', 'Förmative'), 'latin1'))),
    ),
    none(
      'a million chunks',
      Buffer.concat([
        pngSignature,
        pngHeader,
        Buffer.concat(Array<Buffer>(400_000).fill(pngChunk('teST', Buffer.alloc(0)))),
        pngEnd,
      ]),
    ),
  ];
}
