import type { Request } from 'express';
import {
  authenticateApiKey,
  authenticateSession,
  isOperatorToken,
  isRecent,
  keyPermits,
  seatOfCall,
  type AccessPorts,
  type ApiKey,
  type Session,
} from '../access/index.js';
import { AppError, found } from '../kernel/index.js';
import { isPermitted, rolesWith, type SeatInForce } from '../tenancy/index.js';
import type { Principal, Route } from './route.js';

/** Who calls, and by what: kept beside the principal for scopes and the ten-minute rule. */
export type Caller =
  | { readonly via: 'nobody' }
  | { readonly via: 'operator' }
  | { readonly via: 'session'; readonly principal: Principal; readonly session: Session }
  | { readonly via: 'api-key'; readonly principal: Principal; readonly key: ApiKey };

/** Names the seat of a review pool through which a call is made (`listMySeats`). */
export const seatHeader = 'touchstone-seat';

/** The session cookie's name: `__Host-` wherever cookies can be secure. */
export function sessionCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-session' : 'session';
}

/**
 * Finds out who calls: `Authorization: Bearer` with an API key, else the session cookie.
 * @throws not-authenticated when a key was sent that is not good.
 */
export async function authenticate(ports: AccessPorts, request: Request): Promise<Caller> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (secret !== undefined && isOperatorToken(ports, secret)) return { via: 'operator' };
    const known = secret === undefined ? undefined : await authenticateApiKey(ports, secret);
    if (known === undefined) {
      throw new AppError('not-authenticated', 'The API key in Authorization is unknown, revoked or expired.');
    }
    const seat = await seatOfCall(ports, known.member, request.get(seatHeader));
    const who = await principal(ports, known.member, 'api-key', known.key, seat);
    return { via: 'api-key', key: known.key, principal: who };
  }
  const secret = cookieOf(request, sessionCookie(ports.publicUrl));
  const known = secret === undefined ? undefined : await authenticateSession(ports, secret);
  if (known === undefined) return { via: 'nobody' };
  const { session, member } = known;
  const seat = await seatOfCall(ports, member, request.get(seatHeader), session);
  return { via: 'session', session, principal: await principal(ports, member, 'session', session, seat) };
}

async function principal(
  ports: AccessPorts,
  member: Principal['member'],
  via: Principal['via'],
  by: { readonly inPerson: boolean; readonly scopes?: Principal['scopes'] },
  seat?: SeatInForce,
): Promise<Principal> {
  // Nobody is a seat by itself: it is taken by who sits in it, and by nobody else.
  if (member.seat !== undefined) throw new AppError('not-authenticated', 'A seat cannot sign in.');
  const district = found(await ports.tenancy.store.district(member.district), 'district');
  // What was made before this was kept is not taken to be the member's own.
  const how = { via, inPerson: by.inPerson === true, scopes: by.scopes ?? null };
  if (seat === undefined)
    return {
      actor: { kind: 'member', district: district.id, member: member.id },
      ...{ member, district, ...how },
    };
  const host = found(await ports.tenancy.store.district(seat.member.district), 'district');
  const actor = { kind: 'member', district: host.id, member: seat.member.id } as const;
  return { actor, member: seat.member, district: host, ...how, home: { member, district } };
}

/**
 * Lets the caller through to the route, or says why not.
 * @throws not-authenticated when nobody is signed in; not-permitted when the roles, the key's scopes or the age of
 * the sign-in do not allow it.
 */
export function permit(caller: Caller, route: Route, now: string): Principal | undefined {
  if (route.access === 'public') return 'principal' in caller ? caller.principal : undefined;
  if (route.access === 'operator') {
    if (caller.via === 'operator') return undefined;
    throw new AppError('not-authenticated', 'This needs the operator token as "Authorization: Bearer …".');
  }
  if (!('principal' in caller)) {
    throw new AppError(
      'not-authenticated',
      'Sign in, or send an API key as "Authorization: Bearer …", to do this.',
    );
  }
  const { principal: who } = caller;
  if (route.access === 'member' && who.home !== undefined)
    throw new AppError('not-permitted', 'A seat of a review pool is for reviews alone.');
  if (route.access !== 'member') {
    if (!isPermitted(who.member.roles, route.access)) {
      const roles = rolesWith(route.access);
      throw new AppError(
        'not-permitted',
        roles.length === 1
          ? `This needs the role ${roles[0]!}.`
          : `This needs one of the roles ${roles.join(', ')}.`,
      );
    }
    if (caller.via === 'api-key' && !keyPermits(caller.key, who.member, route.access)) {
      throw new AppError('not-permitted', `This API key's scopes leave out "${route.access}".`);
    }
  }
  if (route.inPerson === true) demandInPerson(who);
  if (route.recentSignIn === true && caller.via === 'session' && !isRecent(caller.session, now)) {
    throw new AppError('not-permitted', 'This asks for a sign-in younger than ten minutes: sign in again.');
  }
  return who;
}

/**
 * Lets through only whom nobody can stand in for: what is done next is signed in the member's name (docs/adr/0023).
 * @throws not-permitted with the way out.
 */
export function demandInPerson({ inPerson, via, member }: Principal): void {
  if (inPerson) return;
  const came = {
    'api-key': 'This API key was made by somebody else',
    session: 'You signed in by a link that somebody else handed over',
  } as const;
  throw new AppError(
    'not-permitted',
    `${came[via]}, and this is signed in the name of ${member.name}. Sign in by a link that is mailed to your own address, or use an API key that you made for yourself while so signed in; what you saved is kept.`,
  );
}

/** The value of a cookie of the request. */
export function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Refuses a change by cookie that another site's page caused (CSRF): the browser's `Origin`, or `Sec-Fetch-Site`,
 * must be ours. API keys carry no ambient authority and are exempt.
 * @throws not-permitted
 */
export function refuseForeignOrigin(request: Request, publicUrl: string): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || request.headers.authorization !== undefined)
    return;
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  const ours =
    origin === undefined ||
    origin === publicUrl ||
    origin === `${request.protocol}://${request.headers.host}`;
  if (!ours || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new AppError(
      'not-permitted',
      'This form was sent from another site. Open the page here and send it again.',
    );
  }
}
