import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { completeSignIn, createApiKey, createSignInLinkFor } from '../../src/access/index.js';
import type { Assignment } from '../../src/review/index.js';
import { aReviewWorld, keyOf, levelsOf, workInReview, type ReviewWorld } from '../support/review-world.js';
import { aMember, aService, type TestMember, type TestService } from '../support/service.js';

type Fields = { readonly [name: string]: string };

describe('the pages of reviewers, with scripts off', () => {
  let service: TestService;
  let world: ReviewWorld;
  let assignments: readonly Assignment[];

  beforeAll(async () => {
    service = await aService();
    world = await aReviewWorld(service);
    assignments = await workInReview(service, world);
  });
  afterAll(() => service.close());

  const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);
  const post = (who: TestMember, path: string, fields: Fields) =>
    service.http.post(path).set(who.auth).type('form').send(fields);
  const raterOf = (assignment: Assignment) => {
    const who = world.panel.find(({ member }) => member.id === assignment.reviewer)!;
    return { who, assignment, path: `/reviews/${assignment.id}` };
  };
  const rater = (index: 0 | 1) => raterOf(assignments[index]!);

  /** The fields of a whole rating at these levels, each resting on the text and the first page of the plan. */
  async function wholeRating(
    assignment: Assignment,
    numbers: readonly number[],
  ): Promise<Record<string, string>> {
    const levels = levelsOf(world.rubric, numbers);
    const { who } = raterOf(assignment);
    const page = await get(who, `/reviews/${assignment.id}`);
    const plan = /value="(lesson-plan:art_[a-z2-7]+)"/.exec(page.text)![1]!;
    return Object.fromEntries([
      ['draft', '0'],
      ...world.rubric.criteria.flatMap(({ id, name }) => [
        [`criteria/${id}/level`, levels[id]!],
        [`criteria/${id}/feedback`, `What was seen of ${name}.`],
        [`criteria/${id}/pointers/0/requirement`, plan],
        [`criteria/${id}/pointers/0/page`, '1'],
        [`criteria/${id}/pointers/0/second`, ''],
        [`criteria/${id}/pointers/0/note`, 'The goal.'],
      ]),
    ]) as Record<string, string>;
  }

  describe('the own time and figures', () => {
    it('takes minutes a week, says what is wrong with others, and shows them in the queue', async () => {
      const [who] = world.panel;
      expect((await get(who, '/review-time')).text).toContain('value="90"');
      const wrong = await post(who, '/review-time', { minutesPerWeek: '1.5' });
      expect(wrong.status).toBe(422);
      expect(wrong.text).toContain('must be whole minutes from 0 to 2400');
      expect(wrong.text).toContain('value="1.5"');
      const kept = await post(who, '/review-time', { minutesPerWeek: '120' });
      expect([kept.status, kept.headers['location']]).toEqual([303, '/reviews?done=review-time-set']);
      expect((await get(who, '/reviews')).text).toContain('You have 120 minutes a week');
      expect((await get(who, '/api/v1/availability')).body).toEqual({ minutesPerWeek: 120 });
      await post(who, '/review-time', { minutesPerWeek: '90' });
    });

    it('says nothing of a probation that a signal brought until it is told', async () => {
      const [who] = world.panel;
      const { calibration } = service.rooms;
      const { certifications } = calibration.store;
      const [kept] = await calibration.store.certificationsFor(
        world.district.id,
        who.member.id,
        world.version.id,
      );
      const now = service.clock.now();
      const told = async () => [
        (await get(who, '/api/v1/certifications/mine')).body.items[0].state,
        (await get(who, '/qualification')).text.includes('On probation'),
      ];
      const put = async (tellAt: string) => {
        const current = (await certifications.get(world.district.id, kept!.id))!;
        const probation = { signal: 'drs_x', from: now, tellAt } as never;
        await certifications.replace({ ...current, state: 'probation', probation });
      };
      await put('2999-01-01T00:00:00Z');
      expect(await told()).toEqual(['active', false]);
      await put(now);
      expect(await told()).toEqual(['probation', true]);
      const current = (await certifications.get(world.district.id, kept!.id))!;
      await certifications.replace({ ...current, state: 'active', probation: null });
    });

    it('says that there is nothing to tell of seeds yet, and tells what there is', async () => {
      const [who] = world.panel;
      expect((await get(who, '/seed-results')).text).toContain('Nothing to tell yet');
      await service.rooms.review.store.seedReports.insert({
        id: 'a-report',
        district: world.district.id,
        reviewer: who.member.id,
        achievementVersion: world.version.id,
        ...{ ratings: 'ten-or-more', exact: 0.8, decisions: 0.9, leaning: 'severe' },
        at: service.clock.now(),
      });
      const { text } = await get(who, '/seed-results');
      for (const word of ['about 80 %', 'about 90 %', 'More severe than the key', 'Ten or more'])
        expect(text).toContain(word);
      expect((await get(who, '/api/v1/seed-reports')).body.items).toMatchObject([{ exact: 0.8 }]);
    });
  });

  describe('the queue and the work', () => {
    it('lists what is drawn for a reviewer, and for nobody else', async () => {
      const { who, assignment } = rater(0);
      const queue = await get(who, '/reviews');
      expect(queue.status).toBe(200);
      expect(queue.text).toContain(`/reviews/${assignment.id}`);
      expect((await get(world.newcomer, '/reviews')).text).toContain('Nothing to rate now');
      expect((await get(world.teacher, '/reviews')).status).toBe(403);
    });

    it('is not there for another reviewer: neither page, nor form, nor file', async () => {
      const { who, path } = rater(0);
      const other = rater(1).who;
      const file = /src="(\/reviews\/[^"]+\/artefacts\/[^"]+)"/.exec((await get(who, path)).text)![1]!;
      expect((await get(who, file)).status).toBe(200);
      for (const refused of [
        await get(other, path),
        await get(other, `${path}/decline`),
        await get(other, file),
        await post(other, path, { act: 'save', draft: '0' }),
        await post(other, `${path}/decline`, { reason: 'conflict' }),
      ]) {
        expect(refused.status).toBe(404);
      }
    });

    it('shows the evidence and nothing that says whose it is', async () => {
      const { who, path } = rater(0);
      const { text } = await get(who, path);
      expect(text).toContain('Lesson plan');
      expect(text).toContain('<video');
      expect(text).toContain('<img');
      for (const secret of [
        'Okafor',
        world.teacher.member.id,
        world.teacher.member.email,
        'student-work-1.png',
      ])
        expect(text).not.toContain(secret);
    });

    it('says beside each criterion which evidence shows it above all', async () => {
      const { who, path } = rater(0);
      const page = (await get(who, path)).text;
      const said = page.match(/Shown above all by: [^<]+/g);
      expect(said).toEqual(world.rubric.criteria.map(() => expect.stringMatching(/by: .*plan/i)));
    });

    it('serves files in ranges under neutral names, kept by no cache', async () => {
      const { who, path } = rater(0);
      const { text } = await get(who, path);
      const video = /<video src="([^"]+)"/.exec(text)![1]!;
      const part = await get(who, video).set('Range', 'bytes=0-99');
      expect(part.status).toBe(206);
      expect(part.headers['content-length']).toBe('100');
      expect(part.headers['cache-control']).toBe('private, no-store');
      expect(part.headers['content-disposition']).toBe('inline; filename="lesson-video-1.mp4"');
      expect(part.headers['content-security-policy']).toContain('sandbox');
      expect((await get(who, `${path}/artefacts/art_${'a'.repeat(26)}`)).status).toBe(404);
    });
  });

  describe('rating by forms', () => {
    it('adds and removes places, keeping everything that was typed', async () => {
      const { who, assignment, path } = rater(0);
      const typed = await wholeRating(assignment, [3, 3, 3, 3]);
      typed['criteria/clear-goals/feedback'] = 'Words <b>kept</b>.';
      const added = await post(who, path, { ...typed, add: 'clear-goals' });
      expect(added.status).toBe(200);
      expect(added.text).toContain('name="criteria/clear-goals/pointers/1/requirement"');
      expect(added.text).not.toContain('name="criteria/next-steps/pointers/1/requirement"');
      expect(added.text).toContain('Words &lt;b>kept&lt;/b>.');
      expect(added.text).toContain('>4</span> of 4 criteria have a level');
      const removed = await post(who, path, {
        ...typed,
        'criteria/clear-goals/pointers/1/requirement': 'reflection',
        'criteria/clear-goals/pointers/1/note': 'The second one stays.',
        remove: 'clear-goals/0',
      });
      expect(removed.text).not.toContain('name="criteria/clear-goals/pointers/1/requirement"');
      expect(removed.text).toContain('The second one stays.');
    });

    it('names every fault of a commit at its field and in a summary, and keeps what was typed', async () => {
      const { who, assignment, path } = rater(0);
      const { ['criteria/next-steps/level']: _left, ...typed } = await wholeRating(assignment, [3, 3, 3, 3]);
      const refused = await post(who, path, {
        ...typed,
        'criteria/clear-goals/feedback': '',
        'criteria/eliciting-thinking/pointers/0/requirement': '',
        'criteria/eliciting-thinking/pointers/0/page': '',
        'criteria/eliciting-thinking/pointers/0/note': '',
        'criteria/student-action/feedback': 'Typed with care.',
        confirm: 'yes',
        act: 'commit',
      });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('This was not saved');
      for (const field of [
        'criteria-clear-goals-feedback',
        'criteria-eliciting-thinking-pointers',
        'criteria-next-steps-level',
      ]) {
        expect(refused.text).toContain(`href="#field-${field}"`);
        expect(refused.text).toContain(`id="field-${field}"`);
      }
      expect(refused.text.match(/class="field-error"/g)).toHaveLength(3);
      expect(refused.text).toContain('Typed with care.');
      expect(refused.text).toContain('name="confirm" value="yes" checked');
      expect(
        await service.rooms.review.store.ratingOfAssignment(world.district.id, assignment.id),
      ).toBeUndefined();
    });

    it('says what is wrong with pages and times as they were typed', async () => {
      const { who, assignment, path } = rater(0);
      const refused = await post(who, path, {
        ...(await wholeRating(assignment, [3, 3, 3, 3])),
        'criteria/clear-goals/pointers/0/page': 'three',
        'criteria/next-steps/pointers/0/second': '1:75',
        act: 'save',
      });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('must be the number of a page');
      expect(refused.text).toContain('must be minutes and seconds');
      expect(refused.text).toContain('value="three"');
      expect(refused.text).toContain('value="1:75"');
    });

    it('asks to confirm, since a rating never changes', async () => {
      const { who, assignment, path } = rater(0);
      const typed = await wholeRating(assignment, [3, 3, 3, 3]);
      const refused = await post(who, path, { ...typed, act: 'commit' });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('href="#field-confirm"');
      expect(
        await service.rooms.review.store.ratingOfAssignment(world.district.id, assignment.id),
      ).toBeUndefined();
    });

    it('saves a draft, shows it again, and does not let another window overwrite it', async () => {
      const { who, assignment, path } = rater(0);
      const typed = await wholeRating(assignment, [3, 3, 3, 3]);
      const saved = await post(who, path, {
        ...typed,
        'criteria/clear-goals/feedback': 'From the first window.',
        'criteria/clear-goals/pointers/0/requirement': videoOf((await get(who, path)).text),
        'criteria/clear-goals/pointers/0/page': '',
        'criteria/clear-goals/pointers/0/second': '1:23',
        act: 'save',
      });
      expect(saved.status).toBe(303);
      expect(saved.headers['location']).toBe(`${path}?done=draft-saved`);
      const shown = (await get(who, path)).text;
      expect(shown).toContain('From the first window.');
      expect(shown).toContain('value="1:23"');
      expect(shown).toContain('name="draft" value="1"');
      const draft = await service.rooms.review.store.draft(world.district.id, assignment.id);
      expect(draft?.criteria['clear-goals']?.pointers?.[0]?.second).toBe(83);

      const stale = await post(who, path, {
        ...typed,
        'criteria/clear-goals/feedback': 'From the second.',
        act: 'save',
      });
      expect(stale.status).toBe(409);
      expect(stale.text).toContain('From the second.');
      expect(stale.text).toContain('saved elsewhere');
      // What is shown now knows of the other: sent again, it is kept.
      expect(stale.text).toContain('name="draft" value="1"');
      const again = await post(who, path, { ...typed, draft: '1', act: 'save' });
      expect(again.status).toBe(303);
    });

    it('takes no commit by a key or a link of another hand, and keeps what was written', async () => {
      const { who, assignment, path } = rater(0);
      const { access, review } = service.rooms;
      const admin = await aMember(service, world.district, ['admin']);
      const typed = { ...(await wholeRating(assignment, [3, 3, 3, 3])), confirm: 'yes', act: 'commit' };
      const key = { member: who.member.id, name: 'made by an admin' };
      const { secret } = await createApiKey(access, admin.actor, key, { inPerson: true });
      const link = await createSignInLinkFor(access, admin.actor, who.member.id);
      const session = await completeSignIn(access, new URL(link).pathname.split('/').at(-1)!);
      const name = access.publicUrl.startsWith('https:') ? '__Host-session' : 'session';
      const ways = [{ Authorization: `Bearer ${secret}` }, { Cookie: `${name}=${session.secret}` }];
      for (const headers of ways) {
        const draft = await review.store.draft(world.district.id, assignment.id);
        const answer = await service.http
          .post(path)
          .set(headers)
          .type('form')
          .send({ ...typed, draft: String(draft!.version), 'criteria/clear-goals/feedback': 'Kept anyway.' });
        expect(answer.status).toBe(403);
        expect(answer.text).toContain('is signed in the name of');
        expect(await review.store.ratingOfAssignment(world.district.id, assignment.id)).toBeUndefined();
      }
      expect((await get(who, path)).text).toContain('Kept anyway.');
    });

    it('commits a whole rating, shows it from then on, and never takes another', async () => {
      const { who, assignment, path } = rater(0);
      const typed = await wholeRating(assignment, [3, 3, 3, 3]);
      const committed = await post(who, path, { ...typed, confirm: 'yes', act: 'commit' });
      expect(committed.status).toBe(303);
      expect(committed.headers['location']).toBe(`${path}?done=rating-committed`);
      const shown = (await get(who, `${path}?done=rating-committed`)).text;
      expect(shown).toContain('Your rating is committed.');
      expect(shown).toContain('It never changes');
      expect(shown).toContain('page 1');
      expect(shown).not.toContain('name="act"');
      const other = await post(who, path, {
        ...typed,
        'criteria/clear-goals/level': 'clear-goals-1',
        confirm: 'yes',
        act: 'commit',
      });
      expect(other.status).toBe(409);
      const kept = await service.rooms.review.store.ratingOfAssignment(world.district.id, assignment.id);
      expect(kept?.criteria['clear-goals']?.level).toBe('clear-goals-3');
      expect((await get(who, '/reviews')).text).toContain('Committed');
    });

    it('shows the second reviewer nothing of the first rating', async () => {
      const { who, path } = rater(1);
      const { text } = await get(who, path);
      expect(text).not.toContain('What was seen of');
      expect(text).not.toMatch(/level" value="[^"]+" checked/);
    });

    it('leads from two ratings that agree to a decision that the lead reads', async () => {
      const { who, assignment, path } = rater(1);
      const typed = await wholeRating(assignment, [3, 4, 3, 3]);
      expect((await post(who, path, { ...typed, confirm: 'yes', act: 'commit' })).status).toBe(303);
      await service.settle();
      const list = (await get(world.lead, '/decisions')).text;
      expect(list).toContain('Ruth Okafor');
      expect(list).toContain('Met');
      const decision = /\/decisions\/dec_[a-z2-7]+/.exec(list)![0];
      const read = await get(world.lead, decision);
      expect(read.text).toContain('2 independent reviews');
      expect(read.text).toContain('What was seen of');
      expect(read.text).not.toContain('Hana Sato');
      expect((await get(world.newcomer, decision)).status).toBe(403);
    });
  });

  describe('work that two rate too differently', () => {
    it('goes to an adjudicator, who rates it on the same page and sees neither rating', async () => {
      const teacher = await aMember(service, world.district, ['teacher']);
      const [first, second] = await workInReview(service, world, teacher);
      for (const [assignment, numbers] of [
        [first!, [1, 1, 1, 1]],
        [second!, [4, 4, 4, 4]],
      ] as const) {
        const { who, path } = raterOf(assignment);
        const typed = await wholeRating(assignment, numbers);
        expect((await post(who, path, { ...typed, confirm: 'yes', act: 'commit' })).status).toBe(303);
      }
      await service.settle();
      const adjudicator = world.panel[2];
      const queue = (await get(adjudicator, '/reviews')).text;
      expect(queue).toContain('Adjudication');
      const path = /\/reviews\/asg_[a-z2-7]+/.exec(queue)![0];
      const { text } = await get(adjudicator, path);
      expect(text).toContain('You decide');
      expect(text).not.toContain('What was seen of');
      expect(text).not.toMatch(/level" value="[^"]+" checked/);
      const [assignment] = await service.rooms.review.store.openAssignmentsOf(
        world.district.id,
        adjudicator.member.id,
      );
      const typed = await wholeRating(assignment!, [3, 3, 3, 2]);
      const committed = await post(adjudicator, path, { ...typed, confirm: 'yes', act: 'commit' });
      expect(committed.status).toBe(303);
      await service.settle();
      const decisions = (await get(world.lead, '/decisions')).text;
      expect(decisions).toContain('3 independent reviews, the last an adjudication');
      expect(decisions).toContain('Not yet');
    });

    it('is given back by whoever knows whose it is, and is gone for that reviewer', async () => {
      const teacher = await aMember(service, world.district, ['teacher']);
      const [assignment] = await workInReview(service, world, teacher);
      const { who, path } = raterOf(assignment!);
      const odd = await post(who, `${path}/decline`, { reason: 'tired' });
      expect(odd.status).toBe(422);
      const declined = await post(who, `${path}/decline`, { reason: 'conflict' });
      expect(declined.status).toBe(303);
      const gone = await get(who, path);
      expect(gone.status).toBe(404);
      expect(gone.text).toContain('was given back');
      expect((await get(who, '/reviews?done=assignment-declined')).text).toContain('Given back');
    });
  });

  describe('practice and qualifying', () => {
    it('shows key and rationale of a practice exemplar only after it was rated', async () => {
      const exemplar = world.exemplars.find(({ pool, state }) => pool === 'practice' && state === 'keyed')!;
      const path = `/practice/${exemplar.id}`;
      const why = Object.values(exemplar.key!.rationale)[0]!.text.slice(0, 30);
      expect((await get(world.newcomer, '/qualification')).text).toContain(path);
      const unrated = (await get(world.newcomer, path)).text;
      expect(unrated).not.toContain(why);
      expect(unrated.match(/Shown above all by: Lesson plan/g)).toHaveLength(world.rubric.criteria.length);
      const { ['clear-goals']: _left, ...some } = levelsOf(world.rubric, [2, 2, 2, 2]);
      const part = await post(world.newcomer, path, levelFields(some));
      expect(part.status).toBe(422);
      expect(part.text).not.toContain(why);
      expect(part.text).toContain('href="#field-levels-clear-goals"');
      expect(part.text).toContain('value="next-steps-2" checked');
      const rated = await post(world.newcomer, path, levelFields(levelsOf(world.rubric, [2, 2, 2, 2])));
      expect(rated.status).toBe(303);
      expect((await get(world.newcomer, path)).text).toContain(why);
      const qualifying = world.exemplars.find(({ pool }) => pool === 'qualifying')!;
      expect((await get(world.newcomer, `/practice/${qualifying.id}`)).status).toBe(404);
    });

    it('takes a reviewer through a qualifying form to a certification, without a key on any page', async () => {
      const { newcomer, version, rubric } = world;
      const started = await post(newcomer, '/qualification', { achievementVersion: version.id });
      expect(started.status).toBe(303);
      const path = started.headers['location']!;
      expect(path).toMatch(/^\/qualification\/qat_/);
      const twice = await post(newcomer, '/qualification', { achievementVersion: version.id });
      expect(twice.status).toBe(409);
      expect(twice.text).toContain('open attempt');
      expect((await get(world.panel[0], path)).status).toBe(404);
      for (let rated = 0; rated < 10; rated += 1) {
        const { text } = await get(newcomer, path);
        expect(text).toContain(`Exemplar ${rated + 1} of 10`);
        const id = /name="exemplar" value="([^"]+)"/.exec(text)![1]!;
        const exemplar = world.exemplars.find((one) => one.id === id)!;
        expect(text).not.toContain(Object.values(exemplar.key!.rationale)[0]!.text.slice(0, 30));
        if (rated === 0) {
          expect(text.match(/Shown above all by: Lesson plan/g)).toHaveLength(4);
          const empty = await post(newcomer, path, { exemplar: id });
          expect(empty.status).toBe(422);
          expect(empty.text.match(/class="field-error"/g)).toHaveLength(4);
        }
        const fields = { exemplar: id, ...levelFields(levelsOf(rubric, keyOf(exemplar))) };
        expect((await post(newcomer, path, fields)).status).toBe(303);
      }
      const result = (await get(newcomer, path)).text;
      expect(result).toContain('You are certified');
      expect(result).toContain('40 of 40 levels exact');
      expect((await get(newcomer, '/qualification')).text).toContain('a qualifying form');
    });

    it('says which rules were missed when the form is failed', async () => {
      const { district, version, rubric } = world;
      const hasty = await aMember(service, district, ['reviewer']);
      const { headers } = await post(hasty, '/qualification', { achievementVersion: version.id });
      const path = headers['location']!;
      for (let rated = 0; rated < 10; rated += 1) {
        const id = /name="exemplar" value="([^"]+)"/.exec((await get(hasty, path)).text)![1]!;
        await post(hasty, path, { exemplar: id, ...levelFields(levelsOf(rubric, [4, 4, 4, 4])) });
      }
      const { text } = await get(hasty, path);
      expect(text).toContain('Not certified this time');
      expect(text).toMatch(/Missed: exactly the key’s level; far from the key/);
      expect(text).toContain('of a level above the key');
    });

    it('shows again, with the reason, a start that is not possible', async () => {
      const late = await post(world.panel[0], '/qualification', { achievementVersion: world.version.id });
      expect(late.status).toBe(409);
      expect(late.text).toContain('You are certified for this version until');
    });
  });
});

function levelFields(levels: { readonly [criterion: string]: string }): Fields {
  return Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels/${id}`, level]));
}

function videoOf(text: string): string {
  return /value="(lesson-video:art_[a-z2-7]+)"/.exec(text)![1]!;
}
