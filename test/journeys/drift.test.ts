import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/index.js';
import { changeMember } from '../../src/tenancy/index.js';
import { aReviewWorld, levelsOf, workInReview, type ReviewWorld } from '../support/review-world.js';
import { aMember, aService, type TestMember, type TestService } from '../support/service.js';

let service: TestService;
let world: ReviewWorld;
let fresh: readonly TestMember[];
let admin: TestMember;

beforeAll(async () => {
  service = await aService();
  world = await aReviewWorld(service);
  fresh = [
    await aMember(service, world.district, ['reviewer'], { name: 'Nadia Osei' }),
    await aMember(service, world.district, ['reviewer'], { name: 'Piotr Wolski' }),
  ];
  admin = await aMember(service, world.district, ['admin'], { name: 'Ana Souza' });
});
afterAll(() => service?.close());

/** Certifies the two as the panel is. */
async function certify(): Promise<void> {
  const { certifications, certificationsFor } = service.rooms.calibration.store;
  const { district, panel, version } = world;
  const [like] = await certificationsFor(district.id, panel[1].member.id, version.id);
  for (const { member } of fresh) {
    const { version: _, ...kept } = like!;
    const id = newId(service.rooms.calibration.randomness, 'cer');
    const changed = { state: 'active', probation: null, reviewer: member.id } as const;
    await certifications.insert({
      ...{ ...kept, ...changed, id, uniqueBy: id },
      ...{ pendingEntries: [], auditDue: null, effectDue: null },
    });
  }
}

const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);
const post = (who: TestMember, path: string, body: object) =>
  service.http.post(path).set(who.auth).send(body);
const form = (who: TestMember, path: string, fields: { readonly [name: string]: string }) =>
  service.http.post(path).set(who.auth).type('form').send(fields);
const later = async (days: number) => {
  service.clock.advance(days * 86_400);
  await service.settle();
};

/** Rates everything that is open for somebody at the level that its submission is to have. */
async function rateOpen(who: TestMember, levelOf: (submission: string) => number): Promise<void> {
  const { body: open } = await get(who, '/api/v1/assignments?state=open');
  for (const { id } of open.items) {
    const path = `/api/v1/assignments/${id}`;
    const { body: work } = await get(who, path);
    const plan = work.evidence.find((item: { requirement: string }) => item.requirement === 'lesson-plan');
    const pointers = [{ requirement: 'lesson-plan', artefact: plan.files[0].artefact, page: 1 }];
    const { submission } = (await service.rooms.review.store.assignment(world.district.id, id))!;
    const levels = levelsOf(
      world.rubric,
      world.rubric.criteria.map(() => levelOf(submission!)),
    );
    const criteria = Object.fromEntries(
      Object.entries(levels).map(([criterion, level]) => [
        criterion,
        { level, pointers, feedback: 'What was seen.' },
      ]),
    );
    const rated = await post(who, `${path}/rating`, { criteria });
    expect([rated.status, rated.body.detail]).toEqual([200, undefined]);
  }
  await service.settle();
}

/** Everything of an answer by which a reader could tell it from another, but ids and the moment. */
function told(answer: { status: number; headers: Record<string, string>; text: string }): string {
  const { date: _, 'x-request-id': __, ...headers } = answer.headers;
  return JSON.stringify([answer.status, headers, answer.text])
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'request')
    .replaceAll(/dsg_[a-z2-7]{26}/g, 'id')
    .replaceAll(/("ratelimit[^"]*":)"[^"]*"/gi, '$1""');
}

const nothing = `dsg_${'a'.repeat(26)}`;

