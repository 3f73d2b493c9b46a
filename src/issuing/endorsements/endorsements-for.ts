import type { AchievementVersion } from '../../achievements/index.js';
import { listIssuerKeys } from '../../securing/index.js';
import type { Award } from '../award.js';
import type { EmbeddedEndorsements, UnsignedCredential } from '../compose-credential.js';
import { signingKeys } from '../compromise/signing-keys.js';
import type { Issuer } from '../issuer-of.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement } from './endorsement.js';
import { endorsementById } from './endorsement-by-id.js';

/**
 * The endorsements that a credential issued now carries: those that its district included, that are in force, and whose
 * key was not withdrawn (its district has such a one signed anew; until then it is left out).
 */
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
    return (await isGenuine(ports, endorsement))
      ? (JSON.parse(endorsement.json) as UnsignedCredential)
      : undefined;
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

/** What is carried is the JSON, so its proof counts. */
async function isGenuine(ports: IssuingPorts, endorsement: Endorsement): Promise<boolean> {
  const [proofKey] = signingKeys(endorsement);
  const keys = await listIssuerKeys(ports.securing, endorsement.district);
  return keys.some(({ name, state }) => name === proofKey && state !== 'compromised');
}
