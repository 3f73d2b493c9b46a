import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { settleDecision } from '../../src/issuing/index.js';
import { aDecision, anAchievement } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestService } from '../support/service.js';

// jsqr is CommonJS with a `default` member; Node hands over the whole module.
const readQr = ((jsqr as unknown as { default?: unknown }).default ?? jsqr) as typeof jsqr.default;
const poppler = spawnSync('pdftoppm', ['-v']).error === undefined;
if (!poppler) console.log('skipped: no pdftoppm (poppler-utils), so no certificate was rendered and scanned');
const withPoppler = poppler ? it : it.skip;

describe('a printed certificate', () => {
  let service: TestService;
  let folder: string;
  beforeAll(async () => {
    service = await aService({ publicUrl: 'https://credentials.example.test' });
    folder = mkdtempSync(join(tmpdir(), 'touchstone-code-'));
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  withPoppler(
    'has a code that, scanned from the rendered page, opens the public page and says how it stands',
    async () => {
      const district = await aDistrict(service);
      const admin = await aMember(service, district, ['admin']);
      const teacher = await aMember(service, district, ['teacher']);
      const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
      const cast = {
        district,
        service: { kind: 'service', district: district.id } as const,
        admin: admin.actor,
        teacher: teacher.member,
      };
      const version = await anAchievement(house, cast, 'formative-feedback');
      const award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
      const pdf = await service.http
        .get(`/c/${award.publicId}.pdf`)
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        });
      const file = join(folder, 'certificate.pdf');
      writeFileSync(file, pdf.body as Buffer);
      expect(spawnSync('pdftoppm', ['-r', '150', '-gray', '-png', '-singlefile', file, file]).status).toBe(0);
      const { data, width, height } = PNG.sync.read(readFileSync(`${file}.png`));
      const scanned = readQr(new Uint8ClampedArray(data), width, height)?.data;
      expect(scanned).toBe(award.credentialId);
      expect(scanned!.length).toBeLessThanOrEqual(60);
      const open = () => service.http.get(new URL(scanned!).pathname).set('Accept', 'text/html');
      const page = await open();
      expect([page.status, page.type]).toEqual([200, 'text/html']);
      expect(page.text).toContain('>Valid<');
      await service.http
        .post(`/api/v1/awards/${award.id}/revoke`)
        .set(admin.auth)
        .send({ reason: 'Copied from a colleague.' })
        .expect(200);
      const after = await open();
      expect(after.text).toContain('>Revoked<');
      expect(after.text).not.toContain('>Valid<');
    },
  );
});
