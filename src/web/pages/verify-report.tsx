import { unreachable } from '../../kernel/index.js';
import { quotedName, type VerificationReport } from '../../verification/index.js';
import {
  Badge,
  ButtonLink,
  DateText,
  Facts,
  Markdown,
  Section,
  Verdict,
  momentIn,
} from '../components/index.js';
import { shownCredential, webAddress } from './shown-credential.js';
import { ShownParts } from './shown-parts.js';
import { NestedReports } from './verify-nested.js';
import { CheckList } from './verify-checks.js';

type Kind = NonNullable<VerificationReport['kind']>;

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
        {...(report.verdict === 'valid' && isUnsigned(report)
          ? { qualified: 'presented without a signature' }
          : {})}
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
              ['Kind', kinds[report.kind ?? 'credential']],
              ['Presented by', presenterOf(report)],
              [titled[report.kind ?? 'credential'], nameOf(report, shown.name)],
              ['Issuer', report.issuer === null ? null : <IssuerFacts report={report} />],
              ['Endorsement', report.endorsement === undefined ? null : <EndorsementFacts report={report} />],
              ['Holder', isAboutHolder(report) ? <HolderFacts report={report} /> : null],
              ['Awarded', utcDay(shown.awardedDate)],
              ['In force from', utcDay(shown.validFrom)],
              ['In force until', utcDay(shown.validUntil)],
              ['Credit', shown.creditsEarned === null ? null : `${shown.creditsEarned} hours`],
              ['How it was reviewed', shown.narrative],
              [
                'Signed with the key',
                report.key === undefined ? null : <span class="code">{report.key}</span>,
              ],
              ['Status list of', momentOf(report.statusListedAt)],
              ['Status asked for on', momentOf(report.statusCheckedAt)],
            ]}
          />
        </Section>
      )}
      <NestedReports report={report} />
      <Section title="What was checked">
        <CheckList report={report} />
      </Section>
      {shown !== null && report.verdict !== 'not-genuine' && (
        <div class="sheet">
          <ShownParts shown={shown} />
        </div>
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

const kinds: Readonly<Record<Kind, string | null>> = {
  credential: null,
  endorsement: 'An endorsement: somebody speaks for something',
  record: 'A learner record (CLR), which holds other credentials',
  presentation: 'A presentation: credentials that somebody puts forward',
};

/** What the name of the thing is called. */
const titled: Readonly<Record<Kind, string>> = {
  credential: 'Achievement',
  endorsement: 'Name',
  record: 'Name',
  presentation: 'Name',
};

function nameOf({ achievement }: VerificationReport, name: string | null) {
  const shown = achievement?.name ?? name;
  return shown === null ? null : <strong dir="auto">{shown}</strong>;
}

/** A presentation that holds what is valid and is signed by nobody: anybody may have put it together. */
function isUnsigned({ kind, checks }: VerificationReport): boolean {
  return (
    kind === 'presentation' && !checks.some(({ check, outcome }) => check === 'proof' && outcome === 'passed')
  );
}

/** Whom a presentation names as its holder; only where its signature holds is that shown. */
function presenterOf(report: VerificationReport) {
  const { kind, credential } = report;
  if (kind !== 'presentation') return null;
  if (isUnsigned(report)) return 'Not shown by any signature';
  const holder = credential?.['holder'];
  const id = typeof holder === 'object' && holder !== null ? (holder as { id?: unknown }).id : holder;
  return typeof id === 'string' ? <span class="code">{id}</span> : 'Whoever has the key that signed it';
}

function isAboutHolder({ kind }: VerificationReport): boolean {
  return kind === 'credential' || kind === 'record';
}

function EndorsementFacts({ report }: { readonly report: VerificationReport }) {
  const { endorsement } = report;
  if (endorsement === undefined) return null;
  return (
    <>
      {endorsement.comment !== null && <Markdown source={endorsement.comment} />}
      <span class="quiet small">
        About <span class="code">{endorsement.about}</span>
      </span>
    </>
  );
}

/** A moment that a list states; one that it states in words of its own is shown as it is. */
function momentOf(instant: string | undefined) {
  if (instant === undefined) return null;
  return Number.isNaN(Date.parse(instant)) ? instant : momentIn(instant, 'UTC');
}

function Replacement({ address }: { readonly address: string }) {
  const href = webAddress(address);
  return <p>Use this one instead: {href === null ? address : <a href={href}>{href}</a>}</p>;
}

function IssuerFacts({ report }: { readonly report: VerificationReport }) {
  const { issuer } = report;
  if (issuer === null) return null;
  return (
    <>
      <strong>{report.recognition === 'recognised' ? issuer.domain : issuer.place}</strong>{' '}
      <RecognitionBadge report={report} />
      <br />
      {issuer.name !== null && (
        <>
          It gives itself the name {quotedName(issuer.name)}
          <br />
        </>
      )}
      <span class="quiet small">
        <span class="code">{issuer.id}</span>
      </span>
    </>
  );
}

function RecognitionBadge({ report }: { readonly report: VerificationReport }) {
  const { recognition, verdict } = report;
  switch (recognition) {
    case 'recognised':
      // Whoever made what is not genuine wrote the issuer's name in it, too.
      return verdict === 'not-genuine' ? (
        <Badge tone="plain" icon="question" word="Names an issuer on our list" />
      ) : (
        <Badge tone="good" icon="check-circle" word="On our list of issuers" />
      );
    case 'unknown':
      return <Badge tone="plain" icon="question" word="Not on our list of issuers" />;
    case 'look-alike':
      return <Badge tone="bad" icon="warning" word="Resembles another issuer" />;
    default:
      return unreachable(recognition);
  }
}

/** None of several is the first: their order is not signed. */
function hasSeveralSubjects({ credential }: VerificationReport): boolean {
  const subjects = credential?.['credentialSubject'];
  return Array.isArray(subjects) && subjects.length > 1;
}

function HolderFacts({ report }: { readonly report: VerificationReport }) {
  if (hasSeveralSubjects(report)) return <>Several; the document says who is said to have what</>;
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
