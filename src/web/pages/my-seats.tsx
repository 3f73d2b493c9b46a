import { openSeat } from '../../access/index.js';
import { found } from '../../kernel/index.js';
import { ownSeat } from '../../tenancy/index.js';
import { sessionCookie } from '../authenticate.js';
import { Button, DataTable, EmptyState, Form, PageHeading, StateBadge } from '../components/index.js';
import { cookieValue } from '../cookie.js';
import { seeOtherDone } from '../done.js';
import { ownSeatViews, type OwnSeatView } from '../pool-views.js';
import { principalOf, seeOther, type Principal, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { page } from './layout.js';

/** A reviewer's seats in the pools of other districts: opening one, and going back. */
export function mySeatPages({
  tenancy,
  access,
  service,
}: Pick<Rooms, 'tenancy' | 'access' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'access',
    access: 'review.rate',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const sessionOf = (request: RouteRequest) =>
    cookieValue(request.header('cookie'), sessionCookie(service.publicUrl));
  return [
    {
      ...common,
      operationId: 'mySeatsPage',
      method: 'GET',
      path: '/seats',
      summary: 'Your seats in the review pools of other districts',
      handler: async (request) => {
        const who = principalOf(request);
        const { member, district } = who.home ?? who;
        const seats = await ownSeatViews({ tenancy }, member, district);
        return { status: 200, html: mySeatsPage(seats, who, request.query['done']) };
      },
    },
    {
      ...common,
      operationId: 'leaveSeatPage',
      method: 'POST',
      path: '/seats/leave',
      formAt: '/seats',
      summary: 'Go back to your own district',
      body: { kind: 'form' },
      handler: async (request) => {
        await openSeat(access, sessionOf(request), null);
        return seeOther('/reviews');
      },
    },
    {
      ...common,
      operationId: 'openSeatPage',
      method: 'POST',
      path: '/seats/{seat}/open',
      formAt: '/seats',
      summary: 'Work through a seat in another district',
      body: { kind: 'form' },
      handler: async (request) => {
        const { member } = principalOf(request).home ?? principalOf(request);
        const seat = found(await ownSeat(tenancy, member, request.params['seat']!), 'seat');
        await openSeat(access, sessionOf(request), seat.member.id);
        return seeOtherDone('/reviews', 'seat-opened');
      },
    },
  ];
}

function mySeatsPage(seats: readonly OwnSeatView[], principal: Principal, done?: string): string {
  return page(
    {
      title: 'Work from other districts',
      principal,
      path: '/reviews',
      above: [{ label: 'Reviews', href: '/reviews' }],
      done,
    },
    <>
      <PageHeading
        title="Work from other districts"
        lead="Through a seat you practise, qualify and rate in another district. You see only what is drawn for you, and nothing of whose it is; they know you by a number."
      />
      {seats.length === 0 ? (
        <EmptyState icon="people" title="No seats">
          <p>Your district gives you one by an agreement with another district.</p>
        </EmptyState>
      ) : (
        <DataTable<OwnSeatView>
          caption="Your seats"
          rows={seats}
          columns={[
            { title: 'District', cell: ({ host }) => <bdi>{host.name}</bdi> },
            { title: 'Your name there', cell: ({ name }) => <bdi>{name}</bdi> },
            {
              title: 'Work there',
              cell: ({ seat, host, standing }) => (
                <Standing seat={seat.id} host={host.name} standing={standing} now={principal.member.id} />
              ),
            },
          ]}
        />
      )}
    </>,
  );
}

function Standing(props: {
  readonly seat: string;
  readonly host: string;
  readonly standing: OwnSeatView['standing'];
  /** The member as whom the page is read: the seat itself while it is open. */
  readonly now: string;
}) {
  if (props.standing === 'ended') return <StateBadge state="ended" />;
  if (props.standing === 'member-of-host')
    return <>You belong to this district yourself: you review there as its member.</>;
  if (props.seat === props.now) return <>open now</>;
  return (
    <Form action={`/seats/${props.seat}/open`}>
      <Button small label={`Open: ${props.host}`}>
        Open
      </Button>
    </Form>
  );
}
