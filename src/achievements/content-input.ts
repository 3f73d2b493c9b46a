import type { AchievementId } from '../kernel/index.js';
import {
  listsSuspension,
  type AchievementContent,
  type Alignment,
  type Assessment,
  type EvidenceRequirement,
  type StatusEntries,
} from './achievement.js';
import type { Criterion, DecisionRule } from './rubric.js';

/** An achievement's content as an author sends it: what has a plain default may be left out. */
export interface ContentInput {
  readonly name: string;
  readonly description?: string;
  readonly achievementType?: string;
  readonly criteria?: string;
  readonly language?: string;
  readonly tags?: readonly string[];
  readonly alignments?: readonly AlignmentInput[];
  readonly creditHours?: number;
  readonly validForMonths?: number | null;
  readonly statusEntries?: StatusEntries;
  readonly assessment: AssessmentInput;
}

export type AlignmentInput = Pick<Alignment, 'targetName' | 'targetUrl' | 'targetFramework'> &
  Partial<Pick<Alignment, 'targetCode' | 'targetDescription'>>;

export type AssessmentInput =
  | {
      readonly by: 'review';
      readonly rubric: { readonly criteria: readonly CriterionInput[]; readonly rule?: DecisionRule };
      readonly requirements: readonly RequirementInput[];
    }
  | { readonly by: 'outside'; readonly how: string }
  | { readonly by: 'components'; readonly components: readonly AchievementId[] };

export interface CriterionInput {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly levels: readonly { readonly id?: string; readonly name: string; readonly descriptor: string }[];
  readonly requiredLevel: string;
}

export type RequirementInput = Pick<EvidenceRequirement, 'id' | 'kind' | 'name' | 'genre' | 'min' | 'max'> &
  Partial<Pick<EvidenceRequirement, 'description' | 'mediaTypes' | 'needsConsent' | 'serves'>>;

/**
 * The content with every member: level ids follow from criterion and position where none was given, the decision rule
 * is conjunctive, the language is the district's. Text is trimmed; nothing is judged here.
 */
export function contentFrom(input: ContentInput, language: string): AchievementContent {
  return {
    name: input.name.trim(),
    description: (input.description ?? '').trim(),
    achievementType:
      input.achievementType ?? (input.assessment.by === 'components' ? 'Certification' : 'MicroCredential'),
    criteria: (input.criteria ?? '').trim(),
    language: input.language ?? language,
    tags: (input.tags ?? []).map((tag) => tag.trim()),
    alignments: (input.alignments ?? []).map((alignment) => ({
      targetName: alignment.targetName.trim(),
      targetUrl: alignment.targetUrl,
      targetFramework: alignment.targetFramework.trim(),
      targetCode: alignment.targetCode?.trim() || null,
      targetDescription: alignment.targetDescription?.trim() || null,
    })),
    // Minus nought is nought: it would be signed as it, and shown otherwise.
    creditHours: (input.creditHours ?? 0) + 0,
    validForMonths: input.validForMonths ?? null,
    // Left out where it is the usual, so that what was hashed before there was a choice hashes the same.
    ...(listsSuspension(input) ? { statusEntries: 'revocation-and-suspension' as const } : {}),
    assessment: assessmentFrom(input.assessment),
  };
}

function assessmentFrom(input: AssessmentInput): Assessment {
  switch (input.by) {
    case 'review':
      return {
        by: 'review',
        rubric: {
          criteria: input.rubric.criteria.map(criterionFrom),
          rule: input.rubric.rule ?? { kind: 'conjunctive' },
        },
        requirements: input.requirements.map((requirement) => ({
          id: requirement.id,
          kind: requirement.kind,
          name: requirement.name.trim(),
          description: (requirement.description ?? '').trim(),
          genre: requirement.genre.trim(),
          mediaTypes: [...(requirement.mediaTypes ?? [])],
          min: requirement.min,
          max: requirement.max,
          needsConsent: requirement.needsConsent ?? false,
          // Left out where nothing is said, so that what was hashed before it could be hashes the same.
          ...((requirement.serves ?? []).length > 0 ? { serves: [...requirement.serves!] } : {}),
        })),
      };
    case 'outside':
      return { by: 'outside', how: input.how.trim() };
    case 'components':
      return { by: 'components', components: [...input.components] };
  }
}

function criterionFrom(input: CriterionInput): Criterion {
  return {
    id: input.id,
    name: input.name.trim(),
    description: (input.description ?? '').trim(),
    levels: input.levels.map((level, index) => ({
      id: level.id ?? levelId(input.id, index + 1),
      name: level.name.trim(),
      descriptor: level.descriptor.trim(),
    })),
    requiredLevel: input.requiredLevel,
  };
}

/** The id of a criterion's level: `{criterion}-{number}`, 1 for the lowest. */
export function levelId(criterion: string, number: number): string {
  return `${criterion}-${number}`;
}
