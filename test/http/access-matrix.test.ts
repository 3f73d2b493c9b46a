import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey, createSignInLink, createSignInLinkFor } from '../../src/access/index.js';
import { recordedNames } from '../../src/audit/index.js';
import { compileValidator, plusSeconds, type Validator } from '../../src/kernel/index.js';
import { isPermitted, permissions, roles, type Permission, type Role } from '../../src/tenancy/index.js';
import { problemSchema } from '../../src/web/problem.js';
import type { Route } from '../../src/web/route.js';
import { accessMatrix, callerOf } from '../support/access-matrix.js';
import { httpSamples } from '../support/http-samples.js';
import { aSeatHere } from '../support/pool-things.js';
import { anHttpWorld, callerNames, type CallerName, type HttpWorld } from '../support/http-world.js';
import type { RawAnswer } from '../support/raw-call.js';
import { aboutNothing, type SampleCall } from '../support/sample-call.js';

/**
 * `access-matrix.json` says for every operation what each kind of caller gets, in the order of `callers`: `yes` (any
 * answer but 401, 403 and 404), `401`, `403`, or `404` for what this caller may not know of. Every row was read against
 * `src/tenancy/permissions.ts` and the use cases. `ACCESS_MATRIX=propose` writes what is observed beside it, to be read
 * before any of it is taken over.
 */
const matrix = accessMatrix;

let world: HttpWorld;
let routes: readonly Route[];
let samples: ReturnType<typeof httpSamples>;
/** Every answer that a caller got, with its row. */
const answers: { route: Route; caller: CallerName; sample: SampleCall; answer: RawAnswer }[] = [];

beforeAll(async () => {
  world = await anHttpWorld();
  samples = httpSamples(world);
  // What only reads is asked before anything changes.
  routes = [...world.service.routes].sort((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'));
}, 120_000);
afterAll(() => world?.close());

function cell({ status, headers }: RawAnswer): string {
  const toSignIn = status === 303 && headers.location?.startsWith('/sign-in?next=') === true;
  return toSignIn ? '401' : [401, 403, 404].includes(status) ? String(status) : 'yes';
}

/** What callers without roles of their own get: nobody, the operator, and a key whose scopes leave one permission. */
function notMember(caller: CallerName, { access, inPerson }: Route): unknown {
  if (caller !== 'narrowKey') return '401';
  // It was made for its member by another hand.
  if (inPerson === true) return '403';
  return access === 'member'
    ? expect.stringMatching(/^(yes|404)$/)
    : access === 'district.read'
      ? 'yes'
      : '403';
}

/**
 * What a seat may do at all: lists of its own, its time, practice and forms of the achievements of its agreement, going
 * back. That is all: the samples are about work, exemplars and attempts of others.
 */
const seatOperations: readonly string[] = [
  'codeOfConductPage',
  'conflictsPage',
  'declarationsPage',
  'declareConflicts',
  'declareConflictsOnPage',
  'getCodeOfConduct',
  'getMyAvailability',
  'getMyDeclarations',
  'getMyFigures',
  'leaveSeatPage',
  'listCodesOfConduct',
  'listMyAssignments',
  'listMyCertifications',
  'listMyDriftSignals',
  'listMyQualifications',
  'listMySeats',
  'listMySeedReports',
  'listPracticeExemplars',
  'myFiguresPage',
  'mySeatsPage',
  'qualificationPage',
  'reviewQueuePage',
  'reviewTimePage',
  'seedResultsPage',
  'setMyAvailability',
  'setReviewTimeOnPage',
  'signCodeOfConduct',
  'signCodeOnPage',
  'signCodePage',
  'startQualification',
  'startQualificationOnPage',
];

const sampleOf = async (operation: string): Promise<SampleCall> => {
  const sample = samples[operation];
  if (sample === undefined) throw new Error(`test/support/http-samples.ts has no call of ${operation}`);
  return typeof sample === 'function' ? sample() : sample;
};

/** What two answers must share for nobody to tell them apart: all but the request's own name and the ids it was asked with. */
const shown = (answer: RawAnswer) =>
  `${answer.status} ${answer.mediaType} ${answer.text}`
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'request')
    .replaceAll(/\b[a-z]{3}_[a-z2-7]{26}\b/g, 'id');

/** The first place at which two texts differ, for people. */
function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return `"${a.slice(at - 60, at + 80)}" and "${b.slice(at - 60, at + 80)}"`;
}

