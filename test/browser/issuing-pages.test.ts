import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { stopIssuing, type AchievementVersion } from '../../src/achievements/index.js';
import {
  awardOutside,
  endorse,
  includeEndorsement,
  revokeEndorsement,
  type Endorsement,
} from '../../src/issuing/index.js';
import type { Actor } from '../../src/kernel/index.js';
import { listIssuerKeys } from '../../src/securing/index.js';
import {
  aBrowser,
  aListeningService,
  aWindow,
  consoleErrorsOf,
  describeInBrowser,
  faultsInLooks,
  signInAs,
  tabTo,
  type ListeningService,
} from '../support/browser.js';
import { anAchievement, reviewedContent } from '../support/issuing-house.js';
import { aPageWorld, type PageWorld } from '../support/page-world.js';
import { aDistrict, aMember } from '../support/service.js';

describeInBrowser('endorsements, withdrawn keys and stopped versions, by the keyboard alone', () => {
  let service: ListeningService;
  let world: PageWorld;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: readonly string[];
  let version: AchievementVersion;
  let foreign: Endorsement;
  let revoked: Endorsement;
  let over: Endorsement;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aPageWorld(service);
    const { issuing, achievements } = service.rooms;
    const { district, award, teacher } = world;
    const admin: Actor = { kind: 'member', district: district.id, member: world.admin.id };
    version = (await achievements.store.version(district.id, award.achievementVersion))!;
    const neighbour = await aDistrict(service, { name: 'Association of Lakeside Teacher Educators' });
    const { actor: association } = await aMember(service, neighbour, ['admin']);
    const comment = 'We train *our own* mentors with it.\n\nIts rubric asks for what students did.';
    foreign = await endorse(issuing, association, { about: version.url, comment, validUntil: null });
    await includeEndorsement(issuing, admin, { endorsement: foreign.credentialId });
    const about = award.credentialId;
    revoked = await endorse(issuing, association, { about, comment, validUntil: null });
    revoked = await revokeEndorsement(issuing, association, {
      endorsement: revoked.id,
      reason: 'It was said of the wrong credential.',
    });
    const validUntil = '2026-11-20T12:00:00Z';
    over = await endorse(issuing, admin, { about, comment, validUntil });
    // A day later, when the key may have been in other hands: one more.
    service.clock.advance(86_400);
    const late = await anAchievement(
      { ports: issuing, achievements },
      { district, service: { kind: 'service', district: district.id }, admin, teacher },
      'first-aid',
      reviewedContent({ name: 'First aid', assessment: { by: 'outside', how: 'A test of the county.' } }),
    );
    await awardOutside(issuing, admin, { achievement: late.achievement, member: teacher.id });
    service.clock.advance(3_600);
    await service.settle();
    browser = await aBrowser();
    context = await aWindow(browser);
    await signInAs(context, service, world.admin);
    page = await context.newPage();
    errors = consoleErrorsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  const open = (path: string) => page.goto(new URL(path, service.url).href);
  const look = (name: string, where?: 'wide' | 'narrow') => faultsInLooks(page, name, where);
  const press = async (role: 'button' | 'link', name: string | RegExp) => {
    await tabTo(page, page.getByRole(role, { name }).first());
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  /** By keys, into a field that is reached by keys. */
  const type = async (label: string | RegExp, text: string) => {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(text);
  };
  const said = () => page.getByRole('status').textContent();

  it('endorses: an empty form is refused with marks that lead to the fields, then one is made, carried and shown to anybody', async () => {
    const found: string[] = [];
    await open('/endorsements');
    found.push(...(await look('endorsements', 'wide')));
    await press('button', 'Endorse it');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('Nothing was endorsed');
    found.push(...(await look('endorsements-refused', 'narrow')));
    await tabTo(page, alert.getByRole('link', { name: /Something of your own/ }));
    await page.keyboard.press('Enter');
    const own = page.getByLabel('Something of your own');
    expect(await own.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.type('Riverbend');
    await type('What is said', 'The district stands by *its own* standards.');
    await press('button', 'Endorse it');
    expect(await said()).toContain('endorse');
    found.push(...(await look('endorsements-made')));
    await press('link', /^Revoke/);
    await press('button', 'Revoke it for good');
    expect(await alert.textContent()).toContain('Reason');
    found.push(...(await look('endorsement-revoke-refused', 'narrow')));
    await open('/endorsements');
    await press('link', /^Carry it no/);
    found.push(...(await look('endorsement-exclude', 'wide')));
    expect([found, errors]).toEqual([[], []]);
  });

  it('shows an endorsement in force, one revoked and one that is over to people who are not signed in', async () => {
    const stranger = await aWindow(browser);
    const public_ = await stranger.newPage();
    const wrong = consoleErrorsOf(public_);
    const found: string[] = [];
    for (const [{ credentialId }, state] of [
      [foreign, 'in force'],
      [revoked, 'revoked'],
      [over, 'over'],
    ] as const) {
      await public_.goto(credentialId);
      expect(await public_.getByRole('main').textContent()).toContain(`It is ${state}`);
      found.push(...(await faultsInLooks(public_, `endorsement-${state.replace(' ', '-')}`)));
    }
    await tabTo(public_, public_.getByRole('link', { name: 'Check it here' }));
    await public_.keyboard.press('Enter');
    await public_.waitForURL(/\/verify\?link=/);
    await stranger.close();
    expect([found, wrong]).toEqual([[], []]);
  });

  it('withdraws a key: faults marked, what it does said first, what waits decided one by one', async () => {
    const found: string[] = [];
    const keys = await listIssuerKeys(service.rooms.securing, world.district.id);
    const proof = keys.find(({ use, state }) => use === 'proof' && state === 'active')!;
    await open('/district/keys');
    await tabTo(page, page.getByRole('row', { name: proof.name }).getByRole('link', { name: /Withdraw/ }));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    found.push(...(await look('key-withdraw', 'wide')));
    await press('button', 'Withdraw the key for good');
    expect(await page.getByRole('alert').textContent()).toContain('The key was not withdrawn');
    found.push(...(await look('key-withdraw-refused', 'narrow')));
    await tabTo(page, page.getByLabel('Since what time?'));
    await page.keyboard.press('Control+A');
    // The form begins with today. Before the second credential, and after the first.
    await page.keyboard.type('01:00');
    await type('What happened?', 'A laptop was lost on the way to school.');
    await press('button', 'Withdraw the key for good');
    expect(page.url()).toContain('/district/key-compromises/');
    found.push(...(await look('key-withdrawn', 'wide')));
    for (const _ of [1, 2]) {
      await service.settle();
      service.clock.advance(60);
    }
    await page.reload();
    expect(await page.getByRole('main').textContent()).toContain('Everything was gone through');
    found.push(...(await look('key-compromise')));
    await press('link', 'First aid');
    found.push(...(await look('key-decide', 'wide')));
    await press('button', 'Revoke it for good');
    expect(await page.getByRole('alert').textContent()).toContain('Nothing was decided');
    found.push(...(await look('key-decide-refused', 'narrow')));
    await press('button', 'Confirm and sign it');
    expect(await said()).toContain('confirmed');
    await service.settle();
    await open('/district/keys');
    found.push(...(await look('keys-after')));
    expect([found, errors]).toEqual([[], []]);
  });

  it('tells of a stopped version on Home and its page, and goes on when nothing is found any more', async () => {
    const found: string[] = [];
    const { achievements, tenancy } = service.rooms;
    const detail = 'is could-not-check to our verifier: The list is not there. (verify status)';
    await stopIssuing(
      { store: achievements.store, clock: service.clock },
      { version, award: world.award.id, findings: [{ rule: 'verify status', pointer: '', detail }] },
    );
    // A profile that breaks a rule, as one from before that rule might.
    const district = (await tenancy.store.district(world.district.id))!;
    const email = ['first@riverbend.example', 'second@riverbend.example'] as unknown as string;
    await tenancy.store.districts.replace({ ...district, email });
    await open('/');
    found.push(...(await look('home-stopped', 'narrow')));
    await press('link', /Formative feedback, version 1/);
    expect(await page.getByRole('main').textContent()).toContain('Issuing is stopped');
    found.push(...(await look('version-stopped')));
    await press('button', 'Check again and go on');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Issuing stays stopped');
    found.push(...(await look('version-stays-stopped', 'narrow')));
    const broken = (await tenancy.store.district(world.district.id))!;
    await tenancy.store.districts.replace({ ...broken, email: district.email });
    await press('button', 'Check again');
    expect(await said()).toContain('Nothing is found any more');
    found.push(...(await look('version-resumed', 'wide')));
    expect([found, errors]).toEqual([[], []]);
  });
});
