import type { Endorsement } from '../../issuing/index.js';
import type { District } from '../../tenancy/index.js';
import { quotedName } from '../../verification/index.js';
import { DateText, Facts, Markdown, Notice, PageHeading, Section } from '../components/index.js';
import { page } from './layout.js';
import { webAddress } from './shown-credential.js';

/** The public page of an endorsement: who says it of what, whether it holds, and the signed forms. */
export function publicEndorsementPage(view: {
  readonly endorsement: Endorsement;
  readonly district: District;
}): string {
  const { endorsement, district } = view;
  const { timeZone } = district;
  const title = `Endorsement by ${quotedName(district.name)}`;
  const head = <meta name="robots" content="noindex" />;
  const about = webAddress(endorsement.about);
  return page(
    { title, head, width: 'text' },
    <>
      <PageHeading title={title} />
      {endorsement.state === 'revoked' ? (
        <Notice tone="bad" title="It is revoked">
          <p>
            Since <DateText instant={endorsement.since} timeZone={timeZone} />: {endorsement.reason}
          </p>
        </Notice>
      ) : (
        <Notice tone="good" title="It is in force">
          <p>By the issuer’s own record. The signed forms below can be checked anywhere.</p>
        </Notice>
      )}
      <Section title="What is said">
        <Markdown source={endorsement.comment} language={district.language} />
      </Section>
      <Section title="What it is">
        <Facts
          rows={[
            ['Of', about === null ? endorsement.about : <a href={about}>{endorsement.about}</a>],
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
                <a href={`${endorsement.credentialId}.jwt`}>JWT</a>
              </>,
            ],
          ]}
        />
      </Section>
      <p>
        <a href={`/verify?link=${encodeURIComponent(endorsement.credentialId)}`}>Check it here</a>
      </p>
    </>,
  );
}
