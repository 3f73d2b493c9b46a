import type { AchievementVersion } from '../../achievements/index.js';
import type { FieldError } from '../../kernel/index.js';
import {
  Actions,
  Button,
  Form,
  FormErrors,
  freshForm,
  Hidden,
  PageHeading,
  TextField,
  type FormState,
} from '../components/index.js';
import type { Principal } from '../route.js';
import { AboutFields, AlignmentFields, AssessmentFields, type Component } from './draft-fields.js';
import type { DraftForm } from './draft-form.js';
import { valuesOfDraft } from './draft-values.js';
import { page } from './layout.js';

/** What the form of a draft is made from. */
export interface DraftPageView {
  readonly draft: DraftForm;
  /** The draft that is edited; undefined for a new achievement. */
  readonly version: AchievementVersion | undefined;
  /** ETag of what was read, so that nobody else's change is overwritten. */
  readonly seen: string;
  readonly slug: string;
  readonly components: readonly Component[];
  readonly problem: string | null;
  readonly errors: readonly FieldError[];
}

const aboveAchievements = [{ label: 'Achievements', href: '/achievements' }];

/** The form of a draft: a new achievement, or a version that is not published yet. */
export function draftPage(view: DraftPageView, principal: Principal): string {
  const { draft, version } = view;
  const form: FormState = {
    ...freshForm({ ...valuesOfDraft(draft), slug: view.slug }),
    problem: view.problem,
    errors: view.errors,
  };
  const at = version === undefined ? '' : `/achievements/${version.slug}/v/${version.number}`;
  const title = version === undefined ? 'New achievement' : `Edit version ${version.number}`;
  const above =
    version === undefined
      ? aboveAchievements
      : [...aboveAchievements, { label: version.content.name || version.slug, href: at }];
  return page(
    { title, principal, path: '/achievements', above, width: 'text' },
    <>
      <PageHeading
        title={title}
        lead="A draft may be unfinished: save as often as you like. Publication judges it."
      />
      <FormErrors form={form} labels={{ slug: 'Short name' }} />
      <Form action={version === undefined ? '/achievements/new' : `${at}/edit`} wide>
        {/* The first button is what the Enter key presses: it must be the one that saves. */}
        <button type="submit" class="visually-hidden" name="do" value="save" tabIndex={-1}>
          Save the draft
        </button>
        <Hidden name="seen" value={view.seen} />
        {version === undefined && (
          <TextField
            form={form}
            name="slug"
            label="Short name"
            optional
            width="medium"
            hint="In its address for good: lower-case letters, digits and hyphens. Empty: made from the name."
          />
        )}
        <AboutFields form={form} />
        <AssessmentFields form={form} draft={draft} components={view.components} />
        <AlignmentFields form={form} draft={draft} />
        <Actions>
          <Button name="do" value="save">
            Save the draft
          </Button>
          <a href={version === undefined ? '/achievements' : at}>Leave without saving</a>
        </Actions>
      </Form>
    </>,
  );
}
