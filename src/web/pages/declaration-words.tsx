import type {
  ConflictKind,
  DeclarationKind,
  DeclarationStanding,
  PartStanding,
} from '../../calibration/index.js';
import { Badge, DateText, Notice } from '../components/index.js';

/** What each kind of tie is called. */
export const conflictWords: { readonly [kind in ConflictKind]: string } = {
  family: 'Family or partner',
  'co-author': 'Co-author',
  mentor: 'Mentor or mentee',
  financial: 'Money',
  other: 'Another tie',
};

const toDo: { readonly [kind in DeclarationKind]: { readonly href: string; readonly words: string } } = {
  'code-of-conduct': { href: '/declarations/code', words: 'Sign the code of conduct' },
  conflicts: {
    href: '/declarations/conflicts',
    words: 'Declare your conflicts of interest, or that you have none',
  },
};

/** What is missing before work is drawn, with the way there; what is to be renewed soon; nothing when all is well. */
export function DeclarationsMissing(props: {
  readonly standing: DeclarationStanding;
  readonly timeZone: string;
}) {
  const { missing, code } = props.standing;
  if (missing.length === 0) {
    if (code.state !== 'to-renew' || code.until === null) return null;
    return (
      <Notice tone="info" title="There is a new code of conduct">
        <p>
          Until <DateText instant={code.until} timeZone={props.timeZone} /> work is drawn for you as before.{' '}
          <a href="/declarations/code">Read and sign it</a>
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title="Nothing is drawn for you until you declare">
      <ul>
        {missing.map((kind) => (
          <li>
            <a href={toDo[kind].href}>{toDo[kind].words}</a>
          </li>
        ))}
      </ul>
      <p>What you have in hand stays with you. It is signed off once this is done.</p>
    </Notice>
  );
}

/** How one of the two stands, in a badge and a day. */
export function PartBadge({ part, timeZone }: { readonly part: PartStanding; readonly timeZone: string }) {
  const until =
    part.until === null ? null : (
      <>
        {' '}
        until <DateText instant={part.until} timeZone={timeZone} />
      </>
    );
  switch (part.state) {
    case 'missing':
      return <Badge tone="warn" icon="clock" word="Missing" />;
    case 'in-force':
      return (
        <span>
          <Badge tone="good" icon="check-circle" word="In force" />
          {until}
        </span>
      );
    case 'to-renew':
      return (
        <span>
          <Badge tone="warn" icon="clock" word="To be signed anew" />
          {until}
        </span>
      );
    case 'lapsed':
      return <Badge tone="warn" icon="pause" word="Over" />;
  }
}
