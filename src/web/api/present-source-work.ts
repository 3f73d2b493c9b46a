import type { SourceWork } from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';

const text: JsonSchema = { type: 'string' };

/** Work that an exemplar may be made of: what its reviewers saw, and which files may be used. */
export function presentSourceWork({ submission, version, items, allowed, made, decidedAt }: SourceWork) {
  return {
    submission,
    achievementVersion: version.version.id,
    decidedAt,
    exemplarsMade: made,
    items: items.map(({ requirement, name, kind, text: words, files }) => ({
      ...{ requirement, name, kind, text: words },
      files: files.map(({ artefact, mediaType, size }) => ({
        ...{ artefact, mediaType, size, allowed: allowed.has(artefact) },
        href: allowed.has(artefact) ? `/api/v1/exemplar-sources/${submission}/files/${artefact}` : null,
      })),
    })),
  };
}

export const sourceWorkSchema: JsonSchema = {
  type: 'object',
  required: ['submission', 'achievementVersion', 'decidedAt', 'exemplarsMade', 'items'],
  properties: {
    submission: text,
    achievementVersion: text,
    decidedAt: { type: 'string', format: 'date-time' },
    exemplarsMade: { type: 'integer', description: 'How many exemplars were made of it already.' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['requirement', 'name', 'kind', 'text', 'files'],
        properties: {
          requirement: text,
          name: text,
          kind: { enum: ['file', 'text'] },
          text: { type: ['string', 'null'] },
          files: {
            type: 'array',
            items: {
              type: 'object',
              required: ['artefact', 'mediaType', 'size', 'allowed', 'href'],
              properties: {
                artefact: text,
                mediaType: text,
                size: { type: 'integer' },
                allowed: { type: 'boolean', description: 'Whether a consent in force names it.' },
                href: { type: ['string', 'null'], description: 'Where it is read; null unless allowed.' },
              },
            },
          },
        },
      },
    },
  },
};
