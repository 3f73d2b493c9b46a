import extract from 'png-chunks-extract';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AchievementVersion } from '../../src/achievements/index.js';
import { settleDecision } from '../../src/issuing/index.js';
import { digestMultibaseSha384, sha256Hex } from '../../src/securing/index.js';
import { isBitSet } from '../../src/status/index.js';
import type { District } from '../../src/tenancy/index.js';
import {
  aDecision,
  anAchievement,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

interface Shown {
  readonly id: string;
  readonly credential: string;
  readonly state: string;
  readonly edition: number;
  readonly links: { readonly [name: string]: string };
}

let service: TestService;
let district: District;
let admin: TestMember;
let teacher: TestMember;
let other: TestMember;
let foreigner: TestMember;
let reviewed: AchievementVersion;
let attendance: AchievementVersion;
let house: IssuingHouse;
let cast: Cast;

beforeAll(async () => {
  service = await aService();
  district = await aDistrict(service);
  admin = await aMember(service, district, ['admin']);
  teacher = await aMember(service, district, ['teacher']);
  other = await aMember(service, district, ['teacher']);
  foreigner = await aMember(service, await aDistrict(service), ['admin']);
  house = { ports: service.rooms.issuing, achievements: service.rooms.achievements };
  cast = {
    district,
    service: { kind: 'service', district: district.id },
    admin: admin.actor,
    teacher: teacher.member,
  };
  reviewed = await anAchievement(house, cast, 'formative-feedback');
  const outside = reviewedContent({
    name: 'Attendance',
    assessment: { by: 'outside', how: 'By sign-in sheet.' },
  });
  attendance = await anAchievement(house, cast, 'attendance', outside);
});
afterAll(() => service.close());

async function anAward(): Promise<Shown> {
  const award = (await settleDecision(house.ports, await aDecision(house, cast, reviewed)))!;
  const answer = await service.http.get(`/api/v1/awards/${award.id}`).set(admin.auth).expect(200);
  return answer.body as Shown;
}

const path = (url: string) => url.replace('http://localhost:8080', '');
const get = (url: string) => service.http.get(path(url));
const post = (who: TestMember, id: string, verb: string, body: object) =>
  service.http.post(`/api/v1/awards/${id}/${verb}`).set(who.auth).send(body);

describe('a credential over HTTP', () => {
  it('is served in every form that its award links to, each with its media type', async () => {
    const { links } = await anAward();
    const types = {
      page: 'text/html',
      json: 'application/vc+ld+json',
      jwt: 'application/vc+jwt',
      png: 'image/png',
      svg: 'image/svg+xml',
      pdf: 'application/pdf',
      qr: 'image/png',
      standing: 'application/jwt',
      statusList: 'application/vc+ld+json',
    };
    for (const [form, type] of Object.entries(types)) {
      const answer = await get(links[form]!).set('Accept', form === 'page' ? 'text/html' : '*/*');
      expect({ form, status: answer.status, type: answer.headers['content-type']?.split(';')[0] }).toEqual({
        form,
        status: 200,
        type,
      });
      expect(answer.headers['etag']).toBeTruthy();
    }
  });

  it('is chosen by Accept at its own address, and JSON and JWT are byte for byte as issued', async () => {
    const { links, id } = await anAward();
    const edition = (await house.ports.store.edition(district.id, id as never, 1))!;
    for (const type of [
      'application/vc',
      'application/vc+ld+json',
      'application/ld+json',
      'application/json',
    ]) {
      const answer = await get(links['id']!).set('Accept', type).buffer(true).parse(asText).expect(200);
      expect([answer.body, answer.headers['content-type'], answer.headers['vary']]).toEqual([
        edition.json,
        type,
        'Accept',
      ]);
    }
    const jwt = await get(links['id']!)
      .set('Accept', 'application/vc+jwt')
      .buffer(true)
      .parse(asText)
      .expect(200);
    expect(jwt.body).toBe(edition.jwt);
    const again = await get(links['json']!).expect(200);
    await get(links['json']!).set('If-None-Match', again.headers['etag']!).expect(304);
  });

  it('is whole in the PNG and the SVG', async () => {
    const { links, id } = await anAward();
    const edition = (await house.ports.store.edition(district.id, id as never, 1))!;
    const png = await get(links['png']!).buffer(true).parse(asBytes).expect(200);
    const chunk = extract(png.body as Uint8Array).find(({ name }) => name === 'iTXt')!;
    expect(Buffer.from(chunk.data).toString('utf8').split('\0').at(-1)).toBe(edition.json);
    const svg = await get(links['svg']!).buffer(true).parse(asText).expect(200);
    expect(svg.body).toContain(`<![CDATA[${edition.json}]]>`);
  });

  it('is found valid by our own verifier, from its address alone', async () => {
    const { links } = await anAward();
    const report = await service.http.post('/api/v1/verify').send({ url: links['id'] }).expect(200);
    expect(report.body).toMatchObject({ verdict: 'valid' });
  });

  it('that is unknown is not found, as JSON for a program and as a page for a person', async () => {
    const unknown = `/c/${district.code}000000000000000000`;
    for (const end of ['', '.json', '.jwt', '.png', '.svg', '.pdf', '/standing', '/qr.png', '/qr.svg']) {
      const answer = await service.http.get(`${unknown}${end}`).set('Accept', 'application/json, */*;q=0.1');
      expect([end, answer.status]).toEqual([end, 404]);
    }
    const page = await service.http.get(unknown).set('Accept', 'text/html').expect(404);
    expect(page.headers['content-type']).toContain('text/html');
  });

  it('opens by a link to which others have added names of their own', async () => {
    const { links } = await anAward();
    for (const form of ['id', 'json', 'jwt', 'png', 'svg', 'pdf'])
      for (const added of ['fbclid=x', 'utm_source=a&utm_source=b', 'edition=1&utm_source=mail'])
        expect([form, added, (await get(`${links[form]}?${added}`)).status]).toEqual([form, added, 200]);
  });

  it('refuses an edition that is no number, on a page for a browser and as JSON for a program', async () => {
    const { credential } = await anAward();
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';
    for (const end of ['', '.json', '.png']) {
      const page = await get(`${credential}${end}?edition=abc`).set('Accept', browser).expect(400);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).toContain('edition');
      for (const accept of ['application/json', 'application/vc', '*/*']) {
        const problem = await get(`${credential}${end}?edition=abc`).set('Accept', accept).expect(400);
        expect([accept, problem.headers['content-type']]).toEqual([accept, 'application/problem+json']);
      }
    }
  });
});

