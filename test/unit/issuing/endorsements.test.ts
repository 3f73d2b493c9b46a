import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AchievementVersion } from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  checkBeforeSigning,
  correctAward,
  endorse,
  excludeEndorsement,
  includeEndorsement,
  issuerOf,
  lintCredential,
  ownDocuments,
  ownEndorsable,
  ownIssuers,
  publicCredential,
  revokeEndorsement,
  settleDecision,
  type Award,
  type Endorsement,
} from '../../../src/issuing/index.js';
import { plusSeconds, settableClock, systemRandomness, type Actor } from '../../../src/kernel/index.js';
import { listIssuerKeys, withdrawIssuerKey } from '../../../src/securing/index.js';
import { createDistrict } from '../../../src/tenancy/index.js';
import { composeResolver, guardFault, verifyCredential } from '../../../src/verification/index.js';
import {
  aCast,
  aDecision,
  anAchievement,
  anIssuingHouse,
  reviewedContent,
  type Cast,
  type IssuingHouse,
} from '../../support/issuing-house.js';

/** JSON to be changed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Editable = any;

let clock: ReturnType<typeof settableClock>;
let house: IssuingHouse;
let cast: Cast;
let endorser: Actor;
let version: AchievementVersion;
let own: Endorsement;

beforeEach(async () => {
  clock = settableClock('2026-11-20T09:00:00Z');
  house = anIssuingHouse(await openSqlite({ file: ':memory:' }), clock);
  cast = await aCast(house);
  version = await anAchievement(house, cast, 'formative-feedback');
  const consortium = await createDistrict(house.ports.tenancy, {
    name: 'Valley Consortium',
    slug: 'valley',
    language: 'en-US',
  });
  endorser = { kind: 'service', district: consortium.id };
});

const anAward = async (): Promise<Award> =>
  (await settleDecision(house.ports, await aDecision(house, cast, version)))!;

const issued = async (award: Award) => (await publicCredential(house.ports, award.publicId)).edition;

const resolver = () =>
  composeResolver(ownDocuments(house.ports), {
    get: async (url) => ({ ok: false, kind: 'unreachable', reason: `${url} is not ours.` }),
  });

const verified = (text: string) =>
  verifyCredential(
    { resolver: resolver(), knownIssuers: ownIssuers(house.ports) },
    { kind: 'bytes', bytes: Buffer.from(text) },
    { now: clock.now() },
  );

const lint = (text: string) => lintCredential({ text, resolver: resolver(), now: clock.now() });

const aboutVersion = (): Promise<Endorsement> =>
  endorse(house.ports, endorser, {
    about: version.url,
    comment: 'We count **this** towards re-licensing — “gladly”. \u202e]]>',
  });

async function withdrawKey(): Promise<void> {
  const { securing } = house.ports;
  const keys = await listIssuerKeys(securing, endorser.district);
  const proof = keys.find(({ use }) => use === 'proof')!;
  await withdrawIssuerKey(securing, endorser.district, proof.id, clock.now());
}

/** The endorser's lists alone answer no more. */
async function loseLists(): Promise<void> {
  const { store } = house.ports.tenancy;
  const districtBySlug: typeof store.districtBySlug = async (slug) =>
    slug === 'valley' ? undefined : store.districtBySlug(slug);
  house = {
    ...house,
    ports: { ...house.ports, tenancy: { ...house.ports.tenancy, store: { ...store, districtBySlug } } },
  };
}

