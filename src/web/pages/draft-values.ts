import type { DraftForm } from './draft-form.js';

/** The values of a draft's form by field name: what the fields show. */
export function valuesOfDraft(draft: DraftForm): { readonly [name: string]: unknown } {
  const values: Record<string, unknown> = {
    name: draft.name,
    description: draft.description,
    achievementType: draft.achievementType,
    criteria: draft.criteria,
    language: draft.language,
    tags: draft.tags,
    creditHours: draft.creditHours,
    validForMonths: draft.validForMonths,
    statusEntries: draft.statusEntries,
    'assessment/by': draft.by,
    'assessment/how': draft.how,
    'assessment/components': draft.components,
    'assessment/rubric/rule/kind': draft.rule.kind,
    'assessment/rubric/rule/allowances': draft.rule.allowances,
    'assessment/rubric/rule/cut': draft.rule.cut,
  };
  const put = (at: string, item: object) => {
    for (const [member, value] of Object.entries(item)) values[`${at}/${member}`] = value;
  };
  draft.alignments.forEach((alignment, index) => put(`alignments/${index}`, alignment));
  draft.requirements.forEach((requirement, index) => put(`assessment/requirements/${index}`, requirement));
  draft.rubric.forEach(({ levels, required, ...criterion }, index) => {
    const at = `assessment/rubric/criteria/${index}`;
    put(at, { ...criterion, requiredLevel: required });
    levels.forEach((level, number) => put(`${at}/levels/${number}`, level));
  });
  return values;
}
