import { found, type JsonSchema } from '../../kernel/index.js';
import {
  addMember,
  changeDistrict,
  changeMember,
  endRelationship,
  relateMembers,
  roles,
  type DistrictChange,
  type MemberChange,
  type NewMember,
  type NewRelationship,
} from '../../tenancy/index.js';
import { created, ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { requestSchema } from './request-schema.js';
import {
  districtSchema,
  memberSchema,
  presentDistrict,
  presentMember,
  presentRelationship,
  relationshipSchema,
} from './present-tenancy.js';

/** The district itself, its members and how they are related. */
export function tenancyRoutes(rooms: Pick<Rooms, 'tenancy' | 'service'>): readonly Route[] {
  const { tenancy, service } = rooms;
  const listOfRelationships: JsonSchema = {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: relationshipSchema } },
  };
  return [
    {
      operationId: 'getDistrict',
      method: 'GET',
      path: '/api/v1/district',
      kind: 'api',
      tag: 'tenancy',
      summary: "The caller's district",
      access: 'district.read',
      responses: { 200: { description: 'The district.', schema: districtSchema } },
      handler: async (request) => ok(presentDistrict(principalOf(request).district, service.publicUrl)),
    },
    {
      operationId: 'changeDistrict',
      method: 'PATCH',
      path: '/api/v1/district',
      kind: 'api',
      tag: 'tenancy',
      summary: "Change the district's name, time zone, language or contact",
      access: 'district.change',
      ifMatch: true,
      recentSignIn: true,
      body: { kind: 'json', schema: requestSchema('change-district') },
      responses: { 200: { description: 'The district as changed.', schema: districtSchema } },
      handler: async (request) => {
        const { actor, district } = principalOf(request);
        request.ifMatch(presentDistrict(district, service.publicUrl));
        return ok(
          presentDistrict(
            await changeDistrict(tenancy, actor, request.body as DistrictChange),
            service.publicUrl,
          ),
        );
      },
    },
    {
      operationId: 'listMembers',
      method: 'GET',
      path: '/api/v1/members',
      kind: 'api',
      tag: 'tenancy',
      summary: 'The members of the district, oldest first',
      access: 'members.read',
      query: pageQuery,
      responses: { 200: { description: 'One page of members.', schema: pageSchema(memberSchema) } },
      handler: async (request) => {
        const page = await tenancy.store.listMembers(
          principalOf(request).actor.district,
          pageRequest(request),
        );
        return ok({ ...page, items: page.items.map(presentMember) });
      },
    },
    {
      operationId: 'addMember',
      method: 'POST',
      path: '/api/v1/members',
      kind: 'api',
      tag: 'tenancy',
      summary: 'Make a person a member',
      description: `Roles: ${roles.join(', ')}. The person signs in by an e-mailed link.`,
      access: 'members.change',
      recentSignIn: true,
      body: {
        kind: 'json',
        schema: requestSchema('add-member'),
        example: {
          email: 'r.okafor@riverbend.example',
          name: 'Ruth Okafor',
          school: 'Lincoln Elementary',
          roles: ['teacher'],
        },
      },
      responses: { 201: { description: 'The new member.', schema: memberSchema } },
      handler: async (request) => {
        const member = await addMember(tenancy, principalOf(request).actor, request.body as NewMember);
        return created(presentMember(member), `/api/v1/members/${member.id}`);
      },
    },
    {
      operationId: 'getMember',
      method: 'GET',
      path: '/api/v1/members/{member}',
      kind: 'api',
      tag: 'tenancy',
      summary: 'One member',
      access: 'members.read',
      responses: { 200: { description: 'The member.', schema: memberSchema } },
      handler: async (request) => {
        const { district } = principalOf(request).actor;
        return ok(
          presentMember(found(await tenancy.store.member(district, request.params['member']!), 'member')),
        );
      },
    },
    {
      operationId: 'changeMember',
      method: 'PATCH',
      path: '/api/v1/members/{member}',
      kind: 'api',
      tag: 'tenancy',
      summary: "Change a member's name, school, roles or state",
      access: 'members.change',
      ifMatch: true,
      recentSignIn: true,
      body: { kind: 'json', schema: requestSchema('change-member') },
      responses: { 200: { description: 'The member as changed.', schema: memberSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const id = request.params['member']!;
        request.ifMatch(presentMember(found(await tenancy.store.member(actor.district, id), 'member')));
        return ok(presentMember(await changeMember(tenancy, actor, id, request.body as MemberChange)));
      },
    },
    {
      operationId: 'listRelationships',
      method: 'GET',
      path: '/api/v1/members/{member}/relationships',
      kind: 'api',
      tag: 'tenancy',
      summary: 'Who supervises, coaches or is in conflict with a member, ended ones included',
      access: 'members.read',
      responses: { 200: { description: 'All of them.', schema: listOfRelationships } },
      handler: async (request) => {
        const { district } = principalOf(request).actor;
        const member = found(await tenancy.store.member(district, request.params['member']!), 'member');
        const items = await tenancy.store.relationshipsOf(district, member.id);
        return ok({ items: items.map(presentRelationship) });
      },
    },
    {
      operationId: 'relateMembers',
      method: 'POST',
      path: '/api/v1/relationships',
      kind: 'api',
      tag: 'tenancy',
      summary: 'Record that one member supervises, coaches or is in conflict with another',
      description: 'Conflict of interest looks three years back: a reviewer never rates somebody so related.',
      access: 'members.change',
      recentSignIn: true,
      body: { kind: 'json', schema: requestSchema('relate-members') },
      responses: { 201: { description: 'The relationship.', schema: relationshipSchema } },
      handler: async (request) => {
        const relationship = await relateMembers(
          tenancy,
          principalOf(request).actor,
          request.body as NewRelationship,
        );
        return created(
          presentRelationship(relationship),
          `/api/v1/members/${relationship.member}/relationships`,
        );
      },
    },
    {
      operationId: 'endRelationship',
      method: 'POST',
      path: '/api/v1/relationships/{relationship}/end',
      kind: 'api',
      tag: 'tenancy',
      summary: 'End a relationship now; it stays on record',
      access: 'members.change',
      recentSignIn: true,
      responses: { 200: { description: 'The relationship.', schema: relationshipSchema } },
      handler: async (request) => {
        const id = request.params['relationship']!;
        return ok(presentRelationship(await endRelationship(tenancy, principalOf(request).actor, id)));
      },
    },
  ];
}
