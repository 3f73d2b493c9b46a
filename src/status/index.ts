/** Bitstring Status List 1.0: index allocation, status bits, published lists. */
export { allocateStatusIndex } from './allocate-status-index.js';
export { bitAt, decodeList, entryAt, isBitSet, minimumEntries } from './bitstring.js';
export { publishStatusList, readPublishedList, statusListCredential } from './publish-status-list.js';
export { followStatusBit, setStatusBit } from './set-status-bit.js';
export { signListsAnew } from './sign-lists-anew.js';
export {
  emptyList,
  statusListUrl,
  statusPurposes,
  type ListRef,
  type PublishedList,
  type StatusList,
  type StatusPorts,
  type StatusPurpose,
} from './status-list.js';
export { statusListsSpec, statusStore, type StatusStore } from './store.js';
