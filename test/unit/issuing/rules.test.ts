import { Ajv2019 } from 'ajv/dist/2019.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AchievementVersion, ContentInput, DecisionRule } from '../../../src/achievements/index.js';
import { contentFrom, contentHash } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  achievementOf,
  checkBeforeSigning,
  checkTemplate,
  composeCredential,
  credentialSchemaOf,
  guardFindings,
  qualitySentence,
  qualityStatementFor,
  type AssessedSlots,
  type PoolFigures,
  type StatementInput,
} from '../../../src/issuing/index.js';
import { settableClock } from '../../../src/kernel/index.js';
import type { TenancyPorts } from '../../../src/tenancy/index.js';
import { aCast, anIssuingHouse, reviewedContent } from '../../support/issuing-house.js';

const now = '2026-11-20T09:00:00Z';
const url = 'https://credentials.example.test/d/riverbend/achievements/ff/v3';

function aVersion(change: Partial<ContentInput> = {}): AchievementVersion {
  const content = contentFrom(reviewedContent(change), 'en-US');
  return {
    district: 'dst_x',
    slug: 'ff',
    number: 3,
    url,
    contentHash: contentHash(content),
    content,
  } as unknown as AchievementVersion;
}

function ruledBy(rule: DecisionRule): AchievementVersion {
  const { assessment } = reviewedContent();
  if (assessment.by !== 'review') throw new Error('reviewed');
  return aVersion({ assessment: { ...assessment, rubric: { ...assessment.rubric, rule } } });
}

function composed(version: AchievementVersion, levels = { planning: 'planning-2', feedback: 'feedback-3' }) {
  const assessed: AssessedSlots = {
    by: 'review',
    levels,
    evidence: [
      { id: 'urn:uuid:1', requirement: 'plan', digestMultibase: 'uIDB' },
      { id: 'urn:uuid:2', requirement: 'reflection', digestMultibase: null },
    ],
    sentence: 'Decided.',
    statement: { id: 'https://x.test/q.json', digestMultibase: 'uIDB', mediaType: 'application/json' },
  };
  return composeCredential(
    { issuer: { id: 'did:web:x.test:issuers:r', name: 'R', url: null, email: null }, version },
    {
      credentialId: 'https://x.test/c/AAAA000000000000000000',
      validFrom: now,
      validUntil: null,
      awardedDate: now,
      subjectId: 'urn:uuid:3',
      identityHash: 'sha256$ab',
      identitySalt: 'ab',
      source: null,
      status: { list: 'https://x.test/s', index: 5 },
      assessed,
    },
  );
}

const levels = { planning: 'planning-2', feedback: 'feedback-3' };

describe('the schema of a version', () => {
  const validates = (version: AchievementVersion, given: typeof levels) => {
    const { $id: _id, ...schema } = credentialSchemaOf(version);
    return new Ajv2019({ strict: false }).compile(schema)(composed(version, given));
  };

  it('takes a level at or above the floor of every criterion and nothing below or foreign', () => {
    const version = aVersion();
    expect(validates(version, levels)).toBe(true);
    expect(validates(version, { ...levels, planning: 'planning-3' })).toBe(true);
    expect(validates(version, { ...levels, planning: 'planning-1' })).toBe(false);
    expect(validates(version, { ...levels, planning: 'feedback-2' })).toBe(false);
    expect(validates(version, { ...levels, planning: 'planning-9' })).toBe(false);
  });

  it('has a floor only where the rule truly enforces one, and so has requiredLevel', () => {
    const required = (version: AchievementVersion) =>
      (achievementOf(version)['resultDescription'] as { requiredLevel?: string }[]).map(
        (one) => one.requiredLevel,
      );
    const allowances = ruledBy({ kind: 'conjunctive-with-allowances', allowances: 1 });
    const compensatory = ruledBy({ kind: 'compensatory', cut: 4, floors: { feedback: 'feedback-3' } });
    expect(required(aVersion())).toEqual([`${url}#planning-2`, `${url}#feedback-2`]);
    expect(required(allowances)).toEqual([undefined, undefined]);
    expect(required(compensatory)).toEqual([undefined, `${url}#feedback-3`]);
    expect(validates(allowances, { ...levels, planning: 'planning-1' })).toBe(true);
    expect(validates(compensatory, { planning: 'planning-1', feedback: 'feedback-3' })).toBe(true);
    expect(validates(compensatory, { planning: 'planning-3', feedback: 'feedback-2' })).toBe(false);
  });

  it('is for this achievement alone and wants a result for every criterion', () => {
    const version = aVersion();
    const { $id: _id, ...schema } = credentialSchemaOf(version);
    const validate = new Ajv2019({ strict: false }).compile(schema);
    const credential = structuredClone(composed(version)) as { credentialSubject: { result: unknown[] } };
    credential.credentialSubject.result.pop();
    expect(validate(credential)).toBe(false);
    expect(validate(composed({ ...version, url: `${url}0` }))).toBe(false);
  });

  it('is no schema of results where nothing was reviewed here', () => {
    const schema = credentialSchemaOf(aVersion({ assessment: { by: 'outside', how: 'x' } }));
    expect(JSON.stringify(schema)).not.toContain('"result"');
    expect(schema['required']).toEqual(['awardedDate', 'credentialSubject']);
  });
});

