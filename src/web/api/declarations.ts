import {
  codeInForce,
  codesOf,
  declarationRoster,
  declareConflicts,
  defaultCode,
  readDeclarations,
  setCodeOfConduct,
  signCodeOfConduct,
  type DeclaredConflict,
} from '../../calibration/index.js';
import { created, ok, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  codeSchema,
  declarationSchema,
  declaredSchema,
  presentCode,
  presentDeclaration,
  presentDeclared,
  presentStanding,
  rosterRowSchema,
} from './present-declaration.js';
import { requestSchema } from './request-schema.js';

/** The code of conduct, and what reviewers declare. */
export function declarationRoutes({
  calibration,
  service,
}: Pick<Rooms, 'calibration' | 'service'>): readonly Route[] {
  return [
    ...codeRoutes(calibration),
    {
      operationId: 'getMyDeclarations',
      method: 'GET',
      path: '/api/v1/declarations/mine',
      kind: 'api',
      tag: 'calibration',
      summary: 'What you have declared, and what is missing before work is drawn for you',
      access: 'declarations.own',
      responses: { 200: { description: 'Your declarations.', schema: declaredSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(presentDeclared(await readDeclarations(calibration, actor, actor.member)));
      },
    },
    {
      operationId: 'signCodeOfConduct',
      method: 'POST',
      path: '/api/v1/declarations/code-of-conduct',
      kind: 'api',
      tag: 'calibration',
      summary: 'Sign the code of conduct that you have read',
      description:
        'Name the version and the digest of its text: `getCodeOfConduct` gives both. A later version asks to be signed anew, within the days of grace of the review policy.',
      access: 'declarations.own',
      inPerson: true,
      body: {
        kind: 'json',
        schema: requestSchema('sign-code-of-conduct'),
        example: { number: defaultCode.number, digest: defaultCode.digest },
      },
      responses: {
        200: {
          description: 'Your signature; the one there is, when signed again.',
          schema: declarationSchema,
        },
      },
      handler: async (request) => {
        const signed = request.body as { readonly number: number; readonly digest: string };
        const made = await signCodeOfConduct(calibration, principalOf(request).actor, signed);
        service.wake();
        return ok(presentDeclaration(made));
      },
    },
    {
      operationId: 'declareConflicts',
      method: 'POST',
      path: '/api/v1/declarations/conflicts',
      kind: 'api',
      tag: 'calibration',
      summary: 'Declare every conflict of interest that you know of, or that you know of none',
      description:
        'It takes the place of your declaration before: send everything that still holds. What you leave out counts as ended today, and for some years more. Work of those whom you name is not drawn for you, and cannot be signed off by you.',
      access: 'declarations.own',
      inPerson: true,
      body: {
        kind: 'json',
        schema: requestSchema('declare-conflicts'),
        example: {
          conflicts: [
            { with: 'person', name: 'sam@riverbend.example', kind: 'family', from: null, until: null },
          ],
        },
      },
      responses: { 201: { description: 'Your declaration.', schema: declarationSchema } },
      handler: async (request) => {
        const { conflicts } = request.body as { readonly conflicts: readonly DeclaredConflict[] };
        const made = await declareConflicts(calibration, principalOf(request).actor, { conflicts });
        service.wake();
        return created(presentDeclaration(made), '/api/v1/declarations/mine');
      },
    },
    {
      operationId: 'listDeclarationStandings',
      method: 'GET',
      path: '/api/v1/declarations',
      kind: 'api',
      tag: 'calibration',
      summary: 'Which reviewers have signed the code of conduct and declared conflicts, and until when',
      access: 'declarations.read',
      responses: { 200: { description: 'All reviewers, by name.', schema: pageSchema(rosterRowSchema) } },
      handler: async (request) => {
        const roster = await declarationRoster(calibration, principalOf(request).actor);
        const items = roster.map(({ member, standing }) => ({
          member: member.id,
          ...presentStanding(standing),
        }));
        return ok({ items });
      },
    },
    {
      operationId: 'getMemberDeclarations',
      method: 'GET',
      path: '/api/v1/members/{member}/declarations',
      kind: 'api',
      tag: 'calibration',
      summary: 'What a member has declared',
      description:
        'You do not read what names yourself. Of a seat of a review pool only when it declared is told.',
      access: 'declarations.read',
      responses: { 200: { description: 'The declarations.', schema: declaredSchema } },
      handler: async (request) =>
        ok(
          presentDeclared(
            await readDeclarations(calibration, principalOf(request).actor, request.params['member']!),
          ),
        ),
    },
  ];
}

function codeRoutes(calibration: Rooms['calibration']): readonly Route[] {
  return [
    {
      operationId: 'getCodeOfConduct',
      method: 'GET',
      path: '/api/v1/code-of-conduct',
      kind: 'api',
      tag: 'calibration',
      summary: 'The code of conduct in force, which reviewers sign',
      description: 'Its ETag is what `setCodeOfConduct` asks for.',
      access: 'conduct.read',
      responses: { 200: { description: 'The text, with its digest.', schema: codeSchema } },
      handler: async (request) =>
        ok(presentCode(await codeInForce(calibration, principalOf(request).actor.district))),
    },
    {
      operationId: 'listCodesOfConduct',
      method: 'GET',
      path: '/api/v1/code-of-conduct/versions',
      kind: 'api',
      tag: 'calibration',
      summary: 'Every version of the code of conduct, the newest first',
      description: 'Versions never change: signatures name them by number and digest.',
      access: 'conduct.read',
      responses: { 200: { description: 'All of them.', schema: pageSchema(codeSchema) } },
      handler: async (request) => {
        const codes = await codesOf(calibration, principalOf(request).actor.district);
        return ok({ items: codes.map(presentCode) });
      },
    },
    {
      operationId: 'setCodeOfConduct',
      method: 'PUT',
      path: '/api/v1/code-of-conduct',
      kind: 'api',
      tag: 'calibration',
      summary: 'Set the code of conduct from now on, as its next version',
      description:
        'Who signed an earlier version is asked to sign this one, and goes on for the days of grace of the review policy (`conductGraceDays`).',
      access: 'conduct.change',
      ifMatch: true,
      recentSignIn: true,
      body: {
        kind: 'json',
        schema: requestSchema('set-code-of-conduct'),
        example: { text: defaultCode.text },
      },
      responses: { 200: { description: 'The code now in force.', schema: codeSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const inForce = await codeInForce(calibration, actor.district);
        request.ifMatch(presentCode(inForce));
        const { text } = request.body as { readonly text: string };
        return ok(
          presentCode(await setCodeOfConduct(calibration, actor, { replaces: inForce.number, text })),
        );
      },
    },
  ];
}
