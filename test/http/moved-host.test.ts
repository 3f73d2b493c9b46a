import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { settleDecision } from '../../src/issuing/index.js';
import type { Store } from '../../src/kernel/index.js';
import { moveHost, type District } from '../../src/tenancy/index.js';
import {
  composeResolver,
  verifyCredential,
  type Outbound,
  type VerificationReport,
} from '../../src/verification/index.js';
import { aDecision, anAchievement } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';

const oldUrl = 'https://old.example';
const newUrl = 'https://new.example';

/** One store, its service at the old address and, after the move, at the new one. */
let store: Store;
let before: TestService;
let service: TestService;
let district: District;
let admin: TestMember;
let old: readonly Issued[];

interface Issued {
  readonly award: string;
  readonly json: string;
  readonly token: string;
}

beforeAll(async () => {
  const opened = await openSqlite({ file: ':memory:' });
  store = { ...opened, close: async () => undefined };
  before = await aService({ publicUrl: oldUrl, store });
  district = await aDistrict(before);
  admin = await aMember(before, district, ['admin']);
  old = [await issue(before), await issue(before), await issue(before), await issue(before)];
  await before.close();
});
afterAll(async () => {
  await service?.close();
});

let n = 0;
async function issue(at: TestService): Promise<Issued> {
  const house = { ports: at.rooms.issuing, achievements: at.rooms.achievements };
  const cast = {
    district,
    service: { kind: 'service', district: district.id } as const,
    admin: admin.actor,
    teacher: (await aMember(at, district, ['teacher'])).member,
  };
  const achievement = await anAchievement(house, cast, `achievement-${(n += 1)}`);
  const { id } = (await settleDecision(house.ports, await aDecision(house, cast, achievement)))!;
  const { body } = await at.http.get(`/api/v1/awards/${id}`).set(admin.auth).expect(200);
  const text = async (url: string) => (await bytesAt(at, url)).toString('utf8');
  return { award: id, json: await text(body.links.json), token: await text(body.links.jwt) };
}

async function bytesAt(at: TestService, url: string, accept = '*/*') {
  const { pathname, search, host } = new URL(url);
  const answer = await answerOf(at, `${pathname}${search}`, host, accept);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.body as Buffer;
}

const answerOf = (at: TestService, path: string, host: string, accept: string) =>
  at.http
    .get(path)
    .set('Host', host)
    .set('Accept', accept)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });

/** A verifier elsewhere: both names lead to the service, each with its own Host header. */
async function verify(text: string): Promise<VerificationReport & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const outbound: Outbound = {
    get: async (url, { accept }) => {
      const { pathname, host } = new URL(url);
      asked.push(`${host}${pathname}`);
      const answer = await answerOf(service, pathname, host, accept.join(', '));
      if (answer.status !== 200) return { ok: false, kind: 'absent', reason: `${url}: ${answer.status}` };
      const mediaType = String(answer.headers['content-type']).split(';')[0]!;
      return { ok: true, bytes: new Uint8Array(answer.body as Buffer), mediaType, url };
    },
  };
  const nothing = async () => undefined;
  const resolver = composeResolver({ did: nothing, resource: nothing, standing: nothing }, outbound);
  const report = await verifyCredential(
    { resolver, knownIssuers: { list: async () => [] } },
    { kind: 'bytes', bytes: Buffer.from(text) },
    { now: service.clock.now() },
  );
  return { ...report, asked };
}

const inProcess = async (credential: unknown) =>
  (await service.http.post('/api/v1/verify').send({ credential }).expect(200)).body;

const change = async (award: string, verb: string, body: object = { reason: 'A second look.' }) => {
  const answer = await service.http
    .post(`/api/v1/awards/${award}/${verb}`)
    .set(admin.auth)
    .set('Idempotency-Key', `${award}-${verb}`)
    .send(body);
  expect([verb, answer.status, answer.body.detail]).toEqual([verb, 200, undefined]);
  await service.settle();
  return answer.body;
};

interface Parts {
  readonly id: string;
  readonly issuer: { readonly id: string };
  readonly credentialStatus: { readonly statusListCredential: string };
  readonly validFrom: string;
}
const parts = (json: string) => JSON.parse(json) as Parts;
const oldDid = () => `did:web:old.example:issuers:${district.slug}`;
const newDid = () => `did:web:new.example:issuers:${district.slug}`;

