import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf } from '../support/access-matrix.js';
import { httpSamples } from '../support/http-samples.js';
import {
  anHttpWorld,
  reviewedContent,
  type CallerName,
  type HttpWorld,
  type Things,
} from '../support/http-world.js';
import { rawCall, type RawAnswer } from '../support/raw-call.js';
import { complaints, type Refusal } from '../support/refusals.js';
import { multipart, requestOf, type SampleCall } from '../support/sample-call.js';
import { aPdf } from '../support/work-house.js';

let world: HttpWorld;
let samples: ReturnType<typeof httpSamples>;
let t: Things;
let tried = 0;

beforeAll(async () => {
  world = await anHttpWorld();
  samples = httpSamples(world);
  t = world.things;
}, 120_000);
afterAll(async () => {
  console.log(`${tried} refusals`);
  await world?.close();
});

const send = (as: CallerName, operation: string, sample: SampleCall) =>
  world.send(as, world.route(operation), sample);

/** Does something that is to succeed, and waits for what follows from it. */
async function done(as: CallerName, operation: string, sample: SampleCall): Promise<RawAnswer> {
  const answer = await send(as, operation, sample);
  expect([operation, answer.status < 300, answer.text.slice(0, answer.status < 300 ? 0 : 300)]).toEqual([
    operation,
    true,
    '',
  ]);
  await world.service.settle();
  return answer;
}

/** Expects a refusal that leaves nothing behind. */
async function refuses(
  as: CallerName,
  operation: string,
  sample: SampleCall,
  status: Refusal['status'],
  pointer?: string,
): Promise<void> {
  tried += 1;
  world.store.forget();
  const answer = await send(as, operation, sample);
  const expected = pointer === undefined ? { status } : { status, pointer };
  expect(complaints(`${operation} as ${as}`, answer, world.store, expected)).toEqual([]);
}

const etagOf = async (as: CallerName, operation: string, sample: SampleCall) =>
  String((await send(as, operation, sample)).headers.etag);

const reason = { reason: 'To see what is refused.' };

describe('If-Match', () => {
  it('is asked for by every PUT and PATCH, and a stale one is refused; nothing is changed', async () => {
    const rows = world.service.routes.filter((route) => ['PUT', 'PATCH'].includes(route.method));
    expect(rows.length).toBeGreaterThan(4);
    for (const { operationId } of rows) {
      const sample = samples[operationId] as SampleCall;
      const { ifMatch: _stale, ...without } = sample;
      await refuses(callerOf(operationId), operationId, without, 428);
      await refuses(callerOf(operationId), operationId, sample, 412);
      await refuses(callerOf(operationId), operationId, { ...sample, ifMatch: 'W/"x", nonsense' }, 412);
    }
  });
});

