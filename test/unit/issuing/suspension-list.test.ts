import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAchievement,
  publishVersion,
  type AchievementVersion,
  type ContentInput,
} from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import {
  awardSteps,
  correctAward,
  issuingEffects,
  ownDocuments,
  ownIssuers,
  reissueAward,
  resumeAward,
  revokeAward,
  settleDecision,
  settleMilestones,
  supersedeAward,
  suspendAward,
  type Award,
  type Edition,
  type IssuingPorts,
  type StatusPlace,
} from '../../../src/issuing/index.js';
import { createSweeper } from '../../../src/jobs/index.js';
import { settableClock, systemClock, type Store } from '../../../src/kernel/index.js';
import { allocateStatusIndex, followStatusBit, isBitSet } from '../../../src/status/index.js';
import { checkSchema } from '../../../src/verification/checks/schema.js';
import { composeResolver, verifyCredential, type Resolver } from '../../../src/verification/index.js';
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

/** JSON as it comes. */
interface StatusEntry {
  readonly id: string;
  readonly statusPurpose: string;
  readonly statusListIndex: string;
  readonly statusListCredential: string;
}

const listed: Partial<ContentInput> = { statusEntries: 'revocation-and-suspension' };
/** Now: the stock verifier asks the machine's clock whether a list is still good. */
const clock = settableClock(systemClock.now());

let store: Store;
let house: IssuingHouse;
let cast: Cast;
let version: AchievementVersion;
beforeEach(async () => {
  store = await openSqlite({ file: ':memory:' });
  house = anIssuingHouse(store, clock);
  cast = await aCast(house);
  version = await anAchievement(house, cast, 'listed', reviewedContent(listed));
});

const anAward = async (of = version): Promise<Award> =>
  (await settleDecision(house.ports, await aDecision(house, cast, of)))!;

const editionOf = async (award: Pick<Award, 'district' | 'id'>): Promise<Edition> => {
  const { edition } = (await house.ports.store.award(award.district, award.id))!;
  return (await house.ports.store.edition(award.district, award.id, edition))!;
};

const statusOf = ({ json }: Edition): unknown =>
  (JSON.parse(json) as { readonly credentialStatus: unknown }).credentialStatus;

