import { unreachable } from '../../kernel/index.js';
import type { CheckName, CheckResult, Outcome, VerificationReport } from '../../verification/index.js';
import {
  Badge,
  ButtonLink,
  DateText,
  Facts,
  Icon,
  Section,
  Verdict,
  momentIn,
  verdictWord,
  type IconName,
  type Tone,
} from '../components/index.js';
import { shownCredential, webAddress } from './shown-credential.js';
import { ShownParts } from './shown-parts.js';

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

/** A verification report, as a person reads it: the sentence, who issued it, every check, what was shown, the document. */
export function ReportView({ report }: { readonly report: VerificationReport }) {
  const shown = report.credential === null ? null : shownCredential(report.credential);
  return (
    <article>
      <Verdict
        verdict={report.verdict}
        sentence={report.sentence}
        known={report.recognition === 'recognised'}
        headline
      >
        {report.replacedBy !== undefined && <Replacement address={report.replacedBy} />}
        <p class="quiet small">Checked on {momentIn(report.checkedAt, 'UTC')}. Nothing of it was stored.</p>
      </Verdict>
      {report.reasons.length > 1 && (
        <Section title="Why">
          <ul>
            {report.reasons.map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </Section>
      )}
      {shown !== null && (
        <Section title={report.verdict === 'not-genuine' ? 'What it claims' : 'What it says'}>
          <Facts
            rows={[
              [
                'Achievement',
                report.achievement?.name === null ? null : (
                  <strong dir="auto">{report.achievement?.name}</strong>
                ),
              ],
              ['Issuer', report.issuer === null ? null : <IssuerFacts report={report} />],
              ['Holder', <HolderFacts report={report} />],
              ['Awarded', utcDay(shown.awardedDate)],
              ['In force from', utcDay(shown.validFrom)],
              ['In force until', utcDay(shown.validUntil)],
              ['Credit', shown.creditsEarned === null ? null : `${shown.creditsEarned} hours`],
              ['How it was reviewed', shown.narrative],
            ]}
          />
        </Section>
      )}
      <Section title="What was checked">
        <ul class="checks">
          {report.checks.map((check) => (
            <Check check={check} />
          ))}
        </ul>
      </Section>
      {shown !== null && report.verdict !== 'not-genuine' && (
        <div class="sheet">
          <ShownParts shown={shown} />
        </div>
      )}
      {report.nested.length > 0 && (
        <Section title="Credentials inside it">
          <ul>
            {report.nested.map((inner) => (
              <li>
                <strong>{verdictWord(inner.verdict)}</strong>: {inner.achievement?.name ?? 'a credential'}.{' '}
                {inner.sentence}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {report.credential !== null && (
        <details class="section no-print">
          <summary>The document that was judged, as JSON</summary>
          <pre tabIndex={0}>{JSON.stringify(report.credential, null, 2)}</pre>
        </details>
      )}
      <div class="actions">
        <ButtonLink href="/verify" icon="shield">
          Check another
        </ButtonLink>
      </div>
      <p class="quiet small section">A print of this page is no proof: check the credential again.</p>
    </article>
  );
}

function Replacement({ address }: { readonly address: string }) {
  const href = webAddress(address);
  return <p>Use this one instead: {href === null ? address : <a href={href}>{href}</a>}</p>;
}

function Check({ check }: { readonly check: CheckResult }) {
  const [tone, icon, word] = outcomeOf(check);
  return (
    <li class={`tone-${tone}`}>
      <Icon name={icon} />
      <div>
        <p>
          <strong>{questions[check.check]}</strong> <span class="outcome">{word}</span>
        </p>
        <p class="quiet">{check.detail}</p>
      </div>
    </li>
  );
}

function IssuerFacts({ report }: { readonly report: VerificationReport }) {
  const { issuer } = report;
  if (issuer === null) return null;
  return (
    <>
      <strong>{issuer.domain}</strong>
      {issuer.name !== null && (
        <>
          {' '}
          (<bdi>{issuer.name}</bdi>)
        </>
      )}{' '}
      <RecognitionBadge recognition={report.recognition} />
      <br />
      <span class="quiet small">
        <span class="code">{issuer.id}</span>
      </span>
    </>
  );
}

function RecognitionBadge({ recognition }: { readonly recognition: VerificationReport['recognition'] }) {
  switch (recognition) {
    case 'recognised':
      return <Badge tone="good" icon="check-circle" word="On our list of issuers" />;
    case 'unknown':
      return <Badge tone="plain" icon="question" word="Not on our list of issuers" />;
    case 'look-alike':
      return <Badge tone="bad" icon="warning" word="Resembles another issuer" />;
    default:
      return unreachable(recognition);
  }
}

function HolderFacts({ report }: { readonly report: VerificationReport }) {
  const compared = report.checks.find(({ check }) => check === 'recipient');
  if (compared?.outcome === 'passed') return <>The person with the e-mail address that you gave</>;
  if (compared?.outcome === 'failed')
    return <>Somebody else than the person with the e-mail address that you gave</>;
  if (report.holder?.name !== null && report.holder?.name !== undefined)
    return <bdi>{report.holder.name}</bdi>;
  return report.holder?.hashedEmail === true ? (
    <>The holder of an e-mail address that is not shown; ask for it and check again with it</>
  ) : (
    <>Not said</>
  );
}

function utcDay(instant: string | null) {
  return instant === null ? null : <DateText instant={instant} timeZone="UTC" />;
}
