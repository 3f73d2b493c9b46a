import { afterAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { createAchievement, publishVersion } from '../../src/achievements/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { uploadArtefact } from '../../src/evidence/index.js';
import { newId, plusDays, type Actor } from '../../src/kernel/index.js';
import type { Assignment } from '../../src/review/index.js';
import { answerRequirement, createSubmission, submitSubmission } from '../../src/submissions/index.js';
import type { Role } from '../../src/tenancy/index.js';
import type { Route } from '../../src/web/route.js';
import { ratingOf, seededRandomness } from '../support/review-house.js';
import { reviewedContent } from '../support/issuing-house.js';
import { aDistrict, aMember, aService, type TestMember, type TestService } from '../support/service.js';
import { rawStore, type RawStore } from './raw-store.js';

/*
 * Invariant 2 over HTTP: twin worlds with the same ids, clock and people, in which one reviewer, who has not committed,
 * asks everything that there is to ask. They differ only in what became of the other reviewer's part: nothing yet, a
 * draft, a rating of these levels or of those, or that it was given back. Every answer must be the same byte for byte,
 * and cost as many reads and writes of each kind.
 */
type Between = 'nothing' | 'draft' | 'like rating' | 'other rating' | 'given back';

interface Twin {
  readonly service: TestService;
  readonly raw: RawStore;
  /** Who asks, and whose work it is not to learn of. */
  readonly me: TestMember;
  readonly other: TestMember;
  readonly mine: Assignment;
  readonly theirs: Assignment;
  /** Of the work in both's hands, and of a submission of one's own that waits behind it. */
  readonly work: string;
  readonly own: string;
  /** Every id there was before the twins went apart: what is drawn later is drawn anew in each. */
  readonly known: ReadonlySet<string>;
  readonly params: { readonly [name: string]: readonly string[] };
}

const twins: TestService[] = [];
afterAll(async () => {
  for (const service of twins) await service.close();
});

async function aTwin(roles: readonly Role[], between: Between): Promise<Twin> {
  const raw = rawStore(await openSqlite({ file: ':memory:' }));
  const randomness = seededRandomness('twins');
  const service = await aService({ store: raw, vcApi: false, overrides: { randomness } });
  twins.push(service);
  const { achievements, calibration, review } = service.rooms;
  const district = await aDistrict(service, { name: 'Riverbend', slug: 'riverbend' });
  const actor: Actor = { kind: 'service', district: district.id };
  const content = reviewedContent();
  const { assessment } = content;
  if (assessment.by !== 'review') throw new Error('not reviewed');
  const requirements = assessment.requirements.map((one) =>
    one.kind === 'file' ? { ...one, mediaTypes: ['text/plain'] } : one,
  );
  const { achievement } = await createAchievement(achievements, actor, {
    slug: 'feedback',
    content: { ...content, assessment: { ...assessment, requirements } } as never,
  });
  const { version } = await publishVersion(achievements, actor, { achievement: achievement.id, version: 1 });
  const me = await aMember(service, district, roles, {
    email: 'me@riverbend.example',
    name: 'Kim Lee',
    school: 'North',
  });
  const other = await aMember(service, district, ['reviewer'], {
    email: 'other@riverbend.example',
    name: 'Ana Ruiz',
    school: 'South',
  });
  const teacher = await aMember(service, district, ['teacher'], {
    email: 'teacher@riverbend.example',
    name: 'Tom Hart',
    school: 'East',
  });
  const now = service.clock.now();
  for (const { member } of [me, other]) {
    const id = newId(randomness, 'cer');
    await calibration.store.certifications.insert({
      ...{ id, district: district.id, reviewer: member.id, achievementVersion: version.id, state: 'active' },
      ...{ basis: 'qualification', attempt: null, policy: 0, uniqueBy: `test:${id}`, from: now },
      ...{ until: plusDays(now, 300), reason: null, suspensions: [], revokedAt: null, effectDue: null },
      ...{ pendingEntries: [], auditDue: null },
    });
  }
  const handIn = async ({ actor: whose }: TestMember) => {
    const { submissions, evidence } = service.rooms;
    const { id } = await createSubmission(submissions, whose, { achievement: achievement.id });
    const file = { name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from(`The plan of ${id}.`) };
    const { artefact } = await uploadArtefact(evidence, whose, file);
    await answerRequirement(submissions, whose, {
      submission: id,
      requirement: 'plan',
      artefacts: [artefact.id],
    });
    await answerRequirement(submissions, whose, {
      submission: id,
      requirement: 'reflection',
      text: 'It went well.',
    });
    await submitSubmission(submissions, whose, id);
    await service.settle();
    return id;
  };
  const work = await handIn(teacher);
  service.clock.advance(3600);
  const own = await handIn(me);
  const [first] = await review.store.openAssignmentsOf(district.id, me.member.id);
  const theirs = (await review.store.openAssignmentsOf(district.id, other.member.id)).find(
    ({ submission }) => submission === work,
  );
  if (first?.submission !== work || theirs === undefined) throw new Error('the work is not in both hands');
  const known = new Set(raw.writes.map(({ id }) => id));
  service.clock.advance(3600);
  await happen(service, other, theirs, between);
  // Whatever happens, everything due is carried out, and the same time passes.
  await service.settle();
  service.clock.advance(86_400);
  await service.settle();
  const artefacts = raw.all('artefacts').map(({ id }) => id as string);
  const certifications = raw.all('certifications').map(({ id }) => id as string);
  return {
    ...{ service, raw, me, other, mine: first, theirs, work, own, known },
    params: {
      assignment: [first.id, theirs.id],
      submission: [work, own],
      member: [me.member.id, other.member.id],
      achievement: [achievement.id],
      ...{ version: ['1'], n: ['1'], slug: ['feedback'], district: ['riverbend', district.id] },
      ...{ artefact: artefacts, certification: certifications, code: ['not-found'], change: ['revoke'] },
    },
  };
}

async function happen(service: TestService, other: TestMember, theirs: Assignment, between: Between) {
  const path = `/api/v1/assignments/${theirs.id}`;
  const read = await service.http.get(path).set(other.auth);
  const rate = async (level: number) => {
    const levels = { planning: `planning-${level}`, feedback: `feedback-${level}` };
    const rating = { criteria: ratingOf({ items: read.body.evidence }, levels) };
    const answer = await service.http.post(`${path}/rating`).set(other.auth).send(rating);
    expect(answer.status).toBe(200);
  };
  switch (between) {
    case 'nothing':
      return;
    case 'draft': {
      const criteria = { planning: { level: 'planning-1', feedback: 'A draft of another.' } };
      const kept = await service.http
        .put(`${path}/draft`)
        .set(other.auth)
        .set('If-Match', read.headers['etag']!)
        .send({ criteria });
      expect(kept.status).toBe(200);
      return;
    }
    case 'like rating':
      return rate(2);
    case 'other rating':
      return rate(1);
    case 'given back': {
      const answer = await service.http
        .post(`${path}/decline`)
        .set(other.auth)
        .send({ reason: 'unavailable' });
      expect(answer.status).toBe(200);
    }
  }
}

/** Every address of a route that this world's ids make; ids of things that nobody has stand for those it has none of. */
function addresses(route: Route, { params }: Twin): readonly string[] {
  let made = [route.path];
  for (const [whole, name] of [...route.path.matchAll(/\{([A-Za-z]+)\}/g)].map(
    (one) => [one[0], one[1]!] as const,
  )) {
    const values = params[name] ?? [`${name.slice(0, 3)}_${'a'.repeat(26)}`];
    made = made.flatMap((path) => values.map((value) => path.replace(whole, encodeURIComponent(value))));
  }
  return made;
}

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const anyId = /\b[a-z]{3}_[a-z2-7]{26}\b/g;

/** Everything of an answer, but what is drawn for it anew: the id of the request, and of what was made since. */
function told(what: string, { status, headers, body, text }: Response, known: ReadonlySet<string>) {
  const { date: _now, ...rest } = headers as { [name: string]: string };
  const bytes = Buffer.isBuffer(body) ? body.toString('base64') : (text ?? '');
  // A public head is a digest of everything that is on record, and says how many entries that is: whoever asks for it sees
  // that something was recorded on a day, and nothing of what (docs/adr/0026-heads-are-public.md).
  if (what.includes('/.well-known/audit/')) return { status, headers: {}, body: '' };
  // What is signed is signed by a key that each twin made for itself: of it all but the signature, and the tag made of it.
  const isSigned = rest['content-type'] === 'application/jose' || what.includes('.jwt');
  // So is the tag of what holds the id of the rating that was drawn now.
  if (isSigned || what === 'commit') delete rest['etag'];
  const blind = (value: string) =>
    value.replaceAll(uuid, 'request').replaceAll(anyId, (id) => (known.has(id) ? id : id.slice(0, 3)));
  return {
    status,
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, blind(String(value))])),
    body: blind(isSigned ? bytes.split('.').slice(0, 2).join('.') : bytes),
  };
}

