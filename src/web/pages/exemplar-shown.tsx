import {
  requirementsFor,
  type EvidenceRequirement,
  type Levels,
  type Rubric,
} from '../../achievements/index.js';
import type {
  Exemplar,
  ExemplarItem,
  ExemplarPointer,
  ExpertPointers,
  Rationale,
} from '../../calibration/index.js';
import { LevelCards, Select, TextField, type FormState } from '../components/index.js';
import { textOf } from '../form-reply.js';
import { secondsOf, timeWord } from './rating-form.js';
import { EvidenceFile, PlainText } from './reviewer-evidence.js';

/** The evidence of an exemplar: texts and files, with nothing of its author. */
export function ExemplarEvidence({ exemplar }: { readonly exemplar: Pick<Exemplar, 'id' | 'items'> }) {
  const { id, items } = exemplar;
  return (
    <section class="card evidence-pane" aria-labelledby="evidence" tabIndex={0}>
      <h2 id="evidence">Evidence</h2>
      {items.map((item) => (
        <section class="evidence-item" id={`evidence-${item.id}`}>
          <h3>{item.name}</h3>
          <ItemShown exemplar={id} item={item} />
        </section>
      ))}
    </section>
  );
}

function ItemShown({ exemplar, item }: { readonly exemplar: string; readonly item: ExemplarItem }) {
  const { id, name, text, file } = item;
  if (file !== null) {
    const { mediaType, size } = file;
    const href = `/exemplars/${exemplar}/files/${id}`;
    return <EvidenceFile label={name} href={href} mediaType={mediaType} size={size} />;
  }
  return text === null ? (
    <p class="quiet">The consent for this work has ended, so that it is no longer shown.</p>
  ) : (
    <PlainText text={text} />
  );
}

/** Where a level or a reason rests: fields `{at}/item`, `{at}/page`, `{at}/second`. */
export function PlaceFields(props: {
  readonly form: FormState;
  readonly at: string;
  readonly items: readonly ExemplarItem[];
}) {
  const { form, at, items } = props;
  const has = (wanted: (mediaType: string) => boolean) =>
    items.some(({ file }) => file !== null && wanted(file.mediaType));
  return (
    <div class="beside">
      <Select
        form={form}
        name={`${at}/item`}
        label="Rests on"
        options={items.map((item) => ({ value: item.id, label: item.name }))}
      />
      {has((mediaType) => mediaType === 'application/pdf') && (
        <TextField form={form} name={`${at}/page`} label="Page" width="short" optional />
      )}
      {has((mediaType) => mediaType.startsWith('video/')) && (
        <TextField
          form={form}
          name={`${at}/second`}
          label="Time"
          hint="Such as 1:23."
          width="short"
          optional
        />
      )}
    </div>
  );
}

/** The place that was typed; what is no number stays as it is, to be refused. */
export function placeFrom(fields: { readonly [name: string]: unknown }, at: string): ExemplarPointer {
  const page = textOf(fields, `${at}/page`);
  const second = textOf(fields, `${at}/second`);
  const place = {
    item: textOf(fields, `${at}/item`),
    ...(page === '' ? {} : { page: /^\d+$/.test(page) ? Number(page) : page }),
    ...(second === '' ? {} : { second: secondsOf(second) ?? second }),
  };
  return place as ExemplarPointer;
}

/** Where each level rests, as typed in `pointers/{criterion}/0/…`. */
export function pointersFrom(rubric: Rubric, fields: { readonly [name: string]: unknown }): ExpertPointers {
  return Object.fromEntries(
    rubric.criteria.map(({ id }) => [id, [placeFrom(fields, `pointers/${id}/0`)]] as const),
  );
}

/** ` (page 2)`, ` (at 1:35)`, or nothing. */
export function placeWord({ page, second }: ExemplarPointer): string {
  if (page !== undefined && page !== null) return ` (page ${page})`;
  return second === undefined || second === null ? '' : ` (at ${timeWord(second)})`;
}

/**
 * A level for each criterion: fields `levels/{criterion}`; with `items`, where it rests too; with `requirements`, which
 * evidence the author says shows it, as on the page of live work.
 */
