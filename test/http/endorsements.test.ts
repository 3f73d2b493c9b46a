import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AchievementVersion } from '../../src/achievements/index.js';
import type { District } from '../../src/tenancy/index.js';
import { settleDecision } from '../../src/issuing/index.js';
import { aDecision, anAchievement } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

/** A name that would be read as our own words, were it not in quotation marks that it cannot end. */
const hostileName = 'Famous University”), on our list. (';
const quoted = "“\u2068Famous University'), on our list. (\u2069”";

let service: TestService;
let district: District;
let admin: TestMember;
let author: TestMember;
let teacher: TestMember;
let neighbour: TestMember;
let version: AchievementVersion;

beforeAll(async () => {
  service = await aService();
  district = await aDistrict(service, { name: hostileName });
  admin = await aMember(service, district, ['admin']);
  author = await aMember(service, district, ['author']);
  teacher = await aMember(service, district, ['teacher']);
  neighbour = await aMember(service, await aDistrict(service, { name: hostileName }), ['admin']);
  version = await anAchievement(
    { ports: service.rooms.issuing, achievements: service.rooms.achievements },
    {
      district,
      service: { kind: 'service', district: district.id },
      admin: admin.actor,
      teacher: teacher.member,
    },
    'formative-feedback',
  );
});
afterAll(() => service.close());

const path = (url: string) => url.replace('http://localhost:8080', '');
const post = (who: TestMember, at: string, body: object) => service.http.post(at).set(who.auth).send(body);

interface Shown {
  readonly id: string;
  readonly credential: string;
}

async function anEndorsement(): Promise<Shown> {
  const input = { about: version.url, comment: 'We **count** it. <script>alert(1)</script>' };
  const { body, headers } = await post(neighbour, '/api/v1/endorsements', input);
  if (headers['location'] === undefined) {
    const list = await service.http.get('/api/v1/endorsements').set(neighbour.auth).expect(200);
    return (list.body as { items: Shown[] }).items[0]!;
  }
  return body as Shown;
}