describe('a submission', () => {
  const of = (id: string) => ({ params: { submission: id } });

  it('is begun once, for a published achievement that is reviewed, on its current version', async () => {
    const begin = (achievement: string, more = {}) => ({ json: { achievement, ...more } });
    await refuses('teacher', 'createSubmission', begin(t.reviewed.id), 409, '/achievement');
    await refuses('colleague', 'createSubmission', begin(t.discussion.id), 409, '/achievement');
    await refuses('teacher', 'createSubmission', begin(t.outside.id), 422, '/achievement');
    await refuses('teacher', 'createSubmission', begin(t.milestone.id), 422, '/achievement');
    await refuses('teacher', 'createSubmission', begin(t.fresh.id, { version: 2 }), 422, '/version');
    await refuses('teacher', 'createSubmission', begin(t.unfinished.id), 404);
    await refuses('teacher', 'createSubmission', begin('fresh-work'), 404);
    await done('admin', 'retireAchievementVersion', { params: { achievement: t.spare.id, version: '1' } });
    await refuses('teacher', 'createSubmission', begin(t.spare.id), 422, '/achievement');
  });

  it('takes answers only as its requirements say', async () => {
    const ifMatch = await etagOf('teacher', 'getSubmission', of(t.draft));
    const answer = (requirement: string, json: object) => ({
      params: { submission: t.draft, requirement },
      json,
      ifMatch,
    });
    const foreign = (await done('colleague', 'uploadArtefact', { file: aText('Of a colleague.') })).json.id;
    await refuses('teacher', 'answerRequirement', answer('colour', { text: 'Red.' }), 404);
    await refuses(
      'teacher',
      'answerRequirement',
      answer('reflection', { artefacts: [t.artefact] }),
      422,
      '/artefacts',
    );
    await refuses('teacher', 'answerRequirement', answer('lesson-plan', { text: 'A plan.' }), 422, '/text');
    await refuses(
      'teacher',
      'answerRequirement',
      answer('lesson-plan', { artefacts: [foreign] }),
      422,
      '/artefacts/0',
    );
    await refuses(
      'teacher',
      'answerRequirement',
      answer('lesson-plan', { artefacts: [t.spareArtefact] }),
      422,
      '/artefacts/0',
    );
    await refuses(
      'teacher',
      'answerRequirement',
      answer('lesson-plan', { artefacts: [t.artefact, t.artefact] }),
      422,
      '/artefacts/1',
    );
    await refuses(
      'teacher',
      'answerRequirement',
      answer('lesson-plan', { artefacts: ['art_aaaaaaaaaaaaaaaaaaaaaaaaaa'] }),
      422,
      '/artefacts/0',
    );
    await refuses(
      'teacher',
      'answerRequirement',
      answer('lesson-plan', { artefacts: Array(3).fill(t.artefact) }),
      422,
      '/artefacts',
    );
  });

  it('is submitted once, and then left as it is', async () => {
    await refuses('colleague', 'submitSubmission', of(t.inReview), 409);
    const ifMatch = await etagOf('colleague', 'getSubmission', of(t.inReview));
    const late = {
      params: { submission: t.inReview, requirement: 'reflection' },
      json: { text: 'More.' },
      ifMatch,
    };
    await refuses('colleague', 'answerRequirement', late, 409);
    await refuses('colleague', 'startNextAttempt', of(t.inReview), 409);
    await refuses('teacher', 'submitSubmission', of(t.submission), 409);
    await refuses('teacher', 'withdrawSubmission', of(t.submission), 409);
    await refuses('teacher', 'startNextAttempt', of(t.submission), 409);
  });

  it('that is incomplete keeps what is wanting, and says every part of it', async () => {
    const answer = await send('teacher', 'submitSubmission', of(t.draft));
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/answers/lesson-plan',
      '/answers/reflection',
    ]);
    const kept = await send('teacher', 'getSubmission', of(t.draft));
    expect(kept.json).toMatchObject({ state: 'incomplete', findings: answer.json.errors, submittedAt: null });
  });

  it('takes consents only for files of its teacher that are there, and for a time to come', async () => {
    const consent = (json: object) => ({
      params: { submission: t.draft },
      json: { artefacts: [t.artefact], statement: 'Forms are kept.', ...json },
    });
    await refuses('teacher', 'recordConsent', consent({ artefacts: [t.openArtefact] }), 422, '/artefacts/0');
    await refuses('teacher', 'recordConsent', consent({ statement: '  ' }), 422, '/statement');
    const [from, to] = ['2030-01-02T00:00:00Z', '2030-01-01T00:00:00Z'];
    await refuses('teacher', 'recordConsent', consent({ from, to }), 422, '/to');
    await refuses(
      'teacher',
      'recordConsent',
      consent({ from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' }),
      422,
      '/to',
    );
    await refuses('teacher', 'recordConsent', consent({ to: '2030-02-31T00:00:00Z' }), 400, '/to');
    await done('teacher', 'eraseArtefact', { params: { artefact: t.spareArtefact } });
    await refuses('teacher', 'recordConsent', consent({ artefacts: [t.spareArtefact] }), 422, '/artefacts/0');
  });
});

const aText = (text: string) => ({ name: 'notes.txt', mediaType: 'text/plain', bytes: Buffer.from(text) });

