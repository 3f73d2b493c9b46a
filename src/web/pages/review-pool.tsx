import {
  acceptPoolAgreement,
  endPoolAgreement,
  endPoolSeat,
  getPoolAgreement,
  givePoolSeat,
  isPermitted,
  maySit,
  type Member,
} from '../../tenancy/index.js';
import { allOf } from '../../kernel/index.js';
import {
  Actions,
  Button,
  DataTable,
  DateText,
  EmptyState,
  Facts,
  Form,
  FormErrors,
  freshForm,
  PageHeading,
  Section,
  Select,
  StateBadge,
  type FormState,
} from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { agreementView, seatViews, type AgreementView, type SeatView } from '../pool-views.js';
import { principalOf, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';
import { poolsPath } from './review-pools.js';

type PoolRooms = Pick<Rooms, 'tenancy' | 'achievements' | 'service'>;

/** One agreement: accepting and ending it, its seats. */
export function reviewPoolPage(rooms: PoolRooms): readonly Route[] {
  const { tenancy, service } = rooms;
  const at = `${poolsPath}/{agreement}`;
  const common = {
    kind: 'page',
    tag: 'tenancy',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const change = {
    ...common,
    method: 'POST',
    access: 'pools.change',
    recentSignIn: true,
    formAt: at,
    body: { kind: 'form' },
  } as const;
  const shown = async (request: RouteRequest, form: FormState = freshForm()) => {
    const who = principalOf(request);
    const { agreement } = await getPoolAgreement(tenancy, who.actor, request.params['agreement']!);
    const view = await agreementView(rooms, who.actor.district, agreement);
    const seats = await seatViews(rooms, view);
    const members = await allOf((pageOf) => tenancy.store.listMembers(who.actor.district, pageOf));
    const free = members.filter(
      (member) =>
        maySit(member) &&
        !seats.some(({ seat, sitter }) => seat.state === 'active' && sitter?.id === member.id),
    );
    return poolPage(view, seats, free, form, who, request.query['done']);
  };
  return [
    {
      ...common,
      operationId: 'poolAgreementPage',
      method: 'GET',
      path: at,
      access: 'pools.read',
      summary: 'An agreement with another district, and its seats',
      handler: async (request) => ({ status: 200, html: await shown(request) }),
    },
    {
      ...change,
      operationId: 'acceptPoolAgreementPage',
      path: `${at}/accept`,
      summary: 'Accept an agreement',
      handler: async (request) => {
        const { id } = await acceptPoolAgreement(
          tenancy,
          principalOf(request).actor,
          request.params['agreement']!,
        );
        return seeOtherDone(`${poolsPath}/${id}`, 'pool-accepted');
      },
    },
    {
      ...change,
      operationId: 'endPoolAgreementPage',
      path: `${at}/end`,
      summary: 'End an agreement',
      handler: async (request) => {
        const { id } = await endPoolAgreement(
          tenancy,
          principalOf(request).actor,
          request.params['agreement']!,
        );
        service.wake();
        return seeOtherDone(`${poolsPath}/${id}`, 'pool-ended');
      },
    },
    {
      ...change,
      operationId: 'givePoolSeatPage',
      path: `${at}/seats`,
      summary: 'Give a reviewer a seat',
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        const agreement = request.params['agreement']!;
        return formReply(
          fields,
          async () => {
            const member = textOf(fields, 'member');
            await givePoolSeat(tenancy, principalOf(request).actor, { agreement, member });
            return seeOtherDone(`${poolsPath}/${agreement}`, 'pool-seat-given');
          },
          (form) => shown(request, form),
        );
      },
    },
    {
      ...change,
      operationId: 'endPoolSeatPage',
      path: `${at}/seats/{seat}/end`,
      summary: 'End a seat',
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { agreement } = await getPoolAgreement(tenancy, actor, request.params['agreement']!);
        await endPoolSeat(tenancy, actor, request.params['seat']!);
        service.wake();
        return seeOtherDone(`${poolsPath}/${agreement.id}`, 'pool-seat-ended');
      },
    },
  ];
}

