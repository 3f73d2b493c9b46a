import type { CarriedEndorsement, PublicCredential } from '../../issuing/index.js';
import { unreachable, type Instant } from '../../kernel/index.js';
import { quotedName } from '../../verification/index.js';
import {
  Badge,
  DateText,
  Facts,
  Icon,
  Markdown,
  Notice,
  Section,
  Verdict,
  momentIn,
  type VerdictName,
} from '../components/index.js';
import { EndorsedBy } from './endorsed-by.js';
import { page } from './layout.js';
import { linkedInAddress } from './linkedin.js';
import { shownCredential, webAddress, type ShownCredential } from './shown-credential.js';
import { ShownParts } from './shown-parts.js';

/** What the public page of a credential is made from: `publicCredential` of issuing, and when it was asked. */
export interface PublicCredentialView extends PublicCredential {
  /** No slash at the end. */
  readonly publicUrl: string;
  readonly endorsements: readonly CarriedEndorsement[];
  /** When the record was read: say whole minutes, so that a repeat within one gives the same bytes. */
  readonly readAt: Instant;
}

interface Said {
  readonly verdict: VerdictName;
  readonly sentence: string;
  readonly replacedBy: string | null;
}

/**
 * The public page of a credential: the verdict first, from our own record; then who issued it and how that is known,
 * what was shown, how it was reviewed, standards and dates. No script; send it with `publicPageHeaders`.
 */
export function publicCredentialPage(view: PublicCredentialView): string {
  const { version, district, links, award } = view;
  const { content } = version;
  const shown = shownCredential(view.credential);
  const said = verdictOf(view);
  const host = new URL(view.publicUrl).host;
  const description = `${said.sentence} ${content.description}`;
  const head = (
    <>
      <meta name="robots" content="noindex" />
      <meta name="description" content={description.slice(0, 300)} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={district.name} />
      <meta property="og:title" content={content.name} />
      <meta property="og:description" content={description.slice(0, 300)} />
      <meta property="og:url" content={links.page} />
      <meta property="og:image" content={links.png} />
      <meta property="og:image:alt" content={`Badge of ${content.name}`} />
      <meta name="twitter:card" content="summary" />
      <link rel="canonical" href={links.page} />
      <link rel="alternate" type="application/vc" href={links.json} />
      <link rel="alternate" type="application/vc+jwt" href={links.jwt} />
    </>
  );
  return page(
    { title: content.name, head },
    <article>
      <Verdict verdict={said.verdict} sentence={said.sentence}>
        {said.replacedBy !== null && (
          <p>
            Use this one instead: <a href={said.replacedBy}>{said.replacedBy}</a>
          </p>
        )}
        <p class="quiet small">
          Read from the issuer’s own record at {host} on {momentIn(view.readAt, district.timeZone)}.
        </p>
      </Verdict>
      <Head view={view} shown={shown} host={host} />
      <div class="sheet">
        <ShownParts shown={shown} />
        <Reviewed view={view} shown={shown} />
        <Section title="What it stands for">
          <Markdown source={content.criteria} language={content.language} />
          <p>
            <a href={version.url}>The whole rubric, version {version.number}</a>
          </p>
        </Section>
        <EndorsedBy endorsements={view.endorsements} host={host} />
        <Section title="Dates">
          <Dates view={view} shown={shown} />
        </Section>
      </div>
      <Take view={view} />
      <p class="quiet small">
        Credential {award.credentialId}, edition {view.edition.n}. A print is no proof: scan the code again.
      </p>
    </article>,
  );
}

function verdictOf(view: PublicCredentialView): Said {
  const { standing, district, version, award } = view;
  const host = new URL(view.publicUrl).host;
  const reason = standing.reason === null ? '' : ` ${sentence(standing.reason)}`;
  const replacedBy = standing.replacedBy === null ? null : webAddress(standing.replacedBy);
  const who = `${host} (${quotedName(district.name)})`;
  switch (standing.state) {
    case 'revoked':
      return {
        verdict: 'revoked',
        sentence: `Issued by ${who}, and revoked since: do not rely on it.${reason}`,
        replacedBy,
      };
    case 'superseded':
      return {
        verdict: 'revoked',
        sentence: `Issued by ${who}, and replaced by another credential since.${reason}`,
        replacedBy,
      };
    case 'suspended':
      return {
        verdict: 'suspended',
        sentence: `Issued by ${who}, and suspended for now: do not rely on it.${reason}`,
        replacedBy,
      };
    case 'active':
      break;
    default:
      return unreachable(standing.state);
  }
  if (view.corrected) {
    return {
      verdict: 'revoked',
      sentence: `This is edition ${view.edition.n}, which ${who} has corrected since: use the newest.`,
      replacedBy: award.credentialId,
    };
  }
  if (view.keyWithdrawn) {
    return {
      verdict: 'suspended',
      sentence: `Issued by ${who}, which has withdrawn the key that signed it: do not rely on it until it is signed again.`,
      replacedBy,
    };
  }
  if (view.expired)
    return {
      verdict: 'expired',
      sentence: `Issued by ${who} for ${quotedName(version.content.name)}, and expired.`,
      replacedBy,
    };
  return {
    verdict: 'valid',
    sentence: `Issued by ${who} for ${quotedName(version.content.name)}, and in force.`,
    replacedBy,
  };
}

/** A person's reason as a sentence of its own. */
function sentence(text: string): string {
  return /[.!?。।]$/.test(text) ? text : `${text}.`;
}

