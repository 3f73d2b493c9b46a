import type { Rubric } from '../achievements/index.js';
import type { QualificationPolicy } from './policy/index.js';

/** The shape of a qualifying form: how many exemplars, and what it can be extended by. */
export interface FormShape {
  readonly form: number;
  readonly extension: number;
  readonly extensions: number;
}

/**
 * The form that a rubric needs by the policy. With fewer than three criteria, or two levels on every one of them, an
 * exemplar says so little that the whole form is rated at once (calibration.md, 2.3).
 */
export function formOf(rubric: Pick<Rubric, 'criteria'>, policy: QualificationPolicy): FormShape {
  return isSmall(rubric)
    ? { form: policy.smallRubricForm, extension: 0, extensions: 0 }
    : { form: policy.form, extension: policy.extension, extensions: policy.extensions };
}

/** Whether a rubric has fewer than three criteria, or no criterion with more than two levels. */
export function isSmall({ criteria }: Pick<Rubric, 'criteria'>): boolean {
  return criteria.length < 3 || criteria.every(({ levels }) => levels.length <= 2);
}

/** How many exemplars a form and all its extensions take. */
export function wholeForm({ form, extension, extensions }: FormShape): number {
  return form + extension * extensions;
}