it('goes from ratings that part to a signal, probation, a suspension, what was signed rated again, and the answer on record', async () => {
  const { teacher, lead, panel } = world;
  const [hana, omar, ines] = panel;
  const other = await aMember(service, world.district, ['teacher'], { name: 'Lin Zhao' });
  // Two works: one rated alike, one so far apart that a third decides.
  const first = (await workInReview(service, world))[0]!.submission!;
  await rateOpen(hana, () => 3);
  await rateOpen(omar, () => 3);
  await later(1);
  const second = (await workInReview(service, { ...world, teacher: other }))[0]!.submission!;
  // Whoever oversees review and rates as well is told nothing early.
  const byService = { kind: 'service', district: world.district.id } as const;
  await changeMember(service.rooms.tenancy, byService, omar.member.id, {
    roles: ['expert', 'reviewer', 'lead'],
  });
  await rateOpen(hana, () => 1);
  await rateOpen(omar, () => 3);
  await rateOpen(ines, () => 3);

  // Wrong input first.
  expect((await get(lead, '/api/v1/drift-signals?state=drifting')).status).toBe(400);
  expect((await get(lead, `/api/v1/drift-signals/${nothing}`)).status).toBe(404);
  expect((await get(lead, '/api/v1/drift-signals?cursor=elsewhere')).status).toBe(400);
  expect((await get(hana, '/api/v1/drift-signals')).status).toBe(403);
  const { body: list } = await get(lead, '/api/v1/drift-signals?state=raised');
  const about = (who: TestMember) =>
    list.items.find(({ reviewer }: { reviewer: string }) => reviewer === who.member.id);
  const [ofHana, ofOmar] = [about(hana), about(omar)];
  expect(list.items).toHaveLength(2);
  expect([ofHana.sides, ofOmar.sides]).toEqual([
    expect.arrayContaining(['severe']),
    expect.arrayContaining(['lenient']),
  ]);
  expect(ofHana).toMatchObject({ name: 'Hana Sato', reference: 'others', state: 'raised', toldAt: null });
  const signal = `/api/v1/drift-signals/${ofHana.id}`;

  // Its evidence: the work by its decision, the chart up to its limit.
  const { body: detail } = await get(lead, signal);
  expect(detail.observations.at(-1)).toMatchObject({
    kind: 'double',
    work: { of: 'submission', submission: second },
    levels: world.rubric.criteria.map(({ id }) => ({ criterion: id, given: 1, reference: 3, q: 4 })),
  });
  expect(
    Math.max(...detail.chart.points.map(({ severe }: { severe: number }) => severe)),
  ).toBeGreaterThanOrEqual(detail.chart.limits.severe);
  const page = (await get(lead, `/drift/${ofHana.id}`)).text;
  expect(page).toContain(`href="/decisions/${detail.observations.at(-1).work.decision}"`);
  expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-labelledby="chart-severe-title chart-severe-text"/);
  const figures = await get(lead, `/figures/${world.version.id}/${hana.member.id}`);
  expect(figures.text).toContain(`href="/drift/${ofHana.id}"`);
  expect((await get(lead, '/figures')).text).toContain(`href="/drift/${ofHana.id}"`);
  const mail = service.mail.find(({ to, text }) => to === lead.member.email && text.includes('Hana Sato'));
  expect(mail?.text).toContain(`/drift/${ofHana.id}`);

  // Both are on probation; neither can know: what is asked for is answered as what there is not.
  const same = async (who: TestMember, path: string, id: string) =>
    expect(told(await get(who, path + id))).toBe(told(await get(who, path + nothing)));
  for (const [who, id] of [
    [hana, ofHana.id],
    [omar, ofOmar.id],
  ] as const) {
    expect((await get(who, '/api/v1/my-drift-signals')).body).toEqual({ items: [] });
    await same(who, '/api/v1/my-drift-signals/', id);
    await same(who, '/my-drift/', id);
    await same(who, '/api/v1/drift-signals/', id);
    await same(who, '/drift/', id);
    const { body: mine } = await get(who, '/api/v1/certifications/mine');
    expect(mine.items[0].state).toBe('active');
  }
  const byOmar = (id: string) => post(omar, `/api/v1/drift-signals/${id}/answer`, { to: 'acknowledged' });
  expect(told(await byOmar(ofOmar.id))).toBe(told(await byOmar(nothing)));
  const ofOthers = (await get(omar, '/api/v1/drift-signals')).body.items;
  expect(ofOthers.map(({ id }: { id: string }) => id)).toEqual([ofHana.id]);
  const all = (await get(lead, '/api/v1/certifications')).body.items;
  expect(all.filter(({ state }: { state: string }) => state === 'probation')).toHaveLength(2);

  // Days later they are told, and of no work.
  await later(6);
  const { body: own } = await get(omar, `/api/v1/my-drift-signals/${ofOmar.id}`);
  expect(own).toMatchObject({ state: 'raised', sides: expect.arrayContaining(['lenient']), acts: [] });
  expect(JSON.stringify(own)).not.toContain(second);
  expect((await get(omar, `/my-drift/${ofOmar.id}`)).text).toContain('levels lie above the reference');
  expect((await get(omar, '/my-figures')).text).toContain(`href="/my-drift/${ofOmar.id}"`);
  await same(omar, '/api/v1/drift-signals/', ofOmar.id);
  expect((await byOmar(ofOmar.id)).status).toBe(409);
  const { body: mine } = await get(omar, '/api/v1/certifications/mine');
  expect(mine.items[0].state).toBe('probation');

  // The lead clears the one who was right, and suspends the other, on the page.
  const answered = (id: string, body: object) => post(lead, `/api/v1/drift-signals/${id}/answer`, body);
  const unsaid = await answered(ofOmar.id, { to: 'cleared' });
  expect([unsaid.status, unsaid.body.errors[0].pointer]).toEqual([422, '/reason']);
  expect((await answered(ofOmar.id, { to: 'forgiven', reason: 'x' })).status).toBe(400);
  expect((await answered(nothing, { to: 'acknowledged' })).status).toBe(404);
  expect((await post(admin, `${signal}/answer`, { to: 'acknowledged' })).status).toBe(403);
  const reason = 'The adjudication found as he did.';
  const cleared = await answered(ofOmar.id, { to: 'cleared', reason });
  expect([cleared.status, cleared.body.state]).toEqual([200, 'cleared']);
  expect((await get(lead, `${signal}/look-back`)).status).toBe(404);
  const blank = await form(lead, `/drift/${ofHana.id}`, { to: 'suspended', reason: ' ' });
  expect(blank.status).toBe(422);
  expect(blank.text).toContain('The signal was not answered');
  expect(blank.text).toMatch(/value="suspended"[^>]*checked|checked[^>]*value="suspended"/);
  expect(blank.text).toContain('href="#field-reason"');
  const nobody = await form(lead, `/drift/${ofHana.id}`, { reason: 'Far off.' });
  expect([nobody.status, nobody.text.includes('Far off.')]).toEqual([400, true]);
  await certify();
  const suspended = await form(lead, `/drift/${ofHana.id}`, {
    to: 'suspended',
    reason: 'Far below every key.',
  });
  expect([suspended.status, suspended.headers['location']]).toEqual([
    303,
    `/drift/${ofHana.id}?done=drift-answered`,
  ]);
  await service.settle();
  const { body: hanas } = await get(hana, '/api/v1/certifications/mine');
  expect(hanas.items[0].state).toBe('suspended');
  const { body: ownOfHana } = await get(hana, `/api/v1/my-drift-signals/${ofHana.id}`);
  expect(ownOfHana.acts).toMatchObject([{ to: 'suspended', reason: 'Far below every key.' }]);
  const { body: omars } = await get(omar, '/api/v1/certifications/mine');
  expect(omars.items[0].state).toBe('active');

  // Both her sign-offs are rated again; what was decided stands until then.
  const listed = async () => (await get(lead, `${signal}/look-back`)).body.items;
  expect(await listed()).toMatchObject(
    [first, second].map((submission) => ({ submission, state: 'opened', became: 'held' })),
  );
  const standing = async (who: TestMember) =>
    (await get(who, '/api/v1/awards')).body.items.map(({ state }: { state: string }) => state);
  expect([await standing(teacher), await standing(other)]).toEqual([['active'], ['active']]);
  // Two others rate, one work as before and one otherwise.
  for (let turn = 0; turn < 2; turn += 1)
    for (const who of fresh) await rateOpen(who, (submission) => (submission === first ? 3 : 1));
  expect(await listed()).toMatchObject([
    { became: 'unchanged', before: { outcome: 'met' }, round: { after: { outcome: 'met' } } },
    { became: 'changed', before: { outcome: 'met' }, round: { after: { outcome: 'not_yet' } } },
  ]);
  expect([await standing(teacher), await standing(other)]).toEqual([['active'], ['revoked']]);
  const { body: last } = await get(lead, signal);
  expect(last.lookBack).toMatchObject({ counts: { held: 0, unchanged: 1, changed: 1 } });
  const after = (await get(lead, `/drift/${ofHana.id}`)).text;
  expect(after).toContain('0 to come, 1 decided the same, 1 decided otherwise');
  expect(after).toContain('Far below every key.');
  // It is settled for good.
  expect(after).not.toContain('Answer the signal');
  expect((await answered(ofHana.id, { to: 'cleared', reason })).status).toBe(409);
  const filtered = await get(lead, `/api/v1/drift-signals?state=suspended&reviewer=${hana.member.id}`);
  expect(filtered.body.items.map(({ id }: { id: string }) => id)).toEqual([ofHana.id]);
  expect((await get(admin, '/drift?state=suspended')).text).toContain('Hana Sato');
});
