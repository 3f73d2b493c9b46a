import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { createAchievement, publishVersion } from '../../src/achievements/index.js';
import { auditStore, chainOf, type AuditEntry } from '../../src/audit/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { createExemplarFromWork, rateExemplarAsExpert } from '../../src/calibration/index.js';
import { recordConsent, uploadArtefact } from '../../src/evidence/index.js';
import { newId, plusDays, type Actor } from '../../src/kernel/index.js';
import type { Assignment } from '../../src/review/index.js';
import { answerRequirement, createSubmission, submitSubmission } from '../../src/submissions/index.js';
import type { District } from '../../src/tenancy/index.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { aPdf } from '../support/work-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { watchedStore, type WatchedStore } from '../support/watched-store.js';

/** The same words in the exemplars and in the teachers' work: whatever else differs, differs because one is a seed. */
const plan = 'Goal: students explain why two fractions are equal, and say what would show it.';
const reflection = 'word '.repeat(200).trim();
/** The same file in all of them: in the exemplars a teacher’s own, by consent. */
const studentWork = aPdf('What students wrote about equal fractions.');
const days = 86_400;

/**
 * One reviewer holds two seeds, the other two submissions, given at the same moment. Every answer that the one gets is held
 * against the other's: byte for byte, once ids are read as ids, with the same headers and as many writes.
 */
