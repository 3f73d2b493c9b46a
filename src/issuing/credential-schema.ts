import {
  enforcedFloor,
  levelNumber,
  type AchievementVersion,
  type Criterion,
  type Rubric,
} from '../achievements/index.js';
import { unreachable, type JsonSchema } from '../kernel/index.js';
import { credentialSchemaUrl } from './compose-credential.js';
import { componentResultId, resultDescriptionId, rubricLevelId } from './credential-ids.js';

/**
 * The JSON Schema (draft 2019-09) of this version's credentials, served at `{version url}/credential-schema.json`:
 * the right achievement, a result for every criterion, each level at or above the floor that the rule enforces. No
 * other schema in use checks that a level is one of the criterion's.
 */
export function credentialSchemaOf(version: AchievementVersion): JsonSchema {
  const { content } = version;
  return {
    $schema: 'https://json-schema.org/draft/2019-09/schema#',
    $id: credentialSchemaUrl(version),
    title: `${content.name}, version ${version.number}: credential`,
    type: 'object',
    required: ['awardedDate', 'credentialSubject', ...(evidenceCount(version) > 0 ? ['evidence'] : [])],
    properties: {
      awardedDate: { type: 'string' },
      ...(evidenceCount(version) > 0
        ? { evidence: { type: 'array', minItems: evidenceCount(version) } }
        : {}),
      credentialSubject: subjectSchema(version),
    },
  };
}

function subjectSchema(version: AchievementVersion): JsonSchema {
  const results = resultSchema(version);
  const aligned = version.content.alignments.length > 0;
  return {
    type: 'object',
    required: ['achievement', ...(results === undefined ? [] : ['result'])],
    properties: {
      achievement: {
        type: 'object',
        required: ['id', 'achievementType', ...(aligned ? ['alignment'] : [])],
        properties: {
          id: { const: version.url },
          achievementType: { const: version.content.achievementType },
          ...(aligned ? { alignment: { type: 'array', minItems: 1 } } : {}),
        },
      },
      ...(results === undefined ? {} : { result: results }),
    },
  };
}

function resultSchema(version: AchievementVersion): JsonSchema | undefined {
  const { assessment } = version.content;
  switch (assessment.by) {
    case 'outside':
      return undefined;
    case 'components':
      return exactly([
        {
          resultDescription: { const: componentResultId(version.url) },
          status: { const: 'Completed' },
        },
      ]);
    case 'review':
      return exactly(
        assessment.rubric.criteria.map((criterion) => ({
          resultDescription: { const: resultDescriptionId(version.url, criterion.id) },
          achievedLevel: {
            enum: allowedLevels(assessment.rubric, criterion).map((level) =>
              rubricLevelId(version.url, level),
            ),
          },
        })),
      );
    default:
      return unreachable(assessment);
  }
}

/** As many results as there are kinds, and one of each: so one of each and nothing else. */
function exactly(kinds: readonly { readonly [member: string]: JsonSchema }[]): JsonSchema {
  return {
    type: 'array',
    minItems: kinds.length,
    maxItems: kinds.length,
    allOf: kinds.map((properties) => ({
      type: 'array',
      contains: { type: 'object', required: Object.keys(properties), properties },
    })),
  };
}

/** The levels that a credential may show: all of the criterion's, from the floor up where the rule enforces one. */
function allowedLevels(rubric: Rubric, criterion: Criterion): readonly string[] {
  const floor = enforcedFloor(rubric, criterion);
  const from = floor === null ? 1 : (levelNumber(criterion, floor) ?? 1);
  return criterion.levels.slice(from - 1).map((level) => level.id);
}

/** How many Evidence objects a credential of this version has at least. */
function evidenceCount(version: AchievementVersion): number {
  const { assessment } = version.content;
  switch (assessment.by) {
    case 'outside':
      return 0;
    case 'components':
      return assessment.components.length;
    case 'review':
      return assessment.requirements.filter((requirement) => requirement.min > 0).length;
    default:
      return unreachable(assessment);
  }
}
