import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chainOf, withheld } from '../../src/audit/index.js';
import type { JsonSchema } from '../../src/kernel/index.js';
import { callerOf } from '../support/access-matrix.js';
import { httpSamples } from '../support/http-samples.js';
import { anHttpWorld, type HttpWorld } from '../support/http-world.js';
import type { SampleCall } from '../support/sample-call.js';
import type { Route } from '../../src/web/route.js';

/** What marks the words of this test, in whatever field they stand. */
const mark = /quagga/i;
/** Words as people and attackers write them; a field that takes no lines is given the last. */
const texts = [
  'Quagga says "no" to Ms. Árbol \u{1F600}\n<b>漢字</b> \u202e a@b.example',
  'Quagga Árbol 漢字',
  'Quagga',
];

/**
 * Every operation that writes, with words in every free text of its body: none of them comes to stand in the record, none
 * has to be withheld from it (which would mean that a recorded member or a fact holds words), and nobody is answered 500.
 */
describe('words of people', () => {
  let world: HttpWorld;
  beforeAll(async () => {
    world = await anHttpWorld();
  }, 120_000);
  afterAll(() => world?.close());

  it('come into no entry of the audit record, by whichever operation they are sent', async () => {
    const samples = httpSamples(world);
    const failures: string[] = [];
    const taken: string[] = [];
    // What ends a thing comes last.
    const last = ({ operationId }: Route) =>
      Number(/^(report|revoke|withdraw|decline|end|erase|retire)/.test(operationId));
    const rows = world.service.routes
      .filter(
        ({ operationId, kind, method, body, access }) =>
          kind === 'api' &&
          method !== 'GET' &&
          (body !== undefined || operationId === 'resumeAward') &&
          access !== 'public',
      )
      .sort((a, b) => last(a) - last(b));
    let fields = 0;
    for (const route of rows) {
      const sample = samples[route.operationId]!;
      const given = typeof sample === 'function' ? await sample() : sample;
      const answer = await saidWith(route, { ...given, ...instead[route.operationId] });
      if (answer.status >= 500)
        failures.push(`${route.operationId}: ${answer.status} ${answer.text.slice(0, 200)}`);
      if (answer.status >= 300 || answer.words === 0) continue;
      taken.push(route.operationId);
      fields += answer.words;
    }
    await world.service.settle();
    expect(failures).toEqual([]);
    console.log(`${taken.length} of ${rows.length} operations took words in ${fields} fields`);
    expect(taken.length).toBeGreaterThan(20);

    let entries = 0;
    const wordy: string[] = [];
    for (const { id } of (await world.service.rooms.tenancy.store.listDistricts({ limit: 200 })).items) {
      for await (const { seq, entry } of chainOf(world.service.rooms.audit.store, id)) {
        entries += 1;
        if (mark.test(entry) || entry.includes(`"${withheld}`)) wordy.push(`${seq}: ${entry.slice(0, 400)}`);
      }
    }
    console.log(`${entries} entries, ${wordy.length} with words or withheld`);
    expect(wordy).toEqual([]);
  }, 120_000);

  /** Sends words in every free text; where one is refused in a field, shorter ones there, then what the sample has. */
  async function saidWith(route: Route, sample: SampleCall) {
    const caller = callerOf(route.operationId);
    const free = freeTexts(route, sample);
    const put = new Map(free.map((path) => [path, 0]));
    for (;;) {
      const left = [...put].filter(([, n]) => n < texts.length);
      const words = left.length + (sample.file === undefined ? 0 : 1);
      const json = left.reduce(
        (body, [path, n]) => replaced(body, path.split('/').slice(1), texts[n]!),
        sample.json,
      );
      const file = sample.file === undefined ? {} : { file: { ...sample.file, name: `${texts[1]}.pdf` } };
      const answer = await world.send(caller, route, await current(route, { ...sample, ...file, json }));
      const errors = ((answer.json ?? {}) as { errors?: { pointer: string }[] }).errors ?? [];
      const refused = left.filter(([path]) =>
        errors.some(({ pointer }) => path.startsWith(pointer) || pointer.startsWith(path)),
      );
      if (answer.status < 400 || answer.status >= 500 || refused.length === 0) return { ...answer, words };
      for (const [path, n] of refused) put.set(path, n + 1);
    }
  }

  /** With the ETag of what is there now, where the row asks for one. */
  async function current(route: Route, call: SampleCall): Promise<SampleCall> {
    if (route.ifMatch !== true) return call;
    const read = world.route(readsOf[route.operationId] ?? '');
    const answer = await world.send(callerOf(route.operationId), read, { params: call.params ?? {} });
    return { ...call, ifMatch: String(answer.headers.etag) };
  }
});

/** Samples that only show who may ask. */
const instead: { readonly [operation: string]: SampleCall } = {
  reportKeyCompromise: { json: { compromisedAt: '2026-01-01T00:00:00Z', reason: 'A drill.' } },
};

/** Which operation gives the ETag that another asks for. */
const readsOf: { readonly [operation: string]: string } = {
  changeDistrict: 'getDistrict',
  changeMember: 'getMember',
  editAchievementDraft: 'getAchievementVersion',
  answerRequirement: 'getSubmission',
  saveDraftRating: 'getAssignment',
  setReviewPolicy: 'getReviewPolicy',
  setCodeOfConduct: 'getCodeOfConduct',
  setMyAvailability: 'getMyAvailability',
};

/** The JSON Pointers of every free text in the sample's body. */
function freeTexts(route: Route, sample: SampleCall): readonly string[] {
  const found: string[] = [];
  const look = (schema: JsonSchema | undefined, value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (schema !== undefined && isFree(schema) && !/^[a-z]{3}_[a-z2-7]{26}$/.test(value)) found.push(path);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) =>
        look(schema?.['items'] as JsonSchema | undefined, item, `${path}/${index}`),
      );
    } else if (typeof value === 'object' && value !== null) {
      const { properties = {}, additionalProperties } = (schema ?? {}) as {
        readonly properties?: { readonly [name: string]: JsonSchema };
        readonly additionalProperties?: JsonSchema | boolean;
      };
      const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
      for (const [name, member] of Object.entries(value))
        look(properties[name] ?? others, member, `${path}/${name}`);
    }
  };
  if (route.body?.kind === 'json') look(route.body.schema, sample.json, '');
  return found;
}

function replaced(value: unknown, [name, ...rest]: readonly string[], text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === name ? replaced(item, rest, text) : item));
  const members = value as { readonly [member: string]: unknown };
  return { ...members, [name]: replaced(members[name], rest, text) };
}

/** Whether people write what they like into it. */
function isFree(schema: JsonSchema): boolean {
  const types = [schema['type'] ?? []].flat();
  const bound = ['enum', 'const', 'format', 'pattern'].some((keyword) => schema[keyword] !== undefined);
  return types.includes('string') && !bound;
}
