import { Icon, type IconName } from './icon.js';

/** How something stands, as colour: always beside an icon and a word. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

/** A word with an icon and a tone. */
export function Badge({
  tone,
  icon,
  word,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}) {
  return (
    <span class={`badge tone-${tone}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

/** Every state of the rooms' documents, as people read it. */
const states = {
  // versions and rubrics
  draft: ['plain', 'pencil', 'Draft'],
  published: ['good', 'check-circle', 'Published'],
  retired: ['plain', 'stop', 'Retired'],
  // submissions
  submitted: ['info', 'upload', 'Submitted'],
  incomplete: ['warn', 'warning', 'Incomplete'],
  in_review: ['info', 'eye', 'In review'],
  adjudicating: ['info', 'scales', 'Being adjudicated'],
  met: ['good', 'check-circle', 'Met'],
  not_yet: ['warn', 'clock', 'Not yet'],
  withdrawn: ['plain', 'dash', 'Withdrawn'],
  void: ['plain', 'stop', 'Void'],
  reopened: ['warn', 'flag', 'Being rated again'],
  // assignments and ratings
  offered: ['info', 'clock', 'To do'],
  assigned: ['info', 'clock', 'To do'],
  accepted: ['info', 'pencil', 'In hand'],
  open: ['info', 'clock', 'Open'],
  committed: ['good', 'check-circle', 'Committed'],
  released: ['plain', 'dash', 'Given back'],
  declined: ['plain', 'dash', 'Declined'],
  done: ['good', 'check-circle', 'Done'],
  // awards
  preparing: ['info', 'clock', 'Being prepared'],
  active: ['good', 'check-circle', 'Active'],
  suspended: ['warn', 'pause', 'Suspended'],
  revoked: ['bad', 'cross-circle', 'Revoked'],
  superseded: ['plain', 'stop', 'Replaced'],
  expired: ['warn', 'clock', 'Expired'],
  // certifications
  probation: ['warn', 'warning', 'On probation'],
  // drift signals and what is looked back on
  raised: ['warn', 'flag', 'Raised'],
  acknowledged: ['info', 'eye', 'Looked at'],
  recalibrating: ['info', 'scales', 'Recalibrating'],
  cleared: ['good', 'check-circle', 'Cleared'],
  due: ['plain', 'clock', 'Due'],
  held: ['info', 'eye', 'Being rated again'],
  unchanged: ['good', 'check-circle', 'Decided the same'],
  changed: ['bad', 'flag', 'Decided otherwise'],
  notPossible: ['plain', 'stop', 'Cannot be rated again'],
  // exemplars and qualifying forms
  keying: ['info', 'pencil', 'Being keyed'],
  discussing: ['warn', 'people', 'Experts discuss'],
  keyed: ['good', 'key', 'Keyed'],
  unresolved: ['plain', 'question', 'Unresolved'],
  certified: ['good', 'check-circle', 'Certified'],
  'not-certified': ['warn', 'clock', 'Not certified'],
  // review cases
  waiting: ['warn', 'clock', 'Waiting for somebody'],
  rating: ['info', 'eye', 'Being rated'],
  // review pools
  proposed: ['info', 'clock', 'Proposed'],
  ended: ['plain', 'stop', 'Ended'],
  closed: ['plain', 'stop', 'Ended without a decision'],
  decided: ['good', 'check-circle', 'Decided'],
  // appeals
  filed: ['info', 'clock', 'Waits for screening'],
  admitted: ['info', 'scales', 'Being looked into'],
  inadmissible: ['plain', 'stop', 'Not admitted'],
  upheld: ['plain', 'check', 'The decision stands'],
  varied: ['good', 'flag', 'The work is rated again'],
  dismissed: ['plain', 'dash', 'Dismissed: the decision stands'],
  // members and keys
  left: ['plain', 'dash', 'Left'],
  current: ['good', 'key', 'In use'],
  compromised: ['bad', 'warning', 'Compromised'],
} as const satisfies Record<string, readonly [Tone, IconName, string]>;

export type KnownState = keyof typeof states;

/** The badge of a state. A state that is not in the table is a programming error, so it does not compile. */
export function StateBadge({ state, word }: { readonly state: KnownState; readonly word?: string }) {
  const [tone, icon, usual] = states[state];
  return <Badge tone={tone} icon={icon} word={word ?? usual} />;
}
