import type { ComponentChildren } from 'preact';
import type { FieldError } from '../../kernel/index.js';
import { Icon } from './icon.js';

/**
 * What a form shows: what was typed, and what was wrong with it. A field's name is the JSON Pointer of what it
 * fills, without the first slash (`name`, `criteria/0/levels/1/descriptor`), so that an error finds its field.
 */
export interface FormState {
  readonly values: { readonly [name: string]: unknown };
  readonly errors: readonly FieldError[];
  /** The whole problem in a sentence; null on a form that was not sent yet. */
  readonly problem: string | null;
}

/** A form that was not sent yet. */
export function freshForm(values: { readonly [name: string]: unknown } = {}): FormState {
  return { values, errors: [], problem: null };
}

/** What was typed in a field of one value. */
export function valueOf(form: FormState, name: string): string {
  const value = form.values[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What was chosen in a field of many values. */
export function valuesOf(form: FormState, name: string): readonly string[] {
  const value = form.values[name];
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null || value === '' ? [] : [String(value)];
}

/** The errors at a field, those of its parts included. */
export function errorsAt(form: FormState, name: string): readonly string[] {
  const pointer = `/${name}`;
  return form.errors
    .filter((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))
    .map((error) => error.detail);
}

/** The id of a field's control: where the summary of errors leads. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`;
}

interface Common {
  readonly form: FormState;
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** Says "(optional)" beside the label. */
  readonly optional?: boolean;
}

function marks(props: Common): {
  readonly id: string;
  readonly name: string;
  readonly described: { 'aria-describedby'?: string; 'aria-invalid'?: 'true' };
} {
  const id = fieldId(props.name);
  const wrong = errorsAt(props.form, props.name).length > 0;
  const described = [props.hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return {
    id,
    name: props.name,
    described: {
      ...(described === '' ? {} : { 'aria-describedby': described }),
      ...(wrong ? { 'aria-invalid': 'true' as const } : {}),
    },
  };
}

function Around(props: Common & { readonly grouped?: boolean; readonly children?: ComponentChildren }) {
  const id = fieldId(props.name);
  const errors = errorsAt(props.form, props.name);
  const className = errors.length > 0 ? 'field at-fault' : 'field';
  const words = (
    <>
      {props.label}
      {props.optional === true && <span class="optional"> (optional)</span>}
    </>
  );
  const rest = (
    <>
      {props.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {errors.length > 0 && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          <span>{[...new Set(errors)].join('; ')}</span>
        </p>
      )}
      {props.children}
    </>
  );
  if (props.grouped === true) {
    const described = [props.hint === undefined ? '' : `${id}-hint`, errors.length > 0 ? `${id}-error` : '']
      .filter(Boolean)
      .join(' ');
    return (
      <fieldset class={className} id={id} aria-describedby={described || undefined}>
        <legend>{words}</legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div class={className}>
      <label for={id}>{words}</label>
      {rest}
    </div>
  );
}

/** One line of text. */
export function TextField(
  props: Common & {
    readonly type?: 'text' | 'email' | 'url' | 'number' | 'date' | 'search';
    readonly width?: 'short' | 'medium' | 'full';
    readonly autocomplete?: string;
    readonly required?: boolean;
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    readonly language?: string;
  },
) {
  const { id, name, described } = marks(props);
  const { width = 'full' } = props;
  return (
    <Around {...props}>
      <input
        id={id}
        name={name}
        type={(props.type ?? 'text') as 'text'}
        class={width === 'full' ? undefined : `input-${width}`}
        value={valueOf(props.form, name)}
        autocomplete={props.autocomplete}
        required={props.required}
        min={props.min}
        max={props.max}
        step={props.step}
        lang={props.language}
        dir="auto"
        {...described}
      />
    </Around>
  );
}

/** Several lines of text. */
export function TextArea(
  props: Common & { readonly rows?: number; readonly code?: boolean; readonly required?: boolean },
) {
  const { id, name, described } = marks(props);
  return (
    <Around {...props}>
      <textarea
        id={id}
        name={name}
        rows={props.rows ?? 4}
        class={props.code === true ? 'input-code' : undefined}
        spellcheck={props.code === true ? false : undefined}
        required={props.required}
        dir="auto"
        {...described}
      >
        {valueOf(props.form, name)}
      </textarea>
    </Around>
  );
}

/** One of a list. */
export function Select(
  props: Common & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    /** Where a person goes on: for the one field that was just added. */
    readonly autofocus?: boolean;
  },
) {
  const { id, name, described } = marks(props);
  const chosen = valueOf(props.form, name);
  return (
    <Around {...props}>
      <select id={id} name={name} class="input-medium" autofocus={props.autofocus} {...described}>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

export interface Option {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

/** Any or one of a few, each with a box of its own. */
export function Choices(
  props: Common & {
    readonly kind: 'any' | 'one';
    readonly options: readonly Option[];
    readonly beside?: boolean;
  },
) {
  const chosen = valuesOf(props.form, props.name);
  const id = fieldId(props.name);
  return (
    <Around {...props} grouped>
      <div class={props.beside === true ? 'choices-beside' : undefined}>
        {props.options.map((option, index) => (
          <div class="choice">
            <input
              type={props.kind === 'any' ? 'checkbox' : 'radio'}
              id={`${id}-${index}`}
              name={props.name}
              value={option.value}
              checked={chosen.includes(option.value)}
              aria-describedby={option.hint === undefined ? undefined : `${id}-${index}-hint`}
            />
            <label for={`${id}-${index}`}>{option.label}</label>
            {option.hint !== undefined && (
              <p class="hint" id={`${id}-${index}-hint`}>
                {option.hint}
              </p>
            )}
          </div>
        ))}
      </div>
    </Around>
  );
}

/** One box: yes or no. Its value is `yes`. */
export function Checkbox(props: Common) {
  const { id, name, described } = marks(props);
  const errors = errorsAt(props.form, name);
  return (
    <div class={errors.length > 0 ? 'field at-fault' : 'field'}>
      {errors.length > 0 && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          <span>{errors.join('; ')}</span>
        </p>
      )}
      <div class="choice">
        <input
          type="checkbox"
          id={id}
          name={name}
          value="yes"
          checked={valueOf(props.form, name) === 'yes'}
          {...described}
        />
        <label for={id}>{props.label}</label>
        {props.hint !== undefined && (
          <p class="hint" id={`${id}-hint`}>
            {props.hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** Rubric levels as cards of which one is chosen. */
export function LevelCards(
  props: Common & {
    readonly levels: readonly { readonly value: string; readonly name: string; readonly text: string }[];
  },
) {
  const chosen = valueOf(props.form, props.name);
  return (
    <Around {...props} grouped>
      <div class="level-cards">
        {props.levels.map((level) => (
          <label class="level-card">
            <input type="radio" name={props.name} value={level.value} checked={level.value === chosen} />
            <span class="level-name">{level.name}</span>
            <span class="level-text">{level.text}</span>
          </label>
        ))}
      </div>
    </Around>
  );
}

/** Files to send. The form needs `upload`. A browser never keeps a chosen file over a failed form: say so in the hint. */
export function FileField(props: Common & { readonly accept?: string; readonly multiple?: boolean }) {
  const { id, name, described } = marks(props);
  return (
    <Around {...props}>
      <input type="file" id={id} name={name} accept={props.accept} multiple={props.multiple} {...described} />
    </Around>
  );
}
