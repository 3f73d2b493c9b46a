import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { District, Role } from '../../src/tenancy/index.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { aPdf } from '../support/work-house.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: { readonly [member: string]: never } & { readonly errors?: { readonly pointer: string }[] };
}
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly schema: { readonly [member: string]: never };
}
interface Criterion {
  readonly id: string;
  readonly levels: readonly { readonly id: string }[];
}
interface Work {
  readonly rubric: { readonly criteria: readonly Criterion[] };
  readonly evidence: readonly {
    readonly requirement: string;
    readonly files: readonly { readonly artefact: string; readonly name: string; readonly url: string }[];
  }[];
}

/** The example's rubric with two criteria of four levels, level 3 required. */
const content = {
  ...achievementExample,
  assessment: {
    ...achievementExample.assessment,
    rubric: {
      rule: { kind: 'conjunctive' },
      criteria: ['clarity', 'uptake'].map((id) => ({
        id,
        name: `Criterion ${id}`,
        description: `What ${id} is about.`,
        requiredLevel: `${id}-3`,
        levels: ['Beginning', 'Developing', 'Proficient', 'Exemplary'].map((name) => ({
          name,
          descriptor: `${name} work.`,
        })),
      })),
    },
  },
};
const levelsOf = (clarity: number, uptake: number) => ({
  clarity: `clarity-${clarity}`,
  uptake: `uptake-${uptake}`,
});
const keyOf = (index: number) => levelsOf((index % 4) + 1, (Math.floor(index / 4) % 4) + 1);

