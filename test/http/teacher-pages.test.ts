import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReviewWorld, type ReviewWorld } from '../support/review-world.js';
import { aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { readyToAward, reviewed, sample } from '../support/teacher-world.js';

type Fields = { readonly [name: string]: string | readonly string[] };
interface SentFile {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes?: Buffer;
}

const reflection = sample('reflection.md').toString('utf8');
const plan: SentFile = {
  field: 'answers/lesson-plan',
  name: 'lesson-plan.pdf',
  mediaType: 'application/pdf',
};
const picture: SentFile = {
  field: 'answers/student-work',
  name: 'student-work-1.png',
  mediaType: 'image/png',
};
const consent: Fields = {
  'consent/artefacts': ['new'],
  'consent/statement': 'Release forms of all students, kept in the school office.',
};

describe('the pages of teachers, with scripts off', () => {
  let service: TestService;
  let world: ReviewWorld;
  let teacher: TestMember;
  let colleague: TestMember;

  beforeAll(async () => {
    service = await aService();
    world = await aReviewWorld(service);
    await readyToAward(service, world);
    teacher = world.teacher;
    colleague = await aMember(service, world.district, ['teacher'], { name: 'Joel Lindqvist' });
  });
  afterAll(() => service.close());

  const get = (who: TestMember, path: string) => service.http.get(path).set(who.auth);
  const post = (who: TestMember, path: string, fields: Fields = {}) =>
    service.http.post(path).set(who.auth).type('form').send(fields);
  /** A form as a browser sends it: a text's line ends become CRLF. */
  function send(who: TestMember, path: string, fields: Fields, files: readonly SentFile[] = []) {
    let request = service.http.post(path).set(who.auth);
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) request = request.field(name, one.replaceAll('\n', '\r\n'));
    for (const { field, name, mediaType, bytes } of files)
      request = request.attach(field, bytes ?? sample(name), { filename: name, contentType: mediaType });
    return request;
  }
  async function begun(who: TestMember): Promise<string> {
    const made = await post(who, '/submissions', { achievement: world.version.achievement });
    expect(made.status).toBe(303);
    return made.headers['location']!.split('?')[0]!;
  }
  const fieldOf = (html: string, name: string) =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? '';
  const seen = async (who: TestMember, path: string): Promise<Fields> => ({
    'seen/reflection': fieldOf((await get(who, path)).text, 'seen/reflection'),
  });
  const submissionAt = (path: string) =>
    service.rooms.submissions.store.submission(world.district.id, path.split('/').at(-1)!);
  /** The words at a field's mark. */
  const markAt = (html: string, name: string) =>
    new RegExp(`id="field-${name.replaceAll(/[^A-Za-z0-9_-]/g, '-')}-error"[^]*?<span>([^<]*)</span>`).exec(
      html,
    )?.[1];

  describe('beginning', () => {
    it('shows what can be begun, and says so where there is nothing yet', async () => {
      const page = await get(teacher, '/submissions');
      expect(page.status).toBe(200);
      expect(page.text).toContain('Nothing yet');
      expect(page.text).toContain('Formative feedback that moves learning');
      // What is not reviewed here cannot be submitted for.
      expect(page.text).not.toContain('First aid in schools');
      expect((await get(world.newcomer, '/submissions')).status).toBe(403);
    });

    it('begins one at a time, and leads to the one that is open', async () => {
      const who = await aMember(service, world.district, ['teacher']);
      const at = await begun(who);
      const again = await post(who, '/submissions', { achievement: world.version.achievement });
      expect(again.status).toBe(409);
      expect(again.text).toContain('You have an open submission');
      expect((await get(who, '/submissions')).text).toContain(`href="${at}"`);
      const absent = await post(who, '/submissions', { achievement: 'ach_aaaaaaaaaaaaaaaaaaaaaaaaaa' });
      expect(absent.status).toBe(404);
    });

    it('is not there for another teacher: neither page nor form', async () => {
      const at = await begun(colleague);
      for (const refused of [
        await get(teacher, at),
        await send(teacher, at, { do: 'save', 'answers/reflection': 'mine' }),
        await get(teacher, `${at}/withdraw`),
        await post(teacher, `${at}/withdraw`),
        await post(teacher, `${at}/next-attempt`),
      ])
        expect(refused.status).toBe(404);
      expect((await submissionAt(at))?.answers).toEqual({});
    });
  });

  describe('gathering', () => {
    let at: string;
    beforeAll(async () => {
      at = await begun(teacher);
    });

    it('says of each requirement what is asked', async () => {
      const { text } = await get(teacher, at);
      expect(text).toContain('1 file: PDF, at most 50 MB.');
      expect(text).toContain('1 to 4 files: PNG picture or JPEG picture, at most 15 MB each');
      expect(text).toContain('250 to 900 words');
      expect(text).toContain('Before you can submit');
      expect(text).not.toContain('aria-invalid');
      expect(text).not.toMatch(/<script/);
    });

    it('refuses a file of the wrong type at its field, and keeps the text and the good file', async () => {
      const sent = await send(
        teacher,
        at,
        { ...(await seen(teacher, at)), do: 'save', 'answers/reflection': 'First\nwords.' },
        [{ ...picture, field: 'answers/lesson-plan' }, picture],
      );
      expect(sent.status).toBe(415);
      expect(markAt(sent.text, 'answers/lesson-plan')).toBe(
        '“student-work-1.png” is a PNG picture; taken here is PDF',
      );
      expect(sent.text).toContain('<a href="#field-answers-lesson-plan">');
      expect(sent.text).toContain('First\nwords.');
      const { answers } = (await submissionAt(at))!;
      expect(Object.keys(answers).sort()).toEqual(['reflection', 'student-work']);
      expect(answers['reflection']).toMatchObject({ text: 'First\nwords.' });
      expect((await get(teacher, at)).text).toContain('2 words are saved.');
    });

    it('names a file whose content is not what it says', async () => {
      const sent = await send(teacher, at, { do: 'save' }, [{ ...plan, bytes: Buffer.from([0, 1, 2, 3]) }]);
      expect(sent.status).toBe(415);
      expect(markAt(sent.text, 'answers/lesson-plan')).toContain(
        '“lesson-plan.pdf” is not what application/pdf',
      );
      const empty = await send(teacher, at, { do: 'save' }, [{ ...plan, bytes: Buffer.alloc(0) }]);
      expect([empty.status, markAt(empty.text, 'answers/lesson-plan')]).toEqual([
        400,
        '“lesson-plan.pdf” must not be empty',
      ]);
    });

    it('lets a file that is too large go, and keeps what came with it', async () => {
      const sent = await send(
        teacher,
        at,
        { ...(await seen(teacher, at)), do: 'save', 'answers/reflection': 'Other words.' },
        [{ ...plan, bytes: Buffer.alloc(50_000_001, '%PDF-1.4 ') }],
      );
      expect(sent.status).toBe(413);
      expect(markAt(sent.text, 'answers/lesson-plan')).toContain('is larger than is taken: at most 50 MB');
      expect((await submissionAt(at))!.answers['reflection']).toMatchObject({ text: 'Other words.' });
    });

    it('puts a new file in the place of the one where one is asked for, and removes one', async () => {
      await send(teacher, at, { do: 'save' }, [plan]);
      const first = (await submissionAt(at))!.answers['lesson-plan'];
      const other = { ...plan, name: 'discussion-plan.pdf' };
      expect((await send(teacher, at, { do: 'save' }, [other])).status).toBe(303);
      const second = (await submissionAt(at))!.answers['lesson-plan'];
      if (first?.kind !== 'file' || second?.kind !== 'file') throw new Error('no files');
      expect(second.artefacts).toHaveLength(1);
      expect(second.artefacts).not.toEqual(first.artefacts);
      const [id] = second.artefacts;
      expect((await send(teacher, at, { do: `remove lesson-plan ${id}` })).status).toBe(303);
      expect((await submissionAt(at))!.answers['lesson-plan']).toBeUndefined();
      // What was uploaded before can be taken again without another upload.
      expect((await get(teacher, at)).text).toContain('Or take from my evidence (2)');
      await send(teacher, at, { do: 'save', 'pick/lesson-plan': first.artefacts[0]! });
      expect((await submissionAt(at))!.answers['lesson-plan']).toEqual(first);
    });

    it('refuses more files than are taken, and somebody else’s', async () => {
      const many = [
        'student-work-2.jpg',
        'student-work-3.png',
        'discussion-chart-1.png',
        'discussion-map-2.jpg',
      ];
      const sent = await send(
        teacher,
        at,
        { do: 'save' },
        many.map((name) => ({
          ...picture,
          name,
          mediaType: name.endsWith('png') ? 'image/png' : 'image/jpeg',
        })),
      );
      expect([sent.status, markAt(sent.text, 'answers/student-work')]).toEqual([
        422,
        'must be at most 4 for “Student work with your feedback”',
      ]);
      const foreign = await send(teacher, at, { do: 'save', 'pick/lesson-plan': `art_${'a'.repeat(26)}` });
      expect(foreign.status).toBe(422);
      expect(markAt(foreign.text, 'answers/lesson-plan')).toContain('must be the id of an artefact of yours');
    });

    it('does not overwrite what was saved from another window', async () => {
      const before = await seen(teacher, at);
      await send(teacher, at, { ...before, do: 'save', 'answers/reflection': 'From window two.' });
      const sent = await send(teacher, at, {
        ...before,
        do: 'save',
        'answers/reflection': 'From window one.',
      });
      expect(sent.status).toBe(412);
      expect(sent.text).toContain('From window one.');
      expect(sent.text).toContain('From window two.');
      expect((await submissionAt(at))!.answers['reflection']).toMatchObject({ text: 'From window two.' });
      // Sent again from what it now shows, it is a decision made knowingly.
      const again = { 'seen/reflection': fieldOf(sent.text, 'seen/reflection') };
      const saved = await send(teacher, at, { ...again, do: 'save', 'answers/reflection': 'Both.' });
      expect(saved.status).toBe(303);
      // A window in which the text was not touched overwrites nothing.
      const stale = await send(teacher, at, { ...before, do: 'save', 'answers/reflection': 'Other words.' });
      expect(stale.status).toBe(303);
      expect((await submissionAt(at))!.answers['reflection']).toMatchObject({ text: 'Both.' });
    });

    it('marks too many words and the missing consent when it is submitted, and keeps the text', async () => {
      const long = Array.from({ length: 901 }, (_, index) => `word${index}`).join(' ');
      const sent = await send(teacher, at, {
        ...(await seen(teacher, at)),
        do: 'submit',
        'answers/reflection': long,
      });
      expect(sent.status).toBe(422);
      expect(sent.text).toContain('It was not handed in yet');
      expect(markAt(sent.text, 'answers/reflection')).toBe('must have 250 to 900 words; it has 901');
      expect(markAt(sent.text, 'answers/student-work')).toBe(
        'holds a file without a consent for review in force “student-work-1.png”; record one that names it',
      );
      expect(markAt(sent.text, 'consent/artefacts')).toBe('must cover “student-work-1.png” before review');
      expect(sent.text).toContain(long);
      expect(await submissionAt(at)).toMatchObject({ state: 'incomplete' });
      expect((await get(teacher, at)).text).toContain('Nothing is lost');
    });

    it('marks a consent’s faults at its fields, and keeps its words', async () => {
      const faulty: Fields = { ...consent, 'consent/artefacts': [], 'consent/to': '2026-02-30', do: 'save' };
      const nothing = await send(teacher, at, faulty);
      expect(nothing.status).toBe(422);
      expect(markAt(nothing.text, 'consent/artefacts')).toContain('must name at least one file');
      expect(nothing.text).toContain('Release forms of all students');
      const answer = (await submissionAt(at))!.answers['student-work'];
      const files = answer?.kind === 'file' ? answer.artefacts : [];
      const day = await send(teacher, at, { ...faulty, 'consent/artefacts': files });
      expect(markAt(day.text, 'consent/to')).toBe('must be a day of the calendar, such as 2026-11-20');
      const past = await send(teacher, at, {
        ...faulty,
        'consent/artefacts': files,
        'consent/to': '2026-01-02',
      });
      expect(markAt(past.text, 'consent/to')).toBeDefined();
      expect(await service.rooms.evidence.store.consentsOf(world.district.id, teacher.member.id)).toEqual([]);
    });

    it('withdraws a draft after saying what that means', async () => {
      expect((await get(teacher, `${at}/withdraw`)).text).toContain('cannot be undone');
      const done = await post(teacher, `${at}/withdraw`);
      expect(done.headers['location']).toBe(`${at}?done=work-withdrawn`);
      const { text } = await get(teacher, done.headers['location']!);
      expect(text).toContain('The submission was withdrawn.');
      expect(text).toContain('Begin anew');
      // What is typed into a page that was open all the while is shown, not lost.
      const late = await send(teacher, at, { do: 'save', 'answers/reflection': 'Typed too late.' });
      expect(late.status).toBe(409);
      expect(late.text).toContain('Typed too late.');
    });
  });

  describe('from one form to the credential', () => {
    let at: string;
    const everything = async (who: TestMember): Promise<[Fields, SentFile[]]> => [
      { ...(await seen(who, at)), ...consent, 'consent/to': '2027-06-30', 'answers/reflection': reflection },
      [plan, picture],
    ];

    it('submits everything in one post', async () => {
      at = await begun(teacher);
      const [fields, files] = await everything(teacher);
      const sent = await send(teacher, at, { ...fields, do: 'submit' }, files);
      expect([sent.status, sent.headers['location']]).toEqual([303, `${at}?done=work-submitted`]);
      const submission = (await submissionAt(at))!;
      expect(submission.state).toBe('submitted');
      expect(submission.answers['reflection']).toMatchObject({ text: reflection });
      const [kept] = await service.rooms.evidence.store.consentsOf(world.district.id, teacher.member.id);
      // The last day ends with it, in the district's own time zone.
      expect(kept).toMatchObject({ to: '2027-07-01T05:00:00Z', submission: submission.id });
      // It covers what children are seen in, and nothing else.
      expect(submission.answers['student-work']).toMatchObject({ artefacts: kept!.artefacts });
      const { text } = await get(teacher, at);
      expect(text).toContain('Handed in');
      expect(text).not.toContain('<textarea');
    });

    it('says nothing of who reads it, and gives the levels and feedback once it is decided', async () => {
      await service.settle();
      const waiting = await get(teacher, at);
      expect(waiting.text).toContain('In review');
      // By when is told from the time that reviewers have.
      expect(waiting.text).toMatch(/to be expected between <time[^>]*>\d+ \w+ 2026/);
      await reviewed(service, world, at.split('/').at(-1)!, [3, 2, 3, 3]);
      const { text } = await get(teacher, at);
      expect(text).toContain('Feedback, criterion by criterion');
      expect(text).toContain('Developing: not yet');
      expect(text.match(/You are here/g)).toHaveLength(4);
      for (const { member } of world.panel) {
        expect(waiting.text + text).not.toContain(member.name);
        expect(waiting.text + text).not.toContain(member.id);
      }
      expect(text).toContain('Start the next attempt');
      // What can be begun leads there too: a new beginning would leave the feedback behind.
      const { text: list } = await get(teacher, '/submissions');
      expect(list).toContain('See the feedback');
      expect(list).not.toMatch(/Begin<span/);
    });

    it('starts the next attempt with the answers carried over and what was missed on top', async () => {
      const begunAgain = await post(teacher, `${at}/next-attempt`);
      expect(begunAgain.status).toBe(303);
      const next = begunAgain.headers['location']!.split('?')[0]!;
      const { text } = await get(teacher, next);
      expect(text).toContain('What was missed last time');
      const [met, missed] = world.rubric.criteria;
      expect(text).toContain(`About “${missed!.name}”`);
      expect(text).not.toContain(`About “${met!.name}”`);
      expect((await get(teacher, at)).text).toContain(`href="${next}"`);
      // The same work again is stopped before anybody reads it.
      const same = await send(teacher, next, { do: 'submit' });
      expect(same.status).toBe(422);
      expect(same.text).toContain('are those that were decided before');
      at = next;
    });

    it('leads to the public page once it is met, and fills the backpack', async () => {
      const changed = `${reflection}\nNext time I shall ask before I tell.`;
      const sent = await send(teacher, at, {
        ...(await seen(teacher, at)),
        do: 'submit',
        'answers/reflection': changed,
      });
      expect(sent.status).toBe(303);
      expect((await get(teacher, '/backpack')).text).toContain('No credentials yet');
      await reviewed(service, world, at.split('/').at(-1)!, [3, 3, 3, 3]);
      const { text } = await get(teacher, at);
      const credential = /href="(http:\/\/localhost:8080\/c\/[0-9A-Za-z]{22})"/.exec(text)?.[1];
      expect(credential).toBeDefined();
      const path = new URL(credential!).pathname;
      expect((await service.http.get(path).set('Accept', 'text/html')).status).toBe(200);
      const backpack = await get(teacher, '/backpack');
      expect(backpack.text).toContain('1.5 credit hours');
      for (const form of ['', '.json', '.jwt', '.png', '.pdf'])
        expect(backpack.text).toContain(`href="${credential}${form}"`);
      expect(backpack.text).toContain('Responsive teaching');
      expect(backpack.text).toContain('1 of 2');
      expect((await get(colleague, '/backpack')).text).toContain('No credentials yet');
    });
  });

  describe('consents and files after submitting', () => {
    it('makes work void when its consent is withdrawn, after saying so', async () => {
      const who = await aMember(service, world.district, ['teacher']);
      const at = await begun(who);
      const fields = { ...(await seen(who, at)), ...consent, 'answers/reflection': reflection, do: 'submit' };
      expect((await send(who, at, fields, [plan, picture])).status).toBe(303);
      const [kept] = await service.rooms.evidence.store.consentsOf(world.district.id, who.member.id);
      const path = `${at}/consents/${kept!.id}/withdraw`;
      expect((await get(who, path)).text).toContain('<strong>void</strong>');
      expect((await get(colleague, path)).status).toBe(404);
      expect((await post(colleague, path)).status).toBe(404);
      expect((await post(who, path)).status).toBe(303);
      const { text } = await get(who, at);
      expect(text).toContain('Void');
      expect(text).toContain('the consent for review of “student-work-1.png” has ended');
    });

    it('lists the files, and erases one for good after saying what holds it', async () => {
      const who = await aMember(service, world.district, ['teacher']);
      const at = await begun(who);
      await send(who, at, { do: 'save' }, [plan]);
      const list = await get(who, '/artefacts');
      const erase = /href="(\/artefacts\/art_[a-z2-7]+\/erase)"/.exec(list.text)![1]!;
      expect(list.text).toMatch(
        /href="\/api\/v1\/artefacts\/art_[a-z2-7]+\/content" download="lesson-plan\.pdf"/,
      );
      const { text } = await get(who, erase);
      expect(text).toContain(`<a href="${at}">A draft of yours</a>`);
      expect((await get(colleague, erase)).status).toBe(404);
      expect((await post(colleague, erase)).status).toBe(404);
      expect((await post(who, erase)).headers['location']).toBe('/artefacts?done=artefact-erased');
      expect((await get(who, '/artefacts')).text).toContain('An erased file');
      const draft = await get(who, at);
      expect(draft.text).toContain('holds a file that was erased; put another in its place');
    });
  });
});