describe('an upload', () => {
  const files = () => readdir(join(world.service.dataDir, 'files'), { recursive: true });

  it('is refused when it is empty, of another type than it says, too large, or not alone; no file stays', async () => {
    const before = await files();
    const upload = (mediaType: string, bytes: Uint8Array, name = 'file') => ({
      file: { name, mediaType, bytes },
    });
    const large = Buffer.alloc(2_000_001, 'a');
    await refuses('teacher', 'uploadArtefact', upload('text/plain', Buffer.alloc(0)), 400, '/file');
    await refuses('teacher', 'uploadArtefact', upload('image/png', aPdf()), 415, '/file');
    await refuses(
      'teacher',
      'uploadArtefact',
      upload('text/html', Buffer.from('<script>1</script>')),
      415,
      '/file',
    );
    await refuses('teacher', 'uploadArtefact', upload('image/svg+xml', Buffer.from('<svg/>')), 415, '/file');
    await refuses(
      'teacher',
      'uploadArtefact',
      upload('application/octet-stream', Buffer.from([0, 1, 2])),
      415,
      '/file',
    );
    await refuses('teacher', 'uploadArtefact', upload('text/plain', large), 413, '/file');
    await refuses(
      'teacher',
      'uploadArtefact',
      upload('image/png', Buffer.from('\x89PNG\r\n\x1a\nnot really')),
      [400, 415],
      '/file',
    );
    await refuses(
      'teacher',
      'uploadArtefact',
      upload('application/pdf', Buffer.alloc(50_000_001, 'a')),
      413,
      '/file',
    );
    const raw = async (
      body: Uint8Array | string,
      type = requestOf(world.route('uploadArtefact'), upload('text/plain', large)).headers!['Content-Type']!,
    ) => {
      tried += 1;
      world.store.forget();
      const headers = { 'Content-Type': type, Authorization: `Bearer ${world.keys.teacher}` };
      return rawCall(world.walked.result.baseUrl, {
        method: 'POST',
        path: '/api/v1/artefacts',
        headers,
        body,
      });
    };
    const one = (field: string) => multipart(aText('One.'), field);
    const two = Buffer.concat([Buffer.from(one('file')).subarray(0, -42), Buffer.from('\r\n'), one('file')]);
    for (const [body, status, pointer] of [
      [one('other'), 400, '/file'],
      [two, 400, undefined],
      ['nothing of the kind', 400, undefined],
      [Buffer.from(one('file')).subarray(0, 60), 400, undefined],
      [one('__proto__'), 400, '/file'],
    ] as const) {
      const expected = pointer === undefined ? { status } : { status, pointer };
      expect(complaints('uploadArtefact', await raw(body), world.store, expected)).toEqual([]);
    }
    expect(
      complaints('uploadArtefact', await raw('{}', 'application/json'), world.store, { status: 415 }),
    ).toEqual([]);
    expect(await files()).toEqual(before);
  }, 30_000);
});

