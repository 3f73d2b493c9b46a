import type { Clock } from './clock.js';
import type { DistrictId, MemberId } from './ids.js';
import type { Randomness } from './randomness.js';

/** What every use case may have: the time and chance. Each room's ports begin with these. */
export interface BasePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/**
 * Who acts: a member of a district (by session or API key), already authenticated and permitted by the route.
 * `service` acts for the service itself (background work).
 */
export type Actor =
  | { readonly kind: 'member'; readonly district: DistrictId; readonly member: MemberId }
  | { readonly kind: 'service'; readonly district: DistrictId };
