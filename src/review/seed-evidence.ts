import { createHash } from 'node:crypto';
import type { EvidenceRequirement } from '../achievements/index.js';
import { openItem, type Exemplar, type ExemplarItem } from '../calibration/index.js';
import type { OpenedArtefact } from '../evidence/index.js';
import { found, newId, type ArtefactId } from '../kernel/index.js';
import type { BlindItem } from '../submissions/index.js';
import type { SeedAssignment } from './rating.js';
import type { ReviewPorts } from './store.js';

/** One piece of an exemplar in the place that it takes in a submission. */
interface Placed {
  readonly item: ExemplarItem;
  readonly requirement: EvidenceRequirement;
  /** `text` for an answer in words, else the media type of its file. */
  readonly form: string;
}

/**
 * Where each item of an exemplar would stand in a submission of the version: an item's id names its requirement, with
 * `-2`, `-3` … for further files of it. A text is an answer in words where the requirement asks for one, and a plain text
 * file where it asks for files and takes such. Undefined when it could be no submission: an item belongs nowhere, a
 * required answer is missing, or a file is of a type that is not taken.
 */
export function placed(
  { items }: Pick<Exemplar, 'items'>,
  requirements: readonly EvidenceRequirement[],
): readonly Placed[] | undefined {
  const places = items.map((item): Placed | undefined => {
    const requirement = requirements.find(({ id }) => belongsTo(item.id, id));
    if (requirement === undefined) return undefined;
    if (requirement.kind === 'text')
      return item.file === null ? { item, requirement, form: 'text' } : undefined;
    const form = item.file?.mediaType ?? 'text/plain';
    return requirement.mediaTypes.includes(form) ? { item, requirement, form } : undefined;
  });
  const all = places.filter((place): place is Placed => place !== undefined);
  const complete = requirements.every(({ id, kind, min, max }) => {
    const count = all.filter(({ requirement }) => requirement.id === id).length;
    // The least of a text is in words, of files in files.
    return kind === 'text' ? (min === 0 || count === 1) && count <= 1 : count >= min && count <= max;
  });
  return all.length === items.length && complete ? all : undefined;
}

function belongsTo(item: string, requirement: string): boolean {
  return item === requirement || new RegExp(`^${requirement}-[2-9]$`).test(item);
}

/** The forms of a piece of work, one `requirement:form` for each answer or file: what tells kinds of work apart at a glance. */
export function formsOf(places: readonly Placed[]): readonly string[] {
  return places.map(({ requirement, form }) => `${requirement.id}:${form}`);
}

/** New ids for the files of an exemplar, as its next reviewer will see them. */
export function newFiles(
  ports: Pick<ReviewPorts, 'randomness'>,
  places: readonly Placed[],
): SeedAssignment['files'] {
  return Object.fromEntries(
    places.flatMap(({ item, form }) =>
      form === 'text' ? [] : [[item.id, newId(ports.randomness, 'art')] as const],
    ),
  );
}

/** An exemplar as its reviewer sees it: the evidence of a submission, in the order of the requirements. */
export function seedEvidence(
  exemplar: Exemplar,
  requirements: readonly EvidenceRequirement[],
  files: SeedAssignment['files'],
): readonly BlindItem[] {
  const places = placed(exemplar, requirements) ?? [];
  return requirements.flatMap(({ id, name, description, genre, kind }): readonly BlindItem[] => {
    const here = places.filter(({ requirement }) => requirement.id === id);
    if (here.length === 0) return [];
    return [
      {
        requirement: id,
        ...{ name, description, genre, kind },
        text: kind === 'text' ? here.map(({ item }) => item.text ?? '').join('\n\n') : null,
        files:
          kind === 'text' ? [] : here.map(({ item, form }) => ({ ...fileOf(item, files), mediaType: form })),
      },
    ];
  });
}

function fileOf(item: ExemplarItem, files: SeedAssignment['files']) {
  const artefact = files[item.id];
  if (artefact === undefined) throw new Error(`item ${item.id} of a seed has no id as a file`);
  return { artefact, size: item.file?.size ?? Buffer.byteLength(item.text ?? '') };
}

/**
 * A seed's file by the id under which it is shown: its SHA-256 in hex, and its bytes or those of a range.
 * @throws not-found when it has none such, or the consent that it rests on has ended.
 */
export async function seedFile(
  ports: Pick<ReviewPorts, 'calibration'>,
  exemplar: Exemplar,
  files: SeedAssignment['files'],
  artefact: string,
): Promise<{ readonly sha256: string; readonly read: OpenedArtefact['read'] }> {
  const item = found(
    exemplar.items.find(({ id }) => files[id] === (artefact as ArtefactId)),
    'artefact',
  );
  if (item.file !== null) {
    const opened = await openItem(ports.calibration, exemplar, item.id);
    return { sha256: opened.artefact.sha256 ?? opened.artefact.id, read: opened.read };
  }
  const bytes = Buffer.from(found(item.text ?? undefined, 'artefact'));
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: async (range = { start: 0, end: bytes.length - 1 }) => bytes.subarray(range.start, range.end + 1),
  };
}