describe('a rating', () => {
  it('rests on the version and on the evidence of the work, and says something of every criterion', async () => {
    const criteria = (t.openRating as { criteria: { [id: string]: { pointers: object[] } } }).criteria;
    const [first, ...others] = Object.keys(criteria) as [string, ...string[]];
    const change = (change: object) => ({
      params: { assignment: t.open },
      json: { criteria: { ...criteria, [first]: { ...criteria[first], ...change } } },
    });
    const at = `/criteria/${first}`;
    const pointer = criteria[first]!.pointers[0]!;
    await refuses('reviewer', 'commitRating', change({ level: `${others[0]}-3` }), 422, `${at}/level`);
    await refuses('reviewer', 'commitRating', change({ feedback: ' ' }), 422, `${at}/feedback`);
    await refuses(
      'reviewer',
      'commitRating',
      change({ pointers: [{ ...pointer, requirement: 'colour' }] }),
      422,
      `${at}/pointers/0/requirement`,
    );
    await refuses(
      'reviewer',
      'commitRating',
      change({ pointers: [{ ...pointer, artefact: t.artefact }] }),
      422,
      `${at}/pointers/0/artefact`,
    );
    await refuses(
      'reviewer',
      'commitRating',
      change({ pointers: [{ ...pointer, second: 3 }] }),
      422,
      `${at}/pointers/0/second`,
    );
    const { [first]: _left, ...rest } = criteria;
    await refuses(
      'reviewer',
      'commitRating',
      { params: { assignment: t.open }, json: { criteria: rest } },
      422,
      at,
    );
    const unknown = {
      params: { assignment: t.open },
      json: { criteria: { ...criteria, 'a.b/$': criteria[first] } },
    };
    await refuses('reviewer', 'commitRating', unknown, 422, '/criteria/a.b~1$');
    const ifMatch = await etagOf('reviewer', 'getAssignment', { params: { assignment: t.open } });
    for (const name of ['a.b', '$gt', '__proto__', 'constructor']) {
      const json = { criteria: Object.fromEntries([[name, { level: 'x' }]]) };
      await refuses(
        'reviewer',
        'saveDraftRating',
        { params: { assignment: t.open }, json, ifMatch },
        [400, 422],
      );
    }
  });

  it('is committed once and never changes', async () => {
    const rate = { params: { assignment: t.open }, json: t.openRating };
    const { criteria } = t.openRating as { criteria: { [id: string]: object } };
    const other = {
      criteria: Object.fromEntries(
        Object.entries(criteria).map(([id, one]) => [id, { ...one, feedback: 'Something else entirely.' }]),
      ),
    };
    await done('reviewer', 'commitRating', rate);
    await refuses('reviewer', 'commitRating', { ...rate, json: other }, 409);
    await refuses('reviewer', 'declineAssignment', { ...rate, json: { reason: 'conflict' } }, 409);
    const ifMatch = await etagOf('reviewer', 'getAssignment', { params: rate.params });
    await refuses('reviewer', 'saveDraftRating', { ...rate, ifMatch }, 409);
    // After the decision nothing is rated.
    await refuses(
      'reviewer',
      'commitRating',
      { params: { assignment: t.committed }, json: other },
      [409, 422],
    );
    await refuses(
      'reviewer',
      'declineAssignment',
      { params: { assignment: t.committed }, json: { reason: 'conflict' } },
      409,
    );
  });
});

