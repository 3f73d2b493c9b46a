import type { VerificationReport } from '../../verification/index.js';
import { Icon, Markdown, Section, verdictSign, verdictWord } from '../components/index.js';
import { CheckList } from './verify-checks.js';

const titles: Readonly<Record<NonNullable<VerificationReport['kind']>, string>> = {
  credential: 'Inside it, each checked by itself',
  endorsement: 'Inside it, each checked by itself',
  record: 'Credentials in this record, each checked by itself',
  presentation: 'Credentials presented, each checked by itself',
};

/** What is inside, each with its own verdict and, when opened, its own checks. */
export function NestedReports({ report }: { readonly report: VerificationReport }) {
  if (report.nested.length === 0) return null;
  return (
    <Section title={titles[report.kind ?? 'credential']}>
      <Nested reports={report.nested} />
    </Section>
  );
}

function Nested({ reports }: { readonly reports: readonly VerificationReport[] }) {
  return (
    <ul class="checks">
      {reports.map((report) => {
        const [tone, icon] = verdictSign(report.verdict, report.recognition === 'recognised');
        return (
          <li class={`tone-${tone}`}>
            <Icon name={icon} />
            <div>
              <p>
                <strong>{verdictWord(report.verdict)}</strong>: {whatItIs(report)}
              </p>
              {report.endorsement?.comment !== undefined && report.endorsement.comment !== null && (
                <blockquote>
                  <Markdown source={report.endorsement.comment} />
                </blockquote>
              )}
              {report.endorsement?.isAboutThis === false && (
                <p>
                  It is about something else than what it stands in:{' '}
                  <span class="code">{report.endorsement.about ?? 'nothing that it names'}</span>
                </p>
              )}
              <p class="quiet">{report.sentence}</p>
              <details>
                <summary>What was checked of it</summary>
                <CheckList report={report} />
              </details>
              {report.nested.length > 0 && <Nested reports={report.nested} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** The issuer's host before any name, as everywhere. */
function whatItIs({ kind, achievement, issuer, credential, recognition }: VerificationReport) {
  const name = achievement?.name ?? credential?.['name'];
  const by = issuer === null ? null : <> by {recognition === 'recognised' ? issuer.domain : issuer.place}</>;
  const nouns = {
    credential: 'a credential',
    endorsement: 'an endorsement',
    record: 'a learner record',
    presentation: 'a presentation',
  } as const;
  return (
    <>
      {nouns[kind ?? 'credential']}
      {by}
      {typeof name === 'string' && (
        <>
          , <bdi>{name}</bdi>
        </>
      )}
    </>
  );
}