describe('a seed over HTTP', () => {
  let store: WatchedStore;
  let service: TestService;
  let district: District;
  let version: string;
  let criteria: readonly string[];
  /** Whom the seeds are with, and whom the submissions. */
  let seeded: TestMember;
  let working: TestMember;
  const work = new Map<TestMember, readonly Assignment[]>();

  beforeAll(async () => {
    store = watchedStore(await openSqlite({ file: ':memory:' }));
    service = await aService({ store });
    district = await aDistrict(service);
    const { achievements, calibration, review } = service.rooms;
    const actor: Actor = { kind: 'service', district: district.id };
    const { assessment } = achievementExample;
    if (assessment.by !== 'review') throw new Error('not reviewed');
    const content = {
      ...achievementExample,
      assessment: {
        ...assessment,
        requirements: assessment.requirements.flatMap((requirement) =>
          requirement.kind === 'file'
            ? [
                { ...requirement, mediaTypes: ['text/plain'] },
                { ...requirement, id: 'student-work', name: 'Student work', mediaTypes: ['application/pdf'] },
              ]
            : [requirement],
        ),
      },
    };
    const { achievement } = await createAchievement(achievements, actor, {
      slug: 'feedback',
      content,
    } as never);
    const published = await publishVersion(achievements, actor, { achievement: achievement.id, version: 1 });
    version = published.version.id;
    if (published.version.content.assessment.by !== 'review') throw new Error('not reviewed');
    const { rubric } = published.version.content.assessment;
    criteria = rubric.criteria.map(({ id }) => id);
    const lead = await aMember(service, district, ['lead']);
    const key = Object.fromEntries(criteria.map((id) => [id, `${id}-2`]));
    const experts = [1, 2, 3].map(() => aMember(service, district, ['expert']));
    for (const title of ['A secret title', 'Another secret title']) {
      const source = await decided(achievement.id);
      const { id: exemplar } = await createExemplarFromWork(calibration, lead.actor, source.submission, {
        title,
        pool: 'seed',
        checks: { names: true, faces: true, metadata: true, context: true },
        items: [
          { id: 'lesson-plan', name: 'Lesson plan', text: plan },
          { id: 'student-work', name: 'Student work', artefact: source.file },
          { id: 'reflection', name: 'Reflection', text: reflection },
        ],
        rationale: Object.fromEntries(
          criteria.map((id) => [id, { text: 'A secret reason.', item: 'reflection' }]),
        ),
      });
      for (const expert of experts)
        await rateExemplarAsExpert(calibration, (await expert).actor, {
          exemplar,
          levels: key,
          pointers: Object.fromEntries(criteria.map((id) => [id, [{ item: 'lesson-plan' }]])),
        });
    }
    seeded = await aMember(service, district, ['reviewer', 'teacher'], { name: 'Kim Lee' });
    working = await aMember(service, district, ['reviewer', 'teacher'], { name: 'Kim Lee' });
    const now = service.clock.now();
    for (const [who, from] of [
      [seeded, plusDays(now, -31)],
      [working, now],
    ] as const) {
      const id = newId(calibration.randomness, 'cer');
      await calibration.store.certifications.insert({
        id,
        district: district.id,
        reviewer: who.member.id,
        achievementVersion: published.version.id,
        state: 'active',
        basis: 'qualification',
        attempt: null,
        uniqueBy: `test:${id}`,
        policy: 0,
        ...{ from, until: plusDays(now, 300) },
        ...{
          reason: null,
          suspensions: [],
          revokedAt: null,
          effectDue: null,
          pendingEntries: [],
          auditDue: null,
        },
      });
    }
    for (let n = 0; n < 2; n += 1) await handedIn(achievement.id);
    await service.settle();
    for (const who of [seeded, working])
      work.set(who, await review.store.openAssignmentsOf(district.id, who.member.id));
  }, 60_000);
  afterAll(() => service?.close());

  /** Work of somebody new, answered and not yet submitted. */
  async function written(achievement: string) {
    const { submissions, evidence } = service.rooms;
    const { actor } = await aMember(service, district, ['teacher']);
    const { id: submission } = await createSubmission(submissions, actor, { achievement });
    const upload = async (name: string, mediaType: string, bytes: Uint8Array) =>
      (await uploadArtefact(evidence, actor, { name, mediaType, bytes })).artefact.id;
    const file = await upload('Kim’s class.pdf', 'application/pdf', studentWork);
    const answers = [
      {
        requirement: 'lesson-plan',
        artefacts: [await upload('My plan.txt', 'text/plain', Buffer.from(plan))],
      },
      { requirement: 'student-work', artefacts: [file] },
      { requirement: 'reflection', text: reflection },
    ];
    for (const answer of answers) await answerRequirement(submissions, actor, { submission, ...answer });
    return { submission, actor, file };
  }

  async function handedIn(achievement: string): Promise<void> {
    const { submission, actor } = await written(achievement);
    await submitSubmission(service.rooms.submissions, actor, submission);
  }

  /** Work of the past, whose teacher allows that an exemplar is made of it. */
  async function decided(achievement: string) {
    const { submissions, evidence } = service.rooms;
    const work = await written(achievement);
    const { submissions: kept } = submissions.store;
    const now = (await kept.get(district.id, work.submission))!;
    await kept.replace({ ...now, state: 'met', decidedAt: service.clock.now() });
    await recordConsent(evidence, work.actor, {
      ...{ submission: work.submission, artefacts: [work.file], use: 'exemplar', statement: 'I agree.' },
    });
    return work;
  }

  const ofFirst = (who: TestMember) => work.get(who)![0]!.id;
  const ofSecond = (who: TestMember) => work.get(who)![1]!.id;

  /** What can be told from an answer: ids are read as ids, and what is drawn anew each time is left out. */
  function toldBy(answer: Response, writes: readonly string[]) {
    const blind = (text: string) =>
      text
        .replaceAll(/(?<![a-z])([a-z]{3})_[a-z2-7]{26}\b/g, '$1_id')
        .replaceAll(/\bWork [a-z2-7]{5}\b/g, 'Work id')
        .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'request');
    const { date: _date, etag, ...headers } = answer.headers as { [name: string]: string };
    const body = Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : (answer.text ?? '');
    return {
      status: answer.status,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, blind(String(value))]),
      ),
      etag: etag?.length,
      body: blind(body),
      // As many of each kind: what the database was asked to keep takes its time.
      writes: writes.map((write) => write.split(' ')[1]).sort(),
    };
  }

  async function same(
    what: string,
    ask: (who: TestMember) => Promise<Response> | PromiseLike<Response>,
    except: readonly ('writes' | 'body')[] = [],
  ): Promise<Response> {
    const answers: Response[] = [];
    const told = [];
    for (const who of [seeded, working]) {
      store.forget();
      const answer = await ask(who);
      answers.push(answer);
      const all = toldBy(answer, store.writes);
      told.push({ what, ...all, ...Object.fromEntries(except.map((member) => [member, null])) });
    }
    expect(told[0]).toEqual(told[1]);
    return answers[0]!;
  }

  const get = (who: TestMember, path: string, headers: { [name: string]: string } = {}) =>
    service.http.get(path).set(who.auth).set(headers);
  const post = (who: TestMember, path: string, body: object = {}) =>
    service.http.post(path).set(who.auth).send(body);
  const form = (who: TestMember, path: string, fields: object) =>
    service.http.post(path).set(who.auth).type('form').send(fields);

  /** A file of the first work: of the lesson plan, or of the requirement at this place. */
  async function fileOf(who: TestMember, at = 0): Promise<string> {
    const { body } = await get(who, `/api/v1/assignments/${ofFirst(who)}`);
    return body.evidence[at].files[0].artefact as string;
  }

  async function ratingOf(who: TestMember, level: number) {
    const artefact = await fileOf(who);
    const pointers = [
      { requirement: 'lesson-plan', artefact },
      { requirement: 'reflection', note: 'word' },
    ];
    return {
      criteria: Object.fromEntries(
        criteria.map((id) => [id, { level: `${id}-${level}`, feedback: 'Say more.', pointers }]),
      ),
    };
  }

  it('is what one of the two holds, and submissions what the other does', () => {
    expect(work.get(seeded)!.map((one) => one.work)).toEqual(['seed', 'seed']);
    expect(work.get(working)!.map((one) => one.work)).toEqual(['submission', 'submission']);
  });

  it('answers as live work does while it is read', async () => {
    const path = (who: TestMember) => `/api/v1/assignments/${ofFirst(who)}`;
    const list = await same('list', (who) => get(who, '/api/v1/assignments'));
    expect(list.body.items).toHaveLength(2);
    await same('list of open', (who) => get(who, '/api/v1/assignments?state=open&limit=1'), ['body']);
    const read = await same('first reading', (who) => get(who, path(who)));
    expect(read.body.evidence.map(({ kind }: { kind: string }) => kind)).toEqual(['file', 'file', 'text']);
    expect(read.text).not.toMatch(/secret|exm_|"seed/);
    await same('second reading', (who) => get(who, path(who)));
    await same('unchanged', async (who) =>
      get(who, path(who), { 'If-None-Match': (await get(who, path(who))).headers['etag']! }),
    );
    for (const [at, bytes] of [Buffer.from(plan), studentWork].entries()) {
      const artefact = (who: TestMember) => fileOf(who, at).then((id) => `${path(who)}/artefacts/${id}`);
      const file = await same(`file ${at}`, async (who) => get(who, await artefact(who)));
      expect(Buffer.isBuffer(file.body) ? file.body : Buffer.from(file.text)).toEqual(Buffer.from(bytes));
      await same('range', async (who) => get(who, await artefact(who), { Range: 'bytes=2-9' }));
      await same('beyond', async (who) => get(who, await artefact(who), { Range: 'bytes=90000-' }));
      await same('only its headers', async (who) => service.http.head(await artefact(who)).set(who.auth));
      const direct = await same('the file by itself', async (who) =>
        get(who, `/api/v1/artefacts/${await fileOf(who, at)}/content`),
      );
      expect(direct.status).toBe(404);
      await same('what is known of the file', async (who) =>
        get(who, `/api/v1/artefacts/${await fileOf(who, at)}`),
      );
    }
    await same('no such file', (who) => get(who, `${path(who)}/artefacts/art_${'a'.repeat(26)}`));
    await same('another’s', (who) => get(who, path(who === seeded ? working : seeded)));
  });

  /** Own figures and seats of review pools, over the API and on pages. */
  async function sameFigures(when: string): Promise<void> {
    for (const path of ['/api/v1/my-figures', '/my-figures', '/seats', '/api/v1/my-seats', '/seed-results'])
      await same(`${path} ${when}`, (who) => get(who, path));
  }

  it('answers as live work does on pages', async () => {
    const path = (who: TestMember) => `/reviews/${ofFirst(who)}`;
    await same('queue', (who) => get(who, '/reviews'));
    await sameFigures('while nothing is rated');
    const page = await same('rating page', (who) => get(who, path(who)));
    expect(page.text).toContain('Lesson plan');
    expect(page.text).not.toMatch(/secret|exm_/);
    await same('decline page', (who) => get(who, `${path(who)}/decline`));
    for (const at of [0, 1]) {
      const file = async (who: TestMember) => `${path(who)}/artefacts/${await fileOf(who, at)}`;
      // The same bytes have the same tag, whichever of the two they are of.
      const tags = new Set<string>();
      const shown = async (who: TestMember, headers: { [name: string]: string } = {}) => {
        const answer = await get(who, await file(who), headers);
        tags.add(answer.headers['etag']!);
        return answer;
      };
      await same('file', shown);
      await same('range if unchanged', (who) =>
        shown(who, { Range: 'bytes=2-9', 'If-Range': [...tags][0]! }),
      );
      await same('all of it if changed', (who) => shown(who, { Range: 'bytes=2-9', 'If-Range': '"other"' }));
      expect([at, tags.size]).toEqual([at, 1]);
    }
    await same('no draft yet', (who) => get(who, `${path(who)}/draft`));
    await same('commit of an empty form', (who) => form(who, path(who), { act: 'commit' }));
    await same('one place more', (who) => form(who, path(who), { add: criteria[0] }));
    await same('draft saved', (who) =>
      form(who, path(who), { [`criteria/${criteria[0]}/feedback`]: 'So far.' }),
    );
    await same('draft read', (who) => get(who, `${path(who)}/draft`));
  });

  it('answers as live work does when it is written and committed', async () => {
    const path = (who: TestMember) => `/api/v1/assignments/${ofFirst(who)}`;
    await same('stale draft', (who) =>
      service.http
        .put(`${path(who)}/draft`)
        .set(who.auth)
        .set('If-Match', '"old"')
        .send({ criteria: {} }),
    );
    await same('draft', async (who) =>
      service.http
        .put(`${path(who)}/draft`)
        .set(who.auth)
        .set('If-Match', (await get(who, path(who))).headers['etag']!)
        .send({ criteria: { [criteria[0]!]: { level: `${criteria[0]}-3` } } }),
    );
    await same('kept draft', (who) => get(who, `${path(who)}/draft`));
    await same('faulty', (who) => post(who, `${path(who)}/rating`, { criteria: {} }));
    await same('foreign pointer', async (who) => {
      const rating = await ratingOf(who, 3);
      rating.criteria[criteria[0]!]!.pointers[0]!.artefact = `art_${'a'.repeat(26)}`;
      return post(who, `${path(who)}/rating`, rating);
    });
    const committed = await same('commit', async (who) =>
      post(who, `${path(who)}/rating`, await ratingOf(who, 3)),
    );
    expect(committed.status).toBe(200);
    expect(committed.text).not.toMatch(/secret|exm_|key/);
    await sameFigures('at once');
    await same('commit again', async (who) => post(who, `${path(who)}/rating`, await ratingOf(who, 3)));
    await same('another commit', async (who) => post(who, `${path(who)}/rating`, await ratingOf(who, 1)));
    await same('too late to decline', (who) => post(who, `${path(who)}/decline`, { reason: 'conflict' }));
    await service.settle();
    await same('committed', (who) => get(who, path(who)));
    await same('committed page', (who) => get(who, `/reviews/${ofFirst(who)}`));
    await same('list', (who) => get(who, '/api/v1/assignments'));
    await same('queue', (who) => get(who, '/reviews'));
    await sameFigures('once it is counted');
    expect((await get(seeded, '/my-figures')).text).toMatch(/Works rated<\/dt><dd>1</);
    await same('told of seeds', (who) => get(who, '/api/v1/seed-reports'));
    await same('decisions', (who) => get(who, '/api/v1/decisions'));
    await same('certification', (who) => get(who, '/api/v1/certifications/mine'), ['body']);
  });

  it('reminds, expires and is mailed of as live work is', async () => {
    const path = (who: TestMember) => `/api/v1/assignments/${ofSecond(who)}`;
    await same('draft', async (who) =>
      service.http
        .put(`${path(who)}/draft`)
        .set(who.auth)
        .set('If-Match', (await get(who, path(who))).headers['etag']!)
        .send({ criteria: { [criteria[0]!]: { level: `${criteria[0]}-3` } } }),
    );
    service.mail.length = 0;
    service.clock.advance(11 * days);
    await service.settle();
    service.clock.advance(3 * days);
    await service.settle();
    const mails = (who: TestMember) =>
      service.mail
        .filter(({ to }) => to === who.member.email)
        .map(({ subject, text }) => `${subject}\n${text}`.replaceAll(/[a-z2-7]{26}|Work [a-z2-7]{5}/g, 'id'));
    expect(mails(seeded)).toEqual(mails(working));
    expect(mails(seeded).map((mail) => mail.split('\n')[0])).toEqual([
      'A review is due on 4 December 2026',
      'A review went back to the pool',
    ]);
    await same('expired', (who) => get(who, path(who)));
    await same('late commit', async (who) => post(who, `${path(who)}/rating`, await ratingOf(who, 3)));
    const kept = await same('kept draft', (who) => get(who, `${path(who)}/draft`));
    expect(kept.body.state).toBe('expired');
    await same('kept draft page', (who) => get(who, `/reviews/${ofSecond(who)}/draft`));
    await sameFigures('once the other has expired');
  });

  it('reaches no case, decision, submission or count of others, and the record says it once it is rated', async () => {
    const { review, submissions } = service.rooms;
    const [first] = work.get(seeded)!;
    const kept = (await review.store.assignment(district.id, first!.id))!;
    expect(kept).toMatchObject({ work: 'seed', case: null, submission: null, state: 'committed' });
    expect(await review.store.ratingCount(district.id, seeded.member.id, version)).toBe(0);
    expect((await review.store.pageOfDecisions(district.id, undefined, { limit: 5 })).items).toEqual([]);
    expect(
      (await submissions.store.submissionsOf(district.id, seeded.member.id, { limit: 5 })).items,
    ).toEqual([]);
    const chain = await recordOf(first!.id);
    const [assigned, committed] = [chain[0]!, chain.find(({ verb }) => verb === 'committed')!];
    expect(Object.keys(assigned.facts)).toEqual(['certification', 'draw', 'kind', 'policy', 'reviewer']);
    expect(committed.facts).toMatchObject({ work: 'seed', draw: { of: 'seed', exemplar: kept.exemplar } });
    const live = await recordOf(work.get(working)![0]!.id);
    expect(Object.keys(live[0]!.facts)).toEqual(Object.keys(assigned.facts));
  });

  async function recordOf(assignment: string): Promise<readonly { verb: string; facts: object }[]> {
    const entries = [];
    for await (const link of chainOf(auditStore(store), district.id)) {
      const { subject, verb, facts } = JSON.parse(link.entry) as AuditEntry;
      if (subject.id === assignment) entries.push({ verb, facts: facts as object });
    }
    return entries;
  }
});
