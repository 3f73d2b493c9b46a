import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completeSignIn, createSignInLinkFor } from '../../src/access/index.js';
import { stopIssuing } from '../../src/achievements/index.js';
import type { Actor } from '../../src/kernel/index.js';
import { aPageWorld, type PageWorld } from '../support/page-world.js';
import { aService, type TestService } from '../support/service.js';

let service: TestService;
let world: PageWorld;
let cookies: Record<'admin' | 'teacher', string>;

const get = async (path: string, who: 'admin' | 'teacher' = 'admin') =>
  (await service.http.get(path).set('Cookie', cookies[who])).text;

beforeAll(async () => {
  service = await aService();
  world = await aPageWorld(service);
  const actor: Actor = { kind: 'service', district: world.district.id };
  const { achievements, access } = service.rooms;
  const award = world.award;
  const version = (await achievements.store.version(world.district.id, award.achievementVersion))!;
  await stopIssuing(
    { store: achievements.store, clock: service.clock },
    {
      version,
      award: award.id,
      findings: [
        {
          rule: 'verify status',
          pointer: '',
          detail: 'is could-not-check to our verifier: The list is not there. (verify status)',
        },
        {
          rule: 'endorsement',
          pointer: '/credentialSubject/achievement/endorsement/0/proof',
          detail: 'does not hold (endorsement)',
        },
      ],
    },
  );
  const cookieOf = async ({ id }: PageWorld['admin']) => {
    const link = await createSignInLinkFor(access, actor, id);
    const { secret } = await completeSignIn(access, new URL(link).pathname.split('/').at(-1)!);
    return `session=${secret}`;
  };
  cookies = { admin: await cookieOf(world.admin), teacher: await cookieOf(world.teacher) };
}, 60_000);
afterAll(() => service?.close());

describe('a version whose issuing is stopped', () => {
  it('is marked in the list and on its page, where it does not merely read published', async () => {
    const list = await get('/achievements');
    expect(list.match(/Issuing stopped/g)).toHaveLength(1);
    expect(await get('/achievements/formative-feedback/v/1')).toContain('Issuing stopped');
  });

  it('says in plain words what was found, in whose credential, and leads to it', async () => {
    const page = await get('/achievements/formative-feedback/v/1');
    expect(page).toContain(`href="/district/awards/${world.award.id}"`);
    expect(page).toContain(world.teacher.name);
    expect(page).toContain('The list that says whether it is revoked cannot be read or says otherwise.');
    expect(page).toContain('An endorsement that it carries does not hold.');
    expect(page).toContain('The list is not there.');
    expect(page).not.toMatch(/could-not-check|\(verify status\)/);
  });

  it('names no holder to a teacher', async () => {
    const page = await get('/achievements/formative-feedback/v/1', 'teacher');
    expect(page).toContain('Issuing is stopped');
    expect(page).not.toContain(`/district/awards/${world.award.id}`);
  });

  it('marks no credential that does not wait', async () => {
    expect(await get('/district/awards')).not.toContain('Waits');
  });

  it('is told to every admin by mail, once, when a credential is tried; nobody else hears of it', async () => {
    const told = () => service.mail.filter(({ subject }) => subject.includes('is stopped'));
    await service.settle();
    expect(told()).toEqual([]);
    const corrected = await service.http
      .post(`/district/awards/${world.award.id}/correct`)
      .set('Cookie', cookies.admin)
      .type('form')
      .send({ reason: 'A slip in the name.' });
    expect(corrected.status).toBeLessThan(500);
    for (const _ of [1, 2]) {
      service.clock.advance(3600);
      await service.settle();
    }
    expect(told().map(({ to }) => to)).toEqual([world.admin.email]);
    expect(told()[0]).toMatchObject({
      subject: 'Issuing of "Formative feedback" is stopped',
      text: expect.stringMatching(/\/achievements\/formative-feedback\/v\/1$/),
    });
    expect(told()[0]!.text).not.toContain(world.teacher.name);
  });

  it('stands on Home for those who can settle it, and beside the credential that waits', async () => {
    expect(await get('/')).toContain('Issuing is stopped</h2>');
    expect(await get('/')).toContain('href="/achievements/formative-feedback/v/1"');
    expect(await get('/', 'teacher')).not.toContain('Issuing is stopped');
    expect((await get('/district/awards')).match(/Waits: issuing stopped/g)).toHaveLength(1);
    expect(await get(`/district/awards/${world.award.id}`)).toContain('Waits: issuing stopped');
  });

  it('leaves Home and the list when it is settled', async () => {
    const resumed = await service.http
      .post('/achievements/formative-feedback/v/1/resume-issuing')
      .set('Cookie', cookies.admin)
      .type('form')
      .send({});
    expect(resumed.status).toBe(303);
    expect(await get('/')).not.toContain('Issuing is stopped');
    expect(await get('/district/awards')).not.toContain('Waits');
  });
});
