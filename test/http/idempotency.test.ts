import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf } from '../support/access-matrix.js';
import { httpSamples } from '../support/http-samples.js';
import { anHttpWorld, type HttpWorld } from '../support/http-world.js';
import { rawCall, type RawAnswer } from '../support/raw-call.js';
import { requestOf, type SampleCall } from '../support/sample-call.js';
import { aMember } from '../support/service.js';
import { aPdf } from '../support/work-house.js';

let world: HttpWorld;

interface Creation {
  /** The API key that calls. */
  readonly as: string;
  readonly sample: SampleCall | (() => Promise<SampleCall>);
  /** The same operation asked for otherwise; the address may be another where there is no body. */
  readonly other: SampleCall;
  /** The collection in which one document is made. */
  readonly collection: string;
}

/** One call of every operation that creates, each so that it succeeds once. */
let creations: { readonly [operation: string]: Creation };

beforeAll(async () => {
  world = await anHttpWorld();
  const { things: t, service, walked } = world;
  const samples = httpSamples(world);
  const newcomer = await aMember(
    service,
    (await service.rooms.tenancy.store.district(walked.result.district.id))!,
    ['reviewer'],
  );
  const missed = await missOnce();
  // Two keys that signed nothing and are retired: withdrawing them changes no other sample.
  const admin = world.keys.admin!;
  const { body: unused } = await world.client.call('rotateIssuerKey', { as: admin, body: { use: 'proof' } });
  const { body: unusedToo } = await world.client.call('rotateIssuerKey', {
    as: admin,
    body: { use: 'proof' },
  });
  const key = (operation: string) => world.keys[callerOf(operation)]!;
  const of = async (
    operation: string,
    collection: string,
    other: SampleCall,
    more: Partial<Creation> = {},
  ) => {
    const given = samples[operation]!;
    const sample = typeof given === 'function' ? await given() : given;
    return { as: key(operation), sample, other: { ...sample, ...other }, collection, ...more };
  };
  const json = (operation: string, change: object) => ({
    json: { ...((samples[operation] as SampleCall | undefined)?.json as object | undefined), ...change },
  });
  const member = { email: 'once@riverbend.example', name: 'Once', roles: ['coach'] };
  creations = {
    rotateIssuerKey: await of('rotateIssuerKey', 'issuer_keys', { json: { use: 'proof' } }),
    reportKeyCompromise: await of(
      'reportKeyCompromise',
      'key_compromises',
      { params: { key: unusedToo.id } },
      { sample: { params: { key: unused.id }, json: { compromisedAt: unused.createdAt, reason: 'Lost.' } } },
    ),
    addMember: await of('addMember', 'members', { json: member }),
    relateMembers: await of('relateMembers', 'relationships', {
      json: { kind: 'coach', member: t.members.author, other: t.members.coach },
    }),
    proposePoolAgreement: await of('proposePoolAgreement', 'pool_agreements', {
      json: { district: 'aspen-valley', achievements: [t.reviewed.id] },
    }),
    givePoolSeat: await of(
      'givePoolSeat',
      'pool_seats',
      { json: { member: t.members.adjudicator } },
      {
        sample: { params: { agreement: t.pool.agreement }, json: { member: newcomer.member.id } },
      },
    ),
    createApiKey: await of('createApiKey', 'api_keys', json('createApiKey', { name: 'other' })),
    createMyApiKey: await of(
      'createMyApiKey',
      'api_keys',
      json('createMyApiKey', { name: 'another of mine' }),
    ),
    createSignInLink: await of('createSignInLink', 'sign_in_links', { params: { member: t.members.coach } }),
    createAchievement: await of('createAchievement', 'achievements', {
      json: { slug: 'another', content: { name: 'Another', assessment: { by: 'outside', how: 'A test.' } } },
    }),
    startAchievementVersion: await of('startAchievementVersion', 'achievement_versions', {
      params: { achievement: t.reviewed.id },
    }),
    uploadArtefact: await of('uploadArtefact', 'artefacts', {
      file: { name: 'other.pdf', mediaType: 'application/pdf', bytes: aPdf('another') },
    }),
    recordConsent: await of('recordConsent', 'consents', json('recordConsent', { use: 'coaching' })),
    declareConflicts: await of(
      'declareConflicts',
      'declarations',
      json('declareConflicts', { conflicts: [] }),
    ),
    createSubmission: await of('createSubmission', 'submissions', json('createSubmission', { version: 2 })),
    fileAppeal: {
      as: world.keys.colleague!,
      sample: { params: { decision: missed }, json: { ground: 'reason', words: 'It is on page 2.' } },
      other: { params: { decision: missed }, json: { ground: 'rule', words: 'It is on page 2.' } },
      collection: 'appeals',
    },
    startNextAttempt: {
      as: world.keys.colleague!,
      sample: async () => {
        await withdrawAppeals();
        return { params: { submission: t.inReview } };
      },
      other: { params: { submission: t.submission } },
      collection: 'submissions',
    },
    createExemplar: await of('createExemplar', 'exemplars', {
      json: {
        achievementVersion: t.discussion.version,
        title: 'Another',
        pool: 'seed',
        items: [{ id: 'plan', name: 'Plan', text: 'Text.' }],
      },
    }),
    uploadExemplarFile: await of('uploadExemplarFile', 'artefacts', {
      file: { name: 'other.pdf', mediaType: 'application/pdf', bytes: aPdf('another exemplar') },
    }),
    createExemplarFromWork: await of('createExemplarFromWork', 'exemplars', {
      json: {
        title: 'Another',
        pool: 'seed',
        items: [{ id: 'reflection', name: 'Reflection', text: 'They could say what to change.' }],
        checks: { names: true, faces: true, metadata: true, context: true },
      },
    }),
    startQualification: await of(
      'startQualification',
      'qualification_attempts',
      { json: { achievementVersion: t.discussion.version } },
      { as: newcomer.key },
    ),
    createEndorsement: await of(
      'createEndorsement',
      'endorsements',
      json('createEndorsement', { about: t.endorsable[1] }),
    ),
    includeEndorsement: await of('includeEndorsement', 'included_endorsements', {
      json: { endorsement: t.endorsements[1] },
    }),
    createAward: await of('createAward', 'awards', json('createAward', { member: t.members.lead })),
    // Last: from then on the version before takes no exemplars.
    offerExemplar: {
      as: key('offerExemplar'),
      sample: async () => ({
        params: { exemplar: t.exemplar },
        json: { achievementVersion: await laterVersion() },
      }),
      other: { params: { exemplar: t.practice }, json: { achievementVersion: t.discussion.version } },
      collection: 'exemplars',
    },
  };
}, 120_000);
afterAll(() => world?.close());

