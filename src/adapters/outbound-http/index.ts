export { createOutbound, type OutboundOptions } from './create-outbound.js';
export type { MappedHost } from './connector.js';
export { isPublicAddress } from './public-address.js';
