import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrate } from './calibrate.js';
import { DemoError, openClient, type Client } from './client.js';
import { microcredentials } from './content/index.js';
import { changeAwards, linksOf, type Links, type OtherAwards } from './other-awards.js';
import { earlierWork } from './earlier-work.js';
import { publish, type Published } from './publish.js';
import { shareReviewers } from './review-pool.js';
import { day, people, type Person, type InPerson, type Scene } from './scene.js';
import { setUp } from './set-up.js';
import { earn } from './submit.js';
import { vcApiAt, type InteropIssuerIds, type VcApi } from './vc-api.js';

/** Where the walk goes and what it needs from the process that runs the service. */
export interface WalkOptions {
  readonly baseUrl: string;
  readonly operatorToken: string;
  /** Folder of the sample files. */
  readonly samples: string;
  readonly mailbox: string;
  readonly dataDir: string;
  readonly pid: number;
  /** The interop issuers of the service by their kind of key: only the process that runs it can make them. */
  readonly interopIssuers: InteropIssuerIds;
  /** Seconds by which the service's clock is ahead of the machine's; negative while the story is in the past. */
  readonly ahead: () => number;
  /** Months before the story too: earlier work, an appeal, a review pool. Needs a clock that begins `furnishedDays` back. */
  readonly furnished?: boolean;
  readonly say: (line: string) => void;
  readonly inPerson: InPerson;
}

/** What `--json` prints: everything that a caller needs to go on by HTTP alone. */
export interface DemoResult {
  readonly baseUrl: string;
  readonly openapi: string;
  readonly verifyApi: string;
  readonly verifyPage: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly mailbox: string;
  readonly clock: string;
  readonly district: {
    readonly id: string;
    readonly name: string;
    readonly issuerId: string;
    readonly didDocument: string;
    readonly jwks: string;
    readonly auditHead: string;
  };
  readonly otherDistrict: { readonly id: string; readonly apiKey: string };
  readonly apiKeys: { readonly [person in Person | 'revoked']: string };
  /** One-time links; `revoked` was used already. */
  readonly signIn: { readonly [person in Person | 'revoked']: string };
  readonly achievements: readonly Omit<Published, 'slug' | 'versionId'>[];
  readonly submission: string;
  readonly decision: string;
  readonly samples: { readonly pdf: string; readonly image: string; readonly video: string };
  readonly credential: Links;
  readonly stack: Links;
  readonly others: OtherAwards;
  readonly vcApi: VcApi;
  /** Ids of the members, so that a later run can make new links. */
  readonly members: { readonly [person in Person]: string };
}

/** How many days the story takes at least, and with the months before it. */
export const storyDays = 45;
export const furnishedDays = 105;

const mediaTypes: { readonly [ending: string]: string } = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  mp4: 'video/mp4',
};

/** The main job, end to end, over HTTP: from an empty service to credentials that anyone can verify. @throws DemoError */
export async function walk(options: WalkOptions): Promise<DemoResult> {
  const { say } = options;
  const client = await openClient(options.baseUrl, globalThis.fetch);
  const scene: Scene = {
    client,
    operatorToken: options.operatorToken,
    inPerson: options.inPerson,
    say,
    advance: async (seconds) => {
      await client.call('advanceClock', { body: { advance: Math.round(seconds) } });
    },
    until,
    sample: (name) => ({
      name,
      mediaType: mediaTypes[name.split('.').at(-1)!]!,
      bytes: readFileSync(join(options.samples, name)),
    }),
  };
  const { district, cast, otherDistrict, revokedKey } = await setUp(scene);
  await scene.advance(day);
  const publications = await publish(scene, cast);
  await scene.advance(4 * day);
  await calibrate(scene, cast, publications);
  const [feedback, discussion] = publications.reviewed as [Published, Published];
  const text = (name: string) => readFileSync(join(options.samples, name), 'utf8');
  if (options.furnished === true) {
    await shareReviewers(scene, cast, otherDistrict.apiKey, discussion);
    await earlierWork(scene, cast, district, feedback, {
      files: {
        'lesson-plan': ['lesson-plan.pdf'],
        'student-work': ['student-work-1.png', 'student-work-3.png'],
      },
      texts: { reflection: text('reflection.md') },
    });
    await scene.advance(Math.max(0, -options.ahead() - (storyDays - 5) * day));
  }
  await scene.advance(5 * day);
  const others = await changeAwards(scene, cast, publications.outside);
  say(`A teacher submits for "${microcredentials[0]!.microcredential.name}":`);
  const first = await earn(
    scene,
    cast,
    cast.teacher,
    feedback,
    {
      files: {
        'lesson-plan': ['lesson-plan.pdf'],
        'student-work': ['student-work-1.png', 'student-work-2.jpg', 'student-work-3.png'],
        'lesson-video': ['lesson-moment.mp4'],
      },
      texts: { reflection: text('reflection.md') },
    },
    { reviewer1: [4, 3, 4, 3], reviewer2: [2, 3, 3, 3], adjudicator: [3, 3, 4, 3] },
  );
  await scene.advance(5 * day);
  say(`The same teacher submits for "${microcredentials[1]!.microcredential.name}":`);
  await earn(
    scene,
    cast,
    cast.teacher,
    discussion,
    {
      files: {
        'lesson-plan': ['discussion-plan.pdf'],
        'student-work': ['discussion-chart-1.png', 'discussion-map-2.jpg'],
      },
      texts: { reflection: text('discussion-reflection.md') },
    },
    { reviewer1: [3, 4, 3, 3], reviewer2: [3, 3, 3, 4] },
  );
  const stack = await scene.until('the milestone', async () => {
    const { body } = await client.call('listAwards', { as: cast.teacher.key });
    return body.items.find(
      (one: { basis: { kind: string }; state: string }) =>
        one.basis.kind === 'components' && one.state === 'active',
    );
  });
  say(`Both together complete the milestone: ${stack.credential}`);
  // The story ends now.
  await scene.advance(Math.max(0, -options.ahead()));
  const award = await client.call('getAward', { as: cast.admin.key, params: { award: first.award } });
  const credential = linksOf(award.body);
  await verifyAll(scene, { credential, stack: linksOf(stack), ...others });
  const result: Omit<DemoResult, 'signIn'> = {
    baseUrl: options.baseUrl,
    openapi: `${options.baseUrl}/openapi.json`,
    verifyApi: `${options.baseUrl}/api/v1/verify`,
    verifyPage: `${options.baseUrl}/verify`,
    pid: options.pid,
    dataDir: options.dataDir,
    mailbox: options.mailbox,
    clock: `${options.baseUrl}/demo/clock`,
    district: {
      id: district.id,
      name: district.name,
      issuerId: district.issuerId,
      didDocument: district.didDocument,
      jwks: district.jwks,
      auditHead: `${options.baseUrl}/.well-known/audit/riverbend`,
    },
    otherDistrict,
    apiKeys: { ...record((person) => cast[person].key), revoked: revokedKey },
    achievements: publications.reviewed.map(({ id, version, url, criteria, requirements }) => ({
      id,
      version,
      url,
      criteria,
      requirements,
    })),
    submission: first.submission,
    decision: first.decision,
    samples: {
      pdf: join(options.samples, 'lesson-plan.pdf'),
      image: join(options.samples, 'student-work-1.png'),
      video: join(options.samples, 'lesson-moment.mp4'),
    },
    credential,
    stack: linksOf(stack),
    others,
    vcApi: vcApiAt(options.baseUrl, options.interopIssuers),
    members: record((person) => cast[person].id),
  };
  return { ...result, signIn: await signInLinks(client, result, options.inPerson) };
}

