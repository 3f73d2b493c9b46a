import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { diskFiles } from '../../../src/adapters/files/index.js';
import { evidenceManifest, findMediaType, type FileStore } from '../../../src/evidence/index.js';
import { cleanName } from '../../../src/evidence/clean-name.js';
import { decryptRange, encryptFile, encryptedRange } from '../../../src/evidence/file-cipher.js';
import { AppError, systemRandomness } from '../../../src/kernel/index.js';
import { byteRange } from '../../../src/web/api/byte-range.js';
import { aPdf } from '../../support/work-house.js';

const key = systemRandomness.bytes(32);

describe('an encrypted file', () => {
  it('gives back any range of itself from the part that holds it', () => {
    const sizes = fc.constantFrom(1, 65_535, 65_536, 65_537, 131_072, 200_000);
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (size, from, to) => {
          const plain = systemRandomness.bytes(size);
          const start = Math.floor(from * size);
          const end = start + Math.floor(to * (size - start));
          const encrypted = encryptFile(plain, key);
          const part = encryptedRange({ start, end }, size);
          const back = decryptRange(encrypted.subarray(part.start, part.end + 1), key, { start, end }, size);
          expect(Buffer.compare(back, plain.subarray(start, end + 1))).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is refused when a byte changed, a piece was moved, or the end was cut off', () => {
    const size = 150_000;
    const all = { start: 0, end: size - 1 };
    const encrypted = encryptFile(systemRandomness.bytes(size), key);
    const changed = Uint8Array.from(encrypted);
    changed[70_000]! ^= 1;
    const stride = 65_552;
    const moved = Buffer.concat([
      encrypted.subarray(stride, 2 * stride),
      encrypted.subarray(0, stride),
      encrypted.subarray(2 * stride),
    ]);
    expect(() => decryptRange(changed, key, all, size)).toThrow();
    expect(() => decryptRange(moved, key, all, size)).toThrow();
    expect(() => decryptRange(encrypted.subarray(0, 2 * stride), key, all, size)).toThrow();
    // Not even when the size is told to match: the last piece is marked.
    expect(() =>
      decryptRange(encrypted.subarray(0, 2 * stride), key, { start: 0, end: 131_071 }, 131_072),
    ).toThrow();
    expect(() => decryptRange(encrypted, systemRandomness.bytes(32), all, size)).toThrow();
  });
});

describe('files on the disk', () => {
  let folder: string;
  let files: FileStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-disk-'));
    files = diskFiles({ folder, randomness: systemRandomness });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are kept whole, read whole or in part, replaced, and removed for good', async () => {
    await files.put('art_abcdef', Buffer.from('0123456789'));
    expect(Buffer.from((await files.get('art_abcdef'))!).toString()).toBe('0123456789');
    expect(Buffer.from((await files.get('art_abcdef', { start: 3, end: 5 }))!).toString()).toBe('345');
    await files.put('art_abcdef', Buffer.from('new'));
    expect(Buffer.from((await files.get('art_abcdef'))!).toString()).toBe('new');
    expect(await readdir(join(folder, 'ef'))).toEqual(['art_abcdef']);
    await files.remove('art_abcdef');
    await files.remove('art_abcdef');
    expect(await files.get('art_abcdef')).toBeUndefined();
    expect(await readdir(join(folder, 'ef'))).toEqual([]);
  });

  it.each(['../../etc/passwd', 'a/b', 'art_ABC', 'art.x', '', 'art_\0x'])(
    'never lie under the id %j',
    async (id) => {
      await expect(files.put(id, Buffer.from('x'))).rejects.toThrow('file id');
      await expect(files.get(id)).rejects.toThrow('file id');
      await expect(files.remove(id)).rejects.toThrow('file id');
    },
  );

  it('answer unavailable when the disk does', async () => {
    const nowhere = diskFiles({ folder: '/dev/null/files', randomness: systemRandomness });
    await expect(nowhere.put('art_abcdef', Buffer.from('x'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the media type of a file', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const taken: readonly [string, Uint8Array, string, string, string][] = [
    ['a PDF', aPdf(), 'application/pdf', 'a.pdf', 'application/pdf'],
    ['a PDF that declares nothing', aPdf(), 'application/octet-stream', 'a', 'application/pdf'],
    ['a picture', png, 'image/png', 'a.png', 'image/png'],
    [
      'plain text with a character set',
      Buffer.from('Grüße\n'),
      'text/plain; charset=utf-8',
      'a.txt',
      'text/plain',
    ],
    ['Markdown by declaration', Buffer.from('# Hi'), 'text/markdown', 'a.txt', 'text/markdown'],
    ['Markdown by name', Buffer.from('# Hi'), '', 'notes.MD', 'text/markdown'],
  ];
  it.each(taken)('is found in %s', async (_what, bytes, declared, name, type) => {
    expect(await findMediaType(bytes, declared, name)).toBe(type);
  });

  const refused: readonly [string, Uint8Array, string, string][] = [
    ['a PDF declared as a picture', aPdf(), 'image/png', 'was declared as image/png'],
    ['text declared as a PDF', Buffer.from('hello'), 'application/pdf', 'was declared as application/pdf'],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'image/svg+xml',
      'was declared as image/svg+xml',
    ],
    ['HTML', Buffer.from('<!doctype html><script>1</script>'), 'text/html', 'was declared as text/html'],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'image/gif', 'is image/gif'],
    [
      'a ZIP',
      Buffer.from('PK\x03\x04\x14\x00\x00\x00\x08\x00', 'latin1'),
      'application/zip',
      'is application/zip',
    ],
    ['bytes of no form', Buffer.from([1, 2, 3, 4, 0, 255]), '', 'is of an unknown type'],
    [
      'text that is not UTF-8',
      Buffer.from([0x47, 0xfc, 0x6e]),
      'text/plain',
      'is not what text/plain looks like',
    ],
  ];
  it.each(refused)('refuses %s, naming the rule', async (_what, bytes, declared, words) => {
    const error = await findMediaType(bytes, declared, 'x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'unsupported-media-type', errors: [{ pointer: '/file' }] });
    expect((error as AppError).message).toContain(words);
  });
});

describe('the name of a file', () => {
  it.each([
    ['lesson.pdf', 'lesson.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\me\\My plan.PDF', 'My plan.pdf'],
    ['plan.exe', 'plan.pdf'],
    ['\u202Efdp.exe', 'fdp.pdf'],
    ['a\0b\r\nc".pdf', 'abc_.pdf'],
    ['...', 'file.pdf'],
    ['', 'file.pdf'],
    ['Übung 日本.pdf', 'Übung 日本.pdf'],
  ])('%j becomes %j', (given, kept) => {
    expect(cleanName(given, 'application/pdf')).toBe(kept);
  });

  it('has at most 120 characters', () => {
    expect([...cleanName('字'.repeat(300), 'application/pdf')]).toHaveLength(120);
  });
});

describe('the manifest of evidence', () => {
  const file = {
    salt: 'c2FsdA',
    sha256: 'bb'.repeat(32),
    size: 7,
    mediaType: 'application/pdf',
    name: 'private.pdf',
  };
  const other = { ...file, salt: 'b3RoZXI', sha256: 'aa'.repeat(32) };

  it('is canonical, holds no name, and keeps the salt of a single file', () => {
    expect(Buffer.from(evidenceManifest([file])).toString()).toBe(
      `{"files":[{"mediaType":"application/pdf","sha256":"${'bb'.repeat(32)}","size":7}],"salt":"c2FsdA"}`,
    );
  });

  it('does not depend on the order of files, and does on every salt', () => {
    const bytes = (...files: (typeof file)[]) => Buffer.from(evidenceManifest(files)).toString();
    expect(bytes(file, other)).toBe(bytes(other, file));
    expect(bytes(file, { ...other, salt: 'x' })).not.toBe(bytes(file, other));
    expect(() => evidenceManifest([])).toThrow();
  });
});

describe('a Range header', () => {
  it.each([
    ['bytes=0-4', { start: 0, end: 4 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=2-99', { start: 2, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=4-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=0-1', undefined],
    ['bytes=-', undefined],
    [undefined, undefined],
  ])('%j of ten bytes is %j', (header, range) => {
    expect(byteRange(header, 10)).toEqual(range);
  });
});