describe('what a credential points at', () => {
  it('answers: achievement, schema, pictures, quality statement, DID document, keys', async () => {
    const { links } = await anAward();
    const credential = JSON.parse((await get(links['json']!).buffer(true).parse(asText)).body as string) as {
      issuer: { id: string };
      credentialSubject: { achievement: object };
      relatedResource: [{ id: string; digestMultibase: string }];
      proof: [{ verificationMethod: string }];
    };
    const [statement] = credential.relatedResource;
    const served = await get(statement.id).buffer(true).parse(asText).expect(200);
    expect(digestMultibaseSha384(served.body as string)).toBe(statement.digestMultibase);
    expect(statement.id).toContain(sha256Hex(served.body as string));
    expect(served.headers['cache-control']).toContain('immutable');
    await get(statement.id.replace('.json', '.jwt')).expect(200);

    const achievement = await get(reviewed.url)
      .set('Accept', 'application/ld+json')
      .buffer(true)
      .parse(asText);
    expect(JSON.parse(achievement.body as string)).toMatchObject(credential.credentialSubject.achievement);
    const schema = await get(`${reviewed.url}/credential-schema.json`).buffer(true).parse(asText).expect(200);
    expect(JSON.parse(schema.body as string)).toMatchObject({
      $id: `${reviewed.url}/credential-schema.json`,
    });
    await get(`${reviewed.url}/image.png`).expect('Content-Type', 'image/png').expect(200);
    await get(`${reviewed.url}/image.svg`).expect('Content-Type', /svg/).expect(200);

    const did = await service.http
      .get(`/issuers/${district.slug}/did.json`)
      .buffer(true)
      .parse(asText)
      .expect(200);
    const document = JSON.parse(did.body as string) as {
      id: string;
      assertionMethod: string[];
      service: object[];
    };
    expect(document.id).toBe(credential.issuer.id);
    expect(document.assertionMethod).toContain(credential.proof[0].verificationMethod);
    expect(document.service).toEqual([
      {
        id: `${document.id}#standing`,
        type: 'TouchstoneStanding',
        serviceEndpoint: 'http://localhost:8080/c/',
      },
    ]);
    for (const place of [`/issuers/${district.slug}/jwks.json`, '/.well-known/jwks.json']) {
      const keys = JSON.parse(
        (await service.http.get(place).buffer(true).parse(asText).expect(200)).body as string,
      ) as {
        keys: { kid: string; iss: string }[];
      };
      expect(keys.keys).toContainEqual(
        expect.objectContaining({ iss: document.id, kid: `${document.id}#jwt-2026-1` }),
      );
    }
    await service.http.get(`/issuers/${district.slug}/keys/jwt-2026-1`).expect(200);
    await service.http.get(`/issuers/${district.slug}/keys/nope`).expect(404);
  });

  it('shows no draft, no other number and no other district’s', async () => {
    for (const url of [
      `${reviewed.url}9`,
      reviewed.url.replace('/v1', '/v0'),
      reviewed.url.replace(district.slug, 'x'),
    ]) {
      await get(url).expect(404);
      await get(`${url}/credential-schema.json`).expect(404);
    }
    for (const url of [
      '/d/x/status/y',
      `/d/${district.slug}/status/y`,
      `/d/${district.slug}/quality/x.json`,
    ]) {
      await service.http.get(url).expect(404);
    }
  });
});

