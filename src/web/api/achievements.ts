import {
  createAchievement,
  editDraft,
  getAchievement,
  getVersion,
  listAchievements,
  listVersions,
  publishVersion,
  retireVersion,
  startNewVersion,
  versionFindings,
  type ContentInput,
  type NewAchievement,
} from '../../achievements/index.js';
import { resumeIssuing } from '../../issuing/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import { created, ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { achievementExample } from './achievement-example.js';
import {
  achievementReader,
  achievementSchema,
  findingsSchema,
  presentAchievement,
  presentFindings,
  presentVersion,
  publishedSchema,
  versionSchema,
} from './present-achievement.js';
import { requestSchema } from './request-schema.js';

const contentSchema = requestSchema('achievement-content');
const newAchievementSchema: JsonSchema = withContent(requestSchema('create-achievement'));
const versionPath = '/api/v1/achievements/{achievement}/versions/{version}';
const which =
  '`{achievement}` is the id or the slug; `{version}` the number, the id, or `current` for the published version on which work is taken now.';

/** Achievements and their versions: drafted, published, superseded, retired. */
export function achievementRoutes(
  rooms: Pick<Rooms, 'achievements' | 'issuing' | 'service'>,
): readonly Route[] {
  return [...readingRoutes(rooms), ...writingRoutes(rooms)];
}

function readingRoutes({ achievements }: Pick<Rooms, 'achievements'>): readonly Route[] {
  return [
    {
      operationId: 'listAchievements',
      method: 'GET',
      path: '/api/v1/achievements',
      kind: 'api',
      tag: 'achievements',
      summary: 'The achievements of the district, oldest first',
      description:
        'Drafts are listed only for those who may write achievements. A page may hold fewer items than asked for; `next` says whether there are more.',
      access: 'achievements.read',
      query: pageQuery,
      responses: { 200: { description: 'One page of achievements.', schema: pageSchema(achievementSchema) } },
      handler: async (request) => {
        const principal = principalOf(request);
        const reader = achievementReader(principal);
        const page = await listAchievements(achievements, principal.actor, reader, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentAchievement) });
      },
    },
    {
      operationId: 'getAchievement',
      method: 'GET',
      path: '/api/v1/achievements/{achievement}',
      kind: 'api',
      tag: 'achievements',
      summary: 'One achievement, by id or slug',
      access: 'achievements.read',
      responses: { 200: { description: 'The achievement.', schema: achievementSchema } },
      handler: async (request) => {
        const principal = principalOf(request);
        const id = request.params['achievement']!;
        return ok(
          presentAchievement(
            await getAchievement(achievements, principal.actor, id, achievementReader(principal)),
          ),
        );
      },
    },
    {
      operationId: 'listAchievementVersions',
      method: 'GET',
      path: '/api/v1/achievements/{achievement}/versions',
      kind: 'api',
      tag: 'achievements',
      summary: 'Every version of an achievement, number 1 first',
      access: 'achievements.read',
      responses: {
        200: {
          description: 'All of them; a draft only for those who may write achievements.',
          schema: pageSchema(versionSchema),
        },
      },
      handler: async (request) => {
        const principal = principalOf(request);
        const id = request.params['achievement']!;
        const items = await listVersions(achievements, principal.actor, id, achievementReader(principal));
        return ok({ items: items.map(presentVersion) });
      },
    },
    {
      operationId: 'getAchievementVersion',
      method: 'GET',
      path: versionPath,
      kind: 'api',
      tag: 'achievements',
      summary: 'One version: its criteria, rubric and evidence requirements',
      description: `${which} A teacher reads here what each requirement takes (\`content.assessment.requirements\`); a reviewer the levels.`,
      access: 'achievements.read',
      responses: { 200: { description: 'The version.', schema: versionSchema } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { achievement, version } = request.params;
        const reader = achievementReader(principal);
        return ok(
          presentVersion(await getVersion(achievements, principal.actor, achievement!, version!, reader)),
        );
      },
    },
    {
      operationId: 'checkAchievementVersion',
      method: 'GET',
      path: `${versionPath}/findings`,
      kind: 'api',
      tag: 'achievements',
      summary: 'What stands against publishing a version, and what its author should look at',
      description:
        'Judged by the rules of content, rubric and components. Publishing also composes and judges the credential that would be issued.',
      access: 'achievements.write',
      responses: {
        200: { description: 'Errors stop a publication, warnings do not.', schema: findingsSchema },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { achievement, version } = request.params;
        const draft = await getVersion(achievements, actor, achievement!, version!, { drafts: true });
        return ok(presentFindings(await versionFindings(achievements, draft)));
      },
    },
  ];
}

