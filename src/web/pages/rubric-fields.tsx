import { Button, Choices, Hidden, Select, TextArea, TextField, type FormState } from '../components/index.js';
import type { DraftCriterion, DraftForm } from './draft-form.js';
import { RowButton } from './row-button.js';

/** Criteria with their levels, and the decision rule. */
export function RubricFields({ form, draft }: { readonly form: FormState; readonly draft: DraftForm }) {
  return (
    <fieldset class="group" id="field-assessment-rubric-criteria">
      <legend>Rubric</legend>
      <p class="hint">
        Each criterion has 2 to 6 levels, the lowest first. A descriptor says what work at that level looks
        like, so that two people who read it score alike.
      </p>
      {draft.rubric.map((criterion, index) => (
        <CriterionFields
          form={form}
          criterion={criterion}
          index={index}
          compensatory={draft.rule.kind === 'compensatory'}
        />
      ))}
      <RowButton act="add:criteria" icon="plus">
        Add a criterion
      </RowButton>
      <hr />
      <Choices
        form={form}
        name="assessment/rubric/rule/kind"
        kind="one"
        label="It is met when"
        options={[
          { value: 'conjunctive', label: 'every criterion is at or above its required level' },
          {
            value: 'conjunctive-with-allowances',
            label: 'all but a few are, and those one level below at most',
          },
          { value: 'compensatory', label: 'the levels add up to enough, and none is below its floor' },
        ]}
      />
      <div class="beside">
        <TextField
          form={form}
          name="assessment/rubric/rule/allowances"
          type="number"
          min={0}
          max={20}
          width="short"
          label="How many may be below"
          optional
          hint="For the second rule."
        />
        <TextField
          form={form}
          name="assessment/rubric/rule/cut"
          type="number"
          min={1}
          max={120}
          width="short"
          label="Least sum of levels"
          optional
          hint="For the third rule."
        />
      </div>
    </fieldset>
  );
}

function CriterionFields(props: {
  readonly form: FormState;
  readonly criterion: DraftCriterion;
  readonly index: number;
  readonly compensatory: boolean;
}) {
  const { form, criterion, index, compensatory } = props;
  const at = `assessment/rubric/criteria/${index}`;
  const numbers = criterion.levels.map((level, number) => ({
    value: String(number + 1),
    label: `${number + 1} ${level.name}`,
  }));
  return (
    <fieldset class="group">
      <legend>Criterion {index + 1}</legend>
      <Hidden name={`${at}/id`} value={criterion.id} />
      <TextField form={form} name={`${at}/name`} label="Name" />
      <TextField form={form} name={`${at}/description`} label="What is looked at" optional />
      {criterion.levels.map((level, number) => (
        <div class="level-row">
          <TextField form={form} name={`${at}/levels/${number}/name`} label={`Level ${number + 1}`} />
          <TextArea
            form={form}
            name={`${at}/levels/${number}/descriptor`}
            label={`What level ${number + 1} looks like`}
            rows={2}
          />
          <RowButton act={`remove:criteria/${index}/levels/${number}`} icon="trash">
            {`Remove level ${number + 1}`}
          </RowButton>
        </div>
      ))}
      <p>
        <RowButton act={`add:criteria/${index}/levels`} icon="plus">
          Add a level
        </RowButton>
      </p>
      <div class="beside">
        <Select form={form} name={`${at}/requiredLevel`} label="Required level" options={numbers} />
        {compensatory && (
          <Select
            form={form}
            name={`${at}/floor`}
            label="Floor"
            options={[{ value: '', label: 'none' }, ...numbers]}
          />
        )}
      </div>
      <div class="row">
        {index > 0 && (
          <Button kind="second" small name="do" value={`up:criteria/${index}`}>
            Move up
          </Button>
        )}
        <RowButton act={`remove:criteria/${index}`} icon="trash">
          {`Remove criterion ${index + 1}`}
        </RowButton>
      </div>
    </fieldset>
  );
}
