import {
  isStopped,
  listAchievements,
  listsSuspension,
  listVersions,
  startNewVersion,
  versionFindings,
  type AchievementVersion,
  type Findings,
  type ShownAchievement,
} from '../../achievements/index.js';
import { policyAt, rememberCharacteristics, type PolicyImplication } from '../../calibration/index.js';
import type { Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { achievementReader } from '../api/present-achievement.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DataTable,
  EmptyState,
  Facts,
  PageHeading,
  Pager,
  StateBadge,
  Tabs,
  DateText,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { versionOf } from './achievement-drafts.js';
import { aboveAchievements, addressOf, FindingsNotice } from './achievement-publication.js';
import { foundInAward, IssuingStopped } from './issuing-stopped.js';
import { VersionContent } from './achievement-public.js';
import type { AboutAward } from './award-change.js';
import { componentsOf, type NamedComponent } from './components-of.js';
import { Frozen } from './draft-fields.js';
import { page } from './layout.js';
import { QualificationCharacteristic } from './qualification-characteristic.js';

/** The achievements of the district: the list, one version, publishing, retiring, starting the next. */
export function achievementPages(
  rooms: Pick<Rooms, 'achievements' | 'calibration' | 'issuing' | 'tenancy'>,
): readonly Route[] {
  const { achievements, calibration } = rooms;
  const implied = rememberCharacteristics();
  /** For authors, once a rubric has no fault: what it asks of its reviewers. */
  const impliedBy = async (
    who: Principal,
    { content }: AchievementVersion,
    findings: Findings | undefined,
  ) => {
    const { assessment } = content;
    const faulty = findings?.errors.some(({ pointer }) => pointer.startsWith('/assessment/rubric')) === true;
    if (assessment.by !== 'review' || faulty || !isPermitted(who.member.roles, 'achievements.write'))
      return undefined;
    return implied((await policyAt(calibration, who.district.id)).qualification, assessment.rubric);
  };
  const common = {
    kind: 'page',
    tag: 'achievements',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const path = '/achievements/{achievement}/v/{n}';
  return [
    {
      ...common,
      operationId: 'achievementsPage',
      method: 'GET',
      path: '/achievements',
      access: 'achievements.read',
      summary: 'The achievements of the district',
      handler: async (request) => {
        const who = principalOf(request);
        const list = await listAchievements(
          achievements,
          who.actor,
          achievementReader(who),
          fromCursor(request),
        );
        return { status: 200, html: achievementsPage(list, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'achievementVersionPage',
      method: 'GET',
      path,
      access: 'achievements.read',
      summary: 'One version of an achievement',
      handler: async (request) => {
        const who = principalOf(request);
        const reader = achievementReader(who);
        const versions = await listVersions(achievements, who.actor, request.params['achievement']!, reader);
        const version = await versionOf(rooms, who, request, reader as { drafts: true });
        const findings = version.state === 'draft' ? await versionFindings(achievements, version) : undefined;
        const components = await componentsOf(achievements.store, version);
        const qualifying = await impliedBy(who, version, findings);
        const stoppedBy = await foundInAward(rooms, who, version);
        return {
          status: 200,
          html: versionPage(
            { version, versions, findings, components, stoppedBy, qualifying },
            who,
            request.query['done'],
          ),
        };
      },
    },
    {
      ...common,
      operationId: 'startVersionPage',
      method: 'POST',
      path: '/achievements/{achievement}/versions',
      formAt: '/achievements',
      access: 'achievements.write',
      summary: 'Start the next version',
      body: { kind: 'form' },
      handler: async (request) => {
        const { slug, number } = await startNewVersion(
          achievements,
          principalOf(request).actor,
          request.params['achievement']!,
        );
        return seeOtherDone(`/achievements/${slug}/v/${number}`, 'draft-created');
      },
    },
  ];
}

/** The list. */
export function achievementsPage(list: Page<ShownAchievement>, principal: Principal, done?: string): string {
  const mayWrite = isPermitted(principal.member.roles, 'achievements.write');
  const words = {
    review: 'Reviewed against a rubric',
    outside: 'Assessed outside',
    components: 'Milestone',
  } as const;
  return page(
    { title: 'Achievements', principal, path: '/achievements', done },
    <>
      <PageHeading
        title="Achievements"
        lead="What can be earned in the district."
        actions={
          mayWrite ? (
            <ButtonLink href="/achievements/new" icon="plus">
              New achievement
            </ButtonLink>
          ) : undefined
        }
      />
      {list.items.length === 0 ? (
        <EmptyState icon="award" title="Nothing can be earned yet">
          <p>
            {mayWrite
              ? 'Write the first achievement: what it is, how it is judged, and what evidence shows it.'
              : 'What the district publishes appears here.'}
          </p>
        </EmptyState>
      ) : (
        <DataTable<ShownAchievement>
          caption="Achievements, oldest first"
          rows={list.items}
          columns={[
            {
              title: 'Name',
              cell: ({ shown }) => (
                <a href={addressOf(shown)} lang={shown.content.language} dir="auto">
                  {shown.content.name}
                </a>
              ),
            },
            { title: 'How', cell: ({ shown }) => words[shown.content.assessment.by] },
            { title: 'Version', kind: 'number', cell: ({ shown }) => shown.number },
            { title: 'Credit hours', kind: 'number', cell: ({ shown }) => shown.content.creditHours },
            { title: 'State', cell: ({ shown }) => <StateOf version={shown} /> },
          ]}
        />
      )}
      <Pager href="/achievements" next={list.next} />
    </>,
  );
}

/** Its state, and that nothing of it is signed now. */
function StateOf({ version }: { readonly version: AchievementVersion }) {
  const stopped = isStopped(version);
  return (
    <>
      {stopped && <Badge tone="bad" icon="warning" word="Issuing stopped" />}{' '}
      {!(stopped && version.state === 'published') && <StateBadge state={version.state} />}
    </>
  );
}

/** What the page of a version is made from. */
export interface VersionView {
  readonly version: AchievementVersion;
  readonly versions: readonly AchievementVersion[];
  /** Of a draft. */
  readonly findings: Findings | undefined;
  readonly components: readonly NamedComponent[];
  /** The credential whose check stopped the issuing, for those who may see it. */
  readonly stoppedBy?: AboutAward | undefined;
  /** What the review policy asks of reviewers of its rubric, for authors; undefined while the rubric has faults. */
  readonly qualifying?: PolicyImplication | undefined;
}

/** One version, for members. */
export function versionPage(view: VersionView, principal: Principal, done?: string): string {
  const { version, versions, findings } = view;
  const { content } = version;
  const { roles } = principal.member;
  const at = addressOf(version);
  const mayWrite = isPermitted(roles, 'achievements.write');
  const mayPublish = isPermitted(roles, 'achievements.publish');
  const hasDraft = versions.some(({ state }) => state === 'draft');
  return page(
    { title: content.name, principal, path: '/achievements', above: aboveAchievements, done },
    <>
      <PageHeading
        title={
          <span lang={content.language} dir="auto">
            {content.name}
          </span>
        }
        lead={
          <span lang={content.language} dir="auto">
            {content.description}
          </span>
        }
        actions={
          <>
            {version.state === 'draft' && mayWrite && (
              <ButtonLink href={`${at}/edit`} kind={mayPublish ? 'second' : 'first'} icon="pencil">
                Edit
              </ButtonLink>
            )}
            {version.state === 'draft' && mayPublish && (
              <ButtonLink href={`${at}/publish`}>Publish …</ButtonLink>
            )}
            {version.state !== 'draft' && mayWrite && !hasDraft && (
              <form method="post" action={`/achievements/${version.slug}/versions`}>
                <Button kind="second" icon="plus">
                  Start a new version
                </Button>
              </form>
            )}
          </>
        }
      />
      {versions.length > 1 && (
        <Tabs
          label="Versions"
          current={at}
          tabs={versions.map((one) => ({
            label: `Version ${one.number}`,
            href: addressOf(one),
            after: <StateOf version={one} />,
          }))}
        />
      )}
      {findings !== undefined && <FindingsNotice findings={findings} />}
      <IssuingStopped version={version} found={view.stoppedBy} principal={principal} />
      <div class="card">
        <Facts
          rows={[
            ['State', <StateOf version={version} />],
            [
              'Published',
              version.publishedAt === null ? null : (
                <DateText instant={version.publishedAt} timeZone={principal.district.timeZone} />
              ),
            ],
            ['Credit', `${content.creditHours} hours`],
            [
              'In force for',
              content.validForMonths === null ? 'No end' : `${content.validForMonths} months after the award`,
            ],
            [
              'Suspension',
              listsSuspension(content)
                ? 'In a published list, too; the Open Badges schemas refuse a second entry of status'
                : null,
            ],
            ['Tags', content.tags.length === 0 ? null : content.tags.join(', ')],
            ['Public page', version.state === 'draft' ? null : <a href={version.url}>{version.url}</a>],
          ]}
        />
      </div>
      <VersionContent version={version} components={view.components} />
      {view.qualifying !== undefined && (
        <QualificationCharacteristic
          title="What it takes to review this"
          about="By the district’s review policy and this rubric, reviewers qualify so."
          here={view.qualifying}
        />
      )}
      {version.state !== 'draft' && <Frozen version={version} />}
      {version.state === 'published' && mayPublish && (
        <Actions>
          <ButtonLink href={`${at}/retire`} kind="second">
            Retire this version …
          </ButtonLink>
        </Actions>
      )}
    </>,
  );
}
