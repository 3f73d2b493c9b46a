import { endorsementStanding, type Endorsement, type EndorsedThing } from '../../issuing/index.js';
import { unreachable, type Instant } from '../../kernel/index.js';
import type { District } from '../../tenancy/index.js';
import { quotedName } from '../../verification/index.js';
import { DateText, Facts, Markdown, Notice, PageHeading, Section } from '../components/index.js';
import { page } from './layout.js';
import { webAddress } from './shown-credential.js';

/** The public page of an endorsement: who says it of what, whether it holds, and the signed forms. */
export function publicEndorsementPage(view: {
  readonly endorsement: Endorsement;
  readonly district: District;
  /** What people call it; undefined where nothing of it is public any more. */
  readonly thing: EndorsedThing | undefined;
  readonly now: Instant;
}): string {
  const { endorsement, district, thing, now } = view;
  const { timeZone } = district;
  const title = `Endorsement by ${quotedName(district.name)}`;
  const head = <meta name="robots" content="noindex" />;
  const about = webAddress(endorsement.about);
  return page(
    { title, head, width: 'text' },
    <>
      <PageHeading title={title} />
      <Standing endorsement={endorsement} now={now} timeZone={timeZone} />
      <Section title="What is said">
        <Markdown source={endorsement.comment} language={district.language} />
      </Section>
      <Section title="What it is">
        <Facts
          rows={[
            [
              'Of',
              <>
                {thing !== undefined && <div>{nameInWords(thing)}</div>}
                <div class="address">
                  {about === null ? endorsement.about : <a href={about}>{endorsement.about}</a>}
                </div>
              </>,
            ],
            ['Since', <DateText instant={endorsement.createdAt} timeZone={timeZone} />],
            [
              'Until',
              endorsement.validUntil === null ? (
                'No end'
              ) : (
                <DateText instant={endorsement.validUntil} timeZone={timeZone} />
              ),
            ],
            [
              'Signed',
              <>
                <a href={`${endorsement.credentialId}.json`}>JSON</a> ·{' '}
                <a href={`${endorsement.credentialId}.jwt`}>JWT</a> ·{' '}
                <a href={`/verify?link=${encodeURIComponent(endorsement.credentialId)}`}>Check it here</a>
              </>,
            ],
          ]}
        />
      </Section>
    </>,
  );
}

/** A name that its owner gives it, in quotation marks that it cannot end; whose it is. */
function nameInWords({ kind, name, number, districtName }: EndorsedThing): string {
  switch (kind) {
    case 'achievement':
      return `${quotedName(name)}, version ${number}, of ${quotedName(districtName)}`;
    case 'credential':
      return `A credential for ${quotedName(name)}, of ${quotedName(districtName)}`;
    case 'issuer':
      return `${quotedName(name)}, as issuer`;
    default:
      return unreachable(kind);
  }
}

function Standing(props: {
  readonly endorsement: Endorsement;
  readonly now: Instant;
  readonly timeZone: string;
}) {
  const { endorsement, now, timeZone } = props;
  const standing = endorsementStanding(endorsement, now);
  switch (standing) {
    case 'revoked':
      return (
        <Notice tone="bad" title="It is revoked">
          <p>
            Since <DateText instant={endorsement.since} timeZone={timeZone} />: {endorsement.reason}
          </p>
        </Notice>
      );
    case 'expired':
      return (
        <Notice tone="warn" title="It is over">
          <p>It was made for a time, which has passed.</p>
        </Notice>
      );
    case 'active':
      return (
        <Notice tone="good" title="It is in force">
          <p>By the issuer’s own record. The signed forms below can be checked anywhere.</p>
        </Notice>
      );
    default:
      return unreachable(standing);
  }
}
