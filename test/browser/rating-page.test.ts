import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Assignment } from '../../src/review/index.js';
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
import { aReviewWorld, workInReview, type ReviewWorld } from '../support/review-world.js';
import type { TestMember } from '../support/service.js';

describeInBrowser('the rating page, with its script', () => {
  let service: ListeningService;
  let world: ReviewWorld;
  let browser: Browser;
  let first: Assignment;
  let second: Assignment;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aReviewWorld(service);
    [first, second] = (await workInReview(service, world)) as [Assignment, Assignment];
    browser = await aBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  const holderOf = ({ reviewer }: Assignment): TestMember =>
    world.panel.find(({ member }) => member.id === reviewer)!;

  /** A window of the one who has it, with the page open; what the console says is wrong comes with it. */
  async function opened(
    assignment: Assignment,
  ): Promise<{ context: BrowserContext; page: Page; errors: readonly string[] }> {
    const context = await aWindow(browser);
    await signInAs(context, service, holderOf(assignment).member);
    const page = await context.newPage();
    const errors = consoleErrorsOf(page);
    await page.goto(`${service.url}/reviews/${assignment.id}`);
    return { context, page, errors };
  }

  const kept = (page: Page) => page.locator('[data-keeps=kept]').waitFor();
  const criterion = (page: Page, index: number) =>
    page.getByRole('group', { name: world.rubric.criteria[index]!.name, exact: true });
  const feedback = (page: Page, index: number) =>
    criterion(page, index).getByLabel('Feedback to the teacher');

  it('runs its own script and no other, and shows the PDF beside the rubric', async () => {
    const { context, page } = await opened(first);
    const answer = await page.reload();
    const policy = answer!.headers()['content-security-policy']!;
    expect(policy).toContain(`script-src ${service.url}/assets/rating.js;`);
    expect(await page.locator('script').count()).toBe(1);
    const src = await page.locator('iframe.evidence-pdf').first().getAttribute('src');
    const pdf = await page.request.get(service.url + src!);
    expect(pdf.headers()['content-security-policy']).toContain("frame-ancestors 'self'");
    await context.close();
  });

  it('is filled by the keyboard alone, kept while it is written, refused with marks and committed', async () => {
    const { context, page, errors } = await opened(first);
    const found = await faultsInLooks(page, 'rating-open');
    await tabTo(page, criterion(page, 0).getByRole('radio').first());
    for (const index of world.rubric.criteria.keys()) {
      await page.keyboard.press('3');
      expect(await criterion(page, index).getByLabel('Proficient').isChecked()).toBe(true);
      await page.keyboard.press('j');
    }
    expect(await page.locator('[data-rated]').textContent()).toBe('4');
    for (const index of [...world.rubric.criteria.keys()].reverse()) {
      await page.keyboard.press('c');
      await page.keyboard.type('Partners point.');
      await tabTo(page, feedback(page, index));
      await page.keyboard.type('They use the criteria.');
      await tabTo(page, criterion(page, index).getByRole('radio', { checked: true }), 'Shift+Tab');
      await page.keyboard.press('k');
    }
    await kept(page);
    expect(await page.getByText(/Kept at 03:0\d CST/).count()).toBe(1);
    await page.keyboard.press('?');
    expect(await page.locator('details[data-keys]').getAttribute('open')).not.toBeNull();
    found.push(...(await faultsInLooks(page, 'rating-kept', 'wide')));
    await page.reload();
    expect(await feedback(page, 3).inputValue()).toBe('They use the criteria.');
    expect(await criterion(page, 3).locator('[name$="/0/second"]').inputValue()).toBe('0:00');
    await tabTo(page, feedback(page, 0));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+Enter')]);
    await page.getByRole('link', { name: 'The box above the button' }).waitFor();
    found.push(...(await faultsInLooks(page, 'rating-refused', 'narrow')));
    await tabTo(page, page.getByRole('link', { name: 'The box above the button' }));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Commit rating' }));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page.getByText('Your rating is committed.').waitFor();
    await context.close();
    expect([found, errors]).toEqual([[], []]);
  });

  it('stays with all that is written when the session ends or the service is away, and asks before it is left', async () => {
    const { context, page } = await opened(second);
    await feedback(page, 1).fill('Written before the session ended.');
    await context.clearCookies();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    const found = await faultsInLooks(page, 'rating-signed-out', 'narrow');
    await page.getByRole('button', { name: 'Commit rating' }).click();
    expect(await feedback(page, 1).inputValue()).toBe('Written before the session ended.');
    await signInAs(context, service, holderOf(second).member);
    await page.evaluate("window.dispatchEvent(new Event('focus'))");
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor({ state: 'hidden' });
    await kept(page);
    await context.setOffline(true);
    await feedback(page, 1).fill('Written while it was away.');
    await page.getByRole('heading', { name: 'The service is not reached' }).waitFor();
    const asked = page.waitForEvent('dialog');
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await closing;
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Save draft' }).first().click();
    await page.getByText('The draft was saved.').waitFor();
    expect(await feedback(page, 1).inputValue()).toBe('Written while it was away.');
    // A slip is named while one writes, and what follows is kept again once it is mended.
    const ofPage = criterion(page, 1).getByLabel('Page');
    await ofPage.fill('two');
    await page.getByRole('link', { name: /the page of place 1 must be the number of a page/ }).click();
    await page.waitForFunction(`document.activeElement.id === '${await ofPage.getAttribute('id')}'`);
    found.push(...(await faultsInLooks(page, 'rating-slip', 'wide')));
    await ofPage.fill('');
    await page.getByRole('heading', { name: 'This cannot be kept as it is' }).waitFor({ state: 'hidden' });
    await criterion(page, 1).getByRole('button', { name: 'Add another place' }).click();
    await criterion(page, 1).getByLabel('Evidence').nth(1).selectOption({ label: 'Reflection' });
    await page.getByText('Not kept yet').waitFor();
    await kept(page);
    await page.reload();
    expect(await criterion(page, 1).getByLabel('Evidence').first().inputValue()).toBe('reflection');
    await context.close();
    expect(found).toEqual([]);
  });

  it('keeps nothing over another window, commits once, and shows the second what it held', async () => {
    const { context, page } = await opened(second);
    const other = await context.newPage();
    await other.goto(page.url());
    await feedback(page, 0).fill('From the first window.');
    await kept(page);
    await feedback(other, 0).fill('From the second window.');
    await other.getByRole('heading', { name: 'Another window has kept something else' }).waitFor();
    const found = await faultsInLooks(other, 'rating-elsewhere', 'wide');
    await other.getByRole('button', { name: 'Save draft' }).first().click();
    await other.getByText('saved elsewhere').waitFor();
    expect(await feedback(other, 0).inputValue()).toBe('From the second window.');
    await other.getByRole('button', { name: 'Save draft' }).first().click();
    await other.getByText('The draft was saved.').waitFor();
    for (const each of [other, page]) {
      // What is in the background is drawn, and pressed, seconds late.
      await each.bringToFront();
      for (const index of world.rubric.criteria.keys()) {
        await criterion(each, index).getByLabel('Proficient').check();
        await criterion(each, index).getByLabel('Evidence').selectOption({ label: 'Reflection' });
        if (index > 0) await feedback(each, index).fill('In words.');
      }
      await each.getByLabel('I have looked at all of the evidence').check();
    }
    await other.getByRole('button', { name: 'Commit rating' }).click();
    await other.getByText('Your rating is committed.').waitFor();
    await page.getByRole('button', { name: 'Commit rating' }).click();
    await page.getByRole('heading', { name: 'Nothing was changed' }).waitFor();
    found.push(...(await faultsInLooks(page, 'rating-twice', 'narrow')));
    const main = await page.getByRole('main').textContent();
    expect(main).toContain('From the first window.');
    expect(main).toContain('From the second window.');
    await context.close();
    expect(found).toEqual([]);
  });
});
