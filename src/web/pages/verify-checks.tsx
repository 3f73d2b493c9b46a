import type { CheckName, CheckResult, Outcome, VerificationReport } from '../../verification/index.js';
import { Icon, type IconName, type Tone } from '../components/index.js';

/** What each check asks, for a person. */
const questions: Readonly<Record<CheckName, string>> = {
  limits: 'Is it small enough to be read safely?',
  parse: 'Is there a credential in it?',
  nested: 'Do the credentials in it hold?',
  guard: 'Can it be read in one way only?',
  'proof-set': 'Is every signature of a kind we accept?',
  compact: 'Does it mean what it seems to say?',
  'data-model': 'Does it follow the standard?',
  schema: 'Does it fit its schemas?',
  proof: 'Is it signed by its issuer, and unchanged since?',
  validity: 'Is it in force by its dates?',
  status: 'Has the issuer revoked or suspended it?',
  refresh: 'Is there a newer version?',
  pinned: 'Are the documents that it rests on unchanged?',
  recipient: 'Was it issued to this e-mail address?',
  recognition: 'Do we know the issuer?',
};

const outcomes: Readonly<Record<Outcome, readonly [Tone, IconName, string]>> = {
  passed: ['good', 'check-circle', 'Yes'],
  failed: ['bad', 'cross-circle', 'No'],
  'could-not-check': ['warn', 'question', 'Could not check'],
  'not-applicable': ['plain', 'dash', 'Does not apply'],
};

/** Checks whose failing is good news or no news are said in their own words. */
function outcomeOf({ check, outcome }: CheckResult): readonly [Tone, IconName, string] {
  const [tone, icon, word] = outcomes[outcome];
  if (check === 'status' && outcome === 'passed') return [tone, icon, 'No, it has not'];
  if (check === 'status' && outcome === 'failed') return [tone, icon, 'Yes, it has'];
  if (check === 'recognition' && outcome === 'failed') return ['warn', 'warning', 'No'];
  return [tone, icon, word];
}

/** Every check with what it found, in the order in which they are made. */
export function CheckList({ report }: { readonly report: VerificationReport }) {
  return (
    <ul class="checks">
      {report.checks.map((check) => (
        <Check check={check} question={questionOf(check.check, report)} />
      ))}
    </ul>
  );
}

function questionOf(check: CheckName, { kind }: VerificationReport): string {
  if (kind !== 'presentation') return questions[check];
  switch (check) {
    case 'parse':
      return 'Is there a presentation in it?';
    case 'proof':
      return 'Is it signed by who presents it, and unchanged since?';
    default:
      return questions[check];
  }
}

function Check({ check, question }: { readonly check: CheckResult; readonly question: string }) {
  const [tone, icon, word] = outcomeOf(check);
  return (
    <li class={`tone-${tone}`}>
      <Icon name={icon} />
      <div>
        <p>
          <strong>{question}</strong> <span class="outcome">{word}</span>
        </p>
        <p class="quiet">{check.detail}</p>
      </div>
    </li>
  );
}
