import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { stopIssuing } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  awardSteps,
  compromiseSteps,
  correctAward,
  decideCompromisedAward,
  endorse,
  getEndorsement,
  getKeyCompromise,
  issuingEffects,
  listCompromisedAwards,
  listKeyCompromises,
  ownDocuments,
  ownIssuers,
  reportKeyCompromise,
  resumeIssuing,
  revokeAward,
  revokeEndorsement,
  settleDecision,
  settleMilestones,
  signedStanding,
  signingKeys,
  suspendAward,
  type Award,
  type Edition,
  type Endorsement,
  type IssuingPorts,
  type KeyEvent,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, type Store } from '../../../src/kernel/index.js';
import {
  didDocument,
  issuerDid,
  jwks,
  listIssuerKeys,
  rotateIssuerKey,
} from '../../../src/securing/index.js';
import { readPublishedList } from '../../../src/status/index.js';
import { composeResolver, verifyCredential, type Verdict } from '../../../src/verification/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  testPublicUrl,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

const start = '2026-11-20T09:00:00Z';
/** Since when the key was in other hands. */
const moment = '2026-11-21T09:00:00Z';

interface World {
  readonly store: Store;
  readonly clock: ReturnType<typeof settableClock>;
  readonly house: IssuingHouse;
  readonly cast: Cast;
  /** Recorded before the moment: one in force, another, a suspended, a revoked one, and the milestone of the first two. */
  readonly before: { readonly [name: string]: Award };
  /** Recorded after it. */
  readonly after: Award;
  /** Of the versions of the first two: made before and after it. And one that was revoked before it. */
  readonly endorsements: { readonly [name in 'early' | 'late' | 'revoked']: Endorsement };
}

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

async function aWorld(file = ':memory:'): Promise<World> {
  const store = await openSqlite({ file });
  const clock = settableClock(start);
  const house = anIssuingHouse(store, clock);
  const cast = await aCast(house);
  const award = async (slug: string, change = {}): Promise<Award> => {
    clock.advance(60);
    const version = await anAchievement(house, cast, slug, reviewedContent(change));
    return (await settleDecision(house.ports, await aDecision(house, cast, version)))!;
  };
  const [one, two] = [await award('one', { name: 'One' }), await award('two', { name: 'Two' })];
  const suspended = await award('three', { name: 'Three' });
  await suspendAward(house.ports, cast.admin, { award: suspended.id, reason: 'A question.' });
  const revoked = await award('four', { name: 'Four' });
  await revokeAward(house.ports, cast.admin, { award: revoked.id, reason: 'A mistake.' });
  const endorseVersionOf = async ({ district, achievementVersion }: Award): Promise<Endorsement> => {
    const version = await house.ports.achievements.store.version(district, achievementVersion);
    return endorse(house.ports, cast.admin, { about: version!.url, comment: 'We count it.' });
  };
  const early = await endorseVersionOf(one);
  const gone = await endorseVersionOf(suspended);
  await revokeEndorsement(house.ports, cast.admin, { endorsement: gone.id, reason: 'A slip.' });
  const components = await Promise.all(
    [one, two].map(
      async ({ district, achievementVersion }) =>
        (await house.ports.achievements.store.version(district, achievementVersion))!.achievement,
    ),
  );
  const both = await anAchievement(
    house,
    cast,
    'both',
    reviewedContent({ name: 'Both', assessment: { by: 'components', components } }),
  );
  await settleMilestones(
    house.ports,
    (await house.ports.pathways.store.holdingOfAward(one.district, one.id))!,
  );
  const milestone = (await house.ports.store.pageOfAwards(cast.district.id, { limit: 50 })).items.find(
    ({ achievementVersion }) => achievementVersion === both.id,
  )!;
  clock.advance(2 * 86_400);
  const after = await award('late', { name: 'Late' });
  const late = await endorseVersionOf(two);
  const before = { one, two, suspended, revoked, milestone };
  return { store, clock, house, cast, before, after, endorsements: { early, late, revoked: gone } };
}

const districtOf = ({ cast }: World) => cast.district.id;
const newest = async (ports: IssuingPorts, { district, id }: Pick<Award, 'district' | 'id'>) => {
  const award = (await ports.store.award(district, id))!;
  return (await ports.store.edition(district, award.id, award.edition))!;
};

