import { withAudit } from '../../audit/index.js';
import {
  AppError,
  found,
  newId,
  ruleViolated,
  update,
  type Actor,
  type FieldError,
  type Instant,
} from '../../kernel/index.js';
import { goldenContexts, secureAsJwt, secureCredential, signerFor } from '../../securing/index.js';
import { allocateStatusIndex, statusListUrl } from '../../status/index.js';
import { newPublicId } from '../award.js';
import { guardFindings, sizeFindings } from '../check-before-signing.js';
import type { UnsignedCredential } from '../compose-credential.js';
import { issuerOf } from '../issuer-of.js';
import { textFaults } from '../lint/own-rules.js';
import type { IssuingPorts } from '../store.js';
import { tryOutEdition } from '../try-out-edition.js';
import { endorsedThing, type EndorsedThing } from './endorsed-thing.js';
import { endorsementStanding, mostCommentCharacters, type Endorsement } from './endorsement.js';
import { includeOwnEndorsement } from './include-endorsement.js';

/** What a district says of a thing. */
export interface NewEndorsement {
  /** The id of what is endorsed. */
  readonly about: string;
  /** In Markdown. */
  readonly comment: string;
  readonly validUntil?: Instant | null;
}

/**
 * Issues an EndorsementCredential in the district's name. It is no document of a template, so the full trial is made of
 * it before a key signs. A crash before the last step leaves nothing but a status index that is never used. One of a
 * thing of the district's own is carried by its credentials from then on.
 * @throws rule-violated naming the field; already-exists while the district endorses this already.
 */
export async function endorse(
  ports: IssuingPorts,
  actor: Actor,
  input: NewEndorsement,
): Promise<Endorsement> {
  const validUntil = input.validUntil ?? null;
  const now = ports.clock.now();
  const [comment, thing] = await soundInput(ports, input);
  const issuer = await issuerOf(ports, actor.district);
  const { district, ref } = issuer;
  await refuseSecond(ports, actor.district, thing.id, now);
  // 1. Signers and a status index.
  const proofSigner = await signerFor(ports.securing, ref, 'proof');
  const jwtSigner = await signerFor(ports.securing, ref, 'jwt');
  const { list, index } = await allocateStatusIndex(ports.status, ref, 'revocation');
  const opened = found(await ports.status.store.list(actor.district, list), 'status list');
  const publicId = newPublicId(ports.randomness, district.code);
  const credentialId = `${ports.publicUrl}/e/${publicId}`;
  // 2. The credential, tried out whole.
  const credential = endorsementCredential({
    id: credentialId,
    issuer: ref.did,
    issuerName: district.name,
    about: thing.id,
    comment,
    validFrom: now,
    validUntil,
    status: { list: statusListUrl(district.slug, opened), index },
  });
  const findings = [
    ...sizeFindings(credential),
    ...guardFindings(credential),
    ...textFaults(credential),
    ...(await tryOutEdition(ports, credential)),
  ];
  if (findings.length > 0) {
    throw new AppError(
      'rule-violated',
      `The endorsement was not signed: ${findings[0]!.pointer} ${findings[0]!.detail}`,
      { errors: findings.map(({ pointer, detail }) => ({ pointer, detail })) },
    );
  }
  // 3. Sign.
  const [secured, jwt] = await Promise.all([
    secureCredential({ credential, signer: proofSigner, created: now }),
    secureAsJwt({ credential, signer: jwtSigner }),
  ]);
  // 4. Keep.
  const endorsement: Omit<Endorsement, 'version'> = {
    id: newId(ports.randomness, 'edm'),
    district: actor.district,
    credentialId,
    publicId,
    about: thing.id,
    kind: thing.kind,
    comment,
    activeFor: thing.id,
    state: 'active',
    reason: null,
    since: now,
    validUntil,
    status: { list, index },
    json: JSON.stringify(secured),
    jwt,
    signedBy: [proofSigner.verificationMethod, jwtSigner.verificationMethod],
    createdAt: now,
    effectDue: null,
    pendingEntries: [],
    auditDue: null,
  };
  const entry = {
    actor,
    verb: 'endorsed',
    collection: 'endorsements',
    facts: { about: thing.id, kind: thing.kind, statusList: list, statusIndex: index },
  };
  const kept = await ports.store.endorsements
    .insert(withAudit(endorsement, entry, now))
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'already-exists') throw endorsedAlready();
      throw error;
    });
  await includeOwnEndorsement(ports, actor, kept, thing);
  return kept;
}

