import { evidenceMediaTypes } from '../../achievements/index.js';
import { Checkbox, Choices, Hidden, Select, TextField, type FormState } from '../components/index.js';
import type { DraftForm } from './draft-form.js';
import { RowButton } from './row-button.js';

/** What a submission must hold. */
export function RequirementFields({ form, draft }: { readonly form: FormState; readonly draft: DraftForm }) {
  // A criterion can be named once it has an id: when the draft was saved with it.
  const saved = draft.rubric.filter(({ id }) => id !== '');
  return (
    <fieldset class="group" id="field-assessment-requirements">
      <legend>Evidence to hand in</legend>
      {draft.requirements.map((requirement, index) => {
        const at = `assessment/requirements/${index}`;
        return (
          <fieldset class="group">
            <legend>Evidence {index + 1}</legend>
            <Hidden name={`${at}/id`} value={requirement.id} />
            <TextField form={form} name={`${at}/name`} label="Name" hint="Such as “Your lesson plan”." />
            <TextField form={form} name={`${at}/description`} label="What exactly" optional />
            <div class="beside">
              <TextField
                form={form}
                name={`${at}/genre`}
                label="Kind of evidence"
                optional
                hint="What the credential calls it; the name when empty."
              />
              <Select
                form={form}
                name={`${at}/kind`}
                label="Form"
                options={[
                  { value: 'file', label: 'Files' },
                  { value: 'text', label: 'Text, written here' },
                ]}
              />
              <TextField
                form={form}
                name={`${at}/min`}
                type="number"
                min={0}
                width="short"
                label="At least"
                hint="Files, or words."
              />
              <TextField
                form={form}
                name={`${at}/max`}
                type="number"
                min={1}
                width="short"
                label="At most"
                hint="Files, or words."
              />
            </div>
            <Choices
              form={form}
              name={`${at}/mediaTypes`}
              kind="any"
              label="Files that are taken"
              beside
              options={evidenceMediaTypes.map((type) => ({ value: type, label: mediaWord(type) }))}
            />
            <Checkbox
              form={form}
              name={`${at}/needsConsent`}
              label="Children may be seen or heard in it"
              hint="A consent must name each file."
            />
            {saved.length > 0 && (
              <Choices
                form={form}
                name={`${at}/serves`}
                kind="any"
                label="Criteria that it shows"
                beside
                options={saved.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <RowButton act={`remove:requirements/${index}`} icon="trash">
              {`Remove evidence ${index + 1}`}
            </RowButton>
          </fieldset>
        );
      })}
      <RowButton act="add:requirements" icon="plus">
        Add evidence
      </RowButton>
    </fieldset>
  );
}

/** A media type as people call it. */
export function mediaWord(type: string): string {
  const words: { readonly [type: string]: string } = {
    'application/pdf': 'PDF',
    'image/png': 'PNG picture',
    'image/jpeg': 'JPEG picture',
    'image/webp': 'WebP picture',
    'video/mp4': 'MP4 video',
    'video/webm': 'WebM video',
    'text/plain': 'Plain text',
    'text/markdown': 'Markdown',
  };
  return words[type] ?? type;
}
