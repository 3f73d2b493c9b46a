import type { Levels } from '../../achievements/index.js';
import {
  certifyFoundingPanel,
  createExemplar,
  mayReadExemplar,
  rateExemplarAsExpert,
  setExemplarRationale,
  settleExemplarKey,
  type ExpertPointers,
  type NewExemplar,
  type Rationale,
} from '../../calibration/index.js';
import { found } from '../../kernel/index.js';
import { created, ok, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { exemplarSchema, presentExemplar } from './present-calibration.js';
import { certificationSchema, presentCertification } from './present-certification.js';
import { certificationRoutes } from './certifications.js';
import { declarationRoutes } from './declarations.js';
import { exemplarSourceRoutes } from './exemplar-sources.js';
import { exemplarUseRoutes } from './exemplar-uses.js';
import { qualificationRoutes } from './qualifications.js';
import { reviewPolicyRoutes } from './review-policy.js';
import { requestSchema } from './request-schema.js';
import { versionQuery } from './version-query.js';

/** Exemplars and their keys, practice and qualification, certifications. */
export function calibrationRoutes(
  rooms: Pick<Rooms, 'calibration' | 'evidence' | 'review' | 'service'>,
): readonly Route[] {
  return [
    ...reviewPolicyRoutes(rooms),
    ...exemplarRoutes(rooms),
    ...exemplarSourceRoutes(rooms),
    ...exemplarUseRoutes(rooms),
    ...qualificationRoutes(rooms),
    ...certificationRoutes(rooms),
    ...declarationRoutes(rooms),
  ];
}

const examplePointers = {
  'clear-goal': [{ item: 'lesson-plan', page: 2 }],
  'timely-feedback': [{ item: 'lesson', second: 95 }],
};
const exampleLevels = { 'clear-goal': 'clear-goal-3', 'timely-feedback': 'timely-feedback-2' };

function exemplarRoutes({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  return [
    {
      operationId: 'createExemplar',
      method: 'POST',
      path: '/api/v1/exemplars',
      kind: 'api',
      tag: 'calibration',
      summary: 'Add a de-identified exemplar to a published version, for experts to rate blind',
      description:
        'Then at least three experts call `rateExemplar`. When they agree and every criterion has its rationale, the exemplar is keyed; when they differ too far, it waits for `settleExemplarKey`.',
      access: 'exemplars.write',
      body: {
        kind: 'json',
        schema: requestSchema('create-exemplar'),
        example: {
          achievementVersion: 'acv_aaaaaaaaaaaaaaaaaaaaaaaaaa',
          title: 'Exit tickets in grade 5',
          pool: 'qualifying',
          items: [{ id: 'lesson-plan', name: 'Lesson plan', text: 'Goal: students explain why …' }],
          rationale: { 'clear-goal': { text: 'The goal is named and checked twice.', item: 'lesson-plan' } },
        },
      },
      responses: { 201: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const exemplar = await createExemplar(calibration, actor, request.body as NewExemplar);
        return created(presentExemplar(exemplar, member), `/api/v1/exemplars/${exemplar.id}`);
      },
    },
    {
      operationId: 'listExemplars',
      method: 'GET',
      path: '/api/v1/exemplars',
      kind: 'api',
      tag: 'calibration',
      summary: 'The exemplars of a version that you may see, oldest first',
      description:
        'Leads see all; experts see those that still gather ratings and those that they rated. A page may so hold fewer than `limit`.',
      access: 'exemplars.key',
      query: versionQuery,
      responses: { 200: { description: 'One page of exemplars.', schema: pageSchema(exemplarSchema) } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const version = request.query['achievementVersion']!;
        const page = await calibration.store.pageOfExemplars(actor.district, version, pageRequest(request));
        const items = page.items.filter((exemplar) => mayReadExemplar(exemplar, member));
        return ok({ ...page, items: items.map((exemplar) => presentExemplar(exemplar, member)) });
      },
    },
    {
      operationId: 'getExemplar',
      method: 'GET',
      path: '/api/v1/exemplars/{exemplar}',
      kind: 'api',
      tag: 'calibration',
      summary: 'One exemplar, with what you may know of its key',
      access: 'exemplars.key',
      responses: { 200: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const kept = await calibration.store.exemplar(actor.district, request.params['exemplar']!);
        const visible = kept !== undefined && mayReadExemplar(kept, member) ? kept : undefined;
        return ok(presentExemplar(found(visible, 'exemplar'), member));
      },
    },
    {
      operationId: 'rateExemplar',
      inPerson: true,
      method: 'POST',
      path: '/api/v1/exemplars/{exemplar}/ratings',
      kind: 'api',
      tag: 'calibration',
      summary: 'Rate an exemplar blind, as an expert',
      description:
        'You learn nothing of what others gave before you commit, and a committed rating never changes. The last rating that is asked for makes the key: the median where all lie within one level and more than half are the same; else the experts discuss.',
      access: 'exemplars.key',
      body: {
        kind: 'json',
        schema: requestSchema('rate-exemplar'),
        example: { levels: exampleLevels, pointers: examplePointers },
      },
      responses: { 200: { description: 'The exemplar as you may now see it.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const exemplar = await rateExemplarAsExpert(calibration, actor, {
          exemplar: request.params['exemplar']!,
          ...(request.body as { readonly levels: Levels; readonly pointers: ExpertPointers }),
        });
        return ok(presentExemplar(exemplar, member));
      },
    },
    {
      operationId: 'setExemplarRationale',
      method: 'POST',
      path: '/api/v1/exemplars/{exemplar}/rationale',
      kind: 'api',
      tag: 'calibration',
      summary: 'Say why criteria have their levels, each pointing at an item',
      description:
        'Needed for every criterion before the exemplar is keyed. Who writes it can never be measured on the exemplar.',
      access: 'exemplars.write',
      body: {
        kind: 'json',
        schema: requestSchema('exemplar-rationale'),
        example: {
          rationale: { 'clear-goal': { text: 'The goal is named and checked twice.', item: 'lesson-plan' } },
        },
      },
      responses: { 200: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const exemplar = await setExemplarRationale(calibration, actor, {
          exemplar: request.params['exemplar']!,
          rationale: (request.body as { readonly rationale: Rationale }).rationale,
        });
        return ok(presentExemplar(exemplar, member));
      },
    },
    {
      operationId: 'settleExemplarKey',
      method: 'POST',
      path: '/api/v1/exemplars/{exemplar}/key',
      kind: 'api',
      tag: 'calibration',
      summary: "End the experts' discussion with the levels on which they settled, or none",
      description:
        'The blind ratings stay as they were: both stages are kept. Without levels it serves practice only.',
      access: 'exemplars.write',
      body: {
        kind: 'json',
        schema: requestSchema('settle-exemplar-key'),
        example: { levels: exampleLevels },
      },
      responses: { 200: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const exemplar = await settleExemplarKey(calibration, actor, {
          exemplar: request.params['exemplar']!,
          levels: (request.body as { readonly levels: Levels | null }).levels,
        });
        return ok(presentExemplar(exemplar, member));
      },
    },
    {
      operationId: 'certifyFoundingPanel',
      method: 'POST',
      path: '/api/v1/certifications/founding-panel',
      kind: 'api',
      tag: 'calibration',
      summary: 'Certify the experts of a new version by their keying',
      description:
        'Once 15 exemplars of the qualifying pool are keyed (`foundingPool` of the review policy), the experts who rated every keyed exemplar are certified, on record as certified by the keying. Repeated, it certifies nobody twice.',
      access: 'certifications.change',
      body: {
        kind: 'json',
        schema: requestSchema('for-version'),
        example: { achievementVersion: 'acv_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
      },
      responses: {
        200: { description: "The panel's certifications.", schema: pageSchema(certificationSchema) },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const body = request.body as { readonly achievementVersion: string };
        const panel = await certifyFoundingPanel(calibration, actor, body);
        return ok({ items: panel.map((one) => presentCertification(one, calibration.clock.now())) });
      },
    },
  ];
}
