import { Actions, Button, Choices, Form, TextArea, type FormState } from '../components/index.js';
import type { Work } from './teacher-work.js';

/** The files that a submission answers with, by id. */
export function answeredFiles({ submission }: Work): readonly string[] {
  return Object.values(submission.answers).flatMap((answer) =>
    answer.kind === 'file' ? answer.artefacts : [],
  );
}

/** The form by which a teacher allows a use of work: of which of its files that are still there, and the permission in words. */
export function ConsentForm({
  form,
  work,
  action,
  back,
  label,
  hint,
}: {
  readonly form: FormState;
  readonly work: Work;
  readonly action: string;
  /** Where who does not allow it goes. */
  readonly back: string;
  /** What is asked about the files. */
  readonly label: string;
  readonly hint: string;
}) {
  const files = answeredFiles(work);
  const shown = work.artefacts.filter(({ id, erasedAt }) => files.includes(id) && erasedAt === null);
  return (
    <Form action={action}>
      {shown.length > 0 && (
        <Choices
          form={form}
          name="artefacts"
          kind="any"
          label={label}
          hint={hint}
          options={shown.map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> }))}
        />
      )}
      <TextArea
        form={form}
        name="statement"
        label="Permission"
        hint="That you agree; and, where children are seen or heard, how their guardians allowed this use and where the forms are kept. No child’s name."
        required
      />
      <Actions>
        <Button icon="check">Allow it</Button>
        <a href={back}>Cancel</a>
      </Actions>
    </Form>
  );
}
