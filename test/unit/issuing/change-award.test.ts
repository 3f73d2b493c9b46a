import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AchievementVersion, ContentInput } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  awardOutside,
  correctAward,
  getAward,
  issuerOf,
  issuingEffects,
  listAwards,
  ownDocuments,
  ownIssuers,
  publicCredential,
  resumeAward,
  revokeAward,
  settleDecision,
  signedStanding,
  standingOf,
  supersedeAward,
  suspendAward,
  type Award,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, type Actor, type Store } from '../../../src/kernel/index.js';
import { creditsOf, progressOf } from '../../../src/pathways/index.js';
import {
  digestMultibaseSha384,
  jwks,
  listIssuerKeys,
  verifyCompactJwt,
} from '../../../src/securing/index.js';
import { isBitSet } from '../../../src/status/index.js';
import { addMember } from '../../../src/tenancy/index.js';
import { composeResolver, verifyCredential } from '../../../src/verification/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

let store: Store;
let clock: ReturnType<typeof settableClock>;
let house: IssuingHouse;
let cast: Cast;

beforeEach(async () => {
  store = await openSqlite({ file: ':memory:' });
  clock = settableClock('2026-11-20T09:00:00Z');
  house = anIssuingHouse(store, clock);
  cast = await aCast(house);
});

async function anAward(version?: AchievementVersion): Promise<Award> {
  const of = version ?? (await anAchievement(house, cast, 'formative-feedback'));
  return (await settleDecision(house.ports, await aDecision(house, cast, of)))!;
}

async function settleAll(): Promise<void> {
  const failures: unknown[] = [];
  const sweeper = createSweeper({
    clock,
    effects: issuingEffects(house.ports),
    log: (failure) => failures.push(failure),
    intervalMillis: 3_600_000,
  });
  await sweeper.settleAll();
  await sweeper.stop();
  expect(failures).toEqual([]);
}

const read = (id: string) => getAward(house.ports, cast.admin, id);

/** Whether the bit of this edition is set in the list as it is published now: read from the kept text alone. */
async function isRevoked(award: Award, n = award.edition): Promise<boolean> {
  const edition = (await house.ports.store.edition(award.district, award.id, n))!;
  const list = (await house.ports.status.store.list(award.district, edition.statusList))!;
  if (list.published === null) return false;
  const credential = JSON.parse(list.published.text) as { credentialSubject: { encodedList: string } };
  return isBitSet(credential.credentialSubject.encodedList, edition.statusIndex);
}

const holdingOf = (award: Award) => house.ports.pathways.store.holdingOfAward(award.district, award.id);

