import { isStopped, type AchievementVersion } from '../../achievements/index.js';
import { resumeIssuing } from '../../issuing/index.js';
import { AppError, type FieldError } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { Actions, Button, ButtonLink, DateText, Form, Notice, PageHeading } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { problemTypes } from '../problem.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { versionOf } from './achievement-drafts.js';
import { aboveAchievements, addressOf } from './achievement-publication.js';
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

/** That nothing of this version is signed now, why, and what can be done. Nothing while it issues. */
export function IssuingStopped({
  version,
  principal,
}: {
  readonly version: AchievementVersion;
  readonly principal: Principal;
}) {
  if (!isStopped(version)) return null;
  return (
    <Notice tone="bad" title="Issuing is stopped">
      <p>
        Since <DateText instant={version.stopped.since} timeZone={principal.district.timeZone} /> no
        credential of this version is signed: a check before signing found something in one. Nothing is lost.
        What is decided meanwhile waits and is issued when this is settled.
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

function FindingsList({ findings }: { readonly findings: readonly FieldError[] }) {
  return (
    <ul>
      {findings.map(({ pointer, detail }) => (
        <li>
          <strong>
            {pointer === '' ? 'The credential' : pointer.replace(/^\//, '').replaceAll('/', ' › ')}
          </strong>{' '}
          {detail}
        </li>
      ))}
    </ul>
  );
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
        What comes from the district’s own profile is put right under District; what comes from the version
        itself in a new version of it. Anything else is for whoever runs this service.
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
