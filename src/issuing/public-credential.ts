import type { AchievementVersion } from '../achievements/index.js';
import { listIssuerKeys } from '../securing/index.js';
import type { District } from '../tenancy/index.js';
import type { Award, Edition } from './award.js';
import { signingKeys } from './compromise/signing-keys.js';
import type { UnsignedCredential } from './compose-credential.js';
import { getEdition } from './get-edition.js';
import { issuerOf } from './issuer-of.js';
import { linksOf, type CredentialLinks } from './links-of.js';
import type { KeptStatement } from './quality-statement.js';
import { publicAward, standingFrom, type CredentialStanding } from './standing-of.js';
import { versionOf } from './read-record.js';
import type { IssuingPorts } from './store.js';

/** What the public may know of a credential: no member, no submission, no name. */
export interface PublicCredential {
  readonly district: District;
  readonly issuerDid: string;
  readonly version: AchievementVersion;
  readonly award: Pick<
    Award,
    'id' | 'publicId' | 'credentialId' | 'awardedDate' | 'validUntil' | 'edition'
  > & {
    readonly assessedBy: 'review' | 'outside' | 'components';
  };
  /** The edition that was asked for: its bytes are exactly those that were issued. */
  readonly edition: Pick<Edition, 'n' | 'validFrom' | 'json' | 'jwt' | 'statusList' | 'statusIndex'>;
  /** The edition's JSON, parsed. */
  readonly credential: UnsignedCredential;
  readonly standing: CredentialStanding;
  /** Whether a newer edition takes the place of this one. */
  readonly corrected: boolean;
  /** Whether a key that signed this edition was withdrawn: nobody else finds it genuine until it is signed anew. */
  readonly keyWithdrawn: boolean;
  readonly expired: boolean;
  readonly statement: Pick<KeptStatement, 'sha256' | 'text' | 'sentence'> | null;
  readonly links: CredentialLinks;
}

/**
 * A credential of ours by its public id, in its newest edition or the one whose number is given.
 * @throws not-found; invalid-request when `edition` is no number.
 */
export async function publicCredential(
  ports: IssuingPorts,
  publicId: string,
  edition?: string,
): Promise<PublicCredential> {
  const award = await publicAward(ports, publicId);
  const kept = await getEdition(ports, award, edition);
  const issuer = await issuerOf(ports, award.district);
  const version = await versionOf(ports, award.district, award.achievementVersion);
  const statement =
    award.statement === null ? undefined : await ports.store.statement(award.district, award.statement);
  const credential = JSON.parse(kept.json) as UnsignedCredential;
  const { validUntil } = credential;
  return {
    district: issuer.district,
    issuerDid: issuerIn(credential),
    version,
    award: {
      id: award.id,
      publicId: award.publicId,
      credentialId: award.credentialId,
      awardedDate: award.awardedDate,
      validUntil: award.validUntil,
      edition: award.edition,
      assessedBy: version.content.assessment.by,
    },
    edition: kept,
    credential,
    standing: standingFrom(award),
    corrected: kept.n < award.edition,
    keyWithdrawn: await isKeyWithdrawn(ports, kept),
    expired: typeof validUntil === 'string' && validUntil <= ports.clock.now(),
    statement: statement ?? null,
    links: linksOf(award.credentialId, statusListIn(credential), {
      n: kept.n,
      newest: award.edition,
    }),
  };
}

/** The DID of the issuer, as the edition says it. */
function issuerIn({ issuer }: UnsignedCredential): string {
  return (issuer as { readonly id: string }).id;
}

/** Where the list is in which a revocation of the edition shows: its first entry. */
function statusListIn({ credentialStatus }: UnsignedCredential): string {
  const [entry] = [credentialStatus].flat() as readonly { readonly statusListCredential: string }[];
  return entry!.statusListCredential;
}

async function isKeyWithdrawn(ports: IssuingPorts, edition: Edition): Promise<boolean> {
  const keys = await listIssuerKeys(ports.securing, edition.district);
  const withdrawn = keys.filter(({ state }) => state === 'compromised').map(({ name }) => name);
  return withdrawn.length > 0 && signingKeys(edition).some((name) => withdrawn.includes(name));
}

/** The links of an award's newest edition; null while its first is being prepared. */
export async function linksOfAward(ports: IssuingPorts, award: Award): Promise<CredentialLinks | null> {
  if (award.edition === 0) return null;
  const edition = await getEdition(ports, award);
  const list = statusListIn(JSON.parse(edition.json) as UnsignedCredential);
  return linksOf(award.credentialId, list, { n: edition.n, newest: edition.n });
}