describe('revoking', () => {
  it('has set the bit in the published list, and the holding, before it answers', async () => {
    const award = await anAward();
    expect(await isRevoked(award)).toBe(false);
    const revoked = await revokeAward(house.ports, cast.admin, {
      award: award.id,
      reason: ' Found to be copied. ',
    });
    expect(revoked).toMatchObject({ state: 'revoked', reason: 'Found to be copied.', effectDue: null });
    expect(await isRevoked(award)).toBe(true);
    expect(await holdingOf(award)).toMatchObject({ state: 'revoked' });
    expect(await standingOf(house.ports, award.credentialId)).toMatchObject({ state: 'revoked', edition: 1 });
    expect(revoked.pendingEntries.at(-1)).toMatchObject({ verb: 'revoked', subject: { id: award.id } });
    expect(JSON.stringify(revoked.pendingEntries)).not.toContain('copied');
  });

  it('is refused a second time, without a reason, and of another district’s award', async () => {
    const award = await anAward();
    const { ports } = house;
    await expect(revokeAward(ports, cast.admin, { award: award.id, reason: ' ' })).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/reason' }],
    });
    await revokeAward(ports, cast.admin, { award: award.id, reason: 'x' });
    await expect(revokeAward(ports, cast.admin, { award: award.id, reason: 'x' })).rejects.toMatchObject({
      code: 'rule-violated',
    });
    const stranger: Actor = {
      kind: 'service',
      district: 'dst_aaaaaaaaaaaaaaaaaaaaaaaaaa' as Cast['district']['id'],
    };
    await expect(revokeAward(ports, stranger, { award: award.id, reason: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is finished by the jobs when the process ends after the first write', async () => {
    const award = await anAward();
    const { awards } = house.ports.store;
    const now = clock.now();
    await awards.replace({
      ...(await read(award.id)),
      state: 'revoked',
      reason: 'x',
      since: now,
      effectDue: now,
    });
    expect(await isRevoked(award)).toBe(false);
    await settleAll();
    expect(await isRevoked(award)).toBe(true);
    expect(await holdingOf(award)).toMatchObject({ state: 'revoked' });
    expect((await read(award.id)).effectDue).toBeNull();
  });
});

describe('suspending', () => {
  it('is said by the standing and the holding and sets no bit; resuming takes it back', async () => {
    const award = await anAward();
    await suspendAward(house.ports, cast.admin, { award: award.id, reason: 'Under review.' });
    expect(await standingOf(house.ports, award.credentialId)).toMatchObject({
      state: 'suspended',
      reason: 'Under review.',
    });
    expect(await holdingOf(award)).toMatchObject({ state: 'suspended' });
    expect(await isRevoked(award)).toBe(false);
    const resumed = await resumeAward(house.ports, cast.admin, { award: award.id });
    expect(resumed).toMatchObject({ state: 'active', reason: null });
    expect(await holdingOf(award)).toMatchObject({ state: 'active' });
  });
});

describe('correcting', () => {
  it('issues a newer edition of the same id and date, with an index of its own, and revokes the old one', async () => {
    const award = await anAward();
    clock.advance(60);
    const input = { award: award.id, reason: 'Wrong end.', validUntil: '2030-01-01T00:00:00Z' };
    const corrected = await correctAward(house.ports, cast.admin, input);
    const [first, second] = await house.ports.store.editionsOf(award.district, award.id);
    const credentials = [first!, second!].map(({ json }) => JSON.parse(json) as { [name: string]: unknown });
    expect(corrected).toMatchObject({ state: 'active', edition: 2, making: null, effectDue: null });
    expect(credentials[1]).toMatchObject({
      id: award.credentialId,
      awardedDate: award.awardedDate,
      validFrom: '2026-11-20T09:01:00Z',
      validUntil: '2030-01-01T00:00:00Z',
    });
    expect(credentials[1]!['evidence']).toEqual(credentials[0]!['evidence']);
    expect(credentials[1]!['relatedResource']).toEqual(credentials[0]!['relatedResource']);
    expect(second!.statusIndex).not.toBe(first!.statusIndex);
    expect([await isRevoked(corrected, 1), await isRevoked(corrected, 2)]).toEqual([true, false]);
  });

  it('pins the same evidence after a file of it was erased', async () => {
    const award = await anAward();
    const { artefacts } = house.ports.evidence.store;
    const { submission } = award.basis as Extract<Award['basis'], { kind: 'decision' }>;
    const kept = (await house.ports.submissions.store.submission(award.district, submission))!;
    const plan = kept.answers['plan'] as { readonly artefacts: readonly string[] };
    const file = (await artefacts.get(award.district, plan.artefacts[0]!))!;
    await artefacts.replace({ ...file, sha256: null, salt: null, sealedKey: null, erasedAt: clock.now() });
    await correctAward(house.ports, cast.admin, { award: award.id, reason: 'The name was misspelt.' });
    const [first, second] = await Promise.all(
      [1, 2].map(async (n) => {
        const edition = (await house.ports.store.edition(award.district, award.id, n))!;
        return (JSON.parse(edition.json) as { evidence: { digestMultibase?: string }[] }).evidence;
      }),
    );
    expect(first!.map(({ digestMultibase }) => typeof digestMultibase)).toEqual(['string', 'string']);
    expect(second).toEqual(first);
  });

  it('twice at the same time makes one edition after the other or refuses one, and never loses one', async () => {
    const award = await anAward();
    const inputs = ['2030-01-01T00:00:00Z', '2029-01-01T00:00:00Z'].map((validUntil) => ({
      award: award.id,
      reason: 'x',
      validUntil,
    }));
    const outcomes = await Promise.allSettled(
      inputs.map((input) => correctAward(house.ports, cast.admin, input)),
    );
    await settleAll();
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const editions = await house.ports.store.editionsOf(award.district, award.id);
    expect(done).toBeGreaterThan(0);
    expect(editions).toHaveLength(1 + done);
    expect(new Set(editions.map((edition) => edition.statusIndex)).size).toBe(1 + done);
    const after = await read(award.id);
    expect(after).toMatchObject({ state: 'active', edition: 1 + done, making: null });
    expect(JSON.parse(editions.at(-1)!.json)).toMatchObject({ validUntil: after.validUntil });
  });

  it('has a newer validFrom even in the same second, and takes the issuer as it is now', async () => {
    const award = await anAward();
    const { districts } = house.ports.tenancy.store;
    await districts.replace({
      ...(await house.ports.tenancy.store.district(cast.district.id))!,
      name: 'New Name',
    });
    await correctAward(house.ports, cast.admin, { award: award.id, reason: 'Renamed.' });
    const newest = await publicCredential(house.ports, award.publicId);
    const old = await publicCredential(house.ports, award.publicId, '1');
    expect(newest.credential).toMatchObject({
      validFrom: '2026-11-20T09:00:01Z',
      issuer: { name: 'New Name' },
    });
    expect(old.credential).toMatchObject({
      validFrom: '2026-11-20T09:00:00Z',
      issuer: { name: 'Riverbend Unified' },
    });
    expect([newest.corrected, old.corrected]).toEqual([false, true]);
    expect(old.links.json).toBe(`${award.credentialId}.json?edition=1`);
    await expect(publicCredential(house.ports, award.publicId, '3')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(publicCredential(house.ports, award.publicId, 'x')).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});

describe('superseding', () => {
  it('issues a new credential on the same ground; the old one is revoked and names it', async () => {
    const award = await anAward();
    const { award: next, superseded } = await supersedeAward(house.ports, cast.admin, {
      award: award.id,
      reason: 'Reissued.',
    });
    expect(next.credentialId).not.toBe(award.credentialId);
    expect(next).toMatchObject({
      state: 'active',
      edition: 1,
      replaces: award.id,
      awardedDate: award.awardedDate,
    });
    expect(superseded).toMatchObject({ state: 'superseded', replacedBy: next.credentialId });
    expect([await isRevoked(award), await isRevoked(next)]).toEqual([true, false]);
    expect([(await holdingOf(award))!.state, (await holdingOf(next))!.state]).toEqual([
      'superseded',
      'active',
    ]);
    const again = await supersedeAward(house.ports, cast.admin, { award: award.id, reason: 'Reissued.' });
    expect(again.award.id).toBe(next.id);
    expect((await creditsOf(house.ports.pathways, award.district, cast.teacher.id)).total).toBe(7.5);
  });
});

describe('an award for what is assessed outside', () => {
  const outside: ContentInput = reviewedContent({
    name: 'Attendance',
    assessment: { by: 'outside', how: 'By sign-in sheet.' },
  });

  it('is made once to a person, has no levels and says that it was not reviewed here', async () => {
    const version = await anAchievement(house, cast, 'attendance', outside);
    const input = { achievement: version.achievement, email: ' R@Riverbend.example ' };
    const award = await awardOutside(house.ports, cast.admin, input);
    const { credential } = await publicCredential(house.ports, award.publicId);
    expect(award).toMatchObject({ state: 'active', holder: cast.teacher.id, basis: { kind: 'outside' } });
    expect(award.uniqueBy).not.toContain('riverbend.example');
    expect(credential).not.toHaveProperty('evidence');
    expect(credential).not.toHaveProperty('relatedResource');
    expect(credential['credentialSubject']).toMatchObject({
      narrative: 'Not reviewed here: assessed outside this service. By sign-in sheet.',
    });
    expect(credential['credentialSubject']).not.toHaveProperty('result');
    await expect(
      awardOutside(house.ports, cast.admin, { ...input, email: cast.teacher.email }),
    ).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(
      awardOutside(house.ports, cast.admin, { achievement: version.achievement, member: cast.teacher.id }),
    ).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('names the school that assessed for the district, in every edition, and refuses what is no address', async () => {
    const version = await anAchievement(house, cast, 'attendance', outside);
    const input = { achievement: version.achievement, email: cast.teacher.email };
    const source = { id: 'https://alder-creek.example/', name: 'Alder Creek Elementary' };
    for (const bad of ['alder creek', 'javascript:x', 'https://a@x.test/', 'https://x.test/ä'])
      await expect(
        awardOutside(house.ports, cast.admin, { ...input, source: { ...source, id: bad } }),
      ).rejects.toMatchObject({ errors: [{ pointer: '/source/id' }] });
    const award = await awardOutside(house.ports, cast.admin, { ...input, source });
    await correctAward(house.ports, cast.admin, { award: award.id, reason: 'x' });
    for (const n of ['1', '2']) {
      const { credential } = await publicCredential(house.ports, award.publicId, n);
      expect(credential['credentialSubject']).toMatchObject({
        source: { ...source, type: ['Profile'] },
      });
    }
  });

  it('is refused for an achievement that is reviewed here, naming the rule', async () => {
    const version = await anAchievement(house, cast, 'formative-feedback');
    const input = { achievement: version.achievement, email: cast.teacher.email };
    await expect(awardOutside(house.ports, cast.admin, input)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/achievement', detail: expect.stringContaining('signed-off decision') }],
    });
    expect((await listAwards(house.ports, cast.admin, { limit: 10 })).items).toEqual([]);
  });

  it.each([
    [{}, '/email'],
    [{ email: 'nobody@riverbend.example' }, '/email'],
    [{ member: 'mbr_x' }, '/member'],
    [{ email: 'r@riverbend.example', awardedDate: '2027-01-01T00:00:00Z' }, '/awardedDate'],
    [{ email: 'r@riverbend.example', validUntil: '2026-01-01T00:00:00Z' }, '/validUntil'],
  ])('refuses %j by naming %s', async (change, pointer) => {
    const version = await anAchievement(house, cast, 'attendance', outside);
    const input = { achievement: version.achievement, ...change };
    await expect(awardOutside(house.ports, cast.admin, input)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer }],
    });
  });
});

describe('who sees an award', () => {
  it('is its holder and the admins; to another teacher it does not exist', async () => {
    const award = await anAward();
    const other = await addMember(house.ports.tenancy, cast.service, {
      email: 'o@riverbend.example',
      name: 'O',
      roles: ['teacher'],
    });
    const holder: Actor = { kind: 'member', district: cast.district.id, member: cast.teacher.id };
    const stranger: Actor = { kind: 'member', district: cast.district.id, member: other.id };
    expect((await getAward(house.ports, holder, award.id)).id).toBe(award.id);
    expect((await getAward(house.ports, holder, award.publicId)).id).toBe(award.id);
    await expect(getAward(house.ports, stranger, award.id)).rejects.toMatchObject({ code: 'not-found' });
    const listed = async (actor: Actor) => (await listAwards(house.ports, actor, { limit: 10 })).items.length;
    expect([await listed(cast.admin), await listed(holder), await listed(stranger)]).toEqual([1, 1, 0]);
  });
});

describe('the signed standing', () => {
  it('is a JWT by the issuer’s published key, good for five minutes', async () => {
    const award = await anAward();
    await suspendAward(house.ports, cast.admin, { award: award.id, reason: 'Under review.' });
    const token = await signedStanding(house.ports, award.publicId);
    const { ref } = await issuerOf(house.ports, cast.district.id);
    const keys = jwks(ref.did, await listIssuerKeys(house.ports.securing, cast.district.id)).keys;
    const verified = await verifyCompactJwt({ token, resolveKeys: async () => ({ ok: true, keys }) });
    const iat = Date.parse('2026-11-20T09:00:00Z') / 1000;
    expect(verified).toMatchObject({ ok: true });
    expect(verified.ok && verified.payload).toEqual({
      iss: ref.did,
      sub: award.credentialId,
      edition: 1,
      state: 'suspended',
      since: '2026-11-20T09:00:00Z',
      reason: 'Under review.',
      iat,
      exp: iat + 300,
    });
  });

  it('of an unknown or half-made credential is not there', async () => {
    for (const id of ['', 'x', 'AAAA000000000000000000', `${cast.district.code}000000000000000000`]) {
      await expect(signedStanding(house.ports, id)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('a milestone', () => {
  let versions: AchievementVersion[];
  let milestone: AchievementVersion;

  beforeEach(async () => {
    versions = [];
    for (const slug of ['one', 'two']) {
      versions.push(await anAchievement(house, cast, slug, reviewedContent({ name: `Part ${slug}` })));
    }
    milestone = await anAchievement(
      house,
      cast,
      'leader',
      reviewedContent({
        name: 'Feedback leader',
        creditHours: 15,
        assessment: { by: 'components', components: versions.map((version) => version.achievement) },
      }),
    );
  });

  const milestoneAward = async () =>
    (await listAwards(house.ports, cast.admin, { limit: 20 })).items.find(
      (award) => award.achievementVersion === milestone.id,
    );

  async function complete(): Promise<{ parts: Award[]; award: Award }> {
    const parts = [await anAward(versions[0]), await anAward(versions[1])];
    await settleAll();
    return { parts, award: (await milestoneAward())! };
  }

  it('is awarded once, when the last component is held, pinning the bytes of each as issued', async () => {
    const first = await anAward(versions[0]);
    await settleAll();
    expect(await milestoneAward()).toBeUndefined();
    expect(await progressOf(house.ports.pathways, cast.teacher.id, milestone)).toMatchObject({
      complete: false,
      components: [{ holding: { award: first.id } }, { holding: null }],
    });
    const second = await anAward(versions[1]);
    await settleAll();
    await settleAll();
    const award = (await milestoneAward())!;
    const { credential } = await publicCredential(house.ports, award.publicId);
    const json = async (part: Award) => (await house.ports.store.edition(part.district, part.id, 1))!.json;
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'AchievementCredential'],
      credentialSubject: { result: [{ status: 'Completed', value: '2 of 2' }] },
      evidence: [
        {
          id: first.credentialId,
          digestMultibase: digestMultibaseSha384(await json(first)),
          mediaType: 'application/vc+ld+json',
        },
        { id: second.credentialId, digestMultibase: digestMultibaseSha384(await json(second)) },
      ],
    });
    expect(JSON.stringify(credential).split(first.credentialId)).toHaveLength(2);
    expect((await listAwards(house.ports, cast.admin, { limit: 20 })).items).toHaveLength(3);
    expect((await creditsOf(house.ports.pathways, award.district, cast.teacher.id)).total).toBe(15);
  });

  it('is suspended at once when a component is suspended, and resumes with it', async () => {
    const { parts, award } = await complete();
    await suspendAward(house.ports, cast.admin, { award: parts[0]!.id, reason: 'x' });
    expect(await read(award.id)).toMatchObject({
      state: 'suspended',
      suspendedFor: parts[0]!.id,
      repairBy: null,
    });
    expect(await holdingOf(award)).toMatchObject({ state: 'suspended' });
    await resumeAward(house.ports, cast.admin, { award: parts[0]!.id });
    expect(await read(award.id)).toMatchObject({ state: 'active', suspendedFor: null });
    expect(await isRevoked(award)).toBe(false);
  });

  it('is revoked by its own bit when a revoked component is not made good in 30 days', async () => {
    const { parts, award } = await complete();
    await revokeAward(house.ports, cast.admin, { award: parts[0]!.id, reason: 'x' });
    expect(await read(award.id)).toMatchObject({ state: 'suspended', repairBy: '2026-12-20T09:00:00Z' });
    clock.advance(29 * 86_400);
    await settleAll();
    expect(await read(award.id)).toMatchObject({ state: 'suspended' });
    clock.advance(86_400);
    await settleAll();
    expect(await read(award.id)).toMatchObject({ state: 'revoked', repairBy: null, effectDue: null });
    expect(await isRevoked(await read(award.id))).toBe(true);
  });

  it('is repaired, in a corrected edition, when the component is earned anew', async () => {
    const { parts, award } = await complete();
    await revokeAward(house.ports, cast.admin, { award: parts[0]!.id, reason: 'x' });
    clock.advance(86_400);
    const again = await anAward(versions[0]);
    await settleAll();
    const repaired = await read(award.id);
    expect(repaired).toMatchObject({
      state: 'active',
      edition: 2,
      repairBy: null,
      basis: { components: [again.id, parts[1]!.id] },
    });
    const { credential } = await publicCredential(house.ports, award.publicId);
    expect(credential['evidence']).toMatchObject([
      { id: again.credentialId },
      { id: parts[1]!.credentialId },
    ]);
  });

  it('is corrected in the same cascade when a component is corrected or superseded', async () => {
    const { parts, award } = await complete();
    clock.advance(60);
    await correctAward(house.ports, cast.admin, { award: parts[0]!.id, reason: 'x' });
    const second = await read(award.id);
    expect(second).toMatchObject({ state: 'active', edition: 2 });
    const edition = (await house.ports.store.edition(award.district, award.id, 2))!;
    expect(edition.pins).toEqual([
      { award: parts[0]!.id, edition: 2 },
      { award: parts[1]!.id, edition: 1 },
    ]);
    expect([await isRevoked(second, 1), await isRevoked(second, 2)]).toEqual([true, false]);
    clock.advance(60);
    const { award: next } = await supersedeAward(house.ports, cast.admin, {
      award: parts[1]!.id,
      reason: 'x',
    });
    expect(await read(award.id)).toMatchObject({
      state: 'active',
      edition: 3,
      basis: { components: [parts[0]!.id, next.id] },
    });
  });

  it('in its old edition, after a component was corrected, is judged revoked and not forged', async () => {
    const { parts, award } = await complete();
    clock.advance(60);
    await correctAward(house.ports, cast.admin, { award: parts[0]!.id, reason: 'x' });
    const old = (await house.ports.store.edition(award.district, award.id, 1))!;
    const report = await verifyCredential(
      {
        resolver: composeResolver(ownDocuments(house.ports), {
          get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours` }),
        }),
        knownIssuers: ownIssuers(house.ports),
      },
      { kind: 'bytes', bytes: new TextEncoder().encode(old.json) },
      { now: clock.now() },
    );
    expect(report).toMatchObject({
      verdict: 'revoked',
      replacedBy: award.credentialId,
      recognition: 'recognised',
    });
    expect(report.checks.find(({ check }) => check === 'pinned')).toMatchObject({ outcome: 'passed' });
  });
});
