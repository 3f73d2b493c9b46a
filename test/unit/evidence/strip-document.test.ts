import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stripMp4, stripPdf } from '../../../src/evidence/strip-document.js';
import { packageRoot } from '../../../src/kernel/index.js';

const sample = (name: string) => new Uint8Array(readFileSync(join(packageRoot, 'src/demo/samples', name)));
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('what is taken out of a PDF', () => {
  const pdf = bytesOf(
    '%PDF-1.4\n1 0 obj\n<< /Author (Maya \\(M.\\) Okafor (Alder)) /Title <4D617961> /Producer 2 0 R >>\nendobj\n' +
      '2 0 obj\n(Maya’s laptop)\nendobj\n3 0 obj\n(Maya in the work itself)\nendobj\n' +
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Maya Okafor</dc:creator></x:xmpmeta>\n' +
      'trailer << /Info 1 0 R /Root 3 0 R >>\n%%EOF',
  );

  it('is every text of the information dictionary, what it refers to, and the XMP packet', () => {
    const stripped = latin(stripPdf(pdf));
    expect(stripped.match(/Maya/g)).toEqual(['Maya']);
    expect(stripped).toContain('(Maya in the work itself)');
    expect(stripped).not.toMatch(/Okafor|Alder|4D617961/);
    expect(stripped).toHaveLength(pdf.length);
  });

  it('leaves a real document readable, with its words and without its author', () => {
    const plan = sample('lesson-plan.pdf');
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-strip-'));
    const file = join(folder, 'plan.pdf');
    writeFileSync(file, stripPdf(plan));
    const info = spawnSync('pdfinfo', [file], { encoding: 'utf8' });
    if (info.error !== undefined)
      console.log('skipped: no pdfinfo (poppler-utils), so the document was not opened');
    else {
      expect([info.status, info.stderr]).toEqual([0, '']);
      expect(info.stdout).toMatch(/Pages: +2/);
      expect(info.stdout).not.toMatch(/^(Author|Title): +\S/m);
      const words = (path: string) => spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' }).stdout;
      writeFileSync(join(folder, 'before.pdf'), plan);
      expect(words(file)).toBe(words(join(folder, 'before.pdf')));
    }
    expect(latin(stripPdf(plan))).toHaveLength(plan.length);
    rmSync(folder, { recursive: true, force: true });
  });

  it('changes nothing twice, and nothing of what has neither', () => {
    expect(stripPdf(stripPdf(pdf))).toEqual(stripPdf(pdf));
    const bare = bytesOf('%PDF-1.4\n1 0 obj\n(words)\nendobj\n%%EOF');
    expect(stripPdf(bare)).toEqual(bare);
  });
});

describe('what is taken out of an MP4', () => {
  it('is its user data, while the film keeps its length and every frame', () => {
    const film = sample('lesson-moment.mp4');
    expect(latin(film)).toContain('udta');
    const stripped = stripMp4(film);
    expect(latin(stripped)).not.toMatch(/udta|meta|Lavf/);
    expect(stripped).toHaveLength(film.length);
    expect(latin(stripped).slice(latin(stripped).indexOf('mdat'))).toBe(
      latin(film).slice(latin(film).indexOf('mdat')),
    );
  });

  it('survives boxes that lie about their size', () => {
    for (const size of [0, 1, 7, 0xffffffff]) {
      const box = new Uint8Array(24);
      new DataView(box.buffer).setUint32(0, size);
      box.set(bytesOf('moov'), 4);
      expect(stripMp4(box)).toHaveLength(24);
    }
  });
});
