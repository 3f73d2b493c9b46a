import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { judgeInWorkers, type JudgeInWorkers } from '../../../src/adapters/workers/index.js';
import type { JsonObject } from '../../../src/securing/index.js';
import {
  inProcessJudge,
  verifyCredential,
  warmJudge,
  type Judge,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { builtWorker } from '../../support/built-worker.js';
import {
  aBadge,
  asToken,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigIndex,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
  type RigIssuer,
  type World,
} from '../../support/credential-rig.js';

const did = `did:web:${rigHost}:issuers:westfield`;
const schemaUrl = `https://${rigHost}/d/westfield/schema.json`;

let worker: Awaited<ReturnType<typeof builtWorker>>;
let issuer: RigIssuer;
let badge: JsonObject;
let world: World;
let workers: JudgeInWorkers | undefined;
let logged: object[] = [];

beforeAll(async () => {
  worker = await builtWorker();
  issuer = makeIssuer(did);
  badge = await sealed(aBadge(issuer), issuer.proof);
});
afterAll(() => worker.remove());
beforeEach(async () => {
  world = worldOf(issuer);
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
});
afterEach(async () => {
  await workers?.close();
  workers = undefined;
});

function start(wallClockSeconds = 30): Judge {
  logged = [];
  const log = (event: object) => logged.push(event);
  workers = judgeInWorkers({
    url: worker.url,
    wallClockSeconds,
    threads: 1,
    waiting: 8,
    megabytes: 160,
    log,
  });
  return workers.judge;
}

function verify(document: JsonObject | string, judge: Judge): Promise<VerificationReport> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return verifyCredential(
    { ...portsOf(world), judge },
    { kind: 'bytes', bytes: Buffer.from(text) },
    { now: rigNow },
  );
}

/** The badge with a second schema of its issuer's that wants its name to match `pattern`. */
function withPattern(pattern: string, name?: string): Promise<JsonObject> {
  return withSchema({ type: 'object', properties: { name: { type: 'string', pattern } } }, name);
}

/** The badge with a second schema of its issuer's. */
async function withSchema(schema: JsonObject, name = 'Formative feedback'): Promise<JsonObject> {
  world.resources.set(schemaUrl, JSON.stringify(schema));
  return sealed(
    aBadge(issuer, (copy) => {
      copy['name'] = name;
      copy['credentialSchema'] = [
        ...(copy['credentialSchema'] as unknown[]),
        { id: schemaUrl, type: '1EdTechJsonSchemaValidator2019' },
      ];
    }),
    issuer.proof,
  );
}

/** The badge with as many schemas as are fetched, each of which takes about a second to be made ready. */
async function withManySchemas(): Promise<JsonObject> {
  const urls = Array.from({ length: 15 }, (_, n) => `${schemaUrl}?${n}`);
  const anyOf = Array.from({ length: 3000 }, (_, n) => ({
    properties: { name: { const: String(n) } },
    required: ['id'],
  }));
  for (const url of urls) world.resources.set(url, JSON.stringify({ anyOf: [...anyOf, {}] }));
  return sealed(
    aBadge(issuer, (copy) => {
      copy['credentialSchema'] = urls.map((id) => ({ id, type: '1EdTechJsonSchemaValidator2019' }));
    }),
    issuer.proof,
  );
}

