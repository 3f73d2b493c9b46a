import type { Rubric } from '../achievements/index.js';
import { escapePointer, levelFaults } from '../calibration/index.js';
import type { FieldError } from '../kernel/index.js';
import type { Evidence } from './get-assignment.js';
import type { CriterionRating, CriterionRatings, Pointer } from './rating.js';

/** The longest feedback or note, in characters. */
export const maxWords = 4000;

/**
 * What keeps a rating from being committed, each by JSON Pointer: a criterion without a level of this version, without
 * feedback, or without a pointer into the evidence of this submission.
 */
export function ratingFaults(rubric: Rubric, evidence: Evidence, criteria: CriterionRatings): FieldError[] {
  const levels = Object.fromEntries(Object.entries(criteria).map(([id, { level }]) => [id, level]));
  const missing = levelFaults(rubric, levels, '/criteria').map((fault) => {
    // A level stands in its criterion's entry; a criterion that is missing or unknown is the entry's fault.
    const known = Object.hasOwn(criteria, fault.pointer.slice('/criteria/'.length));
    return known && rubric.criteria.some(({ id }) => fault.pointer === `/criteria/${id}`)
      ? { ...fault, pointer: `${fault.pointer}/level` }
      : fault;
  });
  const rest = Object.entries(criteria).flatMap(([id, rating]) =>
    criterionFaults(evidence, rating, `/criteria/${escapePointer(id)}`),
  );
  return [...missing, ...rest];
}

/** What is wrong with a draft: only what can never become right, a criterion or level that this version does not have. */
export function draftFaults(
  rubric: Rubric,
  criteria: { readonly [criterion: string]: Partial<CriterionRating> },
): FieldError[] {
  return Object.entries(criteria).flatMap(([id, { level }]) => {
    const pointer = `/criteria/${escapePointer(id)}`;
    const criterion = rubric.criteria.find((candidate) => candidate.id === id);
    if (criterion === undefined) {
      const own = rubric.criteria.map((one) => one.id).join(', ');
      return [{ pointer, detail: `is not a criterion that this work is to be rated on: ${own}` }];
    }
    if (level === undefined || criterion.levels.some((one) => one.id === level)) return [];
    const own = criterion.levels.map((one) => one.id).join(', ');
    return [
      { pointer: `${pointer}/level`, detail: `must be a level of this criterion in this version: ${own}` },
    ];
  });
}

function criterionFaults(evidence: Evidence, rating: CriterionRating, at: string): FieldError[] {
  const faults: FieldError[] = [];
  if (rating.feedback.trim() === '') {
    faults.push({
      pointer: `${at}/feedback`,
      detail: 'must say something to the teacher about this criterion',
    });
  }
  if (rating.pointers.length === 0) {
    faults.push({ pointer: `${at}/pointers`, detail: 'must point at the evidence at least once' });
  }
  rating.pointers.forEach((pointer, index) => {
    faults.push(...pointerFaults(evidence, pointer, `${at}/pointers/${index}`));
  });
  return faults;
}

/** Whether a pointer names evidence of this submission, and a page or second that its kind of file has. */
function pointerFaults(evidence: Evidence, pointer: Pointer, at: string): FieldError[] {
  const item = evidence.items.find(({ requirement }) => requirement === pointer.requirement);
  if (item === undefined) {
    const answered = evidence.items.map(({ requirement }) => requirement).join(', ');
    return [
      {
        pointer: `${at}/requirement`,
        detail: `must name a requirement that this submission answers: ${answered}`,
      },
    ];
  }
  if (item.kind === 'text') return textPointerFaults(pointer, at);
  const file = item.files.find(({ artefact }) => artefact === pointer.artefact);
  if (file === undefined) {
    const own = item.files.map(({ artefact }) => artefact).join(', ');
    return [{ pointer: `${at}/artefact`, detail: `must name a file of this requirement: ${own}` }];
  }
  const faults: FieldError[] = [];
  if (pointer.page !== null && file.mediaType !== 'application/pdf') {
    faults.push({ pointer: `${at}/page`, detail: `must be null: ${file.mediaType} has no pages` });
  }
  if (pointer.second !== null && !/^(video|audio)\//.test(file.mediaType)) {
    faults.push({ pointer: `${at}/second`, detail: `must be null: ${file.mediaType} does not run in time` });
  }
  return faults;
}

function textPointerFaults(pointer: Pointer, at: string): FieldError[] {
  return (['artefact', 'page', 'second'] as const)
    .filter((member) => pointer[member] !== null)
    .map((member) => ({
      pointer: `${at}/${member}`,
      detail: 'must be null: this requirement is answered by a text; quote the words in note',
    }));
}
