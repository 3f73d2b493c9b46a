import { beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, type Stopwatch } from '../../../src/kernel/index.js';
import type { JsonObject } from '../../../src/securing/index.js';
import { boundResolver } from '../../../src/verification/bound-resolver.js';
import {
  inProcessJudge,
  JudgingEnded,
  verifyCredential,
  type FetchFailure,
  type Judge,
  type Resolver,
  type VerificationReport,
} from '../../../src/verification/index.js';
import { requestBudget, requestLimits } from '../../../src/verification/request-budget.js';
import { makeIssuer, portsOf, rigNow, worldOf } from '../../support/credential-rig.js';
import { aPresentation } from '../../support/presentation-rig.js';

const issuer = makeIssuer('did:web:college.example.org');

/** Time that passes only when told. */
function settableStopwatch(): Stopwatch & { pass(seconds: number): void; readonly waiting: number } {
  let now = 0;
  let timers: { readonly at: number; readonly then: () => void }[] = [];
  return {
    seconds: () => now,
    after: (seconds, then) => {
      const timer = { at: now + seconds, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    pass: (seconds) => {
      now += seconds;
      for (const { then } of timers.filter((timer) => timer.at <= now)) then();
      timers = timers.filter((timer) => timer.at > now);
    },
    get waiting() {
      return timers.length;
    },
  };
}

let stopwatch: ReturnType<typeof settableStopwatch>;
let logged: object[];
beforeEach(() => {
  stopwatch = settableStopwatch();
  logged = [];
});

/** A credential without a signature that names a schema. */
function nth(n: number): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: `https://college.example.org/c/${n}`,
    type: ['VerifiableCredential'],
    issuer: issuer.did,
    credentialSubject: { id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e40' },
    credentialSchema: { id: `https://college.example.org/schema/${n}`, type: 'JsonSchema' },
    proof: {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      verificationMethod: `${issuer.did}#proof-1`,
      proofPurpose: 'assertionMethod',
      proofValue: `z${'2'.repeat(87)}`,
    },
  };
}

function some(count: number): JsonObject {
  return aPresentation(Array.from({ length: count }, (_, n) => nth(n)));
}

function verify(
  value: JsonObject,
  judge: Judge,
  resolver: Partial<Resolver> = {},
): Promise<VerificationReport> {
  const ports = portsOf(worldOf(issuer));
  return verifyCredential(
    {
      ...ports,
      resolver: { ...ports.resolver, ...resolver },
      judge,
      stopwatch,
      log: (event) => logged.push(event),
    },
    { kind: 'document', value },
    { now: rigNow },
  );
}

/** The judge, with something before each credential that it judges. */
function judgeWith(before: (id: string) => void): Judge {
  return {
    ...inProcessJudge,
    judge: (credential, grounds) => {
      before(String(credential.document['id']));
      return inProcessJudge.judge(credential, grounds);
    },
  };
}

function limitsOf(report: VerificationReport | undefined): string | undefined {
  return report?.checks.find(({ check }) => check === 'limits')?.detail;
}

describe('what one request may spend', () => {
  it('is spent by the first credential that took all of its own: the others are named and not judged', async () => {
    const judged: string[] = [];
    const report = await verify(
      some(8),
      judgeWith((id) => {
        judged.push(id);
        if (id.endsWith('/c/2')) throw new JudgingEnded({ kind: 'time', seconds: 2 });
      }),
    );
    expect(judged.filter((id) => id.includes('/c/'))).toEqual([0, 1, 2].map((n) => nth(n)['id']));
    expect(report.verdict).not.toBe('valid');
    expect(report.nested).toHaveLength(8);
    expect(limitsOf(report.nested[2])).toMatch(/longer than 2 s, more than one credential/);
    for (const [n, { verdict, credential, ...rest }] of report.nested.entries()) {
      if (n < 3) continue;
      expect(verdict).toBe('could-not-check');
      expect(credential?.['id']).toBe(nth(n)['id']);
      expect(limitsOf({ verdict, credential, ...rest })).toMatch(
        /^Not judged: something in the same document/,
      );
    }
    expect(stopwatch.waiting).toBe(0);
  });

  it('is so much judging in all, however little each takes', async () => {
    const judged: string[] = [];
    const report = await verify(
      some(20),
      judgeWith((id) => {
        judged.push(id);
        if (id.includes('/c/')) stopwatch.pass(1);
      }),
    );
    const { judgingSeconds } = requestLimits;
    expect(judged.filter((id) => id.includes('/c/'))).toHaveLength(judgingSeconds);
    expect(limitsOf(report.nested[judgingSeconds - 1])).not.toMatch(/Not judged/);
    expect(limitsOf(report.nested[judgingSeconds])).toMatch(
      new RegExp(`^Not judged: .* more than ${judgingSeconds} s`),
    );
    expect(limitsOf(report.nested[19])).toMatch(/^Not judged/);
  });

  it('is so long on the clock in all, the waiting for other hosts included', async () => {
    const report = await verify(some(2), inProcessJudge, {
      did: async () => {
        stopwatch.pass(requestLimits.wholeSeconds);
        return { ok: true, document: issuer.document };
      },
    });
    expect(report.nested.map(limitsOf)).toEqual(
      [0, 1].map(() => expect.stringMatching(/^Not judged: looking up and judging/)),
    );
  });

  it('has what all its credentials point at looked up at the same time, until one deadline for all', async () => {
    const asked: string[] = [];
    const verifying = verify(some(6), inProcessJudge, {
      schema: (url) => {
        asked.push(url);
        // None ever answers; when all have been asked, the time is over.
        if (asked.length === 6) stopwatch.pass(requestLimits.lookUpSeconds);
        return new Promise(() => undefined);
      },
    });
    const report = await verifying;
    expect(asked).toHaveLength(6);
    for (const nested of report.nested)
      expect(nested.checks.find(({ check }) => check === 'schema')).toMatchObject({
        outcome: 'could-not-check',
        detail: expect.stringContaining('the time that all look-ups for one request are given'),
      });
    expect(stopwatch.waiting).toBe(0);
  });

  it('lets only some look-ups be under way at once, and none begin after the deadline', async () => {
    let underWay = 0;
    let most = 0;
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const absent: FetchFailure = { ok: false, kind: 'absent', reason: 'not there' };
    const budget = requestBudget(stopwatch);
    const counting = {
      schema: async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await answered;
        underWay -= 1;
        return absent;
      },
    } as unknown as Resolver;
    const resolver = boundResolver(counting, budget.lookUps);
    const answers = Promise.all(
      Array.from({ length: 100 }, (_, n) => resolver.schema(`https://${n}.example`)),
    );
    await Promise.resolve();
    answer();
    expect(await answers).toEqual(Array.from({ length: 100 }, () => absent));
    expect(most).toBe(24);
    stopwatch.pass(requestLimits.lookUpSeconds);
    expect(await resolver.schema('https://late.example')).toMatchObject({ ok: false, kind: 'unreachable' });
    expect(most).toBe(24);
    budget.end();
  });
});

