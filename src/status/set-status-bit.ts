import { ruleViolated, update, type StatusListId } from '../kernel/index.js';
import { bitAt, decodeList, encodeList, withBit } from './bitstring.js';
import type { StatusList, StatusPorts } from './status-list.js';

/**
 * Has the bit of a suspension list say what `standing` answers, which is asked after the list was read. The list is
 * written even when the bit stands right: whoever read it before, and the older answer with it, then asks again instead
 * of putting the bit back.
 * @throws rule-violated when the list is not for suspensions, or the index is not in it; not-found
 */
export function followStatusBit(
  ports: StatusPorts,
  district: string,
  list: StatusListId,
  index: number,
  standing: () => Promise<boolean>,
): Promise<StatusList> {
  return update<StatusList>(
    ports.store.lists,
    district,
    list,
    async (kept) => {
      if (kept.purpose !== 'suspension')
        throw ruleViolated('/list', 'must be for suspensions: no other bit goes back');
      const value = await standing();
      const bits = decodeList(kept.encodedList);
      if (bitAt(bits, index) === value) return kept;
      return { ...kept, encodedList: encodeList(withBit(bits, index, value)), revision: kept.revision + 1 };
    },
    'status list',
  );
}

/**
 * Sets the bit at `index` (or clears it, for a suspension that ends). Setting it again changes nothing. The change
 * is public when the list is published next: `publishStatusList`, or the next reader.
 * @throws rule-violated when a revocation would be set back, or the index is not in the list; not-found
 */
export function setStatusBit(
  ports: StatusPorts,
  district: string,
  list: StatusListId,
  index: number,
  value = true,
): Promise<StatusList> {
  return update<StatusList>(
    ports.store.lists,
    district,
    list,
    (kept) => {
      const bits = decodeList(kept.encodedList);
      if (bitAt(bits, index) === value) return undefined;
      if (!value && kept.purpose === 'revocation') {
        throw ruleViolated(
          '/value',
          'A revocation cannot be set back (Bitstring Status List 1.0, section 2.2): issue a new credential.',
        );
      }
      return { ...kept, encodedList: encodeList(withBit(bits, index, value)), revision: kept.revision + 1 };
    },
    'status list',
  );
}
