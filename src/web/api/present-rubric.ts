import type { Rubric } from '../../achievements/index.js';
import type { JsonSchema } from '../../kernel/index.js';

const text: JsonSchema = { type: 'string' };

/** The criteria of a rubric with their levels, lowest first: what a rating is made of. */
export function presentRubric({ criteria, rule }: Rubric) {
  return {
    rule,
    criteria: criteria.map(({ id, name, description, requiredLevel, levels: own }) => ({
      id,
      name,
      description,
      requiredLevel,
      levels: own.map((level) => ({ id: level.id, name: level.name, descriptor: level.descriptor })),
    })),
  };
}

export const rubricSchema: JsonSchema = {
  type: 'object',
  required: ['rule', 'criteria'],
  properties: {
    rule: {
      type: 'object',
      required: ['kind'],
      description: 'How levels become a decision.',
      properties: { kind: { enum: ['conjunctive', 'conjunctive-with-allowances', 'compensatory'] } },
    },
    criteria: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'description', 'requiredLevel', 'levels'],
        properties: {
          id: { type: 'string', description: 'The member of `criteria` or `levels` in what you send.' },
          name: text,
          description: text,
          requiredLevel: { type: 'string', description: 'The lowest level that meets the criterion.' },
          levels: {
            type: 'array',
            description: 'Lowest first.',
            items: {
              type: 'object',
              required: ['id', 'name', 'descriptor'],
              properties: {
                id: { type: 'string', description: 'What you send as the level.' },
                name: text,
                descriptor: text,
              },
            },
          },
        },
      },
    },
  },
};
