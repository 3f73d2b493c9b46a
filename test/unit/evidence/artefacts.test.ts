import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  consentCovers,
  eraseArtefact,
  getArtefact,
  isBarred,
  listArtefacts,
  openArtefact,
  recordConsent,
  uploadArtefact,
  withdrawConsent,
  type NewConsent,
} from '../../../src/evidence/index.js';
import { AppError, plusDays, type DistrictId } from '../../../src/kernel/index.js';
import { aMemberActor, aPdf, aWorkHouse, type WorkHouse } from '../../support/work-house.js';

let house: WorkHouse;
beforeEach(async () => {
  house = await aWorkHouse();
});
afterEach(() => house.close());

const upload = (bytes: Uint8Array = aPdf(), mediaType = 'application/pdf', name = 'plan.pdf') =>
  uploadArtefact(house.evidence, house.teacher, { name, mediaType, bytes });
const consentFor = (artefacts: readonly string[], change: Partial<NewConsent> = {}) =>
  recordConsent(house.evidence, house.teacher, {
    submission: null,
    artefacts,
    use: 'review',
    statement: 'Forms in the office.',
    ...change,
  });
async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : String(error);
}
async function everyFile(): Promise<Buffer> {
  const names = await readdir(house.folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((name) => name.isFile())
    .map((name) => readFile(join(name.parentPath, name.name)));
  return Buffer.concat(await Promise.all(files));
}

describe('an artefact', () => {
  it('lies encrypted and comes back whole and in part', async () => {
    const { artefact } = await upload(aPdf('canary-in-the-file'));
    expect((await everyFile()).includes('canary-in-the-file')).toBe(false);
    const opened = await openArtefact(house.evidence, house.teacher, artefact.id);
    expect(Buffer.from(await opened.read()).toString()).toContain('canary-in-the-file');
    expect(Buffer.from(await opened.read({ start: 0, end: 4 })).toString()).toBe('%PDF-');
  });

  it('is the one that there is when the same owner sends the same content again, and another for another owner', async () => {
    const first = await upload();
    const again = await upload(aPdf(), 'application/pdf', 'renamed.pdf');
    expect(again).toMatchObject({ existing: true, artefact: { id: first.artefact.id, name: 'plan.pdf' } });
    const other = await uploadArtefact(house.evidence, aMemberActor(house.district.id), {
      name: 'x',
      mediaType: '',
      bytes: aPdf(),
    });
    expect(other.existing).toBe(false);
    expect(other.artefact.id).not.toBe(first.artefact.id);
  });

  it('is refused empty, too large for its type, or of another type, and leaves no file', async () => {
    expect(await codeOf(upload(new Uint8Array()))).toBe('invalid-request');
    expect(await codeOf(upload(Buffer.alloc(2_000_001, 'a'), 'text/plain', 'a.txt'))).toBe('too-large');
    expect(await codeOf(upload(aPdf(), 'image/png'))).toBe('unsupported-media-type');
    expect(await codeOf(upload(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png'))).toBe(
      'unsupported-media-type',
    );
    expect((await everyFile()).length).toBe(0);
    expect((await listArtefacts(house.evidence, house.teacher, { limit: 10 })).items).toEqual([]);
  });

  it('that is a picture loses place and camera and stands upright', async () => {
    const taken = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#336699' } })
      .jpeg()
      .withExif({
        IFD0: { Make: 'CanaryCam' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(taken).metadata()).orientation).toBe(6);
    expect(taken.includes('CanaryCam')).toBe(true);
    const { artefact } = await upload(taken, 'image/jpeg', 'IMG_1.JPG');
    const kept = await (await openArtefact(house.evidence, house.teacher, artefact.id)).read();
    const seen = await sharp(kept).metadata();
    expect(Buffer.from(kept).includes('CanaryCam')).toBe(false);
    expect(seen.exif).toBeUndefined();
    expect([seen.width, seen.height]).toEqual([20, 40]);
  });

  it('is absent to everybody else, here and in other districts', async () => {
    const { artefact } = await upload();
    const colleague = aMemberActor(house.district.id);
    const stranger = aMemberActor('dst_other' as DistrictId);
    expect(await codeOf(getArtefact(house.evidence, colleague, artefact.id))).toBe('not-found');
    expect(await codeOf(openArtefact(house.evidence, colleague, artefact.id))).toBe('not-found');
    expect(await codeOf(openArtefact(house.evidence, stranger, artefact.id))).toBe('not-found');
  });

  it('is open to an assigned reviewer until the consent for review is withdrawn', async () => {
    const { artefact } = await upload();
    const reviewer = aMemberActor(house.district.id);
    house.assigned.add(`${reviewer.member} ${artefact.id}`);
    const consent = await consentFor([artefact.id]);
    expect((await openArtefact(house.evidence, reviewer, artefact.id)).by).toBe('reviewer');
    await withdrawConsent(house.evidence, house.teacher, consent.id);
    expect(await codeOf(openArtefact(house.evidence, reviewer, artefact.id))).toBe('not-found');
    expect((await openArtefact(house.evidence, house.teacher, artefact.id)).by).toBe('owner');
  });

  it('once erased has no key, no salt, no digest, no name and no file, and can be sent anew', async () => {
    const { artefact } = await upload();
    const erased = await eraseArtefact(house.evidence, house.teacher, artefact.id);
    expect(erased).toMatchObject({
      sealedKey: null,
      salt: null,
      sha256: null,
      name: 'erased',
      erasedAt: house.clock.now(),
      effectDue: house.clock.now(),
    });
    expect((await everyFile()).length).toBe(0);
    expect(await codeOf(openArtefact(house.evidence, house.teacher, artefact.id))).toBe('not-found');
    expect((await eraseArtefact(house.evidence, house.teacher, artefact.id)).version).toBe(erased.version);
    const anew = await upload();
    expect(anew).toMatchObject({ existing: false, artefact: { sha256: artefact.sha256 } });
    expect(anew.artefact.id).not.toBe(artefact.id);
    // A second erased one without a digest beside the first, and the content can still be sent anew.
    await eraseArtefact(house.evidence, house.teacher, anew.artefact.id);
    expect((await upload()).existing).toBe(false);
  });
});

describe('a consent', () => {
  it('covers its use of the files it names, from its beginning to before its end, until withdrawn', async () => {
    const { artefact } = await upload();
    const now = house.clock.now();
    const consent = await consentFor([artefact.id], { to: plusDays(now, 1) });
    const covers = (use: 'review' | 'plc', at: string) => consentCovers([consent], artefact.id, use, at);
    expect([
      covers('review', now),
      covers('plc', now),
      covers('review', plusDays(now, -1)),
      covers('review', plusDays(now, 1)),
    ]).toEqual([true, false, false, false]);
    expect(consent.effectDue).toBe(plusDays(now, 1));
    const withdrawn = await withdrawConsent(house.evidence, house.teacher, consent.id);
    expect(withdrawn.effectDue).toBe(now);
    expect(isBarred([withdrawn], artefact.id, 'review', now)).toBe(true);
    expect(isBarred([], artefact.id, 'review', now)).toBe(false);
  });

  it('is refused for files that are not the actor’s or are erased, without words, or over before it begins', async () => {
    const { artefact } = await upload();
    const gone = (await upload(aPdf('b'))).artefact;
    await eraseArtefact(house.evidence, house.teacher, gone.id);
    const error = await consentFor([artefact.id, gone.id, 'art_none'], {
      statement: ' ',
      to: house.clock.now(),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rule-violated' });
    expect((error as AppError).errors.map((one) => one.pointer)).toEqual([
      '/artefacts/1',
      '/artefacts/2',
      '/statement',
      '/to',
    ]);
  });

  it('of another’s is absent', async () => {
    const consent = await consentFor([(await upload()).artefact.id]);
    expect(await codeOf(withdrawConsent(house.evidence, aMemberActor(house.district.id), consent.id))).toBe(
      'not-found',
    );
  });
});