describe('changing awards over HTTP', () => {
  it('revokes: the published list and our verifier say so when the answer comes', async () => {
    const award = await anAward();
    const { body } = await post(admin, award.id, 'revoke', { reason: 'Copied.' }).expect(200);
    expect(body).toMatchObject({ state: 'revoked', reason: 'Copied.' });
    const credential = JSON.parse(
      (await get(award.links['json']!).buffer(true).parse(asText)).body as string,
    ) as {
      credentialStatus: { statusListCredential: string; statusListIndex: string };
    };
    const { statusListCredential, statusListIndex } = credential.credentialStatus;
    const list = JSON.parse((await get(statusListCredential).buffer(true).parse(asText)).body as string) as {
      credentialSubject: { encodedList: string };
    };
    expect(isBitSet(list.credentialSubject.encodedList, Number(statusListIndex))).toBe(true);
    const report = await service.http.post('/api/v1/verify').send({ url: award.links['id'] }).expect(200);
    expect(report.body).toMatchObject({ verdict: 'revoked' });
  });

  it('suspends and resumes, corrects and supersedes', async () => {
    const award = await anAward();
    expect((await post(admin, award.id, 'suspend', { reason: 'x' }).expect(200)).body).toMatchObject({
      state: 'suspended',
    });
    const suspended = await service.http.post('/api/v1/verify').send({ url: award.links['id'] }).expect(200);
    expect(suspended.body).toMatchObject({ verdict: 'suspended' });
    expect((await post(admin, award.id, 'resume', {}).expect(200)).body).toMatchObject({ state: 'active' });
    const corrected = (await post(admin, award.id, 'correct', { reason: 'x', validUntil: null }).expect(200))
      .body as Shown;
    expect(corrected.edition).toBe(2);
    const old = await get(`${award.credential}.json?edition=1`).buffer(true).parse(asText).expect(200);
    const newest = await get(`${award.credential}.json`).buffer(true).parse(asText).expect(200);
    expect(JSON.parse(old.body as string)).toHaveProperty('validUntil');
    expect(JSON.parse(newest.body as string)).not.toHaveProperty('validUntil');
    await get(`${award.credential}.json?edition=3`).expect(404);
    await get(`${award.credential}.json?edition=x`).expect(400);
    const next = (await post(admin, award.id, 'supersede', { reason: 'x' }).expect(200)).body as Shown;
    expect(next.credential).not.toBe(award.credential);
    const before = await service.http.get(`/api/v1/awards/${award.id}`).set(admin.auth).expect(200);
    expect(before.body).toMatchObject({ state: 'superseded', replacedBy: next.credential });
  });

  it('is refused to teachers; another district’s award, and another teacher’s, are not there', async () => {
    const award = await anAward();
    await post(teacher, award.id, 'revoke', { reason: 'x' }).expect(403);
    await post(foreigner, award.id, 'revoke', { reason: 'x' }).expect(404);
    await post(admin, award.id, 'revoke', {}).expect(400);
    await service.http.get(`/api/v1/awards/${award.id}`).set(teacher.auth).expect(200);
    await service.http.get(`/api/v1/awards/${award.id}`).set(other.auth).expect(404);
    await service.http.get(`/api/v1/awards/${award.id}`).set(foreigner.auth).expect(404);
    const own = await service.http.get('/api/v1/awards').set(other.auth).expect(200);
    expect(own.body).toEqual({ items: [] });
  });

  it('awards what is assessed outside, once, and refuses what is reviewed here', async () => {
    const body = { achievement: attendance.achievement, email: other.member.email };
    const award = await service.http.post('/api/v1/awards').set(admin.auth).send(body).expect(201);
    expect(award.body).toMatchObject({
      state: 'active',
      basis: { kind: 'outside' },
      achievement: { assessedBy: 'outside' },
    });
    expect(award.headers['location']).toBe(`/api/v1/awards/${(award.body as Shown).id}`);
    await service.http.post('/api/v1/awards').set(admin.auth).send(body).expect(409);
    const refused = await service.http
      .post('/api/v1/awards')
      .set(admin.auth)
      .send({ ...body, achievement: reviewed.achievement })
      .expect(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/achievement' }] });
    await service.http.post('/api/v1/awards').set(teacher.auth).send(body).expect(403);
  });
});

describe('what a teacher holds', () => {
  it('is listed, and counted in hours', async () => {
    const fresh = await aMember(service, district, ['teacher']);
    const input = { achievement: attendance.achievement, member: fresh.member.id };
    await service.http.post('/api/v1/awards').set(admin.auth).send(input).expect(201);
    const holdings = await service.http.get('/api/v1/me/holdings').set(fresh.auth).expect(200);
    expect(holdings.body).toMatchObject({
      items: [{ name: 'Attendance', state: 'active', creditHours: 7.5 }],
    });
    const credits = await service.http.get('/api/v1/me/credits').set(fresh.auth).expect(200);
    expect(credits.body).toMatchObject({ total: 7.5, entries: [{ counted: 7.5, because: 'earned' }] });
    const components = [attendance.achievement, reviewed.achievement];
    const content = reviewedContent({ name: 'Both', assessment: { by: 'components', components } });
    const milestone = await anAchievement(house, cast, `both-${fresh.member.id.slice(4, 9)}`, content);
    const progress = await service.http
      .get(`/api/v1/me/milestones/${milestone.achievement}`)
      .set(fresh.auth)
      .expect(200);
    expect(progress.body).toMatchObject({
      complete: false,
      components: [{ holding: { name: 'Attendance' } }, { holding: null }],
    });
    await service.http.get(`/api/v1/me/milestones/${reviewed.achievement}`).set(fresh.auth).expect(422);
  });
});

type Parser = (response: unknown, done: (error: Error | null, body: unknown) => void) => void;

const asBytes: Parser = (response, done) => {
  const stream = response as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};

const asText: Parser = (response, done) =>
  asBytes(response, (error, bytes) => done(error, (bytes as Buffer).toString('utf8')));
