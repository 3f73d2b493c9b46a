import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditChain, headType, verifyExport } from '../../src/audit/index.js';
import { verifyCompactJws } from '../../src/securing/index.js';
import type { District } from '../../src/tenancy/index.js';
import { signInPath } from '../support/page-world.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

/** What outsiders can keep of a district's audit record, and what its admins read of it. */
describe('the audit record over HTTP', () => {
  let service: TestService;
  let district: District;
  let admin: TestMember;
  let author: TestMember;
  const published = '/.well-known/audit/north-valley';

  beforeAll(async () => {
    service = await aService();
    district = await aDistrict(service, { slug: 'north-valley' });
    admin = await aMember(service, district, ['admin'], { name: 'Alma Reyes' });
    author = await aMember(service, district, ['author']);
    await service.settle();
  });
  afterAll(() => service.close());

  const get = (path: string, as = admin) => service.http.get(path).set(as.auth);
  const exported = async () => {
    const answer = await get('/api/v1/audit/export').buffer(true).parse(asText);
    expect(answer.status).toBe(200);
    return answer.body as string;
  };

  it('shows the newest head, all of them and the keys to anybody, to be kept and asked for again cheaply', async () => {
    const head = await service.http.get(published);
    expect(head.status).toBe(200);
    expect(head.body).toMatchObject({ district: 'north-valley', seq: expect.any(Number) });
    const heads = await service.http.get(`${published}/heads`);
    expect(heads.body.items[0]).toEqual(head.body);
    const keys = await service.http.get(`${published}/jwks.json`);
    expect(keys.type).toBe('application/jwk-set+json');
    for (const answer of [head, heads, keys]) {
      expect(answer.headers['cache-control']).toBe('public, max-age=300');
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      const again = await service.http
        .get(new URL(answer.request.url as string).pathname)
        .set('If-None-Match', answer.headers['etag']!);
      expect([again.status, again.text]).toEqual([304, '']);
    }
    // By a JOSE library alone, as docs/audit.md tells an outsider.
    const { payload, protectedHeader } = await compactVerify(
      head.body.jws as string,
      createLocalJWKSet(keys.body as JSONWebKeySet),
    );
    expect(protectedHeader.typ).toBe(headType);
    const { jws: _jws, ...said } = head.body as { jws: string };
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      iss: 'did:web:localhost%3A8080:issuers:north-valley',
      ...said,
    });
  });

  it('adds a head at midnight and keeps those before', async () => {
    const before = (await service.http.get(`${published}/heads`)).body.items.length as number;
    await aMember(service, district, ['coach']);
    await service.settle();
    expect((await service.http.get(`${published}/heads`)).body.items).toHaveLength(before);
    service.clock.advance(15 * 3600);
    await service.settle();
    const page = await service.http.get(`${published}/heads?limit=1`);
    expect(page.body.items).toHaveLength(1);
    const rest = await service.http.get(`${published}/heads?cursor=${encodeURIComponent(page.body.next)}`);
    expect(rest.body.items).toHaveLength(before);
    expect(page.body.items[0].seq).toBeGreaterThan(rest.body.items[0].seq);
  });

  it('answers with a problem where there is no record, or no head yet', async () => {
    await aDistrict(service, { slug: 'brand-new' });
    for (const path of ['nowhere', 'nowhere/heads', 'nowhere/jwks.json', 'brand-new']) {
      const answer = await service.http.get(`/.well-known/audit/${path}`);
      expect([path, answer.status, answer.type]).toEqual([path, 404, 'application/problem+json']);
    }
    expect((await service.http.get('/.well-known/audit/brand-new/heads')).body).toEqual({ items: [] });
    expect((await service.http.get(`${published}/heads?limit=0`)).status).toBe(400);
  });

  it('exports what an outsider verifies by a head and keys fetched from the public addresses', async () => {
    const text = async (path: string) => (await service.http.get(path)).text;
    const record = await exported();
    const given = {
      name: 'record.jsonl',
      heads: [
        { name: 'heads.json', text: JSON.stringify((await service.http.get(`${published}/heads`)).body) },
      ],
      jwks: {
        name: 'jwks.json',
        text: JSON.stringify((await service.http.get(`${published}/jwks.json`)).body),
      },
      openJws: verifyCompactJws,
    };
    expect((await text(published)).startsWith('{')).toBe(true);
    const good = await verifyExport({ ...given, record: () => [Buffer.from(record)] });
    expect(good).toMatchObject({ outcome: 'good', keys: 'given' });
    expect(good.record.proven).toBeGreaterThan(3);
    const lines = record.split('\n');
    const bad = await verifyExport({
      ...given,
      record: () => [Buffer.from(lines.toSpliced(2, 1).join('\n'))],
    });
    expect(bad).toMatchObject({ outcome: 'bad', record: { firstBad: 3 } });
    const part = await get('/api/v1/audit/export?from=3').buffer(true).parse(asText);
    expect(part.body).toBe(lines.slice(2).join('\n'));
    expect(part.headers['content-disposition']).toBe(
      'attachment; filename="audit-north-valley-from-3.jsonl"',
    );
    expect((await get('/api/v1/audit/export?from=0')).status).toBe(400);
  });

  it('lists entries, the newest first, all of them, of a kind or about one thing', async () => {
    const all = await get('/api/v1/audit/entries?limit=2');
    const [newest, next] = all.body.items as { seq: number }[];
    expect(newest!.seq).toBe(next!.seq + 1);
    expect(
      (await get(`/api/v1/audit/entries?limit=2&cursor=${encodeURIComponent(all.body.next)}`)).body.items[0]
        .seq,
    ).toBe(next!.seq - 1);
    const ofKind = (await get('/api/v1/audit/entries?kind=members')).body.items as Listed[];
    expect(ofKind.length).toBeGreaterThan(2);
    expect(
      ofKind.every(({ thing, entry }) => thing === 'member' && entry.subject.collection === 'members'),
    ).toBe(true);
    const about = (await get(`/api/v1/audit/entries?subject=${author.member.id}`)).body.items as Listed[];
    expect(about.map(({ entry }) => entry.subject.id)).toEqual([author.member.id]);
    expect(about[0]!.entry).toMatchObject({ verb: 'added', actor: 'service', facts: { roles: ['author'] } });
    const refused = async (query: string) => (await get(`/api/v1/audit/entries?${query}`)).status;
    expect(await refused('kind=secrets')).toBe(400);
    expect(await refused('subject=everything')).toBe(400);
    expect(await refused(`kind=members&subject=${author.member.id}`)).toBe(400);
  });

  it('is not read by an admin who rates or hands in, and says the way out', async () => {
    const both = await aMember(service, district, ['admin', 'lead']);
    for (const path of ['/api/v1/audit', '/api/v1/audit/entries', '/api/v1/audit/export']) {
      const refused = await get(path, both);
      expect([refused.status, refused.type]).toEqual([403, 'application/problem+json']);
      expect(refused.body.detail).toContain('you are lead here');
    }
    expect((await service.http.post('/api/v1/audit/verify').set(both.auth)).status).toBe(403);
    const page = await service.http.get('/district/audit').set('Cookie', await cookieOf(both));
    expect(page.text).toContain('read by people who neither hand in work nor rate it');
    expect(page.text).not.toContain(author.member.id);
  });

  it('verifies itself on request, names a member that was edited behind its back and not its value, and notes it', async () => {
    await service.settle();
    const verify = () => service.http.post('/api/v1/audit/verify').set(admin.auth);
    expect((await verify()).body).toMatchObject({
      ok: true,
      record: { ok: true },
      state: { differences: [] },
    });
    expect((await get('/api/v1/audit')).body.verified).toMatchObject({ ok: true, differences: 0 });
    const { members } = service.rooms.tenancy.store;
    const kept = (await members.get(district.id, author.member.id))!;
    const edited = await members.replace({ ...kept, roles: ['admin', 'author'] });
    const { differences } = (await verify()).body.state;
    expect(differences).toEqual([
      {
        collection: 'members',
        id: author.member.id,
        kind: 'differs',
        member: 'roles',
        seq: expect.any(Number),
      },
    ]);
    expect((await get('/api/v1/audit')).body.verified).toMatchObject({
      ok: false,
      differences: 1,
      firstBad: null,
    });
    const cookie = await cookieOf(admin);
    const bad = await service.http.get('/district/audit').set('Cookie', cookie);
    expect(bad.text).toContain('What is kept is not as it was recorded');
    await members.replace({ ...edited, roles: kept.roles });
    const sent = await service.http
      .post('/district/audit/verify')
      .set('Cookie', cookie)
      .type('form')
      .send({});
    expect([sent.status, sent.headers['location']]).toEqual([303, '/district/audit?done=audit-verified']);
    const good = await service.http.get('/district/audit').set('Cookie', cookie);
    expect(good.text).toMatch(/Checked through entry \d+: nothing wrong was found/);
    expect(good.text).toContain('have no signed head yet');
  });

  it('finds a link that was moved under another thing, to hide it from who looks for it', async () => {
    const chain = service.store.collection(auditChain);
    const link = (await chain.page(district.id, 'inOrder', [], { limit: 3 })).items[2]!;
    const moved = await chain.replace({ ...link, subject: district.id });
    const { record } = (await service.http.post('/api/v1/audit/verify').set(admin.auth)).body;
    expect(record.reason).toBe('Entry 3: it is kept under another thing than it is about.');
    await chain.replace({ ...moved, subject: link.subject });
    expect((await service.http.post('/api/v1/audit/verify').set(admin.auth)).body.ok).toBe(true);
  });

  it('is a page: who did what and when in words, filtered by a form that needs no script, with its export', async () => {
    const cookie = await cookieOf(admin);
    const page = async (query = '') =>
      (await service.http.get(`/district/audit${query}`).set('Cookie', cookie)).text;
    const all = await page();
    expect(all).toMatch(/member: added/);
    expect(all).toContain('the service');
    expect(all).toContain('/api/v1/audit/export?from=1');
    expect(all).toContain(`${published}/heads`);
    const about = await page(`?subject=${author.member.id}&kind=`);
    expect(about).toContain(author.member.id);
    expect(about).not.toContain(district.id);
    const none = await page('?kind=awards');
    expect(none).toContain('Nothing is recorded about this');
    const wrong = await page('?subject=%3Cscript%3E');
    expect(wrong).toContain('must be an id as the list shows it');
    expect(wrong).not.toContain('<script>');
    await service.http
      .post('/api/v1/members')
      .set(admin.auth)
      .send({
        ...{ email: 'new@test.example', name: 'Words of a person', school: null, roles: ['coach'] },
      });
    await service.settle();
    const after = await page('?kind=members');
    expect(after).toContain('<bdi>Alma Reyes</bdi>');
    expect(after).not.toContain('Words of a person');
  });

  async function cookieOf({ member }: TestMember): Promise<string> {
    const answer = await service.http
      .post(await signInPath(service, member))
      .type('form')
      .send({});
    return String((answer.headers['set-cookie'] as unknown as string[])[0]).split(';')[0]!;
  }
});

interface Listed {
  readonly thing: string;
  readonly entry: { readonly subject: { readonly collection: string; readonly id: string } };
}

function asText(
  response: { on(event: string, listener: (chunk: Buffer) => void): unknown },
  done: (error: Error | null, body: string) => void,
): void {
  let text = '';
  response.on('data', (chunk) => (text += chunk.toString('utf8')));
  response.on('end', () => done(null, text));
}