function writingRoutes({
  achievements,
  issuing,
  service,
}: Pick<Rooms, 'achievements' | 'issuing' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'createAchievement',
      method: 'POST',
      path: '/api/v1/achievements',
      kind: 'api',
      tag: 'achievements',
      summary: 'Begin an achievement with a draft of its version 1',
      description:
        'The draft may be unfinished: edit it (`editAchievementDraft`), look at what is wanting (`checkAchievementVersion`), then publish it (`publishAchievementVersion`). What has a plain default may be left out; level ids follow from criterion and position.',
      access: 'achievements.write',
      body: {
        kind: 'json',
        schema: newAchievementSchema,
        example: { slug: 'formative-feedback', content: achievementExample },
      },
      responses: {
        201: { description: 'The achievement; its draft is version 1.', schema: achievementSchema },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const shown = await createAchievement(achievements, actor, request.body as NewAchievement);
        return created(presentAchievement(shown), `/api/v1/achievements/${shown.achievement.id}`);
      },
    },
    {
      operationId: 'editAchievementDraft',
      method: 'PUT',
      path: versionPath,
      kind: 'api',
      tag: 'achievements',
      summary: 'Replace the whole content of a draft',
      description: `${which} A published version is never edited: start a new one. If-Match takes the ETag of \`getAchievementVersion\`.`,
      access: 'achievements.write',
      ifMatch: true,
      body: { kind: 'json', schema: contentSchema, example: achievementExample },
      responses: { 200: { description: 'The draft as changed.', schema: versionSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { achievement, version } = request.params;
        const edited = await editDraft(achievements, actor, {
          achievement: achievement!,
          version: version!,
          content: request.body as ContentInput,
          unchanged: (draft) => request.ifMatch(presentVersion(draft)),
        });
        return ok(presentVersion(edited));
      },
    },
    {
      operationId: 'startAchievementVersion',
      method: 'POST',
      path: '/api/v1/achievements/{achievement}/versions',
      kind: 'api',
      tag: 'achievements',
      summary: 'Start the next version as a draft with the newest content',
      description: 'Work goes on on the current version until the new one is published.',
      access: 'achievements.write',
      responses: { 201: { description: 'The draft.', schema: versionSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const draft = await startNewVersion(achievements, actor, request.params['achievement']!);
        return created(
          presentVersion(draft),
          `/api/v1/achievements/${draft.achievement}/versions/${draft.number}`,
        );
      },
    },
    {
      operationId: 'publishAchievementVersion',
      method: 'POST',
      path: `${versionPath}/publish`,
      kind: 'api',
      tag: 'achievements',
      summary: 'Publish a draft: from then on it never changes',
      description: `${which} Every finding is answered at once (422, pointers into the content). The version published before is superseded.`,
      access: 'achievements.publish',
      responses: {
        200: {
          description: 'The published version, with what its author should still look at.',
          schema: publishedSchema,
        },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { achievement, version } = request.params;
        const published = await publishVersion(achievements, actor, {
          achievement: achievement!,
          version: version!,
        });
        service.wake();
        return ok({ version: presentVersion(published.version), warnings: published.warnings });
      },
    },
    {
      operationId: 'retireAchievementVersion',
      method: 'POST',
      path: `${versionPath}/retire`,
      kind: 'api',
      tag: 'achievements',
      summary: 'Retire a published version: no new work is begun on it',
      description: `${which} What was begun goes on to its decision, and its credentials stay as they are.`,
      access: 'achievements.publish',
      responses: { 200: { description: 'The retired version.', schema: versionSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { achievement, version } = request.params;
        return ok(presentVersion(await retireVersion(achievements, actor, achievement!, version!)));
      },
    },
    {
      operationId: 'resumeIssuing',
      method: 'POST',
      path: `${versionPath}/resume-issuing`,
      kind: 'api',
      tag: 'achievements',
      summary: 'Check a version anew whose issuing was stopped, and go on',
      description: `${which} The template is checked with hostile slot values, and the credential in which something was found as it would be signed now. What is still found is answered (422); when nothing is, the awards that wait are signed.`,
      access: 'achievements.publish',
      responses: { 200: { description: 'The version, which issues again.', schema: versionSchema } },
      handler: async (request) => {
        const { achievement, version } = request.params;
        const resumed = await resumeIssuing(issuing, principalOf(request).actor, {
          achievement: achievement!,
          version: version!,
        });
        service.wake();
        return ok(presentVersion(resumed));
      },
    },
  ];
}

/** The schema of a new achievement, whose content is that of a draft. */
function withContent(schema: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...(schema['properties'] as JsonSchema), content: contentSchema } };
}
