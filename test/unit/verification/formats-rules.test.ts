import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { credentialsV2, type JsonObject } from '../../../src/securing/index.js';
import { inflatedLimit, inflaterOf } from '../../../src/verification/formats/carried-text.js';
import { openEnvelope } from '../../../src/verification/formats/open-envelope.js';
import { readInput } from '../../../src/verification/formats/read-input.js';
import { aPdf, anSvg, aPng, bakedNamespace, iTXt, pngChunk, svgElement } from '../../support/carriers.js';

/** Each rule of the files by itself, with the reason that is given: most of them end in “unreadable” all the same. */
const credential = JSON.stringify({ type: ['VerifiableCredential'], name: 'Année – 年 🎓' });
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln';
function carried(file: string | Buffer): string {
  const { carried: found } = readInput(Buffer.from(file as string));
  return found.ok ? found.text : `${found.kind}: ${found.reason}`;
}

describe('an SVG', () => {
  const namespaces = (count: number) =>
    Array.from({ length: count }, (_, n) => `xmlns:p${n}="urn:${n}"`).join(' ');
  it.each<[string, string, RegExp]>([
    ['a document type', `<!DOCTYPE svg><svg>${svgElement(jwt)}</svg>`, /^unreadable: .*document type/],
    ['100,001 elements', anSvg('<g/>'.repeat(99_999)), /^too-large: .*100,000 elements/],
    ['65 namespaces', anSvg('', namespaces(64)), /^too-large: .*64 namespaces/],
    ['an element that never ends', `<svg xmlns:o="${bakedNamespace}"><o:credential verify="${jwt}"/>`, /^unreadable: .*well-formed/],
    ['an element without a name', anSvg('< g/>'), /^unreadable: .*well-formed/],
    ['a name with two colons', anSvg('<a:b:c/>'), /^unreadable: .*well-formed/],
    ['an end of nothing', '<svg></svg></svg>', /^unreadable: .*well-formed/],
  ])('with %s gives none', (_name, file, expected) => {
    expect(carried(file)).toMatch(expected);
  }); // prettier-ignore

  it.each([
    ['names', (letter: string) => ({ '"': '&quot;', '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;' })[letter] ?? letter],
    ['numbers', (letter: string) => `&#${letter.codePointAt(0)};`],
    ['hexadecimal numbers', (letter: string) => `&#x${letter.codePointAt(0)!.toString(16)};`],
  ])('gives what is written with %s for letters, and leaves unknown ones', (_name, written) => {
    const text = `${JSON.stringify({ type: ['VerifiableCredential'], name: `<&>'年🎓` })}`;
    const inside = [...text].map(written).join('');
    expect(carried(anSvg(`<openbadges:credential>${inside}</openbadges:credential>`))).toBe(text);
    expect(carried(anSvg(`<openbadges:credential>&nbsp;&#x7fffff;</openbadges:credential>`))).toBe('&nbsp;&#x7fffff;');
  }); // prettier-ignore

  it('gives its credential within these limits, and whatever is written behind its end', () => {
    const inside = `<g/>`.repeat(99_997) + svgElement(jwt);
    expect(carried(anSvg(inside))).toBe(jwt);
    expect(carried(anSvg(svgElement(jwt), `${namespaces(62)} xmlns:openbadges="${bakedNamespace}"`))).toBe(jwt);
    expect(carried(`${anSvg(svgElement(jwt))} and more`)).toBe(jwt);
  }); // prettier-ignore
});

describe('a PNG', () => {
  const named = (kind: string) => pngChunk(kind, Buffer.from(`openbadgecredential\0${credential}`));
  const compressed = Buffer.from('openbadgecredential\0\u0001\0\0\0no zlib stream', 'latin1');
  it.each<[string, Buffer, RegExp]>([
    ['in a tEXt chunk', aPng(named('tEXt')), /^unreadable: .*in a tEXt chunk/],
    ['in a zTXt chunk beside a good one', aPng(iTXt(credential), named('zTXt')), /^unreadable: .*in a zTXt chunk/],
    ['that is said to be compressed and is not', aPng(pngChunk('iTXt', compressed)), /^unreadable: .*cannot be inflated/],
    ['without the end of its language', aPng(pngChunk('iTXt', Buffer.from('openbadgecredential\0\0\0en'))), /^unreadable: .*cut short/],
    ['with a wrong checksum', aPng(pngChunk('iTXt', Buffer.from('x'), { crc: 1 })), /^unreadable: .*checksum/],
  ])('with a credential %s gives none', (_name, file, expected) => {
    expect(carried(file)).toMatch(expected);
  }); // prettier-ignore
});

describe('a PDF', () => {
  it.each([
    ['of another kind', '/Filter /ASCIIHexDecode'],
    ['of several kinds', '/Filter [/FlateDecode /ASCIIHexDecode]'],
  ])(
    'with an attachment packed with a filter %s gives none, even if it could be inflated',
    (_name, dictionary) => {
      const attachment = { text: deflateSync(credential), filter: 'none', dictionary } as const;
      expect(carried(aPdf([attachment]))).toMatch(/^none/);
    },
  );
});

describe('what is packed in one file', () => {
  it('is not read on once it came to 2 MiB, or once so much broke that it may have', () => {
    const inflate = inflaterOf();
    const half = deflateSync(Buffer.alloc(inflatedLimit / 2));
    for (const _part of [1, 2]) expect(inflate(half)).toHaveLength(inflatedLimit / 2);
    expect(inflate(deflateSync('x'))).toBe('too-large');

    const other = inflaterOf();
    expect(other(deflateSync('x'))).toHaveLength(1);
    expect(other(Buffer.alloc(4096, 1))).toBeUndefined();
    expect(other(deflateSync('x'))).toBe('too-large');
  });
});

describe('an envelope', () => {
  const envelope = (change: JsonObject = {}): JsonObject => ({
    '@context': [credentialsV2],
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${jwt}`,
    ...change,
  });
  it('gives its token', () => {
    expect(openEnvelope(envelope())).toEqual({ kind: 'token', token: jwt });
    expect(openEnvelope(envelope({ id: `data:application/VC+JWT;charset=utf-8,${jwt}` }))).toMatchObject({ token: jwt });
    expect(openEnvelope(envelope({ type: ['VerifiableCredential'] }))).toEqual({ kind: 'no-envelope' });
  }); // prettier-ignore
  it.each<[string, JsonObject, RegExp]>([
    ['another type beside', { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }, /more than an envelope/],
    ['another context', { '@context': ['https://example.org'] }, /its context/],
    ['an id that is no data: URL', { id: 'https://example.org' }, /not a data: URL/],
    ['an id that is no text', { id: { id: 'data:,' } }, /not a data: URL/],
    ['another media type', { id: `data:application/vp+jwt,${jwt}` }, /application\/vp\+jwt, which is not read/],
    ['base64', { id: `data:application/vc+jwt;base64,${jwt}` }, /;base64, which is not read/],
    ['no token', { id: 'data:application/vc+jwt,a.b' }, /no JSON Web Token/],
  ])('with %s is none', (_name, change, reason) => {
    expect(openEnvelope(envelope(change))).toEqual({ kind: 'fault', reason: expect.stringMatching(reason) });
  }); // prettier-ignore
});
