import { found, unreachable, type Instant } from '../kernel/index.js';
import { signCompactJws, signerFor } from '../securing/index.js';
import { districtCodeOf, isPublicId, type Award } from './award.js';
import { endorsementById } from './endorsements/endorsement-by-id.js';
import { issuerFrom, issuerOf } from './issuer-of.js';
import { pathHere } from './own-addresses.js';
import type { IssuingPorts } from './store.js';

/** How a credential stands, as its issuer says it beside the status list. Never over a set bit. */
export interface CredentialStanding {
  readonly state: 'active' | 'suspended' | 'revoked' | 'superseded';
  /** The number of the newest edition: an older one is not the one to use. */
  readonly edition: number;
  readonly since: Instant;
  readonly reason: string | null;
  /** The id of the credential to use instead. */
  readonly replacedBy: string | null;
}

/** How long a signed standing is good for, in seconds. */
const standingLifetime = 300;

/** The award of a public id, in whichever district; one that is still being prepared is not public. @throws not-found */
export async function publicAward(ports: IssuingPorts, publicId: string): Promise<Award> {
  const district = isPublicId(publicId)
    ? await ports.tenancy.store.districtByCode(districtCodeOf(publicId))
    : undefined;
  const award = district === undefined ? undefined : await ports.store.awardByPublicId(district.id, publicId);
  return found(award === undefined || award.state === 'preparing' ? undefined : award, 'credential');
}

/** The standing of a credential of ours, by its id (`https://HOST/c/…`). @throws not-found */
export async function standingOf(ports: IssuingPorts, credentialId: string): Promise<CredentialStanding> {
  const path = pathHere(ports, credentialId);
  const publicId = path?.startsWith('/c/') === true ? path.slice('/c/'.length) : '';
  return standingFrom(await publicAward(ports, publicId));
}

/** The same from an award already read. */
export function standingFrom(award: Award): CredentialStanding {
  const { state, edition, since, reason, replacedBy } = award;
  switch (state) {
    case 'preparing':
      throw new Error('an award that is being prepared has no standing yet');
    case 'active':
    case 'suspended':
    case 'revoked':
    case 'superseded':
      return { state, edition, since, reason, replacedBy };
    default:
      return unreachable(state);
  }
}

/**
 * The standing as JWT signed by the issuer's JWT key, good for five minutes:
 * `{ iss, sub, edition, state, since, reason, replacedBy, iat, exp }`, the last two only where there is one. The issuer
 * is the district at the address of this service at which it is asked (`at`): there its DID document sends verifiers.
 * @throws not-found
 */
export async function signedStanding(
  ports: IssuingPorts,
  publicId: string,
  at: string = ports.publicUrl,
): Promise<string> {
  const endorsement = await endorsementById(ports, publicId);
  const about = endorsement ?? (await publicAward(ports, publicId));
  const issuer = issuerFrom(at, (await issuerOf(ports, about.district)).district);
  const { reason, replacedBy, ...standing } =
    endorsement === undefined ? standingFrom(about as Award) : await standingOfEndorsement(ports, publicId);
  const issuedAt = Date.parse(ports.clock.now()) / 1000;
  return signCompactJws({
    header: { typ: 'JWT' },
    payload: {
      iss: issuer.ref.did,
      sub: about.credentialId,
      ...standing,
      ...(reason === null ? {} : { reason }),
      ...(replacedBy === null ? {} : { replacedBy }),
      iat: issuedAt,
      exp: issuedAt + standingLifetime,
    },
    signer: await signerFor(ports.securing, issuer.ref, 'jwt'),
  });
}

/** How an endorsement stands, by its id or the last part of it: it has one edition and is never replaced. @throws not-found */
export async function standingOfEndorsement(ports: IssuingPorts, id: string): Promise<CredentialStanding> {
  const { state, since, reason } = found(await endorsementById(ports, id), 'endorsement');
  return { state, since, reason, replacedBy: null, edition: 1 };
}
