import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';
import type { Tone } from './state-badge.js';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check-circle',
  warn: 'warning',
  bad: 'cross-circle',
  info: 'info',
  plain: 'info',
};

/** Something to know before going on. `alert` interrupts a screen reader: only for what just went wrong. */
export function Notice(props: {
  readonly tone: Tone;
  readonly title?: string;
  readonly alert?: boolean;
  readonly children?: ComponentChildren;
}) {
  const { tone, title, alert = false, children } = props;
  return (
    <div class={`notice tone-${tone}`} role={alert ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div>
        {title !== undefined && <h2>{title}</h2>}
        {children}
      </div>
    </div>
  );
}

/** What stands where a list would: says what will be here and what to do first. */
export function EmptyState(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
