import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { followDrift, observe, type Exemplar } from '../../src/calibration/index.js';
import { newId } from '../../src/kernel/index.js';
import { commitRating, getAssignment, type Assignment } from '../../src/review/index.js';
import {
  aBrowser,
  aListeningService,
  aWindow,
  consoleErrorsOf,
  describeInBrowser,
  faultsInLooks,
  faultsOf,
  looks,
  picture,
  signInAs,
  tabTo,
  type ListeningService,
} from '../support/browser.js';
import { aReviewWorld, keyOf, levelsOf, workInReview, type ReviewWorld } from '../support/review-world.js';

describeInBrowser('the pages of drift signals', () => {
  let service: ListeningService;
  let world: ReviewWorld;
  let browser: Browser;
  let signal: string;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aReviewWorld(service);
    // Sound for some weeks; then work is decided, and ever more levels lie below the key.
    for (const below of [[], [1], [], [2], [], [0], [1, 3], []]) await beside(below);
    for (const one of await workInReview(service, world)) await commit(one);
    for (const below of [
      [0, 2],
      [1, 2, 3],
    ])
      await beside(below);
    await service.settle();
    const [raised] = await signals();
    signal = raised!.id;
    browser = await aBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  const signals = () =>
    service.rooms.calibration.store.driftSignalsOfReviewer(world.district.id, world.panel[0].member.id);

  let seed = 0;

  /** The first of the panel rates an exemplar of the pool, at these criteria a level below its key; some days pass. */
  async function beside(below: readonly number[]): Promise<void> {
    const { calibration } = service.rooms;
    const keyed = world.exemplars.slice(0, -1);
    const exemplar: Exemplar = keyed[(seed += 1) % keyed.length]!;
    const key = keyOf(exemplar);
    const given = key.map((level, index) => Math.max(1, level - (below.includes(index) ? 1 : 0)));
    const rating = newId(calibration.randomness, 'rat');
    const observed = await observe(calibration.store, world.rubric, {
      ...{ id: `${rating}:${exemplar.id}`, district: world.district.id, rating, exemplar: exemplar.id },
      ...{ reviewer: world.panel[0].member.id, achievementVersion: world.version.id, kind: 'seed' },
      ...{ at: service.clock.now(), other: null },
      given: levelsOf(world.rubric, given),
      reference: levelsOf(world.rubric, key),
    });
    await followDrift(calibration, observed);
    service.clock.advance(2 * 86_400);
  }

  async function commit(assignment: Assignment): Promise<void> {
    const { review } = service.rooms;
    const { actor } = world.panel.find(({ member }) => member.id === assignment.reviewer)!;
    const { evidence } = await getAssignment(review, actor, assignment.id);
    const pointers = [
      {
        ...{ requirement: 'lesson-plan', artefact: evidence.items[0]!.files[0]!.artefact },
        ...{ page: 1, second: null, note: null },
      },
    ];
    const levels = levelsOf(
      world.rubric,
      world.rubric.criteria.map(() => 3),
    );
    await commitRating(review, actor, {
      assignment: assignment.id,
      criteria: Object.fromEntries(
        Object.entries(levels).map(([id, level]) => [id, { level, feedback: 'Seen in the plan.', pointers }]),
      ),
    });
    await service.settle();
  }

  for (const look of looks) {
    it(`have no accessibility violation, sideways scrolling or cut-off word: ${look.name}`, async () => {
      const context = await aWindow(browser, look);
      const page = await context.newPage();
      const errors = consoleErrorsOf(page);
      await signInAs(context, service, world.lead.member);
      const found: string[] = [];
      for (const [name, path] of [
        ['drift-list', '/drift'],
        ['drift', `/drift/${signal}`],
      ] as const) {
        expect([name, (await page.goto(service.url + path))?.status()]).toEqual([name, 200]);
        for (const details of await page.locator('main details').all())
          await details.evaluate((one) => one.setAttribute('open', ''));
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
        await picture(page, `${name}-${look.name}`);
      }
      await context.close();
      expect([found, errors]).toEqual([[], []]);
    });
  }

  it('are found, read and answered by the keyboard alone, and lead to what is rated again', async () => {
    const context = await aWindow(browser);
    const page = await context.newPage();
    const errors = consoleErrorsOf(page);
    const press = async (role: 'button' | 'link', name: string | RegExp) => {
      await tabTo(page, page.getByRole(role, { name }).first());
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    };
    await signInAs(context, service, world.lead.member);
    await page.goto(`${service.url}/figures`);
    await press('link', /^Signal of Hana Sato/);
    expect(page.url()).toBe(`${service.url}/drift/${signal}`);
    // What the drawing shows is said in words, and is the table's.
    const drawing = page.getByRole('img', { name: /cumulative sum/ }).first();
    expect(await drawing.locator('desc').textContent()).toMatch(/reaches its limit of \d\.\d\d/);
    const dots = await drawing.locator('circle').count();
    await tabTo(page, page.getByText('The same as a table'));
    await page.keyboard.press('Enter');
    const table = page.getByRole('table', { name: /Level by level/ });
    expect(await table.getByRole('row').count()).toBe(dots + 1);
    await page.goto(`${service.url}/drift/${signal}`);
    await tabTo(page, page.getByRole('radio').first());
    for (const _ of ['cleared', 'recalibrating', 'suspended']) await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: 'Suspend' }).isChecked()).toBe(true);
    await press('button', 'Answer the signal');
    const found = await faultsInLooks(page, 'drift-refused', 'narrow');
    expect(await page.getByRole('alert').textContent()).toContain('The signal was not answered');
    await tabTo(page, page.getByRole('link', { name: /^Reason/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('Reason'));
    await page.keyboard.type('Three talks, and the levels still fall.');
    expect(await page.getByRole('radio', { name: 'Suspend' }).isChecked()).toBe(true);
    await press('button', 'Answer the signal');
    expect(await page.getByRole('status').textContent()).toContain('The signal is answered.');
    await service.settle();
    await page.reload();
    await page.getByRole('heading', { name: 'Rated again' }).waitFor();
    found.push(...(await faultsInLooks(page, 'drift-suspended')));
    await press('link', /^Submission/);
    expect(page.url()).toContain('/decisions/');
    // Its reviewer reads of it, and of no work.
    await signInAs(context, service, world.panel[0].member);
    await page.goto(`${service.url}/my-figures`);
    await press('link', /^Your levels have moved/);
    found.push(...(await faultsInLooks(page, 'drift-own')));
    expect(await page.getByText('Three talks, and the levels still fall.').count()).toBe(1);
    expect(await page.locator('main').textContent()).not.toMatch(/Submission|Exemplar [a-z2-7]{6}/);
    await context.close();
    expect([found, errors]).toEqual([[], []]);
  });
});
