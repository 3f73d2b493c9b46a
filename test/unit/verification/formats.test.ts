import { deflateSync, crc32 } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from '@jest/globals';
import { containerOf, readInput } from '../../../src/verification/formats/read-input.js';
import { scanJson } from '../../../src/verification/formats/scan-json.js';

const credential = JSON.stringify({ type: ['VerifiableCredential'], name: 'Année – 年 🎓' });
const other = JSON.stringify({ type: ['VerifiableCredential'], name: 'Another' });
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln';

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function iTXt(text: string, { keyword = 'openbadgecredential', compressed = false } = {}): Buffer {
  const value = compressed ? deflateSync(text) : Buffer.from(text);
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from([compressed ? 1 : 0, 0, 0, 0]), value]),
  );
}

function png(...chunks: Buffer[]): Buffer {
  const header = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    header,
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const svg = (inside: string, attributes = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"') =>
  Buffer.from(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}<rect width="1"/></svg>`,
  );

function carried(bytes: Buffer): string {
  const { carried: found } = readInput(bytes);
  return found.ok ? found.text : `${found.kind}: ${found.reason}`;
}

describe('a PNG', () => {
  it('gives the text of its one iTXt chunk, in any script', () => {
    expect(containerOf(png())).toBe('png');
    expect(carried(png(iTXt(credential)))).toBe(credential);
    expect(carried(png(chunk('tEXt', Buffer.from('Title\0x')), iTXt(jwt)))).toBe(jwt);
  });
  it('gives a compressed text too, though that is against the rule', () => {
    expect(carried(png(iTXt(credential, { compressed: true })))).toBe(credential);
  });
  it('accepts the same credential twice and refuses two', () => {
    expect(carried(png(iTXt(credential), iTXt(credential)))).toBe(credential);
    expect(carried(png(iTXt(credential), iTXt(other)))).toMatch(/^ambiguous/);
  });
  it.each([
    ['without one', png(), /^none/],
    ['with one after its end', Buffer.concat([png(), iTXt(credential)]), /^none/],
    [
      'with one in tEXt',
      png(chunk('tEXt', Buffer.from(`openbadgecredential\0${credential}`))),
      /^unreadable/,
    ],
    [
      'with one of Open Badges 2.0',
      png(iTXt('https://example.org/a', { keyword: 'openbadges' })),
      /^older-version/,
    ],
    [
      'with a wrong checksum',
      Buffer.from(png(iTXt(credential)).map((byte, at) => (at === 80 ? byte ^ 1 : byte))),
      /^unreadable/,
    ],
    ['cut short', png(iTXt(credential)).subarray(0, 90), /^(unreadable|none)/],
    [
      'with a chunk longer than the file',
      Buffer.concat([png().subarray(0, 33), Buffer.from([0x7f, 255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9])]),
      /^unreadable/,
    ],
    ['with a bomb', png(iTXt('x'.repeat(5_000_000), { compressed: true })), /^too-large/],
    [
      'with a text chunk cut short',
      png(chunk('iTXt', Buffer.from('openbadgecredential\0\0'))),
      /^unreadable/,
    ],
  ])('%s gives none', (_name, bytes, expected) => {
    expect(carried(bytes)).toMatch(expected);
  });
});

describe('an SVG', () => {
  const baked = (text: string) => `<openbadges:credential><![CDATA[${text}]]></openbadges:credential>`;
  it('gives JSON from the content and a token from the attribute', () => {
    expect(containerOf(svg(''))).toBe('svg');
    expect(carried(svg(baked(credential)))).toBe(credential);
    expect(carried(svg(`<openbadges:credential verify="${jwt}"/>`))).toBe(jwt);
    expect(
      carried(svg(`<openbadges:credential>${credential.replaceAll('"', '&quot;')}</openbadges:credential>`)),
    ).toBe(credential);
  });
  it('goes by the namespace and not by the prefix', () => {
    const ns = 'https://purl.imsglobal.org/ob/v3p0';
    expect(carried(svg(`<x:credential xmlns:x="${ns}" verify="${jwt}"/>`, ''))).toBe(jwt);
    expect(carried(svg(`<credential xmlns='${ns}' verify='${jwt}'/>`, ''))).toBe(jwt);
    expect(carried(svg(baked(credential), 'xmlns:openbadges="https://example.org/other"'))).toMatch(/^none/);
    expect(carried(svg(baked(credential), ''))).toMatch(/^none/);
  });
  it.each([
    ['two credentials', svg(baked(credential) + baked(other)), /^ambiguous/],
    [
      'one in the content and one in the attribute of another',
      svg(`${baked(credential)}<openbadges:credential verify="${jwt}"/>`),
      /^ambiguous/,
    ],
    ['one in a comment', svg(`<!--${baked(credential)}-->`), /^none/],
    [
      'one in a CDATA section',
      svg(`<text><![CDATA[${baked(credential).replaceAll(']]>', ']]')}]]></text>`),
      /^none/,
    ],
    ['a document type', Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`), /^unreadable/],
    ['an element that is not closed', svg('<g>'), /^unreadable/],
    ['elements closed in another order', svg('<g><a></g></a>'), /^unreadable/],
    ['an attribute that is not closed', Buffer.from('<svg a="x><rect/></svg>'), /^unreadable/],
    ['one attribute twice', svg(`<openbadges:credential verify="${jwt}" verify="${jwt}"/>`), /^unreadable/],
    ['too many levels', svg('<g>'.repeat(300) + '</g>'.repeat(300)), /^too-large/],
    [
      'an assertion of Open Badges 2.0',
      svg('<o:assertion xmlns:o="http://openbadges.org" verify="x"/>'),
      /^older-version/,
    ],
  ])('with %s gives none', (_name, bytes, expected) => {
    expect(carried(bytes)).toMatch(expected);
  });
});