/** Everything of ours, with a standing that calls everything good: only the lists can say that one is suspended. */
function listsAlone(): Resolver {
  const resolver = composeResolver(ownDocuments(house.ports), {
    get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours` }),
  });
  const standing = { state: 'active', since: clock.now() } as const;
  return { ...resolver, standing: async () => ({ ok: true, standing }) };
}

async function verdictOf({ json }: Edition): Promise<string> {
  const report = await verifyCredential(
    { resolver: listsAlone(), knownIssuers: ownIssuers(house.ports) },
    { kind: 'bytes', bytes: Buffer.from(json) },
    { now: clock.now() },
  );
  return report.verdict;
}

/** Whether the bit is set in the list as it was published last: read from the kept text alone. */
async function isPublished(place: StatusPlace): Promise<boolean> {
  const list = (await house.ports.status.store.list(cast.district.id, place.list))!;
  if (list.published === null) return false;
  const { credentialSubject } = JSON.parse(list.published.text) as {
    credentialSubject: { encodedList: string };
  };
  return isBitSet(credentialSubject.encodedList, place.index);
}

/** All that is due, by a process that has just started. */
async function settleAll(): Promise<void> {
  const failures: unknown[] = [];
  const sweeper = createSweeper({
    clock,
    effects: issuingEffects(anIssuingHouse(store, clock).ports),
    log: (failure) => failures.push(failure),
    intervalMillis: 3_600_000,
  });
  await sweeper.settleAll();
  await sweeper.stop();
  expect(failures).toEqual([]);
}

describe('an achievement whose author asked for suspension in a list', () => {
  const fetched = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = fetched;
  });

  /** What the stock @digitalbazaar/vc says: of each entry whether its bit is set. */
  async function strangerSays({ json }: Edition) {
    globalThis.fetch = (async (url: string) => {
      const did = /^https:\/\/([^/]+)\/issuers\/([^/]+)\/did\.json$/.exec(url);
      const answer =
        did === null
          ? await listsAlone().statusList(url)
          : await listsAlone().did(`did:web:${did[1]}:issuers:${did[2]}`);
      if (!answer.ok) return new Response('', { status: 404 });
      return new Response('document' in answer ? JSON.stringify(answer.document) : Buffer.from(answer.bytes));
    }) as typeof fetch;
    const judge = '../../support/judges/digitalbazaar-vc.mjs';
    const judged = (await import(judge)) as {
      judge(input: { readonly text: string }): Promise<{ verified: boolean; status: boolean[] }>;
    };
    const { verified, status } = await judged.judge({ text: json });
    return { verified, status };
  }

  it('is told the price when it is published, and the record says that it was chosen', async () => {
    const { achievement } = await createAchievement(house.achievements, cast.admin, {
      slug: 'priced',
      content: reviewedContent(listed),
    });
    const { version: priced, warnings } = await publishVersion(house.achievements, cast.admin, {
      achievement: achievement.id,
      version: 1,
    });
    expect(warnings).toContainEqual({
      pointer: '/statusEntries',
      detail: expect.stringMatching(/the 1EdTech validator refuse it \(status-single\)/),
    });
    expect(priced.pendingEntries.at(-1)).toMatchObject({
      verb: 'published',
      facts: { statusEntries: 'revocation-and-suspension' },
    });
  });

  it('has two entries, each in a list of its own purpose, at the places that the edition keeps', async () => {
    const edition = await editionOf(await anAward());
    const place = (
      purpose: string,
      { list, index }: StatusPlace,
    ): StatusEntry & { readonly type: string } => {
      const url = `${testPublicUrl}/d/riverbend/status/${list}`;
      return {
        id: `${url}#${index}`,
        type: 'BitstringStatusListEntry',
        statusPurpose: purpose,
        statusListIndex: String(index),
        statusListCredential: url,
      };
    };
    expect(statusOf(edition)).toEqual([
      place('revocation', { list: edition.statusList, index: edition.statusIndex }),
      place('suspension', edition.suspension!),
    ]);
    expect(edition.suspension!.list).not.toBe(edition.statusList);
  });

  it('is held to the Open Badges model by our verifier, entry by entry, up to four', async () => {
    const document = JSON.parse((await editionOf(await anAward())).json) as { [name: string]: unknown };
    const [revocation, suspension] = document['credentialStatus'] as readonly { readonly type: string }[];
    const { type: _type, ...untyped } = suspension!;
    const outcome = (credentialStatus: unknown) => {
      const read = { document: { ...document, credentialStatus, credentialSchema: [] }, firstContext: '' };
      return checkSchema(read as never, { schemas: new Map() } as never).outcome;
    };
    expect(outcome([revocation, suspension])).toBe('passed');
    expect(outcome([revocation, untyped])).toBe('failed');
    expect(outcome([untyped, suspension])).toBe('failed');
    expect(outcome([1, 2, 3, 4].map(() => revocation))).toBe('passed');
    expect(outcome([1, 2, 3, 4, 5].map(() => revocation))).toBe('failed');
  });

  it('is seen suspended, resumed and revoked by a stock verifier and by ours, from the lists alone', async () => {
    const award = await anAward();
    const input = { award: award.id, reason: 'A question came up.' };
    const told = async () => {
      const edition = await editionOf(award);
      return [await strangerSays(edition), await verdictOf(edition)];
    };
    expect(await told()).toEqual([{ verified: true, status: [false, false] }, 'valid']);
    await suspendAward(house.ports, cast.admin, input);
    expect(await told()).toEqual([{ verified: true, status: [false, true] }, 'suspended']);
    await resumeAward(house.ports, cast.admin, input);
    expect(await told()).toEqual([{ verified: true, status: [false, false] }, 'valid']);
    await suspendAward(house.ports, cast.admin, input);
    await revokeAward(house.ports, cast.admin, input);
    expect(await told()).toEqual([{ verified: true, status: [true, false] }, 'revoked']);
  });

  it('has its suspension in the published list when the process ended after the first write', async () => {
    const award = await anAward();
    const { suspension } = await editionOf(award);
    const kept = (await house.ports.store.award(award.district, award.id))!;
    const due = { reason: 'x', since: clock.now(), effectDue: clock.now() };
    await house.ports.store.awards.replace({ ...kept, ...due, state: 'suspended', wasSuspended: true });
    expect(await isPublished(suspension!)).toBe(false);
    await settleAll();
    expect(await isPublished(suspension!)).toBe(true);
  });

  it.each(awardSteps.slice(0, 6))(
    'is made once with both places after the process ended at %s',
    async (stop) => {
      let drawn: unknown;
      const stopping = anIssuingHouse(store, clock, {
        atStep: async (step) => {
          if (step === '2 status index reserved')
            drawn = (await house.ports.store.pageOfAwards(cast.district.id, { limit: 1 })).items[0]!.making;
          if (step === stop) throw new Error('stopped');
        },
      });
      const decision = await aDecision(house, cast, version);
      await expect(settleDecision(stopping.ports, decision)).rejects.toThrow('stopped');
      await settleAll();
      const { items: awards } = await house.ports.store.pageOfAwards(cast.district.id, { limit: 10 });
      expect(awards).toHaveLength(1);
      const editions = await house.ports.store.editionsOf(cast.district.id, awards[0]!.id);
      expect(editions).toHaveLength(1);
      const { statusList: list, statusIndex: index, suspension } = editions[0]!;
      expect(statusOf(editions[0]!)).toHaveLength(2);
      if (stop !== '1 award kept') expect(drawn).toMatchObject({ status: { list, index }, suspension });
    },
  );

  it('keeps a suspension through a new edition, in a place of its own, whenever the process ended', async () => {
    const award = await anAward();
    await suspendAward(house.ports, cast.admin, { award: award.id, reason: 'A question.' });
    for (const stop of [undefined, ...awardSteps.slice(1, 5)]) {
      const before = await editionOf(award);
      const { ports } = anIssuingHouse(store, clock, {
        atStep: (step) => {
          if (step === stop) throw new Error('stopped');
        },
      });
      clock.advance(1);
      const made = reissueAward(ports, cast.service, { award: award.id, reason: 'Anew.' });
      if (stop === undefined) await made;
      else await expect(made).rejects.toThrow('stopped');
      // Nobody is given an edition whose list does not say so yet.
      const given = await editionOf(award);
      expect({ stop, suspended: await isPublished(given.suspension!) }).toEqual({ stop, suspended: true });
      await settleAll();
      const after = await editionOf(award);
      expect(after.n).toBe(before.n + 1);
      expect(after.suspension).not.toEqual(before.suspension);
      expect(await verdictOf(after)).toBe('suspended');
    }
    await resumeAward(house.ports, cast.admin, { award: award.id });
    const editions = await house.ports.store.editionsOf(award.district, award.id);
    for (const { suspension } of editions) expect(await isPublished(suspension!)).toBe(false);
    expect(await verdictOf(editions.at(-1)!)).toBe('valid');
  });

  it('carries both entries in a correction and in the credential that supersedes it', async () => {
    const award = await anAward();
    clock.advance(1);
    await correctAward(house.ports, cast.admin, { award: award.id, reason: 'A new end.' });
    const corrected = await editionOf(award);
    expect(corrected.n).toBe(2);
    expect(statusOf(corrected)).toHaveLength(2);
    await supersedeAward(house.ports, cast.admin, { award: award.id, reason: 'Another.' });
    const { items } = await house.ports.store.pageOfAwards(cast.district.id, { limit: 10 });
    const replacing = items.find(({ replaces }) => replaces === award.id)!;
    expect(statusOf(await editionOf(replacing))).toHaveLength(2);
    expect(await verdictOf(await editionOf(award))).toBe('revoked');
  });

  it('may be a milestone: it is listed as suspended with its component, and not when that is resumed', async () => {
    const component = await anAward(await anAchievement(house, cast, 'usual'));
    const { achievement } = (await house.ports.achievements.store.version(
      component.district,
      component.achievementVersion,
    ))!;
    const assessment = { by: 'components', components: [achievement] } as const;
    const both = await anAchievement(house, cast, 'both', reviewedContent({ ...listed, assessment }));
    await settleMilestones(
      house.ports,
      (await house.ports.pathways.store.holdingOfAward(component.district, component.id))!,
    );
    const { items } = await house.ports.store.pageOfAwards(cast.district.id, { limit: 10 });
    const milestone = items.find(({ achievementVersion }) => achievementVersion === both.id)!;
    await suspendAward(house.ports, cast.admin, { award: component.id, reason: 'A question.' });
    expect(await verdictOf(await editionOf(milestone))).toBe('suspended');
    await resumeAward(house.ports, cast.admin, { award: component.id });
    expect(await verdictOf(await editionOf(milestone))).toBe('valid');
  });
});