describe('calibration', () => {
  it('keeps a committed rating, and takes none when none is asked for', async () => {
    const pointers = Object.fromEntries(Object.keys(t.levels).map((id) => [id, [{ item: 'plan' }]]));
    const of = (exemplar: string, change = {}) => ({
      params: { exemplar },
      json: { levels: { ...t.levels, ...change }, pointers },
    });
    const [first] = Object.keys(t.levels) as [string];
    const lower = { [first]: `${first}-1` };
    await done('expert', 'rateExemplar', of(t.gathering));
    await refuses('expert', 'rateExemplar', of(t.gathering, lower), 409);
    const settled = { params: { exemplar: t.gathering }, json: { levels: t.levels } };
    await refuses('lead', 'settleExemplarKey', settled, 409);
    await refuses(
      'expert',
      'rateExemplar',
      of(t.gathering, { [first]: 'no-such-level' }),
      422,
      `/levels/${first}`,
    );
    await refuses('expert', 'rateExemplar', of(t.gathering, { 'a.b': 'x' }), 422, '/levels/a.b');
    const rationale = (criterion: string, item: string) => ({
      params: { exemplar: t.gathering },
      json: { rationale: { [criterion]: { text: 'They take turns.', item } } },
    });
    await refuses(
      'lead',
      'setExemplarRationale',
      rationale(first, 'no-such-item'),
      422,
      `/rationale/${first}/item`,
    );
    await refuses('lead', 'setExemplarRationale', rationale('a.b', 'plan'), 422, '/rationale/a.b');
    const exemplar = (json: object) => ({
      json: {
        achievementVersion: t.reviewed.version,
        title: 'One',
        pool: 'seed',
        items: [{ id: 'plan', name: 'Plan', text: 'Text.' }],
        ...json,
      },
    });
    const plan = { id: 'plan', name: 'Plan', text: 'Text.' };
    await refuses('lead', 'createExemplar', exemplar({ items: [plan, plan] }), 422, '/items/1/id');
    await refuses('lead', 'createExemplar', exemplar({ title: '  ' }), 422, '/title');
    await refuses(
      'lead',
      'createExemplar',
      exemplar({ rationale: { 'a.b': { text: 'x', item: 'plan' } } }),
      422,
      '/rationale/a.b',
    );
    await refuses(
      'lead',
      'createExemplar',
      exemplar({ achievementVersion: t.unfinished.version }),
      422,
      '/achievementVersion',
    );
    await refuses(
      'lead',
      'certifyFoundingPanel',
      { json: { achievementVersion: t.fresh.version } },
      422,
      '/achievementVersion',
    );
  });

  it('makes exemplars of real work only de-identified, and moves and offers them by the rules', async () => {
    const source = { params: { submission: t.submission } };
    const work = (json: object) => ({
      ...source,
      json: {
        title: 'Of real work',
        pool: 'seed',
        items: [{ id: 'reflection', name: 'Reflection', text: 'They could say what to change.' }],
        checks: { names: true, faces: true, metadata: true, context: true },
        ...json,
      },
    });
    const make = 'createExemplarFromWork';
    const unchecked = { names: true, faces: true, metadata: false, context: true };
    await refuses('lead', make, work({ checks: unchecked }), 422, '/checks/metadata');
    await refuses('lead', make, work({ title: ' ' }), 422, '/title');
    const item = { id: 'other', name: 'Other' };
    await refuses('lead', make, work({ items: [item] }), 422, '/items/0');
    const foreign = work({ items: [{ ...item, artefact: t.spareArtefact }] });
    await refuses('lead', make, foreign, 422, '/items/0/artefact');
    const stray = work({ items: [{ ...item, text: 'x', replaces: t.spareArtefact }] });
    await refuses('lead', make, stray, 422, '/items/0/replaces');
    await refuses('lead', make, { ...work({}), params: { submission: t.draft } }, 404);
    await refuses('lead', 'uploadExemplarFile', { file: aText('') }, 400, '/file');
    const version = { achievementVersion: t.reviewed.version };
    const offered = { params: { exemplar: t.exemplar }, json: version };
    await refuses('lead', 'offerExemplar', offered, 422, '/achievementVersion');
    const moved = (pool: string) => ({ params: { exemplar: t.practice }, json: { pool } });
    await refuses('lead', 'moveExemplar', moved('seed'), 409);
    await refuses('lead', 'moveExemplar', moved('nowhere'), 400, '/pool');
    const made = (await done('lead', make, work({}))).json;
    const retire = { params: { exemplar: made.id }, json: { pool: 'retired' } };
    expect((await done('lead', 'moveExemplar', retire)).json).toMatchObject({ pool: 'retired' });
    await refuses('lead', 'moveExemplar', { ...retire, json: { pool: 'seed' } }, 409);
    const file = { params: { exemplar: made.id, item: 'reflection' } };
    await refuses('lead', 'getExemplarFile', file, 404);
  });

  it('takes a review policy within its bounds, from who read the one in force', async () => {
    const { json: inForce } = await done('lead', 'getReviewPolicy', {});
    const { number, from: _from, by: _by, ...numbers } = inForce;
    expect(number).toBe(0);
    const ifMatch = await etagOf('lead', 'getReviewPolicy', {});
    const policy = (change: object) => ({
      ifMatch,
      json: { ...numbers, qualification: { ...numbers.qualification, ...change } },
    });
    await refuses('lead', 'setReviewPolicy', policy({ form: 4 }), 422, '/qualification/form');
    await refuses('lead', 'setReviewPolicy', policy({ exactRate: 1 }), 422, '/qualification/exactRate');
    await refuses('lead', 'setReviewPolicy', policy({ form: 10.5 }), 400, '/qualification/form');
    await refuses('lead', 'setReviewPolicy', policy({ failTwoOff: 0.02 }), 422, '/qualification/failTwoOff');
    const set = await done('lead', 'setReviewPolicy', policy({ exactRate: 0.7 }));
    expect(set.json).toMatchObject({ number: 1, qualification: { exactRate: 0.7 } });
    await refuses('admin', 'setReviewPolicy', policy({ exactRate: 0.6 }), 412);
    const { json } = await done('reviewer', 'listReviewPolicies', {});
    expect(json.items.map((one: { number: number }) => one.number)).toEqual([1, 0]);
  });

  it('measures nobody on what they know, twice at a time, or after the end', async () => {
    const version = { json: { achievementVersion: t.reviewed.version } };
    await refuses('reviewer', 'startQualification', version, 409);
    await refuses(
      'reviewer',
      'startQualification',
      { json: { achievementVersion: t.fresh.version } },
      422,
      '/achievementVersion',
    );
    const response = {
      params: { qualification: t.qualification },
      json: { exemplar: t.exemplar, levels: t.levels },
    };
    await refuses('reviewer', 'commitQualificationResponse', response, 409);
    const practice = { params: { exemplar: t.practice }, json: { levels: t.levels } };
    await refuses('adjudicator', 'ratePracticeExemplar', practice, [409, 422]);
  });

  it('changes a certification only from a state that the change follows on', async () => {
    const of = { params: { certification: t.certification }, json: reason };
    await refuses('lead', 'reinstateCertification', of, 409);
    await refuses('lead', 'endProbation', of, 409);
    expect((await done('lead', 'beginProbation', of)).json).toMatchObject({ state: 'probation' });
    await refuses('lead', 'beginProbation', of, 409);
    expect((await done('lead', 'endProbation', of)).json).toMatchObject({ state: 'active' });
    await done('lead', 'suspendCertification', of);
    await refuses('lead', 'beginProbation', of, 409);
    await refuses('lead', 'endProbation', of, 409);
    await refuses('lead', 'suspendCertification', of, 409);
    await done('lead', 'revokeCertification', of);
    await refuses('lead', 'revokeCertification', of, 409);
    await refuses('lead', 'suspendCertification', of, 409);
    await refuses('lead', 'reinstateCertification', of, 409);
  });
});