describe('calibrated review over HTTP', () => {
  let service: TestService;
  let district: District;
  let version: string;
  let achievement: string;
  const cast: { [name: string]: TestMember } = {};

  const send = (
    who: string,
    method: 'get' | 'post' | 'put',
    path: string,
    body?: object,
    headers: object = {},
  ) => {
    const request = service.http[method](path)
      .set(cast[who]!.auth)
      .set(headers as Record<string, string>);
    return body === undefined ? request : request.send(body);
  };
  const get = (who: string, path: string) => send(who, 'get', path);
  const post = (who: string, path: string, body: object = {}) => send(who, 'post', path, body);

  const pointers = { clarity: [{ item: 'plan' }], uptake: [{ item: 'plan' }] };

  async function anExemplar(pool: string, index: number): Promise<string> {
    const made = await post('lead', '/api/v1/exemplars', {
      achievementVersion: version,
      title: `Exemplar ${index}`,
      pool,
      items: [{ id: 'plan', name: 'Plan', text: `Plan ${index}` }],
      rationale: {
        clarity: { text: 'Because of the aim.', item: 'plan' },
        uptake: { text: 'Because.', item: 'plan' },
      },
    });
    expect(made.status).toBe(201);
    for (const expert of ['expert1', 'expert2', 'adjudicator']) {
      const rated = await post(expert, `/api/v1/exemplars/${made.body.id}/ratings`, {
        levels: keyOf(index),
        pointers,
      });
      expect(rated.status).toBe(200);
    }
    return made.body.id as string;
  }

  /** What the exemplars' keys are, by their title: the texts say it to nobody. */
  const keyOfTitle = (title: string) => keyOf(Number(title.split(' ')[1]));

  async function qualify(who: string): Promise<void> {
    let attempt = await post(who, '/api/v1/qualifications', { achievementVersion: version });
    expect(attempt.status).toBe(201);
    while (attempt.body.state === 'open') {
      expect(JSON.stringify(attempt.body)).not.toContain('Because of the aim');
      attempt = await post(who, `/api/v1/qualifications/${attempt.body.id}/responses`, {
        exemplar: attempt.body.next.id,
        levels: keyOfTitle(attempt.body.next.title),
      });
    }
    expect(attempt.body).toMatchObject({
      state: 'certified',
      rated: 20,
      next: null,
      result: { exact: 40, ratings: 40 },
    });
  }

  async function submitted(who: string): Promise<string> {
    const draft = await post(who, '/api/v1/submissions', { achievement });
    const id = draft.body.id as string;
    const file = await service.http
      .post('/api/v1/artefacts')
      .set(cast[who]!.auth)
      .attach('file', Buffer.from(aPdf(id)), { filename: 'Rosa Diaz.pdf', contentType: 'application/pdf' });
    const one = await send(
      who,
      'put',
      `/api/v1/submissions/${id}/answers/lesson-plan`,
      { artefacts: [file.body.id] },
      { 'If-Match': draft.headers['etag'] },
    );
    await send(
      who,
      'put',
      `/api/v1/submissions/${id}/answers/reflection`,
      { text: 'word '.repeat(200) },
      { 'If-Match': one.headers['etag'] },
    );
    const done = await post(who, `/api/v1/submissions/${id}/submit`);
    expect([done.status, done.body.errors]).toEqual([200, undefined]);
    await service.settle();
    return id;
  }

  const openAssignment = async (who: string): Promise<string | undefined> =>
    (await get(who, '/api/v1/assignments?state=open')).body.items[0]?.id;

  const ratingOf = (work: Work, level: number) => ({
    criteria: Object.fromEntries(
      work.rubric.criteria.map(({ id, levels }) => [
        id,
        {
          level: levels[level - 1]!.id,
          feedback: `Look again at ${id}.`,
          pointers: work.evidence.map(({ requirement, files }) =>
            files[0] === undefined
              ? { requirement, note: 'words' }
              : { requirement, artefact: files[0].artefact, page: 1 },
          ),
        },
      ]),
    ),
  });

  async function rate(who: string, level: number): Promise<Answer> {
    const id = await openAssignment(who);
    const work = (await get(who, `/api/v1/assignments/${id}`)).body as unknown as Work;
    const rated = await post(who, `/api/v1/assignments/${id}/rating`, ratingOf(work, level));
    await service.settle();
    return rated as unknown as Answer;
  }

  beforeAll(async () => {
    service = await aService();
    district = await aDistrict(service);
    const roles: { [name: string]: Role[] } = {
      admin: ['admin'],
      lead: ['lead'],
      expert1: ['expert'],
      expert2: ['expert'],
      adjudicator: ['adjudicator', 'expert'],
      reviewer1: ['reviewer'],
      reviewer2: ['reviewer'],
      novice: ['reviewer'],
      teacher: ['teacher'],
      teacher2: ['teacher'],
    };
    for (const [name, own] of Object.entries(roles)) cast[name] = await aMember(service, district, own);
    cast['foreigner'] = await aMember(service, await aDistrict(service), [
      'lead',
      'admin',
      'reviewer',
      'teacher',
      'expert',
    ]);
    const made = await post('admin', '/api/v1/achievements', { slug: 'feedback', content });
    achievement = made.body.id;
    const published = await post('admin', `/api/v1/achievements/${achievement}/versions/1/publish`);
    expect([published.status, published.body.detail]).toEqual([200, undefined]);
    version = published.body.version.id;
    for (let index = 0; index < 20; index += 1) await anExemplar('qualifying', index);
    await anExemplar('practice', 20);
    const panel = await post('lead', '/api/v1/certifications/founding-panel', {
      achievementVersion: version,
    });
    expect(panel.body.items).toHaveLength(3);
    await qualify('reviewer1');
    await qualify('reviewer2');
  });
  afterAll(() => service.close());

  it('certified those who rated as the experts did, each for this version', async () => {
    const mine = await get('reviewer1', '/api/v1/certifications/mine');
    expect(mine.body.items).toMatchObject([
      { achievementVersion: version, state: 'active', basis: 'qualification' },
    ]);
    const all = await get('lead', '/api/v1/certifications');
    expect(all.body.items.map((one: { basis: string }) => one.basis).sort()).toEqual([
      'keying',
      'keying',
      'keying',
      'qualification',
      'qualification',
    ]);
    expect((await get('reviewer1', '/api/v1/certifications')).status).toBe(403);
  });

  it('shows a practice key only after the commit', async () => {
    const path = `/api/v1/practice-exemplars?achievementVersion=${version}`;
    const before = await get('novice', path);
    expect(before.body.items).toMatchObject([{ title: 'Exemplar 20', key: null, myLevels: null }]);
    const [{ id }] = before.body.items;
    const after = await post('novice', `/api/v1/practice-exemplars/${id}/rating`, { levels: levelsOf(1, 1) });
    expect(after.body.key).toMatchObject({ levels: keyOf(20), rationale: { clarity: { item: 'plan' } } });
    expect((await get('novice', path)).body.items[0].myLevels).toEqual(levelsOf(1, 1));
  });

  it('is driven by a caller who has nothing but /openapi.json, from the list to the sign-off', async () => {
    const submission = await submitted('teacher');
    const document = (await service.http.get('/openapi.json')).body as {
      paths: Record<string, Record<string, Record<string, never>>>;
    };
    const operation = (id: string): Operation => {
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, row] of Object.entries(methods)) {
          if ((row['operationId'] as unknown) === id) {
            const body = row['requestBody'] as unknown as
              { content: { 'application/json': { schema: never } } } | undefined;
            return { method, path, schema: body?.content['application/json'].schema ?? ({} as never) };
          }
        }
      }
      throw new Error(`no operation ${id}`);
    };
    const call = (who: string, id: string, params: Record<string, string>, body?: object) => {
      const { method, path } = operation(id);
      const filled = path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => params[name]!);
      return send(who, method as 'get' | 'post', filled, body);
    };
    expect(operation('commitRating').schema['required']).toEqual(['criteria']);
    for (const who of ['reviewer1', 'reviewer2']) {
      const list = await call(who, 'listMyAssignments', {});
      const { id } = list.body.items.find((one: { state: string }) => one.state === 'open');
      const work = await call(who, 'getAssignment', { assignment: id });
      const committed = await call(
        who,
        'commitRating',
        { assignment: id },
        ratingOf(work.body as unknown as Work, 3),
      );
      expect([committed.status, committed.body.errors]).toEqual([200, undefined]);
    }
    await service.settle();
    const decision = await call('teacher', 'getSubmissionDecision', { submission });
    expect(decision.body).toMatchObject({
      submission,
      outcome: 'met',
      reviews: 2,
      adjudicated: false,
      criteria: [
        {
          id: 'clarity',
          level: { id: 'clarity-3', name: 'Proficient' },
          feedback: ['Look again at clarity.', 'Look again at clarity.'],
        },
        { id: 'uptake' },
      ],
    });
    const same = await call('lead', 'getDecision', { decision: decision.body.id });
    expect(same.body).toEqual(decision.body);
    const words = JSON.stringify(decision.body);
    for (const who of ['reviewer1', 'reviewer2']) expect(words).not.toContain(cast[who]!.member.id);
  });

  it('sends a difference to a blind third reading, and tells the teacher of it only with the decision', async () => {
    const submission = await submitted('teacher2');
    const work = await get('reviewer1', `/api/v1/assignments/${await openAssignment('reviewer1')}`);
    const [file] = (work.body as unknown as Work).evidence.flatMap(({ files }) => files);
    expect(file!.name).toBe('lesson-plan-1.pdf');
    expect(JSON.stringify(work.body)).not.toMatch(/Rosa|Diaz/);
    const bytes = await get('reviewer1', file!.url);
    expect([bytes.status, bytes.headers['cache-control'], bytes.headers['content-disposition']]).toEqual([
      200,
      'private, no-store',
      'inline; filename="lesson-plan-1.pdf"',
    ]);
    expect((bytes.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const part = await send('reviewer1', 'get', file!.url, undefined, { Range: 'bytes=1-3' });
    expect([part.status, (part.body as Buffer).toString()]).toEqual([206, 'PDF']);
    for (const who of ['reviewer2', 'novice', 'adjudicator', 'foreigner'])
      expect((await get(who, file!.url)).status).toBe(404);

    expect((await rate('reviewer1', 4)).status).toBe(200);
    expect((await get('teacher2', `/api/v1/submissions/${submission}/decision`)).status).toBe(404);
    expect((await get('lead', '/api/v1/review-cases?state=rating')).body).toMatchObject({
      items: [{ submission }],
    });
    await rate('reviewer2', 2);
    expect((await get('teacher2', `/api/v1/submissions/${submission}`)).body.state).toBe('in_review');
    const cases = (await get('lead', '/api/v1/review-cases?state=adjudicating')).body;
    expect(cases.items).toMatchObject([{ submission, waitsFor: null }]);
    expect(cases.figures).toContainEqual({ state: 'adjudicating', count: 1, oldest: service.clock.now() });
    await rate('adjudicator', 2);
    const decision = await get('teacher2', `/api/v1/submissions/${submission}/decision`);
    expect(decision.body).toMatchObject({ outcome: 'not_yet', adjudicated: true, reviews: 3 });
    expect(decision.body.criteria[0].feedback).toEqual(['Look again at clarity.']);
    expect((await get('teacher', `/api/v1/decisions/${decision.body.id}`)).status).toBe(404);
    expect((await get('foreigner', `/api/v1/decisions/${decision.body.id}`)).status).toBe(404);
    expect((await get('teacher2', '/api/v1/decisions')).body.items).toHaveLength(1);
    expect((await get('lead', '/api/v1/decisions')).body.items.length).toBeGreaterThan(1);
  });

  it('keeps a draft under its ETag, and says what is wrong with a rating, field by field', async () => {
    cast['teacher3'] = await aMember(service, district, ['teacher']);
    await submitted('teacher3');
    const id = await openAssignment('reviewer1');
    const path = `/api/v1/assignments/${id}`;
    const work = await get('reviewer1', path);
    const draft = {
      criteria: { clarity: { level: 'clarity-2', pointers: [{ requirement: 'reflection' }] } },
    };
    expect((await send('reviewer1', 'put', `${path}/draft`, draft)).status).toBe(428);
    const saved = await send('reviewer1', 'put', `${path}/draft`, draft, {
      'If-Match': work.headers['etag'],
    });
    expect([saved.status, saved.body.draft.criteria.clarity.level]).toEqual([200, 'clarity-2']);
    expect(
      (await send('reviewer1', 'put', `${path}/draft`, draft, { 'If-Match': work.headers['etag'] })).status,
    ).toBe(412);
    expect((await get('reviewer1', path)).headers['etag']).toBe(saved.headers['etag']);

    const invalid = await post('reviewer1', `${path}/rating`, {
      criteria: { clarity: { level: 'clarity-2', pointers: [] } },
      extra: 1,
    });
    expect([invalid.status, invalid.type]).toEqual([400, 'application/problem+json']);
    expect(invalid.body.errors.map((one: { pointer: string }) => one.pointer).sort()).toEqual([
      '/criteria/clarity/feedback',
      '/criteria/clarity/pointers',
      '/extra',
    ]);
    const broken = ratingOf(work.body as unknown as Work, 3);
    broken.criteria['clarity']!.level = 'uptake-1';
    delete (broken.criteria as { uptake?: object }).uptake;
    const refused = await post('reviewer1', `${path}/rating`, broken);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/criteria/clarity/level',
        detail:
          'must be a level of this criterion in this version: clarity-1, clarity-2, clarity-3, clarity-4',
      },
      { pointer: '/criteria/uptake', detail: 'is required: every criterion needs a level' },
    ]);
    for (const who of ['reviewer2', 'novice', 'foreigner']) expect((await get(who, path)).status).toBe(404);
    expect((await get('teacher3', path)).status).toBe(403);
    expect((await post('reviewer1', `${path}/decline`, { reason: 'bored' })).status).toBe(400);
    expect(
      (await post('reviewer1', '/api/v1/assignments/asg_none/decline', { reason: 'conflict' })).status,
    ).toBe(404);
    const repeat = ratingOf(work.body as unknown as Work, 3);
    const first = await post('reviewer1', `${path}/rating`, repeat);
    const again = await post('reviewer1', `${path}/rating`, repeat);
    expect([first.status, again.status, again.body.id]).toEqual([200, 200, first.body.id]);
    expect(
      (await post('reviewer1', `${path}/rating`, ratingOf(work.body as unknown as Work, 4))).status,
    ).toBe(409);
    await service.settle();
  });

  it('takes open work from a suspended reviewer, and gives it to somebody else when there is one', async () => {
    cast['teacher4'] = await aMember(service, district, ['teacher']);
    const submission = await submitted('teacher4');
    const taken = (await get('reviewer2', '/api/v1/assignments?state=open')).body.items.length;
    expect(taken).toBeGreaterThan(0);
    const [certification] = (await get('reviewer2', '/api/v1/certifications/mine')).body.items;
    const path = `/api/v1/certifications/${certification.id}`;
    expect((await post('reviewer2', `${path}/suspend`, { reason: 'x' })).status).toBe(403);
    expect((await post('foreigner', `${path}/suspend`, { reason: 'x' })).status).toBe(404);
    expect((await post('lead', `${path}/suspend`, { reason: 'drift' })).body.state).toBe('suspended');
    await service.settle();
    expect((await get('reviewer2', '/api/v1/assignments?state=open')).body.items).toEqual([]);
    const waiting = (await get('lead', '/api/v1/review-cases')).body.items;
    expect(waiting.map((one: { submission: string }) => one.submission)).toContain(submission);
    // Somebody else qualifies: the case that waits goes on by itself.
    await qualify('novice');
    service.clock.advance(61);
    await service.settle();
    expect(await openAssignment('novice')).toBeDefined();
    expect((await get('lead', '/api/v1/review-cases')).body.items).toEqual([]);
    expect((await post('lead', `${path}/reinstate`, { reason: 'recalibrated' })).body.state).toBe('active');
  });

  it('shows exemplars only to those who may know them, and never another district’s', async () => {
    const list = `/api/v1/exemplars?achievementVersion=${version}`;
    const seen = (await get('lead', `${list}&limit=200`)).body.items;
    expect(seen).toHaveLength(21);
    const [{ id, title }] = seen;
    expect((await get('expert1', `/api/v1/exemplars/${id}`)).body.key.levels).toEqual(keyOfTitle(title));
    expect((await get('reviewer1', `/api/v1/exemplars/${id}`)).status).toBe(403);
    expect((await get('foreigner', `/api/v1/exemplars/${id}`)).status).toBe(404);
    cast['late'] = await aMember(service, district, ['expert']);
    expect((await get('late', `/api/v1/exemplars/${id}`)).status).toBe(404);
    expect((await get('late', list)).body.items).toEqual([]);
    expect(
      (await post('late', `/api/v1/exemplars/${id}/ratings`, { levels: keyOf(0), pointers })).status,
    ).toBe(409);
    expect((await get('lead', '/api/v1/exemplars')).status).toBe(400);
  });
});
