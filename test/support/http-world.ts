import { readFileSync } from 'node:fs';
import { completeSignIn, createApiKey, createSignInLink } from '../../src/access/index.js';
import { endorse, issuerOf, listIncludedEndorsements } from '../../src/issuing/index.js';
import { withAudit } from '../../src/audit/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { openClient, type Client } from '../../src/demo/client.js';
import { newId, type Actor } from '../../src/kernel/index.js';
import { getAssignment, saveDraftRating, type Appeal } from '../../src/review/index.js';
import { roles } from '../../src/tenancy/index.js';
import type { Route } from '../../src/web/route.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { aDriftSignal } from './drift-things.js';
import { poolThings, type PoolThings } from './pool-things.js';
import { rawCall, type RawAnswer } from './raw-call.js';
import { requestOf, type SampleCall } from './sample-call.js';
import { aMember, operatorToken, type TestService } from './service.js';
import { aWalkedService, type WalkedService } from './walked-service.js';
import { watchedStore, type WatchedStore } from './watched-store.js';

/** Everybody who may call, each as one kind of caller. */
export const callerNames = [
  'anonymous',
  'operator',
  'teacher',
  'colleague',
  'reviewer',
  'adjudicator',
  'expert',
  'coach',
  'author',
  'lead',
  'admin',
  /** Of another district, with every role there. */
  'foreigner',
  /** A key of a member with every role, whose scopes leave only `district.read`. */
  'narrowKey',
  'revokedKey',
] as const;
export type CallerName = (typeof callerNames)[number];

/** Callers who are members and can sign in on pages. */
type MemberName = Exclude<CallerName, 'anonymous' | 'operator' | 'narrowKey' | 'revokedKey'>;

/** Ids of the things that the samples name; the teacher's, the reviewer's and the district's. */
export interface Things {
  readonly members: { readonly [name in Exclude<MemberName, 'foreigner'>]: string };
  /** One decided submission of the teacher's, and a draft. */
  readonly submission: string;
  readonly draft: string;
  readonly decision: string;
  /** Appeals on the teacher's decision: one that a lead is asked to decide, and one that the same lead has decided. */
  readonly appeal: string;
  readonly endedAppeal: string;
  /** A file of the work that they are about. */
  readonly appealedArtefact: string;
  readonly artefact: string;
  readonly spareArtefact: string;
  readonly consent: string;
  readonly spareConsent: string;
  /** Reviewed and published; `fresh` has no work on it yet; `unfinished` is a draft; `outside` is assessed outside. */
  readonly reviewed: { readonly id: string; readonly slug: string; readonly version: string };
  readonly discussion: { readonly id: string; readonly version: string };
  readonly fresh: { readonly id: string; readonly version: string };
  readonly unfinished: { readonly id: string; readonly version: string };
  readonly spare: { readonly id: string };
  readonly outside: { readonly id: string };
  readonly milestone: { readonly id: string };
  readonly exemplar: string;
  readonly practice: string;
  readonly gathering: string;
  /** One that gathers ratings, with the file `plan`. */
  readonly withFile: string;
  /** A file of the submission whose use for exemplars is allowed. */
  readonly sourceFile: string;
  readonly qualification: string;
  readonly certification: string;
  readonly committed: string;
  /** A drift signal about the reviewer, told and settled. */
  readonly driftSignal: string;
  /** An assignment of the reviewer's that is open, with a file in its work. */
  readonly open: string;
  readonly openArtefact: string;
  readonly openRating: object;
  readonly levels: { readonly [criterion: string]: string };
  /** The colleague's submission that is in review. */
  readonly inReview: string;
  readonly award: string;
  readonly spareAward: string;
  readonly issuerKey: string;
  /** Of a key that had signed nothing; `spareAward` is listed in it, confirmed. */
  readonly compromise: string;
  readonly publicId: string;
  readonly statement: string;
  readonly statusList: string;
  readonly issuerKeyName: string;
  /** A credential of an interop issuer, with a status that can be set and cleared. */
  readonly interop: {
    readonly credential: { readonly [member: string]: unknown };
    readonly issuerId: string;
    readonly list: string;
  };
  /** An endorsement that the district made of itself: its id, and the last part of its address. */
  readonly endorsement: string;
  readonly endorsementPublicId: string;
  /** That the district's credentials carry it. */
  readonly included: string;
  /** Addresses of endorsements that another district made of things of this one. */
  readonly endorsements: readonly string[];
  /** Ids of things of the district that may be endorsed. */
  readonly endorsable: readonly string[];
  readonly relationship: string;
  readonly pool: PoolThings;
  readonly key: string;
  /** An API key that the teacher made. */
  readonly ownKey: string;
}

