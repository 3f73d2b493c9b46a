import {
  appealRecord,
  decideAppeal,
  declineAppeal,
  listAppeals,
  openAppealArtefact,
  screenAppeal,
  visibleAppeal,
  withdrawAppeal,
  type Appeal,
  type AppealDecision,
  type AppealError,
} from '../../review/index.js';
import { AppError, type Page } from '../../kernel/index.js';
import { isPermitted } from '../../tenancy/index.js';
import { artefactReply } from '../api/file-reply.js';
import {
  DataTable,
  DateText,
  EmptyState,
  freshForm,
  PageHeading,
  Pager,
  StateBadge,
} from '../components/index.js';
import { seeOtherDone, type DoneCode } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { appealPage, groundWords, type AppealView } from './appeal-page.js';
import { page } from './layout.js';
import { versionNames } from './reviewed-versions.js';

type AppealRooms = Pick<Rooms, 'review' | 'achievements' | 'service'>;

/** Appeals: the teacher's own, those of the district for leads, and those that one is asked to decide. */
export function appealPages(rooms: AppealRooms): readonly Route[] {
  const { review, service } = rooms;
  const checkScreening = formValidator<{ readonly admissible: boolean; readonly words: string }>(
    'screen-appeal',
  );
  const checkDecision = formValidator<AppealDecision>('decide-appeal');
  const common = {
    kind: 'page',
    tag: 'review',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const acting = (
    request: RouteRequest,
    done: DoneCode,
    act: (appeal: string, fields: { readonly [name: string]: unknown }) => Promise<unknown>,
  ) => {
    const principal = principalOf(request);
    const appeal = request.params['appeal']!;
    const fields = fieldsOfForm(request.body);
    return formReply(
      fields,
      async () => {
        await act(appeal, fields);
        service.wake();
        return seeOtherDone(`/appeals/${appeal}`, done);
      },
      async (form) => appealPage(await viewOf(rooms, principal, appeal), form, principal),
    );
  };
  return [
    {
      ...common,
      operationId: 'appealsPage',
      method: 'GET',
      path: '/appeals',
      access: 'appeals.read',
      summary: 'Appeals, and those that you are asked to decide',
      handler: async (request) => {
        const principal = principalOf(request);
        const [asked, all] = await Promise.all([
          listAppeals(review, principal.actor, 'to-decide', { limit: 50 }),
          listAppeals(review, principal.actor, 'all', fromCursor(request)),
        ]);
        const names = await versionNames(
          rooms,
          principal.actor.district,
          [...asked.items, ...all.items].map(({ achievementVersion }) => achievementVersion),
        );
        return { status: 200, html: appealsPage(asked.items, all, names, principal) };
      },
    },
    {
      ...common,
      operationId: 'appealPage',
      method: 'GET',
      path: '/appeals/{appeal}',
      access: 'appeals.read',
      summary: 'One appeal: its state, and what there is for you to do',
      handler: async (request) => {
        const principal = principalOf(request);
        const view = await viewOf(rooms, principal, request.params['appeal']!);
        return { status: 200, html: appealPage(view, freshForm(), principal, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'withdrawAppealOnPage',
      method: 'POST',
      path: '/appeals/{appeal}/withdraw',
      access: 'appeals.file',
      summary: 'Take your appeal back',
      formAt: '/appeals/{appeal}',
      body: { kind: 'form' },
      handler: (request) =>
        acting(request, 'appeal-withdrawn', (appeal) =>
          withdrawAppeal(review, principalOf(request).actor, appeal),
        ),
    },
    {
      ...common,
      operationId: 'screenAppealOnPage',
      method: 'POST',
      path: '/appeals/{appeal}/screening',
      access: 'appeals.screen',
      summary: 'Say whether an appeal is admissible',
      formAt: '/appeals/{appeal}',
      inPerson: true,
      body: { kind: 'form' },
      handler: (request) =>
        acting(request, 'appeal-screened', (appeal, fields) =>
          screenAppeal(review, principalOf(request).actor, {
            appeal,
            ...checkScreening({
              ...(textOf(fields, 'admissible') === ''
                ? {}
                : { admissible: textOf(fields, 'admissible') === 'yes' }),
              words: textOf(fields, 'words'),
            }),
          }),
        ),
    },
    {
      ...common,
      operationId: 'decideAppealOnPage',
      method: 'POST',
      path: '/appeals/{appeal}/decision',
      access: 'appeals.decide',
      summary: 'Decide an appeal that you are asked to decide',
      formAt: '/appeals/{appeal}',
      inPerson: true,
      body: { kind: 'form' },
      handler: (request) =>
        acting(request, 'appeal-decided', (appeal, fields) => {
          const error = textOf(fields, 'error');
          const criteria = listOf(fields, 'criteria');
          const outcome = textOf(fields, 'outcome');
          const body = checkDecision({
            ...(outcome === '' ? {} : { outcome }),
            words: textOf(fields, 'words'),
            ...(error === '' ? {} : { error: error as AppealError }),
            ...(criteria.length === 0 ? {} : { criteria }),
          });
          return decideAppeal(review, principalOf(request).actor, { ...body, appeal });
        }),
    },
    {
      ...common,
      operationId: 'declineAppealOnPage',
      method: 'POST',
      path: '/appeals/{appeal}/decline',
      access: 'appeals.decide',
      summary: 'Give an appeal back that you are asked to decide',
      formAt: '/appeals/{appeal}',
      body: { kind: 'form' },
      handler: async (request) => {
        await declineAppeal(review, principalOf(request).actor, request.params['appeal']!);
        service.wake();
        return seeOtherDone('/appeals', 'appeal-declined');
      },
    },
    {
      ...common,
      operationId: 'appealArtefactPage',
      method: 'GET',
      path: '/appeals/{appeal}/artefacts/{artefact}',
      access: 'appeals.decide',
      summary: 'A file of the work that an appeal is about',
      responses: { 200: { description: 'The file.', mediaType: 'application/octet-stream' } },
      handler: async (request) =>
        artefactReply(
          request,
          await openAppealArtefact(review, principalOf(request).actor, {
            appeal: request.params['appeal']!,
            artefact: request.params['artefact']!,
          }),
        ),
    },
  ];
}

async function viewOf(rooms: AppealRooms, principal: Principal, id: string): Promise<AppealView> {
  const { actor } = principal;
  const appeal = await visibleAppeal(rooms.review, actor, id);
  const names = await versionNames(rooms, actor.district, [appeal.achievementVersion]);
  const asked = appeal.state === 'admitted' && appeal.decider === actor.member;
  return {
    appeal,
    version: names.get(appeal.achievementVersion) ?? appeal.achievementVersion,
    record:
      asked && isPermitted(principal.member.roles, 'appeals.decide')
        ? await recordOf(rooms, principal, id)
        : null,
  };
}

async function recordOf({ review }: AppealRooms, { actor }: Principal, id: string) {
  try {
    return await appealRecord(review, actor, id);
  } catch (error) {
    // Decided or given to somebody else in this moment.
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not-found')) return null;
    throw error;
  }
}

function appealsPage(
  asked: readonly Appeal[],
  all: Page<Appeal>,
  names: ReadonlyMap<string, string>,
  principal: Principal,
): string {
  const toDecide = asked.filter(({ state }) => state === 'admitted');
  const table = (caption: string, rows: readonly Appeal[]) => (
    <DataTable<Appeal>
      caption={caption}
      rows={rows}
      columns={[
        {
          title: 'About',
          cell: ({ id, achievementVersion }) => (
            <a href={`/appeals/${id}`}>{names.get(achievementVersion) ?? achievementVersion}</a>
          ),
        },
        { title: 'Ground', cell: ({ ground }) => groundWords[ground].label },
        { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
        {
          title: 'Filed',
          cell: ({ filedAt }) => <DateText instant={filedAt} timeZone={principal.district.timeZone} />,
        },
      ]}
    />
  );
  return page(
    { title: 'Appeals', principal, path: '/appeals' },
    <>
      <PageHeading
        title="Appeals"
        lead={
          isPermitted(principal.member.roles, 'appeals.screen') ||
          isPermitted(principal.member.roles, 'appeals.decide')
            ? 'A teacher may appeal against a decision of “not yet” within 30 days, for an error in rule, process or reason. Who had no part in the review screens and decides it.'
            : 'You may appeal against a decision of “not yet” within 30 days, for an error in rule, process or reason.'
        }
      />
      {toDecide.length > 0 && table('For you to decide', toDecide)}
      {all.items.length === 0 ? (
        <EmptyState icon="scales" title="No appeal">
          {isPermitted(principal.member.roles, 'appeals.file') ? (
            <p>
              You appeal on the page of the decision that is in error:{' '}
              <a href="/submissions">My submissions</a>
            </p>
          ) : (
            <p>Those that teachers file stand here.</p>
          )}
        </EmptyState>
      ) : (
        <>
          {table('Appeals, the newest first', all.items)}
          <Pager href="/appeals" next={all.next} />
        </>
      )}
    </>,
  );
}
