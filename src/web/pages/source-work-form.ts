import {
  createExemplarFromWork,
  deIdentificationChecks,
  type DeIdentificationCheck,
  type Exemplar,
  type NewExemplarFromWork,
  type SourceWork,
  type WorkItem,
} from '../../calibration/index.js';
import { uploadArtefact } from '../../evidence/index.js';
import { AppError } from '../../kernel/index.js';
import { listOf, textOf } from '../form-reply.js';
import { principalOf, type RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { formValidator } from '../validate-form.js';

/** One piece of the work as the form asks about it: a text, or one file. */
export interface Piece {
  /** The item's id in the exemplar: its requirement, with `-2`, `-3` … for further files of it. */
  readonly id: string;
  readonly name: string;
  readonly text: string | null;
  readonly file: {
    readonly artefact: string;
    readonly mediaType: string;
    readonly size: number;
    readonly allowed: boolean;
  } | null;
}

/** The pieces of the work in its order. */
export function piecesOf({ items, allowed }: SourceWork): readonly Piece[] {
  return items.flatMap(({ requirement, name, text, files }): readonly Piece[] =>
    text !== null
      ? [{ id: requirement, name, text, file: null }]
      : files.map((file, index) => ({
          id: index === 0 ? requirement : `${requirement}-${index + 1}`,
          name: files.length === 1 ? name : `${name} ${index + 1}`,
          text: null,
          file: { ...file, allowed: allowed.has(file.artefact) },
        })),
  );
}

/** What is done with a file of the work. */
export const fileUses = ['leave-out', 'as-it-is', 'replace', 'words'] as const;
export type FileUse = (typeof fileUses)[number];

const check = formValidator<NewExemplarFromWork>('create-exemplar-from-work');

/** What is to be confirmed, in order. */
export const checkNames = Object.keys(deIdentificationChecks) as DeIdentificationCheck[];

/**
 * Makes the exemplar that the form says, after keeping the files that came with it. Faults point at the form's fields.
 * @throws what `createExemplarFromWork` and `uploadArtefact` do.
 */
export async function makeFromForm(
  { calibration, evidence }: Pick<Rooms, 'calibration' | 'evidence'>,
  request: RouteRequest,
  work: SourceWork,
  fields: { readonly [name: string]: unknown },
): Promise<Exemplar> {
  const { actor } = principalOf(request);
  const pieces = piecesOf(work);
  const items: WorkItem[] = [];
  /** The field of the form that each item comes from. */
  const at: string[] = [];
  for (const { id, name, text, file } of pieces) {
    if (text !== null) {
      const redacted = textOf(fields, `text/${id}`).replaceAll('\r\n', '\n');
      if (redacted === '') continue;
      at.push(`text/${id}`);
      items.push({ id, name, text: redacted });
      continue;
    }
    const use = textOf(fields, `use/${id}`);
    if (file === null || use === 'leave-out' || use === '') continue;
    if (use === 'as-it-is') {
      at.push(`use/${id}`);
      items.push({ id, name, artefact: file.artefact });
    } else if (use === 'words') {
      at.push(`words/${id}`);
      const words = textOf(fields, `words/${id}`).replaceAll('\r\n', '\n');
      items.push({ id, name, text: words, replaces: file.artefact });
    } else {
      at.push(`file/${id}`);
      const sent = request.files.find(({ field, bytes }) => field === `file/${id}` && bytes.length > 0);
      if (sent === undefined) {
        const detail = 'must be chosen: the file that stands in place of the teacher’s';
        throw new AppError('rule-violated', `/file/${id} ${detail}.`, {
          errors: [{ pointer: `/file/${id}`, detail }],
        });
      }
      const { artefact } = await keep(() => uploadArtefact(evidence, actor, sent), `/file/${id}`);
      items.push({ id, name, artefact: artefact.id, replaces: file.artefact });
    }
  }
  const confirmed = listOf(fields, 'checks');
  const wanted = textOf(fields, 'expertsWanted');
  const input = {
    title: textOf(fields, 'title'),
    pool: textOf(fields, 'pool'),
    items,
    expertsWanted: Number(wanted === '' ? 3 : wanted),
    checks: Object.fromEntries(checkNames.map((name) => [name, confirmed.includes(name)])),
  };
  try {
    return await createExemplarFromWork(calibration, actor, work.submission, check(input));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const errors = error.errors.map(({ pointer, detail }) => ({ pointer: fieldOf(pointer, at), detail }));
    throw new AppError(error.code, error.message, { errors, cause: error });
  }
}

/** The field that a fault of the API's body is about. */
function fieldOf(pointer: string, at: readonly string[]): string {
  const index = /^\/items\/(\d+)/.exec(pointer)?.[1];
  const field = index === undefined ? undefined : at[Number(index)];
  if (field !== undefined) return `/${field}`;
  return pointer.startsWith('/checks/') ? '/checks' : pointer;
}

async function keep<T>(upload: () => Promise<T>, field: string): Promise<T> {
  try {
    return await upload();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const errors = error.errors.map(({ detail }) => ({ pointer: field, detail }));
    throw new AppError(error.code, error.message, { errors, cause: error });
  }
}
