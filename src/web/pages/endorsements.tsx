import {
  carriedEndorsement,
  excludeEndorsement,
  getEndorsement,
  getIncludedEndorsement,
  includeEndorsement,
  listEndorsements,
  listIncludedEndorsements,
  nameOfEndorsed,
  ownEndorsable,
  revokeEndorsement,
  type Endorsement,
  type IncludedEndorsement,
} from '../../issuing/index.js';
import { freshForm } from '../components/index.js';
import { seeOtherDone } from '../done.js';
import { fieldsOfForm, formReply, textOf } from '../form-reply.js';
import { fromCursor } from '../from-cursor.js';
import { principalOf, type Route, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { endorseTyped } from './endorse-form.js';
import type { Named, NamedCarried } from './endorsement-cells.js';
import { excludePage, revokePage } from './endorsement-questions.js';
import { endorsementsPage, type Forms } from './endorsements-shown.js';

/** Endorsing in the district's name, and what its own credentials carry. */
export function endorsementPages({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  const common = {
    kind: 'page',
    tag: 'issuing',
    responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
  } as const;
  const view = async (request: RouteRequest, forms: Partial<Forms> = {}) => {
    const who = principalOf(request);
    const made = await listEndorsements(issuing, who.actor, fromCursor(request));
    const included = await listIncludedEndorsements(issuing, who.actor, { limit: 200 });
    const carried = included.items.filter(({ carriedFor }) => carriedFor !== null);
    return endorsementsPage(
      {
        made: { ...made, items: await Promise.all(made.items.map(named)) },
        carried: await Promise.all(carried.map(carriedNamed)),
        own: await ownEndorsable(issuing, who.actor),
        now: issuing.clock.now(),
        forms,
      },
      who,
      request.query['done'],
    );
  };
  const named = async (endorsement: Endorsement): Promise<Named> => ({
    endorsement,
    thing: await nameOfEndorsed(issuing, endorsement.about),
  });
  const carriedNamed = async (included: IncludedEndorsement): Promise<NamedCarried> => {
    const [thing, carried] = await Promise.all([
      nameOfEndorsed(issuing, included.about),
      carriedEndorsement(issuing, included.endorsement),
    ]);
    return { included, thing, carried };
  };
  return [
    {
      ...common,
      operationId: 'endorsementsPage',
      method: 'GET',
      path: '/endorsements',
      access: 'endorsements.read',
      summary: 'Endorsements that the district made, and those that its credentials carry',
      handler: async (request) => ({ status: 200, html: await view(request) }),
    },
    {
      ...common,
      operationId: 'createEndorsementPage',
      method: 'POST',
      path: '/endorsements',
      access: 'endorsements.change',
      summary: 'Endorse something in the district’s name',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            await endorseTyped(issuing, principalOf(request), fields);
            return seeOtherDone('/endorsements', 'endorsement-made');
          },
          (form) => view(request, { endorse: form }),
        );
      },
    },
    {
      ...common,
      operationId: 'includeEndorsementPage',
      method: 'POST',
      path: '/endorsements/included',
      formAt: '/endorsements',
      access: 'endorsements.change',
      summary: 'Have the district’s credentials carry an endorsement',
      body: { kind: 'form' },
      handler: async (request) => {
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = { endorsement: textOf(fields, 'endorsement') };
            await includeEndorsement(issuing, principalOf(request).actor, input);
            return seeOtherDone('/endorsements', 'endorsement-included');
          },
          (form) => view(request, { include: form }),
        );
      },
    },
    {
      ...common,
      operationId: 'confirmExcludeEndorsementPage',
      method: 'GET',
      path: '/endorsements/included/{included}/exclude',
      access: 'endorsements.change',
      summary: 'What carrying an endorsement no more does',
      handler: async (request) => {
        const who = principalOf(request);
        const included = await getIncludedEndorsement(issuing, who.actor, request.params['included']!);
        return { status: 200, html: excludePage(await carriedNamed(included), who) };
      },
    },
    {
      ...common,
      operationId: 'excludeEndorsementPage',
      method: 'POST',
      path: '/endorsements/included/{included}/exclude',
      access: 'endorsements.change',
      summary: 'Have the district’s credentials carry an endorsement no more',
      body: { kind: 'form' },
      handler: async (request) => {
        await excludeEndorsement(issuing, principalOf(request).actor, request.params['included']!);
        return seeOtherDone('/endorsements', 'endorsement-excluded');
      },
    },
    {
      ...common,
      operationId: 'confirmRevokeEndorsementPage',
      method: 'GET',
      path: '/endorsements/{endorsement}/revoke',
      access: 'endorsements.change',
      summary: 'What revoking an endorsement does',
      handler: async (request) => {
        const who = principalOf(request);
        const endorsement = await getEndorsement(issuing, who.actor, request.params['endorsement']!);
        return { status: 200, html: revokePage(await named(endorsement), freshForm(), who) };
      },
    },
    {
      ...common,
      operationId: 'revokeEndorsementPage',
      method: 'POST',
      path: '/endorsements/{endorsement}/revoke',
      access: 'endorsements.change',
      summary: 'Revoke an endorsement',
      body: { kind: 'form' },
      handler: async (request) => {
        const who = principalOf(request);
        const endorsement = await getEndorsement(issuing, who.actor, request.params['endorsement']!);
        const fields = fieldsOfForm(request.body);
        return formReply(
          fields,
          async () => {
            const input = { endorsement: endorsement.id, reason: textOf(fields, 'reason') };
            await revokeEndorsement(issuing, who.actor, input);
            service.wake();
            return seeOtherDone('/endorsements', 'endorsement-revoked');
          },
          async (form) => revokePage(await named(endorsement), form, who),
        );
      },
    },
  ];
}
