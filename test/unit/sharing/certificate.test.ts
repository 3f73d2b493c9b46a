import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { badgeImagePng, certificatePdf, openGraphPng, type Certificate } from '../../../src/sharing/index.js';

const readQr = ((jsqr as unknown as { default?: unknown }).default ?? jsqr) as typeof jsqr.default;
const certificate: Certificate = {
  holderName: 'Maya Okafor-Lindström',
  achievementName: 'Formative feedback that moves learning',
  issuerName: 'Riverbend Unified School District',
  issuerDomain: 'credentials.riverbend.example',
  awardedDate: '2026-11-20T02:00:00Z',
  validUntil: '2029-11-20T02:00:00Z',
  creditHours: 1.25,
  criteriaResults: [
    { criterion: 'Feedback names the next step', level: 'Proficient' },
    { criterion: 'Students act on feedback', level: 'Exemplary' },
  ],
  reviewSentence: 'Two reviewers certified for this rubric scored the evidence independently.',
  credentialUrl: 'https://credentials.riverbend.example/c/rvbd4kTq9sXw2ZbLm0PfYc',
  credentialJson: JSON.stringify({ words: 'क्षेत्र العربية 😀 e\u0301 ® ’' }),
  language: 'en-US',
  timeZone: 'America/Chicago',
};

const poppler = spawnSync('pdftoppm', ['-v']).error === undefined;
if (!poppler) console.log('skipped: no pdftoppm (poppler-utils), so certificates were not rendered');
const withPoppler = poppler ? it : it.skip;
const folder = mkdtempSync(join(tmpdir(), 'certificate-'));

async function written(name: string, changes: Partial<Certificate> = {}): Promise<string> {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, await certificatePdf({ ...certificate, ...changes }));
  return file;
}
const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: 'utf8' });
const flat = (text: string): string => text.replace(/[\u200e\u200f\u202a-\u202e]/g, '').replace(/\s+/g, ' ');

describe('the PDF certificate', () => {
  it('comes out the same for the same input, byte for byte', async () => {
    expect(
      Buffer.from(await certificatePdf(certificate)).equals(Buffer.from(await certificatePdf(certificate))),
    ).toBe(true);
  });

  it('refuses a name that it cannot draw, a bad colour and a bad date', async () => {
    await expect(certificatePdf({ ...certificate, holderName: 'Ana 漢' })).rejects.toThrow(
      /holder name.*U\+6F22/,
    );
    await expect(certificatePdf({ ...certificate, colour: 'red' })).rejects.toThrow(/#rrggbb/);
    await expect(certificatePdf({ ...certificate, awardedDate: 'soon' })).rejects.toThrow(
      /2026-11-20T09:00:00Z/,
    );
    await expect(certificatePdf({ ...certificate, timeZone: 'Mars/Base' })).rejects.toThrow(/IANA/);
  });

  withPoppler(
    'is tagged, titled, and says everything in reading order, dates in the zone of the district',
    async () => {
      const file = await written('english');
      const info = run('pdfinfo', file);
      expect(info).toMatch(/Tagged:\s+yes/);
      expect(info).toMatch(/Title:\s+Formative feedback that moves learning/);
      const structure = run('pdfinfo', '-struct-text', file);
      expect(structure).toMatch(/H1[^\n]*\n\s+"Formative feedback that moves learning"/);
      expect(structure).toMatch(/TH\s+"What was shown"/);
      const text = flat(run('pdftotext', file, '-'));
      for (const part of [
        'Maya Okafor-Lindström',
        'November 19, 2026 (CST)',
        '1.25',
        'Exemplary',
        certificate.credentialUrl,
      ]) {
        expect(text).toContain(part);
      }
      expect(readFileSync(file, 'latin1')).toContain('/Lang (en-US)');
    },
  );

  withPoppler('carries the credential as an attached file, byte for byte', async () => {
    const file = await written('attached');
    expect(run('pdfdetach', '-list', file)).toContain('1: credential.json');
    const out = join(folder, 'credential.json');
    run('pdfdetach', '-save', '1', '-o', out, file);
    expect(readFileSync(out, 'utf8')).toBe(certificate.credentialJson);
    expect(readFileSync(file, 'latin1')).toContain('/AFRelationship /Data');
  });

  withPoppler.each(['en', 'ar'])(
    'has a QR code that a reader finds on the rendered page (%s)',
    async (language) => {
      const file = await written(`qr-${language}`, { language, paper: language === 'ar' ? 'a4' : 'letter' });
      run('pdftoppm', '-r', '150', '-gray', '-png', '-singlefile', file, file);
      const { data, width, height } = PNG.sync.read(readFileSync(`${file}.png`));
      const found = readQr(new Uint8ClampedArray(data), width, height);
      expect(found?.data).toBe(certificate.credentialUrl);
      const { topLeftCorner, topRightCorner } = found!.location;
      expect(((topRightCorner.x - topLeftCorner.x) / 150) * 25.4).toBeGreaterThanOrEqual(25);
    },
  );

  withPoppler('gives back the words of Hindi and Arabic certificates as they were written', async () => {
    const hindi = flat(
      run('pdftotext', await written('hi', { language: 'hi', holderName: 'श्रीमती ज्ञानेश्वरी क्षीरसागर' }), '-'),
    );
    expect(hindi).toContain('श्रीमती ज्ञानेश्वरी क्षीरसागर');
    const arabic = flat(
      run('pdftotext', await written('ar', { language: 'ar', holderName: 'ليلى حداد' }), '-'),
    );
    // Poppler turns the replacement text of right-to-left lines round once more; the letters are what is shown here.
    expect([...arabic].reverse().join('')).toContain('ليلى حداد');
  });

  withPoppler('goes on to another page where the criteria do not fit on one', async () => {
    const criteriaResults = Array.from({ length: 30 }, (_, index) => ({
      criterion: `Criterion number ${index + 1} of the rubric`,
      level: 'Proficient',
    }));
    const file = await written('long', { criteriaResults });
    expect(run('pdfinfo', file)).toMatch(/Pages:\s+2/);
    const text = flat(run('pdftotext', file, '-'));
    for (const { criterion } of criteriaResults) expect(text).toContain(criterion);
  });
});

describe('generated pictures', () => {
  it('are of the asked size, and the same for the same words', () => {
    const art = { title: 'Inclusive classroom discussion', issuerName: 'Riverbend' };
    expect(PNG.sync.read(Buffer.from(badgeImagePng(art, 240)))).toMatchObject({ width: 240, height: 240 });
    expect(Buffer.from(badgeImagePng(art)).equals(Buffer.from(badgeImagePng(art)))).toBe(true);
    const card = PNG.sync.read(Buffer.from(openGraphPng({ ...art, issuerDomain: 'riverbend.example' })));
    expect(card).toMatchObject({ width: 1200, height: 627 });
  });

  it('refuse a title that could not be drawn', () => {
    expect(() => badgeImagePng({ title: 'Math 🚀', issuerName: 'R' })).toThrow(/title.*U\+1F680/);
  });
});
