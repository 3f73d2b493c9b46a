import type {
  Achievement,
  AchievementVersion,
  DecisionRule,
  Levels,
  Rubric,
} from '../../src/achievements/index.js';
import type { AchievementId, AchievementVersionId, DistrictId, New } from '../../src/kernel/index.js';

/** A rubric of `criteria` criteria (`c1` …) with four levels (`c1-1` … `c1-4`), level 3 required. */
export function aRubric(criteria = 4, rule: DecisionRule = { kind: 'conjunctive' }): Rubric {
  return {
    rule,
    criteria: Array.from({ length: criteria }, (_, index) => {
      const id = `c${index + 1}`;
      return {
        id,
        name: `Criterion ${index + 1}`,
        description: `What criterion ${index + 1} is about.`,
        requiredLevel: `${id}-3`,
        levels: ['Beginning', 'Developing', 'Proficient', 'Exemplary'].map((name, level) => ({
          id: `${id}-${level + 1}`,
          name,
          descriptor: `${name} work.`,
        })),
      };
    }),
  };
}

/** The levels with these numbers: `levels(3, 3, 2, 4)` is `{ c1: 'c1-3', c2: 'c2-3', … }`. */
export function levels(...numbers: readonly number[]): Levels {
  return Object.fromEntries(numbers.map((number, index) => [`c${index + 1}`, `c${index + 1}-${number}`]));
}

let made = 0;

/** A published version that is assessed by review: a file (PDF), a video and a text are asked for. */
export function aPublishedVersion(
  district: string,
  rubric: Rubric = aRubric(),
  planType = 'application/pdf',
): New<AchievementVersion> {
  made += 1;
  const letters = String(made)
    .padStart(26, 'a')
    .replaceAll('0', 'b')
    .replaceAll('1', 'c')
    .replaceAll('8', 'd')
    .replaceAll('9', 'e');
  return {
    id: `acv_${letters}` as AchievementVersionId,
    district: district as DistrictId,
    achievement: `ach_${letters}` as AchievementId,
    slug: `formative-feedback-${made}`,
    number: 1,
    state: 'published',
    url: `http://localhost:8080/d/test/achievements/formative-feedback-${made}/v1`,
    contentHash: 'a'.repeat(64),
    createdAt: '2026-10-01T09:00:00Z',
    publishedAt: '2026-10-01T09:00:00Z',
    effectDue: null,
    pendingEntries: [],
    auditDue: null,
    content: {
      name: 'Formative feedback',
      description: 'Gives feedback that moves learning on.',
      achievementType: 'MicroCredential',
      criteria: 'Collect, interpret, respond.',
      language: 'en',
      tags: [],
      alignments: [],
      creditHours: 5,
      validForMonths: null,
      assessment: {
        by: 'review',
        rubric,
        requirements: [
          {
            id: 'plan',
            kind: 'file',
            name: 'Lesson plan',
            description: 'The plan of the lesson.',
            genre: 'Lesson plan',
            mediaTypes: [planType],
            min: 1,
            max: 2,
            needsConsent: false,
          },
          {
            id: 'lesson',
            kind: 'file',
            name: 'Lesson video',
            description: 'A clip of the lesson.',
            genre: 'Classroom video',
            mediaTypes: ['video/mp4'],
            min: 0,
            max: 1,
            needsConsent: false,
          },
          {
            id: 'reflection',
            kind: 'text',
            name: 'Reflection',
            description: 'What was learned.',
            genre: 'Reflection',
            mediaTypes: [],
            min: 1,
            max: 500,
            needsConsent: false,
          },
        ],
      },
    },
  };
}

/** The achievement of a version. */
export function theAchievementOf(version: New<AchievementVersion>): New<Achievement> {
  return {
    id: version.achievement,
    district: version.district,
    slug: version.slug,
    newestVersion: version.number,
    currentVersion: version.number,
    createdAt: version.createdAt,
  };
}
