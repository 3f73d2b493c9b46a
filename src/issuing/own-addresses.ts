import { issuerDid } from '../securing/index.js';

/** Where this service is, and was: what was signed under a former address stays under it for good. */
export interface OwnAddresses {
  /** The address in force, with no slash at the end. */
  readonly publicUrl: string;
  /** Those that the service has moved from, newest first; none when left out. */
  readonly formerUrls?: readonly string[];
}

/** Every address of this service, the one in force first. */
export function ownAddresses({ publicUrl, formerUrls = [] }: OwnAddresses): readonly string[] {
  return [publicUrl, ...formerUrls];
}

/** The rest of a URL below one of our addresses, from its slash on; undefined for anybody else's. */
export function pathHere(ports: OwnAddresses, url: string): string | undefined {
  const address = ownAddresses(ports).find((one) => url.startsWith(`${one}/`));
  return address === undefined ? undefined : url.slice(address.length);
}

/** The last part of `{one of our addresses}{folder}…`, such as `/c/`; what is given, when it is no such URL. */
export function partAfter(ports: OwnAddresses, folder: string, id: string): string {
  const path = pathHere(ports, id);
  return path?.startsWith(folder) === true ? path.slice(folder.length) : id;
}

/** The address, and the slug of the district, that a DID of ours names; undefined for anybody else's. */
export function ownDid(
  ports: OwnAddresses,
  did: string,
): { readonly publicUrl: string; readonly slug: string } | undefined {
  for (const publicUrl of ownAddresses(ports)) {
    const prefix = issuerDid(publicUrl, '');
    if (did.startsWith(prefix)) return { publicUrl, slug: did.slice(prefix.length) };
  }
  return undefined;
}

/** Every DID that a district has had on this service, the one in force first. */
export function ownDids(ports: OwnAddresses, districtSlug: string): readonly string[] {
  return ownAddresses(ports).map((publicUrl) => issuerDid(publicUrl, districtSlug));
}
