import type { Instant } from '../../kernel/index.js';
import { verifyCompactJwt, type JsonObject } from '../../securing/index.js';
import { controllerDocumentOf, jwtKeysOf } from '../issuer-keys.js';
import { idOf, type ReadCredential } from '../reading.js';
import type { Standing, StandingAnswer } from '../resolver.js';
import type { Resources } from '../resources.js';
import { clockSkew } from './validity.js';

const states = ['active', 'suspended', 'revoked', 'superseded'] as const;

/** The standing as it may be believed: ours as it is, a foreign one when its issuer signed it for this credential and time. */
export async function standingAnswer(
  { document }: ReadCredential,
  resources: Resources,
  now: Instant,
): Promise<StandingAnswer> {
  const { standing, standingToken: fetched } = resources;
  if (fetched === undefined || standing.ok || standing.kind !== 'not-asked') return standing;
  if (!fetched.ok) return fetched;
  const issuer = idOf(document['issuer']) ?? '';
  const controller = controllerDocumentOf(issuer, resources);
  if (!controller.ok) return invalid(controller.reason);
  const result = await verifyCompactJwt({
    token: Buffer.from(fetched.bytes).toString('utf8').trim(),
    resolveKeys: async (claims) => jwtKeysOf(claims, issuer, resources),
  });
  if (!result.ok) return invalid(`${result.reason}.`);
  const fault = claimFault(result.payload, issuer, idOf(document['id']), Date.parse(now) / 1000);
  return fault === undefined ? { ok: true, standing: standingIn(result.payload) } : invalid(fault);
}

function claimFault(
  claims: JsonObject,
  issuer: string,
  credentialId: string | undefined,
  seconds: number,
): string | undefined {
  const { iss, sub, iat, exp, state } = claims as { readonly [member: string]: unknown };
  if (iss !== issuer) return 'it is by another issuer.';
  if (credentialId === undefined || sub !== credentialId) return 'it is about another credential.';
  if (typeof iat !== 'number' || iat > seconds + clockSkew)
    return 'it was made at a time that is yet to come.';
  if (typeof exp !== 'number' || exp < seconds - clockSkew) return 'it is out of date.';
  if (!states.some((known) => known === state)) return 'it names a state that this verifier does not know.';
  return undefined;
}

function standingIn({ state, since, reason, replacedBy }: Readonly<Record<string, unknown>>): Standing {
  return {
    state: state as Standing['state'],
    since: typeof since === 'string' ? since : 'a time that it does not state',
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof replacedBy === 'string' ? { replacedBy } : {}),
  };
}

function invalid(reason: string): StandingAnswer {
  return { ok: false, kind: 'invalid', reason };
}
