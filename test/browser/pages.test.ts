import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  aBrowser,
  aListeningService,
  aWindow,
  besidePictures,
  describeInBrowser,
  faultsInLooks,
  faultsOf,
  looks,
  picture,
  signInAs,
  tabTo,
  type ListeningService,
} from '../support/browser.js';
import { aPageWorld, signInPath, type PageWorld } from '../support/page-world.js';
import { aDistrict, aMember } from '../support/service.js';

describeInBrowser('pages in a browser', () => {
  let service: ListeningService;
  let world: PageWorld;
  let browser: Browser;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aPageWorld(service);
    browser = await aBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  async function signIn(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    await page.goto(service.url + (await signInPath(service, world.admin)));
    await page.getByRole('button', { name: 'Sign in now' }).click();
    await page.waitForURL(`${service.url}/`);
    await page.close();
  }

  /** A person with scripts off; waiting is cut short, since nothing here takes seconds. */
  async function withoutScripts(): Promise<BrowserContext> {
    const context = await browser.newContext({ javaScriptEnabled: false });
    context.setDefaultTimeout(8000);
    return context;
  }

  const publicPaths = () => [
    ['start', '/'],
    ['sign-in', '/sign-in'],
    ['verify', '/verify'],
    ['credential', new URL(world.award.credentialId).pathname],
    ['achievement', `/d/riverbend/achievements/${world.slug}/v1`],
    ['problem', '/problems/conflict'],
    ['missing', '/nothing-here'],
  ];
  const memberPaths = () => [
    ['home', '/'],
    ['district', '/district'],
    ['district-edit', '/district/edit'],
    ['members', '/district/members'],
    ['member-new', '/district/members/new'],
    ['member', `/district/members/${world.teacher.id}`],
    ['member-edit', `/district/members/${world.teacher.id}/edit`],
    ['relationship-new', `/district/members/${world.teacher.id}/relationships/new`],
    ['api-keys', '/district/api-keys'],
    ['api-key-new', '/district/api-keys/new'],
    ['keys', '/district/keys'],
    ['keys-rotate', '/district/keys/rotate?use=proof'],
    ['audit-not-shown', '/district/audit'],
    ['awards', '/district/awards'],
    ['award', `/district/awards/${world.award.id}`],
    ['award-revoke', `/district/awards/${world.award.id}/revoke`],
    ['achievements', '/achievements'],
    ['achievement-version', `/achievements/${world.slug}/v/1`],
    ['draft', '/achievements/inclusive-discussion/v/1'],
    ['draft-edit', '/achievements/inclusive-discussion/v/1/edit'],
    ['draft-new', '/achievements/new'],
    ['publish', '/achievements/inclusive-discussion/v/1/publish'],
  ];

  for (const look of looks) {
    it(`has no accessibility violation and no sideways scrolling: ${look.name}`, async () => {
      const context = await aWindow(browser, look);
      const page = await context.newPage();
      const found: string[] = [];
      const visit = async (name: string, path: string) => {
        await page.goto(service.url + path);
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
        await picture(page, `${name}-${look.name}`);
      };
      for (const [name, path] of publicPaths()) await visit(name!, path!);
      await signIn(context);
      for (const [name, path] of memberPaths()) await visit(name!, path!);
      await context.close();
      expect(found).toEqual([]);
    }, 300_000);
  }

  it('signs in, adds a member, keeps what was typed over a fault and signs out, with scripts off', async () => {
    const context = await withoutScripts();
    const page = await context.newPage();
    await page.goto(`${service.url}/district/members/new`);
    expect(page.url()).toBe(`${service.url}/sign-in?next=%2Fdistrict%2Fmembers%2Fnew`);
    await page.getByLabel('E-mail address').fill(world.admin.email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
    await service.settle();
    // Other mail may be due too: the newest link to this address counts.
    const mailed = service.mail.filter(
      ({ to, text }) => to === world.admin.email && text.includes('/sign-in/'),
    );
    const link = /http\S+\/sign-in\/\S+/.exec(mailed.at(-1)!.text)![0];
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in now' }).click();
    expect(page.url()).toBe(`${service.url}/district/members/new`);
    await page.getByLabel('Name').fill('Tomás Núñez');
    await page.getByLabel('E-mail address').fill('not an address');
    await page.getByLabel('teacher', { exact: true }).check();
    await page.getByRole('button', { name: 'Add the member' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('must be an e-mail address');
    expect(await page.getByLabel('Name').inputValue()).toBe('Tomás Núñez');
    expect(await page.getByLabel('teacher', { exact: true }).isChecked()).toBe(true);
    await picture(page, 'member-fault');
    await page.getByLabel('E-mail address').fill('t.nunez@riverbend.example');
    await page.getByRole('button', { name: 'Add the member' }).click();
    await page.getByRole('heading', { name: 'Tomás Núñez' }).waitFor();
    expect(await page.getByRole('status').textContent()).toContain('The member was added.');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await page.getByRole('status').textContent()).toContain('You are signed out.');
    await page.goto(`${service.url}/district`);
    expect(page.url()).toContain('/sign-in?next=');
    await context.close();
  });

  it('writes and publishes an achievement with scripts off', async () => {
    const context = await withoutScripts();
    await signIn(context);
    const page = await context.newPage();
    await page.goto(`${service.url}/achievements/new`);
    await page.locator('#field-name').fill('Small group reading');
    await page.locator('#field-description').fill('Leads a small group that reads for meaning.');
    await page.getByLabel('Criteria').fill('Plan, lead and look back at three sessions.');
    const criterion = page
      .locator('fieldset', { has: page.locator('legend', { hasText: /^Criterion 1$/ }) })
      .last();
    await criterion.getByLabel('Name').fill('Choosing the text');
    for (const level of [1, 2, 3, 4]) {
      await criterion
        .getByLabel(`What level ${level} looks like`)
        .fill(`What the choice looks like at ${level}.`);
    }
    await page.getByRole('button', { name: 'Add a criterion' }).click();
    expect(await page.locator('#field-name').inputValue()).toBe('Small group reading');
    expect(await page.getByText('Criterion 2', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Remove criterion 2' }).click();
    const evidence = page
      .locator('fieldset', { has: page.locator('legend', { hasText: /^Evidence 1$/ }) })
      .last();
    await evidence.getByLabel('Name').fill('Your plan');
    const standard = page
      .locator('fieldset', { has: page.locator('legend', { hasText: /^Standard 1$/ }) })
      .last();
    await standard.getByLabel('Name').fill('Reading');
    await standard.getByLabel('Framework').fill('State standards');
    await standard.getByLabel('Address').fill('https://standards.example/reading');
    await page.getByRole('button', { name: 'Save the draft' }).last().click();
    await picture(page, 'draft-saved');
    expect(await page.getByRole('status').textContent()).toContain('The draft was made.');
    await page.getByRole('link', { name: 'Publish …' }).click();
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    expect(await page.getByRole('status').textContent()).toContain('The version was published.');
    expect(page.url()).toContain('/achievements/small-group-reading/v/1');
    await context.close();
  });

  it('prints the credential and the report on one page each, and sends at most 50 KB for the credential', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let bytes = 0;
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    await page.goto(world.award.credentialId, { waitUntil: 'networkidle' });
    console.log(`the credential page took ${bytes} bytes`);
    expect(bytes).toBeLessThanOrEqual(50 * 1024);
    expect(await pagesIn(page)).toBe(1);
    await page.goto(`${service.url}/verify?link=${encodeURIComponent(world.award.credentialId)}`);
    await page.getByRole('button', { name: 'Check it' }).click();
    expect(await pagesIn(page)).toBe(1);
    await context.close();
  });

  it('checks a pasted link and revokes a credential with scripts off', async () => {
    const context = await withoutScripts();
    const page = await context.newPage();
    await page.goto(`${service.url}/verify`);
    await page.getByLabel('Or its link').fill(world.award.credentialId);
    await page.getByRole('button', { name: 'Check it' }).click();
    await picture(page, 'report');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Valid');
    await signIn(context);
    await page.goto(`${service.url}/district/awards/${world.award.id}/revoke`);
    await page.getByRole('button', { name: 'Revoke it for good' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Reason');
    await page.getByLabel('Reason').fill('Awarded to the wrong person');
    await page.getByRole('button', { name: 'Revoke it for good' }).click();
    expect(await page.getByRole('status').textContent()).toContain('The credential was revoked.');
    await page.goto(world.award.credentialId);
    expect(await page.locator('.verdict-word').textContent()).toBe('Revoked');
    expect(await page.locator('.verdict-sentence').textContent()).toContain('Awarded to the wrong person.');
    await picture(page, 'credential-revoked');
    await context.close();
  });

  it('verifies and filters the audit record by the keyboard alone, with scripts off', async () => {
    // A district of its own: in the other the world put things by hand, of which no record knows.
    const district = await aDistrict(service, { slug: 'elm-grove' });
    const { member } = await aMember(service, district, ['admin'], { name: 'Ines Duarte' });
    await service.settle();
    const looked = await aWindow(browser);
    await signInAs(looked, service, member);
    const shown = await looked.newPage();
    await shown.goto(`${service.url}/district/audit`);
    await shown.getByText('Show', { exact: true }).nth(1).click();
    expect(await faultsInLooks(shown, 'audit')).toEqual([]);
    await looked.close();

    const context = await withoutScripts();
    await signInAs(context, service, member);
    const page = await context.newPage();
    await page.goto(`${service.url}/district`);
    await tabTo(page, page.getByRole('link', { name: 'Audit record' }));
    await page.keyboard.press('Enter');
    await page.getByText('It was not verified here yet.').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Verify now' }));
    await page.keyboard.press('Enter');
    await page.getByText(/Checked through entry \d+: nothing wrong was found/).waitFor();
    expect(await page.getByRole('status').textContent()).toContain('The record was verified.');
    await tabTo(page, page.getByLabel('Kind of thing'));
    await page.keyboard.type('signing');
    await tabTo(page, page.getByRole('button', { name: 'Show' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/kind=issuer_keys/);
    expect(await page.getByText('signing key: made').count()).toBeGreaterThan(0);
    expect(await page.getByText('member: added').count()).toBe(0);
    await context.close();
  });
});

/** Prints a page; Chromium's own print process now and then fails on a machine under load, so it is asked three times. */
async function printed(page: Page, tries = 3): Promise<Buffer> {
  try {
    return await page.pdf({ format: 'A4' });
  } catch (error) {
    if (tries === 1 || !String(error).includes('Printing failed')) throw error;
    console.warn('Chromium failed to print; asked again');
    return printed(page, tries - 1);
  }
}

/** How many sheets of A4 a page prints on. */
async function pagesIn(page: Page): Promise<number> {
  const bytes = await printed(page);
  const file = besidePictures(`print-${new URL(page.url()).pathname.split('/')[1]}.pdf`);
  if (file !== undefined) await writeFile(file, bytes);
  const pdf = bytes.toString('latin1');
  return (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}
