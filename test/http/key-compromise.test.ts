import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completeSignIn, createApiKey, createSignInLinkFor } from '../../src/access/index.js';
import { awardOutside } from '../../src/issuing/index.js';
import { createAchievement, publishVersion } from '../../src/achievements/index.js';
import type { Actor } from '../../src/kernel/index.js';
import { reviewedContent } from '../support/issuing-house.js';
import { aPageWorld, type PageWorld } from '../support/page-world.js';
import { aService, type TestService } from '../support/service.js';

let service: TestService;
let world: PageWorld;
let cookie: string;
let bearer: string;
let late: { readonly id: string; readonly publicId: string };
let keys: { readonly id: string; readonly name: string }[];

const get = (path: string) => service.http.get(path).set('Cookie', cookie);
const post = (path: string, fields: object) =>
  service.http
    .post(path)
    .set('Cookie', cookie)
    .set('Origin', service.rooms.service.publicUrl)
    .type('form')
    .send(fields);
const api = (path: string) => service.http.get(path).set('Authorization', bearer);

beforeAll(async () => {
  service = await aService();
  world = await aPageWorld(service);
  const actor: Actor = { kind: 'service', district: world.district.id };
  const { secret: key } = await createApiKey(service.rooms.access, actor, {
    member: world.admin.id,
    name: 'tests',
  });
  bearer = `Bearer ${key}`;
  // A day later, when the key may have been in other hands: one more.
  service.clock.advance(86_400);
  const { achievement } = await createAchievement(service.rooms.achievements, actor, {
    slug: 'late',
    content: reviewedContent({ name: 'Late', assessment: { by: 'outside', how: 'A test elsewhere.' } }),
  });
  await publishVersion(service.rooms.achievements, actor, { achievement: achievement.id, version: 1 });
  late = await awardOutside(service.rooms.issuing, actor, {
    achievement: achievement.id,
    member: world.teacher.id,
  });
  service.clock.advance(3_600);
  await service.settle();
  service.mail.length = 0;
  const link = await createSignInLinkFor(service.rooms.access, actor, world.admin.id);
  const { secret } = await completeSignIn(service.rooms.access, new URL(link).pathname.split('/').at(-1)!);
  cookie = `session=${secret}`;
  keys = (await api('/api/v1/issuer-keys')).body.items;
}, 60_000);
afterAll(() => service?.close());

const proofKey = () => keys.find(({ name }) => name.startsWith('proof-'))!;
const verdictOf = async (credential: unknown): Promise<string> =>
  (await service.http.post('/api/v1/verify').send({ credential })).body.verdict;
const json = async (publicId: string) => JSON.parse((await service.http.get(`/c/${publicId}.json`)).text);