export interface HttpWorld {
  readonly walked: WalkedService;
  readonly service: TestService;
  readonly client: Client;
  readonly store: WatchedStore;
  readonly things: Things;
  readonly keys: { readonly [name in CallerName]: string | undefined };
  route(operationId: string): Route;
  /** Sends a sample as this caller: with a key, or on pages signed in by a cookie. */
  send(caller: CallerName, route: Route, sample: SampleCall, more?: object): Promise<RawAnswer>;
  /** A secret for a new sign-in link. */
  linkSecret(member: MemberName): Promise<string>;
  close(): Promise<void>;
}

/** The demo's walk, and beside it one of everything that an operation can be about. */
export async function anHttpWorld(): Promise<HttpWorld> {
  const store = watchedStore(await openSqlite({ file: ':memory:' }));
  const walked = await aWalkedService({ store });
  try {
    return await furnish(walked, store);
  } catch (error) {
    await walked.close();
    throw error;
  }
}

async function furnish(walked: WalkedService, store: WatchedStore): Promise<HttpWorld> {
  const { service, result } = walked;
  const client = await openClient(result.baseUrl, globalThis.fetch);
  const { access, tenancy } = service.rooms;
  const district = (await tenancy.store.district(result.district.id))!;
  const other = (await tenancy.store.district(result.otherDistrict.id))!;
  const author = await aMember(service, district, ['author']);
  const everybody = await aMember(service, district, roles);
  const foreign = await aMember(service, other, roles);
  const narrow = await createApiKey(access, everybody.actor, {
    member: everybody.member.id,
    name: 'narrow',
    scopes: ['district.read'],
  });
  const keys = {
    anonymous: undefined,
    operator: operatorToken,
    teacher: result.apiKeys.teacher,
    colleague: result.apiKeys.teacher2,
    reviewer: result.apiKeys.reviewer1,
    adjudicator: result.apiKeys.adjudicator,
    expert: result.apiKeys.expert3,
    coach: result.apiKeys.coach,
    author: author.key,
    lead: result.apiKeys.lead,
    admin: result.apiKeys.admin,
    foreigner: foreign.key,
    narrowKey: narrow.secret,
    revokedKey: result.apiKeys.revoked,
  };
  const members = {
    teacher: result.members.teacher,
    colleague: result.members.teacher2,
    reviewer: result.members.reviewer1,
    adjudicator: result.members.adjudicator,
    expert: result.members.expert3,
    coach: result.members.coach,
    author: author.member.id as string,
    lead: result.members.lead,
    admin: result.members.admin,
  };
  const idOf = (name: MemberName) => (name === 'foreigner' ? foreign.member.id : members[name]);
  const linkSecret = async (name: MemberName) => {
    const of = name === 'foreigner' ? other.id : district.id;
    const link = await createSignInLink(access, (await tenancy.store.member(of, idOf(name)))!, {
      inPerson: true,
    });
    return new URL(link).pathname.split('/').at(-1)!;
  };
  const things = await makeThings(walked, client, members);
  const headersOf = async (caller: CallerName, route: Route): Promise<{ [name: string]: string }> => {
    const key = keys[caller];
    if (key === undefined) return {};
    const byKey = caller === 'operator' || caller === 'narrowKey' || caller === 'revokedKey';
    if (route.kind !== 'page' || byKey) return { Authorization: `Bearer ${key}` };
    const { secret } = await completeSignIn(access, await linkSecret(caller as MemberName));
    return { Cookie: `session=${secret}` };
  };
  return {
    walked,
    service,
    client,
    store,
    things,
    keys,
    route: (operationId) => {
      const route = service.routes.find((row) => row.operationId === operationId);
      if (route === undefined) throw new Error(`there is no route ${operationId}`);
      return route;
    },
    send: async (caller, route, sample, more = {}) => {
      const headers = { ...(await headersOf(caller, route)), ...more };
      return rawCall(result.baseUrl, requestOf(route, sample, headers));
    },
    linkSecret,
    close: () => walked.close(),
  };
}

