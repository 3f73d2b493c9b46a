import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSignInLink } from '../../src/access/index.js';
import { aPageWorld, signInPath, type PageWorld } from '../support/page-world.js';
import { aService, type TestService } from '../support/service.js';

const html = 'text/html';

describe('pages over HTTP', () => {
  let service: TestService;
  let world: PageWorld;
  let cookie: string;

  beforeAll(async () => {
    service = await aService({ publicUrl: 'https://credentials.example.test' });
    world = await aPageWorld(service);
    const answer = await service.http
      .post(await signInPath(service, world.admin))
      .type('form')
      .send({});
    cookie = cookieOf(answer.headers['set-cookie']);
  });

  afterAll(() => service.close());

  const get = (path: string) => service.http.get(path).set('Accept', html).set('Cookie', cookie);
  const post = (path: string, fields: object) =>
    service.http.post(path).set('Accept', html).set('Cookie', cookie).type('form').send(fields);

  it('gives the session in a cookie that only https, this host and no script can use', async () => {
    const answer = await service.http
      .post(await signInPath(service, world.admin))
      .type('form')
      .send({});
    expect(answer.status).toBe(303);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-session=[\w-]{40,}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
  });

  it('answers the same for an address that nobody has, and sends nothing', async () => {
    await service.settle();
    const before = service.mail.length;
    const ask = (email: string) => service.http.post('/sign-in').type('form').send({ email });
    const unknown = await ask('nobody@riverbend.example');
    await service.settle();
    expect(service.mail.length).toBe(before);
    const known = await ask(world.teacher.email);
    // Nothing is sent while it is answered: the time says nothing either.
    expect(service.mail.length).toBe(before);
    await service.settle();
    await service.settle();
    expect(service.mail.length).toBe(before + 1);
    expect(unknown.status).toBe(known.status);
    expect(unknown.text.replaceAll('nobody@riverbend.example', 'X')).toBe(
      known.text.replaceAll(world.teacher.email, 'X'),
    );
  });

  it('consumes a link by its button only, and once', async () => {
    const path = await signInPath(service, world.teacher);
    expect((await service.http.get(path)).text).toContain('Sign in now');
    expect((await service.http.get(path)).status).toBe(200);
    expect((await service.http.post(path).type('form').send({})).status).toBe(303);
    const again = await service.http.post(path).type('form').send({});
    expect(again.status).toBe(410);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect((await service.http.get(path)).status).toBe(410);
  });

  it.each(['//evil.example', '/\\evil.example', '/.//evil.example', 'https://evil.example'])(
    'never leads to another site after signing in: %s',
    async (next) => {
      const asked = await service.http.get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(asked.text).toContain('name="next" value="/"');
      const sent = await service.http.post('/sign-in').type('form').send({ email: world.admin.email, next });
      const kept = `__Host-next=${encodeURIComponent(next)}`;
      expect(sent.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-next=%2F; .*Max-Age=0;/)]);
      const path = new URL(await createSignInLink(service.rooms.access, world.admin, { inPerson: true }))
        .pathname;
      expect((await service.http.get(path).set('Cookie', kept)).text).toContain('name="next" value="/"');
      const signedIn = await service.http.post(path).type('form').send({ next });
      expect(signedIn.headers['location']).toBe('/');
    },
  );

  it('leads a person who is not signed in to the sign-in page and back', async () => {
    const answer = await service.http.get('/district/members?cursor=x').set('Accept', html);
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/sign-in?next=%2Fdistrict%2Fmembers%3Fcursor%3Dx');
  });

  it('refuses a form that another site sent', async () => {
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      const answer = await post(`/district/awards/${world.award.id}/suspend`, { reason: 'x' }).set(
        headers as { Origin: string },
      );
      expect(answer.status).toBe(403);
    }
  });

  it('shows a teacher none of the district’s settings', async () => {
    const answer = await service.http
      .post(await signInPath(service, world.teacher))
      .type('form')
      .send({});
    const teacher = cookieOf(answer.headers['set-cookie']);
    for (const path of [
      '/district',
      '/district/members',
      '/district/api-keys',
      '/district/keys',
      '/achievements/new',
    ]) {
      expect((await service.http.get(path).set('Cookie', teacher)).status).toBe(403);
    }
    const home = await service.http.get('/').set('Cookie', teacher);
    expect(home.text).not.toContain('href="/district');
    expect(
      (await service.http.get('/achievements/inclusive-discussion/v/1').set('Cookie', teacher)).status,
    ).toBe(404);
  });

  it('asks for a recent sign-in before keys and members are changed, and says the way', async () => {
    service.clock.advance(11 * 60);
    const answer = await get('/district/api-keys/new');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('href="/sign-in?next=%2Fdistrict%2Fapi-keys%2Fnew"');
    const again = await service.http
      .post(await signInPath(service, world.admin))
      .type('form')
      .send({});
    cookie = cookieOf(again.headers['set-cookie']);
    expect((await get('/district/api-keys/new')).status).toBe(200);
  });

  it('keeps what was typed when somebody else changed the district meanwhile', async () => {
    const seen = /name="seen" value="([^"]*)"/
      .exec((await get('/district/edit')).text)![1]!
      .replaceAll('&quot;', '"');
    const fields = {
      name: 'Riverbend Unified',
      timeZone: 'America/Chicago',
      language: 'en-US',
      url: '',
      email: '',
    };
    expect((await post('/district/edit', { ...fields, seen })).status).toBe(303);
    const late = await post('/district/edit', { ...fields, seen, name: 'My own words' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('value="My own words"');
    expect((await get('/district')).text).not.toContain('My own words');
  });

  it('names every field of a form that is at fault', async () => {
    const answer = await post('/district/members/new', { name: '', email: 'x', school: 'S' });
    expect(answer.status).toBe(400);
    for (const field of ['name', 'email', 'roles']) expect(answer.text).toContain(`href="#field-${field}"`);
    expect(answer.text).toContain('value="S"');
  });

  it('shows the secret of a new API key once, and the key stops working when it is revoked', async () => {
    const answer = await post('/district/api-keys/new', {
      name: 'staff system',
      member: world.admin.email,
      days: '30',
      scopes: 'members.read',
    });
    const secret = /tsk_[\w-]{43}/.exec(answer.text)![0];
    const list = await get('/district/api-keys');
    expect(list.text).not.toContain(secret);
    const call = () => service.http.get('/api/v1/members').set('Authorization', `Bearer ${secret}`);
    expect((await call()).status).toBe(200);
    const key = /\/district\/api-keys\/(key_\w+)\/revoke/.exec(
      list.text.slice(list.text.indexOf('staff system')),
    )![1]!;
    expect((await post(`/district/api-keys/${key}/revoke`, {})).status).toBe(303);
    expect((await call()).status).toBe(401);
  });

  it('allows no script and no inline style on any page', async () => {
    for (const path of [
      '/',
      '/verify',
      `/c/${world.award.publicId}`,
      '/problems/conflict',
      '/district',
      '/achievements/new',
    ]) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['content-security-policy']).not.toContain('script-src');
      expect(answer.text).not.toMatch(/<script|\sstyle=|\son[a-z]+=/);
    }
  });

  it('sends the public page of a credential to be kept for a minute, packed, and not to be listed', async () => {
    const path = `/c/${world.award.publicId}`;
    const first = await service.http.get(path).set('Accept', html);
    expect(first.headers).toMatchObject({
      'x-robots-tag': 'noindex',
      'cache-control': 'public, max-age=60',
      'content-encoding': 'gzip',
    });
    expect(first.headers['vary']).toMatch(/Accept.*Accept-Encoding/);
    const again = await service.http
      .get(path)
      .set('Accept', html)
      .set('If-None-Match', first.headers['etag']!);
    expect(again.status).toBe(304);
    const plain = await service.http.get(path).set('Accept', html).set('Accept-Encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['etag']).not.toBe(first.headers['etag']);
    expect(first.text).toContain('<meta property="og:title" content="Formative feedback"/>');
  });

  it('gives an achievement version as a page to people and as a document to programs', async () => {
    const path = `/d/riverbend/achievements/${world.slug}/v1`;
    const people = await service.http.get(path).set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(people.headers['content-type']).toContain(html);
    expect(people.text).toContain('<strong>two moments of feedback</strong>');
    expect((await service.http.get(path).set('Accept', '*/*')).headers['content-type']).toContain('json');
    expect(
      (await service.http.get('/d/riverbend/achievements/inclusive-discussion/v1').set('Accept', html))
        .status,
    ).toBe(404);
  });

  it('never lets two sessions share what a signed-in page shows', async () => {
    expect((await get('/district')).headers['cache-control']).toBe('no-store');
  });
});

