import type { ComponentChildren } from 'preact';

/** A place to go. */
export interface Place {
  readonly label: string;
  readonly href: string;
}

/** Where this page is: the pages above it, then its own name. */
export function Breadcrumb(props: { readonly above: readonly Place[]; readonly here: string }) {
  return (
    <nav class="breadcrumb" aria-label="Where this page is">
      <ol>
        {props.above.map((place) => (
          <li>
            <a href={place.href}>{place.label}</a>
          </li>
        ))}
        <li aria-current="page">{props.here}</li>
      </ol>
    </nav>
  );
}

/** Pages of one subject, as links: no script. */
export function Tabs(props: {
  readonly label: string;
  readonly current: string;
  readonly tabs: readonly (Place & { readonly after?: ComponentChildren })[];
}) {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.href === props.current ? 'page' : undefined}>
              {tab.label}
              {tab.after}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A link to the next page of a list; nothing on the last. `href` is the list's address, `next` the cursor. */
export function Pager(props: { readonly href: string; readonly next: string | undefined }) {
  if (props.next === undefined) return null;
  const joint = props.href.includes('?') ? '&' : '?';
  return (
    <nav class="pager" aria-label="Pages of the list">
      <a class="button button-second" href={`${props.href}${joint}cursor=${encodeURIComponent(props.next)}`}>
        Next page
      </a>
    </nav>
  );
}
