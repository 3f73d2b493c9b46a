import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../kernel/index.js';
import type { Caller } from './authenticate.js';
import type { Route } from './route.js';
import { senderOf } from './sender.js';

/** Counts a call and lets it through. @throws too-many-requests */
export type RateLimiter = (route: Route, request: Request, caller: Caller) => Promise<void>;

/** Calls a minute, by member where one is signed in, else by address. Counted in each process. */
const perMinute = { api: 600, public: 600, verify: 60, 'sign-in': 10, upload: 60 } as const;

/** The limiter of all routes; one that lets everything through when `enabled` is false. */
export function rateLimiter(enabled: boolean): RateLimiter {
  if (!enabled) return async () => undefined;
  const limiters = Object.fromEntries(
    Object.entries(perMinute).map(([name, points]) => [
      name,
      new RateLimiterMemory({ points, duration: 60, keyPrefix: name }),
    ]),
  );
  return async (route, request, caller) => {
    const who = senderOf(caller, request.ip);
    const limiter = limiters[route.rate ?? (route.access === 'public' ? 'public' : 'api')]!;
    try {
      await limiter.consume(who);
    } catch (cause) {
      throw new AppError('too-many-requests', 'Too many requests in a minute; wait a little and repeat.', {
        cause,
      });
    }
  };
}
