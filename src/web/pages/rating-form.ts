import type { Rubric } from '../../achievements/index.js';
import { throwFaults } from '../../calibration/index.js';
import type { ArtefactId, FieldError } from '../../kernel/index.js';
import { maxWords, type CriterionRating, type Pointer, type RatingDraft } from '../../review/index.js';
import { textOf } from '../form-reply.js';

/** What stands in the fields of the rating form, by field name. */
export type Typed = { readonly [name: string]: string };

type Criteria = RatingDraft['criteria'];
type Fields = { readonly [name: string]: unknown };

const parts = ['requirement', 'page', 'second', 'note'] as const;

/** The field of a criterion's pointer: `criteria/clear-goals/pointers/0/page`. */
export function pointerField(criterion: string, row: number, part: (typeof parts)[number]): string {
  return `criteria/${criterion}/pointers/${row}/${part}`;
}

/** How many pointers of a criterion the form shows. */
export function rowsOf(values: Fields, criterion: string): number {
  let rows = 0;
  while (rows < 50 && pointerField(criterion, rows, 'requirement') in values) rows += 1;
  return rows;
}

/** What is written so far, as fields of the form; at least one pointer is asked for of each criterion. */
export function typedOf(rubric: Rubric, criteria: Criteria): Typed {
  const typed: Record<string, string> = {};
  for (const { id } of rubric.criteria) {
    const { level, feedback, pointers = [] } = criteria[id] ?? {};
    typed[`criteria/${id}/level`] = level ?? '';
    typed[`criteria/${id}/feedback`] = feedback ?? '';
    const rows = pointers.map(rowOf);
    fillRows(typed, id, rows.length === 0 ? [emptyRow] : rows);
  }
  return typed;
}

type Row = { readonly [part in (typeof parts)[number]]: string };

const emptyRow: Row = { requirement: '', page: '', second: '', note: '' };

function rowOf({ requirement, artefact, page, second, note }: Pointer): Row {
  return {
    requirement: artefact === null ? requirement : `${requirement}:${artefact}`,
    page: page === null ? '' : String(page),
    second: second === null ? '' : timeWord(second),
    note: note ?? '',
  };
}

function fillRows(typed: Record<string, string>, criterion: string, rows: readonly Row[]): void {
  rows.forEach((row, index) => {
    for (const part of parts) typed[pointerField(criterion, index, part)] = row[part];
  });
}

/** `1:23` for 83 seconds, `1:02:03` beyond an hour. */
export function timeWord(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/**
 * What was typed, field by field. `add` names the criterion that gets one more pointer, `remove` the pointer
 * (`criterion/row`) that goes; with neither, pointers in which nothing was typed go.
 */
export function typedFrom(
  rubric: Rubric,
  fields: Fields,
  change: { readonly add?: string; readonly remove?: string } = {},
): Typed {
  const typed: Record<string, string> = {};
  const keeps = change.add !== undefined || change.remove !== undefined;
  for (const { id } of rubric.criteria) {
    typed[`criteria/${id}/level`] = textOf(fields, `criteria/${id}/level`);
    typed[`criteria/${id}/feedback`] = wordsOf(fields, `criteria/${id}/feedback`);
    const rows = Array.from({ length: rowsOf(fields, id) }, (_, row) => ({
      requirement: textOf(fields, pointerField(id, row, 'requirement')),
      page: textOf(fields, pointerField(id, row, 'page')),
      second: textOf(fields, pointerField(id, row, 'second')),
      note: wordsOf(fields, pointerField(id, row, 'note')),
    }));
    const kept = rows.filter((row, index) =>
      keeps ? change.remove !== `${id}/${index}` : Object.values(row).some((value) => value !== ''),
    );
    if (change.add === id && kept.length < 50) kept.push(emptyRow);
    fillRows(typed, id, kept.length === 0 ? [emptyRow] : kept);
  }
  return typed;
}

/** A text as it is kept: browsers send line ends as CR LF. */
function wordsOf(fields: Fields, name: string): string {
  return textOf(fields, name).replaceAll('\r\n', '\n');
}

/**
 * The rating that the fields say, as far as they are filled.
 * @throws rule-violated naming each page that is no number, each time that is no time, and each text that is too long.
 */
export function criteriaFrom(rubric: Rubric, typed: Typed): Criteria {
  const faults: FieldError[] = [];
  const words = (name: string) => {
    const text = typed[name] ?? '';
    if (text.length > maxWords)
      faults.push({
        pointer: `/${name}`,
        detail: `has ${text.length} characters; at most ${maxWords} are kept`,
      });
    return text;
  };
  const entries = rubric.criteria.flatMap(({ id }): [string, Partial<CriterionRating>][] => {
    const level = typed[`criteria/${id}/level`] ?? '';
    const feedback = words(`criteria/${id}/feedback`);
    const pointers = Array.from({ length: rowsOf(typed, id) }, (_, row): Pointer | undefined => {
      const field = (part: (typeof parts)[number]) => pointerField(id, row, part);
      const value = (part: (typeof parts)[number]) => typed[field(part)] ?? '';
      if (parts.every((part) => value(part) === '')) return undefined;
      const [requirement = '', artefact = ''] = value('requirement').split(':');
      const page = /^[1-9]\d{0,4}$/.test(value('page')) ? Number(value('page')) : null;
      if (value('page') !== '' && page === null)
        faults.push({ pointer: `/${field('page')}`, detail: 'must be the number of a page: 1, 2, 3 …' });
      const second = secondsOf(value('second'));
      if (value('second') !== '' && second === null)
        faults.push({ pointer: `/${field('second')}`, detail: 'must be minutes and seconds, such as 1:23' });
      const note = words(field('note'));
      return {
        requirement,
        artefact: artefact === '' ? null : (artefact as ArtefactId),
        page,
        second,
        note: note === '' ? null : note,
      };
    }).filter((pointer) => pointer !== undefined);
    if (level === '' && feedback === '' && pointers.length === 0) return [];
    return [[id, { ...(level === '' ? {} : { level }), feedback, pointers }]];
  });
  throwFaults(faults);
  return Object.fromEntries(entries);
}

/** Seconds of `83`, `1:23` or `1:02:03`; null of anything else. */
export function secondsOf(text: string): number | null {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  const clock = text.includes(':');
  if (clock && (seconds > 59 || (match[1] !== undefined && minutes > 59))) return null;
  return hours * 3600 + minutes * 60 + seconds;
}
