import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordConsent } from '../../src/evidence/index.js';
import { plusDays, type Instant } from '../../src/kernel/index.js';
import { aReviewWorld, levelsOf, workInReview, type ReviewWorld } from '../support/review-world.js';
import { aMember, aService, type TestMember, type TestService } from '../support/service.js';

type Fields = { readonly [name: string]: string };

describe('the pages of experts and leads, with scripts off', () => {
  let service: TestService;
  let world: ReviewWorld;

  beforeAll(async () => {
    service = await aService();
    world = await aReviewWorld(service);
  });
  afterAll(() => service.close());

  const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);
  const post = (who: TestMember, path: string, fields: Fields) =>
    service.http.post(path).set(who.auth).type('form').send(fields);
  const levelFields = (numbers: readonly number[]): Fields =>
    Object.fromEntries(
      Object.entries(levelsOf(world.rubric, numbers)).map(([id, level]) => [`levels/${id}`, level]),
    );
  /** Levels, each resting on this item. */
  const ratingFields = (numbers: readonly number[], item = 'lesson-plan'): Fields => ({
    ...levelFields(numbers),
    ...Object.fromEntries(world.rubric.criteria.map(({ id }) => [`pointers/${id}/0/item`, item])),
  });
  const reasons = (item: string): Fields =>
    Object.fromEntries(
      world.rubric.criteria.flatMap(({ id, name }) => [
        [`rationale/${id}/text`, `Why ${name} is where it is.`],
        [`rationale/${id}/item`, item],
      ]),
    );

  async function newExemplar(): Promise<string> {
    const made = await post(world.lead, '/exemplars/new', {
      achievementVersion: world.version.id,
      title: 'Peer notes on sketches, grade 8',
      pool: 'practice',
      expertsWanted: '3',
      'items/0/name': 'Lesson plan',
      'items/0/text': 'Goal: a sketch that shows depth.',
      act: 'add',
    });
    expect(made.status).toBe(303);
    return made.headers['location']!.split('?')[0]!;
  }

  it('adds an exemplar: more evidence keeps what was typed, and every fault is named', async () => {
    const typed = {
      achievementVersion: world.version.id,
      title: '',
      pool: 'seed',
      expertsWanted: '2',
      'items/0/name': 'Lesson plan',
      'items/0/text': 'A text that took long to write.',
    };
    const more = await post(world.lead, '/exemplars/new', { ...typed, add: 'item' });
    expect(more.status).toBe(200);
    expect(more.text).toContain('name="items/1/text"');
    expect(more.text).toContain('A text that took long to write.');
    const refused = await post(world.lead, '/exemplars/new', {
      ...typed,
      'items/1/name': '',
      'items/1/text': '',
    });
    expect(refused.status).toBe(400);
    for (const field of ['title', 'expertsWanted', 'items-1-name', 'items-1-text'])
      expect(refused.text).toContain(`href="#field-${field}"`);
    expect(refused.text).toContain('must be filled in');
    expect(refused.text).toContain('A text that took long to write.');
    expect(refused.text).toContain('value="seed" checked');
    expect((await get(world.panel[0], '/exemplars/new')).status).toBe(403);
    const path = await newExemplar();
    expect((await get(world.lead, path)).text).toContain('Goal: a sketch that shows depth.');
  });

  it('shows the review policy beside its defaults, and sets the next version', async () => {
    const path = '/district/review-policy';
    const before = (await get(world.lead, path)).text;
    expect(before).toContain('The defaults are in force.');
    const form = (await get(world.lead, `${path}/edit`)).text;
    const fields = Object.fromEntries(
      [...form.matchAll(/<input[^>]*name="([a-z]+(?:\/[A-Za-z]+)?)"[^>]*value="([^"]*)"/g)].map(
        ([, name, value]) => [name!, value!],
      ),
    );
    expect(fields).toMatchObject({ replaces: '0', 'qualification/form': '10', 'seeds/share': '10' });
    const wrong = { ...fields, 'qualification/form': 'ten', 'review/dailyCap': '12' };
    const typed = await post(world.lead, `${path}/edit`, wrong);
    expect(typed.status).toBe(400);
    expect(typed.text).toContain('href="#field-qualification-form"');
    expect(typed.text).toContain('value="ten"');
    const low = await post(world.lead, `${path}/edit`, { ...fields, 'qualification/form': '3' });
    expect(low.status).toBe(422);
    expect(low.text).toContain('must be a whole number from 5 to 40');
    // What numbers do is shown before they are set, and beside what the defaults do.
    expect(before).toMatch(/96 of 100.*?100 pass, 10\.0/s);
    expect(before).not.toContain('by the defaults');
    const strict = { ...fields, 'qualification/exactRate': '0.9' };
    const tried = await post(world.lead, `${path}/edit`, { ...strict, do: 'try' });
    expect(tried.status).toBe(200);
    expect(tried.text).toContain('value="0.9"');
    expect(tried.text).toMatch(/\b\d pass, [\d.]+ \(by the defaults \d\d\)/);
    const out = await post(world.lead, `${path}/edit`, { ...strict, 'qualification/form': '3', do: 'try' });
    expect(out.status).toBe(422);
    expect((await get(world.lead, path)).text).toContain('The defaults are in force.');
    const set = await post(world.lead, `${path}/edit`, { ...fields, 'review/dailyCap': '12' });
    expect(set.status).toBe(303);
    const after = (await get(world.lead, path)).text;
    expect(after).toContain('Version 1 is in force.');
    expect(after).toContain('<strong>12</strong>');
    expect(after).toContain('Marta Lindqvist');
    // Somebody set one in between.
    const stale = await post(world.lead, `${path}/edit`, { ...fields, 'review/dailyCap': '13' });
    expect(stale.status).toBe(412);
    expect(stale.text).toContain('Version 1 of the review policy was set since you read it.');
    expect((await get(world.newcomer, path)).status).toBe(200);
    expect((await get(world.newcomer, `${path}/edit`)).status).toBe(403);
  });

  it('shows authors what it takes to review by their rubric, and nobody else', async () => {
    const path = `/achievements/${world.version.slug}/v/1`;
    const shown = (await get(world.lead, path)).text;
    expect(shown).toContain('What it takes to review this');
    expect(shown).toContain('A form has 10 submissions, and is extended by 5 twice');
    expect(shown).toMatch(/\d+ pass, [\d.]+</);
    expect((await get(world.newcomer, path)).text).not.toContain('What it takes to review this');
  });

  it('keys an exemplar: three blind ratings, then the rationale', async () => {
    const path = await newExemplar();
    const [first, second, third] = world.panel;
    const missing = await post(first, `${path}/rating`, {
      ...ratingFields([4, 4, 4, 4]),
      ...Object.fromEntries(world.rubric.criteria.slice(1).map(({ id }) => [`levels/${id}`, ''])),
    });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('value="clear-goals-4" checked');
    expect(missing.text.match(/class="field-error"/g)).toHaveLength(3);
    await post(first, `${path}/rating`, ratingFields([4, 3, 3, 3]));
    const blind = (await get(second, path)).text;
    expect(blind).not.toContain('4 Exemplary');
    expect((await get(first, path)).text).toContain('4 Exemplary');
    await post(second, `${path}/rating`, ratingFields([4, 3, 3, 3]));
    await post(third, `${path}/rating`, ratingFields([4, 3, 3, 3]));
    expect((await get(first, path)).text).toContain('the rationale of every criterion');
    const none = await post(world.lead, `${path}/rationale`, {});
    expect(none.status).toBe(400);
    expect(none.text).toContain('The rationale');
    expect((await post(first, `${path}/rationale`, reasons('lesson-plan'))).status).toBe(403);
    expect((await post(world.lead, `${path}/rationale`, reasons('lesson-plan'))).status).toBe(303);
    const keyed = (await get(world.lead, path)).text;
    expect(keyed).toContain('Keyed');
    expect(keyed).toContain('It follows from the blind ratings alone.');
    const again = await post(first, `${path}/rating`, ratingFields([1, 1, 1, 1]));
    expect(again.status).toBe(409);
  });

  it('ends a discussion with levels or without any, by the lead alone', async () => {
    const path = await newExemplar();
    const ratings = [
      [1, 2, 2, 2],
      [3, 2, 2, 2],
      [4, 2, 2, 2],
    ];
    for (const [index, expert] of world.panel.entries())
      await post(expert, `${path}/rating`, ratingFields(ratings[index]!));
    expect((await get(world.panel[0], path)).text).toContain('4 Exemplary');
    expect((await get(world.panel[0], path)).text).not.toContain('They could not agree');
    expect((await get(world.lead, path)).text).toContain('They could not agree');
    const part = await post(world.lead, `${path}/key`, {
      'levels/clear-goals': 'clear-goals-3',
      act: 'settle',
    });
    expect(part.status).toBe(422);
    expect(part.text).toContain('value="clear-goals-3" checked');
    expect((await post(world.lead, `${path}/key`, { act: 'unresolved' })).status).toBe(303);
    expect((await get(world.lead, path)).text).toContain('Unresolved');
  });

  it('shows a key to those who took part, and not to a lead who may still be measured', async () => {
    const outside = await aMember(service, world.district, ['lead']);
    const path = `/exemplars/${world.exemplars[0]!.id}`;
    const why = Object.values(world.exemplars[0]!.key!.rationale)[0]!.text.slice(0, 30);
    expect((await get(world.panel[0], path)).text).toContain(why);
    const { text } = await get(outside, path);
    expect(text).toContain('You had no part in keying it');
    expect(text).not.toContain(why);
    const expert = await aMember(service, world.district, ['expert']);
    expect((await get(expert, path)).status).toBe(404);
    expect((await get(expert, '/exemplars')).text).not.toContain(world.exemplars[0]!.title);
  });

  it('certifies a founding panel once, by the lead alone', async () => {
    const certified = await post(world.lead, '/exemplars/founding-panel', {
      achievementVersion: world.version.id,
    });
    expect(certified.status).toBe(303);
    const kept = await service.rooms.calibration.store.certificationsOfVersion(
      world.district.id,
      world.version.id,
    );
    expect(kept).toHaveLength(3);
    expect((await post(world.panel[0], '/exemplars/founding-panel', {})).status).toBe(403);
    const unknown = await post(world.lead, '/exemplars/founding-panel', { achievementVersion: 'acv_none' });
    expect(unknown.status).toBe(404);
  });

  it('suspends, reinstates and revokes with a reason, which is kept when it is missing', async () => {
    const { store } = service.rooms.calibration;
    const [kept] = await store.certificationsFor(
      world.district.id,
      world.panel[2].member.id,
      world.version.id,
    );
    const path = `/certifications/${kept!.id}`;
    expect((await get(world.lead, '/certifications')).text).toContain('Ines Carvalho');
    const refused = await post(world.lead, path, { act: 'suspend', reason: ' ' });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('href="#field-reason"');
    const wrong = await post(world.lead, path, { act: 'reinstate', reason: 'Seen again.' });
    expect(wrong.status).toBe(409);
    expect(wrong.text).toContain('Seen again.');
    expect((await post(world.lead, path, { act: 'probation', reason: 'Long away.' })).status).toBe(303);
    const watched = (await get(world.lead, path)).text;
    expect(watched).toContain('On probation');
    expect(watched).toContain('Long away.');
    expect(watched).not.toContain('value="probation"');
    expect((await post(world.lead, path, { act: 'end-probation', reason: 'Back.' })).status).toBe(303);
    expect(
      (await post(world.lead, path, { act: 'suspend', reason: 'Two levels off since May.' })).status,
    ).toBe(303);
    const suspended = (await get(world.lead, `${path}?done=certification-suspended`)).text;
    expect(suspended).toContain('Two levels off since May.');
    expect(suspended).toContain('Reinstate');
    expect((await post(world.lead, path, { act: 'reinstate', reason: 'Recalibrated.' })).status).toBe(303);
    expect((await post(world.lead, path, { act: 'revoke', reason: 'Left the panel.' })).status).toBe(303);
    expect((await get(world.lead, path)).text).not.toContain('name="act"');
    expect((await get(world.panel[0], path)).status).toBe(403);
  });

  it('shows work in review with whom it waits for, and names nobody to a lead who may be drawn', async () => {
    const assignments = await workInReview(service, world);
    const { text } = await get(world.lead, '/review-cases?state=rating');
    expect(assignments).toHaveLength(2);
    for (const name of ['Hana Sato', 'Omar Haddad']) expect(text).toContain(name);
    expect(text).not.toContain('Ruth Okafor');
    const drawn = await aMember(service, world.district, ['lead', 'reviewer']);
    const blind = (await get(drawn, '/review-cases?state=rating')).text;
    expect(blind).toContain('Being rated (1)');
    expect(blind).not.toContain('Hana Sato');
    expect((await get(world.panel[0], '/review-cases')).status).toBe(403);
  });

  it('shows what each reviewer is certified for and until when, and marks what ends soon or is over', async () => {
    await aMember(service, world.district, ['reviewer'], { name: 'Ada Newcomer' });
    const rowOf = async (name: string) => {
      const { text } = await get(world.lead, '/reviewers');
      return text.split('<tr').find((row) => row.includes(name))!;
    };
    const { store } = service.rooms.calibration;
    const [one] = await store.certificationsFor(
      world.district.id,
      world.panel[0].member.id,
      world.version.id,
    );
    const until = async (end: Instant) => {
      const now = (await store.certification(world.district.id, one!.id))!;
      await store.certifications.replace({ ...now, until: end });
      return rowOf('Hana Sato');
    };
    const now = service.clock.now();
    expect(await rowOf('Ada Newcomer')).toContain('nothing');
    const usual = await rowOf('Hana Sato');
    expect(usual).toContain(`/certifications/${one!.id}`);
    expect(usual).toContain('November 2027');
    expect(usual).not.toContain('Ends');
    expect(await until(plusDays(now, 60))).toContain('Ends in 60 days');
    expect(await until(plusDays(now, 61))).not.toContain('Ends');
    expect(await until(plusDays(now, 1))).toContain('Ends within a day');
    expect(await until(now)).toContain('Expired');
    await until(one!.until);
  });

  it('shows what reviewers have in hand, and gives it to others after asking', async () => {
    const reviewer = await aMember(service, world.district, ['reviewer'], { name: 'Lena Novak' });
    const list = await get(world.lead, '/reviewers');
    for (const name of ['Hana Sato', 'Lena Novak', 'Minutes a week']) expect(list.text).toContain(name);
    const { review } = service.rooms;
    const [one] = world.panel;
    const before = await review.store.openAssignmentsOf(world.district.id, one.member.id);
    expect(before.length).toBeGreaterThan(0);
    const asked = await get(world.lead, `/reviewers/${one.member.id}/release`);
    expect(asked.text).toContain('Give it to others');
    expect(await review.store.openAssignmentsOf(world.district.id, one.member.id)).toEqual(before);
    const done = await post(world.lead, `/reviewers/${one.member.id}/release`, {});
    expect([done.status, done.headers['location']]).toEqual([303, '/reviewers?done=reviews-released']);
    expect(await review.store.openAssignmentsOf(world.district.id, one.member.id)).toEqual([]);
    expect((await get(reviewer, '/reviewers')).status).toBe(403);
  });

  it('shows how reviewers rate, in the order asked for, and what is undefined with its reason', async () => {
    const [one] = world.panel;
    const all = await get(world.lead, '/figures?order=severity&version=nothing');
    for (const words of ['Furthest from the key first', one.member.name, 'nothing to compare yet', 'Active'])
      expect(all.text).toContain(words);
    expect(all.text).not.toMatch(/NaN|undefined|Infinity/);
    const detail = await get(world.lead, `/figures/${world.version.id}/${one.member.id}`);
    for (const words of ['Beside what', 'By criterion', 'no hidden exemplar rated yet', 'No signal is open'])
      expect(detail.text).toContain(words);
    expect((await get(world.lead, `/figures/${world.version.id}/mbr_nobody`)).status).toBe(404);
    expect((await get(one, '/figures')).status).toBe(403);
    const own = await get(one, '/my-figures');
    for (const words of ['Works rated', 'told of many works at once', 'told of several works at once'])
      expect(own.text).toContain(words);
  });

  it('makes an exemplar of real work: by the teacher’s consent, de-identified, with a file in the place of a video', async () => {
    const { submissions, evidence } = service.rooms;
    const author = await aMember(service, world.district, ['teacher'], { name: 'Priya Nandakumar' });
    await workInReview(service, world, author);
    const [work] = (await submissions.store.submissionsOf(world.district.id, author.member.id, { limit: 1 }))
      .items;
    const early = await post(author, `/submissions/${work!.id}/exemplar-consent`, {
      statement: 'I agree.',
    });
    expect(early.status).toBe(409);
    const kept = (await submissions.store.submission(world.district.id, work!.id))!;
    // As if it had been decided: what comes before is the business of other tests.
    await submissions.store.submissions.replace({
      ...kept,
      state: 'met',
      decidedAt: kept.createdAt,
      effectDue: null,
    });
    const filesOf = (requirement: string) => {
      const answer = kept.answers[requirement];
      return answer?.kind === 'file' ? answer.artefacts : [];
    };
    const [plan, video] = [filesOf('lesson-plan')[0]!, filesOf('lesson-video')[0]!];
    expect((await get(world.lead, '/exemplars/sources')).text).toContain('Nobody has allowed it yet');
    await recordConsent(evidence, author.actor, {
      ...{ submission: work!.id, artefacts: [plan, video], use: 'exemplar', statement: 'I agree.' },
    });
    const path = `/exemplars/sources/${work!.id}`;
    expect((await get(world.lead, '/exemplars/sources')).text).toContain(path);
    const form = (await get(world.lead, path)).text;
    expect(form).toContain('The teacher’s consent does not name this file');
    expect(form).toContain('A video of a classroom is never used as it is.');
    expect(form).not.toContain('Priya Nandakumar');
    expect((await get(world.lead, `${path}/files/${plan}`)).headers['content-type']).toBe('application/pdf');
    expect((await get(world.lead, `${path}/files/${filesOf('student-work')[0]!}`)).status).toBe(404);
    const send = (fields: Fields, file?: { name: string; bytes: Buffer }) => {
      const request = service.http.post(path).set(world.lead.auth);
      for (const [name, value] of Object.entries(fields)) void request.field(name, value);
      if (file !== undefined) void request.attach('file/lesson-video', file.bytes, file.name);
      return request;
    };
    const fields = {
      title: 'Exit tickets on fractions',
      pool: 'practice',
      expertsWanted: '3',
      'text/reflection': 'They could say what to change.',
      'use/lesson-plan': 'as-it-is',
      'use/lesson-video': 'replace',
    };
    const unchecked = await send(
      { ...fields, title: 'Priya Nandakumar: exit tickets' },
      {
        name: 'seen.txt',
        bytes: Buffer.from('Two students compare their notes.'),
      },
    );
    expect(unchecked.status).toBe(422);
    expect(unchecked.text).toContain('href="#field-checks"');
    expect(unchecked.text).toContain('href="#field-title"');
    expect(unchecked.text).toContain('They could say what to change.');
    const whole = service.http.post(path).set(world.lead.auth);
    for (const [name, value] of Object.entries(fields)) void whole.field(name, value);
    for (const one of ['names', 'faces', 'metadata', 'context']) void whole.field('checks', one);
    const bytes = Buffer.from('Two students compare their notes.');
    const made = await whole.attach('file/lesson-video', bytes, 'seen.txt');
    expect(made.status).toBe(303);
    const at = made.headers['location']!.split('?')[0]!;
    const shown = (await get(world.lead, at)).text;
    expect(shown).toContain('real work, by its teacher’s consent');
    expect(shown).toContain(`${at}/files/lesson-plan`);
    expect(shown).not.toContain('lesson-plan.pdf');
    expect((await get(world.panel[0], `${at}/files/lesson-video`)).text).toBe(
      'Two students compare their notes.',
    );
    expect((await get(world.newcomer, `${at}/files/lesson-plan`)).status).toBe(404);
    // Once it is keyed in practice, reviewers read its files too.
    const [drawn] = (
      await service.rooms.review.store.assignmentsOfCase(world.district.id, `${work!.id}:1:0`)
    ).map(({ reviewer }) => world.panel.find(({ member }) => member.id === reviewer)!);
    expect((await post(drawn!, `${at}/rating`, ratingFields([3, 3, 3, 3]))).text).toContain(
      'You know this work from before',
    );
    const experts = [1, 2, 3].map((n) =>
      aMember(service, world.district, ['expert'], { name: `Expert ${n}` }),
    );
    const rated = await post(await experts[0]!, `${at}/rating`, {
      ...ratingFields([3, 3, 3, 3]),
      [`pointers/${world.rubric.criteria[0]!.id}/0/page`]: 'two',
    });
    expect(rated.status).toBe(422);
    expect(rated.text).toContain('must be a whole number from 1');
    for (const expert of await Promise.all(experts)) {
      const done = await post(expert, `${at}/rating`, {
        ...ratingFields([3, 3, 3, 3]),
        [`pointers/${world.rubric.criteria[0]!.id}/0/page`]: '1',
      });
      expect(done.status).toBe(303);
    }
    await post(world.lead, `${at}/rationale`, {
      ...reasons('lesson-plan'),
      [`rationale/${world.rubric.criteria[0]!.id}/page`]: '1',
    });
    expect((await get(world.lead, at)).text).toContain('(page 1)');
    expect((await get(world.newcomer, `${at}/files/lesson-plan`)).status).toBe(200);
    // The teacher withdraws: at once it is there for nobody.
    const page = (await get(author, `/submissions/${work!.id}`)).text;
    const withdraw = [...page.matchAll(/href="(\/submissions\/[^"]*\/consents\/[^"]*\/withdraw)"/g)].map(
      ([, href]) => href!,
    );
    for (const href of withdraw) await post(author, href, {});
    expect((await get(world.newcomer, `${at}/files/lesson-plan`)).status).toBe(404);
    expect((await get(world.lead, at)).text).toContain('The consent for this work has ended');
  });

  it('moves an exemplar on its page, and says whom it was served to', async () => {
    const path = await newExemplar();
    const moved = await post(world.lead, `${path}/pool`, { pool: 'seed' });
    expect(moved.status).toBe(303);
    expect((await get(world.lead, path)).text).toContain('Practice to Seeds');
    expect((await post(world.lead, `${path}/pool`, { pool: 'nowhere' })).status).toBe(422);
    expect((await post(world.lead, `${path}/pool`, { pool: 'retired' })).status).toBe(303);
    const again = await post(world.lead, `${path}/pool`, { pool: 'practice' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('which is for good');
    expect((await post(world.panel[0], `${path}/pool`, { pool: 'seed' })).status).toBe(403);
  });

  it('says which hidden exemplars are not served, and why', async () => {
    expect((await get(world.lead, '/seeds')).text).toContain('The seed pool holds no keyed exemplar');
    const { exemplars } = service.rooms.calibration.store;
    const [keyed] = world.exemplars;
    const id = `exm_${'s'.repeat(26)}` as never;
    await exemplars.insert({ ...keyed!, id, origin: id, pool: 'seed' });
    const { text } = await get(world.lead, '/seeds');
    expect(text).toContain('Its parts do not answer what this version asks for');
    expect(text).toContain('Hana Sato');
    expect(text).not.toMatch(/in hand: \d/);
  });
});