describe('an endorsement over HTTP', () => {
  it('is made by another district, resolves as JSON, JWT and page, and verifies from its address', async () => {
    const { credential } = await anEndorsement();
    const json = await service.http
      .get(`${path(credential)}.json`)
      .buffer(true)
      .expect(200);
    expect(json.headers['content-type']).toContain('application/vc+ld+json');
    expect(json.headers['access-control-allow-origin']).toBe('*');
    expect(JSON.parse(json.text)).toMatchObject({
      id: credential,
      credentialSubject: { id: version.url },
    });
    for (const accept of ['application/vc', 'application/json', 'text/html;q=0.5, application/ld+json']) {
      const answer = await service.http.get(path(credential)).set('Accept', accept).buffer(true).expect(200);
      expect([accept, answer.text, answer.headers['vary']]).toEqual([accept, json.text, 'Accept']);
    }
    const jwt = await service.http.get(path(credential)).set('Accept', 'application/vc+jwt').buffer(true);
    expect(jwt.headers['content-type']).toContain('application/vc+jwt');
    const page = await service.http.get(path(credential)).set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('<strong>count</strong>');
    expect(page.text).not.toContain('<script>');
    expect(page.text).toContain(`Endorsement by ${quoted}</h1>`);
    await service.http.get(path(credential)).set('Accept', 'video/mp4').expect(406);
    await service.http.get(`${path(credential).slice(0, -1)}!`).expect(404);
    const report = await service.http.post('/api/v1/verify').send({ url: credential }).expect(200);
    expect(report.body).toMatchObject({ verdict: 'valid' });
    // Where its issuer's DID document says that standings are asked for.
    const standing = await service.http.get(`/c/${credential.split('/').at(-1)}/standing`).expect(200);
    const [, claims] = String((standing.text as string | undefined) ?? standing.body).split('.');
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
      sub: credential,
      state: 'active',
    });
  });

  it('is carried when the endorsed district says so, and by no other', async () => {
    const { credential } = await anEndorsement();
    const include = (who: TestMember) =>
      post(who, '/api/v1/included-endorsements', { endorsement: credential });
    await include(teacher).expect(403);
    await include(neighbour).expect(422);
    const { body } = await include(author).expect(201);
    expect(body).toMatchObject({ about: version.url, endorsement: credential, carried: true });
    const { id } = body as Shown;
    await post(neighbour, `/api/v1/included-endorsements/${id}/exclude`, {}).expect(404);
    const excluded = await post(admin, `/api/v1/included-endorsements/${id}/exclude`, {}).expect(200);
    expect(excluded.body).toMatchObject({ carried: false });
  });

  it('stands on the page of a credential that carries it: who, what is said, and whether it still holds', async () => {
    const house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
    const cast = {
      district,
      service: { kind: 'service', district: district.id },
      admin: admin.actor,
      teacher: teacher.member,
    } as const;
    const { id, credential } = await anEndorsement();
    await post(author, '/api/v1/included-endorsements', { endorsement: credential }).expect(201);
    const award = await settleDecision(house.ports, await aDecision(house, cast, version));
    const shown = async () =>
      (await service.http.get(path(award!.credentialId)).set('Accept', 'text/html').expect(200)).text;
    const text = await shown();
    expect(text).toContain('Endorsements</h2>');
    expect(text).toContain('<strong>count</strong>');
    expect(text).toContain(`href="${credential}"`);
    expect(text).toContain('In force');
    expect(text).toContain(`Issued by localhost:8080 (${quoted}) for “\u2068`);
    expect(text).toContain(`localhost:8080 (${quoted}), of what it stands for`);
    expect(text).not.toContain('&quot;@context&quot;');
    await post(neighbour, `/api/v1/endorsements/${id}/revoke`, { reason: 'Changed.' }).expect(200);
    expect(await shown()).toContain('Revoked since');
  });

  it('is made and revoked on pages', async () => {
    const form = (who: TestMember, at: string, fields: object) =>
      service.http.post(at).set(who.auth).type('form').send(fields);
    const refused = await form(author, '/endorsements', { about: 'x', comment: 'Words kept.' }).expect(422);
    expect(refused.text).toContain('Words kept.');
    expect(refused.text).toContain('<strong>Or something else</strong>');
    await form(author, '/endorsements', { about: version.url, comment: 'Ours.' }).expect(303);
    const shown = await service.http.get('/endorsements').set(author.auth).expect(200);
    expect(shown.text).toContain(version.url);
    const { body } = await service.http.get('/api/v1/endorsements').set(author.auth).expect(200);
    const [made] = (body as { items: Shown[] }).items;
    await service.http.get(`/endorsements/${made!.id}/revoke`).set(author.auth).expect(200);
    await form(author, `/endorsements/${made!.id}/revoke`, { reason: 'Changed.' }).expect(303);
    const page = await service.http.get(path(made!.credential)).set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('It is revoked');
    const report = await service.http.post('/api/v1/verify').send({ url: made!.credential }).expect(200);
    expect(report.body).toMatchObject({ verdict: 'revoked' });
  });

  describe('on its page', () => {
    const form = (at: string, fields: object) =>
      service.http.post(at).set(admin.auth).type('form').send(fields);
    const shown = async (at = '/endorsements') =>
      (await service.http.get(at).set(admin.auth).expect(200)).text;
    const did = () => `did:web:localhost%3A8080:issuers:${district.slug}`;

    it.each<[string, object, readonly string[]]>([
      ['nothing chosen, no words', { own: '', about: '', comment: '' }, ['own', 'comment']],
      [
        'two things and a day that is none',
        { own: 'did', about: 'x', comment: 'Kept.', validUntil: '2026-02-30' },
        ['about', 'validUntil'],
      ],
      [
        'a day that is over',
        { own: 'did', about: '', comment: 'Kept.', validUntil: '2026-11-19' },
        ['validUntil'],
      ],
      [
        'an address of nothing and a day that is none',
        { about: 'https://x.test/', comment: ' ', validUntil: 'soon' },
        ['about', 'comment', 'validUntil'],
      ],
    ])(
      'is refused with %s: every fault stands at its field, and what was typed stays',
      async (_, sent, at) => {
        const fields = Object.fromEntries(
          Object.entries(sent).map(([name, value]) => [name, value === 'did' ? did() : value]),
        ) as { own?: string; about?: string; validUntil?: string };
        const { status, text } = await form('/endorsements', fields);
        expect(status).toBe(422);
        expect([...text.matchAll(/id="field-(\w+)-error"/g)].map(([, name]) => name)).toEqual(at);
        for (const typed of [fields.about, fields.validUntil])
          if (typed !== undefined && typed !== '') expect(text).toContain(`value="${typed}"`);
        if (fields.own === did()) expect(text).toContain(`<option value="${did()}" selected`);
      },
    );

    it('is chosen from what is one’s own, holds to the end of a day there, and is listed by its name', async () => {
      expect(await shown()).toContain(`<option value="${did()}"`);
      await form('/endorsements', { own: did(), comment: 'Ours.', validUntil: '2026-11-30' }).expect(303);
      const page = await shown();
      expect(page).not.toContain(`<option value="${did()}"`);
      expect(page).toContain('as issuer');
      expect(page).toContain('30 November 2026');
      const { body } = await service.http.get('/api/v1/endorsements').set(admin.auth).expect(200);
      const { items } = body as { items: object[] };
      expect(items).toContainEqual(
        expect.objectContaining({ about: did(), validUntil: '2026-12-01T05:59:59Z' }),
      );
    });

    it('asks before it is carried no more, saying of what and whose it is', async () => {
      await form('/endorsements', { own: version.url, comment: 'Ours *too*.' });
      const link = new RegExp(`/included/(\\w+)/exclude" aria-label="[^"]*of ${version.content.name}"`);
      const id = link.exec(await shown())?.[1];
      const asked = await shown(`/endorsements/included/${id}/exclude`);
      expect(asked).toContain('Carry this endorsement no more?');
      expect(asked).toContain(version.content.name);
      await form(`/endorsements/included/${id}/exclude`, {}).expect(303);
      expect(await shown()).not.toContain(`/endorsements/included/${id}/exclude`);
      await service.http.get(`/endorsements/included/${id}/exclude`).set(admin.auth).expect(404);
    });

    it('says that it is over once its day has passed, to everybody', async () => {
      service.clock.advance(11 * 86_400);
      expect(await shown()).toContain('Expired');
      const { body } = await service.http.get('/api/v1/endorsements').set(admin.auth).expect(200);
      const made = (body as { items: (Shown & { about: string })[] }).items.find(
        ({ about }) => about === did(),
      );
      const page = await service.http.get(path(made!.credential)).set('Accept', 'text/html').expect(200);
      expect(page.text).toContain('It is over');
      expect(page.text).toContain('as issuer');
    });
  });
});
