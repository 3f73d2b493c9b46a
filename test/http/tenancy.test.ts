import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditStore, chainOf, type AuditEntry } from '../../src/audit/index.js';
import type { District } from '../../src/tenancy/index.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

describe('members and API keys over HTTP', () => {
  let service: TestService;
  let district: District;
  let admin: TestMember;
  let teacher: TestMember;
  let foreigner: TestMember;

  beforeAll(async () => {
    service = await aService();
    district = await aDistrict(service);
    admin = await aMember(service, district, ['admin']);
    teacher = await aMember(service, district, ['teacher']);
    foreigner = await aMember(service, await aDistrict(service), ['admin']);
  });
  afterAll(() => service.close());

  const newMember = (email: string) => ({
    email,
    name: 'Ruth Okafor',
    school: 'Lincoln',
    roles: ['teacher'],
  });

  it('makes a member, who then is in the list', async () => {
    const made = await service.http
      .post('/api/v1/members')
      .set(admin.auth)
      .send(newMember('ruth@test.example'));
    expect(made.status).toBe(201);
    expect(made.headers['location']).toBe(`/api/v1/members/${made.body.id}`);
    const list = await service.http.get('/api/v1/members').set(admin.auth);
    expect(list.body.items.map((member: { id: string }) => member.id)).toContain(made.body.id);
  });

  it('refuses the same address twice, however it is written', async () => {
    await service.http.post('/api/v1/members').set(admin.auth).send(newMember('twice@test.example'));
    const again = await service.http
      .post('/api/v1/members')
      .set(admin.auth)
      .send(newMember(' Twice@Test.example '));
    expect(again.status).toBe(409);
    expect(again.type).toBe('application/problem+json');
    expect(again.body.errors).toEqual([
      { pointer: '/email', detail: 'is the address of a member already; change that member instead' },
    ]);
  });

  it('names every field at fault', async () => {
    const refused = await service.http
      .post('/api/v1/members')
      .set(admin.auth)
      .send({ name: '', roles: ['king'], colour: 'red' });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/colour',
      '/email',
      '/name',
      '/roles/0',
    ]);
  });

  it('lets nobody in without a key, a wrong role or a revoked key', async () => {
    expect((await service.http.get('/api/v1/members')).status).toBe(401);
    expect((await service.http.get('/api/v1/members').set(teacher.auth)).status).toBe(403);
    const made = await service.http
      .post('/api/v1/api-keys')
      .set(admin.auth)
      .send({ member: admin.member.id, name: 'short-lived' });
    expect(made.status).toBe(201);
    const own = { Authorization: `Bearer ${made.body.secret}` };
    expect((await service.http.get('/api/v1/members').set(own)).status).toBe(200);
    expect(
      (await service.http.post(`/api/v1/api-keys/${made.body.key.id}/revoke`).set(admin.auth)).status,
    ).toBe(200);
    expect((await service.http.get('/api/v1/members').set(own)).status).toBe(401);
  });

  it('records who made and ended a key for a member, and on the member who made them a sign-in link', async () => {
    const { member } = await aMember(service, district, ['teacher']);
    await service.settle();
    const post = (path: string, body?: object) => service.http.post(path).set(admin.auth).send(body);
    const before = await service.http.get(`/api/v1/members/${member.id}`).set(admin.auth);
    const made = await post('/api/v1/api-keys', { member: member.id, name: 'words of a person' });
    const key = made.body.key.id as string;
    await post(`/api/v1/api-keys/${key}/revoke`);
    await post(`/api/v1/api-keys/${key}/revoke`);
    expect((await post(`/api/v1/members/${member.id}/sign-in-links`)).status).toBe(201);
    expect((await service.http.post(`/api/v1/api-keys/${key}/revoke`).set(foreigner.auth)).status).toBe(404);
    await service.settle();
    const entries: AuditEntry[] = [];
    for await (const { entry } of chainOf(auditStore(service.store), district.id))
      entries.push(JSON.parse(entry) as AuditEntry);
    const ofAdmin = entries.filter(({ actor }) => actor === admin.member.id);
    const about = (id: string) =>
      ofAdmin.filter(({ subject }) => subject.id === id).map(({ verb, facts }) => [verb, facts]);
    expect(about(key)).toEqual([
      ['created', {}],
      ['revoked', {}],
    ]);
    expect(entries.find(({ subject }) => subject.id === key)!.state).toMatchObject({
      member: member.id,
      revokedAt: null,
    });
    expect(about(member.id)).toEqual([['sign-in-link-created', { link: expect.stringMatching(/^sil_/) }]]);
    const after = await service.http.get(`/api/v1/members/${member.id}`).set(admin.auth);
    expect(after.headers['etag']).toBe(before.headers['etag']);
  });

  it("shows another district's member exactly as one who does not exist", async () => {
    const other = await service.http.get(`/api/v1/members/${teacher.member.id}`).set(foreigner.auth);
    const absent = await service.http
      .get('/api/v1/members/mbr_aaaaaaaaaaaaaaaaaaaaaaaaaa')
      .set(foreigner.auth);
    expect(other.status).toBe(404);
    expect({ ...other.body, instance: '' }).toEqual({ ...absent.body, instance: '' });
  });

  it('asks for If-Match and refuses a stale one', async () => {
    const path = `/api/v1/members/${teacher.member.id}`;
    const read = await service.http.get(path).set(admin.auth);
    expect((await service.http.patch(path).set(admin.auth).send({ school: 'New' })).status).toBe(428);
    const changed = await service.http
      .patch(path)
      .set(admin.auth)
      .set('If-Match', read.headers['etag']!)
      .send({ school: 'New' });
    expect([changed.status, changed.body.school]).toEqual([200, 'New']);
    const stale = await service.http
      .patch(path)
      .set(admin.auth)
      .set('If-Match', read.headers['etag']!)
      .send({ school: 'Old' });
    expect(stale.status).toBe(412);
    expect((await service.http.get(path).set(admin.auth)).body.school).toBe('New');
  });

  it('keeps the last admin', async () => {
    const path = `/api/v1/members/${foreigner.member.id}`;
    const read = await service.http.get(path).set(foreigner.auth);
    const refused = await service.http
      .patch(path)
      .set(foreigner.auth)
      .set('If-Match', read.headers['etag']!)
      .send({ roles: ['teacher'] });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe('/roles');
  });

  it('answers a repeated Idempotency-Key with the same bytes and makes one member', async () => {
    const call = (body: object) =>
      service.http.post('/api/v1/members').set(admin.auth).set('Idempotency-Key', 'abc-1').send(body);
    const first = await call(newMember('once@test.example'));
    const second = await call(newMember('once@test.example'));
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect((await call(newMember('other@test.example'))).status).toBe(422);
    const many = await Promise.all(
      Array.from({ length: 20 }, () =>
        service.http
          .post('/api/v1/members')
          .set(admin.auth)
          .set('Idempotency-Key', 'abc-2')
          .send(newMember('many@test.example')),
      ),
    );
    const statuses = many.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(new Set(many.filter((answer) => answer.status === 201).map((answer) => answer.text)).size).toBe(1);
  });

  it('never shows a secret twice', async () => {
    const call = () =>
      service.http
        .post('/api/v1/api-keys')
        .set(admin.auth)
        .set('Idempotency-Key', 'key-1')
        .send({ member: admin.member.id, name: 'once' });
    const first = await call();
    const second = await call();
    expect([first.status, second.status]).toEqual([201, 409]);
    expect(second.text).not.toContain(first.body.secret);
    expect(second.body.detail).toContain(first.body.key.id);
  });

  it('refuses bodies that are too large, of another type or not JSON', async () => {
    const post = () => service.http.post('/api/v1/members').set(admin.auth);
    expect((await post().set('Content-Type', 'text/plain').send('x')).status).toBe(415);
    expect((await post().set('Content-Type', 'application/json').send('{"email":')).status).toBe(400);
    const large = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    expect((await post().set('Content-Type', 'application/json').send(large)).status).toBe(413);
  });

  it('refuses a form that another site sent', async () => {
    const answer = await service.http
      .post('/api/v1/members')
      .set('Origin', 'https://evil.example')
      .set('Cookie', 'session=x')
      .send(newMember('csrf@test.example'));
    expect(answer.status).toBe(403);
  });
});
