import type { StoppingFinding } from '../achievements/index.js';
import type { Instant, Randomness } from '../kernel/index.js';
import {
  composeResolver,
  type CheckName,
  type Outbound,
  type Resolver,
  type VerificationReport,
} from '../verification/index.js';
import { canonicalJson, compactWithOurContexts, listIssuerKeys, type JsonObject } from '../securing/index.js';
import { isEnded, type Award, type Edition } from './award.js';
import type { UnsignedCredential } from './compose-credential.js';
import { signingKeys } from './compromise/signing-keys.js';
import { forbidsSigning } from './lint/rule.js';
import { ownDocuments } from './own-documents.js';
import { publicAward } from './standing-of.js';
import type { IssuingPorts } from './store.js';
import { tryOut } from './try-out.js';

/** Of 65,536 awards of a template, how many are tried out whole: one in a hundred. */
const sampled = 656;

/** Whether this award is one of those that are tried out whole before they are signed. */
export function isSampled(randomness: Randomness): boolean {
  const [high = 0, low = 0] = randomness.bytes(2);
  return high * 256 + low < sampled;
}

/**
 * Tries out a credential that is about to be signed for real, against what it really points at: the published status
 * list, schema, statement and components. It is held to what it ought to be: one that has ended reads expired, and a
 * milestone reads suspended whose component is not in force. Gives what forbids signing it.
 */
export async function tryOutEdition(
  ports: IssuingPorts,
  credential: UnsignedCredential,
  pins: Edition['pins'] = [],
): Promise<readonly StoppingFinding[]> {
  // A correction within a second of the edition before begins a second later: it is tried out as of then.
  const from = String(credential['validFrom']);
  const now = ports.clock.now() > from ? ports.clock.now() : from;
  const findings = await tryOut({
    credential,
    now,
    resolver: ownResolver(ports, String(credential['id']), now),
    expected: (report) => rightlyAgainst(ports, { credential, pins, now }, report),
  });
  return findings
    .filter(forbidsSigning)
    .map(({ rule, pointer, detail }) => ({ rule, pointer, detail: `${detail} (${rule})` }));
}

/** The checks that speak against it because it ought to read so. */
async function rightlyAgainst(
  ports: IssuingPorts,
  tried: {
    readonly credential: UnsignedCredential;
    readonly pins: Edition['pins'];
    readonly now: Instant;
  },
  report: VerificationReport,
): Promise<readonly CheckName[]> {
  const until = tried.credential['validUntil'];
  const hasEnded = typeof until === 'string' && until <= tried.now;
  const components = report.nested.filter(({ endorsement }) => endorsement === undefined);
  const explained = await Promise.all(components.map((each) => isAsOnRecord(ports, tried.pins, each)));
  return [
    ...(hasEnded ? (['validity'] as const) : []),
    ...(components.length > 0 && explained.every(Boolean) ? (['nested'] as const) : []),
  ];
}

/**
 * Whether a component reads as our record says: suspended, ended, corrected since it was pinned, or signed by a key that
 * was withdrawn and not signed anew yet (then its milestone is signed anew with it once more).
 */
async function isAsOnRecord(
  ports: IssuingPorts,
  pins: Edition['pins'],
  { verdict, credential }: VerificationReport,
): Promise<boolean> {
  if (verdict === 'valid' || verdict === 'expired') return true;
  if (verdict !== 'revoked' && verdict !== 'suspended' && verdict !== 'not-genuine') return false;
  const id = String(credential?.['id']);
  const award = await publicAward(ports, id.slice(id.lastIndexOf('/') + 1));
  const pinned = pins.find((pin) => pin.award === award.id)?.edition;
  if (verdict === 'not-genuine')
    return pinned !== undefined && (await isOfWithdrawnKey(ports, award, pinned, credential));
  if (verdict === 'revoked') return isEnded(award.state) || (pinned !== undefined && pinned < award.edition);
  // A milestone reads suspended as soon as its component does, a moment before its own record says so.
  return award.state !== 'active' || award.basis.kind === 'components';
}

/** Whether this is the very edition that we keep, and a key that signed it is withdrawn. */
async function isOfWithdrawnKey(
  ports: IssuingPorts,
  award: Award,
  n: number,
  credential: VerificationReport['credential'],
): Promise<boolean> {
  const edition = await ports.store.edition(award.district, award.id, n);
  if (edition === undefined) return false;
  const keys = await listIssuerKeys(ports.securing, award.district);
  const withdrawn = keys.filter(({ state }) => state === 'compromised').map(({ name }) => name);
  const kept = await compactWithOurContexts(JSON.parse(edition.json) as JsonObject);
  return (
    signingKeys(edition).some((name) => withdrawn.includes(name)) &&
    canonicalJson(kept) === canonicalJson(credential)
  );
}

/** Answers for our own hosts alone. The credential that is tried stands as it will when it is signed: active. */
function ownResolver(ports: IssuingPorts, tried: string, now: Instant): Resolver {
  const nobody: Outbound = {
    get: async (url) => ({ ok: false, kind: 'refused', reason: `${url} is not ours.` }),
  };
  const own = composeResolver(ownDocuments(ports), nobody);
  return {
    ...own,
    standing: async (id, issuer) =>
      id === tried ? { ok: true, standing: { state: 'active', since: now } } : own.standing(id, issuer),
  };
}
