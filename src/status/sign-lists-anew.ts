import { allOf } from '../kernel/index.js';
import { isJsonObject } from '../securing/index.js';
import { publishStatusList } from './publish-status-list.js';
import type { ListRef, PublishedList, StatusPorts } from './status-list.js';

/**
 * Signs every published list of a district anew that was signed last with this verification method, by the issuer's
 * active key. Running it again signs nothing twice.
 * @returns how many were signed
 */
export async function signListsAnew(
  ports: StatusPorts,
  { issuer, slug }: Pick<ListRef, 'issuer' | 'slug'>,
  verificationMethod: string,
): Promise<number> {
  const lists = await allOf((request) => ports.store.pageOfLists(issuer.district, request));
  const theirs = lists.filter(
    ({ published }) => published !== null && signerOf(published) === verificationMethod,
  );
  for (const { id } of theirs) await publishStatusList(ports, { issuer, slug, list: id });
  return theirs.length;
}

function signerOf({ text }: PublishedList): unknown {
  const { proof } = JSON.parse(text) as { readonly proof?: unknown };
  return isJsonObject(proof) ? proof['verificationMethod'] : undefined;
}
