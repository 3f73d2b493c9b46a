import { isStopped, type AchievementVersion } from '../../achievements/index.js';
import { resumeIssuing } from '../../issuing/index.js';
import { AppError, type FieldError } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DateText,
  Form,
  Notice,
  PageHeading,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { problemTypes } from '../problem.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { versionOf } from './achievement-drafts.js';
import { aboveAchievements, addressOf } from './achievement-publication.js';
import { aboutAward, type AboutAward } from './award-change.js';
import { page } from './layout.js';

/** Having a version checked anew whose issuing was stopped. */
export function issuingStoppedPages(
  rooms: Pick<Rooms, 'achievements' | 'issuing' | 'service'>,
): readonly Route[] {
  return [
    {
      kind: 'page',
      tag: 'achievements',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      operationId: 'resumeIssuingPage',
      method: 'POST',
      path: '/achievements/{achievement}/v/{n}/resume-issuing',
      formAt: '/achievements/{achievement}/v/{n}',
      access: 'achievements.publish',
      summary: 'Check a version anew whose issuing was stopped',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const version = await versionOf(rooms, who, request);
        try {
          await resumeIssuing(rooms.issuing, who.actor, {
            achievement: version.achievement,
            version: version.number,
          });
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'rule-violated') throw error;
          return { status: problemTypes[error.code].status, html: stillStopped(version, error.errors, who) };
        }
        rooms.service.wake();
        return seeOtherDone(addressOf(version), 'issuing-resumed');
      },
    },
  ];
}

/** The credential in which something was found, for those who may see it; undefined for others and while nothing is stopped. */
export async function foundInAward(
  rooms: Pick<Rooms, 'issuing' | 'tenancy'>,
  who: Principal,
  version: AchievementVersion,
): Promise<AboutAward | undefined> {
  if (!isStopped(version) || !isPermitted(who.member.roles, 'awards.change')) return undefined;
  const award = await rooms.issuing.store.award(version.district, version.stopped.award);
  return award === undefined ? undefined : aboutAward(rooms, award);
}

/** That nothing of this version is signed now, why, and what can be done. Nothing while it issues. */
export function IssuingStopped({
  version,
  found,
  principal,
}: {
  readonly version: AchievementVersion;
  readonly found: AboutAward | undefined;
  readonly principal: Principal;
}) {
  if (!isStopped(version)) return null;
  return (
    <Notice tone="bad" title="Issuing is stopped">
      <p>
        Since <DateText instant={version.stopped.since} timeZone={principal.district.timeZone} /> no
        credential of this version is signed: a check before signing found something in{' '}
        {found === undefined ? 'one' : <FoundIn found={found} />}. Nothing is lost. What is decided meanwhile
        waits and is issued when this is settled. Credentials that people have stay as they are, and can be
        suspended and revoked as ever.
      </p>
      <FindingsList findings={version.stopped.findings} />
      {isPermitted(principal.member.roles, 'achievements.publish') && (
        <form method="post" action={`${addressOf(version)}/resume-issuing`}>
          <Button kind="second">Check again and go on</Button>
        </form>
      )}
    </Notice>
  );
}

/** On Home: the versions whose issuing is stopped, and since when. */
export function StoppedVersions(props: {
  readonly stopped: readonly AchievementVersion[];
  readonly timeZone: string;
}) {
  return (
    <Notice tone="bad" title="Issuing is stopped">
      <p>A check before signing found something. Credentials wait until it is settled.</p>
      <ul>
        {props.stopped.filter(isStopped).map((version) => (
          <li>
            <a href={addressOf(version)}>
              <bdi>{version.content.name}</bdi>, version {version.number}
            </a>
            , since <DateText instant={version.stopped.since} timeZone={props.timeZone} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Beside the state of a credential that is not signed yet, or not anew, because issuing of its version is stopped. */
export function WaitsForIssuing({ award, version }: Pick<AboutAward, 'award' | 'version'>) {
  if (award.making === null || !isStopped(version)) return null;
  return (
    <a href={addressOf(version)}>
      <Badge tone="bad" icon="warning" word="Waits: issuing stopped" />
    </a>
  );
}

/** Linked once there is a page of it: from its first edition on. */
function FoundIn({ found: { award, holder } }: { readonly found: AboutAward }) {
  const whose = holder === undefined ? null : <bdi>{holder.name}</bdi>;
  const of = whose === null ? null : <> of {whose}</>;
  return award.edition === 0 ? (
    <>the first credential{of}, which is not issued yet</>
  ) : (
    <a href={`/district/awards/${award.id}`}>the credential{of}</a>
  );
}

/** What was found: in plain words first, then as the check put it. */
function FindingsList({ findings }: { readonly findings: readonly (FieldError & { rule?: string })[] }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li>
          <strong>{inPlainWords(finding)}</strong> <span class="quiet">{asTheCheckPutIt(finding)}</span>
        </li>
      ))}
    </ul>
  );
}

const wordsOfChecks: Readonly<Record<string, string>> = {
  proof: 'Its signature would not hold.',
  limits: 'It is larger than verifiers read. Shorten the texts in a new version.',
  schema: 'It does not keep to a schema that it names, or the schema cannot be read.',
  status: 'The list that says whether it is revoked cannot be read or says otherwise.',
  validity: 'Its dates are not as they should be.',
  pinned: 'Something that it pins by a digest is not what it was, or cannot be read.',
  nested: 'A credential in it, or one on which it rests, cannot be relied on.',
};

function inPlainWords({ rule = '', pointer }: FieldError & { rule?: string }): string {
  if (rule === 'endorsement' || /\/endorsement(\/|$)/.test(pointer))
    return 'An endorsement that it carries does not hold. Carry it no more, under Endorsements.';
  if (rule.startsWith('verify '))
    return wordsOfChecks[rule.slice('verify '.length)] ?? 'A verifier would not accept it.';
  if (pointer.startsWith('/issuer'))
    return 'What it says of the district breaks a rule. It is put right under District.';
  if (pointer.startsWith('/credentialSubject/achievement'))
    return 'What it says of the achievement breaks a rule. It is put right in a new version.';
  return 'It breaks a rule by which verifiers judge.';
}

function asTheCheckPutIt({ rule, pointer, detail }: FieldError & { rule?: string }): string {
  const where = pointer === '' ? '' : `${pointer.replace(/^\//, '').replaceAll('/', ' › ')} `;
  const what = detail.replace(/^is \S+ to our verifier: /, '').replace(` (${rule})`, '');
  return `${where}${what}`;
}

function stillStopped(
  version: AchievementVersion,
  findings: readonly FieldError[],
  principal: Principal,
): string {
  return page(
    {
      title: 'Issuing stays stopped',
      principal,
      path: '/achievements',
      above: [...aboveAchievements, { label: version.content.name, href: addressOf(version) }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Issuing stays stopped"
        lead={`${version.content.name}, version ${version.number}`}
      />
      <Notice tone="bad" title="This is still found">
        <FindingsList findings={findings} />
      </Notice>
      <p>
        What comes from the district’s own profile is put right under District; then what waits is signed.
        What comes from the version itself is put right in a new version, for what is decided under it; what
        waits under this one goes on waiting. A credential that somebody has already can be revoked meanwhile.
        Anything else is for whoever runs this service.
      </p>
      <Form action={`${addressOf(version)}/resume-issuing`}>
        <Actions>
          <Button>Check again</Button>
          <ButtonLink href={addressOf(version)} kind="second">
            Back
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