describe('POST /api/v1/verify', () => {
  let service: TestService;
  let world: PageWorld;
  let json: string;
  let jwt: string;

  beforeAll(async () => {
    service = await aService({ publicUrl: 'https://credentials.example.test' });
    world = await aPageWorld(service);
    json = (await service.http.get(`/c/${world.award.publicId}.json`).buffer(true).parse(asText))
      .body as string;
    jwt = (await service.http.get(`/c/${world.award.publicId}.jwt`).buffer(true).parse(asText))
      .body as string;
  });

  afterAll(() => service.close());

  const verify = () => service.http.post('/api/v1/verify');

  it('takes an object, a text, a token, a link, a bare credential and a file, and finds each valid', async () => {
    const answers = [
      await verify().send({ credential: JSON.parse(json) as object }),
      await verify().send({ credential: json }),
      await verify().send({ credential: jwt }),
      await verify().send({ url: world.award.credentialId }),
      await verify().type('application/vc').send(json),
      await verify().type('application/vc+ld+json').send(json),
      await verify().type('application/ld+json').send(json),
      await verify().type('application/vc+jwt').send(jwt),
      await verify().type('text/plain').send(jwt),
      await verify().attach('file', Buffer.from(json), 'badge.json'),
    ];
    for (const answer of answers)
      expect([answer.status, answer.body.verdict, answer.body.reasons]).toEqual([200, 'valid', []]);
  });

  it.each(['png', 'svg', 'pdf'])('finds the credential in the %s file', async (form) => {
    const file = await service.http.get(`/c/${world.award.publicId}.${form}`).buffer(true).parse(asBytes);
    const answer = await verify().attach('file', file.body as Buffer, `badge.${form}`);
    expect([answer.status, answer.body.verdict]).toEqual([200, 'valid']);
  });

  it('says whether the credential was issued to an address', async () => {
    const outcome = async (recipient: string) => {
      const answer = await verify().send({ credential: json, recipient });
      return (answer.body.checks as { check: string; outcome: string }[]).find(
        ({ check }) => check === 'recipient',
      )!.outcome;
    };
    expect(await outcome(world.teacher.email)).toBe('passed');
    expect(await outcome('somebody@else.example')).toBe('failed');
  });

  it('answers 200 with a report for what is no credential, altered or not to be had', async () => {
    const altered = json.replace('Formative feedback', 'Formative Feedback');
    const verdict = async (answer: PromiseLike<{ status: number; body: { verdict: string } }>) => {
      const { status, body } = await answer;
      return [status, body.verdict];
    };
    expect(await verdict(verify().send({ credential: 'hello' }))).toEqual([200, 'not-genuine']);
    expect(await verdict(verify().send({ credential: altered }))).toEqual([200, 'not-genuine']);
    expect(
      await verdict(verify().send({ url: 'https://credentials.example.test/c/0000000000000000000000' })),
    ).toEqual([200, 'could-not-check']);
  });

  it.each([
    [{}, 400, '/credential'],
    [{ credential: 'x', url: 'https://x.example' }, 400, '/credential'],
    [{ url: 'file:///etc/passwd' }, 422, '/url'],
    [{ credential: 'x', recipient: 'nobody' }, 422, '/recipient'],
    [{ credential: 5 }, 400, '/credential'],
    [{ credentials: 'x' }, 400, '/credentials'],
  ])('names the field and the rule of a request that cannot be read: %j', async (body, status, pointer) => {
    const answer = await verify().send(body);
    expect(answer.status).toBe(status);
    expect((answer.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
  });

  it('refuses another kind of body, no file, and too much', async () => {
    expect((await verify().type('application/xml').send('<a/>')).status).toBe(415);
    expect((await verify().field('recipient', 'a@b.example')).status).toBe(400);
    expect(
      (
        await verify()
          .type('text/plain')
          .send('x'.repeat(8 * 1024 * 1024 + 1))
      ).status,
    ).toBe(413);
  });
});

function cookieOf(header: unknown): string {
  return String((header as string[])[0]).split(';')[0]!;
}

function asText(
  response: { on(event: string, listener: (chunk: Buffer) => void): unknown },
  done: (error: Error | null, body: string) => void,
): void {
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  response.on('end', () => done(null, text));
}

function asBytes(
  response: { on(event: string, listener: (chunk: Buffer) => void): unknown },
  done: (error: Error | null, body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
