import { conflictKinds, type ConflictKind, type DeclaredConflict } from '../../calibration/index.js';
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  Form,
  FormErrors,
  PageHeading,
  Select,
  TextField,
  type FormState,
} from '../components/index.js';
import { textOf } from '../form-reply.js';
import type { Principal } from '../route.js';
import { conflictWords } from './declaration-words.js';
import { page } from './layout.js';

type Typed = { readonly [name: string]: unknown };

const most = 50;
const spare = 3;
const parts = ['with', 'name', 'kind', 'from', 'until'] as const;

/** What the form shows of conflicts that count already. */
export function typedConflicts(conflicts: readonly DeclaredConflict[]): Typed {
  return Object.fromEntries(
    conflicts.flatMap((conflict, index) =>
      parts.map((name) => [`conflicts/${index}/${name}`, conflict[name] ?? '']),
    ),
  );
}

/** The conflicts of the form's lines that have a name or a day, and what was typed with those lines close together. */
export function conflictsTyped(fields: Typed): {
  readonly conflicts: readonly DeclaredConflict[];
  readonly typed: Typed;
} {
  const lines = Array.from({ length: most }, (_, index) =>
    Object.fromEntries(parts.map((name) => [name, textOf(fields, `conflicts/${index}/${name}`)])),
  ).filter(({ name, from, until }) => `${name}${from}${until}` !== '');
  const conflicts = lines.map((line): DeclaredConflict => ({
    with: line['with'] === 'school' ? 'school' : 'person',
    name: line['name']!,
    kind: conflictKinds.find((kind) => kind === line['kind']) ?? 'other',
    from: line['from'] || null,
    until: line['until'] || null,
  }));
  return { conflicts, typed: { ...typedConflicts(conflicts), none: textOf(fields, 'none') } };
}

/** The form: a group of fields for each conflict, and some to spare. */
export function conflictFormPage(form: FormState, principal: Principal): string {
  const filled = Object.keys(form.values).filter((name) => name.endsWith('/with')).length;
  const lines = Array.from({ length: Math.min(most, filled + spare) }, (_, index) => index);
  const labels = Object.fromEntries(
    lines.flatMap((index) => [
      [`conflicts/${index}/name`, `Conflict ${index + 1}: with whom`],
      [`conflicts/${index}/from`, `Conflict ${index + 1}: from`],
      [`conflicts/${index}/until`, `Conflict ${index + 1}: until`],
    ]),
  );
  return page(
    {
      title: 'Conflicts of interest',
      principal,
      path: '/declarations',
      width: 'text',
      above: [{ label: 'Declarations', href: '/declarations' }],
    },
    <>
      <PageHeading
        title="Conflicts of interest"
        lead="Say with whom you are tied so closely that you should not rate their work. Your own school, and whom you coach or supervise, are known already. Nothing of theirs is drawn for you from now on."
      />
      <FormErrors form={form} labels={{ ...labels, none: 'No conflict of interest' }} />
      <Form action="/declarations/conflicts">
        <Checkbox
          form={form}
          name="none"
          label="I know of no conflict of interest."
          hint="Leave everything below empty then."
        />
        {lines.map((index) => (
          <fieldset class="group">
            <legend>Conflict {index + 1}</legend>
            <Select
              form={form}
              name={`conflicts/${index}/with`}
              label="With"
              options={[
                { value: 'person', label: 'A person' },
                { value: 'school', label: 'Everybody of a school' },
              ]}
            />
            <TextField
              form={form}
              name={`conflicts/${index}/name`}
              label="E-mail address at work, or name of the school"
              hint="You are not told whether somebody is a member here: check the spelling."
            />
            <Select
              form={form}
              name={`conflicts/${index}/kind`}
              label="Kind of tie"
              options={conflictKinds.map((kind: ConflictKind) => ({
                value: kind,
                label: conflictWords[kind],
              }))}
            />
            <TextField
              form={form}
              name={`conflicts/${index}/from`}
              label="From"
              type="date"
              width="medium"
              optional
            />
            <TextField
              form={form}
              name={`conflicts/${index}/until`}
              label="Until"
              type="date"
              width="medium"
              optional
              hint="Empty while it goes on. Afterwards it counts for some years more."
            />
          </fieldset>
        ))}
        <p class="hint">What you take out counts as ended today. More lines come once these are declared.</p>
        <Actions>
          <Button>Declare</Button>
          <ButtonLink href="/declarations" kind="second">
            Back
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
