import { isPermitted } from '../../tenancy/index.js';
import type {
  AchievementReader,
  AchievementVersion,
  Findings,
  ShownAchievement,
} from '../../achievements/index.js';
import type { JsonSchema } from '../../kernel/index.js';
import type { Principal } from '../route.js';
import { requestSchema } from './request-schema.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };

/** What of achievements the caller sees: drafts are for those who may write them. */
export function achievementReader({ member }: Principal): AchievementReader {
  return { drafts: isPermitted(member.roles, 'achievements.write') };
}

/** An achievement as the API shows it: with the version that stands for it. */
export function presentAchievement({ achievement, shown }: ShownAchievement) {
  return {
    id: achievement.id,
    slug: achievement.slug,
    name: shown.content.name,
    description: shown.content.description,
    achievementType: shown.content.achievementType,
    assessedBy: shown.content.assessment.by,
    creditHours: shown.content.creditHours,
    state: shown.state,
    shownVersion: shown.number,
    currentVersion: achievement.currentVersion,
    url: shown.url,
    createdAt: achievement.createdAt,
  };
}

export const achievementSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'slug',
    'name',
    'description',
    'achievementType',
    'assessedBy',
    'creditHours',
    'state',
    'shownVersion',
    'currentVersion',
    'url',
    'createdAt',
  ],
  properties: {
    id: { type: 'string', description: 'What createSubmission takes.' },
    slug: text,
    name: text,
    description: text,
    achievementType: text,
    assessedBy: { enum: ['review', 'outside', 'components'] },
    creditHours: { type: 'number' },
    state: { enum: ['draft', 'published', 'superseded', 'retired'], description: 'Of the shown version.' },
    shownVersion: {
      type: 'integer',
      description: 'The version that name, state and url are of: the current one, else the newest.',
    },
    currentVersion: {
      type: ['integer', 'null'],
      description: 'The published version on which work is taken now; null when there is none.',
    },
    url: { type: 'string', format: 'uri' },
    createdAt: instant,
  },
};

/** An achievement version as the API shows it; `content` is what editAchievementDraft takes. */
export function presentVersion(version: AchievementVersion) {
  return {
    id: version.id,
    achievement: version.achievement,
    slug: version.slug,
    number: version.number,
    state: version.state,
    url: version.url,
    contentHash: version.contentHash,
    createdAt: version.createdAt,
    publishedAt: version.publishedAt,
    issuingStopped: presentStop(version),
    content: version.content,
  };
}

/** Why nothing of a version is signed now; null while it issues. */
function presentStop({ stopped }: AchievementVersion) {
  return stopped === null || stopped === undefined
    ? null
    : { since: stopped.since, award: stopped.award, findings: stopped.findings };
}

export const versionSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'achievement',
    'slug',
    'number',
    'state',
    'url',
    'contentHash',
    'createdAt',
    'publishedAt',
    'issuingStopped',
    'content',
  ],
  properties: {
    id: text,
    achievement: text,
    slug: text,
    number: { type: 'integer' },
    state: { enum: ['draft', 'published', 'superseded', 'retired'] },
    url: {
      type: 'string',
      format: 'uri',
      description: "The achievement's id in credentials of this version.",
    },
    contentHash: {
      type: ['string', 'null'],
      description: 'Hex SHA-256 of the JCS form (RFC 8785) of content; null while a draft.',
    },
    createdAt: instant,
    publishedAt: instantOrNull,
    issuingStopped: {
      type: ['object', 'null'],
      description:
        'Null while credentials of it are signed. Else what a check before signing found: awards wait until `resumeIssuing`.',
      required: ['since', 'award', 'findings'],
      properties: {
        since: instant,
        award: { type: 'string', description: 'In whose credential it was found.' },
        findings: {
          type: 'array',
          items: {
            type: 'object',
            required: ['rule', 'pointer', 'detail'],
            properties: {
              rule: { type: 'string', description: 'The check or lint rule (docs/credentials.md).' },
              pointer: { type: 'string', description: 'JSON Pointer into the credential.' },
              detail: text,
            },
          },
        },
      },
    },
    content: requestSchema('achievement-content'),
  },
};

const finding: JsonSchema = {
  type: 'object',
  required: ['pointer', 'detail'],
  properties: { pointer: { type: 'string', description: 'JSON Pointer into the content.' }, detail: text },
};
const findingList: JsonSchema = { type: 'array', items: finding };

/** What stands against publishing a draft, and what its author should look at. */
export function presentFindings({ errors, warnings }: Findings) {
  return { errors, warnings };
}

export const findingsSchema: JsonSchema = {
  type: 'object',
  required: ['errors', 'warnings'],
  properties: { errors: findingList, warnings: findingList },
};

export const publishedSchema: JsonSchema = {
  type: 'object',
  required: ['version', 'warnings'],
  properties: { version: versionSchema, warnings: findingList },
};
