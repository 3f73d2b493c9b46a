import { defaultPolicy, policyAt, setPolicy, type PolicyNumbers } from '../../calibration/index.js';
import { ok, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { policyRequestSchema, policySchema, presentPolicy } from './present-policy.js';

/** The district's review policy: every number by which reviewers are qualified and work is reviewed. */
export function reviewPolicyRoutes({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  const { qualification, review, seeds, drift } = defaultPolicy;
  return [
    {
      operationId: 'getReviewPolicy',
      method: 'GET',
      path: '/api/v1/review-policy',
      kind: 'api',
      tag: 'calibration',
      summary: "The district's review policy in force",
      description: 'Its ETag is what `setReviewPolicy` asks for. Until one is set, the defaults: number 0.',
      access: 'review-policy.read',
      responses: { 200: { description: 'The policy.', schema: policySchema } },
      handler: async (request) =>
        ok(presentPolicy(await policyAt(calibration, principalOf(request).district.id))),
    },
    {
      operationId: 'listReviewPolicies',
      method: 'GET',
      path: '/api/v1/review-policy/versions',
      kind: 'api',
      tag: 'calibration',
      summary: 'Every version of the review policy, the newest first, the defaults last',
      description:
        'Versions never change. Attempts, assignments and certifications name the one they ran under.',
      access: 'review-policy.read',
      responses: { 200: { description: 'All of them.', schema: pageSchema(policySchema) } },
      handler: async (request) => {
        const versions = await calibration.store.policies(principalOf(request).district.id);
        return ok({ items: [...versions, defaultPolicy].map(presentPolicy) });
      },
    },
    {
      operationId: 'setReviewPolicy',
      method: 'PUT',
      path: '/api/v1/review-policy',
      kind: 'api',
      tag: 'calibration',
      summary: 'Set the review policy from now on, as its next version',
      description:
        'All numbers are sent. What began under an earlier version keeps it: an open attempt is judged by the policy in force when it began.',
      access: 'review-policy.change',
      ifMatch: true,
      recentSignIn: true,
      body: { kind: 'json', schema: policyRequestSchema, example: { qualification, review, seeds, drift } },
      responses: { 200: { description: 'The policy now in force.', schema: policySchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const inForce = await policyAt(calibration, actor.district);
        request.ifMatch(presentPolicy(inForce));
        const numbers = request.body as PolicyNumbers;
        return ok(presentPolicy(await setPolicy(calibration, actor, { replaces: inForce.number, numbers })));
      },
    },
  ];
}
