import { isPermitted, proposePoolAgreement, type NewPoolAgreement } from '../../tenancy/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Choices,
  DataTable,
  DateText,
  EmptyState,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  StateBadge,
  TextField,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, listOf, textOf } from '../form-reply.js';
import { agreementViews, isReviewedAchievement, type AgreementView } from '../pool-views.js';
import { principalOf, type Principal, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';
import { page } from './layout.js';
import { reviewedVersions } from './reviewed-versions.js';

export const poolsPath = '/district/review-pools';

type PoolRooms = Pick<Rooms, 'tenancy' | 'achievements'>;

/** Agreements by which a review pool spans districts: the list, and the form to propose one. */
export function reviewPoolPages(rooms: PoolRooms): readonly Route[] {
  const { tenancy, achievements } = rooms;
  const check = formValidator<NewPoolAgreement>('propose-pool-agreement');
  const common = {
    kind: 'page',
    tag: 'tenancy',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const formPage = async (form: FormState, who: Principal) =>
    proposePage(await reviewedVersions(rooms, who.actor), form, who);
  return [
    {
      ...common,
      operationId: 'reviewPoolsPage',
      method: 'GET',
      path: poolsPath,
      access: 'pools.read',
      summary: 'The agreements by which a review pool spans the district and others',
      handler: async (request) => {
        const who = principalOf(request);
        const views = await agreementViews(rooms, who.actor.district);
        return { status: 200, html: reviewPoolsPage(views, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'newPoolAgreementPage',
      method: 'GET',
      path: `${poolsPath}/new`,
      access: 'pools.change',
      recentSignIn: true,
      summary: 'The form to propose an agreement to another district',
      handler: async (request) => ({ status: 200, html: await formPage(freshForm(), principalOf(request)) }),
    },
    {
      ...common,
      operationId: 'proposePoolAgreementPage',
      method: 'POST',
      path: `${poolsPath}/new`,
      access: 'pools.change',
      recentSignIn: true,
      summary: 'Propose an agreement to another district',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = check({
              district: textOf(fields, 'district'),
              achievements: listOf(fields, 'achievements'),
            });
            const isReviewed = (id: string) => isReviewedAchievement(achievements, who.actor.district, id);
            const { id } = await proposePoolAgreement(tenancy, who.actor, input, isReviewed);
            return seeOtherDone(`${poolsPath}/${id}`, 'pool-proposed');
          },
          (form) => formPage(form, who),
        );
      },
    },
  ];
}

/** The list. */
export function reviewPoolsPage(
  views: readonly AgreementView[],
  principal: Principal,
  done?: string,
): string {
  const { timeZone } = principal.district;
  const mayChange = isPermitted(principal.member.roles, 'pools.change');
  return page(
    { title: 'Review pools', principal, path: poolsPath, done },
    <>
      <PageHeading
        title="Review pools"
        lead="By an agreement, reviewers of another district rate your work, or yours rate theirs. They see only work that was checked to say nothing of whose it is; nobody learns their names."
        actions={
          mayChange ? (
            <ButtonLink href={`${poolsPath}/new`} icon="plus">
              Propose an agreement
            </ButtonLink>
          ) : undefined
        }
      />
      {views.length === 0 ? (
        <EmptyState icon="people" title="No agreements">
          <p>
            With an agreement, a small district has its work rated by people who know nobody in it, and
            reaches the number of reviewers from which figures can be published.
          </p>
        </EmptyState>
      ) : (
        <DataTable<AgreementView>
          caption="Agreements of the district"
          rows={views}
          columns={[
            {
              title: 'With',
              cell: ({ agreement, side, host, home }) => (
                <a href={`${poolsPath}/${agreement.id}`}>
                  <bdi>{side === 'host' ? home.name : host.name}</bdi>
                </a>
              ),
            },
            {
              title: 'What',
              cell: ({ side }) => (side === 'host' ? 'their reviewers rate your work' : 'yours rate theirs'),
            },
            { title: 'For', cell: ({ achievements }) => achievements.map(({ name }) => name).join(', ') },
            { title: 'State', cell: ({ agreement }) => <StateBadge state={agreement.state} /> },
            {
              title: 'Proposed',
              cell: ({ agreement }) => <DateText instant={agreement.proposedAt} timeZone={timeZone} />,
            },
          ]}
        />
      )}
      {isPermitted(principal.member.roles, 'pools.clear-work') && (
        <p class="section">
          <a href="/pool-work">Work that waits to be read for the review pool</a>
        </p>
      )}
    </>,
  );
}

function proposePage(
  versions: Awaited<ReturnType<typeof reviewedVersions>>,
  form: FormState,
  principal: Principal,
): string {
  return page(
    {
      title: 'Propose an agreement',
      principal,
      path: poolsPath,
      above: [{ label: 'Review pools', href: poolsPath }],
      width: 'text',
    },
    <>
      <PageHeading
        title="Propose an agreement"
        lead="Reviewers of the other district then qualify for your rubrics and rate work of your teachers that was checked to say nothing of whose it is, and whose teacher allowed it. An admin there must accept. Each of you can end it at any time."
      />
      <FormErrors form={form} labels={{ district: 'District', achievements: 'For' }} />
      <Form action={`${poolsPath}/new`}>
        <TextField
          form={form}
          name="district"
          label="District"
          hint="Its short name, as in the addresses of its credentials."
          autocomplete="off"
          required
        />
        <Choices
          form={form}
          name="achievements"
          kind="any"
          label="For"
          hint="Every version of what you choose."
          options={versions.map(({ achievement, content }) => ({ value: achievement, label: content.name }))}
        />
        <Actions>
          <Button>Propose it</Button>
          <a href={poolsPath}>Cancel</a>
        </Actions>
      </Form>
    </>,
  );
}
