import { withAudit } from '../../audit/index.js';
import { allOf, update } from '../../kernel/index.js';
import { secureAsJwt, secureCredential, signerFor, type JsonObject } from '../../securing/index.js';
import type { UnsignedCredential } from '../compose-credential.js';
import type { Endorsement } from '../endorsements/endorsement.js';
import { revokeEndorsement } from '../endorsements/revoke-endorsement.js';
import type { Issuer } from '../issuer-of.js';
import type { IssuingPorts } from '../store.js';
import type { KeyCompromise } from './key-compromise.js';
import { signingKeys } from './signing-keys.js';

/**
 * Makes good every endorsement of the district that the key signed. One recorded before the moment is signed anew: the
 * same words under the same id, with the same status index, for there is nothing else that it could be mistaken for.
 * One recorded at it or after is revoked: nobody holds it, and whoever meant it writes it again. Running it again
 * changes nothing.
 * @returns what kept endorsements from being made good; none stands in another's way
 */
export async function settleCompromisedEndorsements(
  ports: IssuingPorts,
  compromise: KeyCompromise,
  issuer: Issuer,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  const all = await allOf((request) =>
    ports.store.endorsements.page(compromise.district, 'all', [], request),
  );
  for (const endorsement of all) {
    if (!signingKeys(endorsement).includes(compromise.keyName)) continue;
    try {
      if (endorsement.createdAt < compromise.compromisedAt) {
        await signAnew(ports, compromise, issuer, endorsement);
      } else if (endorsement.state === 'active') {
        await revokeEndorsement(
          ports,
          { kind: 'service', district: endorsement.district },
          { endorsement: endorsement.id, reason: wordsOfRevocation },
        );
      } else continue;
      await ports.atStep?.('compromise 5 endorsement made good');
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** Why it is revoked, as the public reads it. */
const wordsOfRevocation =
  'It was made while the key that signed it may have been in other hands; the issuer has withdrawn that key.';

async function signAnew(
  ports: IssuingPorts,
  { keyName }: KeyCompromise,
  issuer: Issuer,
  { district, id }: Endorsement,
): Promise<void> {
  const proofSigner = await signerFor(ports.securing, issuer.ref, 'proof');
  const jwtSigner = await signerFor(ports.securing, issuer.ref, 'jwt');
  await update<Endorsement>(
    ports.store.endorsements,
    district,
    id,
    async (kept) => {
      if (!signingKeys(kept).includes(keyName)) return undefined;
      const credential = unsigned(kept);
      const now = ports.clock.now();
      const [secured, jwt] = await Promise.all([
        secureCredential({ credential, signer: proofSigner, created: now }),
        secureAsJwt({ credential, signer: jwtSigner }),
      ]);
      const signed = {
        ...kept,
        json: JSON.stringify(secured),
        jwt,
        signedBy: [proofSigner.verificationMethod, jwtSigner.verificationMethod],
      };
      const facts = { about: kept.about, withdrawn: keyName };
      const actor = { kind: 'service', district: kept.district } as const;
      return withAudit(signed, { actor, verb: 'reissued', collection: 'endorsements', facts }, now);
    },
    'endorsement',
  );
}

/** The words as they were signed before: from our own record, so nobody else's. */
function unsigned({ json }: Endorsement): UnsignedCredential {
  const { proof: _proof, ...credential } = JSON.parse(json) as JsonObject;
  return credential;
}
