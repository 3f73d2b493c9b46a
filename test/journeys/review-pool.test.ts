import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { District, Role } from '../../src/tenancy/index.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { aPdf } from '../support/work-house.js';

/** The example's rubric with one criterion of four levels, level 3 required. */
const content = {
  ...achievementExample,
  assessment: {
    ...achievementExample.assessment,
    rubric: {
      rule: { kind: 'conjunctive' },
      criteria: [
        {
          id: 'clarity',
          name: 'Clarity',
          description: 'What clarity is about.',
          requiredLevel: 'clarity-3',
          levels: ['Beginning', 'Developing', 'Proficient', 'Exemplary'].map((name) => ({
            name,
            descriptor: `${name} work.`,
          })),
        },
      ],
    },
  },
};
const keyOf = (title: string) => ({ clarity: `clarity-${(Number(title.split(' ')[1]) % 4) + 1}` });

let service: TestService;
let small: District;
const cast: { [name: string]: TestMember } = {};
/** The seats of the second district's reviewers, by who sits in them. */
const seats: { [who: string]: string } = {};

beforeAll(async () => {
  service = await aService();
  small = await aDistrict(service, { name: 'Three Schools' });
  const large = await aDistrict(service, { name: 'Lakeside' });
  const roles: { [name: string]: [Role[], string] } = {
    admin: [['admin'], 'Elm'],
    lead: [['lead'], 'Oak'],
    expert1: [['expert'], 'Elm'],
    expert2: [['expert'], 'Oak'],
    expert3: [['expert'], 'Ash'],
    teacher: [['teacher'], 'Elm'],
  };
  for (const [name, [own, school]] of Object.entries(roles))
    cast[name] = await aMember(service, small, own, { school, name: `Rosa ${name}` });
  cast['theirAdmin'] = await aMember(service, large, ['admin']);
  for (const name of ['outside1', 'outside2'])
    cast[name] = await aMember(service, large, ['reviewer'], { name: `Dana Whitfield ${name}` });
});
afterAll(() => service.close());

const send = (who: string, method: 'get' | 'post' | 'put', path: string, body?: object, etag?: string) => {
  const request = service.http[method](path)
    .set(cast[who]!.auth)
    .set(seats[who] === undefined ? {} : { 'Touchstone-Seat': seats[who] })
    .set(etag === undefined ? {} : { 'If-Match': etag });
  return body === undefined ? request : request.send(body);
};
async function done(who: string, method: 'get' | 'post', path: string, body?: object) {
  const answer = await send(who, method, path, method === 'post' ? (body ?? {}) : undefined);
  expect([path, answer.status < 300 ? 'done' : answer.body.detail]).toEqual([path, 'done']);
  return answer.body;
}

