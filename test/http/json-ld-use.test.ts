import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { builtWorker } from '../support/built-worker.js';
import type { TestMember, TestService } from '../support/service.js';

/** How often this thread called the JSON-LD processor, whoever called it: ours or a library of proofs. */
let calls: string[] = [];
const { default: actual } = (await import('jsonld')) as unknown as { default: Record<string, unknown> };
const counting = new Proxy(actual, {
  get: (target, name) => {
    const value = Reflect.get(target, name) as unknown;
    if (typeof value !== 'function' || !['compact', 'expand', 'toRDF', 'canonize'].includes(String(name)))
      return value;
    return (...args: readonly unknown[]) => {
      calls.push(String(name));
      return (value as (...args: readonly unknown[]) => unknown).apply(target, [...args]);
    };
  },
});
jest.unstable_mockModule('jsonld', () => ({ default: counting }));
const { canonicalWays } = await import('../../src/securing/canonical/index.js');
/** The single pass is no call of the processor's, and counts as one here. */
const passes = () => Object.values(canonicalWays()).reduce((sum, count) => sum + count, 0);
let passesBefore = 0;
const { settleDecision } = await import('../../src/issuing/index.js');
const { aDecision, anAchievement } = await import('../support/issuing-house.js');
const { aDistrict, aMember, aService } = await import('../support/service.js');

let worker: Awaited<ReturnType<typeof builtWorker>>;
let service: TestService;
let admin: TestMember;
let links: { readonly [name: string]: string };

beforeAll(async () => {
  worker = await builtWorker();
  service = await aService({ workerUrl: worker.url });
  const district = await aDistrict(service);
  admin = await aMember(service, district, ['admin']);
  const teacher = await aMember(service, district, ['teacher']);
  const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
  const cast = {
    district,
    service: { kind: 'service', district: district.id } as const,
    admin: admin.actor,
    teacher: teacher.member,
  };
  const reviewed = await anAchievement(house, cast, 'formative-feedback');
  const { id } = (await settleDecision(house.ports, await aDecision(house, cast, reviewed)))!;
  const award = await service.http.get(`/api/v1/awards/${id}`).set(admin.auth).expect(200);
  links = (award.body as { readonly links: typeof links }).links;
  await get('statusList').expect(200);
});
afterAll(async () => {
  await service.close();
  worker.remove();
});
beforeEach(() => {
  calls = [];
  passesBefore = passes();
});

const get = (form: string) =>
  service.http.get(new URL(links[form]!).pathname).set('Accept', form === 'page' ? 'text/html' : '*/*');

/** A credential's bytes, as they are served. */
async function served(form: 'json' | 'jwt'): Promise<string> {
  const answer = await get(form)
    .buffer(true)
    .parse((response, done) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('end', () => done(null, text));
    });
  return answer.body as string;
}

describe('JSON-LD, which is slow', () => {
  it('is processed for the signature of what is issued: the count sees it', async () => {
    await service.http.get(new URL(links['statusList']!).pathname).expect(200);
    expect(calls).toEqual([]);
    expect(passes()).toBe(passesBefore);
    service.clock.advance(13 * 3600);
    await get('statusList').expect(200);
    expect(calls.length + passes() - passesBefore).toBeGreaterThan(0);
  });

  it.each(['page', 'json', 'jwt', 'png', 'svg', 'pdf', 'qr', 'standing', 'statusList'])(
    'is not processed when a credential of ours is read: %s',
    async (form) => {
      await get(form).expect(200);
      await get(form).expect(200);
      expect(calls).toEqual([]);
      expect(passes()).toBe(passesBefore);
    },
  );

  it('is not processed in this thread when anybody’s credential is verified, by program or by page', async () => {
    const credential = await served('json');
    const answers = [
      await service.http.post('/api/v1/verify').set('Content-Type', 'application/vc').send(credential),
      await service.http.post('/api/v1/verify').send({ credential: await served('jwt') }),
      await service.http.post('/api/v1/verify').send({ url: links['json'] }),
      await service.http
        .post('/api/v1/verify')
        .send({ credential: { ...JSON.parse(credential), name: 'x' } }),
    ];
    expect(answers.map(({ status, body }) => [status, (body as { verdict: string }).verdict])).toEqual([
      [200, 'valid'],
      [200, 'valid'],
      [200, 'valid'],
      [200, 'not-genuine'],
    ]);
    const shown = await service.http.post('/verify').type('form').send({ credential });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('Genuinely signed');
    expect(calls).toEqual([]);
    expect(passes()).toBe(passesBefore);
  });
});
