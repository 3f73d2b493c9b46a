import { levelId } from '../../achievements/index.js';
import type { DraftCriterion, DraftForm, DraftRequirement } from './draft-form.js';

/** Anything of JSON: the request schema of the API judges it. */
export type Body = { readonly [member: string]: unknown };

/**
 * The form as the body that the API takes; rows in which nothing was typed are left out, so the form that is shown
 * with the errors is `withoutBlankRows` of it: then pointers and fields agree.
 */
export function contentOf(form: DraftForm): Body {
  return {
    name: form.name.trim(),
    description: form.description,
    criteria: form.criteria,
    ...(form.achievementType.trim() === '' ? {} : { achievementType: form.achievementType.trim() }),
    ...(form.language.trim() === '' ? {} : { language: form.language.trim() }),
    tags: form.tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    alignments: form.alignments.map((alignment) => ({
      ...alignment,
      targetUrl: alignment.targetUrl.trim(),
      targetCode: alignment.targetCode.trim() || null,
      targetDescription: alignment.targetDescription.trim() || null,
    })),
    creditHours: numberOf(form.creditHours || '0'),
    validForMonths: form.validForMonths.trim() === '' ? null : numberOf(form.validForMonths),
    ...(form.statusEntries === 'revocation' ? {} : { statusEntries: form.statusEntries }),
    assessment: assessmentOf(form),
  };
}

function assessmentOf(form: DraftForm): Body {
  switch (form.by) {
    case 'outside':
      return { by: 'outside', how: form.how };
    case 'components':
      return { by: 'components', components: form.components };
    default:
      return {
        by: 'review',
        rubric: {
          criteria: form.rubric.map((criterion) => ({
            id: criterion.id,
            name: criterion.name.trim(),
            description: criterion.description,
            levels: criterion.levels.map((level) => ({
              name: level.name.trim(),
              descriptor: level.descriptor,
            })),
            requiredLevel: levelId(criterion.id, Number(criterion.required) || 1),
          })),
          rule: ruleOf(form),
        },
        requirements: form.requirements.map((requirement) =>
          requirementOf(
            requirement,
            form.rubric.map(({ id }) => id),
          ),
        ),
      };
  }
}

function ruleOf(form: DraftForm): Body {
  const { kind, allowances, cut } = form.rule;
  switch (kind) {
    case 'conjunctive-with-allowances':
      return { kind, allowances: numberOf(allowances || '0') };
    case 'compensatory':
      return {
        kind,
        cut: numberOf(cut),
        floors: Object.fromEntries(
          form.rubric
            .filter((criterion) => criterion.floor !== '')
            .map((criterion) => [criterion.id, levelId(criterion.id, Number(criterion.floor))]),
        ),
      };
    default:
      return { kind: 'conjunctive' };
  }
}

function requirementOf(requirement: DraftRequirement, criteria: readonly string[]): Body {
  const isFile = requirement.kind !== 'text';
  // A criterion that was taken out of the rubric is shown by nothing.
  const serves = requirement.serves.filter((id) => criteria.includes(id));
  return {
    id: requirement.id,
    kind: isFile ? 'file' : 'text',
    name: requirement.name.trim(),
    description: requirement.description,
    genre: requirement.genre.trim() || requirement.name.trim(),
    mediaTypes: isFile ? requirement.mediaTypes : [],
    min: numberOf(requirement.min),
    max: numberOf(requirement.max),
    needsConsent: isFile && requirement.needsConsent === 'yes',
    ...(serves.length === 0 ? {} : { serves }),
  };
}

/** A number, or the text itself where it is none: the schema says so at the right field. */
function numberOf(text: string): number | string {
  const trimmed = text.trim();
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
}

/** The form without rows in which nothing was typed, and with an id for every criterion and requirement. */
export function withoutBlankRows(form: DraftForm): DraftForm {
  const typed = (...texts: string[]) => texts.some((text) => text.trim() !== '');
  const rubric = form.rubric
    .filter((criterion) =>
      typed(criterion.name, criterion.description, ...criterion.levels.map((level) => level.descriptor)),
    )
    .map((criterion) => ({
      ...criterion,
      levels: criterion.levels.filter((level) => typed(level.name, level.descriptor)),
    }));
  const requirements = form.requirements.filter((requirement) =>
    typed(requirement.name, requirement.description),
  );
  return {
    ...form,
    alignments: form.alignments.filter((alignment) =>
      typed(alignment.targetName, alignment.targetUrl, alignment.targetFramework, alignment.targetCode),
    ),
    rubric: withIds<DraftCriterion>(rubric, 'criterion'),
    requirements: withIds<DraftRequirement>(requirements, 'evidence'),
  };
}

/** Gives an id to each that has none, from its name; ids once given stay, for credentials name them. */
function withIds<T extends { readonly id: string; readonly name: string }>(
  list: readonly T[],
  fallback: string,
): readonly T[] {
  const taken = new Set(list.map((item) => item.id).filter(Boolean));
  return list.map((item) => {
    if (item.id !== '') return item;
    const stem = slugOf(item.name) || fallback;
    let id = stem;
    for (let count = 2; taken.has(id); count += 1) id = `${stem.slice(0, 36)}-${count}`;
    taken.add(id);
    return { ...item, id };
  });
}

/** Lower-case letters, digits and inner hyphens of a name, at most 40; '' where it has none. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}
