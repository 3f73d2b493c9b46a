import type { EvidenceRequirement } from '../../achievements/index.js';
import {
  findMediaType,
  maxUploadBytes,
  recordConsent,
  uploadArtefact,
  type NewConsent,
} from '../../evidence/index.js';
import { AppError, ruleViolated, type FieldError } from '../../kernel/index.js';
import {
  answerRequirement,
  submitSubmission,
  withoutConsent,
  type NewAnswer,
} from '../../submissions/index.js';
import { startOfDay, dayIn } from '../day-in-zone.js';
import { fieldsOfForm, listOf, textOf } from '../form-reply.js';
import { etagOf } from '../respond.js';
import type { Principal, RouteRequest, UploadedFile } from '../route.js';
import { formValidator } from '../validate-form.js';
import { isEditable, readWork, textIn, type TeacherRooms, type Work } from './teacher-work.js';
import { sizeName, typeName } from './teacher-words.js';

const checkAnswer = formValidator<Pick<NewAnswer, 'artefacts' | 'text'>>('answer-requirement');
const checkConsent = formValidator<Omit<NewConsent, 'submission' | 'use'>>('record-consent');

/** What came of saving the form of a draft. */
export interface Saved {
  readonly submitted: boolean;
  readonly errors: readonly FieldError[];
  /** The code of the first failure. */
  readonly code: AppError['code'] | undefined;
  /** Whether a consent was recorded: its words are then not in the form any more. */
  readonly consented: boolean;
}

interface Faults {
  readonly errors: FieldError[];
  code: AppError['code'] | undefined;
}

/**
 * Keeps everything that the form of a draft holds, each part for itself, so that what is good is kept where something
 * else is at fault; then submits it, where that was asked for and nothing was.
 * @throws not-found; conflict once it is submitted; unavailable.
 */
export async function saveWork(rooms: TeacherRooms, who: Principal, request: RouteRequest): Promise<Saved> {
  const id = request.params['submission']!;
  const fields = fieldsOfForm(request.body);
  const pressed = textOf(fields, 'do');
  const faults: Faults = { errors: [], code: undefined };
  const work = await readWork(rooms, who, id);
  if (!isEditable(work.submission)) throw closed();
  // 1. Words and files, requirement by requirement.
  const added: string[] = [];
  for (const requirement of work.requirements) {
    const files = request.files.filter((file) => file.field === `answers/${requirement.id}`);
    if (requirement.kind === 'text') await saveText(rooms, who, work, requirement, fields, faults);
    else {
      const ids = await saveFiles(rooms, who, work, requirement, fields, files, pressed, faults);
      if (requirement.needsConsent) added.push(...ids);
    }
  }
  // 2. The consent, where one was written.
  const consented = await saveConsent(rooms, who, work, fields, added, faults);
  // 3. The submission.
  if (pressed !== 'submit' || faults.errors.length > 0) return { ...faults, consented, submitted: false };
  const submitted = await attempt(faults, {}, async () => {
    await submitSubmission(rooms.submissions, who.actor, id);
    return true;
  });
  if (submitted !== true) await addConsentFaults(rooms, who, id, faults);
  return { ...faults, consented, submitted: submitted === true };
}

/** What a form carries of a text as it was when the page was made, so that another window's words are not overwritten. */
export function markOf(text: string): string {
  return etagOf(text).replaceAll('"', '');
}

/** Browsers send line ends as CRLF, whatever was typed. */
export function plainLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

async function saveText(
  rooms: TeacherRooms,
  who: Principal,
  work: Work,
  requirement: EvidenceRequirement,
  fields: { readonly [name: string]: unknown },
  faults: Faults,
): Promise<void> {
  const name = `answers/${requirement.id}`;
  const sent = fields[name];
  if (typeof sent !== 'string') return;
  const text = plainLines(sent);
  const saved = textIn(work.submission, requirement.id);
  const seen = textOf(fields, `seen/${requirement.id}`);
  // Not touched here, or saved already.
  if (text === saved || seen === markOf(text)) return;
  await attempt(faults, { '/text': `/${name}` }, async () => {
    if (seen !== markOf(saved)) throw savedElsewhere(`/${name}`);
    await answerRequirement(rooms.submissions, who.actor, {
      ...checkAnswer({ text }),
      submission: work.submission.id,
      requirement: requirement.id,
      unchanged: (current) => {
        if (textIn(current, requirement.id) !== saved) throw savedElsewhere(`/${name}`);
      },
    });
  });
}

/** Gives back the ids of the files that the form added. */
async function saveFiles(
  rooms: TeacherRooms,
  who: Principal,
  work: Work,
  requirement: EvidenceRequirement,
  fields: { readonly [name: string]: unknown },
  files: readonly UploadedFile[],
  pressed: string,
  faults: Faults,
): Promise<string[]> {
  const pointer = `/answers/${requirement.id}`;
  const answer = work.submission.answers[requirement.id];
  const before: readonly string[] = answer?.kind === 'file' ? answer.artefacts : [];
  const added = listOf(fields, `pick/${requirement.id}`);
  for (const file of files) {
    const artefact = await attempt(
      faults,
      { '': pointer },
      () => keep(rooms, who, requirement, file),
      file.name,
    );
    if (artefact !== undefined) added.push(artefact);
  }
  const removed = before.filter((artefact) => pressed === `remove ${requirement.id} ${artefact}`);
  // Where one file is asked for, a new one takes the place of the one before.
  const kept = requirement.max === 1 && added.length > 0 ? [] : before.filter((id) => !removed.includes(id));
  const artefacts = [...new Set([...kept, ...added])];
  if (artefacts.join() === before.join()) return added;
  await attempt(faults, { '': pointer }, () =>
    answerRequirement(rooms.submissions, who.actor, {
      ...checkAnswer({ artefacts }),
      submission: work.submission.id,
      requirement: requirement.id,
    }),
  );
  return added;
}

