import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { packageRoot } from '../../src/kernel/index.js';
import { startNextAttempt } from '../../src/submissions/index.js';
import {
  aBrowser,
  aListeningService,
  describeInBrowser,
  faultsOf,
  keepsPictures,
  looks,
  picture,
  type ListeningService,
} from '../support/browser.js';
import { aReviewWorld, workInReview, type ReviewWorld } from '../support/review-world.js';
import { aMember, type TestMember } from '../support/service.js';
import { readyToAward, reviewed } from '../support/teacher-world.js';

/** Pages whose parts between them are all parts. */
const inBothLooks = ['submissions', 'in-review', 'not-yet', 'next-attempt', 'artefacts', 'backpack'];

describeInBrowser('the pages of teachers in a browser', () => {
  let service: ListeningService;
  let world: ReviewWorld;
  let browser: Browser;
  /** Pages by name, each with whom it is shown to. */
  const shown: [name: string, who: TestMember, path: string][] = [];
  let newcomer: TestMember;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aReviewWorld(service);
    await readyToAward(service, world);
    browser = await aBrowser();
    newcomer = await aMember(service, world.district, ['teacher'], { name: 'Joel Lindqvist' });
    const waiting = await handedIn('Asha Menon');
    const missed = await handedIn('Carl Weber');
    const again = await handedIn('Lin Zhao');
    const met = await handedIn('Maya Okafor');
    await reviewed(service, world, missed.id, [3, 2, 4, 1]);
    await reviewed(service, world, again.id, [3, 2, 3, 3]);
    await reviewed(service, world, met.id, [3, 3, 4, 3]);
    const next = await startNextAttempt(service.rooms.submissions, again.who.actor, again.id);
    const consents = await service.rooms.evidence.store.consentsOf(world.district.id, waiting.who.member.id);
    const files = await service.rooms.evidence.store.artefactsOf(world.district.id, waiting.who.member.id, {
      limit: 1,
    });
    shown.push(
      ['submissions-none', newcomer, '/submissions'],
      ['artefacts-none', newcomer, '/artefacts'],
      ['backpack-none', newcomer, '/backpack'],
      ['submissions', missed.who, '/submissions'],
      ['in-review', waiting.who, `/submissions/${waiting.id}`],
      ['withdraw', waiting.who, `/submissions/${waiting.id}/withdraw`],
      ['consent-withdraw', waiting.who, `/submissions/${waiting.id}/consents/${consents[0]!.id}/withdraw`],
      ['artefacts', waiting.who, '/artefacts'],
      ['erase', waiting.who, `/artefacts/${files.items[0]!.id}/erase`],
      ['not-yet', missed.who, `/submissions/${missed.id}`],
      ['next-attempt', again.who, `/submissions/${next.id}`],
      ['met', met.who, `/submissions/${met.id}`],
      ['backpack', met.who, '/backpack'],
    );
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  /** A teacher whose work is in review. */
  async function handedIn(name: string): Promise<{ readonly who: TestMember; readonly id: string }> {
    const who = await aMember(service, world.district, ['teacher'], { name });
    const [assignment] = await workInReview(service, { ...world, teacher: who });
    return { who, id: assignment!.submission! };
  }

  const sample = (name: string) => join(packageRoot, 'src/demo/samples', name);

  for (const look of looks) {
    it(`has no accessibility violation and no sideways scrolling: ${look.name}`, async () => {
      const found: string[] = [];
      const contexts = new Map<TestMember, BrowserContext>();
      for (const [name, who, path] of shown) {
        // The second look of everything is for whoever looks at the pictures.
        if (!keepsPictures && look.name !== 'wide-light' && !inBothLooks.includes(name)) continue;
        let context = contexts.get(who);
        if (context === undefined) {
          context = await browser.newContext({
            viewport: { width: look.width, height: look.height },
            colorScheme: look.colorScheme,
            extraHTTPHeaders: who.auth,
            // Only so that axe can be put into the page; the policy itself is tested elsewhere.
            bypassCSP: true,
          });
          contexts.set(who, context);
        }
        const page = await context.newPage();
        await page.goto(service.url + path);
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
        await picture(page, `${name}-${look.name}`);
        await page.close();
      }
      for (const context of contexts.values()) await context.close();
      expect(found).toEqual([]);
    });
  }

  it('gathers, is refused with marks, mends and submits, with scripts off', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 900 },
      extraHTTPHeaders: newcomer.auth,
    });
    context.setDefaultTimeout(8000);
    const page = await context.newPage();
    await page.goto(`${service.url}/submissions`);
    await page.getByRole('button', { name: /^Begin/ }).click();
    expect(await page.getByRole('status').textContent()).toContain('The submission was begun.');
    await picture(page, 'draft-empty');
    await page.getByLabel('Your text').fill('Only a few words.');
    await page.locator('[name="answers/lesson-plan"]').setInputFiles(sample('student-work-1.png'));
    await page.locator('[name="answers/student-work"]').setInputFiles([sample('student-work-2.jpg')]);
    await page.getByRole('button', { name: 'Check and submit' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('is a PNG picture; taken here is PDF');
    expect(await page.getByLabel('Your text').inputValue()).toBe('Only a few words.');
    await page.locator('[name="answers/lesson-plan"]').setInputFiles(sample('lesson-plan.pdf'));
    await page.getByRole('button', { name: 'Check and submit' }).click();
    const alert = (await page.getByRole('alert').textContent()) ?? '';
    expect(alert).toContain('must have 250 to 900 words; it has 4');
    expect(alert).toContain('must cover “student-work-2.jpg” before review');
    await picture(page, 'draft-refused');
    // The summary leads to the field.
    await page
      .getByRole('alert')
      .getByRole('link', { name: /Reflection/ })
      .click();
    expect(page.url()).toContain('#field-answers-reflection');
    await page.getByLabel('Your text').fill('A word and another. '.repeat(70));
    await page.getByLabel(/How permission was given/).fill('Release forms, kept in the school office.');
    // Enter in a field saves, and removes nothing.
    await page.getByLabel('Last day').fill('2027-06-30');
    await page.getByLabel('Last day').press('Enter');
    expect(await page.getByRole('status').textContent()).toContain('Everything is saved.');
    expect(await page.getByRole('heading', { name: 'Ready to submit' }).count()).toBe(1);
    await picture(page, 'draft-ready');
    await page.setViewportSize({ width: 360, height: 740 });
    await picture(page, 'draft-ready-narrow');
    await page.getByRole('button', { name: 'Check and submit' }).click();
    expect(await page.getByRole('status').textContent()).toContain(
      'It is complete, and handed in for review.',
    );
    await context.close();
  });

  it('has no accessibility violation on a draft that was refused', async () => {
    const who = await aMember(service, world.district, ['teacher'], { name: 'Ben Adeyemi' });
    const found: string[] = [];
    for (const look of looks) {
      const context = await browser.newContext({
        viewport: { width: look.width, height: look.height },
        colorScheme: look.colorScheme,
        extraHTTPHeaders: who.auth,
        bypassCSP: true,
      });
      const page = await context.newPage();
      await page.goto(`${service.url}/submissions`);
      const begin = page.getByRole('button', { name: /^Begin/ });
      if ((await begin.count()) > 0) await begin.click();
      else await page.getByRole('link', { name: /^Go on with it/ }).click();
      await page.locator('[name="answers/student-work"]').setInputFiles([sample('student-work-3.png')]);
      await page.getByRole('button', { name: 'Check and submit' }).click();
      await page.getByRole('alert').waitFor();
      found.push(...(await faultsOf(page)).map((fault) => `${look.name}: ${fault}`));
      await picture(page, `draft-marks-${look.name}`);
      await context.close();
    }
    expect(found).toEqual([]);
  });
});
