import { achievementTypes, type AchievementVersion } from '../../achievements/index.js';
import {
  Button,
  Choices,
  Hidden,
  Icon,
  Select,
  TextArea,
  TextField,
  type FormState,
} from '../components/index.js';
import type { DraftForm } from './draft-form.js';
import { valuesOfDraft } from './draft-values.js';
import { RequirementFields } from './requirement-fields.js';
import { RowButton } from './row-button.js';
import { RubricFields } from './rubric-fields.js';

/** An achievement that may be a component of a milestone. */
export interface Component {
  readonly id: string;
  readonly name: string;
}

/** Name, description, criteria and what follows from them. */
export function AboutFields({ form }: { readonly form: FormState }) {
  return (
    <fieldset class="group">
      <legend>What it is</legend>
      <TextField form={form} name="name" label="Name" hint="As it stands on the badge." />
      <TextArea
        form={form}
        name="description"
        label="Description"
        rows={3}
        hint="One or two sentences, for people who have never heard of it."
      />
      <TextArea
        form={form}
        name="criteria"
        label="Criteria"
        rows={8}
        hint="What an earner must do, in Markdown: **bold**, lists with -, headings with #. It is signed into every credential."
      />
      <div class="beside">
        <Select
          form={form}
          name="achievementType"
          label="Kind"
          options={achievementTypes.map((type) => ({
            value: type,
            label: type.replaceAll(/([a-z])([A-Z])/g, '$1 $2'),
          }))}
        />
        <TextField
          form={form}
          name="language"
          label="Language"
          hint="Such as en-US, es or hi."
          width="short"
        />
        <TextField
          form={form}
          name="creditHours"
          label="Credit hours"
          hint="In quarters, 0 to 1000."
          type="number"
          min={0}
          max={1000}
          step={0.25}
          width="short"
        />
        <TextField
          form={form}
          name="validForMonths"
          label="In force for months"
          optional
          hint="Empty: without end."
          type="number"
          min={1}
          max={240}
          width="short"
        />
      </div>
      <TextField form={form} name="tags" label="Tags" optional hint="Separated by commas." />
      <Choices
        form={form}
        name="statusEntries"
        kind="one"
        label="How others learn that a credential is suspended"
        options={[
          {
            value: 'revocation',
            label: 'From its page and from us',
            hint: 'The usual. Other verifiers are told of revocations alone. Every one of them accepts it.',
          },
          {
            value: 'revocation-and-suspension',
            label: 'From a published list, too',
            hint: 'Other verifiers see a suspension by themselves. The price: some refuse such a credential altogether, among them the 1EdTech validator, for the Open Badges schemas allow one entry of status, not two.',
          },
        ]}
      />
    </fieldset>
  );
}

/** Standards that it aligns to. */
export function AlignmentFields({ form, draft }: { readonly form: FormState; readonly draft: DraftForm }) {
  return (
    <fieldset class="group" id="field-alignments">
      <legend>Standards</legend>
      <p class="hint">At least one when it is published, by its code and address.</p>
      {draft.alignments.map((_alignment, index) => {
        const at = `alignments/${index}`;
        return (
          <fieldset class="group">
            <legend>Standard {index + 1}</legend>
            <TextField form={form} name={`${at}/targetName`} label="Name" />
            <div class="beside">
              <TextField form={form} name={`${at}/targetFramework`} label="Framework" />
              <TextField form={form} name={`${at}/targetCode`} label="Code" optional />
            </div>
            <TextField form={form} name={`${at}/targetUrl`} type="url" label="Address" />
            <TextField form={form} name={`${at}/targetDescription`} label="Description" optional />
            <RowButton act={`remove:alignments/${index}`} icon="trash">
              Remove this standard
            </RowButton>
          </fieldset>
        );
      })}
      <RowButton act="add:alignments" icon="plus">
        Add a standard
      </RowButton>
    </fieldset>
  );
}

/** How it is assessed: all three ways stand on the page, the chosen one counts. */
export function AssessmentFields(props: {
  readonly form: FormState;
  readonly draft: DraftForm;
  readonly components: readonly Component[];
}) {
  const { form, draft, components } = props;
  return (
    <>
      <fieldset class="group">
        <legend>How it is assessed</legend>
        <Choices
          form={form}
          name="assessment/by"
          kind="one"
          label="By"
          options={[
            {
              value: 'review',
              label: 'Review against a rubric',
              hint: 'Two certified reviewers rate evidence, blind.',
            },
            {
              value: 'components',
              label: 'Holding other achievements',
              hint: 'A milestone: awarded by itself when all are held.',
            },
            {
              value: 'outside',
              label: 'Somebody outside this service',
              hint: 'Every credential says “not reviewed here”.',
            },
          ]}
        />
        <Button kind="second" small name="do" value="show">
          Show the fields for this
        </Button>
      </fieldset>
      {draft.by === 'outside' && (
        <fieldset class="group">
          <legend>Assessed outside</legend>
          <TextArea
            form={form}
            name="assessment/how"
            label="How, and by whom"
            hint="It stands on the public page."
          />
        </fieldset>
      )}
      {draft.by === 'components' && (
        <fieldset class="group">
          <legend>Components</legend>
          {components.length === 0 ? (
            <p>Publish the achievements that it is to rest on first.</p>
          ) : (
            <Choices
              form={form}
              name="assessment/components"
              kind="any"
              label="Achievements that must be held"
              options={components.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </fieldset>
      )}
      {draft.by === 'review' && (
        <>
          <RubricFields form={form} draft={draft} />
          <RequirementFields form={form} draft={draft} />
        </>
      )}
      {draft.by !== 'review' && <KeptUnseen draft={draft} />}
    </>
  );
}

/** What was typed for another way of assessing goes along unseen, so that choosing that way again shows it. */
function KeptUnseen({ draft }: { readonly draft: DraftForm }) {
  const kept = Object.entries(valuesOfDraft(draft)).filter(
    ([name]) => name.startsWith('assessment/rubric') || name.startsWith('assessment/requirements'),
  );
  return (
    <>
      {kept.flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((one) => <Hidden name={name} value={String(one)} />),
      )}
    </>
  );
}

/** Says that a published version never changes. */
export function Frozen({ version }: { readonly version: AchievementVersion }) {
  return (
    <p class="quiet small">
      <Icon name="lock" /> Published versions never change. Fingerprint{' '}
      <span class="code">{version.contentHash?.slice(0, 16)}</span>
    </p>
  );
}
