import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
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
import { aDistrict, aMember, type TestMember } from '../support/service.js';

/** What a reviewer signs and declares, by the keyboard alone and wrongly first, and what a lead sees of it. */
describeInBrowser('declarations in a browser', () => {
  let service: ListeningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: readonly string[];
  let reviewer: TestMember;
  let lead: TestMember;

  beforeAll(async () => {
    service = await aListeningService();
    const district = await aDistrict(service);
    reviewer = await aMember(service, district, ['reviewer'], { name: 'Nadia Osei', undeclared: true });
    lead = await aMember(service, district, ['lead'], { name: 'Amara Nwosu' });
    browser = await aBrowser();
    context = await aWindow(browser);
    page = await context.newPage();
    errors = consoleErrorsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  const as = async (who: TestMember, path: string) => {
    await signInAs(context, service, who.member);
    await page.goto(service.url + path);
  };
  const press = async (target: Locator) => {
    await tabTo(page, target);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });
  const faults = async () => page.getByRole('alert').getByRole('link').allInnerTexts();

  it('signs the code of conduct, and says when that was done in place of asking again', async () => {
    await as(reviewer, '/declarations');
    const found = await faultsInLooks(page, 'declarations-missing');
    await press(link('Sign the code of conduct'));
    await press(button('Sign'));
    expect(await faults()).toEqual(['Your promise must be ticked: it is what you sign']);
    found.push(...(await faultsInLooks(page, 'code-refused', 'narrow')));
    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await press(button('Sign'));
    await press(link('Read it'));
    expect(await page.getByText(/^You signed it on/).count()).toBe(1);
    expect(await button('Sign').count()).toBe(0);
    found.push(...(await faultsInLooks(page, 'code-signed', 'wide')));
    expect([found, errors]).toEqual([[], []]);
  });

  it('declares a conflict with all its faults told at once and nothing typed lost; a lead reads it', async () => {
    await as(reviewer, '/declarations/conflicts');
    const first = page.getByRole('group', { name: 'Conflict 1' });
    await first.getByLabel(/^E-mail/).fill('nobody');
    await first.getByLabel(/^From/).fill('2026-05-02');
    await first.getByLabel(/^Until/).fill('2026-05-01');
    await press(button('Declare'));
    expect(await faults()).toEqual([
      'Conflict 1: with whom must be the e-mail address of one person',
      'Conflict 1: until must not be before its first day',
    ]);
    expect(await first.getByLabel(/^From/).inputValue()).toBe('2026-05-02');
    const found = await faultsInLooks(page, 'conflicts-refused');
    await first.getByLabel(/^E-mail/).fill('sam@school.example');
    await first.getByLabel(/^Until/).fill('');
    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await press(button('Declare'));
    expect(await faults()).toEqual([
      'No conflict of interest must not be ticked beside conflicts: clear them, or this box',
    ]);
    await tabTo(page, page.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await press(button('Declare'));
    expect(await page.getByText('sam@school.example').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'declarations-made', 'narrow')));

    await as(lead, '/reviewers');
    found.push(...(await faultsInLooks(page, 'reviewers-declared', 'narrow')));
    await page
      .getByRole('row', { name: /Nadia Osei/ })
      .getByRole('link', { name: 'Declarations' })
      .click();
    expect(await page.getByText('sam@school.example').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'declarations-of-reviewer')));
    expect([found, errors]).toEqual([[], []]);
  });

  it('gives the district another code of conduct, which the reviewer is asked to sign', async () => {
    await as(lead, '/district/code-of-conduct');
    const found = await faultsInLooks(page, 'code-of-conduct', 'narrow');
    await press(link('Change'));
    await page.getByLabel('Text').fill('short');
    await press(button('Set from now on'));
    expect(await faults()).toEqual([expect.stringMatching(/at least 200 characters/)]);
    expect(await page.getByLabel('Text').inputValue()).toBe('short');
    found.push(...(await faultsInLooks(page, 'code-of-conduct-refused', 'narrow')));
    await page.getByLabel('Text').fill('I rate blind, by the rubric, and by myself. '.repeat(6));
    await press(button('Set from now on'));
    expect(await page.getByRole('heading', { name: 'Version 1' }).count()).toBe(1);

    await as(reviewer, '/declarations');
    expect(await page.getByText('There is a new code of conduct').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'code-to-renew', 'narrow')));
    expect([found, errors]).toEqual([[], []]);
  });
});
