import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completeSignIn, createSignInLinkFor } from '../../src/access/index.js';
import { settleDecision } from '../../src/issuing/index.js';
import { aDecision, anAchievement } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestService } from '../support/service.js';

let service: TestService;
let credential: string;
let session: string;
beforeAll(async () => {
  service = await aService();
  const district = await aDistrict(service);
  const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
  const admin = await aMember(service, district, ['admin']);
  const teacher = await aMember(service, district, ['teacher']);
  const cast = {
    district,
    service: { kind: 'service', district: district.id } as const,
    admin: admin.actor,
    teacher: teacher.member,
  };
  const link = await createSignInLinkFor(service.rooms.access, cast.service, admin.member.id);
  session = (await completeSignIn(service.rooms.access, new URL(link).pathname.split('/').at(-1)!)).secret;
  const reviewed = await anAchievement(house, cast, 'formative-feedback');
  const { id } = (await settleDecision(house.ports, await aDecision(house, cast, reviewed)))!;
  const award = await service.http.get(`/api/v1/awards/${id}`).set(admin.auth).expect(200);
  const { links } = award.body as { readonly links: { readonly json: string } };
  credential = (await service.http.get(new URL(links.json).pathname).buffer(true).parse(asText))
    .body as string;
});
afterAll(() => service.close());

type Parser = Parameters<ReturnType<TestService['http']['get']>['parse']>[0];
const asText: Parser = (response, done) => {
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  response.on('end', () => done(null, text));
};
const verify = () => service.http.post('/api/v1/verify').set('Content-Type', 'application/json');

describe('a credential inside JSON', () => {
  it('is valid as it was issued, and refused by name when a member stands in it twice', async () => {
    const whole = await verify().send(`{"credential":${credential}}`).expect(200);
    expect(whole.body).toMatchObject({ verdict: 'valid' });
    const forged = credential.replace('{', '{"issuanceDate":"Evil","id":"urn:evil",');
    const twice = await verify().send(`{"credential":${forged}}`).expect(400);
    expect(twice.body.type).toMatch(/\/problems\/invalid-request$/);
    expect(twice.body.detail).toContain('"id" stands twice');
    const hidden = credential.replace('{', String.raw`{"\u0069d":"urn:evil",`);
    await verify().send(`{"credential":${hidden}}`).expect(400);
    await verify().send(`{"credential":"urn:evil","credential":${credential}}`).expect(400);
  });

  it('is read however long one of its texts is', async () => {
    const long = 'x\\"'.repeat(300_000);
    const answer = await verify().send(`{"credential":{"name":"${long}"}}`).expect(200);
    expect(answer.body.verdict).not.toBe('valid');
  });
});

describe('a presentation', () => {
  const presentation = (...credentials: readonly string[]) =>
    `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[${credentials.join()}]}`;

  it('is as good as the worst credential in it, each with a report of its own', async () => {
    const good = await verify()
      .send(`{"credential":${presentation(credential)}}`)
      .expect(200);
    expect(good.body).toMatchObject({
      kind: 'presentation',
      verdict: 'valid',
      nested: [{ kind: 'credential', verdict: 'valid' }],
    });
    const forged = credential.replace('"name":', '"name":"x","description":');
    const mixed = await service.http
      .post('/api/v1/verify')
      .set('Content-Type', 'application/vc+ld+json')
      .send(presentation(credential, forged))
      .expect(200);
    expect(mixed.body.verdict).not.toBe('valid');
    expect(mixed.body.nested).toHaveLength(2);
    expect(mixed.body.nested[0].verdict).toBe('valid');
  });

  it('on the page has a line for each credential in it', async () => {
    const page = await service.http
      .post('/verify')
      .type('form')
      .send({ credential: presentation(credential) });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Credentials presented, each checked by itself');
    expect(page.text).toContain('Nobody signed this presentation');
  });

  it('may be larger than one credential, up to 1 MB', async () => {
    const large = credential.replace('{', `{"padding":"${'x'.repeat(50_000)}",`);
    const report = await verify()
      .send(`{"credential":${presentation(credential, large)}}`)
      .expect(200);
    expect(report.body.nested).toHaveLength(2);
    await verify()
      .send(`{"credential":${presentation(credential, `"${'x'.repeat(1024 * 1024)}"`)}}`)
      .expect(413);
  });
});

describe('verification from a page of another site', () => {
  const elsewhere = { Origin: 'https://employer.example', 'Sec-Fetch-Site': 'cross-site' };

  it('is let through, its answers can be read there, and cookies are not looked at', async () => {
    const cookie = { Cookie: `session=${session}` };
    await service.http.get('/api/v1/district').set(cookie).expect(200);
    const good = await verify().set(elsewhere).set(cookie).send(`{"credential":${credential}}`);
    expect(service.events.at(-1)).toMatchObject({ operation: 'verifyCredential' });
    expect(service.events.at(-1)).not.toHaveProperty('member');
    expect([good.status, good.body.verdict]).toEqual([200, 'valid']);
    const bad = await verify().set(elsewhere).send('{');
    expect(bad.status).toBe(400);
    for (const { headers } of [good, bad]) {
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('is announced to the browser that asks first', async () => {
    const answer = await service.http
      .options('/api/v1/verify')
      .set(elsewhere)
      .set({ 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type',
    });
  });

  it('opens nothing else: other rows refuse the foreign origin and say nothing of CORS', async () => {
    const rows = service.routes.filter((route) => route.cors === true);
    expect(rows.map((route) => [route.operationId, route.access])).toEqual([
      ['verifyCredential', 'public'],
      ['verifyInteropCredential', 'public'],
      ['verifyInteropPresentation', 'public'],
    ]);
    const form = await service.http.post('/verify').set(elsewhere).type('form').send('credential=x');
    expect(form.status).toBe(403);
    expect(form.headers['access-control-allow-origin']).toBeUndefined();
    await service.http.options('/api/v1/district').set(elsewhere).expect(405);
  });
});

describe('a method that an address does not take', () => {
  it('is answered 405 with the methods that it does take', async () => {
    const problem = await service.http.delete('/api/v1/verify').expect(405);
    expect(problem.headers['allow']).toBe('POST, OPTIONS');
    expect(problem.body.type).toMatch(/\/problems\/method-not-allowed$/);
    const read = await service.http.post('/livez');
    expect([read.status, read.headers['allow']]).toEqual([405, 'GET, HEAD']);
    const page = await service.http.put('/verify').set('Accept', 'text/html').expect(405);
    expect(page.headers['content-type']).toContain('text/html');
    expect(new Set(page.headers['allow']!.split(', '))).toEqual(new Set(['GET', 'HEAD', 'POST']));
    const nothing = await service.http.post('/nowhere').expect(404);
    expect(nothing.headers['allow']).toBeUndefined();
  });
});