/** Publishes a second version of the achievement that has exemplars, and gives its id. */
async function laterVersion(): Promise<string> {
  const { client, things, keys } = world;
  const params = { achievement: things.discussion.id };
  const { body } = await client.call('startAchievementVersion', { as: keys.author!, params });
  await client.call('publishAchievementVersion', {
    as: keys.admin!,
    params: { ...params, version: String(body.number) },
  });
  await world.service.settle();
  return body.id;
}

/** Both reviewers find the colleague's work not yet there, so that a next attempt can begin. Gives the decision's id. */
async function missOnce(): Promise<string> {
  const { client, things, walked, service } = world;
  const { apiKeys } = walked.result;
  const criteria = Object.fromEntries(
    Object.entries((things.openRating as { criteria: { [id: string]: object } }).criteria).map(
      ([id, one]) => [id, { ...one, level: `${id}-1` }],
    ),
  );
  for (const as of [apiKeys.reviewer1, apiKeys.reviewer2]) {
    const { body } = await client.call('listMyAssignments', { as, query: { state: 'open' } });
    await client.call('commitRating', { as, params: { assignment: body.items[0].id }, body: { criteria } });
  }
  await service.settle();
  const params = { submission: things.inReview };
  return (await client.call('getSubmissionDecision', { as: world.keys.colleague!, params })).body.id;
}

/** The colleague takes the open appeal back: no other attempt begins beside it. */
async function withdrawAppeals(): Promise<void> {
  const as = world.keys.colleague!;
  const { body } = await world.client.call('listAppeals', { as });
  for (const { id } of body.items) await world.client.call('withdrawAppeal', { as, params: { appeal: id } });
}

const call = (
  operation: string,
  as: string,
  sample: SampleCall,
  idempotencyKey: string,
): Promise<RawAnswer> =>
  rawCall(
    world.walked.result.baseUrl,
    requestOf(world.route(operation), sample, {
      Authorization: `Bearer ${as}`,
      'Idempotency-Key': idempotencyKey,
    }),
  );

