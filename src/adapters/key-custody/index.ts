export { openKeyCustody } from './open-key-custody.js';
export { openPkcs11Custody } from './pkcs11-key-custody.js';
export type { TokenSettings } from './pkcs11-token.js';