describe('the achievement of a version', () => {
  it('is related to the version before it, and the first to none', () => {
    expect(achievementOf(aVersion())['related']).toEqual([
      { id: url.replace('/v3', '/v2'), type: ['Related'], inLanguage: 'en-US', version: '2' },
    ]);
    expect(achievementOf({ ...aVersion(), number: 1 })).not.toHaveProperty('related');
  });
});

describe('the check before signing', () => {
  it('finds nothing in what the template makes from good slots', () => {
    expect(checkBeforeSigning(aVersion(), composed(aVersion()), levels)).toEqual([]);
  });

  it.each([
    [
      'levels that are not the decided ones',
      levels,
      { ...levels, planning: 'planning-3' },
      '/credentialSubject/result/0/achievedLevel',
    ],
    [
      'levels below the floor',
      { ...levels, planning: 'planning-1' },
      { ...levels, planning: 'planning-1' },
      '/credentialSubject/result',
    ],
  ])('finds %s', (_, shown, decided, pointer) => {
    const findings = checkBeforeSigning(aVersion(), composed(aVersion(), shown), decided);
    expect(findings.map((finding) => finding.pointer)).toContain(pointer);
  });

  it('finds a result that allowances let through but the rule does not call met', () => {
    const version = ruledBy({ kind: 'conjunctive-with-allowances', allowances: 1 });
    const low = { planning: 'planning-1', feedback: 'feedback-1' };
    expect(checkBeforeSigning(version, composed(version, low), low)).toEqual([
      {
        pointer: '/credentialSubject/result',
        detail: 'holds levels that the decision rule does not call met',
      },
    ]);
  });

  it.each([
    ['id', 'https://x.test/c/short', '/id'],
    ['awardedDate', '2026-11-20', '/awardedDate'],
    ['validFrom', '2026-11-20T09:00:00.5Z', '/validFrom'],
    ['validUntil', '2026-11-20T09:00:00Z', '/validUntil'],
    ['proof', {}, '/proof'],
    ['evidence', [], '/evidence'],
    ['name', null, '/name'],
    ['https://x.test/term', 'x', '/https:~1~1x.test~1term'],
    ['@index', 'x', '/@index'],
  ])('finds a bad %s', (member, value, pointer) => {
    const credential = { ...composed(aVersion()), [member]: value };
    expect(checkBeforeSigning(aVersion(), credential, levels).map((finding) => finding.pointer)).toContain(
      pointer,
    );
  });

  it('finds credits that do not sign as they are shown', () => {
    const credential = structuredClone(composed(aVersion())) as {
      credentialSubject: { creditsEarned: number };
    };
    credential.credentialSubject.creditsEarned = 0.1;
    expect(checkBeforeSigning(aVersion(), credential as never, levels)).toContainEqual(
      expect.objectContaining({ pointer: '/credentialSubject/creditsEarned' }),
    );
  });

  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { name: nested(depth - 1) });
  it.each<[string, unknown, string]>([
    ['bytes', 'x'.repeat(64 * 1024), 'bytes'],
    ['values', Array.from({ length: 4000 }, (_, index) => index), 'values'],
    ['levels', nested(32), 'levels deep'],
  ])('finds more %s than our own verifier reads', (_, evidence, detail) => {
    const credential = { ...composed(aVersion()), name: evidence };
    expect(checkBeforeSigning(aVersion(), credential, levels)).toContainEqual({
      pointer: '',
      detail: expect.stringContaining(detail),
    });
  });

  it('finds one id on two unequal objects, and lets two equal ones and mere references be', () => {
    expect(guardFindings({ a: { id: 'x', name: '1' }, b: { id: 'x', name: '2' } })).toHaveLength(1);
    expect(guardFindings({ a: { id: 'x', name: '1' }, b: { id: 'x', name: '1' }, c: { id: 'x' } })).toEqual(
      [],
    );
  });
});

