import { requirementsFor, type Criterion } from '../../achievements/index.js';
import type { Instant } from '../../kernel/index.js';
import { assetHref } from '../assets.js';
import type { AssignedWork } from '../../review/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  DateText,
  errorsAt,
  fieldId,
  Form,
  FormErrors,
  Hidden,
  Icon,
  LevelCards,
  Notice,
  PageHeading,
  Section,
  Select,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { page } from './layout.js';
import { pointerField, rowsOf } from './rating-form.js';
import { EvidencePane, placesOf, type Place } from './reviewer-evidence.js';
import { CommittedRating, WrittenBesides } from './reviewer-committed.js';
import { Kept, KeepingFailed, Keys } from './rating-kept.js';

/** What the reviewer sees of one assignment: the form, or what was committed. */
export interface RatingView {
  readonly work: AssignedWork;
  readonly form: FormState;
  readonly principal: Principal;
  readonly now: Instant;
  readonly done?: string | undefined;
  /** The criterion whose last pointer was just added. */
  readonly added?: string;
}

/** Assignments of one version are told apart by the end of their ids: nothing else of them may be said. */
export function workWord(assignment: string): string {
  return `Work ${assignment.slice(-5)}`;
}

/** The rating page: evidence beside the rubric. */
export function ratingPage(view: RatingView): string {
  const { work, principal, done } = view;
  const { assignment, version, rating } = work;
  const { content, number } = version.version;
  const verb = assignment.kind === 'rating' ? 'Rate' : 'Adjudicate';
  const title = rating === null ? `${verb}: ${content.name}` : `Your rating: ${content.name}`;
  return page(
    {
      title,
      principal,
      path: '/reviews',
      above: [{ label: 'Reviews', href: '/reviews' }],
      done,
      width: 'wide',
      head: rating === null ? <script src={assetHref('rating.js')} defer /> : undefined,
    },
    <>
      <PageHeading
        title={title}
        lead={
          <>
            {workWord(assignment.id)} · version {number}
            {rating === null && (
              <>
                {' '}
                · due <DateText instant={assignment.dueAt} timeZone={principal.district.timeZone} />
              </>
            )}
          </>
        }
      />
      {rating === null && assignment.kind === 'adjudication' && (
        <Notice tone="info" title="You decide">
          <p>
            The ratings of this work do not lead to one decision. You see none of them: rate as if you were
            the first. Your levels are final.
          </p>
        </Notice>
      )}
      <AskedAbout work={work} />
      <p class="past-evidence">
        <a href="#rating">Go past the evidence to {rating === null ? 'the rubric' : 'your rating'}</a>
      </p>
      <div class="split split-even">
        <EvidencePane work={work} />
        <div id="rating">
          {rating === null ? (
            <RatingForm {...view} />
          ) : (
            <>
              <FormErrors
                form={{ ...view.form, errors: [] }}
                title="Nothing was changed"
                kept="What you committed stands below. What this window held besides stands under it."
              />
              <CommittedRating work={work} rating={rating} timeZone={principal.district.timeZone} />
              {view.form.problem !== null && <WrittenBesides work={work} form={view.form} />}
            </>
          )}
        </div>
      </div>
    </>,
  );
}

/** That it is about some criteria only. The same words whatever the work is: they say nothing of why. */
function AskedAbout({ work: { version } }: Pick<RatingView, 'work'>) {
  const { assessment } = version.version.content;
  const all = assessment.by === 'review' ? assessment.rubric.criteria.length : 0;
  const asked = version.rubric.criteria.length;
  if (asked === all) return <></>;
  return (
    <p class="measure">
      You are asked about {asked} of the {all} criteria of this version. The others are no part of what you
      rate here.
    </p>
  );
}

function RatingForm({ work, form, principal, now, added }: RatingView) {
  const { assignment, version, evidence, draft } = work;
  const { criteria } = version.rubric;
  const places = placesOf(evidence.items);
  const rated = criteria.filter(({ id }) => (form.values[`criteria/${id}/level`] ?? '') !== '').length;
  return (
    <>
      <FormErrors form={form} labels={labelsOf(criteria, form)} />
      <Form action={`/reviews/${assignment.id}`} wide keeps>
        <Hidden name="draft" value={String(draft?.version ?? 0)} />
        {/* The first button of a form is the one that Enter presses: it must change nothing for good. */}
        <div class="rating-top">
          <div class="row row-apart rating-bar">
            <p class="quiet small">
              <span data-rated>{rated}</span> of {criteria.length} criteria have a level.{' '}
              <span aria-live="polite">
                <Kept at={draft?.savedAt} now={now} timeZone={principal.district.timeZone} />
              </span>
            </p>
            <Button kind="second" small name="act" value="save">
              Save draft
            </Button>
          </div>
          <KeepingFailed assignment={assignment.id} />
        </div>
        <Keys />
        {criteria.map((criterion) => (
          <CriterionFields
            criterion={criterion}
            shownBy={requirementsFor(criterion.id, version.requirements).map(({ name }) => name)}
            form={form}
            places={places}
            added={added === criterion.id}
          />
        ))}
        <Checkbox
          form={form}
          name="confirm"
          label="I have looked at all of the evidence, and these are my levels"
          hint="A committed rating never changes: you cannot take it back or mend it later."
        />
        <Actions>
          <Button icon="check" name="act" value="commit">
            Commit rating
          </Button>
          <Button kind="second" name="act" value="save">
            Save draft
          </Button>
        </Actions>
      </Form>
      <Section title="You should not rate this?">
        <p>
          When you recognise whose work this is, or cannot do it by the date, give it back: somebody else is
          drawn. Save your draft first if you are not sure.
        </p>
        <ButtonLink href={`/reviews/${assignment.id}/decline`} kind="second" icon="flag">
          I have a conflict of interest
        </ButtonLink>
      </Section>
    </>
  );
}

