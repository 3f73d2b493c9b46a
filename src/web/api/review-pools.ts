import {
  acceptPoolAgreement,
  endPoolAgreement,
  endPoolSeat,
  getPoolAgreement,
  givePoolSeat,
  proposePoolAgreement,
  type NewPoolAgreement,
  type PoolAgreement,
  type PoolSeat,
} from '../../tenancy/index.js';
import { found } from '../../kernel/index.js';
import {
  agreementView,
  agreementViews,
  isReviewedAchievement,
  ownSeatViews,
  seatView,
  seatViews,
} from '../pool-views.js';
import { created, ok, pageSchema, principalOf, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  agreementSchema,
  ownSeatSchema,
  presentAgreement,
  presentOwnSeat,
  presentSeat,
  seatSchema,
} from './present-pools.js';
import { requestSchema } from './request-schema.js';

type PoolRooms = Pick<Rooms, 'tenancy' | 'achievements' | 'service'>;

const common = { kind: 'api', tag: 'tenancy' } as const;

/** Review pools that span districts: agreements and seats. */
export function reviewPoolRoutes(rooms: PoolRooms): readonly Route[] {
  return [...agreementRoutes(rooms), ...seatRoutes(rooms)];
}

function agreementRoutes(rooms: PoolRooms): readonly Route[] {
  const { tenancy, achievements, service } = rooms;
  const presented = async (request: RouteRequest, agreement: PoolAgreement) =>
    presentAgreement(await agreementView(rooms, principalOf(request).actor.district, agreement));
  return [
    {
      ...common,
      operationId: 'listPoolAgreements',
      method: 'GET',
      path: '/api/v1/pool-agreements',
      summary: 'The agreements of the district by which a review pool spans it and another',
      description:
        'As `host` the work is yours and the reviewers theirs; as `home` the reviewers are yours. Only de-identified work is seen through an agreement.',
      access: 'pools.read',
      responses: { 200: { description: 'All of them.', schema: pageSchema(agreementSchema) } },
      handler: async (request) => {
        const views = await agreementViews(rooms, principalOf(request).actor.district);
        return ok({ items: views.map(presentAgreement) });
      },
    },
    {
      ...common,
      operationId: 'proposePoolAgreement',
      method: 'POST',
      path: '/api/v1/pool-agreements',
      summary: 'Propose that reviewers of another district rate de-identified work of yours',
      description: 'Nothing follows before an admin of that district accepts it (`acceptPoolAgreement`).',
      access: 'pools.change',
      recentSignIn: true,
      body: {
        kind: 'json',
        schema: requestSchema('propose-pool-agreement'),
        example: { district: 'lakeside', achievements: ['ach_aaaaaaaaaaaaaaaaaaaaaaaaaa'] },
      },
      responses: { 201: { description: 'The agreement, proposed.', schema: agreementSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const agreement = await proposePoolAgreement(tenancy, actor, request.body as NewPoolAgreement, (id) =>
          isReviewedAchievement(achievements, actor.district, id),
        );
        return created(await presented(request, agreement), `/api/v1/pool-agreements/${agreement.id}`);
      },
    },
    {
      ...common,
      operationId: 'getPoolAgreement',
      method: 'GET',
      path: '/api/v1/pool-agreements/{agreement}',
      summary: 'One agreement of the district',
      access: 'pools.read',
      responses: { 200: { description: 'The agreement.', schema: agreementSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { agreement } = await getPoolAgreement(tenancy, actor, request.params['agreement']!);
        return ok(await presented(request, agreement));
      },
    },
    {
      ...common,
      operationId: 'acceptPoolAgreement',
      method: 'POST',
      path: '/api/v1/pool-agreements/{agreement}/accept',
      summary: 'Accept what another district proposed: your reviewers may be given seats there',
      access: 'pools.change',
      recentSignIn: true,
      responses: { 200: { description: 'The agreement, active.', schema: agreementSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(
          await presented(request, await acceptPoolAgreement(tenancy, actor, request.params['agreement']!)),
        );
      },
    },
    {
      ...common,
      operationId: 'endPoolAgreement',
      method: 'POST',
      path: '/api/v1/pool-agreements/{agreement}/end',
      summary: 'End an agreement of either side, or withdraw or decline one that is proposed',
      description:
        'At once: nothing more is drawn for its seats, nothing is served through them, and open work goes to others. What was signed stays.',
      access: 'pools.change',
      recentSignIn: true,
      responses: { 200: { description: 'The agreement, ended.', schema: agreementSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const ended = await endPoolAgreement(tenancy, actor, request.params['agreement']!);
        service.wake();
        return ok(await presented(request, ended));
      },
    },
  ];
}

function seatRoutes({ tenancy, service }: PoolRooms): readonly Route[] {
  const presented = async (request: RouteRequest, seat: PoolSeat) => {
    const { district } = principalOf(request).actor;
    const home = found(await tenancy.store.district(seat.tenant), 'district');
    return presentSeat(await seatView({ tenancy }, seat, district === seat.host ? 'host' : 'home', home));
  };
  return [
    {
      ...common,
      operationId: 'listPoolSeats',
      method: 'GET',
      path: '/api/v1/pool-agreements/{agreement}/seats',
      summary: 'The seats of an agreement',
      description: 'Who sits in one is said to the home district alone: the host sees a pseudonym.',
      access: 'pools.read',
      responses: { 200: { description: 'All of them.', schema: pageSchema(seatSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { agreement, side } = await getPoolAgreement(tenancy, actor, request.params['agreement']!);
        const home = found(await tenancy.store.district(agreement.home), 'district');
        const seats = await seatViews({ tenancy }, { agreement, side, home });
        return ok({ items: seats.map(presentSeat) });
      },
    },
    {
      ...common,
      operationId: 'givePoolSeat',
      method: 'POST',
      path: '/api/v1/pool-agreements/{agreement}/seats',
      summary: 'Give a reviewer or adjudicator of yours a seat in the other district',
      description:
        'The host sees a pseudonym, such as "Reviewer 3 of Riverbend". Through the seat the person qualifies and is certified there as any reviewer, and sees nothing but de-identified work that was drawn.',
      access: 'pools.change',
      recentSignIn: true,
      body: {
        kind: 'json',
        schema: requestSchema('give-pool-seat'),
        example: { member: 'mbr_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
      },
      responses: { 201: { description: 'The seat.', schema: seatSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { member } = request.body as { readonly member: string };
        const seat = await givePoolSeat(tenancy, actor, { agreement: request.params['agreement']!, member });
        return created(await presented(request, seat), `/api/v1/pool-agreements/${seat.agreement}/seats`);
      },
    },
    {
      ...common,
      operationId: 'endPoolSeat',
      method: 'POST',
      path: '/api/v1/pool-seats/{seat}/end',
      summary: 'End a seat, from either side',
      description: 'At once; open work goes to others. What was signed stays.',
      access: 'pools.change',
      recentSignIn: true,
      responses: { 200: { description: 'The seat, ended.', schema: seatSchema } },
      handler: async (request) => {
        const ended = await endPoolSeat(tenancy, principalOf(request).actor, request.params['seat']!);
        service.wake();
        return ok(await presented(request, ended));
      },
    },
    {
      ...common,
      operationId: 'listMySeats',
      method: 'GET',
      path: '/api/v1/my-seats',
      summary: 'Your seats in the review pools of other districts',
      description:
        'Send the id of one as the header `Touchstone-Seat` with the calls of reviewers (practice, qualification, assignments) to make them there.',
      access: 'review.rate',
      responses: { 200: { description: 'All of them.', schema: pageSchema(ownSeatSchema) } },
      handler: async (request) => {
        const { member, district } = principalOf(request);
        const seats = await ownSeatViews({ tenancy }, member, district);
        return ok({ items: seats.map(presentOwnSeat) });
      },
    },
  ];
}