async function pdf(files: Record<string, string>, compress = true): Promise<Buffer> {
  const document = new PDFDocument({ compress });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise((resolve) => document.on('end', resolve));
  document.text('A certificate');
  for (const [name, content] of Object.entries(files))
    document.file(Buffer.from(content), { name, type: 'application/json' });
  document.end();
  await done;
  return Buffer.concat(parts);
}

describe('a PDF', () => {
  it('gives the attached credential, compressed or not', async () => {
    const bytes = await pdf({ 'credential.json': credential });
    expect(containerOf(bytes)).toBe('pdf');
    expect(carried(bytes)).toBe(credential);
    expect(carried(await pdf({ 'credential.json': credential }, false))).toBe(credential);
    expect(carried(await pdf({ 'credential.jwt': jwt }))).toBe(jwt);
  });
  it('overlooks attachments that are no credential', async () => {
    expect(
      carried(
        await pdf({ 'notes.txt': 'Hello', 'statement.json': '{"a":1}', 'credential.json': credential }),
      ),
    ).toBe(credential);
  });
  it('takes the last of an object that was written again', async () => {
    const bytes = await pdf({ 'credential.json': credential }, false);
    const number = /(\d+) 0 obj\s*<<[^>]*\/EmbeddedFile/.exec(bytes.toString('latin1'))?.[1];
    const update = `\n${number} 0 obj\n<< /Type /EmbeddedFile /Length ${Buffer.byteLength(other)} >>\nstream\n${other}\nendstream\nendobj\n`;
    expect(carried(Buffer.concat([bytes, Buffer.from(update)]))).toBe(other);
  });
  it('believes endstream when the length lies', () => {
    const bytes = Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length 3 >>\nstream\r\n${credential}\nendstream\nendobj\n`,
    );
    expect(carried(bytes)).toBe(credential);
  });
  it.each([
    ['without attachments', async () => pdf({}), /^none/],
    [
      'with two different credentials',
      async () => pdf({ 'a.json': credential, 'b.json': other }),
      /^ambiguous/,
    ],
    [
      'with a credential only in its page',
      async () => Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Length 9 >>\nstream\n${credential}\nendstream\nendobj`),
      /^none/,
    ],
    ['that is encrypted', async () => Buffer.from('%PDF-1.7\ntrailer << /Encrypt 5 0 R >>'), /^unreadable/],
    [
      'with a bomb',
      async () => pdf({ 'credential.json': `{"VerifiableCredential":"${'x'.repeat(3_000_000)}"}` }),
      /^too-large/,
    ],
    [
      'with too many attachments',
      async () => pdf(Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`${n}.json`, `{"n":${n}}`]))),
      /^too-large/,
    ],
  ])('%s gives none', async (_name, bytes, expected) => {
    expect(carried(await bytes())).toMatch(expected);
  });
  it('of a million objects without an end is read once, not once an object', () => {
    const bytes = Buffer.from(
      `%PDF-1.7\n${Array.from({ length: 300_000 }, (_, n) => `${n} 0 obj\n`).join('')}`,
    );
    expect(carried(bytes)).toMatch(/^none/);
  });
});

describe('other bytes', () => {
  it('give none', () => {
    expect(carried(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).toMatch(/^none/);
  });
});

describe('the scan before parsing', () => {
  const limits = { nodes: 10, depth: 3 };
  it.each([
    ['{"a":[1,{"b":2}]}', { nodes: 5, depth: 3, duplicate: undefined }],
    ['{"a":"{[","b":"\\"]"}', { nodes: 3, depth: 1, duplicate: undefined }],
    ['{"a":1,"b":{"a":2}}', { nodes: 4, depth: 2, duplicate: undefined }],
    ['{"a":1,"\\u0061":2}', { nodes: 3, depth: 1, duplicate: 'a' }],
    ['["a","a"]', { nodes: 3, depth: 1, duplicate: undefined }],
    ['[[[[1]]]]', { exceeded: 'depth' }],
    ['[1,2,3,4,5,6,7,8,9,10]', { exceeded: 'nodes' }],
    ['{"a', { nodes: 2, depth: 1, duplicate: undefined }],
    ['', { nodes: 0, depth: 0, duplicate: undefined }],
  ])('%s', (text, expected) => {
    expect(scanJson(text, limits)).toEqual(expected);
  });
});
