import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  commitQualificationResponse,
  rateExemplarAsExpert,
  ratePractice,
  startQualification,
} from '../../src/calibration/index.js';
import { commitRating, getAssignment, type Assignment } from '../../src/review/index.js';
import {
  aBrowser,
  aListeningService,
  aWindow,
  consoleErrorsOf,
  describeInBrowser,
  faultsInLooks,
  faultsOf,
  keepsPictures,
  looks,
  picture,
  signInAs,
  tabTo,
  type ListeningService,
} from '../support/browser.js';
import {
  aReviewWorld,
  keyOf,
  levelsOf,
  pointersAt,
  workInReview,
  type ReviewWorld,
} from '../support/review-world.js';
import { aMember, type TestMember } from '../support/service.js';

/** What the narrow look visits by itself: each kind of page once, since the parts are the same. */
const kinds = [
  'queue',
  'rating',
  'adjudication',
  'reviewers',
  'committed',
  'qualification',
  'attempt',
  'practice',
  'exemplars',
  'exemplar-discussed',
];

describeInBrowser('pages of reviewers, experts and leads in a browser', () => {
  let service: ListeningService;
  let world: ReviewWorld;
  let browser: Browser;
  let committed: Assignment;
  let open: Assignment;
  let passed: string;
  let begun: string;
  let hasty: TestMember;
  let adjudication: Assignment;

  beforeAll(async () => {
    service = await aListeningService();
    world = await aReviewWorld(service);
    await workInReview(service, world);
    [committed, open] = (await workOfPanel()) as [Assignment, Assignment];
    await commit(committed, [3, 3, 3, 3]);
    adjudication = await workToAdjudicate();
    passed = await qualify(world.newcomer, keyOf, 10);
    hasty = await aMember(service, world.district, ['reviewer'], { name: 'Nadia Fischer' });
    begun = await qualify(hasty, () => [4, 4, 4, 4], 3);
    const practice = world.exemplars.find(({ pool }) => pool === 'practice')!;
    const given = levelsOf(world.rubric, [2, 3, 3, 1]);
    await ratePractice(service.rooms.calibration, world.newcomer.actor, {
      exemplar: practice.id,
      levels: given,
    });
    await letExpertsDiffer();
    browser = await aBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  /** Two rate another teacher's work so far apart that a third decides. */
  async function workToAdjudicate(): Promise<Assignment> {
    const teacher = await aMember(service, world.district, ['teacher'], { name: 'Lin Zhao' });
    const [one, two] = (await workInReview(service, { ...world, teacher })) as [Assignment, Assignment];
    await commit(one, [1, 1, 1, 1]);
    await commit(two, [4, 4, 4, 4]);
    await service.settle();
    const [, , { actor }] = world.panel;
    const due = await service.rooms.review.store.openAssignmentsOf(actor.district, actor.member);
    return due.find(({ kind }) => kind === 'adjudication')!;
  }

  async function workOfPanel(): Promise<readonly Assignment[]> {
    const { district } = world.panel[0].actor;
    const { store } = service.rooms.review;
    return (
      await Promise.all(world.panel.map(({ actor }) => store.openAssignmentsOf(district, actor.member)))
    ).flat();
  }

  function holderOf({ reviewer }: Assignment): TestMember {
    return world.panel.find(({ member }) => member.id === reviewer)!;
  }

  async function commit(assignment: Assignment, numbers: readonly number[]): Promise<void> {
    const { review } = service.rooms;
    const { actor } = holderOf(assignment);
    const { evidence } = await getAssignment(review, actor, assignment.id);
    const [plan] = evidence.items[0]!.files;
    const levels = levelsOf(world.rubric, numbers);
    const criteria = Object.fromEntries(
      world.rubric.criteria.map(({ id }) => [
        id,
        {
          level: levels[id]!,
          feedback:
            'Partners use the criteria on the worked example.\n\nNext: let them write one of their own.',
          pointers: [
            {
              requirement: 'lesson-plan',
              artefact: plan!.artefact,
              page: 1,
              second: null,
              note: 'minute 20',
            },
            { requirement: 'reflection', artefact: null, page: null, second: null, note: null },
          ],
        },
      ]),
    );
    await commitRating(review, actor, { assignment: assignment.id, criteria });
  }

  async function qualify(who: TestMember, answer: typeof keyOf, items: number): Promise<string> {
    const { calibration } = service.rooms;
    const attempt = await startQualification(calibration, who.actor, {
      achievementVersion: world.version.id,
    });
    for (const id of attempt.form.slice(0, items)) {
      const exemplar = world.exemplars.find((one) => one.id === id)!;
      const levels = levelsOf(world.rubric, answer(exemplar));
      await commitQualificationResponse(calibration, who.actor, {
        attempt: attempt.id,
        exemplar: id,
        levels,
      });
    }
    return `/qualification/${attempt.id}`;
  }

  /** The last exemplar: rated too far apart by two other experts and one of the panel, so that they have to talk. */
  async function letExpertsDiffer(): Promise<void> {
    const exemplar = world.exemplars.at(-1)!.id;
    const ratings = [
      [1, 2, 2, 1],
      [3, 3, 2, 1],
      [4, 2, 3, 2],
    ];
    for (const [index, { actor }] of world.panel.entries()) {
      const levels = levelsOf(world.rubric, ratings[index]!);
      await rateExemplarAsExpert(service.rooms.calibration, actor, {
        exemplar,
        levels,
        pointers: pointersAt(world.rubric, world.exemplars.at(-1)!.items[0]!.id),
      });
    }
  }

  const tours = (): readonly (readonly [
    TestMember,
    readonly (readonly [name: string, path: string])[],
  ])[] => [
    [
      holderOf(open),
      [
        ['queue', '/reviews'],
        ['rating', `/reviews/${open.id}`],
        ['decline', `/reviews/${open.id}/decline`],
        ['exemplars-expert', '/exemplars'],
      ],
    ],
    [holderOf(committed), [['committed', `/reviews/${committed.id}`]]],
    [world.panel[2], [['adjudication', `/reviews/${adjudication.id}`]]],
    [
      world.newcomer,
      [
        ['queue-empty', '/reviews'],
        ['review-time', '/review-time'],
        ['seed-results', '/seed-results'],
        ['my-figures', '/my-figures'],
        ['qualification', '/qualification'],
        ['result', passed],
        ['practice', `/practice/${world.exemplars.find(({ pool }) => pool === 'practice')!.id}`],
      ],
    ],
    [
      hasty,
      [
        ['attempt', begun],
        ['qualification-open', '/qualification'],
        ['practice-new', `/practice/${world.exemplars.find(({ pool }) => pool === 'practice')!.id}`],
      ],
    ],
    [
      world.lead,
      [
        ['exemplars', '/exemplars'],
        ['exemplar', `/exemplars/${world.exemplars[0]!.id}`],
        ['exemplar-discussed', `/exemplars/${world.exemplars.at(-1)!.id}`],
        ['exemplar-new', `/exemplars/new?version=${world.version.id}`],
        ['certifications', '/certifications'],
        ['review-cases', '/review-cases?state=rating'],
        ['reviewers', '/reviewers'],
        ['seeds', '/seeds'],
        ['figures', '/figures'],
        ['figures-of-one', `/figures/${world.version.id}/${world.panel[0]!.member.id}`],
        ['decisions', '/decisions'],
      ],
    ],
  ];

  for (const look of looks) {
    it(`have no accessibility violation and no sideways scrolling: ${look.name}`, async () => {
      const context = await aWindow(browser, look);
      const page = await context.newPage();
      const found: string[] = [];
      for (const [who, paths] of tours()) {
        await signInAs(context, service, who.member);
        for (const [name, path] of paths) {
          if (look.width < 400 && !keepsPictures && !kinds.includes(name)) continue;
          const answer = await page.goto(service.url + path);
          if (answer?.status() !== 200) found.push(`${name}: ${answer?.status()}`);
          found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
          await picture(page, `${name}-${look.name}`);
        }
      }
      await signInAs(context, service, world.lead.member);
      await page.goto(`${service.url}/certifications`);
      await page.getByRole('link', { name: 'Tom Becker' }).click();
      await page.getByRole('button', { name: 'Suspend' }).click();
      found.push(...(await faultsOf(page)).map((fault) => `certification: ${fault}`));
      await picture(page, `certification-${look.name}`);
      await context.close();
      expect(found).toEqual([]);
    });
  }

  it('practise, qualify, adjudicate and look over the roster by the keyboard alone', async () => {
    const context = await aWindow(browser);
    const page = await context.newPage();
    const errors = consoleErrorsOf(page);
    const press = async (role: 'button' | 'link', name: string | RegExp) => {
      await tabTo(page, page.getByRole(role, { name }).first());
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    };
    /** The third level of each: the arrows go along the levels of a criterion. */
    const choose = async () => {
      for (const { name } of world.rubric.criteria) {
        const radios = page.getByRole('group', { name, exact: true }).last().getByRole('radio');
        await tabTo(page, radios.first());
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        expect(await radios.nth(2).isChecked()).toBe(true);
      }
    };
    await signInAs(context, service, hasty.member);
    await page.goto(`${service.url}/practice/${world.exemplars.find(({ pool }) => pool === 'practice')!.id}`);
    await press('button', 'Commit and see the key');
    expect(await page.getByRole('alert').textContent()).toContain(world.rubric.criteria[0]!.name);
    const found = await faultsInLooks(page, 'practice-refused', 'narrow');
    await choose();
    await press('button', 'Commit and see the key');
    await page.getByRole('heading', { name: 'Your levels beside the key' }).waitFor();
    await page.goto(service.url + begun);
    await press('button', 'Commit and go on');
    expect(await page.getByRole('alert').textContent()).toContain(world.rubric.criteria[0]!.name);
    found.push(...(await faultsInLooks(page, 'attempt-refused', 'wide')));
    await choose();
    await press('button', 'Commit and go on');
    expect(await page.getByText('Exemplar 5 of').count()).toBe(1);
    const [, , adjudicator] = world.panel;
    await signInAs(context, service, adjudicator.member);
    await page.goto(`${service.url}/reviews`);
    await press('link', `Work ${adjudication.id.slice(-5)}`);
    expect(await page.getByRole('heading', { name: 'You decide' }).count()).toBe(1);
    await tabTo(page, page.getByRole('radio').first());
    for (const { name } of world.rubric.criteria) {
      await page.keyboard.press('3');
      await tabTo(page, page.getByRole('group', { name, exact: true }).getByLabel('Evidence'));
      await page.keyboard.type('Refl');
      await tabTo(page, page.getByRole('group', { name, exact: true }).getByLabel('Feedback to the teacher'));
      await page.keyboard.type('The criteria are used.');
      await tabTo(
        page,
        page.getByRole('group', { name, exact: true }).getByRole('radio').nth(2),
        'Shift+Tab',
      );
      await page.keyboard.press('j');
    }
    await tabTo(page, page.getByLabel('I have looked at all of the evidence'));
    await page.keyboard.press('Space');
    await press('button', 'Commit rating');
    expect(await page.getByRole('status').textContent()).toContain('Your rating is committed.');
    await signInAs(context, service, world.lead.member);
    await page.goto(`${service.url}/reviewers`);
    await press('link', 'Formative feedback that moves learning, version 1');
    expect(page.url()).toContain('/certifications/');
    await context.close();
    expect([found, errors]).toEqual([[], []]);
  });

  it('take a whole rating with scripts off: faults, another place, a draft, the commit', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 900 },
    });
    context.setDefaultTimeout(8000);
    await signInAs(context, service, holderOf(open).member);
    const page = await context.newPage();
    await page.goto(`${service.url}/reviews`);
    await page.getByRole('link', { name: `Work ${open.id.slice(-5)}` }).click();
    await page.getByRole('button', { name: 'Commit rating' }).click();
    await page.getByRole('heading', { name: 'This was not saved' }).waitFor();
    const goals = page.getByRole('group', { name: 'Goals and success criteria students can use' });
    await goals.getByLabel('Evidence').selectOption({ label: 'Lesson plan' });
    await goals.getByRole('button', { name: 'Add another place' }).click();
    await goals.getByLabel('Evidence 2').selectOption({ label: 'A moment of feedback on video' });
    await goals.getByLabel('Time').nth(1).fill('0:07');
    for (const { name } of world.rubric.criteria) {
      const criterion = page.getByRole('group', { name, exact: true });
      await criterion.getByLabel('Proficient').check();
      await criterion.getByLabel('Feedback to the teacher').fill(`About ${name}.`);
      if (name !== world.rubric.criteria[0]!.name)
        await criterion.getByLabel('Evidence').selectOption({ label: 'Reflection' });
    }
    await page.getByRole('button', { name: 'Save draft' }).first().click();
    await page.getByText('The draft was saved.').waitFor();
    await picture(page, 'rating-filled-wide-light');
    await page.getByRole('button', { name: 'Commit rating' }).click();
    await page.getByRole('link', { name: 'The box above the button' }).click();
    await page.getByLabel('I have looked at all of the evidence').check();
    await page.getByRole('button', { name: 'Commit rating' }).click();
    await page.getByText('Your rating is committed.').waitFor();
    expect(await page.getByRole('link', { name: 'A moment of feedback on video, at 0:07' }).count()).toBe(1);
    await context.close();
  });
});