describe('what a document points at', () => {
  it('is asked for once each, however often and by whatever credential it is named', async () => {
    const asked: string[] = [];
    const noting = new Proxy({} as Resolver, {
      get: (_resolver, method: string) => async (what: unknown) => {
        asked.push(`${method} ${JSON.stringify(what)}`);
        return { ok: false, kind: 'absent', reason: asked.length };
      },
    });
    const budget = requestBudget(stopwatch);
    const resolver = boundResolver(noting, budget.lookUps);
    const url = 'https://example.org/x';
    for (const method of ['did', 'statusList', 'controller', 'keys', 'schema', 'standing'] as const)
      expect(await resolver[method](url, 'did:web:a')).toEqual(await resolver[method](url, 'did:web:a'));
    for (const wanted of [{ url }, { url, mediaType: 'text/plain' }, { url, digestMultibase: 'uIDA' }])
      expect(await resolver.resource(wanted)).toEqual(await resolver.resource({ ...wanted }));
    await resolver.standing(url, 'did:web:b');
    expect(asked).toHaveLength(10);
    budget.end();
  });
});

describe('a fault of ours that a document brings out', () => {
  it.each([
    ['while it is read', { read: async () => Promise.reject(new TypeError('our fault')) }],
    ['while it is judged', { judge: async () => Promise.reject(new TypeError('our fault')) }],
  ])('%s is said to be one, never good or bad, and logged', async (_when, broken: Partial<Judge>) => {
    const report = await verify(nth(1), { ...inProcessJudge, ...broken });
    expect(report.verdict).toBe('could-not-check');
    expect(limitsOf(report)).toMatch(/met a fault of this verifier/);
    expect(logged).toEqual([
      { event: 'judging-failed', error: expect.objectContaining({ message: 'our fault' }) },
    ]);
  });

  it('in looking up is the same', async () => {
    const report = await verify(nth(1), inProcessJudge, {
      schema: () => Promise.reject(new TypeError('our fault')),
    });
    expect(report.verdict).toBe('could-not-check');
    expect(limitsOf(report)).toMatch(/met a fault of this verifier/);
    expect(logged).toHaveLength(1);
  });

  it('is not made of having no room to judge now, which the caller is told', async () => {
    const full = new AppError('unavailable', 'Too many wait.');
    const judge = { ...inProcessJudge, judge: async () => Promise.reject(full) };
    await expect(verify(nth(1), judge)).rejects.toBe(full);
  });
});
