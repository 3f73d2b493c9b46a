import type { Edition } from '../../../src/issuing/index.js';
import { rotateIssuerKey } from '../../../src/securing/index.js';
import { anAwardOf, anIssuingDistrict, aPublicService, strangersReport } from './stranger.js';

/** What came of rotating: of `credentials`, how many a stranger finds valid in both forms. */
export interface Rotated {
  readonly rotations: number;
  readonly credentials: number;
  readonly validAsJson: number;
  readonly validAsJwt: number;
  readonly signingKeys: number;
  readonly didDocumentBytes: number;
  readonly faults: readonly unknown[];
}

/** Rotates both keys `size` times, with a credential before each rotation, then lets a stranger verify every one. */
export async function rotateAndVerify(size: number): Promise<Rotated> {
  const service = await aPublicService();
  const district = await anIssuingDistrict(service, 'riverbend');
  const editions: Edition[] = [];
  for (let n = 0; n < size; n += 1) {
    editions.push((await anAwardOf(service, district)).edition);
    service.clock.advance(86_400);
    await rotateIssuerKey(service.rooms.securing, district.ref, 'proof');
    await rotateIssuerKey(service.rooms.securing, district.ref, 'jwt');
  }
  const faults: unknown[] = [];
  const valid = { json: 0, jwt: 0 };
  for (const edition of editions) {
    for (const form of ['json', 'jwt'] as const) {
      const { verdict, sentence } = await strangersReport(service, edition[form]);
      if (verdict === 'valid') valid[form] += 1;
      else faults.push({ signedBy: edition.signedBy, form, verdict, sentence });
    }
  }
  const didDocument = await service.http.get('/issuers/riverbend/did.json');
  await service.close();
  return {
    rotations: size,
    credentials: editions.length,
    validAsJson: valid.json,
    validAsJwt: valid.jwt,
    signingKeys: new Set(editions.flatMap(({ signedBy }) => signedBy ?? [])).size,
    didDocumentBytes: Buffer.byteLength(JSON.stringify(didDocument.body)),
    faults,
  };
}