export function LevelFields(props: {
  readonly rubric: Rubric;
  readonly form: FormState;
  readonly items?: readonly ExemplarItem[];
  readonly requirements?: readonly EvidenceRequirement[];
}) {
  const { rubric, form, items, requirements = [] } = props;
  return (
    <>
      {rubric.criteria.map(({ id, name, description, levels }) => (
        <>
          <LevelCards
            form={form}
            name={`levels/${id}`}
            label={name}
            {...hintOf(description, requirementsFor(id, requirements))}
            levels={levels.map((level) => ({ value: level.id, name: level.name, text: level.descriptor }))}
          />
          {items !== undefined && <PlaceFields form={form} at={`pointers/${id}/0`} items={items} />}
        </>
      ))}
    </>
  );
}

/** What a criterion is about, and which evidence shows it. */
function hintOf(description: string, shownBy: readonly EvidenceRequirement[]) {
  const words = [
    description,
    shownBy.length === 0 ? '' : `Shown above all by: ${shownBy.map(({ name }) => name).join(', ')}`,
  ].filter(Boolean);
  return words.length === 0 ? {} : { hint: words.join(' ') };
}

/** The levels that were chosen, those that were not left out. */
export function levelsFrom(rubric: Rubric, fields: { readonly [name: string]: unknown }): Levels {
  return Object.fromEntries(
    rubric.criteria.flatMap(({ id }) => {
      const level = fields[`levels/${id}`];
      return typeof level === 'string' && level !== '' ? [[id, level] as const] : [];
    }),
  );
}

/** The names of the level fields for the summary of errors. */
export function levelLabels(rubric: Rubric): { readonly [name: string]: string } {
  return Object.fromEntries(
    rubric.criteria.flatMap(({ id, name }) => [
      [`levels/${id}`, name],
      [`pointers/${id}`, `${name}: where it rests`],
      [`pointers/${id}/0/item`, `${name}: where it rests`],
      [`pointers/${id}/0/page`, `${name}: the page`],
      [`pointers/${id}/0/second`, `${name}: the time`],
    ]),
  );
}

/** Levels that somebody gave, under a heading of theirs. */
export interface GivenLevels {
  readonly who: string;
  readonly levels: Levels;
}

/** What was given beside the key, criterion by criterion, with the reason for its level where there is one. */
export function LevelComparison(props: {
  readonly rubric: Rubric;
  readonly given: readonly GivenLevels[];
  readonly keyed: Levels | null;
  readonly rationale: Rationale | null;
  readonly items: readonly ExemplarItem[];
}) {
  const { rubric, given, keyed, rationale, items } = props;
  return (
    <ul class="results">
      {rubric.criteria.map((criterion) => {
        const nameOf = (levels: Levels) => {
          const number = criterion.levels.findIndex(({ id }) => id === levels[criterion.id]);
          return number < 0 ? '–' : `${number + 1} ${criterion.levels[number]!.name}`;
        };
        const why = rationale?.[criterion.id];
        const key = keyed?.[criterion.id];
        const levelOfKey = criterion.levels.find(({ id }) => id === key);
        return (
          <li class="stack">
            <h3>{criterion.name}</h3>
            <dl class="facts facts-close">
              {given.map(({ who, levels }) => (
                <>
                  <dt>
                    <bdi>{who}</bdi>
                  </dt>
                  <dd>
                    {nameOf(levels)}
                    <Off by={offBy(criterion.levels, levels[criterion.id], key)} />
                  </dd>
                </>
              ))}
              {keyed !== null && (
                <>
                  <dt>Key</dt>
                  <dd>
                    <strong>{nameOf(keyed)}</strong>
                    {levelOfKey !== undefined && <p class="small quiet">{levelOfKey.descriptor}</p>}
                  </dd>
                </>
              )}
              {why !== undefined && (
                <>
                  <dt>Why</dt>
                  <dd>
                    <span dir="auto">{why.text}</span>{' '}
                    <a class="small" href={`#evidence-${why.item}`}>
                      {items.find(({ id }) => id === why.item)?.name ?? why.item}
                      {placeWord(why)}
                    </a>
                  </dd>
                </>
              )}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}

function offBy(levels: readonly { readonly id: string }[], given?: string, key?: string): number | undefined {
  const [one, other] = [given, key].map((id) => levels.findIndex((level) => level.id === id)) as [
    number,
    number,
  ];
  return one < 0 || other < 0 ? undefined : one - other;
}

function Off({ by }: { readonly by: number | undefined }) {
  if (by === undefined) return null;
  const words = by === 0 ? 'as the key' : `${Math.abs(by)} ${by > 0 ? 'above' : 'below'}`;
  return <span class="small quiet"> ({words})</span>;
}