/** What was asked of the store since it stood so, by kind. */
function costs(raw: RawStore, since: number): { readonly [kind: string]: number } {
  const counted: { [kind: string]: number } = {};
  for (const kind of raw.asked.slice(since)) counted[kind] = (counted[kind] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counted).sort());
}

/**
 * What costs more reads while something is hidden from a lead who reviews too: the figures of reviewers, from which a
 * rating that may not be known yet is taken out again. What is answered is the same; the reads are not yet.
 */
const costsMore = [/^GET \/api\/v1\/reviewer-figures/, /^GET \/figures/];

interface Heard {
  readonly what: string;
  readonly answer: ReturnType<typeof told>;
  readonly costs: ReturnType<typeof costs>;
}

/** Asks everything there is to ask, the same of every twin. */
async function walk(twin: Twin): Promise<readonly Heard[]> {
  const { service, raw, me, mine, theirs, own, known } = twin;
  const heard: Heard[] = [];
  const hear = async (what: string, ask: () => PromiseLike<Response>) => {
    const since = raw.asked.length;
    const answer = await ask();
    heard.push({
      what,
      answer: told(what, answer, known),
      costs: costsMore.some((path) => path.test(what)) ? {} : costs(raw, since),
    });
    return answer;
  };
  const { http } = service;
  for (const route of service.routes.filter(({ method }) => method === 'GET'))
    for (const path of addresses(route, twin)) {
      const { headers } = await hear(`GET ${path}`, () => http.get(path).set(me.auth));
      const etag = headers['etag'];
      if (etag !== undefined && route.access !== 'public')
        await hear(`GET ${path} if changed`, () => http.get(path).set(me.auth).set('If-None-Match', etag));
    }
  for (const query of ['?limit=1', '?state=open', '?state=committed', '?state=waiting', '?state=rating'])
    for (const path of [
      '/api/v1/assignments',
      '/api/v1/review-cases',
      '/reviews',
      '/review-cases',
      '/decisions',
    ])
      await hear(`GET ${path}${query}`, () => http.get(`${path}${query}`).set(me.auth));
  for (const { id } of [mine, theirs]) {
    const path = `/api/v1/assignments/${id}`;
    await hear(`empty rating ${id}`, () => http.post(`${path}/rating`).set(me.auth).send({ criteria: {} }));
    await hear(`no rating ${id}`, () => http.post(`${path}/rating`).set(me.auth).send({}));
    await hear(`stale draft ${id}`, () =>
      http.put(`${path}/draft`).set(me.auth).set('If-Match', '"old"').send({ criteria: {} }),
    );
    await hear(`decline without a reason ${id}`, () => http.post(`${path}/decline`).set(me.auth).send({}));
    await hear(`form ${id}`, () =>
      http.post(`/reviews/${id}`).set(me.auth).type('form').send({ act: 'commit' }),
    );
  }
  await hear('own next attempt', () =>
    http.post(`/api/v1/submissions/${own}/next-attempt`).set(me.auth).send({}),
  );
  await hear('mails', async () => {
    const mails = service.mail
      .filter(({ to }) => to === me.member.email)
      .map(({ subject, text }) => subject + text);
    return { status: 200, headers: {}, text: JSON.stringify(mails) } as unknown as Response;
  });
  return heard;
}