describe('a credential that is judged in a worker thread', () => {
  it('meets a thread that has judged before: all that a badge needs was used once', async () => {
    const checks = await warmed();
    // Nobody signed it, and that was found out last.
    expect(checks.filter(([, outcome]) => outcome !== 'passed' && outcome !== 'not-applicable')).toEqual([
      ['proof', 'failed'],
    ]);
    expect(
      checks.filter(([check]) => check === 'compact' || check === 'schema').map(([, outcome]) => outcome),
    ).toEqual(['passed', 'passed']);
  });

  it('gets the report that it gets in this thread, whatever its form and verdict', async () => {
    const judge = start();
    const token = await asToken(aBadge(issuer), issuer.rsa);
    const altered = JSON.stringify(badge).replace('Formative', 'Summative');
    const reports = [];
    for (const text of [JSON.stringify(badge), token, altered, 'no credential', '[[[[', '{"a":1}']) {
      const report = await verify(text, judge);
      expect(report).toEqual(await verify(text, inProcessJudge));
      reports.push(report.verdict);
    }
    world.resources.set(rigListUrl, await aStatusList(issuer, [rigIndex]));
    expect(await verify(badge, judge)).toEqual(await verify(badge, inProcessJudge));
    reports.push((await verify(badge, judge)).verdict);
    expect(reports).toEqual([
      'valid',
      'valid',
      'not-genuine',
      'not-genuine',
      'not-genuine',
      'not-genuine',
      'revoked',
    ]);
  });

  it('has the patterns of its issuer’s schemas run, which are not run in this thread', async () => {
    const judge = start();
    const fitting = await withPattern('^Formative');
    expect((await verify(fitting, judge)).verdict).toBe('valid');
    expect(schemaLine(await verify(fitting, inProcessJudge))).toMatchObject({ outcome: 'could-not-check' });
    const unfit = await withPattern('^Summative');
    expect(schemaLine(await verify(unfit, judge))).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('/name must match pattern'),
    });
  });

  it('could not be checked when its schema is of a kind that answers later, and the thread lives', async () => {
    const judge = start();
    for (const schema of [
      { $async: true, type: 'object', required: ['nope'] },
      { allOf: [{ $ref: '#/$defs/later' }], $defs: { later: { $async: true, required: ['nope'] } } },
    ]) {
      const hostile = await withSchema(schema);
      for (const where of [judge, inProcessJudge]) {
        const report = await verify(hostile, where);
        expect(report.verdict).toBe('could-not-check');
        expect(schemaLine(report)).toMatchObject({
          outcome: 'could-not-check',
          detail: expect.stringContaining('$async'),
        });
      }
    }
    expect((await verify(badge, judge)).verdict).toBe('valid');
  });

  it('costs nobody a thread by what it leaves behind there, which is logged', async () => {
    const straying = await builtWorker('test/support/straying-worker.ts');
    const logged: object[] = [];
    workers = judgeInWorkers({
      url: straying.url,
      wallClockSeconds: 30,
      threads: 1,
      waiting: 8,
      megabytes: 160,
      log: (event) => logged.push(event),
    });
    const { judge } = workers;
    const reports = await Promise.all([verify(badge, judge), verify(badge, judge), verify(badge, judge)]);
    expect(reports.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid']);
    // What is logged comes by another way than the answers, and may come after them.
    const isThere = () => logged.some((event) => JSON.stringify(event).includes('by a timer'));
    for (let looks = 0; looks < 300 && !isThere(); looks += 1) await sleep(20);
    for (const left of ['a promise', 'a timer'])
      expect(logged).toContainEqual({
        event: 'judging-failed',
        error: expect.stringContaining(`left behind by ${left}`),
      });
    expect(logged.filter((event) => (event as { event: string }).event !== 'judging-failed')).toEqual([]);
    straying.remove();
  });

  it('could not be checked when a pattern would take years, which costs no thread', async () => {
    const judge = start();
    const hostile = await verify(await withPattern('^(a+)+$', `${'a'.repeat(80)}!`), judge);
    expect(hostile.verdict).toBe('could-not-check');
    const detail = `The schema ${schemaUrl} cannot be used: judging a credential by it takes longer than 0.5 s.`;
    expect(schemaLine(hostile)).toEqual({ check: 'schema', outcome: 'could-not-check', detail });
    expect(hostile.reasons).toContain(detail);
    // All else is judged as ever.
    expect(hostile.checks.find(({ check }) => check === 'proof')?.outcome).toBe('passed');
    expect((await verify(badge, judge)).verdict).toBe('valid');
    expect(logged).toEqual([]);
  });

  it('could not be checked when the clock strikes, and the next one is judged as ever', async () => {
    const judge = start(3);
    expect((await verify(badge, judge)).verdict).toBe('valid');
    const hostile = await verify(await withManySchemas(), judge);
    expect(hostile.verdict).toBe('could-not-check');
    const detail = 'Judging took longer than 3 s, more than one credential is given.';
    expect(hostile.checks[0]).toEqual({ check: 'limits', outcome: 'could-not-check', detail });
    expect(hostile.reasons).toContain(detail);
    // What was read before is still told: whom it says it is from.
    expect(hostile.sentence).toContain(rigHost);
    expect((await verify(badge, judge)).verdict).toBe('valid');
  });
});

/** What the checks say of the badge that warms a thread. */
async function warmed(): Promise<readonly (readonly [string, string])[]> {
  const findings: (readonly [string, string])[] = [];
  await warmJudge({
    read: async (bytes, limits) => {
      const reading = await inProcessJudge.read(bytes, limits);
      for (const [check, { outcome }] of Object.entries(reading.findings)) findings.push([check, outcome]);
      return reading;
    },
    judge: async (credential, grounds) => {
      const judged = await inProcessJudge.judge(credential, grounds);
      for (const [check, { outcome }] of Object.entries(judged)) findings.push([check, outcome]);
      return judged;
    },
  });
  return findings;
}

function schemaLine(report: VerificationReport) {
  return report.checks.find(({ check }) => check === 'schema');
}
