import {
  endorse,
  excludeEndorsement,
  getEndorsement,
  includeEndorsement,
  listEndorsements,
  listIncludedEndorsements,
  revokeEndorsement,
  type NewEndorsement,
} from '../../issuing/index.js';
import { created, ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  endorsementSchema,
  includedSchema,
  presentEndorsement,
  presentIncluded,
} from './present-endorsement.js';
import { requestSchema } from './request-schema.js';

const common = { kind: 'api', tag: 'issuing' } as const;

/** Endorsements that a district makes, and those that its credentials carry. */
export function endorsementRoutes({
  issuing,
  service,
}: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  return [
    {
      ...common,
      operationId: 'listEndorsements',
      method: 'GET',
      path: '/api/v1/endorsements',
      summary: 'The endorsements that the district made, newest first',
      access: 'endorsements.read',
      query: pageQuery,
      responses: { 200: { description: 'One page.', schema: pageSchema(endorsementSchema) } },
      handler: async (request) => {
        const page = await listEndorsements(issuing, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentEndorsement) });
      },
    },
    {
      ...common,
      operationId: 'createEndorsement',
      method: 'POST',
      path: '/api/v1/endorsements',
      summary: 'Endorse an achievement version, a credential or an issuer in the district’s name',
      description:
        'Issues an EndorsementCredential (Open Badges 3.0) with an address and a status index of its own. `about` is the id of what is endorsed, of any district of this service. One of a thing of the district’s own is carried by its credentials from then on; others are carried when their district includes them (`includeEndorsement`).',
      access: 'endorsements.change',
      body: {
        kind: 'json',
        schema: requestSchema('create-endorsement'),
        example: {
          about: 'https://credentials.example.test/d/riverbend/achievements/formative-feedback/v1',
          comment: 'Counts towards re-licensing in every district of the consortium.',
        },
      },
      responses: { 201: { description: 'The endorsement, signed.', schema: endorsementSchema } },
      handler: async (request) => {
        const made = await endorse(issuing, principalOf(request).actor, request.body as NewEndorsement);
        return created(presentEndorsement(made), `/api/v1/endorsements/${made.id}`);
      },
    },
    {
      ...common,
      operationId: 'getEndorsement',
      method: 'GET',
      path: '/api/v1/endorsements/{endorsement}',
      summary: 'One endorsement that the district made',
      access: 'endorsements.read',
      responses: { 200: { description: 'The endorsement.', schema: endorsementSchema } },
      handler: async (request) =>
        ok(
          presentEndorsement(
            await getEndorsement(issuing, principalOf(request).actor, request.params['endorsement']!),
          ),
        ),
    },
    {
      ...common,
      operationId: 'revokeEndorsement',
      method: 'POST',
      path: '/api/v1/endorsements/{endorsement}/revoke',
      summary: 'Revoke an endorsement for good',
      description:
        'When this answers, the bit is set in the published status list; credentials issued from then on carry it no more.',
      access: 'endorsements.change',
      body: { kind: 'json', schema: requestSchema('award-reason') },
      responses: { 200: { description: 'The endorsement as it stands now.', schema: endorsementSchema } },
      handler: async (request) => {
        const { reason } = request.body as { reason: string };
        const input = { endorsement: request.params['endorsement']!, reason };
        const revoked = await revokeEndorsement(issuing, principalOf(request).actor, input);
        service.wake();
        return ok(presentEndorsement(revoked));
      },
    },
    {
      ...common,
      operationId: 'listIncludedEndorsements',
      method: 'GET',
      path: '/api/v1/included-endorsements',
      summary: 'What the district’s credentials carry, or carried once, newest first',
      access: 'endorsements.read',
      query: pageQuery,
      responses: { 200: { description: 'One page.', schema: pageSchema(includedSchema) } },
      handler: async (request) => {
        const page = await listIncludedEndorsements(
          issuing,
          principalOf(request).actor,
          pageRequest(request),
        );
        return ok({ ...page, items: page.items.map(presentIncluded) });
      },
    },
    {
      ...common,
      operationId: 'includeEndorsement',
      method: 'POST',
      path: '/api/v1/included-endorsements',
      summary: 'Have the district’s credentials carry an endorsement',
      description:
        'Of a thing of the district’s own, whoever made it; in place of the one of that thing that they carried. Credentials issued from then on have it, corrections too.',
      access: 'endorsements.change',
      body: {
        kind: 'json',
        schema: requestSchema('include-endorsement'),
        example: { endorsement: 'https://credentials.example.test/e/AAAA000000000000000000' },
      },
      responses: { 201: { description: 'What is carried.', schema: includedSchema } },
      handler: async (request) => {
        const input = request.body as { endorsement: string };
        const included = await includeEndorsement(issuing, principalOf(request).actor, input);
        return created(presentIncluded(included), '/api/v1/included-endorsements');
      },
    },
    {
      ...common,
      operationId: 'excludeEndorsement',
      method: 'POST',
      path: '/api/v1/included-endorsements/{included}/exclude',
      summary: 'Have the district’s credentials carry it no more',
      description: 'Those that were issued stay as they are.',
      access: 'endorsements.change',
      responses: { 200: { description: 'What was carried.', schema: includedSchema } },
      handler: async (request) =>
        ok(
          presentIncluded(
            await excludeEndorsement(issuing, principalOf(request).actor, request.params['included']!),
          ),
        ),
    },
  ];
}
