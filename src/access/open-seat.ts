import { AppError, found, serviceScope, update } from '../kernel/index.js';
import { ownSeat, type Member, type SeatInForce } from '../tenancy/index.js';
import { hashOf, type AccessPorts, type Session } from './credentials.js';

/**
 * Lets a browser that is signed in work through a seat of its member from now on, or with null as the member again. The
 * session itself stays: its age, its end, its secret.
 * @param secret the session's.
 * @throws not-found for a seat that is not the member's or has ended; not-authenticated when the session is over.
 */
export async function openSeat(
  ports: AccessPorts,
  secret: string | undefined,
  seat: string | null,
): Promise<Session> {
  const session =
    secret === undefined
      ? undefined
      : await ports.store.sessions.find(serviceScope, 'secret', [hashOf(secret)]);
  if (session === undefined || session.endedAt !== null || session.expiresAt <= ports.clock.now())
    throw new AppError('not-authenticated', 'Seats are opened by who is signed in on pages: sign in first.');
  const sitter = { id: session.member, district: session.tenant };
  const inForce = seat === null ? null : found(await ownSeat(ports.tenancy, sitter, seat), 'seat');
  return update(
    ports.store.sessions,
    serviceScope,
    session.id,
    (kept) => ({ ...kept, seat: inForce?.member.id ?? null }),
    'session',
  );
}

/**
 * The seat that a call names, by its header, or that the session has open. One that the session has open and that has ended
 * is as none: the member is back at home.
 * @throws not-permitted when the header names none of the member's.
 */
export async function seatOfCall(
  ports: Pick<AccessPorts, 'tenancy'>,
  member: Member,
  named: string | undefined,
  session?: Session,
): Promise<SeatInForce | undefined> {
  if (named !== undefined) {
    const inForce = await ownSeat(ports.tenancy, member, named);
    if (inForce === undefined)
      throw new AppError('not-permitted', 'Touchstone-Seat names no seat of yours that is in force.');
    return inForce;
  }
  return session?.seat == null ? undefined : ownSeat(ports.tenancy, member, session.seat);
}
