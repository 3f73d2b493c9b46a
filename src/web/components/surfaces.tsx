import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

/** A sheet with one subject. */
export function Card(props: { readonly title?: ComponentChildren; readonly children?: ComponentChildren }) {
  return (
    <section class="card">
      {props.title !== undefined && <h2>{props.title}</h2>}
      {props.children}
    </section>
  );
}

/** A card that is one link: a way to go on, on start pages. */
export function CardLink(props: {
  readonly href: string;
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <a class="card card-link" href={props.href}>
      <span class="card-title">
        <Icon name={props.icon} />
        {props.title}
      </span>
      {props.children !== undefined && <span class="quiet">{props.children}</span>}
    </a>
  );
}

/** A part of a page under a heading of its own. */
export function Section(props: {
  readonly title: string;
  readonly id?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class="section" id={props.id}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** The top of a page: its one `h1`, a line under it, and what can be done with the whole. */
export function PageHeading(props: {
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
}) {
  return (
    <div class="page-head">
      <div class="row row-apart">
        <h1>{props.title}</h1>
        {props.actions !== undefined && <div class="row">{props.actions}</div>}
      </div>
      {props.lead !== undefined && <p class="lead measure">{props.lead}</p>}
    </div>
  );
}

/** Named facts: a term and what it is. Rows whose value is null are left out. */
export function Facts(props: {
  readonly rows: readonly (readonly [term: string, value: ComponentChildren | null])[];
}) {
  return (
    <dl class="facts">
      {props.rows
        .filter(([, value]) => value !== null)
        .map(([term, value]) => (
          <>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  );
}

/** A link that looks like a button. */
export function ButtonLink(props: {
  readonly href: string;
  readonly kind?: 'first' | 'second';
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
}) {
  return (
    <a class={props.kind === 'second' ? 'button button-second' : 'button'} href={props.href}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </a>
  );
}