describe('a service that moves to another address', () => {
  it('does not start under another one unmoved, and names the way', async () => {
    await expect(aService({ publicUrl: newUrl, store })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('touchstone move-host --from https://old.example'),
    });
  });

  it('is moved only from the address on record, and once', async () => {
    const ports = before.rooms.tenancy;
    const wrong = moveHost(ports, store, { from: 'https://other.example', to: newUrl });
    await expect(wrong).rejects.toThrow('must be the address on record: https://old.example');
    const empty = moveHost(ports, await openSqlite({ file: ':memory:' }), { from: oldUrl, to: newUrl });
    await expect(empty).rejects.toThrow('there is nothing to move');
    const same = moveHost(ports, store, { from: oldUrl, to: oldUrl });
    await expect(same).rejects.toThrow('another address');
    const [first] = await moveHost(ports, store, { from: oldUrl, to: newUrl });
    expect(first).toMatchObject({ publicUrl: oldUrl });
    expect(await moveHost(ports, store, { from: oldUrl, to: newUrl })).toHaveLength(1);
    await expect(aService({ publicUrl: oldUrl, store })).rejects.toMatchObject({ code: 'conflict' });
    service = await aService({ publicUrl: newUrl, store });
  });

  it('has what it signed before verified as before, from outside and in process', async () => {
    for (const text of [old[0]!.json, old[0]!.token]) {
      const report = await verify(text);
      expect([report.verdict, report.reasons]).toEqual(['valid', []]);
      expect(new Set(report.asked.map((url) => url.split('/')[0]))).toEqual(new Set(['old.example']));
      expect(report.asked.filter((url) => url.endsWith('/standing'))).toHaveLength(1);
    }
    expect(await inProcess(old[0]!.json)).toMatchObject({
      verdict: 'valid',
      recognition: 'recognised',
      issuer: { id: oldDid() },
    });
  });

  it('signs under the new address, with a list there', async () => {
    const { json, token } = await issue(service);
    const { id, issuer, credentialStatus } = parts(json);
    expect(id).toMatch(/^https:\/\/new\.example\/c\//);
    expect(issuer.id).toBe(newDid());
    expect(credentialStatus.statusListCredential).toMatch(/^https:\/\/new\.example\/d\//);
    for (const text of [json, token]) {
      const report = await verify(text);
      expect([report.verdict, report.reasons]).toEqual(['valid', []]);
      expect(
        report.asked.filter((url) => url.startsWith('old.example') && !url.endsWith('schema.json')),
      ).toEqual([]);
    }
    expect(await inProcess(json)).toMatchObject({ verdict: 'valid', recognition: 'recognised' });
  });

  it('revokes and suspends what it signed before, in the lists and standings of before', async () => {
    await change(old[1]!.award, 'revoke');
    expect((await verify(old[1]!.json)).verdict).toBe('revoked');
    const { credentialStatus } = parts(old[1]!.json);
    const list = JSON.parse((await bytesAt(service, credentialStatus.statusListCredential)).toString());
    expect(list).toMatchObject({ id: credentialStatus.statusListCredential, issuer: oldDid() });
    await change(old[2]!.award, 'suspend');
    const report = await verify(old[2]!.json);
    expect([report.verdict, report.reasons[0]]).toEqual([
      'suspended',
      expect.stringContaining('A second look.'),
    ]);
  });

  it('corrects it under its id, as the issuer of now', async () => {
    const { id, validFrom } = parts(old[3]!.json);
    service.clock.advance(60);
    await change(old[3]!.award, 'correct', { reason: 'A word was wrong.' });
    const newest = (await bytesAt(service, `${id}.json`)).toString();
    const corrected = parts(newest);
    expect([corrected.id, corrected.issuer.id]).toEqual([id, newDid()]);
    expect(corrected.validFrom > validFrom).toBe(true);
    expect(corrected.credentialStatus.statusListCredential).toMatch(/^https:\/\/new\.example\//);
    expect((await verify(newest)).verdict).toBe('valid');
    expect((await verify(old[3]!.json)).verdict).toBe('revoked');
    expect((await bytesAt(service, `${id}.json?edition=1`)).toString()).toBe(old[3]!.json);
  });

  it('says at each address who the district is there, and leads people to the new one', async () => {
    const document = async (host: string) =>
      JSON.parse((await bytesAt(service, `https://${host}/issuers/${district.slug}/did.json`)).toString());
    for (const [host, did] of [
      ['old.example', oldDid()],
      ['new.example', newDid()],
      ['elsewhere.example', newDid()],
    ] as const)
      expect(await document(host)).toMatchObject({
        id: did,
        service: [{ id: `${did}#standing`, serviceEndpoint: `https://${did.split(':')[2]}/c/` }],
      });
    const page = await service.http.get('/sign-in?x=1').set('Host', 'old.example').redirects(0);
    expect([page.status, page.headers.location]).toEqual([308, 'https://new.example/sign-in?x=1']);
    await service.http.get('/sign-in').set('Host', 'new.example').expect(200);
  });
});
