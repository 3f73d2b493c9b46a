import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { compactVerify, importJWK, type JWK } from 'jose';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { answerManifest } from '../../../src/submissions/index.js';
import {
  guardFindings,
  issuerOf,
  issuingEffects,
  settleDecision,
  supersedeAward,
  type Award,
  type Edition,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, type Store } from '../../../src/kernel/index.js';
import {
  compactWithOurContexts,
  didDocument,
  digestMultibaseSha384,
  jwks,
  listIssuerKeys,
  type JsonObject,
} from '../../../src/securing/index.js';
import { documentLoader } from '../../../src/securing/document-loader.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

const start = '2026-11-20T09:00:00Z';
const stock = vc as unknown as {
  verifyCredential(options: object): Promise<{ verified: boolean; error?: unknown }>;
};

let store: Store;
let house: IssuingHouse;
let cast: Cast;

beforeEach(async () => {
  store = await openSqlite({ file: ':memory:' });
  house = anIssuingHouse(store, settableClock(start));
  cast = await aCast(house);
});

async function anAward(content = reviewedContent()) {
  const version = await anAchievement(house, cast, 'formative-feedback', content);
  const decision = await aDecision(house, cast, version);
  const award = (await settleDecision(house.ports, decision))!;
  const edition = (await house.ports.store.edition(cast.district.id, award.id, 1))!;
  return { version, decision, award, edition, credential: JSON.parse(edition.json) as Credential };
}

type Credential = JsonObject & {
  readonly issuer: JsonObject;
  readonly credentialSubject: JsonObject & {
    readonly result: readonly JsonObject[];
    readonly narrative: string;
  };
  readonly evidence: readonly JsonObject[];
  readonly relatedResource: readonly JsonObject[];
};

/** The stock library's verdict, with the issuer's published DID document and nothing else of ours. */
async function stockVerdict(credential: JsonObject): Promise<boolean> {
  const { ref } = await issuerOf(house.ports, cast.district.id);
  const did = didDocument(ref.did, await listIssuerKeys(house.ports.securing, cast.district.id));
  const { verified } = await stock.verifyCredential({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ cryptosuite }),
    now: new Date(start),
    checkStatus: async () => ({ verified: true }),
    documentLoader: async (url: string) => {
      if (url.split('#')[0] !== ref.did) return documentLoader(url);
      const methods = did['verificationMethod'] as readonly JsonObject[];
      const method = methods.find(({ id }) => id === url);
      return {
        documentUrl: url,
        document:
          method === undefined ? did : { '@context': 'https://w3id.org/security/multikey/v1', ...method },
      };
    },
  });
  return verified;
}

