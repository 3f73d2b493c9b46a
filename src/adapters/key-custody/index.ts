export { openKeyCustody } from './open-key-custody.js';
