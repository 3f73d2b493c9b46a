import type { Artefact } from '../evidence/index.js';
import type { FieldError } from '../kernel/index.js';
import type { ExemplarItem, ExemplarPointer } from './exemplar.js';

/** A piece of evidence as it is given for an exemplar: either a text, or an artefact by its id. */
export interface NewItem {
  readonly id: string;
  readonly name: string;
  readonly text?: string;
  readonly artefact?: string;
}

/** The most seconds that a pointer can name: a day. */
const mostSeconds = 86_400;

/**
 * The items of an exemplar, with what is wrong with them.
 * @param artefacts those that the items may name.
 */
export function itemsFrom(
  given: readonly NewItem[],
  artefacts: readonly Artefact[],
): { readonly items: readonly ExemplarItem[]; readonly faults: readonly FieldError[] } {
  const faults: FieldError[] = [];
  const fault = (pointer: string, detail: string) => void faults.push({ pointer, detail });
  if (given.length === 0) fault('/items', 'must hold at least one piece of evidence');
  const items = given.map((item, index): ExemplarItem => {
    const at = `/items/${index}`;
    const { id, name } = item;
    if (given.findIndex((other) => other.id === id) !== index)
      fault(`${at}/id`, `"${id}" names an earlier item; ids are unique in an exemplar`);
    if ((item.text === undefined) === (item.artefact === undefined))
      fault(at, 'must have either text or artefact: an item is one or the other');
    if (item.artefact === undefined) {
      if (item.text?.trim() === '') fault(`${at}/text`, 'must not be empty');
      return { id, name, text: item.text ?? '', file: null };
    }
    const artefact = artefacts.find((one) => one.id === item.artefact);
    if (artefact === undefined)
      fault(
        `${at}/artefact`,
        'must be the id of a file that you uploaded for exemplars, or of the work’s own',
      );
    else if (artefact.erasedAt !== null) fault(`${at}/artefact`, 'was erased; upload another file');
    const { id: file, mediaType, size } = artefact ?? { id: item.artefact as never, mediaType: '', size: 0 };
    return { id, name, text: null, file: { artefact: file, mediaType, size } };
  });
  return { items, faults };
}

/** What is wrong with a place in an exemplar's evidence. */
export function pointerFaults(
  items: readonly ExemplarItem[],
  { item: id, page, second }: ExemplarPointer,
  at: string,
): readonly FieldError[] {
  const item = items.find((one) => one.id === id);
  if (item === undefined) {
    const own = items.map((one) => one.id).join(', ');
    return [{ pointer: `${at}/item`, detail: `must name an item of this exemplar: ${own}` }];
  }
  const mediaType = item.file?.mediaType ?? 'text';
  const faults: FieldError[] = [];
  if (page !== undefined && page !== null) {
    if (mediaType !== 'application/pdf')
      faults.push({ pointer: `${at}/page`, detail: `must be left out: "${item.name}" has no pages` });
    else if (!Number.isInteger(page) || page < 1)
      faults.push({ pointer: `${at}/page`, detail: 'must be a whole number from 1' });
  }
  if (second !== undefined && second !== null) {
    if (!mediaType.startsWith('video/'))
      faults.push({ pointer: `${at}/second`, detail: `must be left out: "${item.name}" is no video` });
    else if (!(second >= 0 && second <= mostSeconds))
      faults.push({ pointer: `${at}/second`, detail: `must be from 0 to ${mostSeconds}` });
  }
  return faults;
}
