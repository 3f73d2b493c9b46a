/** The demo: speaks to the service over HTTP only, and imports no room. */
export { DemoError } from './client.js';
export {
  describeResult,
  furnishedDays,
  renewSignInLinks,
  walk,
  type DemoResult,
  type WalkOptions,
} from './walk.js';
export type { InPerson } from './scene.js';