describe('the route table', () => {
  it('has a row in the access matrix and a sample call for every operation, and no other', () => {
    const operations = routes.map((route) => route.operationId).sort();
    expect(matrix.callers).toEqual(callerNames);
    expect(Object.keys(samples).sort()).toEqual(operations);
    if (process.env['ACCESS_MATRIX'] !== 'propose') {
      expect(Object.keys(matrix.operations).sort()).toEqual(operations);
    }
  });

  it('names every operation once, says who may call it, and takes bodies by a schema', () => {
    const operations = routes.map((route) => route.operationId);
    expect(new Set(operations).size).toBe(operations.length);
    for (const route of routes) {
      expect(['public', 'operator', 'member', ...permissions]).toContain(route.access);
      expect(route.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      if (route.kind === 'page' || route.body === undefined) continue;
      const bodies = route.body.kind === 'any-of' ? route.body.options : [route.body];
      for (const body of bodies) {
        if (body.kind === 'json')
          expect(body.schema).toMatchObject({ type: 'object', additionalProperties: false });
        if (body.kind === 'upload') expect(body.fields).toMatchObject({ type: 'object' });
        expect(body.kind).not.toBe('form');
      }
    }
    for (const route of routes.filter((row) => ['PUT', 'PATCH'].includes(row.method))) {
      expect([route.operationId, route.ifMatch]).toEqual([route.operationId, true]);
    }
  });

  it('is in the OpenAPI document but for its pages', async () => {
    const { json } = await world.send('anonymous', world.route('getOpenApi'), {});
    const documented = Object.entries(json.paths as { [path: string]: object }).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    const rows = routes
      .filter((route) => route.kind !== 'page')
      .map((route) => `${route.operationId} ${route.method} ${route.path}`);
    expect(documented.sort()).toEqual(rows.sort());
  });
});

const entriesAreIn = [
  ...['getAuditRecord', 'listAuditEntries', 'exportAuditRecord', 'verifyAuditRecord', 'verifyAuditOnPage'],
];

describe('the access matrix', () => {
  it('agrees with the table of permissions: who lacks the role is refused by name, who has it is not', () => {
    const rolesOf: { readonly [caller: string]: readonly Role[] } = {
      ...{
        teacher: ['teacher'],
        colleague: ['teacher'],
        reviewer: ['reviewer'],
        adjudicator: ['adjudicator'],
      },
      ...{ expert: ['expert'], coach: ['coach'], author: ['author'], lead: ['lead'], admin: ['admin'] },
      foreigner: roles,
    };
    for (const route of routes) {
      const { operationId, access } = route;
      const row = matrix.operations[operationId]?.split(/ +/) ?? [];
      for (const [index, caller] of callerNames.entries()) {
        const held = rolesOf[caller];
        const asked = !['public', 'operator', 'member'].includes(access);
        const refusedByRole =
          asked && held !== undefined && !isPermitted(held, access as Permission) ? '403' : undefined;
        const got = [operationId, caller, row[index]];
        if (caller === 'revokedKey') expect(got).toEqual([operationId, caller, '401']);
        else if (access === 'public') expect(got).toEqual([operationId, caller, 'yes']);
        else if (access === 'operator')
          expect(got).toEqual([operationId, caller, caller === 'operator' ? 'yes' : '401']);
        else if (held === undefined) expect(got).toEqual([operationId, caller, notMember(caller, route)]);
        else if (refusedByRole !== undefined) expect(got).toEqual([operationId, caller, '403']);
        // The record holds what those who hand in or rate may not know yet: who is that too is refused, admin or not.
        else if (entriesAreIn.includes(operationId))
          expect(got).toEqual([operationId, caller, caller === 'admin' ? 'yes' : '403']);
        else
          expect([operationId, caller, ['yes', '404'].includes(row[index]!)]).toEqual([
            operationId,
            caller,
            true,
          ]);
      }
    }
  });

  it('answers whoever opens the address of a form that was refused: with a page, or by leading to the one of the form', async () => {
    const posts = routes.filter(({ kind, method }) => kind === 'page' && method === 'POST');
    const wrong: string[] = [];
    let led = 0;
    for (const route of posts) {
      const { params } = await sampleOf(route.operationId);
      const caller = callerOf(route.operationId);
      const open = async (path: string) => {
        const { body: _, ...row } = { ...route, method: 'GET' as const, path };
        return world.send(caller, row, params === undefined ? {} : { params });
      };
      const answer = await open(route.path);
      const location = answer.status === 303 ? answer.headers.location! : undefined;
      if (location !== undefined) led += 1;
      const page = location === undefined ? answer : await open(location);
      if (page.status !== 200 || page.mediaType !== 'text/html')
        wrong.push(`${route.path} as ${caller}: ${answer.status} ${location ?? ''} ${page.status}`);
    }
    console.log(`${posts.length} forms: ${posts.length - led} at the address of a page, ${led} led to one`);
    expect(posts.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
    const { body: _, ...signOut } = { ...world.route('signOutPage'), method: 'DELETE' as const };
    expect((await world.send('admin', signOut, {})).headers['allow']).toBe('POST, GET, HEAD');
  });

  it('holds for every operation and every kind of caller', async () => {
    const differences: string[] = [];
    const proposed: { [operation: string]: string } = {};
    for (const route of routes) {
      // Told by the first test of this file.
      if (samples[route.operationId] === undefined) continue;
      const expected = matrix.operations[route.operationId]?.split(/ +/) ?? [];
      const got: string[] = [];
      // Those who are expected to be let through come last: what they change is then seen by nobody.
      const order = callerNames
        .map((caller, index) => ({ caller, index }))
        .sort((a, b) => Number(expected[a.index] === 'yes') - Number(expected[b.index] === 'yes'));
      for (const { caller, index } of order) {
        const sample = await sampleOf(route.operationId);
        const answer = await world.send(caller, route, sample);
        answers.push({ route, caller, sample, answer });
        got[index] = cell(answer);
        const where = `${route.operationId} as ${caller}`;
        if (answer.status >= 500) differences.push(`${where}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (got[index] !== (expected[index] ?? '')) {
          differences.push(
            `${where}: ${expected[index]} expected, ${answer.status} ${answer.text.slice(0, 200)}`,
          );
        }
      }
      proposed[route.operationId] = got
        .map((one) => one.padEnd(3))
        .join(' ')
        .trimEnd();
    }
    if (process.env['ACCESS_MATRIX'] === 'propose') {
      const sorted = world.service.routes.map(({ operationId }) => [operationId, proposed[operationId]]);
      const text = JSON.stringify({ callers: callerNames, operations: Object.fromEntries(sorted) }, null, 2);
      writeFileSync(new URL('./access-matrix.proposed.json', import.meta.url), `${text}\n`);
    }
    console.log(`${routes.length} operations x ${callerNames.length} callers = ${answers.length} calls`);
    expect(differences).toEqual([]);
  }, 120_000);

  it('answers what may not be seen exactly as what does not exist', async () => {
    const told: string[] = [];
    let compared = 0;
    for (const { route, caller, sample, answer } of answers) {
      if (answer.status !== 404) continue;
      const nothing = aboutNothing(sample);
      if (nothing === undefined) continue;
      compared += 1;
      const absent = await world.send(caller, route, nothing);
      const [a, b] = [shown(answer), shown(absent)];
      if (a !== b) told.push(`${route.operationId} as ${caller}: ${difference(a, b)}`);
    }
    console.log(`${compared} hidden things compared with absent ones`);
    expect(compared).toBeGreaterThan(100);
    expect(told).toEqual([]);
  }, 60_000);

  it('lets another district read nothing of ours', () => {
    const ours = new Set<string>();
    const ids = /\b[a-z]{3}_[a-z2-7]{26}\b/g;
    const { members, ...others } = world.things;
    for (const id of JSON.stringify([members, others]).match(ids) ?? []) ours.add(id);
    let read = 0;
    for (const { route, caller, sample, answer } of answers) {
      if (caller !== 'foreigner' || route.access === 'public' || answer.status >= 300) continue;
      read += 1;
      const sent: readonly string[] = JSON.stringify(sample).match(ids) ?? [];
      const leaked = [...answer.text.matchAll(ids)].filter(([id]) => ours.has(id) && !sent.includes(id));
      expect([route.operationId, leaked]).toEqual([route.operationId, []]);
    }
    expect(read).toBeGreaterThan(25);
  });

  it('opens nothing of a district to a seat in it beyond what its sitter does there', async () => {
    // Whoever has every role at home has none of them here.
    const seat = await aSeatHere(world);
    const through: string[] = [];
    const ours = JSON.stringify(world.things).match(/\b[a-z]{3}_[a-z2-7]{26}\b/g) ?? [];
    for (const route of routes.filter(({ access }) => access !== 'public' && access !== 'operator')) {
      const sample = await sampleOf(route.operationId);
      const answer = await world.send('foreigner', route, sample, { 'Touchstone-Seat': seat });
      if ([401, 403, 404].includes(answer.status)) continue;
      through.push(route.operationId);
      const sent = JSON.stringify(sample);
      const told = ours.filter((id) => answer.text.includes(id) && !sent.includes(id));
      const rubric =
        route.operationId === 'qualificationPage' || route.operationId === 'listPracticeExemplars';
      expect([route.operationId, rubric ? [] : told]).toEqual([route.operationId, []]);
      for (const words of ['Riverbend Unified', world.walked.result.members.teacher])
        expect([route.operationId, route.kind === 'api' && answer.text.includes(words)]).toEqual([
          route.operationId,
          false,
        ]);
    }
    expect(through.sort()).toEqual(seatOperations);
  }, 60_000);

  it('removes nothing but what ends by itself: no attempt, certification, rating, decision or other thing of record', async () => {
    const ending = ['idempotent_requests', 'rating_drafts', 'sessions', 'sign_in_links', 'sign_in_requests'];
    const { declared } = world.store;
    expect([...declared].flatMap(([name, { removable }]) => (removable ? [name] : [])).sort()).toEqual(
      ending,
    );
    for (const name of recordedNames)
      expect([name, declared.get(name)]).toEqual([name, { removable: false }]);
    // The whole job, every operation by every caller, and what follows from each; two days on, what ended is cleared.
    world.service.rooms.service.advanceClock!(2 * 86_400);
    await world.service.settle();
    const removed = world.store.writes.filter((write) => write.split(' ')[1] === 'remove');
    expect(removed.length).toBeGreaterThan(20);
    expect(removed.filter((write) => !ending.includes(write.split(' ')[0]!))).toEqual([]);
    // Which takes the bytes of a teacher’s own file, and keeps that it was there.
    const deleting = routes.filter(({ method }) => method === 'DELETE');
    expect(deleting.map(({ operationId }) => operationId)).toEqual(['eraseArtefact']);
  });

  it('writes nothing for those whom it refuses', async () => {
    await world.service.settle();
    world.store.forget();
    for (const route of routes.filter((row) => row.kind !== 'page' && row.method !== 'GET')) {
      const row = matrix.operations[route.operationId]!.split(/ +/);
      for (const [index, caller] of callerNames.entries()) {
        if (row[index] === 'yes') continue;
        await world.send(caller, route, await sampleOf(route.operationId));
        expect([route.operationId, caller, world.store.writes]).toEqual([route.operationId, caller, []]);
      }
    }
  }, 60_000);

  it('lets nobody stand in for a member where it is signed in the member’s name', async () => {
    const rows = routes.filter(({ inPerson }) => inPerson === true);
    expect(rows.map(({ operationId }) => operationId).sort()).toEqual([
      ...['commitQualificationOnPage', 'commitQualificationResponse', 'commitRating', 'createMyApiKey'],
      ...['decideAppeal', 'decideAppealOnPage', 'declareConflicts', 'declareConflictsOnPage'],
      ...['rateExemplar', 'rateExemplarOnPage', 'ratePracticeExemplar', 'ratePracticeOnPage'],
      ...['screenAppeal', 'screenAppealOnPage', 'signCodeOfConduct', 'signCodeOnPage'],
      ...['startQualification', 'startQualificationOnPage'],
    ]);
    const { access, tenancy } = world.service.rooms;
    const sessionBy = async (link: string) => {
      const { headers } = await world.send('anonymous', world.route('completeSignInPage'), {
        params: { token: new URL(link).pathname.split('/').at(-1)! },
      });
      const cookie = (headers['set-cookie'] ?? []).find((one) => one.startsWith('session='))!;
      return { Cookie: cookie.split(';')[0]! };
    };
    const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
    const signed = [
      'ratings',
      'seed_ratings',
      'qualification_attempts',
      'practice_ratings',
      'exemplars',
      'appeals',
      'declarations',
    ];
    let tried = 0;
    // Where a form commits among other things (`rateOnPage`), its own test says so.
    for (const route of rows) {
      const caller = callerOf(route.operationId);
      const me = (await world.send(caller, world.route('getMe'), {})).json as { id: string };
      const params = { member: me.id };
      const made = await world.send('admin', world.route('createApiKey'), {
        json: { ...params, name: 'made by an admin' },
      });
      const handed = await world.send('admin', world.route('createSignInLink'), { params });
      const district = world.walked.result.district.id;
      const service = { kind: 'service', district } as const;
      const byCommand = await createApiKey(access, service as never, { ...params, name: 'by command' });
      const ways = [
        bearer((made.json as { secret: string }).secret),
        bearer(byCommand.secret),
        await sessionBy((handed.json as { link: string }).link),
        await sessionBy(await createSignInLinkFor(access, service as never, me.id)),
      ];
      const sample = await sampleOf(route.operationId);
      for (const [way, headers] of ways.entries()) {
        world.store.forget();
        const answer = await world.send('anonymous', route, sample, headers);
        tried += 1;
        const said = answer.text.includes('is signed in the name of');
        expect([route.operationId, way, answer.status, said]).toEqual([route.operationId, way, 403, true]);
        const writes = world.store.writes.filter((write) => signed.includes(write.split(' ')[0]!));
        expect([route.operationId, way, writes]).toEqual([route.operationId, way, []]);
      }
      // By a link to the own address it is let through to what the use case says.
      const member = (await tenancy.store.member(district, me.id))!;
      const own = await sessionBy(await createSignInLink(access, member, { inPerson: true }));
      const answer = await world.send('anonymous', route, sample, own);
      expect([route.operationId, answer.text.includes('in the name of')]).toEqual([route.operationId, false]);
    }
    console.log(`${tried} calls by keys and links of another hand, all refused`);
  }, 60_000);

  it('asks for a fresh sign-in wherever a row says so', async () => {
    const { rooms } = world.service;
    const rows = routes.filter((route) => route.recentSignIn === true);
    expect(rows.length).toBeGreaterThan(8);
    const { headers } = await world.send('anonymous', world.route('completeSignInPage'), {
      params: { token: await world.linkSecret('admin') },
    });
    const cookies = headers['set-cookie'] ?? [];
    const cookie = cookies.find((one) => one.startsWith('session='))!.split(';')[0]!;
    const earlier = rooms.service.now();
    rooms.service.advanceClock!(601);
    expect(rooms.service.now() >= plusSeconds(earlier, 601)).toBe(true);
    for (const route of rows) {
      const answer = await world.send('anonymous', route, await sampleOf(route.operationId), {
        Cookie: cookie,
      });
      expect([route.operationId, answer.status]).toEqual([route.operationId, 403]);
      expect(answer.text).toContain('younger than ten minutes');
    }
  });
});

describe('what is answered', () => {
  it('is JSON as its row declares it', () => {
    const validators = new Map<string, Validator<unknown>>();
    const wrong: string[] = [];
    let checked = 0;
    const seen = new Set<string>();
    for (const route of routes) {
      for (const [status, response] of Object.entries(route.responses)) {
        const { schema } = response as { schema?: { readonly [key: string]: unknown } };
        if (schema !== undefined)
          validators.set(`${route.operationId} ${status}`, compileValidator(schema, 'answer'));
      }
    }
    for (const { route, caller, answer } of answers) {
      if (answer.status >= 300 || route.kind === 'page') continue;
      const declared = route.responses[answer.status];
      if (declared === undefined) {
        wrong.push(`${route.operationId} answered ${answer.status}, which its row does not name`);
        continue;
      }
      const expected = declared.mediaType ?? 'application/json';
      if (answer.mediaType !== expected && route.operationId !== 'getCredential') {
        // Files come as what they are.
        if (
          !/^get(ArtefactContent|AssignmentArtefact|AppealArtefact|ExemplarFile|ExemplarSourceFile|PoolWorkFile)$/.test(
            route.operationId,
          )
        )
          wrong.push(`${route.operationId} came as ${answer.mediaType}, not ${expected}`);
      }
      const validate = validators.get(`${route.operationId} ${answer.status}`);
      if (validate === undefined) continue;
      try {
        validate(answer.json);
        checked += 1;
        seen.add(route.operationId);
      } catch (error) {
        wrong.push(
          `${route.operationId} as ${caller}: ${(error as Error).message} ${answer.text.slice(0, 300)}`,
        );
      }
    }
    const silent = routes.filter(
      (route) =>
        route.kind !== 'page' &&
        Object.values(route.responses).some((response) => response.schema !== undefined) &&
        !seen.has(route.operationId),
    );
    console.log(
      `${checked} answers of ${seen.size} operations held to their schemas; only refusals seen of ${silent.map((route) => route.operationId).join(', ')}`,
    );
    expect(wrong).toEqual([]);
    expect(silent.filter((route) => route.method === 'GET')).toEqual([]);
  });

  it('is problem+json or, on pages, an HTML page when it is refused', () => {
    const validate = compileValidator(problemSchema, 'problem');
    for (const { route, caller, answer } of answers) {
      if (answer.status < 400) continue;
      const where = `${route.operationId} as ${caller}`;
      if (route.kind === 'page') {
        expect([where, answer.mediaType]).toEqual([where, 'text/html']);
        expect(answer.text).toContain('<h1');
        continue;
      }
      if (route.operationId === 'getCredential') continue;
      expect([where, answer.mediaType]).toEqual([where, 'application/problem+json']);
      validate(answer.json);
      expect(answer.json.status).toBe(answer.status);
    }
  });

  it('sends a browser that is not signed in to sign in, and back', () => {
    const redirected = answers.filter(
      ({ route, caller }) =>
        caller === 'anonymous' &&
        route.kind === 'page' &&
        route.method === 'GET' &&
        route.access !== 'public',
    );
    expect(redirected.length).toBeGreaterThan(30);
    for (const { route, answer } of redirected) {
      expect([route.operationId, answer.status]).toEqual([route.operationId, 303]);
      expect(answer.headers.location).toMatch(/^\/sign-in\?next=%2F/);
    }
  });
});