/** The same result with new sign-in links, for a service that an earlier run set up. */
export async function renewSignInLinks(earlier: DemoResult, inPerson: InPerson): Promise<DemoResult> {
  const client = await openClient(earlier.baseUrl, globalThis.fetch);
  return { ...earlier, signIn: await signInLinks(client, earlier, inPerson) };
}

async function signInLinks(
  client: Client,
  { district, apiKeys, members }: Pick<DemoResult, 'district' | 'apiKeys' | 'members'>,
  inPerson: InPerson,
): Promise<DemoResult['signIn']> {
  const links: { [person in Person]?: string } = {};
  for (const person of people) links[person] = await inPerson.link(district.id, members[person]);
  const used = await client.call('createSignInLink', {
    as: apiKeys.admin,
    params: { member: members.admin },
  });
  await client.press(used.body.link as string);
  return { ...links, revoked: used.body.link } as DemoResult['signIn'];
}

function record<T>(of: (person: Person) => T): { readonly [person in Person]: T } {
  return Object.fromEntries(people.map((person) => [person, of(person)])) as {
    readonly [person in Person]: T;
  };
}

/** Asks the service's own verifier about each credential, as an employer would, and says what it answers. */
async function verifyAll(
  scene: Scene,
  credentials: { readonly [name: string]: Links | null },
): Promise<void> {
  const expected: { readonly [name: string]: string } = {
    credential: 'valid',
    stack: 'valid',
    revoked: 'revoked',
    suspended: 'suspended',
    expired: 'expired',
    superseded: 'revoked',
  };
  for (const [name, links] of Object.entries(credentials)) {
    if (links === null) continue;
    const { body: credential } = await scene.client.get(links.json);
    const { body } = await scene.client.call('verifyCredential', { body: { credential } });
    scene.say(`Verified ${name}: ${body.sentence}`);
    if (body.verdict !== expected[name]) {
      throw new DemoError(
        `${name} was judged "${body.verdict}", not "${expected[name]}": ${body.reasons.join(' ')}`,
      );
    }
  }
}

/** Waits for background work: asks again, a little later each time, for at most 30 seconds. */
async function until<T>(what: string, ready: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const value = await ready();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, Math.min(20 + attempt * 10, 200)));
  }
  throw new DemoError(`${what} did not come`);
}

/** The links for people, after the walk. */
export function describeResult(result: DemoResult): string {
  const signIn = (['admin', 'lead', 'reviewer1', 'teacher'] as const)
    .map((person) => `  ${person.padEnd(10)} ${result.signIn[person]}`)
    .join('\n');
  return `
The demo district is ready.

Sign in (each link works once, for 15 minutes):
${signIn}

A credential, as an employer sees it:
  ${result.credential.page}
The verify page:
  ${result.verifyPage}
The API:
  ${result.openapi}

It serves until you press Ctrl+C.
`;
}
