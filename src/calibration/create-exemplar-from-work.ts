import type { Artefact } from '../evidence/index.js';
import { type Actor, type ArtefactId, type FieldError, type MemberId } from '../kernel/index.js';
import type { Submission } from '../submissions/index.js';
import type { Member } from '../tenancy/index.js';
import { checkNewExemplar, keepExemplar, publishedVersion, type NewExemplar } from './create-exemplar.js';
import type { Exemplar, ExemplarSource } from './exemplar.js';
import { itemsFrom, type NewItem } from './exemplar-items.js';
import { getSourceWork } from './exemplar-source.js';
import { nameLeftIn } from './name-left.js';
import type { CalibrationPorts } from './store.js';

/** What the lead confirms of each exemplar from real work, item by item. */
export const deIdentificationChecks = {
  names: 'no name of a person, a school or a place is left, in words, in pictures or in sound',
  faces: 'nobody can be known by face or voice; classroom video was re-recorded, blurred or replaced',
  metadata: 'no file says who made it, where or when',
  context: 'nothing else in it would tell a colleague whose work it is',
} as const;
export type DeIdentificationCheck = keyof typeof deIdentificationChecks;

/** An item from real work; `replaces` names the teacher's file in whose place it stands. */
export type WorkItem = NewItem & { readonly replaces?: string };

/** What a lead gives to make an exemplar of decided work. */
export type NewExemplarFromWork = Omit<NewExemplar, 'achievementVersion' | 'items'> & {
  readonly items: readonly WorkItem[];
  readonly checks: { readonly [check in DeIdentificationCheck]: boolean };
};

/**
 * Makes an exemplar of decided work by the teacher's consent for this purpose, for experts to rate blind: texts as the
 * lead redacted them, the work's files as they are or others in their place. Video is never used as it is: a classroom
 * cannot be made unknown by cutting out names (privacy.md).
 * @throws not-found without a consent in force; rule-violated naming each item that lacks one, a video, a name that was
 * left, and each check that is not confirmed.
 */
export async function createExemplarFromWork(
  ports: CalibrationPorts,
  actor: Actor & { readonly member: MemberId },
  submission: string,
  input: NewExemplarFromWork,
): Promise<Exemplar> {
  const source = await getSourceWork(ports, actor, submission);
  const reviewed = await publishedVersion(ports, actor.district, source.version.version.id);
  const { work } = source;
  const teacher = await ports.tenancy.store.member(actor.district, work.teacher);
  const ofWork = source.items.flatMap(({ files }) => files.map(({ artefact }) => artefact));
  const named = input.items.flatMap((item) => (item.artefact === undefined ? [] : [item.artefact]));
  const artefacts = (await ports.evidence.store.artefactsById(actor.district, named)).filter(
    ({ id, owner }) => owner === actor.member || ofWork.includes(id),
  );
  const { items, faults } = itemsFrom(input.items, artefacts);
  const checked = checkNewExemplar(reviewed, { ...input, items }, [
    ...faults,
    ...useFaults(input.items, artefacts, ofWork, source.allowed),
    ...nameFaults(input, teacher),
    ...checkFaults(input.checks),
  ]);
  return keepExemplar(ports, actor, reviewed, { ...checked, source: sourceOf(ports, actor, source, input) });
}

function sourceOf(
  ports: Pick<CalibrationPorts, 'clock'>,
  actor: { readonly member: MemberId },
  { work, consents }: { readonly work: Submission; readonly consents: ExemplarSourceConsents },
  { items }: NewExemplarFromWork,
): ExemplarSource {
  const used = items.flatMap((item) => [
    ...(item.artefact === undefined ? [] : [item.artefact]),
    ...(item.replaces === undefined ? [] : [item.replaces]),
  ]);
  const ofWork = Object.values(work.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
  return {
    submission: work.id,
    consents: consents.map(({ id }) => id),
    artefacts: ofWork.filter((id: ArtefactId) => used.includes(id)),
    checkedBy: actor.member,
    checkedAt: ports.clock.now(),
    endedAt: null,
  };
}

type ExemplarSourceConsents = Awaited<ReturnType<typeof getSourceWork>>['consents'];

/** Files that no consent names, videos as they are, and replacements that do not say of what. */
function useFaults(
  items: readonly WorkItem[],
  artefacts: readonly Artefact[],
  ofWork: readonly string[],
  allowed: ReadonlySet<string>,
): readonly FieldError[] {
  return items.flatMap((item, index): readonly FieldError[] => {
    const at = `/items/${index}`;
    const faults: FieldError[] = [];
    const refuse = (pointer: string, detail: string) => void faults.push({ pointer, detail });
    if (item.artefact !== undefined) {
      const artefact = artefacts.find(({ id }) => id === item.artefact);
      const isOfWork = ofWork.includes(item.artefact);
      if (isOfWork && !allowed.has(item.artefact))
        refuse(`${at}/artefact`, 'has no consent for exemplars; leave it out, or ask the teacher');
      else if (isOfWork && artefact?.mediaType.startsWith('video/') === true) {
        refuse(
          `${at}/artefact`,
          'is a video of the work, which is never used as it is; upload one that was re-recorded or blurred, or describe it in words, with `replaces`',
        );
      } else if (!isOfWork && artefact !== undefined && item.replaces === undefined)
        refuse(`${at}/replaces`, 'is required: name the file of the work in whose place this one stands');
    }
    if (item.replaces !== undefined) {
      if (!ofWork.includes(item.replaces)) refuse(`${at}/replaces`, 'must name a file of this work');
      else if (!allowed.has(item.replaces))
        refuse(`${at}/replaces`, 'names a file without a consent for exemplars, which nothing is made from');
    }
    return faults;
  });
}

/** The teacher's name or school where it stands in what would be shown. What is in files only people can see. */
function nameFaults(
  { title, items }: NewExemplarFromWork,
  teacher: Member | undefined,
): readonly FieldError[] {
  const texts: [string, string][] = [
    ['/title', title],
    ...items.flatMap((item, index): [string, string][] => [
      [`/items/${index}/name`, item.name],
      ...(item.text === undefined ? [] : [[`/items/${index}/text`, item.text] as [string, string]]),
    ]),
  ];
  return texts.flatMap(([pointer, text]) =>
    nameLeftIn(text, teacher)
      ? [{ pointer, detail: 'still holds the name or the school of the teacher; take it out' }]
      : [],
  );
}

function checkFaults(checks: NewExemplarFromWork['checks']): readonly FieldError[] {
  return (Object.keys(deIdentificationChecks) as DeIdentificationCheck[]).flatMap((check) =>
    checks[check]
      ? []
      : [
          {
            pointer: `/checks/${check}`,
            detail: `must be confirmed before others see it: ${deIdentificationChecks[check]}`,
          },
        ],
  );
}
