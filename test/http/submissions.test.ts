import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { District } from '../../src/tenancy/index.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { aContent, aPdf } from '../support/work-house.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a teacher’s work over HTTP', () => {
  let service: TestService;
  let district: District;
  let admin: TestMember;
  let teacher: TestMember;
  let colleague: TestMember;
  let foreigner: TestMember;
  let achievement: string;

  beforeAll(async () => {
    service = await aService();
    district = await aDistrict(service);
    admin = await aMember(service, district, ['admin']);
    teacher = await aMember(service, district, ['teacher']);
    colleague = await aMember(service, district, ['teacher']);
    foreigner = await aMember(service, await aDistrict(service), ['teacher', 'admin']);
    achievement = await published('feedback');
  });
  afterAll(() => service.close());

  async function published(slug: string): Promise<string> {
    const made = await service.http
      .post('/api/v1/achievements')
      .set(admin.auth)
      .send({ slug, content: aContent() });
    const out = await service.http
      .post(`/api/v1/achievements/${made.body.id}/versions/1/publish`)
      .set(admin.auth);
    if (out.status !== 200) throw new Error(JSON.stringify(out.body));
    return made.body.id as string;
  }
  const upload = (who: TestMember, bytes: Uint8Array, contentType: string, filename = 'plan.pdf') =>
    service.http
      .post('/api/v1/artefacts')
      .set(who.auth)
      .attach('file', Buffer.from(bytes), { filename, contentType });
  const begin = (who: TestMember, of = achievement) =>
    service.http.post('/api/v1/submissions').set(who.auth).send({ achievement: of });
  const answer = (
    who: TestMember,
    id: string,
    etag: string | undefined,
    requirement: string,
    body: object,
  ) => {
    const request = service.http.put(`/api/v1/submissions/${id}/answers/${requirement}`).set(who.auth);
    return (etag === undefined ? request : request.set('If-Match', etag)).send(body);
  };
  const pointers = (response: { body: { errors?: { pointer: string }[] } }) =>
    (response.body.errors ?? []).map((error) => error.pointer);

  it('leads a caller who follows ETags from the draft to the review', async () => {
    const draft = await begin(teacher);
    expect(draft.status).toBe(201);
    const id = draft.body.id as string;
    expect(draft.headers['location']).toBe(`/api/v1/submissions/${id}`);
    const pdf = await upload(teacher, aPdf('journey'), 'application/pdf');
    const picture = await upload(teacher, png, 'image/png', 'Work of Ana.png');
    expect([pdf.status, picture.status]).toEqual([201, 201]);

    const one = await answer(teacher, id, draft.headers['etag'], 'plan', { artefacts: [pdf.body.id] });
    const two = await answer(teacher, id, one.headers['etag'], 'pictures', { artefacts: [picture.body.id] });
    const three = await answer(teacher, id, two.headers['etag'], 'reflection', { text: 'Too short' });
    expect([one.status, two.status, three.status]).toEqual([200, 200, 200]);

    const wanting = await service.http.post(`/api/v1/submissions/${id}/submit`).set(teacher.auth);
    expect(wanting.status).toBe(422);
    expect(wanting.type).toBe('application/problem+json');
    expect(pointers(wanting)).toEqual(['/answers/pictures', '/answers/reflection']);
    const kept = await service.http.get(`/api/v1/submissions/${id}`).set(teacher.auth);
    expect(kept.body).toMatchObject({ state: 'incomplete', findings: wanting.body.errors });
    expect(kept.body.answers.reflection).toEqual({ kind: 'text', text: 'Too short' });

    const consent = await service.http
      .post(`/api/v1/submissions/${id}/consents`)
      .set(teacher.auth)
      .send({ artefacts: [picture.body.id], statement: 'Forms in the office.' });
    expect(consent.status).toBe(201);
    expect(consent.body.use).toBe('review');
    await answer(teacher, id, kept.headers['etag'], 'reflection', { text: 'It went very well' });
    const done = await service.http.post(`/api/v1/submissions/${id}/submit`).set(teacher.auth);
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ state: 'submitted', findings: [] });

    const again = await service.http.post(`/api/v1/submissions/${id}/submit`).set(teacher.auth);
    expect(again.status).toBe(409);
    const late = await answer(teacher, id, done.headers['etag'], 'reflection', { text: 'A later thought' });
    expect(late.status).toBe(409);

    await service.http.post(`/api/v1/consents/${consent.body.id}/withdraw`).set(teacher.auth).expect(200);
    const gone = await service.http.get(`/api/v1/submissions/${id}`).set(teacher.auth);
    expect(gone.body.state).toBe('void');
    expect(JSON.stringify(gone.body)).not.toMatch(/pendingEntries|auditDue|effectDue|openFor|salt/);
  });

  it('refuses a stale or missing If-Match, and keeps what was written', async () => {
    const draft = await begin(colleague);
    const id = draft.body.id as string;
    expect((await answer(colleague, id, undefined, 'reflection', { text: 'x' })).status).toBe(428);
    expect((await answer(colleague, id, draft.headers['etag'], 'reflection', { text: 'first' })).status).toBe(
      200,
    );
    expect(
      (await answer(colleague, id, draft.headers['etag'], 'reflection', { text: 'second' })).status,
    ).toBe(412);
    const kept = await service.http.get(`/api/v1/submissions/${id}`).set(colleague.auth);
    expect(kept.body.answers.reflection.text).toBe('first');
    // A second submission while one is open.
    const second = await begin(colleague);
    expect(second.status).toBe(409);
    expect(second.body.detail).toContain(id);
    // What another may not see does not exist.
    for (const who of [teacher, foreigner]) {
      expect((await service.http.get(`/api/v1/submissions/${id}`).set(who.auth)).status).toBe(404);
      expect((await service.http.post(`/api/v1/submissions/${id}/withdraw`).set(who.auth)).status).toBe(404);
      expect((await answer(who, id, '*', 'reflection', { text: 'x' })).status).toBe(404);
    }
    expect((await answer(colleague, id, '*', 'nothing', { text: 'x' })).status).toBe(404);
    expect(
      (await service.http.post(`/api/v1/submissions/${id}/next-attempt`).set(colleague.auth)).status,
    ).toBe(409);
    expect(
      (await service.http.post(`/api/v1/submissions/${id}/withdraw`).set(colleague.auth)).body.state,
    ).toBe('withdrawn');
  });

  it('refuses bad bodies naming every field', async () => {
    const bad = await service.http
      .post('/api/v1/submissions')
      .set(teacher.auth)
      .send({ version: 0, colour: 'red' });
    expect(bad.status).toBe(400);
    expect(pointers(bad).sort()).toEqual(['/achievement', '/colour', '/version']);
    expect((await begin(teacher, 'ach_none')).status).toBe(404);
    expect((await begin(foreigner)).status).toBe(404);
    const draft = await begin(teacher, await published('bodies'));
    expect((await answer(teacher, draft.body.id, '*', 'plan', {})).status).toBe(400);
    const wrongKind = await answer(teacher, draft.body.id, '*', 'plan', { text: 'words' });
    expect([wrongKind.status, ...pointers(wrongKind)]).toEqual([422, '/text']);
    const consent = await service.http
      .post(`/api/v1/submissions/${draft.body.id}/consents`)
      .set(teacher.auth)
      .send({ artefacts: ['art_none'], statement: 'x', use: 'fun' });
    expect([consent.status, ...pointers(consent)]).toEqual([400, '/use']);
  });

  it('lets only teachers submit, and nobody without a key', async () => {
    expect((await service.http.post('/api/v1/submissions').send({ achievement })).status).toBe(401);
    expect((await begin(admin)).status).toBe(403);
    expect((await upload(admin, aPdf(), 'application/pdf')).status).toBe(403);
  });

  describe('an artefact', () => {
    it('is refused empty, of another type, too large or absent, naming the field', async () => {
      const mismatch = await upload(teacher, aPdf(), 'image/png');
      expect([mismatch.status, ...pointers(mismatch)]).toEqual([415, '/file']);
      expect(mismatch.body.detail).toContain('its content is application/pdf');
      const large = await upload(teacher, Buffer.alloc(2_000_001, 'a'), 'text/plain', 'a.txt');
      expect([large.status, ...pointers(large)]).toEqual([413, '/file']);
      const huge = await upload(teacher, Buffer.alloc(50_000_001, 'a'), 'video/mp4', 'a.mp4');
      expect([huge.status, ...pointers(huge)]).toEqual([413, '/file']);
      const empty = await upload(teacher, Buffer.alloc(0), 'application/pdf');
      expect([empty.status, ...pointers(empty)]).toEqual([400, '/file']);
      const none = await service.http.post('/api/v1/artefacts').set(teacher.auth).field('name', 'x');
      expect([none.status, ...pointers(none)]).toEqual([400, '/file']);
    });

    it('is answered as it is when the same content is sent again', async () => {
      const first = await upload(teacher, aPdf('again'), 'application/pdf', '../Plän.pdf');
      const again = await upload(teacher, aPdf('again'), 'application/octet-stream', 'other.pdf');
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
      expect(first.body.name).toBe('Plän.pdf');
    });

    it('is served to its owner alone, in ranges, where no cache keeps it and nothing in it runs', async () => {
      const made = await upload(teacher, aPdf('served'), 'application/pdf', 'My "plan".pdf');
      const path = made.body.content as string;
      const whole = await service.http.get(path).set(teacher.auth);
      expect(whole.status).toBe(200);
      expect(whole.headers).toMatchObject({
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        'content-type': 'application/pdf',
        'accept-ranges': 'bytes',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(whole.headers['content-disposition']).toBe("inline; filename*=UTF-8''My%20_plan_.pdf");
      expect(Buffer.from(whole.body as Buffer).equals(Buffer.from(aPdf('served')))).toBe(true);
      const part = await service.http.get(path).set(teacher.auth).set('Range', 'bytes=0-4');
      expect([part.status, part.headers['content-range'], (part.body as Buffer).toString()]).toEqual([
        206,
        `bytes 0-4/${made.body.size}`,
        '%PDF-',
      ]);
      const beyond = await service.http.get(path).set(teacher.auth).set('Range', 'bytes=9999-');
      expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${made.body.size}`]);
      for (const who of [colleague, foreigner, admin]) {
        expect((await service.http.get(path).set(who.auth)).status).toBe(404);
      }
      expect((await service.http.get(path)).status).toBe(401);

      const text = await upload(
        teacher,
        Buffer.from('<!doctype html><script>1</script>'),
        'text/plain',
        'a.txt',
      );
      const shown = await service.http.get(text.body.content as string).set(teacher.auth);
      expect(shown.headers['content-disposition']).toMatch(/^attachment/);
      expect(shown.headers['content-security-policy']).toContain('sandbox');
      expect(shown.headers['content-type']).toBe('text/plain; charset=utf-8');
    });

    it('once erased is listed as erased and gives nothing', async () => {
      const made = await upload(teacher, aPdf('erased'), 'application/pdf');
      const path = `/api/v1/artefacts/${made.body.id}`;
      expect((await service.http.delete(path).set(colleague.auth)).status).toBe(404);
      const erased = await service.http.delete(path).set(teacher.auth);
      expect(erased.body).toMatchObject({
        id: made.body.id,
        sha256: null,
        erasedAt: service.clock.now(),
        content: null,
      });
      expect((await service.http.get(`${path}/content`).set(teacher.auth)).status).toBe(404);
      const list = await service.http.get('/api/v1/artefacts?limit=200').set(teacher.auth);
      expect(
        list.body.items.find((item: { id: string }) => item.id === made.body.id).erasedAt,
      ).not.toBeNull();
    });
  });
});
