import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';
import type { Tone } from './state-badge.js';

/** The seven verdicts of a verification as `verification/` gives them. */
export type VerdictName =
  'valid' | 'expired' | 'not-yet-valid' | 'suspended' | 'revoked' | 'not-genuine' | 'could-not-check';

/** The seven verdicts as people see them: a tone, an icon and words. */
const verdicts: Readonly<Record<VerdictName, readonly [Tone, IconName, string]>> = {
  valid: ['good', 'shield', 'Valid'],
  expired: ['warn', 'clock', 'Expired'],
  'not-yet-valid': ['warn', 'clock', 'Not valid yet'],
  suspended: ['warn', 'pause', 'Suspended'],
  revoked: ['bad', 'cross-circle', 'Revoked'],
  'not-genuine': ['bad', 'cross-circle', 'Not genuine'],
  'could-not-check': ['plain', 'question', 'Could not check'],
};

/** The verdict as a word. */
export function verdictWord(verdict: VerdictName): string {
  return verdicts[verdict][2];
}

/** Its tone and icon; a valid credential of an issuer that is not known is neutral. */
export function verdictSign(verdict: VerdictName, known: boolean): readonly [Tone, IconName] {
  const [tone, icon] = verdicts[verdict];
  return [verdict === 'valid' && !known ? 'info' : tone, icon];
}

/**
 * The verdict on a credential, first on its page: icon, word and colour, then one sentence. A valid credential of an
 * issuer that is not known is neutral in colour: `known` false.
 */
export function Verdict(props: {
  readonly verdict: VerdictName;
  readonly sentence: ComponentChildren;
  readonly known?: boolean;
  /** Whether the word is the page's `h1`; else the page has another. */
  readonly headline?: boolean;
  /** What stands beside the word, where it would promise too much alone. */
  readonly qualified?: string;
  readonly children?: ComponentChildren;
}) {
  const word = [verdictWord(props.verdict), props.qualified].filter(Boolean).join(', ');
  const [tone, icon] = verdictSign(props.verdict, props.known !== false);
  return (
    <section class={`verdict tone-${tone}`} aria-labelledby="verdict">
      <Icon name={icon} />
      <div>
        {props.headline === true ? (
          <h1 class="verdict-word" id="verdict">
            {word}
          </h1>
        ) : (
          <p class="verdict-word" id="verdict">
            {word}
          </p>
        )}
        <p class="verdict-sentence">{props.sentence}</p>
        {props.children}
      </div>
    </section>
  );
}