function CriterionFields(props: {
  readonly criterion: Criterion;
  /** The evidence of which the author says that it shows the criterion. */
  readonly shownBy: readonly string[];
  readonly form: FormState;
  readonly places: readonly Place[];
  readonly added: boolean;
}) {
  const { criterion, shownBy, form, places, added } = props;
  const at = `criteria/${criterion.id}`;
  return (
    <fieldset class="group" id={fieldId(at)} data-criterion>
      <legend>{criterion.name}</legend>
      {criterion.description !== '' && <p class="quiet">{criterion.description}</p>}
      {shownBy.length > 0 && <p class="quiet small">Shown above all by: {shownBy.join(', ')}</p>}
      <LevelCards
        form={form}
        name={`${at}/level`}
        label="Level"
        levels={criterion.levels.map(({ id, name, descriptor }) => ({ value: id, name, text: descriptor }))}
      />
      <PointerFields criterion={criterion.id} form={form} places={places} added={added} />
      <TextArea
        form={form}
        name={`${at}/feedback`}
        label="Feedback to the teacher"
        hint="What the work shows at this level, and what would be next. The teacher reads it as you write it."
        rows={4}
      />
    </fieldset>
  );
}

/** Where the level rests: any number of places in the evidence, at least one. */
function PointerFields(props: {
  readonly criterion: string;
  readonly form: FormState;
  readonly places: readonly Place[];
  readonly added: boolean;
}) {
  const { criterion, form, places, added } = props;
  const name = `criteria/${criterion}/pointers`;
  const rows = rowsOf(form.values, criterion);
  const missing = form.errors.filter((error) => error.pointer === `/${name}`).map((error) => error.detail);
  return (
    <fieldset class={missing.length > 0 ? 'field at-fault' : 'field'} id={fieldId(name)}>
      <legend>Where you see it</legend>
      <p class="hint">Point at the evidence that this level rests on, at least once.</p>
      {missing.length > 0 && (
        <p class="field-error">
          <Icon name="warning" />
          <span>{missing.join('; ')}</span>
        </p>
      )}
      {Array.from({ length: rows }, (_, row) => (
        <PointerRow
          criterion={criterion}
          row={row}
          rows={rows}
          form={form}
          places={places}
          focus={added && row === rows - 1}
        />
      ))}
      <Button kind="second" small icon="plus" name="add" value={criterion}>
        Add another place
      </Button>
    </fieldset>
  );
}

function PointerRow(props: {
  readonly criterion: string;
  readonly row: number;
  readonly rows: number;
  readonly form: FormState;
  readonly places: readonly Place[];
  readonly focus: boolean;
}) {
  const { criterion, row, rows, form, places, focus } = props;
  const field = (part: Parameters<typeof pointerField>[2]) => pointerField(criterion, row, part);
  const hasPages = places.some((place) => place.mediaType === 'application/pdf');
  const hasTime = places.some((place) => place.mediaType?.startsWith('video/'));
  // What was typed stays on the form, even where the field has no use.
  const shown = (part: 'page' | 'second', useful: boolean) =>
    useful || (form.values[field(part)] ?? '') !== '' || errorsAt(form, field(part)).length > 0;
  return (
    <fieldset class="group pointer">
      <legend class="visually-hidden">Place {row + 1}</legend>
      <Select
        form={form}
        name={field('requirement')}
        label={`Evidence${rows > 1 ? ` ${row + 1}` : ''}`}
        options={[{ value: '', label: 'Choose …' }, ...places.map(({ value, label }) => ({ value, label }))]}
        autofocus={focus}
      />
      <div class="beside">
        {shown('page', hasPages) && (
          <TextField form={form} name={field('page')} label="Page" hint="Of a PDF." width="short" optional />
        )}
        {shown('second', hasTime) && (
          <TextField
            form={form}
            name={field('second')}
            label="Time"
            hint="Of a video, such as 1:23."
            width="short"
            optional
          />
        )}
      </div>
      <TextField
        form={form}
        name={field('note')}
        label="Note"
        hint="The words that you point at, or what is seen there."
        optional
      />
      {rows > 1 && (
        <Button kind="second" small icon="trash" name="remove" value={`${criterion}/${row}`}>
          Remove place {row + 1}
        </Button>
      )}
    </fieldset>
  );
}

/** The names of the fields for the summary of errors. */
function labelsOf(criteria: readonly Criterion[], form: FormState): { readonly [name: string]: string } {
  return Object.fromEntries([
    ['confirm', 'The box above the button'],
    ...criteria.flatMap(({ id, name }) => [
      [`criteria/${id}`, name],
      [`criteria/${id}/level`, `${name}: the level`],
      [`criteria/${id}/feedback`, `${name}: the feedback`],
      [`criteria/${id}/pointers`, `${name}:`],
      ...Array.from({ length: rowsOf(form.values, id) }, (_, row) => [
        [pointerField(id, row, 'requirement'), `${name}: place ${row + 1}`],
        [pointerField(id, row, 'page'), `${name}: the page of place ${row + 1}`],
        [pointerField(id, row, 'second'), `${name}: the time of place ${row + 1}`],
        [pointerField(id, row, 'note'), `${name}: the note of place ${row + 1}`],
      ]).flat(),
    ]),
  ]) as { readonly [name: string]: string };
}