/** What our verifier says of a text, reading what the service publishes. */
async function verdictOf(ports: IssuingPorts, text: string): Promise<Verdict> {
  return (await reportOf(ports, text)).verdict;
}
async function reportOf(ports: IssuingPorts, text: string) {
  return verifyCredential(
    {
      resolver: composeResolver(ownDocuments(ports), {
        get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours` }),
      }),
      knownIssuers: ownIssuers(ports),
    },
    { kind: 'bytes', bytes: new TextEncoder().encode(text) },
    { now: ports.clock.now() },
  );
}
const bothForms = async (ports: IssuingPorts, edition: Edition) => [
  await verdictOf(ports, edition.json),
  await verdictOf(ports, edition.jwt),
];

const report = (ports: IssuingPorts, actor = world.cast.admin, change = {}) =>
  reportKeyCompromise(ports, actor, {
    key: 'proof-2026-1',
    compromisedAt: moment,
    reason: 'A laptop with the database was lost.',
    ...change,
  });

/** Everything due, by a process that has just started. */
async function settleAll(world: World, options: Parameters<typeof anIssuingHouse>[2] = {}) {
  const { ports } = anIssuingHouse(world.store, world.clock, options);
  const told: KeyEvent[] = [];
  const failed: unknown[] = [];
  const sweeper = createSweeper({
    clock: world.clock,
    effects: issuingEffects({ ...ports, tellOfKey: async (event) => void told.push(event) }),
    log: (event) => failed.push(event),
    intervalMillis: 1_000_000,
  });
  await sweeper.settleAll();
  await sweeper.stop();
  return { ports, told, failed };
}

/** What must hold in the end, whatever was interrupted. */
async function expectMadeGood(world: World): Promise<void> {
  await expectSignedAnew(world);
  const { ports } = anIssuingHouse(world.store, world.clock);
  const { one, two, suspended, revoked, milestone } = world.before as Record<string, Award>;
  for (const award of [one!, two!, milestone!]) {
    expect(await bothForms(ports, await newest(ports, award))).toEqual(['valid', 'valid']);
  }
  expect(await bothForms(ports, await newest(ports, suspended!))).toEqual(['suspended', 'suspended']);
  expect(await bothForms(ports, await newest(ports, revoked!))).toEqual(['revoked', 'revoked']);
  for (const award of Object.values(world.before)) {
    const [first] = await ports.store.editionsOf(award.district, award.id);
    // What people had is not genuine any more in JSON; its JWT was signed by a good key, and says that it is replaced.
    const told = await reportOf(ports, first!.json);
    expect(told.verdict).toBe('not-genuine');
    // Our own verifier knows the id, and says that a newer edition is at the same address.
    if (award !== world.before['revoked'] && award !== world.before['suspended'])
      expect(told.replacedBy).toBe(award.credentialId);
    expect(await verdictOf(ports, first!.jwt)).toBe('revoked');
  }
  const { early, late, revoked: gone } = world.endorsements;
  const verdicts = async (endorsement: Endorsement) => {
    const { json, jwt } = await getEndorsement(ports, world.cast.admin, endorsement.id);
    return [await verdictOf(ports, json), await verdictOf(ports, jwt)];
  };
  expect(await verdicts(early)).toEqual(['valid', 'valid']);
  expect(await verdicts(gone)).toEqual(['revoked', 'revoked']);
  // Its proof is not of the district any more; its JWT says what became of it.
  expect(await verdicts(late)).toEqual(['not-genuine', 'revoked']);
}

/** The same from the record alone, without judging anything. */
async function expectSignedAnew(world: World): Promise<void> {
  const { ports } = anIssuingHouse(world.store, world.clock);
  for (const award of Object.values(world.before)) {
    const editions = await ports.store.editionsOf(award.district, award.id);
    const keys = editions.map((edition) => signingKeys(edition)[0]);
    expect(new Set(editions.map(({ statusIndex }) => statusIndex)).size).toBe(editions.length);
    // The milestone follows its two components, together or one after the other; nothing else is signed twice.
    const most = award === world.before['milestone'] ? [1, 2] : [1];
    expect(keys[0]).toBe('proof-2026-1');
    expect(new Set(keys.slice(1))).toEqual(new Set(['proof-2026-2']));
    expect(most).toContain(keys.length - 1);
    expect((await ports.store.award(award.district, award.id))!.awardedDate).toBe(award.awardedDate);
  }
  const { items: lists } = await ports.status.store.pageOfLists(districtOf(world), { limit: 10 });
  for (const { published } of lists) expect(published!.text).toContain('#proof-2026-2');
  expect((await newest(ports, world.after)).n).toBe(1);
  await expectEndorsementsMadeGood(world);
}

async function expectEndorsementsMadeGood(world: World): Promise<void> {
  const { ports } = anIssuingHouse(world.store, world.clock);
  const kept = (endorsement: Endorsement) => getEndorsement(ports, world.cast.admin, endorsement.id);
  for (const before of [world.endorsements.early, world.endorsements.revoked]) {
    const anew = await kept(before);
    expect(signingKeys(anew)).toEqual(['proof-2026-2', 'jwt-2026-1']);
    // The same words under the same id, with the same status index.
    expect(withoutProof(anew)).toEqual(withoutProof(before));
    expect(anew.status).toEqual(before.status);
  }
  expect((await kept(world.endorsements.early)).state).toBe('active');
  expect((await kept(world.endorsements.revoked)).reason).toBe('A slip.');
  const late = await kept(world.endorsements.late);
  expect(late).toMatchObject({ state: 'revoked', activeFor: null, json: world.endorsements.late.json });
  // The credentials that were signed anew afterwards carry the copy that holds, and not the one that does not.
  const { one, two } = world.before as { one: Award; two: Award };
  const carried = async (award: Award) =>
    (
      JSON.parse((await newest(ports, award)).json) as {
        readonly credentialSubject: { readonly achievement: { readonly endorsement?: readonly unknown[] } };
      }
    ).credentialSubject.achievement.endorsement;
  expect(await carried(one)).toEqual([JSON.parse((await kept(world.endorsements.early)).json)]);
  expect(await carried(two)).toBeUndefined();
}

const withoutProof = ({ json }: Endorsement) => ({ ...(JSON.parse(json) as object), proof: undefined });

describe('a signing key that was in other hands since a moment', () => {
  it('leaves the DID document and the key sets when the report is answered, and a new one signs', async () => {
    const { ports } = world.house;
    await report(ports);
    const did = issuerDid(testPublicUrl, 'riverbend');
    const keys = await listIssuerKeys(ports.securing, districtOf(world));
    expect(didDocument(did, keys)['assertionMethod']).toEqual([`${did}#jwt-2026-1`, `${did}#proof-2026-2`]);
    expect(keys.find(({ name }) => name === 'proof-2026-1')).toMatchObject({
      state: 'compromised',
      compromisedAt: moment,
      activeSlot: null,
    });
    await reportKeyCompromise(ports, world.cast.admin, {
      key: 'jwt-2026-1',
      compromisedAt: moment,
      reason: 'The same laptop.',
    });
    const after = await listIssuerKeys(ports.securing, districtOf(world));
    expect(jwks(did, after)['keys']).toMatchObject([{ kid: `${did}#jwt-2026-2` }]);
  });

  it('has everything on record before it signed anew, the lists too, and what came later listed for a person', async () => {
    const { ports } = world.house;
    const { id } = await report(ports);
    const { told } = await settleAll(world);
    await expectMadeGood(world);
    const { awards, compromise } = await getKeyCompromise(ports, world.cast.admin, id);
    expect(awards).toEqual({ due: 0, reissued: 5, waiting: 1, confirmed: 0, revoked: 0 });
    expect(compromise).toMatchObject({ state: 'working', looks: 1 });
    const waiting = await listCompromisedAwards(ports, world.cast.admin, id, { state: 'waiting', limit: 10 });
    expect(waiting.items).toMatchObject([{ award: world.after.id, edition: 1 }]);
    // One message of each kind to the one holder: repeats carry the same id.
    const { teacher } = world.cast;
    expect(new Set(told.map((event) => event.id))).toEqual(
      new Set([`${id}-${teacher.id}-reissued`, `${id}-${teacher.id}-in-question`]),
    );
    expect(await bothForms(ports, await newest(ports, world.after))).toEqual(['not-genuine', 'valid']);
    world.clock.advance(60);
    await settleAll(world);
    expect((await getKeyCompromise(ports, world.cast.admin, id)).compromise).toMatchObject({
      state: 'done',
      looks: 2,
      effectDue: null,
    });
    await expectSignedAnew(world);
  });

  it('is made good after a crash at any step, with nothing signed twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-compromise-'));
    const file = join(folder, 'world.db');
    const made = await aWorld(file);
    await made.store.close();
    const steps = [...compromiseSteps, ...awardSteps.slice(1, 6)];
    for (const [at, step] of steps.entries()) {
      const copy = join(folder, `${at}.db`);
      copyFileSync(file, copy);
      const each = { ...made, store: await openSqlite({ file: copy }) };
      let reached = false;
      const atStep = (passed: string) => {
        if (reached || passed !== step) return;
        reached = true;
        throw new Error(`ended after ${step}`);
      };
      const { ports } = anIssuingHouse(each.store, each.clock, { atStep });
      const answered = await report(ports, each.cast.admin).then(
        () => true,
        () => false,
      );
      if (answered) await settleAll(each, { atStep });
      expect({ step, reached }).toEqual({ step, reached: true });
      const { ports: fresh } = await settleAll(each);
      await expectSignedAnew(each);
      const [progress] = await listKeyCompromises(fresh, each.cast.admin);
      const awards = { due: 0, reissued: 5, waiting: 1, confirmed: 0, revoked: 0 };
      expect({ step, awards: progress!.awards }).toEqual({ step, awards });
      if (at === steps.length - 1) await expectMadeGood(each);
      await each.store.close();
    }
    rmSync(folder, { recursive: true });
  }, 120_000);

  it('and an award that cannot be signed now stands in no other’s way and keeps the job due', async () => {
    const { ports } = world.house;
    const { id } = await report(ports);
    let failing = true;
    const { one } = world.before as { one: Award };
    const editions = ports.store.editions;
    const broken: IssuingPorts = {
      ...ports,
      store: {
        ...ports.store,
        editions: {
          ...editions,
          insert: async (doc) => {
            if (failing && doc.award === one.id) throw new Error('the disk is full');
            return editions.insert(doc);
          },
        },
      },
    };
    const settle = async () => {
      const sweeper = createSweeper({
        clock: world.clock,
        effects: issuingEffects(broken),
        log: () => undefined,
        intervalMillis: 1_000_000,
      });
      const result = await sweeper.settleAll();
      await sweeper.stop();
      return result;
    };
    expect((await settle()).failed).toBeGreaterThan(0);
    expect((await getKeyCompromise(ports, world.cast.admin, id)).awards).toMatchObject({
      due: 1,
      reissued: 4,
    });
    failing = false;
    await settle();
    await expectMadeGood(world);
  });

  it('says why an award waits whose version is stopped, ends the look for all others, and is done when it is signed', async () => {
    const { ports } = world.house;
    const { one } = world.before as { one: Award };
    const version = (await ports.achievements.store.version(one.district, one.achievementVersion))!;
    await stopIssuing(
      { store: ports.achievements.store, clock: world.clock },
      { version, award: one.id, findings: [] },
    );
    const { id } = await report(ports);
    await settleAll(world);
    const progress = () => getKeyCompromise(ports, world.cast.admin, id);
    expect((await progress()).awards).toMatchObject({ due: 1, reissued: 4 });
    const due = () => listCompromisedAwards(ports, world.cast.admin, id, { limit: 10, state: 'due' });
    expect((await due()).items).toMatchObject([
      { award: one.id, failure: expect.stringContaining(`Issuing of ${version.url} is stopped`) },
    ]);
    expect((await progress()).compromise).toMatchObject({ looks: 1, state: 'working' });
    world.clock.advance(60);
    await settleAll(world);
    expect((await progress()).compromise).toMatchObject({ looks: 2, state: 'working', lookedThrough: true });

    // From now on only what is still due is tried, not every award read.
    let pages = 0;
    const { awards } = ports.store;
    const watched = {
      ...awards,
      page: (...all: Parameters<typeof awards.page>) => ((pages += 1), awards.page(...all)),
    };
    world.clock.advance(300);
    const { compromise } = await progress();
    expect(compromise.effectDue! <= world.clock.now()).toBe(true);
    const effects = issuingEffects({ ...ports, store: { ...ports.store, awards: watched } });
    await effects.find(({ name }) => name === 'key compromises')!.settle(compromise);
    expect(pages).toBe(0);

    await resumeIssuing(ports, world.cast.admin, {
      achievement: version.achievement,
      version: version.number,
    });
    world.clock.advance(300);
    await settleAll(world);
    expect((await progress()).awards).toMatchObject({ due: 0, reissued: 5 });
    expect((await progress()).compromise).toMatchObject({ state: 'done', effectDue: null });
    await expectMadeGood(world);
  });

  it('lets an award that waits be revoked', async () => {
    const { ports } = world.house;
    const { one } = world.before as { one: Award };
    const version = (await ports.achievements.store.version(one.district, one.achievementVersion))!;
    await stopIssuing(
      { store: ports.achievements.store, clock: world.clock },
      { version, award: one.id, findings: [] },
    );
    await report(ports);
    await settleAll(world);
    const revoked = await revokeAward(ports, world.cast.admin, {
      award: one.id,
      reason: 'Not worth the wait.',
    });
    expect(revoked.state).toBe('revoked');
    expect(await verdictOf(ports, (await newest(ports, one)).jwt)).toBe('revoked');
  });

  it('is found again when its signature was under way while the key was withdrawn', async () => {
    const { ports } = world.house;
    const { id } = await report(ports);
    await settleAll(world);
    // As another process kept it, which had begun before: an edition of the withdrawn key.
    const { suspended } = world.before as { suspended: Award };
    const first = (await ports.store.edition(suspended.district, suspended.id, 1))!;
    const late = (await ports.store.edition(suspended.district, suspended.id, 2))!;
    await ports.store.editions.replace({ ...late, json: first.json, signedBy: first.signedBy! });
    world.clock.advance(60);
    await settleAll(world);
    const { compromise } = await getKeyCompromise(ports, world.cast.admin, id);
    expect(compromise.state).toBe('done');
    expect(signingKeys(await newest(ports, suspended))).toContain('proof-2026-2');
  });

  it('counts for what a retired key had signed, and leaves alone what others did', async () => {
    const { ports } = world.house;
    const ref = { district: districtOf(world), did: issuerDid(testPublicUrl, 'riverbend') };
    await rotateIssuerKey(ports.securing, ref, 'proof');
    world.clock.advance(60);
    const { two } = world.before as { two: Award };
    await correctAward(ports, world.cast.admin, { award: two.id, reason: 'A new end.' });
    const { id } = await report(ports);
    await settleAll(world);
    const listed = await listCompromisedAwards(ports, world.cast.admin, id, { limit: 50 });
    expect(listed.items.map(({ award }) => award)).not.toContain(two.id);
    // The active key stays: no third was made.
    const keys = await listIssuerKeys(ports.securing, ref.district);
    expect(Object.fromEntries(keys.map(({ name, state }) => [name, state]))).toEqual({
      'proof-2026-1': 'compromised',
      'jwt-2026-1': 'active',
      'proof-2026-2': 'active',
    });
  });

  it('leaves an endorsement out of what is signed until that is signed anew itself', async () => {
    const { ports } = world.house;
    await report(ports);
    const { two, one } = world.before as { two: Award; one: Award };
    await correctAward(ports, world.cast.admin, { award: one.id, reason: 'A new name.' });
    const { json } = await newest(ports, one);
    expect(json).not.toContain('EndorsementCredential');
    expect(await verdictOf(ports, json)).toBe('valid');
    await settleAll(world);
    await correctAward(ports, world.cast.admin, { award: one.id, reason: 'And again.' });
    expect((await newest(ports, one)).json).toContain('EndorsementCredential');
    expect((await newest(ports, two)).json).not.toContain('EndorsementCredential');
  });

  it('makes an endorsement good that was being signed while the key was withdrawn', async () => {
    const { ports } = world.house;
    await report(ports);
    await settleAll(world);
    const { early } = world.endorsements;
    // As another process kept it, which had begun before.
    const kept = (await ports.store.endorsements.get(early.district, early.id))!;
    await ports.store.endorsements.replace({ ...kept, json: early.json, signedBy: early.signedBy });
    world.clock.advance(60);
    await settleAll(world);
    const anew = (await ports.store.endorsements.get(early.district, early.id))!;
    expect(signingKeys(anew)).toEqual(['proof-2026-2', 'jwt-2026-1']);
    expect(await verdictOf(ports, anew.json)).toBe('valid');
  });

  it('may be the key for JWTs: the same, and standings are signed by the new one', async () => {
    const { ports } = world.house;
    await report(ports, world.cast.admin, { key: 'jwt-2026-1' });
    await settleAll(world);
    const { one } = world.before as { one: Award };
    const edition = await newest(ports, one);
    expect(signingKeys(edition)).toEqual(['proof-2026-1', 'jwt-2026-2']);
    expect(await bothForms(ports, edition)).toEqual(['valid', 'valid']);
    const [old] = await ports.store.editionsOf(one.district, one.id);
    expect(await bothForms(ports, old!)).toEqual(['revoked', 'not-genuine']);
    const header = JSON.parse(
      Buffer.from((await signedStanding(ports, one.publicId)).split('.')[0]!, 'base64url').toString(),
    ) as { kid: string };
    expect(header.kid).toMatch(/#jwt-2026-2$/);
  });

  it.each([
    ['in the future', { compromisedAt: '2026-12-31T00:00:00Z' }, '/compromisedAt'],
    ['without a reason', { reason: '  ' }, '/reason'],
  ])('is refused %s, and nothing changes', async (_what, change, pointer) => {
    const { ports } = world.house;
    await expect(report(ports, world.cast.admin, change)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer }],
    });
    await expect(report(ports, world.cast.admin, { key: 'proof-2026-9' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await listKeyCompromises(ports, world.cast.admin)).toEqual([]);
    expect((await listIssuerKeys(ports.securing, districtOf(world))).map(({ state }) => state)).toEqual([
      'active',
      'active',
    ]);
  });

  it('said again for the same moment is the same; for another it is refused', async () => {
    const { ports } = world.house;
    const first = await report(ports);
    expect((await report(ports)).id).toBe(first.id);
    await expect(report(ports, world.cast.admin, { compromisedAt: start })).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/key' }],
    });
    expect(await listIssuerKeys(ports.securing, districtOf(world))).toHaveLength(3);
  });
});

