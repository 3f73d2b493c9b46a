/**
 * What names an issuer to people: the host of its did:web or https id, which somebody had to control, else the
 * id itself. A display name is only what the issuer says of itself.
 */
export function issuerDomain(issuerId: string): string {
  return issuerHost(issuerId) ?? issuerId;
}

/**
 * Where an issuer is: its host, and the path below it. Many write on one host (home pages of a university, a store of
 * files), and who does is not who the host is, so an issuer that is not on our list is named by both. The id itself
 * where it names no host.
 */
export function issuerPlace(issuerId: string): string {
  const host = issuerHost(issuerId);
  if (host === undefined) return issuerId;
  return `${host}${pathOf(issuerId)}`;
}

function pathOf(issuerId: string): string {
  if (issuerId.startsWith('did:web:')) {
    const [, ...path] = issuerId.slice('did:web:'.length).split(/[?#/]/)[0]!.split(':');
    return path.map((segment) => `/${segment}`).join('');
  }
  const { pathname, search } = new URL(issuerId);
  return `${pathname}${search}`.replace(/\/$/, '');
}

/** The host (and port) of a did:web or https issuer; undefined for an id that names none. */
export function issuerHost(issuerId: string): string | undefined {
  const didWeb = /^did:web:([^:?#/]+)/.exec(issuerId)?.[1];
  if (didWeb !== undefined) {
    const host = decoded(didWeb).toLowerCase();
    // What is no host is not shown as one: an encoded space or bracket could continue our sentence.
    return /^[\p{L}\p{M}\p{N}.-]+(:\d{1,5})?$/u.test(host) ? host : undefined;
  }
  return /^https?:\/\//i.test(issuerId) && URL.canParse(issuerId) ? new URL(issuerId).host : undefined;
}

/**
 * The address of a did:web's document (did:web method specification, section 3.2): `did:web:HOST:a:b` is at
 * `https://HOST/a/b/did.json`, without a path at `/.well-known/did.json`. `http` for localhost, where there is no
 * certificate. Undefined when the DID is malformed.
 */
export function didWebUrl(did: string): string | undefined {
  const parts = /^did:web:([A-Za-z0-9._%:-]+)$/.exec(did)?.[1]?.split(':').map(decoded);
  const [host, ...path] = parts ?? [];
  if (host === undefined || !/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host)) return undefined;
  if (!path.every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment) && segment !== '.' && segment !== '..'))
    return undefined;
  const scheme = /^localhost(:|$)/.test(host) ? 'http' : 'https';
  return `${scheme}://${host}/${path.length === 0 ? '.well-known' : path.join('/')}/did.json`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
