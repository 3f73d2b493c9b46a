import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/index.js';
import { aReviewWorld, levelsOf, workInReview, type ReviewWorld } from '../support/review-world.js';
import { aMember, aService, type TestMember, type TestService } from '../support/service.js';

const words = 'Page 2 of the plan shows the check that was said to be missing.';

let service: TestService;
let world: ReviewWorld;
let fresh: readonly TestMember[];

beforeAll(async () => {
  service = await aService();
  world = await aReviewWorld(service);
  fresh = [
    await aMember(service, world.district, ['reviewer'], { name: 'Nadia Osei' }),
    await aMember(service, world.district, ['reviewer'], { name: 'Piotr Wolski' }),
  ];
});
afterAll(() => service.close());

/** Certifies the two as the panel is. */
async function certify(): Promise<void> {
  const { certifications, certificationsFor } = service.rooms.calibration.store;
  const { district, panel, version } = world;
  const [like] = await certificationsFor(district.id, panel[0].member.id, version.id);
  for (const { member } of fresh) {
    const { version: _, ...kept } = like!;
    const id = newId(service.rooms.calibration.randomness, 'cer');
    await certifications.insert({
      ...kept,
      id,
      uniqueBy: id,
      reviewer: member.id,
      pendingEntries: [],
      auditDue: null,
    });
  }
}

const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);
const form = (who: TestMember, path: string, fields: { readonly [name: string]: string }) =>
  service.http.post(path).set(who.auth).type('form').send(fields);

/** Rates what is open for somebody, all criteria at one level, each resting on the plan's first page. */
async function rateOpen(who: TestMember, level: number): Promise<void> {
  const { body: open } = await get(who, '/api/v1/assignments?state=open');
  expect(open.items).toHaveLength(1);
  const path = `/api/v1/assignments/${open.items[0].id}`;
  const { body: work } = await get(who, path);
  const plan = work.evidence.find((item: { requirement: string }) => item.requirement === 'lesson-plan');
  const pointers = [{ requirement: 'lesson-plan', artefact: plan.files[0].artefact, page: 1 }];
  const levels = levelsOf(
    world.rubric,
    world.rubric.criteria.map(() => level),
  );
  const criteria = Object.fromEntries(
    Object.entries(levels).map(([id, given]) => [id, { level: given, pointers, feedback: 'What was seen.' }]),
  );
  const rated = await service.http.post(`${path}/rating`).set(who.auth).send({ criteria });
  expect([rated.status, rated.body.detail]).toEqual([200, undefined]);
  await service.settle();
}

it('goes from a decision of "not yet" by pages and API to fresh reviewers, a credential, and a mail for each who is to act', async () => {
  const { teacher, lead, panel } = world;
  const assignments = await workInReview(service, world);
  const submission = assignments[0]!.submission!;
  await rateOpen(panel[0], 1);
  await rateOpen(panel[1], 1);
  const { body: first } = await get(teacher, `/api/v1/submissions/${submission}/decision`);
  expect(first.outcome).toBe('not_yet');
  expect((await get(teacher, `/submissions/${submission}`)).text).toContain(`/decisions/${first.id}/appeal`);

  // Filed on the page; without words it is refused, and what was chosen is still chosen.
  const filing = `/decisions/${first.id}/appeal`;
  const blank = await form(teacher, filing, { ground: 'reason', words: ' ' });
  expect(blank.status).toBe(400);
  expect(blank.text).toMatch(/value="reason"[^>]*checked|checked[^>]*value="reason"/);
  service.mail.length = 0;
  const filed = await form(teacher, filing, { ground: 'reason', words });
  expect(filed.status).toBe(303);
  const appeal = /^\/appeals\/(apl_[a-z2-7]+)/.exec(filed.headers['location']!)![1]!;
  const twice = await form(teacher, filing, { ground: 'rule', words });
  expect([twice.status, twice.text.includes('open appeal')]).toEqual([409, true]);
  expect((await get(teacher, `/submissions/${submission}`)).text).toContain('Waits for screening');
  const next = await service.http
    .post(`/api/v1/submissions/${submission}/next-attempt`)
    .set(teacher.auth)
    .send({});
  expect([next.status, next.body.detail]).toEqual([409, expect.stringContaining('under appeal')]);

  // Screened by the lead; who rated sees nothing of it; the adjudicator, who had no part, is drawn.
  expect((await get(lead, '/appeals')).text).toContain(`/appeals/${appeal}`);
  expect((await get(panel[0], `/api/v1/appeals/${appeal}`)).status).toBe(403);
  const screened = await form(lead, `/appeals/${appeal}/screening`, {
    admissible: 'yes',
    words: 'It names a level, and where the evidence is.',
  });
  expect(screened.status).toBe(303);
  await service.settle();
  const decider = panel[2];
  expect((await get(lead, `/api/v1/appeals/${appeal}/record`)).status).toBe(404);
  const { body: record } = await get(decider, `/api/v1/appeals/${appeal}/record`);
  expect(record.ratings).toHaveLength(2);
  for (const { member } of panel.slice(0, 2)) expect(JSON.stringify(record)).not.toContain(member.id);
  expect((await get(decider, record.evidence[0].files[0].url)).status).toBe(200);
  expect((await get(decider, `/appeals/${appeal}`)).text).toContain('Decide it');

  // Varied. The round's reviewers are drawn from who had no part in anything before.
  await certify();
  const decided = await service.http
    .post(`/api/v1/appeals/${appeal}/decision`)
    .set(decider.auth)
    .send({
      outcome: 'varied',
      error: 'level',
      criteria: [world.rubric.criteria[0]!.id],
      words: 'Nobody who read page 2 could give this level.',
    });
  expect([decided.status, decided.body.state]).toEqual([200, 'varied']);
  await service.settle();
  for (const who of panel) expect((await get(who, '/api/v1/assignments?state=open')).body.items).toEqual([]);
  expect((await get(teacher, `/api/v1/submissions/${submission}/decision`)).body.id).toBe(first.id);
  for (const who of fresh) await rateOpen(who, 3);
  const { body: second } = await get(teacher, `/api/v1/submissions/${submission}/decision`);
  expect(second).toMatchObject({ outcome: 'met', origin: 'appeal', supersedes: first.id, round: 1 });
  const { body: awards } = await get(teacher, '/api/v1/awards');
  expect(awards.items).toMatchObject([{ state: 'active' }]);
  expect((await get(teacher, `/appeals/${appeal}`)).text).toContain('The work is rated again');

  const told = service.mail.filter(({ text }) => text.includes(`/appeals/${appeal}`));
  // In which order they leave is the mailer's.
  expect(told.map(({ to, subject }) => `${to} ${subject.split(':')[0]}`).sort()).toEqual(
    [
      `${lead.member.email} An appeal waits for screening`,
      `${teacher.member.email} Your appeal is admitted`,
      `${decider.member.email} You are asked to decide an appeal`,
      `${teacher.member.email} Your appeal is decided`,
    ].sort(),
  );
  // Nobody's words are in a mail.
  for (const { text } of service.mail) expect(text).not.toMatch(/page 2|names a level/i);
});