describe('an award that was recorded when its key was in other hands', () => {
  async function waiting() {
    const { ports } = world.house;
    const { id } = await report(ports);
    await settleAll(world);
    return { ports, compromise: id, award: world.after.id };
  }

  it('is signed anew when a person confirms it, once', async () => {
    const { ports, compromise, award } = await waiting();
    const decide = () =>
      decideCompromisedAward(ports, world.cast.admin, { compromise, award, decision: 'confirm' });
    expect(await decide()).toMatchObject({ state: 'confirmed', settledAt: world.clock.now() });
    expect((await decide()).state).toBe('confirmed');
    const edition = await newest(ports, world.after);
    expect(edition.n).toBe(2);
    expect(await bothForms(ports, edition)).toEqual(['valid', 'valid']);
    await expect(
      decideCompromisedAward(ports, world.cast.admin, { compromise, award, decision: 'revoke', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'rule-violated', errors: [{ pointer: '/award' }] });
  });

  it('is revoked when a person says so, and is never signed by the new key', async () => {
    const { ports, compromise, award } = await waiting();
    const decide = () =>
      decideCompromisedAward(ports, world.cast.admin, {
        compromise,
        award,
        decision: 'revoke',
        reason: 'Nobody here awarded it.',
      });
    expect((await decide()).state).toBe('revoked');
    expect((await decide()).state).toBe('revoked');
    expect((await newest(ports, world.after)).n).toBe(1);
    expect((await ports.store.award(world.after.district, award))!.state).toBe('revoked');
    const { jwt } = await newest(ports, world.after);
    expect(await verdictOf(ports, jwt)).toBe('revoked');
  });

  it('of another district is not there', async () => {
    const { ports, compromise, award } = await waiting();
    const other = { ...world.cast.admin, district: 'dst_zzzzzzzzzzzzzzzzzzzzzzzzzz' as Award['district'] };
    await expect(getKeyCompromise(ports, other, compromise)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      decideCompromisedAward(ports, other, { compromise, award, decision: 'confirm' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the keys that signed an edition', () => {
  it('are kept with it, and read from its texts where they were not', async () => {
    const edition = await newest(world.house.ports, world.after);
    const did = issuerDid(testPublicUrl, 'riverbend');
    expect(edition.signedBy).toEqual([`${did}#proof-2026-1`, `${did}#jwt-2026-1`]);
    const { signedBy: _kept, ...old } = edition;
    expect(signingKeys(old)).toEqual(signingKeys(edition));
  });

  it('of a status list are replaced too', async () => {
    const { ports } = world.house;
    const edition = await newest(ports, world.after);
    const ref = {
      district: districtOf(world),
      slug: 'riverbend',
      list: edition.statusList,
    };
    expect((await readPublishedList(ports.status, ref)).text).toContain('#proof-2026-1');
    await report(ports);
    await settleAll(world);
    expect((await readPublishedList(ports.status, ref)).text).toContain('#proof-2026-2');
  });
});