/** What is wrong with what a district says of a thing; nothing is kept. For callers with members of their own to name too. */
export async function endorsementFaults(
  ports: IssuingPorts,
  input: NewEndorsement,
): Promise<readonly FieldError[]> {
  try {
    await soundInput(ports, input);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule-violated') return error.errors;
    throw error;
  }
}

/** The comment and the thing. @throws rule-violated naming every member at fault. */
async function soundInput(
  ports: IssuingPorts,
  { about, comment, validUntil = null }: NewEndorsement,
): Promise<readonly [comment: string, thing: EndorsedThing]> {
  const [sound, thing] = await allOrEveryFault([
    async () => soundComment(comment),
    () => endorsedThing(ports, about),
    async () => {
      if (validUntil !== null && validUntil <= ports.clock.now())
        throw ruleViolated('/validUntil', 'must be after now');
    },
  ]);
  return [sound, thing];
}

/** An EndorsementCredential before it is signed. Its issuer is told by id alone: see ADR 16. */
export function endorsementCredential(slots: {
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string;
  readonly about: string;
  readonly comment: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant | null;
  readonly status: { readonly list: string; readonly index: number };
}): UnsignedCredential {
  const { status } = slots;
  return {
    '@context': [...goldenContexts],
    id: slots.id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: `Endorsement by ${slots.issuerName}`,
    issuer: slots.issuer,
    validFrom: slots.validFrom,
    ...(slots.validUntil === null ? {} : { validUntil: slots.validUntil }),
    credentialSubject: {
      id: slots.about,
      type: ['EndorsementSubject'],
      endorsementComment: slots.comment,
    },
    credentialStatus: {
      id: `${status.list}#${status.index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(status.index),
      statusListCredential: status.list,
    },
  };
}

/**
 * What the readings of a request's members give, in their order.
 * @throws the first that is refused, with the faults of all that are.
 */
async function allOrEveryFault<T extends readonly unknown[]>(readings: {
  readonly [I in keyof T]: () => Promise<T[I]>;
}): Promise<T> {
  const outcomes = await Promise.allSettled(readings.map((read) => read()));
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  const other = refused.find((error) => !(error instanceof AppError && error.code === 'rule-violated'));
  if (other !== undefined) throw other;
  const faults = refused.filter((error) => error instanceof AppError);
  if (faults.length > 0)
    throw new AppError('rule-violated', faults[0]!.message, {
      errors: faults.flatMap(({ errors }) => errors),
    });
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : undefined,
  ) as unknown as T;
}

function soundComment(text: string): string {
  const comment = text.replaceAll('\r\n', '\n').trim();
  if (comment === '') throw ruleViolated('/comment', 'must say what is endorsed, and why');
  if ([...comment].length > mostCommentCharacters)
    throw ruleViolated('/comment', `must be ${mostCommentCharacters} characters or fewer`);
  return comment;
}

/** One that is over makes room; one that holds does not. @throws already-exists */
async function refuseSecond(
  ports: IssuingPorts,
  district: string,
  about: string,
  now: Instant,
): Promise<void> {
  const before = await ports.store.endorsements.find(district, 'activeFor', [about]);
  if (before === undefined) return;
  if (endorsementStanding(before, now) === 'active') throw endorsedAlready();
  await update(
    ports.store.endorsements,
    district,
    before.id,
    (kept) => (kept.activeFor === null ? undefined : { ...kept, activeFor: null }),
    'endorsement',
  );
}

function endorsedAlready(): AppError {
  const detail = 'is endorsed by this district already; revoke that endorsement first';
  return new AppError('already-exists', `This ${detail}.`, { errors: [{ pointer: '/about', detail }] });
}