/** Keeps one uploaded file, once its content is of a type that the requirement takes. */
async function keep(
  rooms: TeacherRooms,
  who: Principal,
  requirement: EvidenceRequirement,
  file: UploadedFile,
): Promise<string> {
  if (file.tooLarge === true) {
    const detail = `is larger than is taken: at most ${sizeName(maxUploadBytes)} each, and ${sizeName(3 * maxUploadBytes)} at once`;
    throw new AppError('too-large', `The file ${detail}.`, { errors: [{ pointer: '/file', detail }] });
  }
  if (file.bytes.length > 0) {
    const mediaType = await findMediaType(file.bytes, file.mediaType, file.name);
    if (!requirement.mediaTypes.includes(mediaType)) {
      const detail = `is a ${typeName(mediaType)}; taken here is ${requirement.mediaTypes.map(typeName).join(' or ')}`;
      throw new AppError('unsupported-media-type', `The file ${detail}.`, {
        errors: [{ pointer: '/file', detail }],
      });
    }
  }
  return (await uploadArtefact(rooms.evidence, who.actor, file)).artefact.id;
}

async function saveConsent(
  rooms: TeacherRooms,
  who: Principal,
  work: Work,
  fields: { readonly [name: string]: unknown },
  added: readonly string[],
  faults: Faults,
): Promise<boolean> {
  const statement = textOf(fields, 'consent/statement');
  if (statement === '') return false;
  const { timeZone } = who.district;
  const recorded = await attempt(faults, { '': '/consent' }, async () => {
    const chosen = listOf(fields, 'consent/artefacts');
    const artefacts = chosen.flatMap((id) => (id === 'new' ? added : [id]));
    if (artefacts.length === 0) {
      throw ruleViolated(
        '/artefacts',
        'must name at least one file: choose those that the permission is for',
      );
    }
    const from = textOf(fields, 'consent/from');
    const to = textOf(fields, 'consent/to');
    const body = {
      artefacts: [...new Set(artefacts)],
      statement,
      ...(from === '' || from === dayIn(work.now, timeZone)
        ? {}
        : { from: startOfDay(from, timeZone, '/from') }),
      // The last day is one on which the permission still holds.
      ...(to === '' ? {} : { to: startOfDay(to, timeZone, '/to', 1) }),
    };
    return recordConsent(rooms.evidence, who.actor, {
      ...checkConsent(body),
      use: 'review',
      submission: work.submission.id,
    });
  });
  return recorded !== undefined;
}

/** Marks the consents too, where the check found that files lack one: that is where it is mended. */
async function addConsentFaults(
  rooms: TeacherRooms,
  who: Principal,
  id: string,
  faults: Faults,
): Promise<void> {
  const { submission, version, consents, now } = await readWork(rooms, who, id);
  const lacking = withoutConsent(submission, version, consents, now).map(({ artefact }) => artefact);
  if (lacking.length === 0) return;
  const detail = `must cover ${[...new Set(lacking)].join(', ')} before review`;
  faults.errors.push({ pointer: '/consent/artefacts', detail });
}

/**
 * Does one part of the saving. A refusal that other words can mend is noted with its pointer as the form has it:
 * `at` gives the place of pointers that begin so. Undefined then.
 */
async function attempt<T>(
  faults: Faults,
  at: { readonly [begin: string]: string },
  part: () => Promise<T>,
  fileName?: string,
): Promise<T | undefined> {
  try {
    return await part();
  } catch (error) {
    const isWhole = !(error instanceof AppError) || error.errors.length === 0 || error.code === 'unavailable';
    if (isWhole) throw error;
    faults.code ??= error.code;
    for (const { pointer, detail } of error.errors) {
      const begin = Object.keys(at).find((each) => pointer.startsWith(each));
      const place = begin === undefined ? pointer : placed(at[begin]!, pointer.slice(begin.length));
      faults.errors.push({
        pointer: place,
        detail: fileName === undefined ? detail : `“${fileName}” ${detail}`,
      });
    }
    return undefined;
  }
}

/** Files are named by their requirement alone; the parts of a consent keep their names. */
function placed(place: string, rest: string): string {
  return place === '/consent' ? `${place}/${rest.split('/')[1] ?? ''}` : place;
}

function savedElsewhere(pointer: string): AppError {
  const detail =
    'was saved from another window since this page was opened. Both texts are below: put together what you want to keep, and save again';
  return new AppError('precondition-failed', `The text ${detail}.`, { errors: [{ pointer, detail }] });
}

function closed(): AppError {
  return new AppError(
    'conflict',
    'It was handed in or withdrawn since this page was opened, so it cannot be changed any more. Nothing of what you sent was saved.',
  );
}
