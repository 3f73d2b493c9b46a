import {
  createAchievement,
  editDraft,
  getVersion,
  listAchievements,
  type AchievementVersion,
  type ContentInput,
} from '../../achievements/index.js';
import { AppError } from '../../kernel/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, textOf } from '../form-reply.js';
import { problemTypes } from '../problem.js';
import { checkIfMatch, etagOf } from '../respond.js';
import { principalOf, type Principal, type Reply, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { contentOf, slugOf, withoutBlankRows } from './draft-content.js';
import type { Component } from './draft-fields.js';
import { afterButton, draftFormFrom, draftFormOf, newDraftForm } from './draft-form.js';
import { draftPage, type DraftPageView } from './draft-page.js';

const drafts = { drafts: true } as const;

/** Writing achievements: the form of a new one and of a draft, saved or changed by its named buttons. */
export function achievementDraftPages(rooms: Pick<Rooms, 'achievements'>): readonly Route[] {
  const { achievements } = rooms;
  const check = formValidator<ContentInput>('achievement-content');
  const common = {
    kind: 'page',
    tag: 'achievements',
    access: 'achievements.write',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const componentsFor = async (who: Principal, own?: string): Promise<readonly Component[]> => {
    const page = await listAchievements(achievements, who.actor, { drafts: false }, { limit: 200 });
    return page.items
      .filter(({ achievement }) => achievement.id !== own && achievement.currentVersion !== null)
      .map(({ achievement, shown }) => ({ id: achievement.id, name: shown.content.name }));
  };
  const shownAgain = async (
    who: Principal,
    request: RouteRequest,
    version: AchievementVersion | undefined,
    save: (content: ContentInput, slug: string, seen: string) => Promise<Reply>,
  ): Promise<Reply> => {
    const fields = fieldsOfForm(request.body);
    const typed = draftFormOf(fields);
    const view: DraftPageView = {
      draft: typed,
      version,
      seen: textOf(fields, 'seen'),
      slug: textOf(fields, 'slug'),
      components: await componentsFor(who, version?.achievement),
      problem: null,
      errors: [],
    };
    const button = textOf(fields, 'do');
    const rows = afterButton(typed, button);
    if (rows !== undefined) return { status: 200, html: draftPage({ ...view, draft: rows }, who) };
    if (button === 'show') return { status: 200, html: draftPage(view, who) };
    const draft = withoutBlankRows(typed);
    try {
      return await save(check(contentOf(draft)), view.slug || slugOf(draft.name), view.seen);
    } catch (error) {
      if (!(error instanceof AppError) || ['not-found', 'not-permitted'].includes(error.code)) throw error;
      const html = draftPage({ ...view, draft, problem: error.message, errors: error.errors }, who);
      return { status: problemTypes[error.code].status, html };
    }
  };
  return [
    {
      ...common,
      operationId: 'newAchievementPage',
      method: 'GET',
      path: '/achievements/new',
      summary: 'The form of a new achievement',
      handler: async (request) => {
        const who = principalOf(request);
        const draft = newDraftForm(who.district.language);
        const components = await componentsFor(who);
        return {
          status: 200,
          html: draftPage(
            { draft, version: undefined, seen: '', slug: '', components, problem: null, errors: [] },
            who,
          ),
        };
      },
    },
    {
      ...common,
      operationId: 'createAchievementPage',
      method: 'POST',
      path: '/achievements/new',
      summary: 'Make an achievement',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        return shownAgain(who, request, undefined, async (content, slug) => {
          const { shown } = await createAchievement(achievements, who.actor, { slug, content });
          return seeOtherDone(`/achievements/${shown.slug}/v/${shown.number}`, 'draft-created');
        });
      },
    },
    {
      ...common,
      operationId: 'editDraftPage',
      method: 'GET',
      path: '/achievements/{achievement}/v/{n}/edit',
      summary: 'The form of a draft',
      handler: async (request) => {
        const who = principalOf(request);
        const version = await versionOf(rooms, who, request);
        if (version.state !== 'draft') {
          throw new AppError(
            'conflict',
            `Version ${version.number} is ${version.state} and never changes again; start a new version.`,
          );
        }
        const components = await componentsFor(who, version.achievement);
        const view = {
          version,
          seen: etagOf(version.content),
          slug: version.slug,
          components,
          problem: null,
          errors: [],
        };
        return { status: 200, html: draftPage({ ...view, draft: draftFormFrom(version.content) }, who) };
      },
    },
    {
      ...common,
      operationId: 'saveDraftPage',
      method: 'POST',
      path: '/achievements/{achievement}/v/{n}/edit',
      summary: 'Save a draft',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const version = await versionOf(rooms, who, request);
        return shownAgain(who, request, version, async (content, _slug, seen) => {
          await editDraft(achievements, who.actor, {
            achievement: version.achievement,
            version: version.number,
            content,
            unchanged: (draft) => checkIfMatch(seen, draft.content),
          });
          return seeOtherDone(`/achievements/${version.slug}/v/${version.number}`, 'draft-saved');
        });
      },
    },
  ];
}

/** The version that an address names. */
export async function versionOf(
  rooms: Pick<Rooms, 'achievements'>,
  who: Principal,
  request: RouteRequest,
  reader = drafts,
) {
  return getVersion(
    rooms.achievements,
    who.actor,
    request.params['achievement']!,
    request.params['n']!,
    reader,
  );
}
