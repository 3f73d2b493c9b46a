import type { AchievementVersion } from '../../achievements/index.js';
import { composeResolver, verifyCredential } from '../../verification/index.js';
import type { Award } from '../award.js';
import type { EmbeddedEndorsements, UnsignedCredential } from '../compose-credential.js';
import type { Issuer } from '../issuer-of.js';
import { ownDocuments } from '../own-documents.js';
import type { IssuingPorts } from '../store.js';
import type { Endorsement } from './endorsement.js';
import { endorsementById } from './endorsement-by-id.js';

/**
 * The endorsements that a credential issued now carries: those that its district included, and that
 * hold. One that does not is left out: a withdrawn key's until its district has signed it anew.
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
    return (await holds(ports, endorsement))
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

/**
 * Whether our own verifier finds what is carried, the JSON, valid now, as a stranger's would: whoever endorses must not
 * be able to stop whom they endorse.
 */
async function holds(ports: IssuingPorts, { json }: Endorsement): Promise<boolean> {
  const resolver = composeResolver(ownDocuments(ports), {
    get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours.` }),
  });
  const report = await verifyCredential(
    { resolver, knownIssuers: { list: async () => [] } },
    { kind: 'bytes', bytes: Buffer.from(json) },
    { now: ports.clock.now() },
  );
  return report.verdict === 'valid';
}
