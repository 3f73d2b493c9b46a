import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '../../src/kernel/index.js';
import type { Route } from '../../src/web/route.js';
import { badBodies, withText } from '../support/bad-bodies.js';
import { callerOf } from '../support/access-matrix.js';
import { httpSamples } from '../support/http-samples.js';
import { anHttpWorld, type HttpWorld } from '../support/http-world.js';
import { rawCall, type RawAnswer } from '../support/raw-call.js';
import { complaints, type Refusal } from '../support/refusals.js';
import { aboutNothing, requestOf, type SampleCall } from '../support/sample-call.js';

let world: HttpWorld;
let samples: ReturnType<typeof httpSamples>;
let cases = 0;

/** Operations that judge what they are handed in, whatever is in it. */
const judged = ['verifyCredential', 'verifyInteropCredential', 'verifyInteropPresentation'];

beforeAll(async () => {
  world = await anHttpWorld();
  samples = httpSamples(world);
}, 120_000);
afterAll(async () => {
  console.log(`${cases} bad requests`);
  await world?.close();
});

const sampleOf = async (operation: string): Promise<SampleCall> => {
  const sample = samples[operation];
  if (sample === undefined) throw new Error(`test/support/http-samples.ts has no call of ${operation}`);
  return typeof sample === 'function' ? sample() : sample;
};

const apiRows = () => world.service.routes.filter((route) => route.kind !== 'page');
const jsonSchemaOf = ({ body }: Route): JsonSchema | undefined =>
  (body?.kind === 'any-of' ? body.options : [body]).find((option) => option?.kind === 'json')?.schema as
    JsonSchema | undefined;
const jsonRows = () => apiRows().filter((route) => jsonSchemaOf(route) !== undefined);

/** Sends it when nothing is due any more, so that what is written is written by this call. */
async function refused(
  where: string,
  expected: Refusal,
  send: () => Promise<RawAnswer>,
): Promise<readonly string[]> {
  cases += 1;
  world.store.forget();
  return complaints(where, await send(), world.store, expected);
}

const quiet = () => world.service.settle();

