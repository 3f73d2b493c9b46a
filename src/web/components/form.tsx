import type { ComponentChildren } from 'preact';
import { errorsAt, fieldId, type FormState } from './field.js';
import { Icon, type IconName } from './icon.js';
import { Notice } from './notice.js';

/** A form that is sent by POST to `action`. */
export function Form(props: {
  readonly action: string;
  /** Whether files go with it. */
  readonly upload?: boolean;
  readonly wide?: boolean;
  /** Whether what is written is kept while it is written, where a script does so. */
  readonly keeps?: boolean;
  readonly children?: ComponentChildren;
}) {
  return (
    <form
      class={props.wide === true ? 'form form-wide' : 'form'}
      method="post"
      action={props.action}
      enctype={props.upload === true ? 'multipart/form-data' : undefined}
      novalidate
      data-keeps={props.keeps === true ? 'kept' : undefined}
    >
      {props.children}
    </form>
  );
}

/** The name of a field for people, from its pointer: the label that `labels` gives, else the pointer in words. */
function labelOf(pointer: string, labels: { readonly [name: string]: string }): string {
  const name = pointer.replace(/^\//, '');
  const known = labels[name] ?? labels[name.split('/')[0] ?? ''];
  return (
    known ??
    name
      .replaceAll('/', ' › ')
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
  );
}

/**
 * The summary of what was wrong, at the top of the form: each fault leads to its field. Nothing on a form that was
 * not sent or had no fault. `labels` names fields whose pointer does not read well.
 */
export function FormErrors(props: {
  readonly form: FormState;
  readonly labels?: { readonly [name: string]: string };
  /** What the form was refused; "This was not saved" when left out. */
  readonly title?: string;
  /** What became of the words; "What you typed is still below." when left out. */
  readonly kept?: string;
}) {
  const { form, labels = {} } = props;
  if (form.problem === null) return null;
  return (
    <Notice tone="bad" title={props.title ?? 'This was not saved'} alert>
      {form.errors.length === 0 ? (
        <p>{form.problem}</p>
      ) : (
        <ul>
          {form.errors.map((error) => {
            const target = fieldOf(form, error.pointer);
            const words = (
              <>
                <strong>{labelOf(error.pointer, labels)}</strong> {error.detail}
              </>
            );
            return <li>{target === undefined ? words : <a href={`#${fieldId(target)}`}>{words}</a>}</li>;
          })}
        </ul>
      )}
      <p class="quiet">{props.kept ?? 'What you typed is still below.'}</p>
    </Notice>
  );
}

/** The field on the page that a pointer is about: the field itself, else the one that it is a part of. */
function fieldOf(form: FormState, pointer: string): string | undefined {
  let name = pointer.replace(/^\//, '');
  while (name !== '') {
    if (name in form.values || errorsAt(form, name).length > 0) return name;
    name = name.slice(0, Math.max(0, name.lastIndexOf('/')));
  }
  return undefined;
}

/** The buttons under a form. */
export function Actions(props: { readonly children?: ComponentChildren }) {
  return <div class="actions">{props.children}</div>;
}

/** A button that sends its form; with `name` and `value` the handler knows which was pressed. */
export function Button(props: {
  readonly kind?: 'first' | 'second' | 'danger';
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly name?: string;
  readonly value?: string;
  /** Its name where several on a page have the same words: begins with the words that are seen. */
  readonly label?: string;
  readonly children?: ComponentChildren;
}) {
  const { kind = 'first' } = props;
  const classes = [
    'button',
    kind === 'first' ? '' : `button-${kind}`,
    props.small === true ? 'button-small' : '',
  ];
  return (
    <button
      type="submit"
      class={classes.filter(Boolean).join(' ')}
      name={props.name}
      value={props.value}
      aria-label={props.label}
    >
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </button>
  );
}

/** A fact that goes with a form unseen. */
export function Hidden(props: { readonly name: string; readonly value: string }) {
  return <input type="hidden" name={props.name} value={props.value} />;
}