describe('an achievement', () => {
  it('is published and retired once, and never edited after', async () => {
    const one = { params: { achievement: t.fresh.id, version: '1' } };
    const ifMatch = await etagOf('admin', 'getAchievementVersion', one);
    await refuses('admin', 'publishAchievementVersion', one, 409);
    await refuses(
      'admin',
      'editAchievementDraft',
      { ...one, ifMatch, json: reviewedContent('Other words') },
      409,
    );
    await refuses(
      'admin',
      'retireAchievementVersion',
      { params: { achievement: t.unfinished.id, version: '1' } },
      [409, 422],
    );
    await refuses(
      'admin',
      'retireAchievementVersion',
      { params: { achievement: t.spare.id, version: '1' } },
      [409, 422],
    );
    await refuses('admin', 'startAchievementVersion', { params: { achievement: t.unfinished.id } }, 409);
    const again = { json: { slug: 'fresh-work', content: reviewedContent('The same') } };
    await refuses('admin', 'createAchievement', again, 409, '/slug');
    await refuses(
      'admin',
      'createAchievement',
      { json: { ...again.json, slug: 'Not A Slug' } },
      422,
      '/slug',
    );
  });

  it('is not published with what stands against it, and every part is named', async () => {
    const content = { ...reviewedContent('Bare'), alignments: [], description: '' };
    const made = await done('admin', 'createAchievement', { json: { slug: 'bare', content } });
    const bare = { params: { achievement: made.json.id, version: '1' } };
    await refuses('admin', 'publishAchievementVersion', bare, 422, '/alignments');
    await refuses('admin', 'publishAchievementVersion', bare, 422, '/description');
    const named = structuredClone(reviewedContent('Named')) as unknown as {
      assessment: {
        rubric: { criteria: { id: string; requiredLevel: string }[] };
        requirements: { id: string }[];
      };
    };
    named.assessment.rubric.criteria[0]!.id = 'constructor';
    named.assessment.rubric.criteria[0]!.requiredLevel = 'constructor-3';
    named.assessment.requirements[0]!.id = 'prototype';
    const odd = await done('admin', 'createAchievement', { json: { slug: 'odd', content: named } });
    const publish = { params: { achievement: odd.json.id, version: '1' } };
    await refuses('admin', 'publishAchievementVersion', publish, 422, '/assessment/rubric/criteria/0/id');
    await refuses('admin', 'publishAchievementVersion', publish, 422, '/assessment/requirements/0/id');
    const draft = await send('admin', 'getAchievementVersion', bare);
    expect(draft.json.state).toBe('draft');
  });

  it('keeps a draft whose names no store keeps out of the store', async () => {
    const params = { achievement: t.unfinished.id, version: '1' };
    const ifMatch = await etagOf('admin', 'getAchievementVersion', { params });
    const good = reviewedContent('Floors');
    for (const name of ['a.b', '$gt', '__proto__', 'constructor']) {
      const rule = { kind: 'compensatory', cut: 3, floors: Object.fromEntries([[name, 'clarity-1']]) };
      const assessment = {
        ...good.assessment,
        rubric: { ...(good.assessment as { rubric: object }).rubric, rule },
      };
      const sample = { params, ifMatch, json: { ...good, assessment } };
      await refuses('admin', 'editAchievementDraft', sample, 400, `/assessment/rubric/rule/floors`);
    }
  });
});