describe('the check of a template at publication', () => {
  let tenancy: TenancyPorts;
  let district: string;

  beforeEach(async () => {
    const house = anIssuingHouse(await openSqlite({ file: ':memory:' }), settableClock(now));
    tenancy = house.ports.tenancy;
    district = (await aCast(house)).district.id;
  });

  const check = (version: AchievementVersion) =>
    checkTemplate({ ...tenancy, publicUrl: 'https://credentials.example.test', tenancy }, {
      ...version,
      district,
    } as AchievementVersion);

  it.each([
    ['review', aVersion()],
    ['outside', aVersion({ assessment: { by: 'outside', how: 'x' } })],
    ['components', aVersion({ assessment: { by: 'components', components: ['ach_a', 'ach_b'] as never } })],
  ])('passes a good version that is assessed by %s', async (_, version) => {
    expect((await check(version)).errors).toEqual([]);
  });

  it('passes text in any script', async () => {
    const name = 'Retroalimentación 形成的评价 تقييم "quoted" <b> ]]>';
    expect((await check(aVersion({ name, criteria: `${name}\n\n- a\n- b`, tags: [name] }))).errors).toEqual(
      [],
    );
  });

  it('stops a criterion whose id is the fragment of something else', async () => {
    const { assessment } = reviewedContent();
    if (assessment.by !== 'review') throw new Error('reviewed');
    const [first, second] = assessment.rubric.criteria;
    const criteria = [{ ...first!, id: 'criteria', requiredLevel: 'criteria-2' }, second!];
    const { errors } = await check(aVersion({ assessment: { ...assessment, rubric: { criteria } } }));
    expect(errors).toContainEqual(expect.objectContaining({ detail: expect.stringContaining('#criteria') }));
  });

  it('stops what would be signed as less than it shows', async () => {
    expect((await check(aVersion({ tags: ['feedback', 'feedback'] }))).errors).toEqual([
      { pointer: '/tags', detail: 'holds an item twice' },
    ]);
  });
});

