import { found, type StatusListId } from '../kernel/index.js';
import { issuerDid, type DidService, type IssuerRef } from '../securing/index.js';
import type { District } from '../tenancy/index.js';
import type { IssuerProfile } from './compose-credential.js';
import type { IssuingPorts } from './store.js';

/** A district as issuer: its DID on this host, and the Profile that stands in its credentials. */
export interface Issuer {
  readonly district: District;
  readonly ref: IssuerRef;
  readonly profile: IssuerProfile;
}

/** The issuer that a district is. @throws not-found */
export async function issuerOf(ports: IssuingPorts, district: string): Promise<Issuer> {
  return issuerFrom(ports.publicUrl, found(await ports.tenancy.store.district(district), 'district'));
}

/**
 * The issuer of what has an entry in this list: credential and list have one issuer, whichever DID the district had when
 * the list was opened. @throws not-found
 */
export async function issuerOfList(
  ports: IssuingPorts,
  district: string,
  list: StatusListId,
): Promise<Issuer> {
  const issuer = await issuerOf(ports, district);
  if ((ports.formerUrls ?? []).length === 0) return issuer;
  const { issuer: did } = found(await ports.status.store.list(district, list), 'status list');
  return { ...issuer, ref: { ...issuer.ref, did }, profile: { ...issuer.profile, id: did } };
}

/** The same from a district already read. */
export function issuerFrom(publicUrl: string, district: District): Issuer {
  const did = issuerDid(publicUrl, district.slug);
  return {
    district,
    ref: { district: district.id, did },
    profile: { id: did, name: district.name, url: district.url, email: district.email },
  };
}

/** What an issuer's DID document offers beside its keys: where `{public id}/standing` of its credentials is asked. */
export function issuerServices(publicUrl: string, did: string): readonly DidService[] {
  return [{ id: `${did}#standing`, type: 'TouchstoneStanding', serviceEndpoint: `${publicUrl}/c/` }];
}
