import { jsonObjectIn, type Instant } from '../../kernel/index.js';
import { isJsonObject, type JsonObject } from '../../securing/index.js';
import { couldNotCheck, type Finding } from '../finding.js';
import { issuerHost } from '../issuer-domain.js';
import { idOf, listOf, type ReadCredential } from '../reading.js';
import type { Resources } from '../resources.js';
import type { ReadEntry } from './status-list.js';

/**
 * An older list of 1EdTech (1EdTech Revocation List Status Method 1.0): JSON at the entry's own id, with the ids of the
 * credentials that are revoked. It is not signed: that it is the issuer's is vouched for by its host alone, so it
 * clears a credential only from the issuer's own host. What it revokes counts from wherever the issuer put it.
 */
export function readRevocationList(
  entry: JsonObject,
  { document }: ReadCredential,
  resources: Resources,
  now: Instant,
): ReadEntry {
  const url = idOf(entry);
  const id = idOf(document['id']);
  if (url === undefined || id === undefined)
    return unread(
      couldNotCheck('status.malformed', {
        reason: 'a revocation list needs an id, and a credential with an id',
      }),
    );
  const fetched = resources.statusLists.get(url);
  if (fetched === undefined)
    return unread(
      couldNotCheck('status.unavailable', { reason: `${url} was not fetched: there are too many.` }),
    );
  if (!fetched.ok) return unread(couldNotCheck('status.unavailable', { reason: fetched.reason }));
  const list = jsonObjectIn(fetched.bytes);
  const revoked = list?.['revokedCredential'];
  if (list === undefined || !Array.isArray(revoked))
    return unread(
      couldNotCheck('status.list-unreadable', { reason: 'It is no list of revoked credentials.' }),
    );
  if (!revoked.every((one) => isJsonObject(one) && typeof one['id'] === 'string'))
    return unread(couldNotCheck('status.list-unreadable', { reason: 'An entry of it has no id.' }));
  const issuer = idOf(document['issuer']) ?? '';
  const listIssuer = idOf(list['issuer']);
  if (listIssuer !== undefined && listIssuer !== issuer)
    return unread(couldNotCheck('status.list-issuer', { listIssuer }));
  if (list['id'] !== undefined && list['id'] !== url)
    return unread(couldNotCheck('status.list-id', { url, id: String(list['id']) }));

  const read = { purpose: 'revocation', listed: 'no stated date', checked: fetched.fetchedAt ?? now };
  const isRevoked = listOf(revoked).some(
    (one) => isJsonObject(one) && one['id'] === id && one['revoked'] !== false,
  );
  const host = URL.canParse(fetched.url) ? new URL(fetched.url).host : fetched.url;
  if (!isRevoked && host !== issuerHost(issuer)) return unread(couldNotCheck('status.list-host', { host }));
  return {
    kind: isRevoked ? 'set' : 'clear',
    ...read,
    ...(isRevoked ? {} : { also: [{ message: 'status.unsigned-list' as const, facts: { host } }] }),
  };
}

function unread(finding: Finding): ReadEntry {
  return { kind: 'unread', finding };
}