describe('the same request twice', () => {
  it('is tried for every POST that creates', () => {
    const rows = world.service.routes.filter(
      ({ method, kind, access, responses }) =>
        method === 'POST' && kind === 'api' && responses[201] !== undefined && access !== 'operator',
    );
    expect(Object.keys(creations).sort()).toEqual(rows.map((row) => row.operationId).sort());
  });

  it('has one effect, of fifty at once; then the same bytes for the same key, and 422 for another request', async () => {
    for (const [operation, { as, sample: given, other, collection }] of Object.entries(creations)) {
      const sample = typeof given === 'function' ? await given() : given;
      const idempotencyKey = `once-${operation}`;
      const secret = world.route(operation).showsSecret === true;
      await world.service.settle();
      world.store.forget();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => call(operation, as, sample, idempotencyKey)),
      );
      const made = world.store.writes.filter((write) => write.startsWith(`${collection} insert `));
      expect([operation, made.length]).toEqual([operation, 1]);
      const good = answers.filter(({ status }) => status === 201);
      const failed = answers.find(({ status }) => status !== 201 && status !== 409);
      expect([operation, failed?.text]).toEqual([operation, undefined]);
      expect([operation, new Set(good.map(({ text }) => text)).size]).toEqual([operation, 1]);
      const first = good[0]!;
      expect([operation, typeof first.headers.location]).toEqual([operation, 'string']);

      await world.service.settle();
      world.store.forget();
      const again = await call(operation, as, sample, idempotencyKey);
      if (secret) {
        expect([operation, good.length, again.status]).toEqual([operation, 1, 409]);
        const id = first.headers.location!.split('/').at(-1)!;
        expect(again.json.detail).toContain(id);
        for (const shown of Object.values(first.json as object)) {
          if (typeof shown === 'string') expect(again.text).not.toContain(shown);
        }
      } else {
        expect([operation, again.status, again.text]).toEqual([operation, 201, first.text]);
        expect(again.headers).toMatchObject({
          'idempotent-replayed': 'true',
          etag: first.headers.etag,
          location: first.headers.location,
          'content-type': first.headers['content-type'],
        });
      }
      const otherwise = await call(operation, as, other, idempotencyKey);
      expect([operation, otherwise.status, otherwise.json?.errors?.[0]?.pointer]).toEqual([
        operation,
        422,
        '/Idempotency-Key',
      ]);
      expect([operation, world.store.writes]).toEqual([operation, []]);
    }
  }, 120_000);

  it('is another request when somebody else sends the key, or it comes to another operation', async () => {
    const { teacher, colleague, admin } = world.keys;
    const file = { name: 'shared.txt', mediaType: 'text/plain', bytes: Buffer.from('Shared words.') };
    const one = await call('uploadArtefact', teacher!, { file }, 'shared');
    const two = await call('uploadArtefact', colleague!, { file }, 'shared');
    expect([one.status, two.status, one.json.id === two.json.id]).toEqual([201, 201, false]);
    const member = { params: { member: world.things.members.coach } };
    expect((await call('createSignInLink', admin!, member, 'elsewhere')).status).toBe(201);
    const key = { params: { key: world.things.key } };
    expect((await call('revokeApiKey', admin!, key, 'elsewhere')).status).toBe(422);
  });

  it('is judged anew after a refusal, which had no effect', async () => {
    const { admin } = world.keys;
    const relate = (other: string) => ({ json: { kind: 'coach', member: world.things.members.lead, other } });
    const itself = relate(world.things.members.lead);
    expect((await call('relateMembers', admin!, itself, 'mended')).status).toBe(422);
    expect((await call('relateMembers', admin!, relate(world.things.members.teacher), 'mended')).status).toBe(
      201,
    );
  });

  it('is the same answer for what changes without creating', async () => {
    const sample = {
      params: { award: world.things.spareAward },
      json: { reason: 'Entered for the wrong person.' },
    };
    const { admin } = world.keys;
    const first = await call('revokeAward', admin!, sample, 'revoke');
    const second = await call('revokeAward', admin!, sample, 'revoke');
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
    expect((await call('revokeAward', admin!, sample, 'revoke-again')).status).toBe(422);
  });

  it('asks for a key of visible ASCII of at most 255 characters', async () => {
    const sample = { params: { member: world.things.members.coach } };
    await world.service.settle();
    for (const idempotencyKey of ['', 'two words', 'x'.repeat(256), 'é']) {
      world.store.forget();
      const answer = await call('createSignInLink', world.keys.admin!, sample, idempotencyKey);
      expect([idempotencyKey, answer.status]).toEqual([idempotencyKey, 400]);
      expect(answer.json.detail).toContain('Idempotency-Key');
      expect(world.store.writes).toEqual([]);
    }
  });
});
