import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  aReviewWorld,
  levelsOf,
  twoMoreReviewers,
  workInReview,
  type ReviewWorld,
} from '../support/review-world.js';
import { aService, type TestMember, type TestService } from '../support/service.js';

let service: TestService;
let world: ReviewWorld;

beforeAll(async () => {
  service = await aService();
  world = await aReviewWorld(service);
}, 120_000);
afterAll(() => service.close());

const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);

/** Rates what is open for somebody: the criteria that the work asks about, at these levels by place in the rubric. */
async function rateOpen(who: TestMember, numbers: readonly number[]): Promise<readonly string[]> {
  const { body: open } = await get(who, '/api/v1/assignments?state=open');
  expect(open.items).toHaveLength(1);
  const path = `/api/v1/assignments/${open.items[0].id}`;
  const { body: work } = await get(who, path);
  const asked: string[] = work.rubric.criteria.map(({ id }: { readonly id: string }) => id);
  const plan = work.evidence.find((item: { requirement: string }) => item.requirement === 'lesson-plan');
  const pointers = [{ requirement: 'lesson-plan', artefact: plan.files[0].artefact, page: 1 }];
  const all = levelsOf(world.rubric, numbers);
  const criteria = Object.fromEntries(
    asked.map((id) => [id, { level: all[id], pointers, feedback: 'What was seen.' }]),
  );
  const rated = await service.http.post(`${path}/rating`).set(who.auth).send({ criteria });
  expect([rated.status, rated.body.detail]).toEqual([200, undefined]);
  await service.settle();
  return asked;
}

it('goes from a "not yet" over the next attempt, rated by others on what was missed, to a credential that says what stood', async () => {
  const { teacher, panel, rubric } = world;
  const ids = rubric.criteria.map(({ id }) => id);
  const [missed] = ids;
  const numbers = ids.map((_, index) => (index === 0 ? 2 : 3));
  const submission = (await workInReview(service, world))[0]!.submission!;
  await rateOpen(panel[0], numbers);
  await rateOpen(panel[1], numbers);
  const { body: first } = await get(teacher, `/api/v1/submissions/${submission}/decision`);
  expect([first.outcome, first.carried]).toEqual(['not_yet', {}]);

  // The next attempt: the plan serves every criterion, and stays; the reflection serves none by name, and changes.
  const begun = await service.http
    .post(`/api/v1/submissions/${submission}/next-attempt`)
    .set(teacher.auth)
    .send({});
  expect(begun.status).toBe(201);
  const next = begun.body.id as string;
  const written = await service.http
    .put(`/api/v1/submissions/${next}/answers/reflection`)
    .set({ ...teacher.auth, 'If-Match': begun.headers['etag'] })
    .send({ text: 'The check at the end of the lesson was missing, and this is how I held it. '.repeat(30) });
  expect([written.status, written.body.detail]).toEqual([200, undefined]);
  const { body: before } = await get(teacher, `/api/v1/submissions/${next}/carry-over`);
  const told = (criteria: readonly { id: string; stands: unknown; anew: string | null }[]) =>
    criteria.map(({ id, stands, anew }) => [id, stands === null ? anew : 'stands']);
  const expected = ids.map((id) => [id, id === missed ? 'not-met' : 'stands']);
  expect(told(before.criteria)).toEqual(expected);
  const page = await get(teacher, `/submissions/${next}`);
  expect(page.text).toContain('What stands from your attempt before');
  expect(page.text).toContain('It was not met yet.');
  const sent = await service.http.post(`/api/v1/submissions/${next}/submit`).set(teacher.auth).send({});
  expect([sent.status, sent.body.detail]).toEqual([200, undefined]);
  const fresh = await twoMoreReviewers(service, world);
  await service.settle();
  expect(told((await get(teacher, `/api/v1/submissions/${next}/carry-over`)).body.criteria)).toEqual(
    expected,
  );

  // Who rated before is asked nothing; the others are asked about one criterion, and told nothing of the rest.
  for (const one of panel.slice(0, 2))
    expect((await get(one, '/api/v1/assignments?state=open')).body.items).toEqual([]);
  const { body: open } = await get(fresh[0]!, '/api/v1/assignments?state=open');
  const form = await get(fresh[0]!, `/reviews/${open.items[0].id}`);
  expect(form.text).toContain(`You are asked about 1 of the ${ids.length} criteria of this version.`);
  expect(form.text).not.toMatch(/next attempt|earlier attempt|attempt before|stands from/i);
  for (const one of fresh)
    expect(
      await rateOpen(
        one,
        ids.map(() => 3),
      ),
    ).toEqual([missed]);

  const { body: decided } = await get(teacher, `/api/v1/submissions/${next}/decision`);
  expect(decided.outcome).toBe('met');
  expect(Object.keys(decided.carried).sort()).toEqual(ids.filter((id) => id !== missed).sort());
  for (const one of Object.values<{ decision: string }>(decided.carried)) expect(one.decision).toBe(first.id);
  expect((await get(teacher, `/submissions/${next}`)).text).toContain(
    'This stands from your earlier attempt',
  );

  // The credential's narrative, and the report that it pins, say what stood and from when.
  const { pathname } = new URL(decided.award.credential);
  const answer = await service.http.get(pathname).set('Accept', 'application/json');
  const credential = JSON.stringify(answer.body);
  const day = first.decidedAt.slice(0, 10) as string;
  expect(credential).toContain(
    `stand from two independent reviews decided on ${day}, on evidence unchanged since`,
  );
  for (const { member } of panel) expect(credential).not.toContain(member.id);
}, 120_000);