describe('a credential of a met decision', () => {
  it('has the golden shape: its arrays, its one status object with an id, its contexts and schemas', async () => {
    const { credential, version, award } = await anAward();
    expect(credential).toMatchObject({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: 'did:web:credentials.example.test:issuers:riverbend', type: ['Profile'] },
      validFrom: start,
      validUntil: '2031-11-20T09:00:00Z',
      awardedDate: start,
      credentialSchema: [
        {
          id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        },
        { id: `${version.url}/credential-schema.json`, type: '1EdTechJsonSchemaValidator2019' },
      ],
      proof: [{ cryptosuite: 'eddsa-rdfc-2022' }],
    });
    expect(credential['id']).toBe(award.credentialId);
    expect(award.publicId).toMatch(new RegExp(`^${cast.district.code}[0-9A-Za-z]{18}$`));
    const status = credential['credentialStatus'] as { [name: string]: string };
    expect(status['id']).toBe(`${status['statusListCredential']}#${status['statusListIndex']}`);
    expect(credential.credentialSubject.result).toEqual([
      {
        type: ['Result'],
        resultDescription: `${version.url}#planning`,
        achievedLevel: `${version.url}#planning-2`,
        status: 'Completed',
      },
      {
        type: ['Result'],
        resultDescription: `${version.url}#feedback`,
        achievedLevel: `${version.url}#feedback-3`,
        status: 'Completed',
      },
    ]);
    expect(guardFindings(credential)).toEqual([]);
  });

  it('equals its own compaction once the arrays that compaction opens are closed again', async () => {
    const { credential } = await anAward();
    expect(await compactWithOurContexts(credential)).toEqual(credential);
  });

  it('is accepted by the stock verifier, and refused once a letter of it is changed', async () => {
    const { credential } = await anAward();
    expect(await stockVerdict(credential)).toBe(true);
    expect(await stockVerdict({ ...credential, name: 'Another name' })).toBe(false);
    const { credentialSubject } = credential;
    const raised = { ...credentialSubject, creditsEarned: 15 };
    expect(await stockVerdict({ ...credential, credentialSubject: raised })).toBe(false);
  });

  it('is a JWT too, that a plain JOSE library verifies with the published JWK Set alone', async () => {
    const { edition, credential, award } = await anAward();
    const { ref } = await issuerOf(house.ports, cast.district.id);
    const [key] = jwks(ref.did, await listIssuerKeys(house.ports.securing, cast.district.id)).keys;
    const verified = await compactVerify(edition.jwt, await importJWK(key as JWK, 'RS256'));
    const { proof: _proof, ...unsigned } = credential;
    expect(JSON.parse(new TextDecoder().decode(verified.payload))).toEqual({
      ...unsigned,
      iss: ref.did,
      jti: award.credentialId,
      sub: award.subjectId,
      nbf: Date.parse(start) / 1000,
      exp: Date.parse('2031-11-20T09:00:00Z') / 1000,
    });
    expect(verified.protectedHeader).toEqual({ alg: 'RS256', kid: `${ref.did}#jwt-2026-1` });
  });

  it('names nobody: no e-mail, name, member, submission or file, only a salted hash', async () => {
    const { edition, decision, award } = await anAward();
    const hidden = [
      cast.teacher.email,
      cast.teacher.id,
      decision.submission,
      decision.id,
      award.id,
      'plan.pdf',
      'third lesson',
      ...decision.ratings,
    ];
    expect(hidden.filter((text) => edition.json.includes(text))).toEqual([]);
    const hash = createHash('sha256')
      .update(cast.teacher.email + award.identitySalt)
      .digest('hex');
    expect(edition.json).toContain(`"identityHash":"sha256$${hash}"`);
  });

  it('says of evidence what the version says, pinned by its salted manifest', async () => {
    const { credential, decision } = await anAward();
    const submission = (await house.ports.submissions.store.submission(
      cast.district.id,
      decision.submission,
    ))!;
    const answer = submission.answers['plan']!;
    if (answer.kind !== 'file') throw new Error('the plan is a file');
    const artefacts = await house.ports.evidence.store.artefactsById(cast.district.id, answer.artefacts);
    expect(credential.evidence).toEqual([
      {
        id: expect.stringMatching(/^urn:uuid:/),
        type: ['Evidence'],
        name: 'Lesson plan',
        genre: 'Plan',
        narrative: 'One unit plan.',
        digestMultibase: digestMultibaseSha384(answerManifest(answer, artefacts)!),
        mediaType: 'application/json',
      },
      expect.objectContaining({ name: 'Reflection', genre: 'Reflection' }),
    ]);
  });

  it('pins the quality statement by the digest of its kept bytes, and says its sentence', async () => {
    const { credential, award } = await anAward();
    const statement = (await house.ports.store.statement(cast.district.id, award.statement!))!;
    expect(credential.relatedResource).toEqual([
      {
        id: `https://credentials.example.test/d/riverbend/quality/sha256-${statement.sha256}.json`,
        digestMultibase: digestMultibaseSha384(statement.text),
        mediaType: 'application/json',
      },
    ]);
    expect(createHash('sha256').update(statement.text).digest('hex')).toBe(statement.sha256);
    expect(credential.credentialSubject.narrative).toBe(
      'Decided by the conjunctive rule on two independent reviews by experts of the founding panel certified for version 1 of the rubric at signing; there are not yet enough reviews to tell how well reviewers agree.',
    );
  });

  it('waits, unsigned, when a sign-off under it was not made under a certification', async () => {
    const version = await anAchievement(house, cast, 'formative-feedback');
    const decision = await aDecision(house, cast, version);
    const { ports } = house;
    const rating = (await ports.review.store.rating(cast.district.id, decision.ratings[0]!))!;
    const certification = (await ports.calibration.store.certification(
      cast.district.id,
      rating.certification,
    ))!;
    await ports.calibration.store.certifications.replace({ ...certification, until: start });
    await expect(settleDecision(ports, decision)).rejects.toMatchObject({ code: 'rule-violated' });
    const [award] = (await ports.store.pageOfAwards(cast.district.id, { limit: 10 }))
      .items as readonly Award[];
    expect(award).toMatchObject({ state: 'preparing', edition: 0 });
    expect(award!.effectDue).not.toBeNull();
    expect(await ports.store.editionsOf(cast.district.id, award!.id)).toEqual([]);
  });

  it('is never made with levels that are not the decided ones or do not meet the rule', async () => {
    const version = await anAchievement(house, cast, 'formative-feedback');
    const below = await aDecision(house, cast, version, {
      levels: { planning: 'planning-1', feedback: 'feedback-3' },
    });
    await expect(settleDecision(house.ports, below)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/credentialSubject/result' })]),
    });
  });
});

