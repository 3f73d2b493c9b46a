import type { Instant } from '../../kernel/index.js';
import { DateText, Notice } from '../components/index.js';
import { dayIn } from '../day-in-zone.js';

/** Until when what is written is kept, and while it is not; `data-when` names the state in which a script shows each. */
export function Kept(props: {
  readonly at: Instant | undefined;
  readonly now: Instant;
  readonly timeZone: string;
}) {
  const { at, now, timeZone } = props;
  return (
    <>
      <span data-when="kept">
        {at === undefined ? (
          'Nothing is kept yet.'
        ) : dayIn(at, timeZone) === dayIn(now, timeZone) ? (
          <>
            Kept at <DateText instant={at} timeZone={timeZone} kind="clock" />.
          </>
        ) : (
          <>
            Kept on <DateText instant={at} timeZone={timeZone} kind="moment" />.
          </>
        )}
      </span>
      <span data-when="changed" hidden>
        Not kept yet: you are writing …
      </span>
      {['refused', 'signed-out', 'unreached', 'elsewhere', 'gone'].map((state) => (
        <strong data-when={state} hidden>
          Not kept.
        </strong>
      ))}
    </>
  );
}

/** Why what is written is not kept, and what to do. Hidden until a script finds that it is so. */
export function KeepingFailed({ assignment }: { readonly assignment: string }) {
  const address = `/reviews/${assignment}`;
  return (
    <>
      <div data-when="signed-out" tabIndex={-1} hidden>
        <Notice tone="warn" title="You are signed out" alert>
          <p>
            Nothing is lost: all that you wrote is on this page.{' '}
            <a href={`/sign-in?next=${encodeURIComponent(address)}`} target="_blank">
              Sign in in another window
            </a>
            , then come back to this one: it is kept then.
          </p>
        </Notice>
      </div>
      <div data-when="unreached" tabIndex={-1} hidden>
        <Notice tone="warn" title="The service is not reached" alert>
          <p>
            All that you wrote is on this page. It is tried again every few seconds; leave the window open.
          </p>
        </Notice>
      </div>
      <div data-when="elsewhere" hidden>
        <Notice tone="warn" title="Another window has kept something else" alert>
          <p>
            What you write here is not kept by itself any more. To put this in its place, press “Save draft”
            and then once more; to go on with the other, <a href={address}>open what is kept</a>.
          </p>
        </Notice>
      </div>
      <div data-when="refused" hidden>
        <Notice tone="warn" title="This cannot be kept as it is" alert>
          <div data-faults />
          <p>Nothing since is kept until it is mended. What you wrote is on this page.</p>
        </Notice>
      </div>
      <div data-when="gone" hidden>
        <Notice tone="warn" title="This rating is not open any more" alert>
          <p>
            It was committed in another window, or the work went to somebody else.{' '}
            <a href={address} target="_blank">
              See how it stands
            </a>
            ; what you wrote stays on this page until you close it.
          </p>
        </Notice>
      </div>
    </>
  );
}

/** The keys of the page, and whether they are used (WCAG 2.2, 2.1.4). Hidden where no script listens to them. */
export function Keys() {
  const keys = [
    ['1 to 9', 'the level of the criterion that you are at'],
    ['J and K', 'the next criterion, the one before'],
    ['C', 'point at the second that the video shows'],
    ['Ctrl and Enter', 'commit'],
    ['?', 'this list'],
  ];
  return (
    <details class="small keys" data-keys hidden>
      <summary>Keys</summary>
      <dl class="keys-list">
        {keys.map(([key, what]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        <label>
          <input type="checkbox" /> Use these keys, on this device
        </label>
      </p>
    </details>
  );
}