describe('an achievement whose author asked for nothing', () => {
  it('has one entry as ever, and the content, the award and the edition say nothing of suspension', async () => {
    const usual = await anAchievement(house, cast, 'usual');
    const said = await anAchievement(house, cast, 'said', reviewedContent({ statusEntries: 'revocation' }));
    // The same to the byte, so that what was hashed before there was a choice hashes the same.
    expect(said.contentHash).toBe(usual.contentHash);
    expect(Object.keys(usual.content)).not.toContain('statusEntries');
    const award = await anAward(usual);
    const edition = await editionOf(award);
    expect(statusOf(edition)).toMatchObject({ statusPurpose: 'revocation' });
    expect(Object.keys(edition)).not.toContain('suspension');
    await suspendAward(house.ports, cast.admin, { award: award.id, reason: 'A question.' });
    expect(await verdictOf(edition)).toBe('valid');
    const { items: lists } = await house.ports.status.store.pageOfLists(cast.district.id, { limit: 10 });
    expect(lists.map(({ purpose }) => purpose)).toEqual(['revocation']);
  });
});

describe('a bit of suspension', () => {
  it('is not put back by somebody who asked how things stand before they changed', async () => {
    const { ports }: { readonly ports: IssuingPorts } = house;
    const issuer = { district: cast.district.id, did: 'did:web:x.example' };
    const { list, index } = await allocateStatusIndex(ports.status, issuer, 'suspension');
    let suspended = true;
    let asked = 0;
    const standing = async () => suspended;
    await followStatusBit(ports.status, issuer.district, list, index, async () => {
      const answer = suspended;
      asked += 1;
      if (asked === 1) {
        // Meanwhile it is resumed; the bit, which was never set, stands right already.
        suspended = false;
        await followStatusBit(ports.status, issuer.district, list, index, standing);
      }
      return answer;
    });
    const { encodedList } = (await ports.status.store.list(issuer.district, list))!;
    expect([asked, isBitSet(encodedList, index)]).toEqual([2, false]);
  });

  it('is kept in a list for suspensions alone', async () => {
    const issuer = { district: cast.district.id, did: 'did:web:x.example' };
    const { list, index } = await allocateStatusIndex(house.ports.status, issuer, 'revocation');
    await expect(
      followStatusBit(house.ports.status, issuer.district, list, index, async () => true),
    ).rejects.toMatchObject({ code: 'rule-violated', errors: [{ pointer: '/list' }] });
  });
});
