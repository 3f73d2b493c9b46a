import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { District } from '../../src/tenancy/index.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { aContent } from '../support/work-house.js';

describe('achievements over HTTP', () => {
  let service: TestService;
  let district: District;
  let admin: TestMember;
  let author: TestMember;
  let teacher: TestMember;
  let foreigner: TestMember;

  beforeAll(async () => {
    service = await aService();
    district = await aDistrict(service);
    admin = await aMember(service, district, ['admin']);
    author = await aMember(service, district, ['author']);
    teacher = await aMember(service, district, ['teacher']);
    foreigner = await aMember(service, await aDistrict(service), ['admin']);
  });
  afterAll(() => service.close());

  const create = (who: TestMember, body: object) =>
    service.http.post('/api/v1/achievements').set(who.auth).send(body);
  const versionPath = (id: string, number: number | string) =>
    `/api/v1/achievements/${id}/versions/${number}`;
  const pointers = (response: { body: { errors?: { pointer: string }[] } }) =>
    (response.body.errors ?? []).map((error) => error.pointer);

  it('takes the API’s own example from the draft to its publication', async () => {
    const made = await create(author, { slug: 'example', content: achievementExample });
    expect(made.status).toBe(201);
    const id = made.body.id as string;
    expect((await service.http.get(`${versionPath(id, 1)}/findings`).set(author.auth)).body).toEqual({
      errors: [],
      warnings: [
        {
          pointer: '/assessment/rubric/criteria',
          detail: expect.stringMatching(/^are 1: with fewer than 3/),
        },
      ],
    });
    expect((await service.http.get(`/api/v1/achievements/${id}`).set(teacher.auth)).status).toBe(404);
    expect((await service.http.post(`${versionPath(id, 1)}/publish`).set(author.auth)).status).toBe(403);
    const published = await service.http.post(`${versionPath(id, 1)}/publish`).set(admin.auth);
    expect([published.status, published.body.version.state]).toEqual([200, 'published']);
    expect((await service.http.post(`${versionPath(id, 1)}/publish`).set(admin.auth)).status).toBe(409);

    const seen = await service.http.get(versionPath('example', 'current')).set(teacher.auth);
    expect(seen.body).toEqual(published.body.version);
    expect((await service.http.get(versionPath(id, seen.body.id)).set(teacher.auth)).body).toEqual(seen.body);
    expect(seen.body.url).toBe(`http://localhost:8080/d/${district.slug}/achievements/example/v1`);
    expect((await service.http.get(versionPath(id, 'current')).set(foreigner.auth)).status).toBe(404);
    expect((await service.http.get(versionPath(id, 9)).set(teacher.auth)).status).toBe(404);
  });

  it('edits a draft only from what was read, and never a published version', async () => {
    const made = await create(author, { slug: 'edited', content: aContent() });
    const path = versionPath(made.body.id, 1);
    const read = await service.http.get(path).set(author.auth);
    const put = (etag: string | undefined, content: object) => {
      const request = service.http.put(path).set(author.auth);
      return (etag === undefined ? request : request.set('If-Match', etag)).send(content);
    };
    expect((await put(undefined, aContent())).status).toBe(428);
    const first = await put(read.headers['etag'], aContent({ name: 'First' }));
    expect(first.status).toBe(200);
    expect((await put(read.headers['etag'], aContent({ name: 'Second' }))).status).toBe(412);
    // What is read may be sent back.
    expect((await put(first.headers['etag'], first.body.content)).body.content).toEqual(first.body.content);
    await service.http.post(`${path}/publish`).set(admin.auth).expect(200);
    expect((await put('*', aContent({ name: 'Third' }))).status).toBe(409);
    expect((await service.http.get(path).set(author.auth)).body.content.name).toBe('First');

    const next = await service.http.post(`/api/v1/achievements/${made.body.id}/versions`).set(author.auth);
    expect([next.status, next.body.number, next.body.state]).toEqual([201, 2, 'draft']);
    const list = await service.http.get(`/api/v1/achievements/${made.body.id}/versions`).set(teacher.auth);
    expect(list.body.items.map((item: { number: number }) => item.number)).toEqual([1]);
    const retired = await service.http.post(`${path}/retire`).set(admin.auth);
    expect(retired.body.state).toBe('retired');
  });

  it('names every fault of a body, and every rule that stops a publication', async () => {
    const { assessment, ...rest } = aContent();
    const bad = await create(author, {
      slug: 'bad',
      content: {
        ...rest,
        creditHours: 0.3,
        colour: 'red',
        assessment: { ...assessment, rubric: { criteria: [{ id: 'a', name: 'A', levels: [] }] } },
      },
    });
    expect(bad.status).toBe(400);
    expect(pointers(bad).sort()).toEqual([
      '/content/assessment/rubric/criteria/0/requiredLevel',
      '/content/colour',
      '/content/creditHours',
    ]);
    const made = await create(author, {
      slug: 'wanting',
      content: { name: 'Unfinished', assessment: { by: 'components', components: [] } },
    });
    expect(made.status).toBe(201);
    const refused = await service.http.post(`${versionPath(made.body.id, 1)}/publish`).set(admin.auth);
    expect([refused.status, ...pointers(refused)]).toEqual([
      422,
      '/description',
      '/criteria',
      '/alignments',
      '/assessment/components',
    ]);
    expect((await create(author, { slug: 'wanting', content: aContent() })).status).toBe(409);
    expect((await create(author, { slug: 'Not A Slug', content: aContent() })).status).toBe(422);
    expect((await create(teacher, { slug: 'mine', content: aContent() })).status).toBe(403);
  });
});
