import {
  publishVersion,
  retireVersion,
  versionFindings,
  type AchievementVersion,
  type Findings,
} from '../../achievements/index.js';
import { AppError } from '../../kernel/index.js';
import { Actions, Button, ButtonLink, Form, Notice, PageHeading } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { problemTypes } from '../problem.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { versionOf } from './achievement-drafts.js';
import { page } from './layout.js';

/** Publishing and retiring a version: what it does is said first. */
export function publicationPages(rooms: Pick<Rooms, 'achievements'>): readonly Route[] {
  const { achievements } = rooms;
  const common = {
    kind: 'page',
    tag: 'achievements',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const path = '/achievements/{achievement}/v/{n}';
  return [
    {
      ...common,
      operationId: 'confirmPublishPage',
      method: 'GET',
      path: `${path}/publish`,
      access: 'achievements.publish',
      summary: 'What publishing a version does',
      handler: async (request) => {
        const who = principalOf(request);
        const version = await versionOf(rooms, who, request);
        return { status: 200, html: publishPage(version, await versionFindings(achievements, version), who) };
      },
    },
    {
      ...common,
      operationId: 'publishPage',
      method: 'POST',
      path: `${path}/publish`,
      access: 'achievements.publish',
      summary: 'Publish a version',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const version = await versionOf(rooms, who, request);
        try {
          await publishVersion(achievements, who.actor, {
            achievement: version.achievement,
            version: version.number,
          });
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'rule-violated') throw error;
          const html = publishPage(version, { errors: error.errors, warnings: [] }, who);
          return { status: problemTypes[error.code].status, html };
        }
        return seeOtherDone(`/achievements/${version.slug}/v/${version.number}`, 'version-published');
      },
    },
    {
      ...common,
      operationId: 'confirmRetirePage',
      method: 'GET',
      path: `${path}/retire`,
      access: 'achievements.publish',
      summary: 'What retiring a version does',
      handler: async (request) => {
        const who = principalOf(request);
        return { status: 200, html: retirePage(await versionOf(rooms, who, request), who) };
      },
    },
    {
      ...common,
      operationId: 'retirePage',
      method: 'POST',
      path: `${path}/retire`,
      access: 'achievements.publish',
      summary: 'Retire a version',
      body: { kind: 'form' },
      handler: async (request) => {
        const { slug, number } = await retireVersion(
          achievements,
          principalOf(request).actor,
          request.params['achievement']!,
          request.params['n']!,
        );
        return seeOtherDone(`/achievements/${slug}/v/${number}`, 'version-retired');
      },
    },
  ];
}

/** The page of a version, for members. */
export const addressOf = (version: AchievementVersion) => `/achievements/${version.slug}/v/${version.number}`;
/** The pages above those of achievements. */
export const aboveAchievements = [{ label: 'Achievements', href: '/achievements' }];
const aboveVersion = (version: AchievementVersion) => [
  ...aboveAchievements,
  { label: version.content.name || version.slug, href: addressOf(version) },
];

/** What stands against publishing a draft, and what to look at. */
export function FindingsNotice({ findings }: { readonly findings: Findings }) {
  const { errors, warnings } = findings;
  if (errors.length === 0 && warnings.length === 0) {
    return (
      <Notice tone="good" title="Ready to publish">
        <p>Nothing stands against it.</p>
      </Notice>
    );
  }
  const list = (rows: Findings['errors']) => (
    <ul>
      {rows.map((row) => (
        <li>
          <strong>{row.pointer.replace(/^\//, '').replaceAll('/', ' › ')}</strong> {row.detail}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {errors.length > 0 && (
        <Notice tone="warn" title="Before it can be published">
          {list(errors)}
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="info" title="Look at this too">
          {list(warnings)}
        </Notice>
      )}
    </>
  );
}

function publishPage(version: AchievementVersion, findings: Findings, principal: Principal): string {
  return page(
    { title: 'Publish it?', principal, path: '/achievements', above: aboveVersion(version), width: 'text' },
    <>
      <PageHeading title="Publish it?" lead={`${version.content.name}, version ${version.number}`} />
      <FindingsNotice findings={findings} />
      <p>
        From then on nobody can change this version: every credential of it carries its words, its rubric and
        its fingerprint. A version published before is superseded; work that was begun on it goes on to its
        end.
      </p>
      <Form action={`${addressOf(version)}/publish`}>
        <Actions>
          {findings.errors.length === 0 && <Button>Publish version {version.number}</Button>}
          <ButtonLink href={addressOf(version)} kind="second">
            Back
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

function retirePage(version: AchievementVersion, principal: Principal): string {
  return page(
    { title: 'Retire it?', principal, path: '/achievements', above: aboveVersion(version), width: 'text' },
    <>
      <PageHeading title="Retire it?" lead={`${version.content.name}, version ${version.number}`} />
      <Notice tone="warn">
        <p>
          No new work is begun on it. What was begun goes on to its decision, and credentials of it stay as
          they are.
        </p>
      </Notice>
      <Form action={`${addressOf(version)}/retire`}>
        <Actions>
          <Button kind="danger">Retire it</Button>
          <a href={addressOf(version)}>Keep it</a>
        </Actions>
      </Form>
    </>,
  );
}