/** Then the own rating: what it is answered with, before anything else was carried out. */
async function commit({ service, raw, me, mine, known }: Twin): Promise<Heard> {
  const path = `/api/v1/assignments/${mine.id}`;
  const { body } = await service.http.get(path).set(me.auth);
  const levels = { planning: 'planning-2', feedback: 'feedback-2' };
  const since = raw.asked.length;
  const answer = await service.http
    .post(`${path}/rating`)
    .set(me.auth)
    .send({ criteria: ratingOf({ items: body.evidence }, levels) });
  return { what: 'commit', answer: told('commit', answer, known), costs: costs(raw, since) };
}

const reviewing: readonly Between[] = ['draft', 'like rating'];
const leading: readonly Between[] = ['other rating', 'given back'];

describe.each([
  ['a reviewer who teaches', ['reviewer', 'teacher'], reviewing],
  ['a reviewer who leads and administers', ['reviewer', 'teacher', 'lead', 'admin'], leading],
] as const)('%s learns nothing of the other’s rating before the own commit', (_who, roles, betweens) => {
  let before: readonly Heard[];
  let committed: Heard;

  it('asks every address there is, and is answered alike by twins that do not differ', async () => {
    const twin = await aTwin(roles, 'nothing');
    before = await walk(twin);
    expect(before.length).toBeGreaterThan(
      twin.service.routes.filter(({ method }) => method === 'GET').length,
    );
    expect(before.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(40);
    expect(before.filter(({ answer }) => answer.status >= 500)).toEqual([]);
    committed = await commit(twin);
    expect(committed.answer.status).toBe(200);
    // Request ids are drawn for each request: nothing that is the same twice is taken for one.
    const [first, second] = await Promise.all(
      [1, 2].map(() => twin.service.http.get('/api/v1/nowhere').set(twin.me.auth)),
    );
    expect(first!.text).toMatch(uuid);
    expect(first!.text.match(uuid)).not.toEqual(second!.text.match(uuid));
  }, 120_000);

  it.each(betweens)(
    'whether the other’s part is: %s',
    async (between) => {
      const twin = await aTwin(roles, between);
      const heard = await walk(twin);
      expect(heard.map(({ what }) => what)).toEqual(before.map(({ what }) => what));
      for (const [index, one] of heard.entries()) expect(one).toEqual(before[index]);
      expect(await commit(twin)).toEqual(committed);
    },
    120_000,
  );
});