/** Rubric content that anybody can publish, under another name. */
export function reviewedContent(name: string) {
  return { ...achievementExample, name };
}

async function anInteropCredential(client: Client, issuer: string): Promise<Things['interop']> {
  const { body } = await client.call('issueInteropCredential', {
    body: {
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer,
        credentialSubject: { name: 'Alice' },
      },
      options: { statusPurpose: 'suspension' },
    },
  });
  const credential = body.verifiableCredential;
  const parts = new URL(credential.credentialStatus.statusListCredential).pathname.split('/');
  return { credential, issuerId: parts.at(-2)!, list: parts.at(-1)! };
}

async function makeThings(
  walked: WalkedService,
  client: Client,
  members: Things['members'],
): Promise<Things> {
  const { result, service } = walked;
  const { apiKeys } = result;
  const call = async (as: string, operation: string, params = {}, body?: unknown, query = {}) =>
    (await client.call(operation, { as, params, query, ...(body === undefined ? {} : { body }) })).body;
  const publish = async (slug: string, content: object) => {
    const made = await call(apiKeys.admin, 'createAchievement', {}, { slug, content });
    const { version } = await call(apiKeys.admin, 'publishAchievementVersion', {
      achievement: made.id,
      version: '1',
    });
    return { id: made.id as string, version: version.id as string };
  };
  const { items: achievements } = await call(apiKeys.admin, 'listAchievements');
  const named = (slug: string) =>
    achievements.find((one: { slug: string }) => one.slug === slug) as { id: string; slug: string };
  const versionOf = async (achievement: string, version: string) =>
    (await call(apiKeys.admin, 'getAchievementVersion', { achievement, version })).id as string;

  const feedback = named('formative-feedback');
  const reviewed = { id: feedback.id, slug: feedback.slug, version: await versionOf(feedback.id, '1') };
  const discussion = {
    id: named('inclusive-discussion').id,
    version: await versionOf(named('inclusive-discussion').id, '1'),
  };
  const open = await publish('open-work', reviewedContent('Open work'));
  const fresh = await publish('fresh-work', reviewedContent('Fresh work'));
  const spare = await publish('to-be-retired', reviewedContent('To be retired'));
  const unfinished = await call(
    apiKeys.admin,
    'createAchievement',
    {},
    {
      slug: 'unfinished-work',
      content: reviewedContent('Unfinished work'),
    },
  );

  const { submission, decision } = result;
  const draft = await call(apiKeys.teacher, 'createSubmission', {}, { achievement: open.id });
  const { items: artefacts } = await call(apiKeys.teacher, 'listMyArtefacts');
  const { items: consents } = await call(apiKeys.teacher, 'listConsents', { submission });
  const upload = async (as: string, text: string) =>
    (
      await client.call('uploadArtefact', {
        as,
        file: { name: 'notes.txt', mediaType: 'text/plain', bytes: Buffer.from(text) },
      })
    ).body.id as string;
  const spareArtefact = await upload(apiKeys.teacher, 'Notes that nobody needs.');
  const spareConsent = await call(
    apiKeys.teacher,
    'recordConsent',
    { submission: draft.id },
    { artefacts: [spareArtefact], statement: 'Forms are kept in the school office.' },
  );

  const inReview = await handIn(walked, client, apiKeys.teacher2, discussion.id);
  await service.settle();
  const { items: assignments } = await call(apiKeys.reviewer1, 'listMyAssignments');
  const assignment = (state: string) =>
    assignments.find((one: { state: string }) => one.state === state).id as string;
  const work = await call(apiKeys.reviewer1, 'getAssignment', { assignment: assignment('open') });
  const { review } = service.rooms;
  const me = (await review.tenancy.store.member(result.district.id, members.reviewer))!;
  const actor = { kind: 'member', district: me.district, member: me.id } as const;
  const written = await getAssignment(review, actor, work.id);
  await saveDraftRating(review, actor, { work: written, criteria: {} });
  const item = work.evidence[0];
  const levels = Object.fromEntries(
    work.rubric.criteria.map((one: { id: string; levels: { id: string }[] }) => [one.id, one.levels[2]!.id]),
  ) as { [criterion: string]: string };
  const pointer = { requirement: item.requirement, artefact: item.files[0].artefact, note: 'The goal.' };
  const openRating = {
    criteria: Object.fromEntries(
      Object.entries(levels).map(([criterion, level]) => [
        criterion,
        { level, pointers: [pointer], feedback: 'The goal is clear and used twice.' },
      ]),
    ),
  };

  const { items: exemplars } = await call(apiKeys.lead, 'listExemplars', {}, undefined, {
    achievementVersion: discussion.version,
    limit: '100',
  });
  const pool = (name: string) => exemplars.find((one: { pool: string }) => one.pool === name).id as string;
  const gathering = await call(
    apiKeys.lead,
    'createExemplar',
    {},
    {
      achievementVersion: discussion.version,
      title: 'A discussion without its notes',
      pool: 'practice',
      items: [{ id: 'plan', name: 'Plan', text: 'Students take turns.' }],
    },
  );
  const handedIn = await call(apiKeys.teacher, 'getSubmission', { submission });
  const sourceFile = handedIn.answers['lesson-plan'].artefacts[0] as string;
  await call(
    apiKeys.teacher,
    'recordConsent',
    { submission },
    { artefacts: [sourceFile], use: 'exemplar', statement: 'I agree that an exemplar is made of it.' },
  );
  const uploaded = await client.call('uploadExemplarFile', {
    as: apiKeys.lead,
    file: { name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Students take turns.') },
  });
  const withFile = await call(
    apiKeys.lead,
    'createExemplar',
    {},
    {
      achievementVersion: discussion.version,
      title: 'A discussion with its plan as a file',
      pool: 'practice',
      items: [{ id: 'plan', name: 'Plan', artefact: uploaded.body.artefact }],
    },
  );
  const { items: attempts } = await call(apiKeys.reviewer1, 'listMyQualifications', {}, undefined, {
    achievementVersion: discussion.version,
  });
  const { items: certifications } = await call(apiKeys.lead, 'listCertifications');
  const { items: awards } = await call(apiKeys.teacher, 'listAwards');
  const award = awards.find((one: { basis: { kind: string } }) => one.basis.kind === 'decision');
  const outside = named('supporting-learners-online');
  const spareAward = await call(
    apiKeys.admin,
    'createAward',
    {},
    {
      achievement: outside.id,
      member: members.expert,
    },
  );
  const credential = (await client.get(result.credential.json)).body;
  const { items: issuerKeys } = await call(apiKeys.admin, 'listIssuerKeys');
  // A key that signed nothing, withdrawn; and one award that a person has confirmed, as if it had.
  const unused = await call(apiKeys.admin, 'rotateIssuerKey', {}, { use: 'jwt' });
  const compromise = await call(
    apiKeys.admin,
    'reportKeyCompromise',
    { key: unused.id },
    { compromisedAt: unused.createdAt, reason: 'A drill.' },
  );
  const { issuing } = walked.service.rooms;
  const kept = (await issuing.store.award(result.district.id, spareAward.id))!;
  await issuing.store.compromisedAwards.insert(
    withAudit(
      {
        id: newId(issuing.randomness, 'kca'),
        district: kept.district,
        compromise: compromise.id,
        award: kept.id,
        state: 'confirmed',
        recordedAt: kept.createdAt,
        edition: 1,
        decidedBy: null,
        settledAt: kept.createdAt,
      } as const,
      {
        actor: { kind: 'service', district: kept.district },
        verb: 'confirmed',
        collection: 'compromised_awards',
        facts: {},
      },
      kept.createdAt,
    ),
  );
  const relationship = await call(
    apiKeys.admin,
    'relateMembers',
    {},
    {
      kind: 'supervisor',
      member: members.author,
      other: members.coach,
    },
  );
  const own = await call(apiKeys.teacher, 'createMyApiKey', {}, { name: 'mine' });
  const { key } = await call(apiKeys.admin, 'createApiKey', {}, { member: members.coach, name: 'spare' });
  return {
    members,
    submission,
    draft: draft.id,
    decision,
    ...(await makeAppeals(walked, members, { submission, decision, version: reviewed.version })),
    artefact: artefacts.find((one: { mediaType: string }) => one.mediaType === 'application/pdf').id,
    spareArtefact,
    consent: consents[0].id,
    spareConsent: spareConsent.id,
    reviewed,
    discussion,
    fresh,
    unfinished: { id: unfinished.id, version: await versionOf(unfinished.id, '1') },
    spare,
    outside,
    milestone: named('responsive-teaching'),
    exemplar: pool('qualifying'),
    practice: pool('practice'),
    gathering: gathering.id,
    withFile: withFile.id,
    sourceFile,
    qualification: attempts[0].id,
    certification: certifications.find(
      (one: { reviewer: string; achievementVersion: string }) =>
        one.reviewer === result.members.reviewer2 && one.achievementVersion === reviewed.version,
    ).id,
    committed: assignment('committed'),
    driftSignal: await aDriftSignal(service, {
      district: result.district.id,
      reviewer: members.reviewer,
      version: discussion.version,
    }),
    open: assignment('open'),
    openArtefact: item.files[0].artefact,
    openRating,
    levels,
    inReview,
    award: award.id,
    spareAward: spareAward.id,
    issuerKey: issuerKeys[0].id,
    compromise: compromise.id,
    publicId: new URL(result.credential.page).pathname.split('/').at(-1)!,
    statement: statementIn(JSON.stringify(credential)),
    statusList: new URL(result.credential.statusList).pathname.split('/').at(-1)!,
    issuerKeyName: issuerKeys[0].name,
    interop: await anInteropCredential(client, result.vcApi.issuers.Ed25519),
    ...(await makeEndorsements(walked)),
    relationship: relationship.id,
    pool: await poolThings(walked, members, { submission: inReview, achievement: discussion.id }),
    key: key.id,
    ownKey: own.key.id,
  };
}

/** One that the district made of itself, and two that another made of versions of it. */
async function makeEndorsements({
  service,
  result,
}: WalkedService): Promise<
  Pick<Things, 'endorsement' | 'endorsementPublicId' | 'included' | 'endorsements' | 'endorsable'>
> {
  const { issuing, achievements } = service.rooms;
  const own: Actor = { kind: 'service', district: result.district.id as never };
  const other: Actor = { kind: 'service', district: result.otherDistrict.id as never };
  const { ref } = await issuerOf(issuing, own.district);
  const made = await endorse(issuing, own, { about: ref.did, comment: 'Ours.' });
  const included = await listIncludedEndorsements(issuing, own, { limit: 1 });
  const published = await achievements.store.versions.page(own.district, 'state', ['published'], {
    limit: 4,
  });
  const [first, second, ...endorsable] = published.items.map(({ url }) => url);
  const endorsements: string[] = [];
  for (const about of [first!, second!])
    endorsements.push((await endorse(issuing, other, { about, comment: 'Good.' })).credentialId);
  return {
    endorsement: made.id,
    endorsementPublicId: made.publicId,
    included: included.items[0]!.id,
    endorsements,
    endorsable,
  };
}

function statementIn(credential: string): string {
  const found = /\/quality\/(sha256-[0-9a-f]{64})/.exec(credential)?.[1];
  if (found === undefined) throw new Error('the credential names no quality statement');
  return found;
}

/** A whole submission of the demo's sample evidence, handed in. */
async function handIn(
  { result }: WalkedService,
  client: Client,
  as: string,
  achievement: string,
): Promise<string> {
  const created = await client.call('createSubmission', { as, body: { achievement } });
  const submission = created.body.id as string;
  let { etag } = created;
  const files: string[] = [];
  const published = result.achievements.find((one) => one.id === achievement)!;
  const { pdf, image, video } = result.samples;
  const reflection = new URL('../../src/demo/samples/reflection.md', import.meta.url);
  for (const { id, kind, mediaTypes, min } of published.requirements) {
    if (min === 0) continue;
    let body: object = { text: readFileSync(reflection, 'utf8') };
    if (kind === 'file') {
      const types = { 'application/pdf': pdf, 'image/png': image, 'video/mp4': video };
      const mediaType = (Object.keys(types) as (keyof typeof types)[]).find((type) =>
        mediaTypes.includes(type),
      )!;
      const names = Array.from({ length: min }, () => types[mediaType]);
      const artefacts: string[] = [];
      for (const name of names) {
        const file = { name: 'evidence', mediaType, bytes: readFileSync(name) };
        artefacts.push((await client.call('uploadArtefact', { as, file })).body.id as string);
      }
      files.push(...artefacts);
      body = { artefacts: [...new Set(artefacts)] };
    }
    ({ etag } = await client.call('answerRequirement', {
      as,
      params: { submission, requirement: id },
      ifMatch: etag,
      body,
    }));
  }
  const statement = 'Forms are kept in the school office.';
  await client.call('recordConsent', {
    as,
    params: { submission },
    body: { artefacts: [...new Set(files)], statement },
  });
  await client.call('submitSubmission', { as, params: { submission } });
  return submission;
}

/** Two appeals, put on record as if they had been filed, screened and given to the lead. */
async function makeAppeals(
  { service, result }: WalkedService,
  members: Things['members'],
  about: { readonly submission: string; readonly decision: string; readonly version: string },
): Promise<Pick<Things, 'appeal' | 'endedAppeal' | 'appealedArtefact'>> {
  const { review } = service.rooms;
  const lead = (await review.tenancy.store.member(result.district.id, members.lead))!;
  const now = review.clock.now();
  const put = async (change: Partial<Appeal>) =>
    (
      await review.store.appeals.insert({
        id: newId(review.randomness, 'apl'),
        district: lead.district,
        submission: about.submission as Appeal['submission'],
        decision: about.decision as Appeal['decision'],
        teacher: members.teacher as Appeal['teacher'],
        achievementVersion: about.version as Appeal['achievementVersion'],
        openFor: null,
        state: 'admitted',
        ground: 'reason',
        words: 'Page 2 shows the check that was said to be missing.',
        filedAt: now,
        screening: { by: lead.id, at: now, admissible: true, words: 'It names a level.' },
        decider: lead.id,
        declined: [],
        decided: null,
        round: null,
        stateSince: now,
        effectDue: null,
        pendingEntries: [],
        auditDue: null,
        ...change,
      })
    ).id;
  const work = (await review.submissions.store.submission(lead.district, about.submission))!;
  const files = Object.values(work.answers).flatMap((one) => (one.kind === 'file' ? one.artefacts : []));
  const decided = { by: lead.id, at: now, error: null, criteria: [], words: 'There is no error.' };
  return {
    appeal: await put({ openFor: about.submission as Appeal['submission'] }),
    endedAppeal: await put({ state: 'upheld', decided }),
    appealedArtefact: files[0]!,
  };
}
