import type {
  BasePorts,
  DistrictId,
  Instant,
  InteropIssuerId,
  InteropStatusId,
  StatusListId,
  Stored,
} from '../kernel/index.js';
import type { IssuerRef, KeyCustody, KeptDidKey } from '../securing/index.js';
import type { StatusPorts, StatusPurpose } from '../status/index.js';
import type { InteropStore } from './store.js';

/**
 * A did:key identity that signs what callers of the VC-API hand in. It is no district's, and no district's key ever
 * signs there. There is one for each kind of key.
 */
export interface InteropIssuer extends Stored, KeptDidKey {
  readonly id: InteropIssuerId;
  readonly createdAt: Instant;
}

/** Where the status of one issued credential is kept, for one purpose. */
export interface InteropStatus extends Stored {
  readonly id: InteropStatusId;
  readonly issuer: InteropIssuerId;
  readonly credentialId: string;
  readonly purpose: StatusPurpose;
  readonly list: StatusListId;
  readonly index: number;
  readonly createdAt: Instant;
}

/** What the use cases of this room need. */
export interface InteropPorts extends BasePorts {
  /** No slash at the end. */
  readonly publicUrl: string;
  /** The addresses that the service has moved from; none when left out. */
  readonly formerUrls?: readonly string[];
  readonly store: InteropStore;
  readonly custody: KeyCustody;
  readonly status: StatusPorts;
}

/** Under which key the lists of an interop issuer are kept: its own id, where a district's lists have the district's. */
export function listsOf(issuer: InteropIssuer): IssuerRef {
  return { district: issuer.id as string as DistrictId, did: issuer.did };
}

/** The path under which a status list of an interop issuer is published. */
export function interopListPath(issuer: InteropIssuer, list: StatusListId): string {
  return `/credentials/status/${issuer.id}/${list}`;
}
