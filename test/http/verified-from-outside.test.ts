import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settleDecision } from '../../src/issuing/index.js';
import {
  composeResolver,
  verifyCredential,
  type Outbound,
  type VerificationReport,
} from '../../src/verification/index.js';
import { aDecision, anAchievement } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

/** A verifier elsewhere, who knows nothing of the service but what its public routes answer. */
let service: TestService;
let admin: TestMember;
let issue: () => Promise<{ readonly award: string; readonly json: string; readonly token: string }>;
let asked: string[];

beforeAll(async () => {
  service = await aService();
  const district = await aDistrict(service);
  const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
  admin = await aMember(service, district, ['admin']);
  const cast = {
    district,
    service: { kind: 'service', district: district.id } as const,
    admin: admin.actor,
    teacher: (await aMember(service, district, ['teacher'])).member,
  };
  let n = 0;
  issue = async () => {
    const achievement = await anAchievement(house, cast, `achievement-${(n += 1)}`);
    const { id } = (await settleDecision(house.ports, await aDecision(house, cast, achievement)))!;
    const { body } = await service.http.get(`/api/v1/awards/${id}`).set(admin.auth).expect(200);
    const text = async (url: string) =>
      Buffer.from((await bytesAt(new URL(url).pathname)).body as Buffer).toString('utf8');
    return { award: id, json: await text(body.links.json), token: await text(body.links.jwt) };
  };
});
afterAll(() => service.close());

const bytesAt = (path: string, accept = '*/*') =>
  service.http
    .get(path)
    .set('Accept', accept)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });

const outbound: Outbound = {
  get: async (url, { accept }) => {
    asked.push(new URL(url).pathname);
    const answer = await bytesAt(new URL(url).pathname, accept.join(', '));
    if (answer.status !== 200) return { ok: false, kind: 'absent', reason: `${url}: ${answer.status}` };
    const mediaType = String(answer.headers['content-type']).split(';')[0]!;
    if (!accept.includes(mediaType) && !accept.includes('*/*'))
      return { ok: false, kind: 'refused', reason: `${url} answered with media type ${mediaType}.` };
    return { ok: true, bytes: new Uint8Array(answer.body as Buffer), mediaType, url };
  },
};

function verify(text: string): Promise<VerificationReport> {
  asked = [];
  const nothing = async () => undefined;
  const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
  return verifyCredential(
    { resolver, knownIssuers: { list: async () => [] } },
    { kind: 'bytes', bytes: Buffer.from(text) },
    { now: service.clock.now() },
  );
}

const change = (award: string, verb: string) =>
  service.http
    .post(`/api/v1/awards/${award}/${verb}`)
    .set(admin.auth)
    .set('Idempotency-Key', `${award}-${verb}`)
    .send({ reason: 'A second look.' });

describe('a credential of ours, verified from outside over the public routes', () => {
  it('is valid as JSON and as a token, its standing asked for and believed', async () => {
    const { json, token } = await issue();
    for (const text of [json, token]) {
      const report = await verify(text);
      expect(report.reasons).toEqual([]);
      expect(report.verdict).toBe('valid');
      expect(asked.filter((path) => path.endsWith('/did.json'))).toHaveLength(1);
      expect(asked.filter((path) => path.endsWith('/standing'))).toHaveLength(1);
    }
  });

  it('is suspended by its signed standing alone, while its bit is clear', async () => {
    const { award, json, token } = await issue();
    await change(award, 'suspend').expect(200);
    for (const text of [json, token]) {
      const report = await verify(text);
      expect(report.verdict).toBe('suspended');
      expect(report.reasons[0]).toContain('A second look.');
    }
    await change(award, 'resume').expect(200);
    expect((await verify(json)).verdict).toBe('valid');
  });

  it('is revoked by its list', async () => {
    const { award, json } = await issue();
    await change(award, 'revoke').expect(200);
    expect((await verify(json)).verdict).toBe('revoked');
  });
});
