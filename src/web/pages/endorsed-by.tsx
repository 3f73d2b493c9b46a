import type { CarriedEndorsement } from '../../issuing/index.js';
import { quotedName } from '../../verification/index.js';
import { Badge, Markdown, Section } from '../components/index.js';

const kinds = {
  achievement: 'what it stands for',
  credential: 'this credential',
  issuer: 'its issuer',
} as const;

/** Who vouches for a credential of ours, its achievement or its issuer: the host first, and whether it still holds. */
export function EndorsedBy({
  endorsements,
  host,
}: {
  readonly endorsements: readonly CarriedEndorsement[];
  readonly host: string;
}) {
  if (endorsements.length === 0) return null;
  return (
    <Section title="Endorsements">
      {endorsements.map(({ endorsement, by, standing }) => (
        <div class="stack">
          <h3>
            {host} ({quotedName(by.name)}), of {kinds[endorsement.kind]}
          </h3>
          <Standing standing={standing} />
          <Markdown source={endorsement.comment} language={by.language} />
          <p class="small">
            <a href={endorsement.credentialId}>The endorsement by {quotedName(by.name)}</a>{' '}
            <span class="quiet">is signed by its own issuer, and can be checked by itself.</span>
          </p>
        </div>
      ))}
    </Section>
  );
}

function Standing({ standing }: Pick<CarriedEndorsement, 'standing'>) {
  const badges = {
    active: <Badge tone="good" icon="check-circle" word="In force" />,
    revoked: <Badge tone="bad" icon="stop" word="Revoked since" />,
    expired: <Badge tone="plain" icon="stop" word="Over" />,
  };
  return <p>{badges[standing]}</p>;
}
