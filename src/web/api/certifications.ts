import {
  asSeenBy,
  asTold,
  beginProbation,
  liftProbation,
  reinstateCertification,
  revokeCertification,
  suspendCertification,
  type Certification,
} from '../../calibration/index.js';
import type { Actor } from '../../kernel/index.js';
import { ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { certificationSchema, presentCertification } from './present-certification.js';
import { requestSchema } from './request-schema.js';

/** Certifications: whose they are, and what leads do with them. */
export function certificationRoutes({
  calibration,
  service,
}: Pick<Rooms, 'calibration' | 'service'>): readonly Route[] {
  const presented = (certification: Certification) =>
    presentCertification(certification, calibration.clock.now());
  const change = (
    operationId: string,
    verb: string,
    summary: string,
    description: string,
    useCase: (
      ports: Rooms['calibration'],
      actor: Actor,
      input: { readonly certification: string; readonly reason: string },
    ) => Promise<Certification>,
  ): Route => ({
    operationId,
    method: 'POST',
    path: `/api/v1/certifications/{certification}/${verb}`,
    kind: 'api',
    tag: 'calibration',
    summary,
    description,
    access: 'certifications.change',
    body: {
      kind: 'json',
      schema: requestSchema('reason'),
      example: { reason: 'Seeds since May show two levels off on one criterion; to be recalibrated.' },
    },
    responses: { 200: { description: 'The certification as changed.', schema: certificationSchema } },
    handler: async (request) => {
      const changed = await useCase(calibration, principalOf(request).actor, {
        certification: request.params['certification']!,
        reason: (request.body as { readonly reason: string }).reason,
      });
      service.wake();
      return ok(presented(changed));
    },
  });
  return [
    {
      operationId: 'listCertifications',
      method: 'GET',
      path: '/api/v1/certifications',
      kind: 'api',
      tag: 'calibration',
      summary: 'Every certification of the district, oldest first',
      access: 'certifications.read',
      query: pageQuery,
      responses: {
        200: { description: 'One page of certifications.', schema: pageSchema(certificationSchema) },
      },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        const page = await calibration.store.pageOfCertifications(district, undefined, pageRequest(request));
        const now = calibration.clock.now();
        return ok({ ...page, items: page.items.map((one) => presented(asSeenBy(member, one, now))) });
      },
    },
    {
      operationId: 'listMyCertifications',
      method: 'GET',
      path: '/api/v1/certifications/mine',
      kind: 'api',
      tag: 'calibration',
      summary: 'Your certifications, oldest first: each for one version, for a time',
      access: 'certifications.read-own',
      query: pageQuery,
      responses: {
        200: { description: 'One page of certifications.', schema: pageSchema(certificationSchema) },
      },
      handler: async (request) => {
        const { district, member } = principalOf(request).actor;
        const page = await calibration.store.pageOfCertifications(district, member, pageRequest(request));
        return ok({
          ...page,
          items: page.items.map((one) => presented(asTold(one, calibration.clock.now()))),
        });
      },
    },
    change(
      'beginProbation',
      'probation',
      'Put a certification on probation: its reviewer goes on, watched more closely',
      'Everything that the reviewer signs for this version is rated by two, and seeds come as in the first month, until `endProbation`. The reviewer is not told of the reason by mail; it stands with the certification.',
      beginProbation,
    ),
    change(
      'endProbation',
      'end-probation',
      'End a probation that a lead began',
      'One that a drift signal brought ends when the signal is cleared.',
      liftProbation,
    ),
    change(
      'suspendCertification',
      'suspend',
      'Suspend a certification: its reviewer signs nothing for this version until it is reinstated',
      'Work that is open with the reviewer goes to others. What was signed before stands.',
      suspendCertification,
    ),
    change(
      'reinstateCertification',
      'reinstate',
      'End a suspension; the certification holds again until its date',
      'The time of suspension stays on record.',
      reinstateCertification,
    ),
    change(
      'revokeCertification',
      'revoke',
      'Revoke a certification for good; the reviewer may qualify again',
      'Work that is open with the reviewer goes to others. What was signed before stands.',
      revokeCertification,
    ),
  ];
}
