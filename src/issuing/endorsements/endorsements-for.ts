import type { AchievementVersion } from '../../achievements/index.js';
import type { Award } from '../award.js';
import type { EmbeddedEndorsements, UnsignedCredential } from '../compose-credential.js';
import type { Issuer } from '../issuer-of.js';
import type { IssuingPorts } from '../store.js';
import { endorsementById } from './endorsement-by-id.js';

/** The endorsements that a credential issued now carries: those that its district included, and that are in force. */
export async function endorsementsFor(
  ports: IssuingPorts,
  issuer: Issuer,
  version: AchievementVersion,
  award: Pick<Award, 'credentialId'>,
): Promise<EmbeddedEndorsements> {
  const of = async (about: string): Promise<UnsignedCredential | undefined> => {
    const included = await ports.store.includedEndorsements.find(version.district, 'carriedFor', [about]);
    const endorsement =
      included === undefined ? undefined : await endorsementById(ports, included.endorsement);
    if (endorsement?.state !== 'active') return undefined;
    if (endorsement.validUntil !== null && endorsement.validUntil <= ports.clock.now()) return undefined;
    return JSON.parse(endorsement.json) as UnsignedCredential;
  };
  const [achievement, credential, profile] = await Promise.all([
    of(version.url),
    of(award.credentialId),
    of(issuer.ref.did),
  ]);
  return {
    ...(achievement === undefined ? {} : { achievement }),
    ...(credential === undefined ? {} : { credential }),
    ...(profile === undefined ? {} : { issuer: profile }),
  };
}