describe('an award', () => {
  it('is given once, of what is assessed outside, to a member, for a time that makes sense', async () => {
    const award = (json: object) => ({
      json: { achievement: t.outside.id, member: t.members.author, ...json },
    });
    await refuses('admin', 'createAward', award({ achievement: t.reviewed.id }), 422, '/achievement');
    await refuses('admin', 'createAward', award({ achievement: t.milestone.id }), 422, '/achievement');
    await refuses('admin', 'createAward', award({ achievement: 'outside' }), 422, '/achievement');
    await refuses('admin', 'createAward', award({ email: 'a@riverbend.example' }), 422, '/email');
    await refuses('admin', 'createAward', { json: { achievement: t.outside.id } }, 422, '/email');
    await refuses(
      'admin',
      'createAward',
      { json: { achievement: t.outside.id, email: 'nobody@riverbend.example' } },
      422,
      '/email',
    );
    await refuses(
      'admin',
      'createAward',
      award({ member: 'mbr_aaaaaaaaaaaaaaaaaaaaaaaaaa' }),
      422,
      '/member',
    );
    await refuses(
      'admin',
      'createAward',
      award({ awardedDate: '2999-01-01T00:00:00Z' }),
      422,
      '/awardedDate',
    );
    await refuses('admin', 'createAward', award({ validUntil: '2001-01-01T00:00:00Z' }), 422, '/validUntil');
    await refuses('admin', 'createAward', award({ validUntil: '2040-02-30T00:00:00Z' }), 400, '/validUntil');
    await done('admin', 'createAward', award({}));
    await refuses('admin', 'createAward', award({}), 409, '/achievement');
  });

  it('that was revoked stays so', async () => {
    const of = { params: { award: t.spareAward }, json: reason };
    await refuses('admin', 'resumeAward', { params: of.params }, 422, '/award');
    await refuses(
      'admin',
      'correctAward',
      { ...of, json: { ...reason, validUntil: '2001-01-01T00:00:00Z' } },
      422,
      '/validUntil',
    );
    await refuses(
      'admin',
      'supersedeAward',
      { ...of, json: { ...reason, validUntil: '2001-01-01T00:00:00Z' } },
      422,
      '/validUntil',
    );
    await refuses('admin', 'revokeAward', { ...of, json: { reason: '  ' } }, 422, '/reason');
    await done('admin', 'suspendAward', of);
    await refuses('admin', 'suspendAward', of, 422, '/award');
    await refuses('admin', 'correctAward', of, 422, '/award');
    await done('admin', 'revokeAward', of);
    for (const operation of ['revokeAward', 'suspendAward', 'correctAward', 'supersedeAward']) {
      await refuses('admin', operation, of, 422, '/award');
    }
    await refuses('admin', 'resumeAward', { params: of.params }, 422, '/award');
  });
});