describe('withdrawing a key on the page', () => {
  it.each([
    ['a day that is none', { compromisedAt: '2026-02-30', time: '00:00', reason: 'Lost.' }, 'Day'],
    ['a time that is none', { compromisedAt: '2026-11-20', time: '25:00', reason: 'Lost.' }, 'Time'],
    ['a moment in the future', { compromisedAt: '2027-11-20', time: '00:00', reason: 'Lost.' }, 'Day'],
    ['two faults at once', { compromisedAt: '2027-11-20', time: '00:00', reason: '' }, 'What happened'],
    [
      'a wrong day, and no reason',
      { compromisedAt: '2026-13-01', time: '00:00', reason: '' },
      'What happened',
    ],
    [
      'a day to come and a time that is none',
      { compromisedAt: '2027-11-20', time: '25:00', reason: 'Lost.' },
      'Day',
      'Time',
    ],
    ['neither a day nor a time', { compromisedAt: '2026-02-30', time: '', reason: 'Lost.' }, 'Day', 'Time'],
    ['no reason', { compromisedAt: '2026-11-20', time: '00:00', reason: ' ' }, 'What happened'],
  ])(
    'is refused with %s: what was typed stays, and no key is withdrawn',
    async (_what, fields, ...labels) => {
      const answer = await post(`/district/keys/${proofKey().id}/compromise`, fields);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('The key was not withdrawn');
      for (const label of labels) expect(answer.text).toContain(`<strong>${label}</strong>`);
      expect(answer.text).toContain(`value="${fields.compromisedAt}"`);
      const { body } = await api('/api/v1/issuer-keys');
      const states = body.items.map(({ use, state }: { use: string; state: string }) => [use, state]);
      // Beside the one for heads of the audit record, which is made with the first of them.
      const others = states.filter(([use]: string[]) => use !== 'audit');
      expect(others.map(([, state]: string[]) => state)).toEqual(['active', 'active']);
    },
  );

  it('asks first, then withdraws the key at once and leads to how far it is made good', async () => {
    const asked = await get(`/district/keys/${proofKey().id}/compromise`);
    expect(asked.text).toContain('Withdraw this key?');
    const before = await json(world.award.publicId);
    expect(await verdictOf(before)).toBe('valid');
    // Midnight of the 21st in Chicago: after the first credential, before the late one.
    const answer = await post(`/district/keys/${proofKey().id}/compromise`, {
      compromisedAt: '2026-11-20',
      time: '20:00',
      reason: 'A laptop was lost.',
    });
    expect(answer.status).toBe(303);
    const did = (await service.http.get('/issuers/riverbend/did.json')).body as { assertionMethod: string[] };
    expect(did.assertionMethod.some((method) => method.endsWith(`#${proofKey().name}`))).toBe(false);
    // Before the work is done, the issuer's own page does not say that it is in force.
    expect(await verdictOf(before)).toBe('not-genuine');
    expect((await service.http.get(`/c/${world.award.publicId}`).set('Accept', 'text/html')).text).toContain(
      'withdrawn the key that signed it',
    );
    await service.settle();
    expect(await verdictOf(before)).toBe('not-genuine');
    expect(await verdictOf(await json(world.award.publicId))).toBe('valid');
    expect((await service.http.get(`/c/${world.award.publicId}`).set('Accept', 'text/html')).text).toContain(
      'in force',
    );
    const progress = await get(answer.headers['location']!);
    expect(progress.text).toContain('2026');
    expect(progress.text).toContain('Going on; look again in a minute');
    expect(progress.text).toContain('These wait for you');
    service.clock.advance(60);
    await service.settle();
    expect((await get(answer.headers['location']!)).text).toContain('Everything was gone through');
    expect((await get('/district/keys')).text).toContain('1 waiting for you');
  });

  it('tells the holder once of each kind, with where to take the files anew', () => {
    const subjects = service.mail.map(({ to, subject }) => `${to}: ${subject}`).sort();
    expect(subjects).toEqual([
      'r.okafor@riverbend.example: Your credentials are being looked at',
      'r.okafor@riverbend.example: Your credentials were signed again',
    ]);
    expect(service.mail.every(({ text }) => text.includes('/backpack'))).toBe(true);
  });

  it('leaves what was recorded later to a person, who confirms it', async () => {
    const { body } = await api('/api/v1/key-compromises');
    const [{ id, state, awards }] = body.items;
    expect({ state, awards }).toEqual({
      state: 'done',
      awards: { due: 0, reissued: 1, waiting: 1, confirmed: 0, revoked: 0 },
    });
    const waiting = await api(`/api/v1/key-compromises/${id}/awards?state=waiting`);
    expect(waiting.body.items).toMatchObject([{ award: late.id, state: 'waiting' }]);
    expect(await verdictOf(await json(late.publicId))).toBe('not-genuine');
    const path = `/district/key-compromises/${id}/awards/${late.id}`;
    expect((await get(path)).text).toContain('Did your district award this?');
    expect((await post(path, { decision: 'revoke', reason: '' })).status).toBe(422);
    expect((await post(path, { decision: 'neither' })).status).toBe(422);
    expect((await post(path, { decision: 'confirm' })).status).toBe(303);
    expect(await verdictOf(await json(late.publicId))).toBe('valid');
    expect((await post(path, { decision: 'revoke', reason: 'After all.' })).text).toContain(
      'confirmed already',
    );
    expect((await get(path)).text).toContain('This is decided: confirmed');
  });
});
