import { AppError, newId, randomUuid, ruleViolated, serviceScope } from '../kernel/index.js';
import {
  credentialsV2,
  didKeySigner,
  isJsonObject,
  proofKeyTypes,
  secureAsVcJwt,
  secureWithSuite,
  type JsonObject,
  type ProofKeyType,
  type ProofSuite,
} from '../securing/index.js';
import { allocateStatusIndex, type StatusPurpose } from '../status/index.js';
import { checkCredentialRules, type DataModel } from './credential-rules.js';
import { refuseUnwieldy } from './credential-size.js';
import { interopListPath, listsOf, type InteropIssuer, type InteropPorts } from './interop-issuer.js';

/** How the credential is to be secured. */
export interface IssueOptions {
  /** What fits the issuer's key when left out: eddsa-rdfc-2022 or ecdsa-rdfc-2019. */
  readonly cryptosuite?: ProofSuite;
  /** Must be the issuer's own: which key signs, the credential's issuer says. */
  readonly keyType?: ProofKeyType;
  /** Adds an entry of a Bitstring Status List. */
  readonly statusPurpose?: StatusPurpose;
  /** `vc+jwt`: an enveloped credential instead of a proof. */
  readonly format?: 'vc+jwt';
  /** By which the status is changed later; the credential's id when left out. */
  readonly credentialId?: string;
}

/**
 * Signs a credential that a caller of the VC-API hands in, as it stands, with the key of the interop issuer that it
 * names; one without an id is given one. Only the rules of the data model and JSON-LD safe mode are asked of it.
 *   1 the issuer and the rules, 2 a status index where one was asked for, 3 the signature.
 * @throws rule-violated naming what is wrong, an issuer that is none of ours among it; invalid-request for an unknown
 *   context, and for what is too deep or too large.
 */
export async function issueInteropCredential(
  ports: InteropPorts,
  credential: JsonObject,
  options: IssueOptions,
): Promise<JsonObject> {
  // 1
  refuseUnwieldy(credential);
  const issuer = await interopIssuerOf(ports, credential['issuer'], options.keyType);
  const version = checkCredentialRules(credential);
  checkOptions(options, version, issuer);
  const completed = completedCredential(ports, credential, version);
  // 2
  const withStatus =
    options.statusPurpose === undefined
      ? completed
      : await addStatus(ports, issuer, completed, options.statusPurpose, options.credentialId);
  // 3
  return secure(ports, issuer, withStatus, options);
}

async function interopIssuerOf(
  ports: InteropPorts,
  named: unknown,
  keyType: ProofKeyType | undefined,
): Promise<InteropIssuer> {
  const did = isJsonObject(named) ? named['id'] : named;
  const issuer = typeof did === 'string' ? await ports.store.issuerByDid(did) : undefined;
  if (issuer === undefined) {
    const ours = (await ports.store.listIssuers()).map((one) => `${one.did} (${one.keyType})`);
    throw ruleViolated(
      '/credential/issuer',
      `must be one of the interop issuers of this service: ${ours.join(', ') || 'there is none yet'}`,
    );
  }
  if (keyType !== undefined && keyType !== issuer.keyType) {
    throw ruleViolated('/options/keyType', `must be that of the credential's issuer, ${issuer.keyType}`);
  }
  return issuer;
}

function checkOptions(options: IssueOptions, version: DataModel, { keyType }: InteropIssuer): void {
  const fitting: readonly ProofSuite[] = proofKeyTypes[keyType].suites;
  if (options.cryptosuite !== undefined && !fitting.includes(options.cryptosuite)) {
    throw ruleViolated(
      '/options/cryptosuite',
      `must go with the issuer's key of ${keyType}: ${fitting.join(', ')}`,
    );
  }
  if (options.format === 'vc+jwt' && options.cryptosuite !== undefined) {
    throw ruleViolated('/options/cryptosuite', 'must be left out with the format vc+jwt, which has no proof');
  }
  if (options.format === 'vc+jwt' && version === '1.1') {
    throw ruleViolated('/options/format', 'vc+jwt is for credentials of VC Data Model 2.0');
  }
  if (options.cryptosuite === 'Ed25519Signature2020' && version === '2.0') {
    throw ruleViolated(
      '/options/cryptosuite',
      'Ed25519Signature2020 is for credentials of VC Data Model 1.1',
    );
  }
  if (options.statusPurpose !== undefined && version === '1.1') {
    throw ruleViolated(
      '/options/statusPurpose',
      'is for credentials of VC Data Model 2.0, whose context defines it',
    );
  }
}

/** With the id, and in data model 1.1 the date of issue, that it was handed in without. */
function completedCredential(ports: InteropPorts, credential: JsonObject, version: DataModel): JsonObject {
  const { '@context': contexts, id, ...rest } = credential as { readonly [member: string]: unknown };
  return {
    '@context': contexts,
    id: id ?? `urn:uuid:${randomUuid(ports.randomness)}`,
    ...rest,
    ...(version === '1.1' && rest['issuanceDate'] === undefined ? { issuanceDate: ports.clock.now() } : {}),
  };
}

/** Reserves an index and keeps whose it is, before anything is signed: an index is never given twice. */
async function addStatus(
  ports: InteropPorts,
  issuer: InteropIssuer,
  credential: JsonObject,
  purpose: StatusPurpose,
  credentialId = String(credential['id']),
): Promise<JsonObject> {
  const { list, index } = await allocateStatusIndex(ports.status, listsOf(issuer), purpose);
  await ports.store.statuses.insert({
    id: newId(ports.randomness, 'ios'),
    district: serviceScope,
    issuer: issuer.id,
    credentialId,
    purpose,
    list,
    index,
    createdAt: ports.clock.now(),
  });
  const url = `${ports.publicUrl}${interopListPath(issuer, list)}`;
  const entry = {
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: url,
  };
  const present = [credential['credentialStatus'] ?? []].flat() as readonly unknown[];
  return { ...credential, credentialStatus: present.length === 0 ? entry : [...present, entry] };
}

/** Signs it; what cannot be signed is a fault of the credential that was handed in, and says so. */
async function secure(
  ports: InteropPorts,
  issuer: InteropIssuer,
  credential: JsonObject,
  options: IssueOptions,
): Promise<JsonObject> {
  const signer = didKeySigner(ports.custody, issuer);
  try {
    if (options.format === 'vc+jwt') {
      const token = await secureAsVcJwt({ credential, signer });
      return {
        '@context': credentialsV2,
        id: `data:application/vc+jwt,${token}`,
        type: 'EnvelopedVerifiableCredential',
      };
    }
    const suite = options.cryptosuite ?? proofKeyTypes[issuer.keyType].suites[0];
    return await secureWithSuite({ credential, suite, signer, created: ports.clock.now() });
  } catch (error) {
    const isOfCredential =
      error instanceof AppError && (error.code === 'rule-violated' || error.code === 'invalid-request');
    if (!isOfCredential) throw error;
    const errors = [{ pointer: '/credential', detail: error.message }];
    throw new AppError(error.code, error.message, { cause: error.cause, errors });
  }
}