describe('the district', () => {
  it('holds members, keys and relationships to their rules', async () => {
    const member = (json: object) => ({
      json: { email: 'new@riverbend.example', name: 'New', roles: ['coach'], ...json },
    });
    await refuses('admin', 'addMember', member({ email: 'maya.okafor@riverbend.example' }), 409, '/email');
    await refuses('admin', 'addMember', member({ email: 'no address' }), 422, '/email');
    await refuses('admin', 'addMember', member({ name: ' ' }), 422, '/name');
    const self = { params: { member: t.members.admin } };
    const ifMatch = await etagOf('admin', 'getMember', self);
    await refuses('admin', 'changeMember', { ...self, ifMatch, json: { name: ' ' } }, 422, '/name');
    const relate = (json: object) => ({
      json: { kind: 'declared', member: t.members.author, other: t.members.coach, ...json },
    });
    await refuses('admin', 'relateMembers', relate({ other: t.members.author }), 422, '/other');
    await refuses(
      'admin',
      'relateMembers',
      relate({ from: '2030-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' }),
      422,
      '/to',
    );
    await refuses('admin', 'relateMembers', relate({ from: '2026-99-99T99:99:99Z' }), 400, '/from');
    const dated = relate({ from: '2026-01-01T00:00:00Z' });
    await done('admin', 'relateMembers', dated);
    await refuses('admin', 'relateMembers', dated, 409);
    const key = (json: object) => ({ json: { member: t.members.coach, name: 'one', ...json } });
    await refuses('admin', 'createApiKey', key({ scopes: ['rule.the.world'] }), 422, '/scopes');
    await refuses('admin', 'createApiKey', key({ name: '  ' }), 422, '/name');
  });

  it('is changed only to what can be shown and dated', async () => {
    const ifMatch = await etagOf('admin', 'getDistrict', {});
    for (const [json, pointer] of [
      [{ timeZone: 'Mars/Olympus' }, '/timeZone'],
      [{ name: '  ' }, '/name'],
      [{ url: 'javascript:alert(1)' }, '/url'],
      [{ url: 'https://user:secret@riverbend.example' }, '/url'],
    ] as const) {
      await refuses('admin', 'changeDistrict', { json, ifMatch }, 422, pointer);
    }
  });

  it('is opened whole or not at all', async () => {
    const open = (district: object, admin: object) => ({
      json: {
        district: { name: 'Pine Hill Schools', slug: 'pine-hill', timeZone: 'America/Denver', ...district },
        admin: { email: 'office@pine-hill.example', name: 'Sam Ode', ...admin },
      },
    });
    await refuses('operator', 'openDistrict', open({}, { email: 'no address' }), 422, '/admin/email');
    await refuses('operator', 'openDistrict', open({}, { name: ' ' }), 422, '/admin/name');
    await refuses('operator', 'openDistrict', open({ slug: 'Pine Hill' }, {}), 422, '/district/slug');
    await refuses(
      'operator',
      'openDistrict',
      open({ timeZone: 'Mars/Olympus' }, {}),
      422,
      '/district/timeZone',
    );
    await refuses('operator', 'openDistrict', open({ url: 'javascript:alert(1)' }, {}), 422, '/district/url');
    await refuses('operator', 'openDistrict', open({ slug: 'riverbend' }, {}), 409, '/district/slug');
    await done('operator', 'openDistrict', open({}, {}));
  });
});

describe('what is done already', () => {
  it('is answered again without a second effect', async () => {
    const twice: [CallerName, string, SampleCall][] = [
      ['admin', 'revokeApiKey', { params: { key: t.key } }],
      ['admin', 'endRelationship', { params: { relationship: t.relationship } }],
      ['teacher', 'withdrawConsent', { params: { consent: t.spareConsent } }],
      ['teacher', 'withdrawSubmission', { params: { submission: t.draft } }],
      ['teacher', 'eraseArtefact', { params: { artefact: t.spareArtefact } }],
      ['reviewer', 'commitRating', { params: { assignment: t.open }, json: t.openRating }],
      ['lead', 'certifyFoundingPanel', { json: { achievementVersion: t.reviewed.version } }],
    ];
    for (const [as, operation, sample] of twice) {
      const first = await done(as, operation, sample);
      world.store.forget();
      const second = await send(as, operation, sample);
      expect([operation, second.status, second.text]).toEqual([operation, 200, first.text]);
      expect([operation, world.store.writes]).toEqual([operation, []]);
    }
  });
});