describe('the review quality statement', () => {
  const pool: PoolFigures = {
    from: '2026-05-22T09:00:00Z',
    to: now,
    reviewers: 14,
    ratings: 212,
    exact: { value: 0.7412, interval: [0.68, 0.8], n: 424 },
    quadraticWeightedKappa: { value: null, reason: 'no-variation' },
    seedDecisionAccuracy: { value: 0.91, interval: null, n: 58 },
    doubleRatedShare: { value: 0.31, interval: null, n: 212 },
    spansDistricts: false,
  };
  const head = { seq: 41, hash: '0f'.repeat(32), time: '2026-11-20T00:00:00Z' };
  const input = (change: Partial<StatementInput> = {}): StatementInput => ({
    version: aVersion(),
    decision: { reviews: 2, adjudicated: false },
    foundingPanel: false,
    pool,
    record: { heads: 'https://x.test/.well-known/audit/riverbend', entry: 'aud_a', head },
    ...change,
  });

  it('tells the pool’s figures, every number a string, and undefined as undefined with its reason', () => {
    const statement = qualityStatementFor(input());
    expect(statement).toMatchObject({
      type: 'ReviewQualityStatement',
      achievement: url,
      rubricVersion: '3',
      rubricDigest: expect.stringMatching(/^uID[A-D]/),
      decisionRule: 'conjunctive',
      thisAward: { independentReviews: '2', adjudicated: false, everyReviewerCertifiedAtSigning: true },
      pool: {
        reviewers: '14',
        ratings: '212',
        exact: { value: '0.74', interval: ['0.68', '0.80'], confidence: '0.95', n: '424' },
        quadraticWeightedKappa: { value: 'undefined', reason: 'no-variation' },
      },
      auditRecord: { entry: 'aud_a', headBefore: { ...head, seq: '41' } },
    });
    const none = { heads: 'https://x.test/h', entry: 'aud_a', head: null };
    expect(qualityStatementFor(input({ record: none }))['auditRecord']).toMatchObject({
      headBefore: { value: 'undefined', reason: 'no head was signed before the decision' },
    });
    const numbers: unknown[] = [];
    JSON.stringify(statement, (_, value: unknown) => {
      if (typeof value === 'number') numbers.push(value);
      return value;
    });
    expect(numbers).toEqual([]);
  });

  it.each([
    ['reviewers', { reviewers: 9 }],
    ['ratings', { ratings: 29 }],
  ])('tells no figure of a pool with too few %s', (_, few) => {
    const statement = qualityStatementFor(input({ pool: { ...pool, ...few } }));
    expect(statement['pool']).toEqual({ window: [pool.from, pool.to], figures: 'not yet enough reviews' });
    expect(qualitySentence(input({ pool: { ...pool, ...few } }))).toContain('not yet enough reviews');
  });

  it('says which criteria stand from before, from which day and how many reviews, and of nobody', () => {
    const carried = [
      { criteria: ['clear-goal'], reviews: 2, adjudicated: false, decidedAt: '2026-06-01T10:00:00Z' },
      { criteria: ['check', 'next'], reviews: 3, adjudicated: true, decidedAt: '2026-06-20T10:00:00Z' },
    ];
    expect(qualityStatementFor(input({ carried }))['thisAward']).toEqual({
      ...{ independentReviews: '2', adjudicated: false, everyReviewerCertifiedAtSigning: true },
      carriedOver: [
        {
          ...{ criteria: ['clear-goal'], decided: '2026-06-01', independentReviews: '2' },
          ...{ adjudicated: false, evidence: 'unchanged by digest' },
        },
        {
          ...{ criteria: ['check', 'next'], decided: '2026-06-20', independentReviews: '3' },
          ...{ adjudicated: true, evidence: 'unchanged by digest' },
        },
      ],
    });
    expect(qualitySentence(input({ carried }))).toContain(
      'at signing; the criterion clear-goal stands from two independent reviews decided on 2026-06-01, on evidence unchanged since; the criteria check, next stand from three independent reviews, adjudicated, decided on 2026-06-20, on evidence unchanged since; the pinned',
    );
    expect(qualityStatementFor(input({ carried: [] }))['thisAward']).not.toHaveProperty('carriedOver');
  });

  it('says one review as one, adjudication, the founding panel and the rule', () => {
    expect(qualitySentence(input({ decision: { reviews: 1, adjudicated: false } }))).toBe(
      'Decided by the conjunctive rule on one independent review by a reviewer certified for version 3 of the rubric at signing; the pinned review quality statement gives the figures.',
    );
    expect(
      qualitySentence(
        input({
          decision: { reviews: 3, adjudicated: true },
          foundingPanel: true,
          version: ruledBy({ kind: 'conjunctive-with-allowances', allowances: 1 }),
        }),
      ),
    ).toContain(
      'conjunctive rule with 1 allowance on three independent reviews, adjudicated, by experts of the founding panel',
    );
  });
});
