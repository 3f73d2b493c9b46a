import {
  createAchievement,
  publishVersion,
  type AchievementVersion,
} from '../../../src/achievements/index.js';
import { awardOutside, getEdition, type Award, type Edition } from '../../../src/issuing/index.js';
import type { Actor } from '../../../src/kernel/index.js';
import { createIssuerKeys, issuerDid, type IssuerRef } from '../../../src/securing/index.js';
import { addMember, createDistrict, type District } from '../../../src/tenancy/index.js';
import {
  composeResolver,
  verifyCredential,
  type Outbound,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { reviewedContent } from '../../support/issuing-house.js';
import { aService, type TestService } from '../../support/service.js';

export const publicUrl = 'https://credentials.example.test';

/** A district of a service, with its keys and a version that is assessed elsewhere. */
export interface Issuing {
  readonly district: District;
  readonly actor: Actor;
  readonly ref: IssuerRef;
  readonly version: AchievementVersion;
}

/** A service that is not on localhost. */
export const aPublicService = (): Promise<TestService> => aService({ publicUrl });

export async function anIssuingDistrict(service: TestService, slug: string): Promise<Issuing> {
  const { rooms } = service;
  const district = await createDistrict(rooms.tenancy, { name: `District ${slug}`, slug, language: 'en' });
  const actor: Actor = { kind: 'service', district: district.id };
  const ref = { district: district.id, did: issuerDid(publicUrl, slug) };
  await createIssuerKeys(rooms.securing, ref);
  const { achievement } = await createAchievement(rooms.achievements, actor, {
    slug: 'feedback',
    content: reviewedContent({ assessment: { by: 'outside', how: 'A test elsewhere.' } }),
  });
  const { version } = await publishVersion(rooms.achievements, actor, {
    achievement: achievement.id,
    version: 1,
  });
  return { district, actor, ref, version };
}

let people = 0;

/** A credential of the district's for somebody new. */
export async function anAwardOf(
  { rooms }: TestService,
  { actor, version }: Issuing,
): Promise<{ readonly award: Award; readonly edition: Edition }> {
  people += 1;
  const member = await addMember(rooms.tenancy, actor, {
    email: `person.${people}@schools.example`,
    name: `Person ${people}`,
    roles: ['teacher'],
  });
  const award = await awardOutside(rooms.issuing, actor, {
    achievement: version.achievement,
    member: member.id,
  });
  return { award, edition: await getEdition(rooms.issuing, award) };
}

/**
 * What a stranger's verifier says, which knows nothing but what the service answers over HTTP. `instead` takes the place
 * of some answers: an address, and what is served there.
 */
export async function strangersReport(
  service: TestService,
  bytes: Uint8Array | string,
  instead: ReadonlyMap<string, string> = new Map(),
): Promise<VerificationReport> {
  const nobody = async () => undefined;
  const outbound: Outbound = {
    get: async (url, { accept }) => {
      const forged = instead.get(url);
      if (forged !== undefined) {
        const mediaType = forged.startsWith('{') ? 'application/vc' : 'application/jwt';
        return { ok: true, bytes: new TextEncoder().encode(forged), mediaType, url };
      }
      if (!url.startsWith(`${publicUrl}/`))
        return { ok: false, kind: 'refused', reason: `${url} is not asked` };
      const answer = await service.http
        .get(url.slice(publicUrl.length))
        .set('Accept', accept.join(', '))
        .buffer(true)
        .parse((response, done) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => done(null, Buffer.concat(parts)));
        });
      if (answer.status !== 200) return { ok: false, kind: 'absent', reason: `${url}: ${answer.status}` };
      const mediaType = String(answer.headers['content-type']).split(';')[0]!;
      return { ok: true, bytes: new Uint8Array(answer.body as Buffer), mediaType, url };
    },
  };
  return verifyCredential(
    {
      resolver: composeResolver({ did: nobody, resource: nobody, standing: nobody }, outbound),
      knownIssuers: { list: async () => [] },
    },
    { kind: 'bytes', bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes },
    { now: service.clock.now() },
  );
}