describe('a decision', () => {
  it('awards once, however many settle it at the same time, with fresh ports or the same', async () => {
    const version = await anAchievement(house, cast, 'formative-feedback');
    const decision = await aDecision(house, cast, version);
    const others = [1, 2, 3].map(() => anIssuingHouse(store, settableClock(start)));
    const awards = await Promise.all(
      [house, house, ...others].map(({ ports }) => settleDecision(ports, decision)),
    );
    expect(new Set(awards.map((award) => award?.credentialId)).size).toBe(1);
    await expectOneOfEach(decision.submission);
  });

  it('says not yet at first and awards nothing; a later round that says so revokes, and met after that awards anew', async () => {
    const { decision, award } = await anAward();
    const version = (await house.ports.achievements.store.version(
      cast.district.id,
      award.achievementVersion,
    ))!;
    const first = await aDecision(house, cast, version, { outcome: 'not_yet' });
    expect(await settleDecision(house.ports, first)).toBeUndefined();
    expect((await house.ports.review.store.decision(cast.district.id, first.id))!.effectDue).toBeNull();
    const later = await aDecision(house, cast, version, {
      submission: decision.submission,
      round: 1,
      outcome: 'not_yet',
    });
    expect(await settleDecision(house.ports, later)).toMatchObject({ id: award.id, state: 'revoked' });
    const again = await aDecision(house, cast, version, { submission: decision.submission, round: 2 });
    const anew = (await settleDecision(house.ports, again))!;
    expect(anew).toMatchObject({ state: 'active', basis: { decision: again.id } });
    expect(anew.credentialId).not.toBe(award.credentialId);
    const last = await aDecision(house, cast, version, { submission: decision.submission, round: 3 });
    expect(await settleDecision(house.ports, last)).toMatchObject({
      id: anew.id,
      state: 'active',
      edition: 1,
    });
    // Asked again about the earlier ones, nothing is awarded or revoked anew.
    for (const one of [decision, later, again])
      expect(await settleDecision(house.ports, one)).toMatchObject({ id: anew.id });
    expect(await house.ports.store.award(cast.district.id, award.id)).toMatchObject({ state: 'revoked' });
  });

  it('that says not yet later revokes the credential that took the place of the first', async () => {
    const { decision, award, version } = await anAward();
    const { award: next } = await supersedeAward(house.ports, cast.admin, { award: award.id, reason: 'x' });
    const { submission } = decision;
    const later = await aDecision(house, cast, version, { submission, round: 1, outcome: 'not_yet' });
    expect(await settleDecision(house.ports, later)).toMatchObject({ id: next.id, state: 'revoked' });
    expect(await house.ports.store.award(cast.district.id, award.id)).toMatchObject({ state: 'superseded' });
  });

  it('is carried out by the jobs, which then find nothing due', async () => {
    const version = await anAchievement(house, cast, 'formative-feedback');
    const decision = await aDecision(house, cast, version);
    const failures: unknown[] = [];
    const sweeper = createSweeper({
      clock: house.ports.clock,
      effects: issuingEffects(house.ports),
      log: (failure) => failures.push(failure),
      intervalMillis: 3_600_000,
    });
    const first = await sweeper.settleAll();
    const second = await sweeper.settleAll();
    await sweeper.stop();
    expect({ failures, first: first.failed, second }).toEqual({
      failures: [],
      first: 0,
      second: { settled: 0, failed: 0 },
    });
    await expectOneOfEach(decision.submission);
  });
});

/** One award, one edition, one holding, one status index, and nothing due. */
async function expectOneOfEach(submission: string): Promise<void> {
  const fresh = anIssuingHouse(store, settableClock(start)).ports;
  const { items: awards } = await fresh.store.pageOfAwards(cast.district.id, { limit: 10 });
  const editions: Edition[] = [];
  for (const award of awards) editions.push(...(await fresh.store.editionsOf(cast.district.id, award.id)));
  const { items: holdings } = await fresh.pathways.store.pageOfHoldings(cast.district.id, cast.teacher.id, {
    limit: 10,
  });
  expect(awards).toHaveLength(1);
  expect(awards[0]).toMatchObject({
    state: 'active',
    edition: 1,
    making: null,
    uniqueBy: `decision:${submission}`,
  });
  expect(editions).toHaveLength(1);
  expect(holdings.map(({ award, state }) => ({ award, state }))).toEqual([
    { award: awards[0]!.id, state: 'active' },
  ]);
  expect(awards[0]!.effectDue).toBeNull();
}
