import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { acceptPoolAgreement, type District } from '../../src/tenancy/index.js';
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
import { aDistrict, aMember, type TestMember } from '../support/service.js';
import { reviewed } from '../support/teacher-world.js';

/** Appeals, review pools and figures, used by the keyboard alone and wrongly first, each page in both looks. */
describeInBrowser('appeals, review pools and figures in a browser', () => {
  let service: ListeningService;
  let world: ReviewWorld;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: readonly string[];
  let admin: TestMember;
  let lakeside: District;
  let theirs: TestMember;
  let missed: string;
  let waiting: { readonly teacher: TestMember; readonly submission: string };

  beforeAll(async () => {
    service = await aListeningService();
    world = await aReviewWorld(service);
    admin = await aMember(service, world.district, ['admin'], { name: 'Alma Reyes' });
    lakeside = await aDistrict(service, { name: 'Lakeside Schools' });
    theirs = await aMember(service, lakeside, ['admin']);
    await aMember(service, lakeside, ['reviewer'], { name: 'Nadia Osei' });
    missed = (await workInReview(service, world))[0]!.submission!;
    await reviewed(service, world, missed, [2, 3, 2, 3]);
    const teacher = await aMember(service, world.district, ['teacher'], { name: 'Joel Weber' });
    const [one] = await workInReview(service, { ...world, teacher });
    waiting = { teacher, submission: one!.submission! };
    browser = await aBrowser();
    context = await aWindow(browser);
    page = await context.newPage();
    errors = consoleErrorsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  async function as(who: TestMember, path: string): Promise<void> {
    await signInAs(context, service, who.member);
    await page.goto(service.url + path);
  }
  const press = async (target: Locator) => {
    await tabTo(page, target);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });
  const type = async (label: string, words: string) => {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(words);
  };
  /** A radio or a box: reached by Tab or, within its group, by the arrows. */
  const choose = async (name: RegExp) => {
    await tabTo(page, page.getByRole('radio', { name }).first());
    await page.keyboard.press('Space');
  };
  /** What was refused says each fault once at the top, and each leads to its field. */
  const refused = async (faults: readonly RegExp[]) => {
    const alert = page.getByRole('alert');
    for (const fault of faults) {
      await alert.getByRole('link', { name: fault }).click();
      const at = new URL(page.url()).hash.slice(1);
      expect([fault.source, await page.locator(`[id="${at}"]`).count()]).toEqual([fault.source, 1]);
    }
  };

  it('take an appeal from the decision to its end by the keyboard: blank first, filed, screened, decided', async () => {
    await as(world.teacher, `/submissions/${missed}`);
    await press(link('appeal against it'));
    await press(button('File the appeal'));
    await refused([/What was wrong/, /Which error/]);
    const found = await faultsInLooks(page, 'appeal-refused', 'narrow');
    await choose(/^The rule/);
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /^The process/ }).isChecked()).toBe(true);
    await type('Which error is it, and where can it be seen?', 'Minute 20 of the plan shows it.');
    await press(button('File the appeal'));
    const appeal = new URL(page.url()).pathname;
    expect(await page.getByText('A lead says whether it names an error.').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'appeal-filed')));
    await page.goto(`${service.url}/appeals`);
    found.push(...(await faultsInLooks(page, 'appeals-own', 'narrow')));
    // There is nothing to file any more: no form that could only be refused.
    await page.goto(`${service.url}/submissions/${missed}`);
    expect(await link('appeal against it').count()).toBe(0);

    await as(world.lead, '/appeals');
    found.push(...(await faultsInLooks(page, 'appeals', 'wide')));
    await press(page.getByRole('main').getByRole('link', { name: /Formative feedback/ }));
    await press(button('Screen the appeal'));
    await refused([/admissible/, /Reasons/]);
    found.push(...(await faultsInLooks(page, 'appeal-screening', 'narrow')));
    await choose(/^Yes/);
    await type('Reasons', 'It names where.');
    await press(button('Screen the appeal'));
    await service.settle();

    await as(world.panel[2], appeal);
    expect(await page.getByRole('img', { name: /Student work/ }).count()).toBe(2);
    await press(button('Decide the appeal'));
    await refused([/Your decision/, /Reasons/]);
    found.push(...(await faultsInLooks(page, 'appeal-deciding')));
    await choose(/^Upheld/);
    await type('Reasons', 'Both readings looked at minute 20.');
    await press(button('Decide the appeal'));
    expect(await page.getByText('Decided, because').count()).toBe(1);

    await as(world.teacher, appeal);
    expect(await page.getByText('The decision stands. The teacher may start the next attempt.').count()).toBe(
      1,
    );
    await link('The decision and its feedback').click();
    expect(await link('appeal against it').count()).toBe(0);
    expect([found, errors]).toEqual([[], []]);
  });

  it('take a review pool from the proposal to cleared work: wrong first, by the keyboard, and tell the teacher each time', async () => {
    await as(admin, '/district/review-pools');
    const found = await faultsInLooks(page, 'pools-none', 'narrow');
    await press(link('Propose an agreement'));
    await type('District', 'nowhere');
    await press(button('Propose it'));
    await refused([/For/]);
    found.push(...(await faultsInLooks(page, 'pool-refused', 'narrow')));
    await tabTo(page, page.getByRole('checkbox').first());
    await page.keyboard.press('Space');
    await page.getByLabel('District').fill(lakeside.slug);
    await press(button('Propose it'));
    const agreement = new URL(page.url()).pathname;
    found.push(...(await faultsInLooks(page, 'pool-proposed', 'wide')));

    // Before it is accepted the teacher is offered nothing.
    const { teacher, submission } = waiting;
    await as(teacher, `/submissions/${submission}/pool-consent`);
    expect(await page.getByText('There is nothing to allow').count()).toBe(1);
    await acceptPoolAgreement(service.rooms.tenancy, theirs.actor, agreement.split('/').at(-1)!);

    await as(theirs, agreement);
    await tabTo(page, page.getByLabel('Reviewer'));
    await press(button('Give a seat'));
    expect(await page.getByRole('cell', { name: 'Nadia Osei' }).count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'pool-seats')));
    await as(admin, agreement);
    expect(await page.getByText('Nadia').count()).toBe(0);

    await as(teacher, `/submissions/${submission}`);
    expect(await page.getByText('Your work stays in your district. You can let').count()).toBe(1);
    await press(link('Read what that means, and allow it'));
    await press(button('Allow it'));
    await refused([/Permission/]);
    found.push(...(await faultsInLooks(page, 'pool-consent', 'narrow')));
    await type('Permission', 'I agree; the forms are in the school office.');
    await press(button('Allow it'));
    // It holds a video: nobody takes that for de-identified.
    expect(await page.getByText('it holds a recording').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'pool-barred', 'wide')));

    await as(world.lead, '/district/review-pools');
    await press(link('Work that waits to be read for the review pool'));
    await press(page.getByRole('main').getByRole('link', { name: /Formative feedback/ }));
    await press(button('Clear it for the pool'));
    expect(await page.getByRole('alert').count()).toBe(1);
    found.push(...(await faultsInLooks(page, 'pool-work-refused')));
    await press(button('Keep it in the district'));
    found.push(...(await faultsInLooks(page, 'pool-work', 'narrow')));
    expect([found, errors]).toEqual([[], []]);
  });

  it('show figures to leads and to the reviewer, order them by the keyboard, and name each level', async () => {
    const [rater] = world.panel;
    await as(world.lead, '/figures');
    const found = await faultsInLooks(page, 'figures');
    await tabTo(page, page.getByLabel('Order'));
    await page.keyboard.type('Fewest exact');
    await press(button('Show'));
    expect(new URL(page.url()).searchParams.get('order')).toBe('exact');
    await press(page.getByRole('link', { name: new RegExp(rater.member.name) }));
    expect(await page.getByText(/Proficient \d+ %/).count()).toBeGreaterThan(0);
    found.push(...(await faultsInLooks(page, 'figures-of-one')));
    await as(rater, '/reviews');
    await press(link('How I rate'));
    expect(await page.getByText(/Proficient \d+ %/).count()).toBeGreaterThan(0);
    found.push(...(await faultsInLooks(page, 'my-figures')));
    await as(rater, '/seats');
    found.push(...(await faultsInLooks(page, 'seats-none', 'narrow')));
    expect([found, errors]).toEqual([[], []]);
  });
});