describe('endorsing', () => {
  it('issues an EndorsementCredential that verifies and holds every rule, as JSON and as JWT', async () => {
    const endorsement = await aboutVersion();
    expect(endorsement.credentialId).toMatch(/^https:\/\/credentials\.example\.test\/e\/[0-9A-Za-z]{22}$/);
    expect(JSON.parse(endorsement.json)).toMatchObject({
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: 'did:web:credentials.example.test:issuers:valley',
      credentialSubject: { id: version.url, type: ['EndorsementSubject'] },
    });
    for (const text of [endorsement.json, endorsement.jwt]) {
      expect(await verified(text)).toMatchObject({ verdict: 'valid' });
      expect(await lint(text)).toEqual([]);
    }
    expect(endorsement.pendingEntries).toMatchObject([{ verb: 'endorsed' }]);
    expect(JSON.stringify(endorsement.pendingEntries)).not.toContain('gladly');
  });

  it('speaks of a published version, a credential in force or an issuer, and of nothing else', async () => {
    const award = await anAward();
    const { ref } = await issuerOf(house.ports, cast.district.id);
    for (const about of [version.url, award.credentialId, ref.did])
      expect(await endorse(house.ports, endorser, { about, comment: 'Good.' })).toMatchObject({ about });
    for (const about of [`${version.url}9`, `${award.credentialId}0`, `${ref.did}x`, 'https://x.test/', 'x'])
      await expect(endorse(house.ports, endorser, { about, comment: 'Good.' })).rejects.toMatchObject({
        errors: [{ pointer: '/about' }],
      });
  });

  it.each<[string, object, string]>([
    ['no words', { comment: ' ' }, '/comment'],
    ['too many words', { comment: 'x'.repeat(1001) }, '/comment'],
    ['an end that is past', { comment: 'x', validUntil: '2026-11-20T09:00:00Z' }, '/validUntil'],
  ])('refuses %s', async (_, change, pointer) => {
    const input = { about: version.url, comment: 'x', ...change };
    await expect(endorse(house.ports, endorser, input)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer }],
    });
  });

  it('refuses every member at fault at once', async () => {
    const input = { about: 'x', comment: ' ', validUntil: '2026-11-20T09:00:00Z' as const };
    await expect(endorse(house.ports, endorser, input)).rejects.toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/comment' }, { pointer: '/about' }, { pointer: '/validUntil' }],
    });
  });

  it('is made once at a time by a district, and anew after it was revoked', async () => {
    const first = await aboutVersion();
    await expect(aboutVersion()).rejects.toMatchObject({ code: 'already-exists' });
    await revokeEndorsement(house.ports, endorser, { endorsement: first.id, reason: 'Other words.' });
    expect((await aboutVersion()).credentialId).not.toBe(first.credentialId);
  });

  it('is revoked in the published list when the answer comes, and the first time only', async () => {
    const endorsement = await aboutVersion();
    const input = { endorsement: endorsement.id, reason: 'Withdrawn.' };
    expect(await revokeEndorsement(house.ports, endorser, input)).toMatchObject({
      state: 'revoked',
      effectDue: null,
    });
    expect(await verified(endorsement.json)).toMatchObject({ verdict: 'revoked' });
    await expect(revokeEndorsement(house.ports, endorser, input)).rejects.toMatchObject({
      code: 'rule-violated',
    });
    await expect(revokeEndorsement(house.ports, cast.admin, input)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a credential that carries endorsements', () => {
  /** One of each kind: the achievement and the issuer before the award, the credential by a correction after it. */
  async function endorsedAward(): Promise<Award> {
    const { ref } = await issuerOf(house.ports, cast.district.id);
    const award = await anAward();
    for (const about of [version.url, ref.did, award.credentialId]) {
      const { credentialId } = await endorse(house.ports, endorser, { about, comment: `Of ${about}.` });
      await includeEndorsement(house.ports, cast.admin, { endorsement: credentialId });
    }
    clock.advance(60);
    return correctAward(house.ports, cast.admin, { award: award.id, reason: 'To carry endorsements.' });
  }

  it('has them where what they are about stands; it verifies, and so does each by itself', async () => {
    const award = await endorsedAward();
    const { json, jwt } = await issued(award);
    const credential = JSON.parse(json) as Editable;
    expect(credential.endorsement[0].credentialSubject.id).toBe(award.credentialId);
    expect(credential.issuer.endorsement[0].credentialSubject.id).toBe(credential.issuer.id);
    expect(credential.credentialSubject.achievement.endorsement[0].credentialSubject.id).toBe(version.url);
    for (const text of [json, jwt]) {
      const report = await verified(text);
      expect({ verdict: report.verdict, reasons: report.reasons }).toEqual({ verdict: 'valid', reasons: [] });
      expect(report.nested.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid']);
      expect(await lint(text)).toEqual([]);
    }
    const { proof: _proof, ...unsigned } = credential;
    const levels = { planning: 'planning-2', feedback: 'feedback-3' };
    expect(checkBeforeSigning(version, unsigned, levels)).toEqual([]);
  });

  it('carries only what its own district included, one of each thing, and none that is over', async () => {
    const endorsement = await aboutVersion();
    expect(await issued(await anAward())).not.toMatchObject({ json: expect.stringContaining('/e/') });
    const include = (actor: Actor) =>
      includeEndorsement(house.ports, actor, { endorsement: endorsement.credentialId });
    await expect(include(endorser)).rejects.toMatchObject({ errors: [{ pointer: '/endorsement' }] });
    const included = await include(cast.admin);
    expect((await include(cast.admin)).id).toBe(included.id);
    expect((await issued(await anAward())).json).toContain(endorsement.credentialId);

    own = await endorse(house.ports, cast.admin, { about: version.url, comment: 'Ours.' });
    expect((await issued(await anAward())).json).not.toContain(own.credentialId);
    await includeEndorsement(house.ports, cast.admin, { endorsement: own.credentialId });
    const carrying = (await issued(await anAward())).json;
    expect([carrying.includes(own.credentialId), carrying.includes(endorsement.credentialId)]).toEqual([
      true,
      false,
    ]);
    expect(await verified(carrying)).toMatchObject({ verdict: 'valid' });

    await revokeEndorsement(house.ports, cast.admin, { endorsement: own.id, reason: 'x' });
    expect((await issued(await anAward())).json).not.toContain('/e/');
    const again = await include(cast.admin);
    await excludeEndorsement(house.ports, cast.admin, again.id);
    expect((await issued(await anAward())).json).not.toContain('/e/');
  });

  it.each([
    ['whose endorser withdrew its key', withdrawKey],
    ['whose status list is not to be had', loseLists],
  ])('leaves out one %s, and issues as ever though it is tried out whole', async (_, spoil) => {
    const endorsement = await aboutVersion();
    await includeEndorsement(house.ports, cast.admin, { endorsement: endorsement.credentialId });
    const decision = await aDecision(house, cast, version);
    await spoil();
    expect(await verified(endorsement.json)).not.toMatchObject({ verdict: 'valid' });
    const drawn = { bytes: (n: number) => (n === 2 ? new Uint8Array(2) : systemRandomness.bytes(n)) };
    const award = await settleDecision({ ...house.ports, randomness: drawn }, decision);
    expect(award).toMatchObject({ state: 'active' });
    const { json } = await issued(award!);
    expect(json).not.toContain('/e/');
    expect(await verified(json)).toMatchObject({ verdict: 'valid' });
  });

  it('is given another to carry in one write: whatever fails, it carries one of the two', async () => {
    const first = await aboutVersion();
    await includeEndorsement(house.ports, cast.admin, { endorsement: first.credentialId });
    const own = await endorse(house.ports, cast.admin, { about: version.url, comment: 'Ours.' });
    const { store } = house.ports;
    for (const failing of ['insert', 'replace'] as const) {
      const includedEndorsements = {
        ...store.includedEndorsements,
        [failing]: async () => Promise.reject(new Error('the power went')),
      };
      const ports = { ...house.ports, store: { ...store, includedEndorsements } };
      const asked = includeEndorsement(ports, cast.admin, { endorsement: own.credentialId });
      await asked.catch(() => undefined);
      const carried = await store.includedEndorsements.find(cast.district.id, 'carriedFor', [version.url]);
      expect([first.credentialId, own.credentialId]).toContain(carried?.endorsement);
    }
  });

  it('carries as many as leave it small enough to be read, the achievement’s first', async () => {
    const criteria = 'Words of a long description. '.repeat(1790);
    const long = await anAchievement(house, cast, 'long', reviewedContent({ criteria }));
    const { ref } = await issuerOf(house.ports, cast.district.id);
    const comment = '\u{1d518}'.repeat(1000);
    const ofVersion = await endorse(house.ports, cast.admin, { about: long.url, comment });
    const ofIssuer = await endorse(house.ports, cast.admin, { about: ref.did, comment });
    const award = (await settleDecision(house.ports, await aDecision(house, cast, long)))!;
    const { json, jwt } = await issued(award);
    for (const text of [json, jwt]) expect(await verified(text)).toMatchObject({ verdict: 'valid' });
    expect([json.includes(ofVersion.credentialId), json.includes(ofIssuer.credentialId)]).toEqual([
      true,
      false,
    ]);
  });

  it('carries a district’s endorsement of its own thing at once', async () => {
    const own = await endorse(house.ports, cast.admin, { about: version.url, comment: 'Ours.' });
    expect((await issued(await anAward())).json).toContain(own.credentialId);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'was revoked',
      async () => revokeEndorsement(house.ports, cast.admin, { endorsement: own.id, reason: 'x' }),
    ],
    ['is over', async () => clock.advance(86_400)],
  ])('carries a new one of its own thing once the one before %s, and not earlier', async (_, end) => {
    own = await endorse(house.ports, cast.admin, {
      about: version.url,
      comment: 'Ours.',
      validUntil: plusSeconds(clock.now(), 3600),
    });
    const anew = () => endorse(house.ports, cast.admin, { about: version.url, comment: 'Ours, anew.' });
    await expect(anew()).rejects.toMatchObject({ code: 'already-exists' });
    const offered = async () => (await ownEndorsable(house.ports, cast.admin)).map(({ id }) => id);
    expect(await offered()).not.toContain(version.url);
    await end();
    expect(await offered()).toContain(version.url);
    const second = await anew();
    expect((await issued(await anAward())).json).toContain(second.credentialId);
  });

  it('lets nothing be moved between a thing and what an endorsement says of it', async () => {
    const award = await endorsedAward();
    const { json } = await issued(award);
    const subject = (c: Editable) => c.credentialSubject.achievement.endorsement[0].credentialSubject;
    const moves: { readonly [what: string]: (c: Editable) => void } = {
      'a term of the achievement': (c) => {
        subject(c).creditsAvailable = c.credentialSubject.achievement.creditsAvailable;
        delete c.credentialSubject.achievement.creditsAvailable;
      },
      'the type of the achievement': (c) => {
        subject(c).type.push('Achievement');
        c.credentialSubject.achievement.type = ['EndorsementSubject'];
      },
      'the comment': (c) => {
        c.credentialSubject.achievement.endorsementComment = subject(c).endorsementComment;
        c.credentialSubject.achievement.type.push('EndorsementSubject');
        delete subject(c).endorsementComment;
      },
      'the end of the credential': (c) => {
        c.endorsement[0].credentialSubject.validUntil = c.validUntil;
        delete c.validUntil;
      },
      'the status of the credential': (c) => {
        c.endorsement[0].credentialSubject.credentialStatus = c.credentialStatus;
        delete c.credentialStatus;
      },
      'a second comment on one thing': (c) => {
        const second = structuredClone(c.endorsement[0]);
        second.id += 'x';
        second.credentialSubject.endorsementComment = 'Another.';
        c.endorsement.push(second);
      },
    };
    const lifted = (c: Editable) =>
      new Set<object>([
        ...c.endorsement,
        ...c.issuer.endorsement,
        ...c.credentialSubject.achievement.endorsement,
      ]);
    const sound = JSON.parse(json) as Editable;
    const soundReport = await verified(json);
    expect(guardFault(sound, lifted(sound))).toBeUndefined();
    for (const [what, move] of Object.entries(moves)) {
      const document = JSON.parse(json) as Editable;
      move(document);
      expect([what, guardFault(document, lifted(document))?.rule]).toEqual([what, 'shared-id']);
      // Such a document is read from its root, which has everything that is signed of it: no fact is hidden.
      const report = await verified(JSON.stringify(document));
      if (report.verdict !== 'valid') continue;
      const facts = (one: typeof report) => [
        one.achievement,
        one.credential?.['validUntil'],
        one.credential?.['credentialStatus'],
        (one.credential as Editable).credentialSubject.achievement.creditsAvailable,
      ];
      expect([what, ...facts(report)]).toEqual([what, ...facts(soundReport)]);
    }
  });
});
