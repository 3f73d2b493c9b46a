import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  digestMultibaseSha384,
  goldenContexts,
  hashedIdentity,
  secureAsJwt,
  secureCredential,
  toMultikey,
  type JsonObject,
  type KeyAlgorithm,
  type PublicJwk,
  type Signer,
} from '../../src/securing/index.js';
import type {
  FetchFailure,
  Fetched,
  KnownIssuer,
  Resolver,
  StandingAnswer,
  VerificationPorts,
} from '../../src/verification/index.js';

export const rigNow = '2026-11-21T12:00:00Z';
export const rigHost = 'credentials.example.edu';

/** A key pair as a Signer for one verification method. */
export function makeSigner(did: string, fragment: string, algorithm: KeyAlgorithm): Signer {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : algorithm === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key: KeyObject = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    verificationMethod: `${did}#${fragment}`,
    controller: did,
    algorithm,
    publicJwk: pair.publicKey.export({ format: 'jwk' }) as PublicJwk,
    sign: async (bytes) =>
      new Uint8Array(
        algorithm === 'Ed25519'
          ? sign(null, bytes, key)
          : sign('sha256', bytes, algorithm === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key),
      ),
  };
}

/** An issuer with an Ed25519 key for proofs and an RSA and a P-256 key for tokens. */
export interface RigIssuer {
  readonly did: string;
  readonly proof: Signer;
  readonly rsa: Signer;
  readonly es256: Signer;
  readonly document: JsonObject;
}

export function makeIssuer(did: string): RigIssuer {
  const proof = makeSigner(did, 'proof-1', 'Ed25519');
  const rsa = makeSigner(did, 'jwt-1', 'RS256');
  const es256 = makeSigner(did, 'jwt-2', 'ES256');
  return { did, proof, rsa, es256, document: didDocumentOf(did, [proof, rsa, es256]) };
}

export function didDocumentOf(did: string, signers: readonly Signer[]): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: signers.map((signer) => ({
      id: signer.verificationMethod,
      controller: did,
      ...(signer.algorithm === 'Ed25519'
        ? { type: 'Multikey', publicKeyMultibase: toMultikey(signer.publicJwk) }
        : { type: 'JsonWebKey', publicKeyJwk: signer.publicJwk }),
    })),
    assertionMethod: signers.map(({ verificationMethod }) => verificationMethod),
  };
}

export const rigEmail = 'teacher@school.example.edu';
const salt = '0f2f6b1c9a7e4d53';
const achievementId = `https://${rigHost}/d/westfield/achievements/feedback/v1`;
export const rigCredentialId = `https://${rigHost}/c/west0123456789abcdefgh`;
export const rigListUrl = `https://${rigHost}/issuers/westfield/status/revocation/1`;
export const rigQualityUrl = `https://${rigHost}/d/westfield/quality/statement.json`;
export const rigQuality = JSON.stringify({ agreement: '0.82', reviewers: '2' });
export const rigIndex = 4711;

type Mutable = { [member: string]: unknown };