function Head(props: {
  readonly view: PublicCredentialView;
  readonly shown: ShownCredential;
  readonly host: string;
}) {
  const { view, shown, host } = props;
  const { version, district, links, issuerDid } = view;
  const { content } = version;
  return (
    <section class="card credential-head">
      <img class="art" src={links.svg} alt={`Badge of ${content.name}`} width="208" height="208" />
      <div>
        <h1 class="title" lang={content.language} dir="auto">
          {content.name}
        </h1>
        <p class="lead" lang={content.language} dir="auto">
          {content.description}
        </p>
        <Facts
          rows={[
            [
              'Issued by',
              <>
                <bdi>
                  {district.url === null ? (
                    district.name
                  ) : (
                    <a href={district.url} rel="noopener">
                      {district.name}
                    </a>
                  )}
                </bdi>
                <br />
                <span class="quiet small">
                  Known by the keys that it publishes at {host}: <span class="code">{issuerDid}</span>
                </span>
              </>,
            ],
            [
              'Issued to',
              <span>
                The holder of an e-mail address that is not shown. Ask for it, and our verifier says whether
                it is the one.
              </span>,
            ],
            [
              'Credit',
              shown.creditsEarned === null || shown.creditsEarned === '0'
                ? null
                : `${shown.creditsEarned} hours`,
            ],
          ]}
        />
      </div>
    </section>
  );
}

function Reviewed({ view, shown }: { readonly view: PublicCredentialView; readonly shown: ShownCredential }) {
  const address = relatedAddress(view.credential);
  return (
    <Section title="How it was reviewed">
      {view.award.assessedBy === 'outside' && (
        <Notice tone="warn">
          <p>Not reviewed here: the district states it on the word of somebody else.</p>
        </Notice>
      )}
      {view.award.assessedBy === 'components' && (
        <p>
          <Badge tone="info" icon="award" word="Milestone" />
        </p>
      )}
      <p>{shown.narrative ?? view.statement?.sentence ?? 'The credential does not say.'}</p>
      {address !== null && (
        <p>
          <a href={address.replace(/\.json$/, '')}>The review quality statement</a>{' '}
          <span class="quiet">
            gives the figures: how well reviewers agree, and on how many ratings that rests. Its bytes are
            pinned in the credential.
          </span>
        </p>
      )}
    </Section>
  );
}

/** Where the pinned statement is served. */
function relatedAddress(credential: { readonly [member: string]: unknown }): string | null {
  const related = credential['relatedResource'];
  const first: unknown = Array.isArray(related) ? related[0] : related;
  return typeof first === 'object' && first !== null ? webAddress((first as { id?: unknown }).id) : null;
}

function Dates({ view, shown }: { readonly view: PublicCredentialView; readonly shown: ShownCredential }) {
  const { timeZone } = view.district;
  const day = (instant: string | null) =>
    instant === null ? null : <DateText instant={instant} timeZone={timeZone} />;
  return (
    <Facts
      rows={[
        ['Awarded', day(shown.awardedDate)],
        ['In force from', day(shown.validFrom)],
        ['In force until', day(shown.validUntil) ?? 'No end is set'],
        [
          view.standing.state === 'active'
            ? 'Standing'
            : `${view.standing.state[0]!.toUpperCase()}${view.standing.state.slice(1)}`,
          view.standing.state === 'active' ? null : day(view.standing.since),
        ],
      ]}
    />
  );
}

function Take({ view }: { readonly view: PublicCredentialView }) {
  const { links, district, version, award } = view;
  const linkedIn = linkedInAddress({
    name: version.content.name,
    organization: district.name,
    issued: award.awardedDate,
    expires: award.validUntil,
    timeZone: district.timeZone,
    url: links.page,
    id: award.publicId,
  });
  const files = [
    ['PDF certificate', links.pdf],
    ['PNG badge', links.png],
    ['SVG badge', links.svg],
    ['JSON', links.json],
    ['JWT', links.jwt],
  ] as const;
  return (
    <Section title="Take it, share it, check it elsewhere">
      <div class="split">
        <div class="stack">
          <ul class="downloads no-print">
            {files.map(([name, href]) => (
              <li>
                <a class="button button-second" href={href} download>
                  <Icon name="download" />
                  {name}
                </a>
              </li>
            ))}
          </ul>
          <p class="no-print">
            <a href={linkedIn} rel="noopener">
              Add it to a LinkedIn profile
            </a>
          </p>
          <p class="label">Link to this page</p>
          <p class="secret">{links.page}</p>
          <p class="quiet">
            Every file carries the same signature.{' '}
            <a href={`/verify?link=${encodeURIComponent(links.page)}`}>Check it with our verifier</a>, which
            trusts only the signature and the issuer’s published keys, or with any verifier for Open Badges
            3.0.
          </p>
        </div>
        <div>
          <img
            class="qr"
            src={links.qr}
            alt={`QR code of ${links.page}`}
            width="144"
            height="144"
            loading="lazy"
          />
          <p class="quiet small">The code opens this page.</p>
        </div>
      </div>
    </Section>
  );
}

/** How the public page is sent: never in a search engine, kept for a minute. */
export const publicPageHeaders: { readonly [name: string]: string } = {
  'X-Robots-Tag': 'noindex',
  'Cache-Control': 'public, max-age=60',
  Vary: 'Accept',
};