function poolPage(
  view: AgreementView,
  seats: readonly SeatView[],
  free: readonly Member[],
  form: FormState,
  principal: Principal,
  done?: string,
): string {
  const { agreement, side, host, home, achievements } = view;
  const { timeZone } = principal.district;
  const mayChange = isPermitted(principal.member.roles, 'pools.change');
  const other = side === 'host' ? home : host;
  const at = `${poolsPath}/${agreement.id}`;
  return page(
    {
      title: `Agreement with ${other.name}`,
      principal,
      path: poolsPath,
      above: [{ label: 'Review pools', href: poolsPath }],
      done,
    },
    <>
      <PageHeading
        title={
          <>
            Agreement with <bdi>{other.name}</bdi>
          </>
        }
        lead={
          side === 'host'
            ? 'Their reviewers rate work of yours that was checked to say nothing of whose it is. You know each by a number only.'
            : 'Reviewers of yours rate their work. They are told to them by numbers; nobody there learns a name.'
        }
      />
      <FormErrors form={form} labels={{ member: 'Reviewer' }} />
      <div class="card">
        <Facts
          rows={[
            ['State', <StateBadge state={agreement.state} />],
            ['Whose work', <bdi>{host.name}</bdi>],
            ['Whose reviewers', <bdi>{home.name}</bdi>],
            ['For', achievements.map(({ name }) => name).join(', ')],
            ['Proposed', <DateText instant={agreement.proposedAt} timeZone={timeZone} />],
            ['Accepted', dateOrNull(agreement.acceptedAt, timeZone)],
            ['Ended', dateOrNull(agreement.endedAt, timeZone)],
          ]}
        />
        {mayChange && agreement.state !== 'ended' && (
          <div class="row">
            {agreement.state === 'proposed' && side === 'home' && (
              <Form action={`${at}/accept`}>
                <Button icon="check">Accept it</Button>
              </Form>
            )}
            <Form action={`${at}/end`}>
              <Button kind="danger">
                {agreement.state === 'active' ? 'End it' : side === 'host' ? 'Withdraw it' : 'Decline it'}
              </Button>
            </Form>
          </div>
        )}
      </div>
      <Section title="Seats">
        {seats.length === 0 ? (
          <EmptyState icon="people" title="No seats yet">
            <p>
              {side === 'host'
                ? 'The other district gives seats to its reviewers.'
                : 'Give reviewers of yours a seat once the agreement is active.'}
            </p>
          </EmptyState>
        ) : (
          <DataTable<SeatView>
            caption="Seats, by number"
            rows={seats}
            columns={[
              { title: 'Name there', cell: ({ name }) => <bdi>{name}</bdi> },
              ...(side === 'home'
                ? [
                    {
                      title: 'Who',
                      cell: ({ sitter }: SeatView) => <bdi>{sitter?.name ?? 'nobody'}</bdi>,
                    },
                  ]
                : []),
              { title: 'State', cell: ({ seat }) => <StateBadge state={seat.state} /> },
              { title: 'Since', cell: ({ seat }) => <DateText instant={seat.givenAt} timeZone={timeZone} /> },
              ...(mayChange
                ? [
                    {
                      title: 'End',
                      cell: ({ seat, name }: SeatView) =>
                        seat.state === 'ended' ? (
                          <span class="quiet">ended</span>
                        ) : (
                          <Form action={`${at}/seats/${seat.id}/end`}>
                            <Button kind="second" small label={`End the seat: ${name}`}>
                              End the seat
                            </Button>
                          </Form>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        {mayChange && side === 'home' && agreement.state === 'active' && (
          <Form action={`${at}/seats`}>
            <Select
              form={form}
              name="member"
              label="Reviewer"
              hint="Members with the role reviewer or adjudicator."
              options={free.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Actions>
              <Button icon="plus">Give a seat</Button>
            </Actions>
          </Form>
        )}
      </Section>
    </>,
  );
}

function dateOrNull(instant: string | null, timeZone: string) {
  return instant === null ? null : <DateText instant={instant} timeZone={timeZone} />;
}
