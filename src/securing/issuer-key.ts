import type { Audited } from '../audit/index.js';
import type {
  Actor,
  BasePorts,
  Collection,
  DistrictId,
  Instant,
  IssuerKeyId,
  MemberId,
  Stored,
} from '../kernel/index.js';
import type { KeyCustody } from './key-custody.js';
import type { KeyAlgorithm, PublicJwk } from './signer.js';

/**
 * `proof`: Data Integrity proofs. `jwt`: VC-JWT and every other JWS. `audit`: heads of the audit record alone; such a key
 * stands in no DID document, so that it can vouch for no credential.
 */
export const keyUses = ['proof', 'jwt', 'audit'] as const;
export type KeyUse = (typeof keyUses)[number];

/** A retired key signs no more but what it signed stays good; a compromised one leaves the DID document. */
export type KeyState = 'active' | 'retired' | 'compromised';

/** A signing key of a district. The private half is only in `sealed`. */
export interface IssuerKey extends Stored, Audited {
  readonly id: IssuerKeyId;
  readonly district: DistrictId;
  /** The fragment of its verification method, `proof-2026-1`: a name, never the key itself. */
  readonly name: string;
  readonly use: KeyUse;
  readonly algorithm: KeyAlgorithm;
  readonly publicJwk: PublicJwk;
  /** Multikey form; null for RSA, which has none. */
  readonly publicKeyMultibase: string | null;
  readonly state: KeyState;
  /** 1 while active, null after: with `use` a unique key, so that no two processes can make two active keys. */
  readonly activeSlot: 1 | null;
  readonly createdAt: Instant;
  readonly retiredAt: Instant | null;
  readonly compromisedAt: Instant | null;
  /** How the key custody finds the private half again: the key itself, encrypted, or its name in a token. */
  readonly sealed: string;
}

/** For whom is signed: the district and its DID (`issuerDid`). */
export interface IssuerRef {
  readonly district: DistrictId;
  readonly did: string;
  /** The member for whom keys are made or retired, as the record names them; the service where nobody is named. */
  readonly by?: MemberId;
}

/** Who makes or retires keys of this issuer, for the record. */
export function keeperOf({ district, by }: Pick<IssuerRef, 'district' | 'by'>): Actor {
  return by === undefined ? { kind: 'service', district } : { kind: 'member', district, member: by };
}

/** What the use cases of this room need. */
export interface SecuringPorts extends BasePorts {
  readonly issuerKeys: Collection<IssuerKey>;
  readonly custody: KeyCustody;
}

/** The verification method's id of a key of this issuer. */
export function verificationMethodId(did: string, key: Pick<IssuerKey, 'name'>): string {
  return `${did}#${key.name}`;
}

/**
 * The DID of a district on this host: `did:web:HOST:issuers:SLUG`, the port percent-encoded
 * (did:web method specification, section 3.1).
 */
export function issuerDid(publicUrl: string, districtSlug: string): string {
  return `did:web:${new URL(publicUrl).host.replace(':', '%3A')}:issuers:${districtSlug}`;
}
