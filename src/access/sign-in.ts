import {
  AppError,
  found,
  newId,
  plusSeconds,
  randomToken,
  serviceScope,
  type Actor,
  type Instant,
  type SignInLinkId,
} from '../kernel/index.js';
import { membershipsOf, normalEmail, recordMemberAct, refuseSeat, type Member } from '../tenancy/index.js';
import { hashOf, type AccessPorts, type Session } from './credentials.js';

const linkSeconds = 15 * 60;
const sessionSeconds = 12 * 3600;
const recentSeconds = 10 * 60;

/**
 * Takes a request for sign-in links. The same happens at once for every address, so that neither the answer nor its
 * time says who is a member; `settleSignInRequest` sends the links.
 * @throws rule-violated naming `/email`.
 */
export async function requestSignIn(ports: AccessPorts, email: string): Promise<void> {
  const now = ports.clock.now();
  await ports.store.signInRequests.insert({
    id: newId(ports.randomness, 'sir'),
    district: serviceScope,
    email: normalEmail(email),
    askedAt: now,
    effectDue: now,
  });
}

/**
 * Sends a link for each membership of the address that was asked for, then forgets the request. A crash in between
 * sends other links again; a request older than a link's life is forgotten without sending.
 * @throws unavailable when mail cannot be sent: the request stays due.
 */
export async function settleSignInRequest(ports: AccessPorts, id: string): Promise<void> {
  const request = await ports.store.signInRequests.get(serviceScope, id);
  if (request === undefined) return;
  if (plusSeconds(request.askedAt, linkSeconds) > ports.clock.now()) {
    for (const member of await membershipsOf(ports.tenancy, request.email)) await sendLink(ports, member);
  }
  const done = await ports.store.signInRequests.replace({ ...request, effectDue: null });
  await ports.store.signInRequests.remove(serviceScope, id, done.version);
}

async function sendLink(ports: AccessPorts, member: Member): Promise<void> {
  const district = found(await ports.tenancy.store.district(member.district), 'district');
  const link = await createSignInLink(ports, member, { inPerson: true });
  await ports.mailer.send({
    to: member.email,
    subject: `Your sign-in link for ${district.name}`,
    text: `Open this page and press the button to sign in to ${district.name}:\n\n${link}\n\nThe link works once, for 15 minutes. If you did not ask for it, do nothing.`,
  });
}

/**
 * A one-time link that signs the member in: a page with one button, since a GET never consumes it.
 * @param how `inPerson` only for one that goes to the member's own address and is seen by nobody else: who signs in by
 * another reads and writes, and signs nothing in the member's name.
 */
export async function createSignInLink(
  ports: AccessPorts,
  member: Member,
  how: { readonly inPerson: boolean; readonly id?: SignInLinkId },
): Promise<string> {
  const { inPerson, id = newId(ports.randomness, 'sil') } = how;
  const secret = randomToken(ports.randomness);
  const now = ports.clock.now();
  await ports.store.signInLinks.insert({
    id,
    district: serviceScope,
    tenant: member.district,
    member: member.id,
    secretHash: hashOf(secret),
    inPerson,
    createdAt: now,
    expiresAt: plusSeconds(now, linkSeconds),
    usedAt: null,
    effectDue: plusSeconds(now, linkSeconds),
  });
  return `${ports.publicUrl}/sign-in/${secret}`;
}

/** `createSignInLink` for a member of the actor's district, recorded. @throws not-found */
export async function createSignInLinkFor(ports: AccessPorts, actor: Actor, member: string): Promise<string> {
  const id = newId(ports.randomness, 'sil');
  refuseSeat(found(await ports.tenancy.store.member(actor.district, member), 'member'));
  // 1. The entry, on the member. 2. The link: none is made for somebody else unrecorded.
  const facts = { link: id };
  const recorded = await recordMemberAct(ports.tenancy, actor, member, {
    verb: 'sign-in-link-created',
    facts,
  });
  return createSignInLink(ports, recorded, { inPerson: false, id });
}

/** Whether a link would still sign somebody in; consumes nothing. */
export async function isSignInLinkGood(ports: AccessPorts, secret: string): Promise<boolean> {
  const link = await ports.store.signInLinks.find(serviceScope, 'secret', [hashOf(secret)]);
  return link !== undefined && link.usedAt === null && link.expiresAt > ports.clock.now();
}

/**
 * Consumes a link and opens a session; the secret goes into the browser's cookie.
 * @throws not-authenticated when the link is unknown, used or too old, all in the same words.
 */
export async function completeSignIn(
  ports: AccessPorts,
  secret: string,
): Promise<{ readonly session: Session; readonly secret: string }> {
  const refused = new AppError(
    'not-authenticated',
    'This sign-in link was used before or is older than 15 minutes. Ask for a new one.',
  );
  const now = ports.clock.now();
  const link = await ports.store.signInLinks.find(serviceScope, 'secret', [hashOf(secret)]);
  if (link === undefined || link.usedAt !== null || link.expiresAt <= now) throw refused;
  const member = await ports.tenancy.store.member(link.tenant, link.member);
  if (member?.state !== 'active') throw refused;
  try {
    // Compare-and-swap: of two simultaneous uses one wins.
    await ports.store.signInLinks.replace({ ...link, usedAt: now });
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') throw refused;
    throw error;
  }
  const sessionSecret = randomToken(ports.randomness);
  const session = await ports.store.sessions.insert({
    id: newId(ports.randomness, 'ses'),
    district: serviceScope,
    tenant: link.tenant,
    member: link.member,
    secretHash: hashOf(sessionSecret),
    inPerson: link.inPerson,
    signedInAt: now,
    expiresAt: plusSeconds(now, sessionSeconds),
    endedAt: null,
    effectDue: plusSeconds(now, sessionSeconds),
  });
  return { session, secret: sessionSecret };
}

/** The session and its active member for a cookie's secret; undefined when ended or too old. */
export async function authenticateSession(
  ports: AccessPorts,
  secret: string,
): Promise<{ readonly session: Session; readonly member: Member } | undefined> {
  const session = await ports.store.sessions.find(serviceScope, 'secret', [hashOf(secret)]);
  if (session === undefined || session.endedAt !== null || session.expiresAt <= ports.clock.now())
    return undefined;
  const member = await ports.tenancy.store.member(session.tenant, session.member);
  return member?.state === 'active' ? { session, member } : undefined;
}

/** Ends a session; one ended before stays as it is. */
export async function signOut(ports: AccessPorts, secret: string): Promise<void> {
  const session = await ports.store.sessions.find(serviceScope, 'secret', [hashOf(secret)]);
  if (session === undefined || session.endedAt !== null) return;
  await ports.store.sessions.replace({ ...session, endedAt: ports.clock.now() });
}

/** Whether the session's sign-in is younger than ten minutes, as changes of keys and members ask. */
export function isRecent(session: Session, now: Instant): boolean {
  return plusSeconds(session.signedInAt, recentSeconds) > now;
}