/** An unsigned badge in the golden shape, by `issuer`. `change` may alter it before it is signed. */
export function aBadge(issuer: RigIssuer, change: (badge: Mutable) => void = () => undefined): JsonObject {
  const level = (name: string, order: string) => ({
    id: `${achievementId}#next-step-${order}`,
    type: ['RubricCriterionLevel'],
    name,
    level: order,
    points: order,
  });
  const badge: Mutable = {
    '@context': [...goldenContexts],
    id: rigCredentialId,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Formative feedback',
    issuer: {
      id: issuer.did,
      type: ['Profile'],
      name: 'Westfield School District',
      url: 'https://westfield.example.edu',
    },
    validFrom: '2026-11-20T09:00:00Z',
    validUntil: '2031-11-20T09:00:00Z',
    awardedDate: '2026-11-20T09:00:00Z',
    credentialSubject: {
      id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e47',
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: hashedIdentity(rigEmail, salt),
          identityType: 'emailAddress',
          salt,
        },
      ],
      achievement: {
        id: achievementId,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Formative feedback',
        description: 'Gives feedback that moves learning on.',
        criteria: { narrative: 'Two samples of pupil work with feedback, and a reflection.' },
        creditsAvailable: 15,
        alignment: [
          {
            type: ['Alignment'],
            targetName: 'InTASC Standard 6',
            targetUrl: 'https://standards.example.org/intasc/6',
          },
        ],
        resultDescription: [
          {
            id: `${achievementId}#next-step`,
            type: ['ResultDescription'],
            name: 'Names the next step',
            resultType: 'RubricCriterionLevel',
            requiredLevel: `${achievementId}#next-step-2`,
            rubricCriterionLevel: [level('Beginning', '1'), level('Proficient', '2')],
          },
        ],
      },
      creditsEarned: 15,
      result: [
        {
          type: ['Result'],
          resultDescription: `${achievementId}#next-step`,
          achievedLevel: `${achievementId}#next-step-2`,
          status: 'Completed',
        },
      ],
    },
    evidence: [
      {
        id: 'urn:uuid:3c9a51e0-5d0e-4f7b-9a41-7be2c0d4f1a0',
        type: ['Evidence'],
        name: 'Lesson plan',
        genre: 'Plan',
      },
    ],
    credentialStatus: {
      id: `${rigListUrl}#${rigIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(rigIndex),
      statusListCredential: rigListUrl,
    },
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
    relatedResource: [
      {
        id: rigQualityUrl,
        digestMultibase: digestMultibaseSha384(rigQuality),
        mediaType: 'application/json',
      },
    ],
  };
  change(badge);
  return badge;
}

export function sealed(badge: JsonObject, signer: Signer): Promise<JsonObject> {
  return secureCredential({ credential: badge, signer, created: '2026-11-20T09:00:00Z' });
}

export function asToken(badge: JsonObject, signer: Signer): Promise<string> {
  return secureAsJwt({ credential: badge, signer });
}

/** A signed status list with these bits set. */
export function aStatusList(
  issuer: RigIssuer,
  set: readonly number[],
  change: (list: Mutable & { credentialSubject: Mutable }) => void = () => undefined,
  signer = issuer.proof,
): Promise<JsonObject> {
  const bits = new Uint8Array(16_384);
  for (const index of set) bits[index >> 3]! |= 128 >> (index & 7);
  const list = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: rigListUrl,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.did,
    validFrom: '2026-11-21T11:55:00Z',
    validUntil: '2026-11-22T11:55:00Z',
    credentialSubject: {
      id: `${rigListUrl}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(bits).toString('base64url')}`,
    },
  };
  change(list);
  return sealed(list, signer);
}

/** Everything that the rig's world answers, by DID or URL; what is not in it is unreachable. */
export interface World {
  readonly dids: Map<string, unknown>;
  readonly resources: Map<string, string | JsonObject>;
  readonly standings: Map<string, StandingAnswer>;
  readonly known: KnownIssuer[];
  /** What was asked for, in order. */
  readonly asked: string[];
}

export function worldOf(...issuers: readonly RigIssuer[]): World {
  return {
    dids: new Map(issuers.map(({ did, document }) => [did, document])),
    resources: new Map<string, string | JsonObject>([[rigQualityUrl, rigQuality]]),
    standings: new Map(),
    known: [],
    asked: [],
  };
}

export function portsOf(world: World): VerificationPorts {
  const unreachable = (what: string): FetchFailure => ({
    ok: false,
    kind: 'unreachable',
    reason: `${what} could not be reached.`,
  });
  const bytes = async (url: string): Promise<Fetched | FetchFailure> => {
    world.asked.push(url);
    const found = world.resources.get(url);
    if (found === undefined) return unreachable(url);
    return {
      ok: true,
      bytes: Buffer.from(typeof found === 'string' ? found : JSON.stringify(found)),
      mediaType: 'application/json',
      url,
    };
  };
  const resolver: Resolver = {
    did: async (did) => {
      world.asked.push(did);
      return world.dids.has(did) ? { ok: true, document: world.dids.get(did) } : unreachable(did);
    },
    statusList: bytes,
    controller: async (url) => {
      const answer = await bytes(url);
      return answer.ok
        ? { ok: true, document: JSON.parse(Buffer.from(answer.bytes).toString()), url: answer.url }
        : answer;
    },
    keys: bytes,
    schema: bytes,
    resource: ({ url }) => bytes(url),
    standing: async (id) => world.standings.get(id) ?? { ok: false, kind: 'not-asked' },
  };
  return { resolver, knownIssuers: { list: async () => world.known } };
}
