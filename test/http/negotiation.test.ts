import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retireVersion, type AchievementVersion } from '../../src/achievements/index.js';
import { correctAward, settleDecision } from '../../src/issuing/index.js';
import { aDecision, anAchievement, type Cast, type IssuingHouse } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestService } from '../support/service.js';

let service: TestService;
let house: IssuingHouse;
let cast: Cast;
let version: AchievementVersion;
let at: string;
let issued: { readonly json: string; readonly jwt: string };

beforeAll(async () => {
  service = await aService();
  const district = await aDistrict(service);
  const admin = await aMember(service, district, ['admin']);
  const teacher = await aMember(service, district, ['teacher']);
  house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
  cast = {
    district,
    service: { kind: 'service', district: district.id },
    admin: admin.actor,
    teacher: teacher.member,
  };
  version = await anAchievement(house, cast, 'formative-feedback');
  const award = (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
  at = new URL(award.credentialId).pathname;
  issued = (await house.ports.store.edition(district.id, award.id, 1))!;
});
afterAll(() => service.close());

type Parser = (response: unknown, done: (error: Error | null, body: unknown) => void) => void;
const asBytes: Parser = (response, done) => {
  const stream = response as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};

const get = (path: string, accept?: string) => {
  const request = service.http.get(path).buffer(true).parse(asBytes);
  return accept === undefined ? request : request.set('Accept', accept);
};
const typeOf = (answer: { headers: Record<string, string> }) => answer.headers['content-type']?.split(';')[0];

describe('what Accept chooses at a credential’s own address', () => {
  it.each([
    ['text/html', 'text/html'],
    ['application/vc', 'application/vc'],
    ['application/vc+ld+json', 'application/vc+ld+json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/vc+jwt', 'application/vc+jwt'],
    ['text/plain', 'text/plain'],
    ['image/png', 'image/png'],
    ['image/svg+xml', 'image/svg+xml'],
    ['application/pdf', 'application/pdf'],
    // The better liked wins, whatever the order.
    ['text/html;q=0.2, application/vc+jwt;q=0.9', 'application/vc+jwt'],
    ['application/vc;q=0.5, image/png;q=0.6', 'image/png'],
    ['application/vc;q=0, application/json', 'application/json'],
    // Ranges give the first of their kind that is offered.
    ['application/*', 'application/vc'],
    ['image/*', 'image/png'],
    ['video/mp4, */*;q=0.1', 'text/html'],
    ['application/vc+cose, application/vc', 'application/vc'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'text/html'],
  ])('%s gives %s', async (accept, type) => {
    const answer = await get(at, accept).expect(200);
    expect(typeOf(answer)).toBe(type);
    expect(answer.headers['vary']).toMatch(/\bAccept\b/);
    expect(answer.headers['etag']).toBeTruthy();
    const body = (answer.body as Buffer).toString('utf8');
    if (type.endsWith('json') || type === 'application/vc') expect(body).toBe(issued.json);
    if (type === 'application/vc+jwt' || type === 'text/plain') expect(body).toBe(issued.jwt);
  });

  it.each(['video/mp4', 'application/xml', 'text/html;q=0', 'application/vc+cose'])(
    '%s is not offered: 406, as a problem that names what is',
    async (accept) => {
      const answer = await service.http.get(at).set('Accept', accept).expect(406);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.headers['vary']).toBe('Accept');
      const problem = JSON.parse((answer.text as string | undefined) ?? String(answer.body)) as object;
      expect(problem).toMatchObject({ status: 406, detail: expect.stringContaining('application/vc+jwt') });
    },
  );

  it('is the same by the ending of the address, whatever Accept says', async () => {
    for (const [end, type] of [
      ['json', 'application/vc+ld+json'],
      ['jwt', 'application/vc+jwt'],
      ['png', 'image/png'],
      ['svg', 'image/svg+xml'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const answer = await get(`${at}.${end}`, 'video/mp4').expect(200);
      expect([end, typeOf(answer)]).toEqual([end, type]);
    }
    await get(`${at}.docx`).expect(404);
  });
});

describe('what anybody may read', () => {
  const paths = () => [
    at,
    `${at}.json`,
    `${at}.jwt`,
    `${at}.png`,
    `${at}.svg`,
    `${at}.pdf`,
    `${at}/standing`,
  ];

  it('answers HEAD as GET, with its length and no body', async () => {
    for (const path of paths()) {
      const whole = await get(path, 'application/vc, */*;q=0.1').expect(200);
      const head = await service.http.head(path).set('Accept', 'application/vc, */*;q=0.1').expect(200);
      expect([path, head.text ?? '']).toEqual([path, '']);
      expect([path, typeOf(head), head.headers['content-length']]).toEqual([
        path,
        typeOf(whole),
        String((whole.body as Buffer).length),
      ]);
    }
  });

  it('answers 304 to whoever holds the same bytes, and never to one who holds another form', async () => {
    const json = await get(at, 'application/vc').expect(200);
    const jwt = await get(at, 'application/vc+jwt').expect(200);
    expect(json.headers['etag']).not.toBe(jwt.headers['etag']);
    const ask = (etag: string) =>
      service.http.get(at).set('Accept', 'application/vc').set('If-None-Match', etag);
    const same = await ask(`"x", W/${json.headers['etag']}`).expect(304);
    expect([same.headers['etag'], same.headers['vary']]).toEqual([json.headers['etag'], 'Accept']);
    await ask(jwt.headers['etag']!).expect(200);
  });

  it('may be read by pages of every site, and so may what went wrong', async () => {
    const origin = { Origin: 'https://wallet.example' };
    for (const path of [...paths(), `${version.url.replace('http://localhost:8080', '')}`]) {
      const answer = await get(path, 'application/json, */*;q=0.1').set(origin).expect(200);
      expect([path, answer.headers['access-control-allow-origin']]).toEqual([path, '*']);
    }
    const unknown = await get(`${at.slice(0, 7)}000000000000000000`, 'application/json')
      .set(origin)
      .expect(404);
    expect(unknown.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('the schema of a version', () => {
  it('answers across corrections, and after the version was retired, with the same bytes', async () => {
    const schema = `${version.url.replace('http://localhost:8080', '')}/credential-schema.json`;
    const first = (await get(schema).expect(200)).body as Buffer;
    const award = (await house.ports.store.pageOfAwards(cast.district.id, { limit: 1 })).items[0]!;
    await correctAward(house.ports, cast.admin, { award: award.id, reason: 'x', validUntil: null });
    await retireVersion(house.achievements, cast.service, version.achievement, 1);
    const after = (await get(schema).expect(200)).body as Buffer;
    expect(after.equals(first)).toBe(true);
    const report = await service.http.post('/api/v1/verify').send({ url: award.credentialId }).expect(200);
    const { checks } = report.body as { checks: { check: string; outcome: string }[] };
    expect(checks.find(({ check }) => check === 'schema')?.outcome).toBe('passed');
  });
});
