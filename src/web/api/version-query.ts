import type { JsonSchema } from '../../kernel/index.js';
import { pageQuery } from '../route.js';

/** The query of a paged list of one version's things. */
export const versionQuery: JsonSchema = {
  ...pageQuery,
  required: ['achievementVersion'],
  properties: {
    ...(pageQuery['properties'] as object),
    achievementVersion: { type: 'string', maxLength: 40, description: 'Id of the version.' },
  },
};