describe('every operation that takes JSON', () => {
  beforeAll(quiet);

  it('names the member at fault, for each member of its schema', async () => {
    const found: string[] = [];
    let tried = 0;
    for (const route of jsonRows()) {
      const sample = await sampleOf(route.operationId);
      const bad = badBodies(jsonSchemaOf(route)!, sample.json);
      tried += bad.length;
      for (const { fault, body, pointer } of bad) {
        found.push(
          ...(await refused(`${route.operationId}, ${fault}`, { status: 400, pointer }, () =>
            world.send(callerOf(route.operationId), route, { ...sample, json: body }),
          )),
        );
      }
    }
    console.log(`${tried} bodies of ${jsonRows().length} operations, each with one fault`);
    expect(tried).toBeGreaterThan(400);
    expect(found).toEqual([]);
  }, 120_000);

  it('refuses an empty object, another type, what is no JSON, no UTF-8 or too large', async () => {
    const found: string[] = [];
    for (const route of jsonRows()) {
      const sample = await sampleOf(route.operationId);
      const caller = callerOf(route.operationId);
      const { path, method, headers } = requestOf(route, sample);
      const key = world.keys[caller];
      const send = (type: string | undefined, body: string | Uint8Array) =>
        rawCall(world.walked.result.baseUrl, {
          method,
          path,
          body,
          headers: {
            ...(headers?.['If-Match'] === undefined ? {} : { 'If-Match': headers['If-Match'] }),
            ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
            ...(type === undefined ? {} : { 'Content-Type': type }),
          },
        });
      const name = route.operationId;
      const json = 'application/json';
      const huge = `"${'x'.repeat(1024 * 1024)}"`;
      const deep = (open: string, close: string) => `${open.repeat(10_000)}1${close.repeat(10_000)}`;
      const raws: [string, number, string | undefined, string | Uint8Array][] = [
        ['an empty object', 400, json, '{}'],
        ['null', 400, json, 'null'],
        ['an array', 400, json, '[]'],
        ['a text', 400, json, '"text"'],
        ['nothing', 400, json, ''],
        ['half an object', 400, json, '{"a":'],
        ['no UTF-8', 400, json, Buffer.from([0x22, 0xff, 0x22])],
        ['deep arrays', 400, json, deep('[', ']')],
        ['deep objects', 400, json, deep('{"a":', '}')],
        ['a deep member', 400, json, `{"credential":${deep('{"a":', '}')}}`],
        ['too much', 413, json, huge],
        ['XML', 415, 'application/xml', '<a/>'],
        ['a form', 415, 'application/x-www-form-urlencoded', 'a=b'],
        ['no type', 415, undefined, '{}'],
      ];
      for (const [fault, status, type, body] of raws) {
        // A credential is judged whatever its depth; its verdict says so.
        if (judged.includes(name) && fault === 'a deep member') continue;
        found.push(...(await refused(`${name}, ${fault}`, { status }, () => send(type, body))));
      }
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('refuses text that no store keeps: NUL, and half a surrogate pair', async () => {
    const found: string[] = [];
    for (const route of jsonRows()) {
      // What it is handed is foreign: it is judged, not kept.
      if (judged.includes(route.operationId)) continue;
      const sample = await sampleOf(route.operationId);
      for (const text of ['a\0b', 'half \ud800 pair']) {
        for (const { body, pointer } of withText(sample.json, text)) {
          found.push(
            ...(await refused(`${route.operationId}, ${JSON.stringify(text)}`, { status: 400, pointer }, () =>
              world.send(callerOf(route.operationId), route, { ...sample, json: body }),
            )),
          );
        }
      }
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('is never brought down by hostile text where words are welcome', async () => {
    const hostile = [
      '',
      ' ',
      '__proto__',
      '{"$gt":""}',
      '$where',
      "'; DROP TABLE members; --",
      '\u202e‮reversed',
      '💩'.repeat(20),
      '../../../etc/passwd',
      '<script>alert(1)</script>',
    ];
    const found: string[] = [];
    for (const route of jsonRows()) {
      // Only what would not spoil the samples of other tests: calls about nothing, or refused for their If-Match.
      const sample = await sampleOf(route.operationId);
      const safe =
        route.ifMatch === true || route.operationId === 'verifyCredential' ? sample : aboutNothing(sample);
      if (safe === undefined) continue;
      for (const text of hostile) {
        for (const { body } of withText(safe.json, text)) {
          cases += 1;
          const answer = await world.send(callerOf(route.operationId), route, { ...safe, json: body });
          if (answer.status >= 500)
            found.push(`${route.operationId} ${JSON.stringify(body).slice(0, 300)}: ${answer.status}`);
        }
      }
    }
    expect(found).toEqual([]);
  }, 120_000);
});

describe('every operation with an address that holds ids', () => {
  beforeAll(quiet);

  it('takes junk in the place of an id for something that is not there', async () => {
    const junk = [
      '..%2f..%2f..%2fetc%2fpasswd',
      '%2e%2e',
      '%00',
      '%ff%fe',
      '%',
      '%zz',
      '__proto__',
      'constructor',
      encodeURIComponent('{"$gt":""}'),
      encodeURIComponent("' OR 1=1 --"),
      '%F0%9F%92%A9',
      'x'.repeat(4000),
      '%20',
      'null',
      '-1',
    ];
    const found: string[] = [];
    for (const route of world.service.routes.filter((row) => row.path.includes('{'))) {
      const names = [...route.path.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => match[1]!);
      const sample = await sampleOf(route.operationId);
      const caller = callerOf(route.operationId);
      const key = world.keys[caller];
      for (const name of names) {
        // Codes that are explained, kinds of change and numbers of versions have rules of their own.
        if (['code', 'change', 'token'].includes(name)) continue;
        for (const text of junk) {
          const marked = requestOf(route, { ...sample, params: { ...sample.params, [name]: 'JUNK' } });
          world.store.forget();
          const answer = await rawCall(world.walked.result.baseUrl, {
            ...marked,
            path: marked.path.replace('JUNK', text),
            headers: { ...marked.headers, ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
          });
          cases += 1;
          if (![400, 404, 409, 412, 422].includes(answer.status) || world.store.writes.length > 0) {
            found.push(
              `${route.operationId} ${name}=${text.slice(0, 40)}: ${answer.status} wrote [${world.store.writes.join(', ')}] ${answer.text.slice(0, 150)}`,
            );
          }
        }
      }
    }
    expect(found).toEqual([]);
  }, 120_000);

  it('says 404 of an id that names nothing, and writes nothing', async () => {
    const found: string[] = [];
    for (const route of apiRows().filter((row) => row.access !== 'public')) {
      const nothing = aboutNothing(await sampleOf(route.operationId));
      if (nothing === undefined || route.method === 'GET') continue;
      const status = ['createAward', 'commitQualificationResponse'].includes(route.operationId)
        ? [404, 422]
        : 404;
      found.push(
        ...(await refused(route.operationId, { status }, () =>
          world.send(callerOf(route.operationId), route, nothing),
        )),
      );
    }
    expect(found).toEqual([]);
  });
});

describe('every list', () => {
  beforeAll(quiet);

  it('refuses parameters that it does not know, twice the same, pages of no size and cursors that it never gave', async () => {
    const found: string[] = [];
    const base = world.walked.result.baseUrl;
    for (const route of apiRows().filter((row) => row.method === 'GET' && row.query !== undefined)) {
      const sample = await sampleOf(route.operationId);
      const { path } = requestOf(route, sample);
      const key = world.keys[callerOf(route.operationId)];
      const headers: { [name: string]: string } = key === undefined ? {} : { Authorization: `Bearer ${key}` };
      const ask = (query: string) =>
        rawCall(base, { method: 'GET', path: `${path}${path.includes('?') ? '&' : '?'}${query}`, headers });
      const known = Object.keys(route.query!['properties'] as object);
      const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const strange: [string, string][] = [
        ['colour=red', '/colour'],
        ['__proto__=x', '/__proto__'],
        ['%24gt=', '/$gt'],
      ];
      // Links that people pass on come with names of others' making: those are let be.
      const passedOn = route.path.startsWith('/c/');
      const bad = passedOn ? [] : [...strange];
      for (const [query] of passedOn ? strange : []) {
        const { status } = await ask(query);
        if (status !== 200) found.push(`${route.operationId}?${query}: ${status}`);
      }
      if (known.includes('limit'))
        bad.push(
          ['limit=0', '/limit'],
          ['limit=201', '/limit'],
          ['limit=ten', '/limit'],
          ['limit=1&limit=2', '/limit'],
        );
      if (known.includes('state')) bad.push(['state=asleep', '/state'], ['state=open&state=open', '/state']);
      if (known.includes('edition')) bad.push(['edition=0', '/edition'], ['edition=1&edition=1', '/edition']);
      if (known.includes('cursor')) {
        bad.push(
          ['cursor=junk', '/cursor'],
          [`cursor=${'x'.repeat(600)}`, '/cursor'],
          ['cursor=a&cursor=b', '/cursor'],
        );
        bad.push(
          [`cursor=${forged([{ $gt: '' }, 'x'])}`, '/cursor'],
          [`cursor=${forged(['a', 'b', 'c'])}`, '/cursor'],
        );
        bad.push([`cursor=${forged(null)}`, '/cursor']);
      }
      for (const [query, pointer] of bad) {
        found.push(
          ...(await refused(`${route.operationId}?${query.slice(0, 60)}`, { status: 400, pointer }, () =>
            ask(query),
          )),
        );
      }
      const long = await ask(`colour=${'x'.repeat(60_000)}`);
      expect(long.status).toBe(431);
    }
    expect(found).toEqual([]);
  });
});

describe('every form of a page', () => {
  /** Names of fields on our forms, so that what is hostile reaches what reads them. */
  const names =
    'name email title reason achievement achievementVersion member other kind days scopes roles state seen slug language timeZone url validUntil use credential recipient next token act add remove confirm draft exemplar levels criteria levels.clear-goals criteria.0.name assessment.by statement artefacts text do'.split(
      ' ',
    );

  it('answers whatever is typed with a page, and never with a failure of ours', async () => {
    const found: string[] = [];
    const base = world.walked.result.baseUrl;
    const rows = world.service.routes.filter(({ kind, body }) => kind === 'page' && body !== undefined);
    expect(rows.length).toBeGreaterThan(25);
    for (const route of rows) {
      const sample = await sampleOf(route.operationId);
      const key = world.keys[callerOf(route.operationId)];
      const { path, method, headers, body } = requestOf(route, sample);
      const send = async (
        what: string,
        type: string,
        text: string | Uint8Array,
        statuses?: readonly number[],
      ) => {
        cases += 1;
        const answer = await rawCall(base, {
          method,
          path,
          body: text,
          headers: { 'Content-Type': type, ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
        });
        const where = `${route.operationId}, ${what}: ${answer.status} ${answer.text.slice(-300)}`;
        const shown = answer.mediaType === 'text/html' || answer.status === 303;
        if (answer.status >= 500 || !shown) found.push(where);
        if (statuses !== undefined && !statuses.includes(answer.status)) found.push(where);
      };
      const form = 'application/x-www-form-urlencoded';
      const typed = typeof body === 'string' ? body : '';
      const isForm = route.body!.kind === 'form';
      await send('JSON', 'application/json', '{}', [415]);
      await send('half a multipart', 'multipart/form-data; boundary=x', '--x\r\nContent-Disp', [400]);
      await send('a multipart without boundary', 'multipart/form-data', 'x', [400]);
      if (!isForm) {
        await send(
          'a form',
          headers!['Content-Type']!.replace('multipart/form-data', 'text/html'),
          typed,
          [415],
        );
        continue;
      }
      await send('too much', form, `name=${'x'.repeat(1024 * 1024)}`, [413]);
      await send('NUL', form, `${typed}&name=a%00b`, [400]);
      for (const name of names) {
        const field = encodeURIComponent(name);
        await send(`${name} twice`, form, `${typed}&${field}=a&${field}=b`);
        await send(`${name} no UTF-8`, form, `${typed}&${field}=%ff%fe%zz`);
        await send(`${name} long`, form, `${typed}&${field}=${'%F0%9F%92%A9'.repeat(3000)}`);
      }
      await send(
        'prototypes',
        form,
        `${typed}&__proto__=x&constructor=x&__proto__.polluted=1&a.__proto__.polluted=1`,
      );
      await send('deep names', form, `${typed}&${'a.'.repeat(5000)}b=1`);
      await send(
        'many names',
        form,
        `${typed}&${Array.from({ length: 5000 }, (_, n) => `n${n}=1`).join('&')}`,
      );
    }
    expect(found).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  }, 120_000);
});