it('lets a district of three schools staff from another, publish and award, and tells neither side who the other’s people are', async () => {
  // The small district publishes, and its experts key exemplars.
  const { id: achievement } = await done('admin', 'post', '/api/v1/achievements', {
    slug: 'feedback',
    content,
  });
  const { version } = await done('admin', 'post', `/api/v1/achievements/${achievement}/versions/1/publish`);
  for (let index = 0; index < 20; index += 1) {
    const { id } = await done('lead', 'post', '/api/v1/exemplars', {
      achievementVersion: version.id,
      title: `Exemplar ${index}`,
      pool: 'qualifying',
      items: [{ id: 'plan', name: 'Plan', text: `Plan ${index}` }],
      rationale: { clarity: { text: 'Because of the aim.', item: 'plan' } },
    });
    for (const expert of ['expert1', 'expert2', 'expert3'])
      await done(expert, 'post', `/api/v1/exemplars/${id}/ratings`, {
        levels: keyOf(`Exemplar ${index}`),
        pointers: { clarity: [{ item: 'plan' }] },
      });
  }

  // The agreement, and seats for two reviewers of the other district.
  const theirs = (await service.rooms.tenancy.store.district(cast['theirAdmin']!.member.district))!;
  const { id: agreement } = await done('admin', 'post', '/api/v1/pool-agreements', {
    district: theirs.slug,
    achievements: [achievement],
  });
  await service.settle();
  await done('theirAdmin', 'post', `/api/v1/pool-agreements/${agreement}/accept`);
  for (const who of ['outside1', 'outside2']) {
    const member = cast[who]!.member.id;
    await done('theirAdmin', 'post', `/api/v1/pool-agreements/${agreement}/seats`, { member });
    const { items } = await done(who, 'get', '/api/v1/my-seats');
    expect(items).toMatchObject([{ host: { name: 'Three Schools' }, standing: 'open' }]);
    seats[who] = items[0].id;
    // Through the seat they sign the host's code of conduct, and declare.
    const { number, digest } = await done(who, 'get', '/api/v1/code-of-conduct');
    await done(who, 'post', '/api/v1/declarations/code-of-conduct', { number, digest });
    await done(who, 'post', '/api/v1/declarations/conflicts', { conflicts: [] });
  }

  // They qualify there as any reviewer does.
  for (const who of ['outside1', 'outside2']) {
    let attempt = await done(who, 'post', '/api/v1/qualifications', { achievementVersion: version.id });
    while (attempt.state === 'open')
      attempt = await done(who, 'post', `/api/v1/qualifications/${attempt.id}/responses`, {
        exemplar: attempt.next.id,
        levels: keyOf(attempt.next.title),
      });
    expect(attempt.state).toBe('certified');
  }

  // A teacher hands work in: it waits, and nobody outside sees anything of it.
  const draft = await send('teacher', 'post', '/api/v1/submissions', { achievement });
  const submission = draft.body.id as string;
  const file = await service.http
    .post('/api/v1/artefacts')
    .set(cast['teacher']!.auth)
    .attach('file', Buffer.from(aPdf('plan')), { filename: 'Rosa.pdf', contentType: 'application/pdf' });
  const answers = `/api/v1/submissions/${submission}/answers`;
  const plan = { artefacts: [file.body.id] };
  const one = await send('teacher', 'put', `${answers}/lesson-plan`, plan, draft.headers['etag']);
  const words = { text: 'word '.repeat(200) };
  await send('teacher', 'put', `${answers}/reflection`, words, one.headers['etag']);
  await done('teacher', 'post', `/api/v1/submissions/${submission}/submit`);
  await service.settle();
  const open = async (who: string) => (await done(who, 'get', '/api/v1/assignments?state=open')).items;
  expect([await open('outside1'), await open('outside2')]).toEqual([[], []]);

  // The teacher allows it and the lead finds nothing that tells: then it is drawn for both.
  await done('teacher', 'post', `/api/v1/submissions/${submission}/consents`, {
    use: 'pool-review',
    artefacts: [file.body.id],
    statement: 'I agree.',
  });
  await service.settle();
  expect([await open('outside1'), await open('outside2')]).toEqual([[], []]);
  const checks = { names: true, faces: true, metadata: true, context: true };
  await done('lead', 'post', `/api/v1/pool-work/${submission}/clear`, { checks });
  service.clock.advance(3600);
  await service.settle();
  for (const who of ['outside1', 'outside2']) {
    const [{ id }] = await open(who);
    const work = await done(who, 'get', `/api/v1/assignments/${id}`);
    for (const secret of ['Rosa', 'Elm', cast['teacher']!.member.id])
      expect(JSON.stringify(work)).not.toContain(secret);
    await done(who, 'post', `/api/v1/assignments/${id}/rating`, {
      criteria: {
        clarity: {
          level: 'clarity-3',
          feedback: 'Clear.',
          pointers: [{ requirement: 'lesson-plan', artefact: file.body.id, page: 1 }],
        },
      },
    });
  }
  await service.settle();

  // It is decided and awarded, and the statement says that the pool spans districts.
  const decision = await done('teacher', 'get', `/api/v1/submissions/${submission}/decision`);
  expect(decision).toMatchObject({ outcome: 'met', reviews: 2 });
  const awards = await done('admin', 'get', '/api/v1/awards');
  expect(awards.items).toMatchObject([{ state: 'active' }]);
  const { issuing } = service.rooms;
  const award = (await issuing.store.award(small.id, awards.items[0].id))!;
  const statement = (await issuing.store.statements.get(small.id, award.statement!))!;
  expect(JSON.parse(statement.text)).toMatchObject({ pool: { spansDistricts: true } });
  expect(statement.sentence).toContain('from a review pool that spans districts');

  // Neither side was told who the other's people are.
  const seen: string[] = [];
  for (const path of ['members', 'certifications', 'reviewer-loads', 'decisions', 'pool-agreements'])
    seen.push(JSON.stringify(await done('admin', 'get', `/api/v1/${path}`)));
  seen.push(JSON.stringify(await done('admin', 'get', `/api/v1/pool-agreements/${agreement}/seats`)));
  for (const who of ['outside1', 'outside2'])
    for (const secret of [cast[who]!.member.id, cast[who]!.member.email, cast[who]!.member.name])
      expect(seen.join()).not.toContain(secret);
  expect(seen.join()).toContain('Reviewer 2 of Lakeside');

  // Ended by the other district, nothing is open through a seat any more; the credential stays.
  await done('theirAdmin', 'post', `/api/v1/pool-agreements/${agreement}/end`);
  expect((await send('outside1', 'get', '/api/v1/assignments')).status).toBe(403);
  await service.settle();
  expect((await done('admin', 'get', '/api/v1/awards')).items).toMatchObject([{ state: 'active' }]);
  const subjects = service.mail.map(({ to, subject }) => `${to}: ${subject}`);
  expect(subjects).toContain(
    `${cast['theirAdmin']!.member.email}: Three Schools asks for reviewers of yours`,
  );
  expect(subjects).toContain(
    `${cast['outside1']!.member.email}: You have a seat in the review pool of Three Schools`,
  );
});
