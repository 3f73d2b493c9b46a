import {
  isWhole,
  policyBounds,
  policyGroups,
  type DistrictPolicy,
  type PolicyBound,
} from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';

/** A version of the review policy: its number, since when it holds, and every number of it. */
export function presentPolicy({ number, from, by, qualification, review, seeds, drift }: DistrictPolicy) {
  return { number, from, by, qualification, review, seeds, drift };
}

/** The numbers of each group; bounds are said, and checked by the use case, which says the way out. */
const groups: { readonly [group: string]: JsonSchema } = Object.fromEntries(
  policyGroups.map((group) => {
    const bounds: [string, PolicyBound][] = Object.entries(policyBounds[group]);
    return [
      group,
      {
        type: 'object',
        additionalProperties: false,
        required: bounds.map(([field]) => field),
        properties: Object.fromEntries(
          bounds.map(([field, { unit, least, most, says }]) => [
            field,
            { type: isWhole(unit) ? 'integer' : 'number', description: `${says} (${least} to ${most}).` },
          ]),
        ),
      },
    ];
  }),
);

export const policySchema: JsonSchema = {
  type: 'object',
  required: ['number', 'from', 'by', ...policyGroups],
  properties: {
    number: { type: 'integer', description: '0 for the defaults; then 1, 2 …' },
    from: { type: ['string', 'null'], format: 'date-time', description: 'Null for the defaults.' },
    by: { type: ['string', 'null'], description: 'Member id of who set it; null for the defaults.' },
    ...groups,
  },
};

/** What `setReviewPolicy` takes: every number. */
export const policyRequestSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...policyGroups],
  properties: groups,
};
