import { found, ruleViolated } from '../kernel/index.js';
import { didKeySigner } from '../securing/index.js';
import { readPublishedList, setStatusBit, type PublishedList, type StatusPurpose } from '../status/index.js';
import {
  interopListPath,
  listsOf,
  type InteropIssuer,
  type InteropPorts,
  type InteropStatus,
} from './interop-issuer.js';

/** An entry whose status was set, as the credential shows it. */
export interface UpdatedEntry {
  readonly statusPurpose: StatusPurpose;
  readonly statusListCredential: string;
  readonly statusListIndex: string;
  readonly status: boolean;
}

/**
 * Sets or clears the status of a credential that was issued here, for one purpose, in every edition that was issued
 * under its id. When it returns, the published list says so.
 * @throws not-found when no credential of this id was issued with a status; rule-violated when it has none for this
 *   purpose, or a revocation would be set back.
 */
export async function updateInteropStatus(
  ports: InteropPorts,
  input: { readonly credentialId: string; readonly purpose: StatusPurpose; readonly status: boolean },
): Promise<readonly UpdatedEntry[]> {
  const all = await ports.store.statusesOf(input.credentialId);
  found(all[0], 'credential with a status');
  const entries = all.filter(({ purpose }) => purpose === input.purpose);
  if (entries.length === 0) {
    throw ruleViolated(
      '/credentialStatus/statusPurpose',
      `must be one that the credential has: ${all[0]!.purpose}`,
    );
  }
  const updated: UpdatedEntry[] = [];
  for (const entry of entries) {
    const issuer = found(await ports.store.issuer(entry.issuer), 'interop issuer');
    const { district } = listsOf(issuer);
    const list = await setStatusBit(ports.status, district, entry.list, entry.index, input.status);
    await publishedInteropList(ports, issuer, entry.list);
    updated.push({
      statusPurpose: entry.purpose,
      statusListCredential: `${list.publicUrl}${interopListPath(issuer, entry.list)}`,
      statusListIndex: String(entry.index),
      status: input.status,
    });
  }
  return updated;
}

/** A list of an interop issuer as it is published, signed anew where it is due. @throws not-found */
export function publishedInteropList(
  ports: InteropPorts,
  issuer: InteropIssuer,
  list: InteropStatus['list'],
): Promise<PublishedList> {
  return readPublishedList(ports.status, {
    district: listsOf(issuer).district,
    slug: '',
    list,
    apart: { path: interopListPath(issuer, list), signer: didKeySigner(ports.custody, issuer) },
  });
}
