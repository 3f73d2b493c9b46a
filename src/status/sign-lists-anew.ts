import { allOf } from '../kernel/index.js';
import { isJsonObject } from '../securing/index.js';
import { publishStatusList } from './publish-status-list.js';
import type { ListRef, PublishedList, StatusPorts } from './status-list.js';

/**
 * Signs every published list of a district anew that was signed last with the key of this name, by the active key. Running it again signs nothing twice.
 * @returns how many were signed
 */
export async function signListsAnew(
  ports: StatusPorts,
  { district, slug }: Pick<ListRef, 'district' | 'slug'>,
  keyName: string,
): Promise<number> {
  const lists = await allOf((request) => ports.store.pageOfLists(district, request));
  const theirs = lists.filter(({ published }) => published !== null && signerOf(published) === keyName);
  for (const { id } of theirs) await publishStatusList(ports, { district, slug, list: id });
  return theirs.length;
}

/** The name of the key that signed it: the fragment of the verification method, the same under every DID of the district. */
function signerOf({ text }: PublishedList): string | undefined {
  const { proof } = JSON.parse(text) as { readonly proof?: unknown };
  const method = isJsonObject(proof) ? proof['verificationMethod'] : undefined;
  return typeof method === 'string' ? method.split('#')[1] : undefined;
}
