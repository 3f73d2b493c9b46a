import { openKeyCustody } from '../../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { settableClock, systemRandomness, type DistrictId } from '../../../src/kernel/index.js';
import {
  didDocument,
  didKeyDocument,
  findVerificationMethod,
  openIssuerKeys,
  signerFor,
  type IssuerRef,
  type JsonObject,
  type KeyUse,
  type ResolveVerificationMethod,
  type SecuringPorts,
  type Signer,
} from '../../../src/securing/index.js';

export const now = '2026-11-20T09:00:00Z';
export const publicUrl = 'https://credentials.example.test';
export const issuer: IssuerRef = {
  district: 'dst_aaaaaaaaaaaaaaaaaaaaaaaaaa' as DistrictId,
  did: 'did:web:credentials.example.test:issuers:westfield',
};

export const custody = openKeyCustody({ secret: 'a secret of the tests', randomness: systemRandomness });

/** Ports over a database of their own, or over `file`. */
export async function somePorts(
  file = ':memory:',
): Promise<SecuringPorts & { readonly close: () => Promise<void> }> {
  const store = await openSqlite({ file });
  return {
    clock: settableClock(now),
    randomness: systemRandomness,
    issuerKeys: openIssuerKeys(store),
    custody,
    close: () => store.close(),
  };
}

/** A signer of a new key of this use. */
export async function someSigner(use: KeyUse): Promise<Signer> {
  return signerFor(await somePorts(), issuer, use);
}

/** Resolves methods of this signer's DID document and of did:key, as a verifier would. */
export function resolving(...signers: readonly Signer[]): ResolveVerificationMethod {
  return async (id) => {
    const signer = signers.find(({ verificationMethod }) => verificationMethod === id);
    const document = signer === undefined ? didKeyDocument(id.split('#')[0]!) : documentOf(signer);
    return document === undefined
      ? { ok: false, kind: 'could-not-resolve', reason: 'nobody answered' }
      : findVerificationMethod(document, id);
  };
}

/** The DID document that publishes this signer's key. */
export function documentOf(signer: Signer): JsonObject {
  const publicKeyMultibase = signer.publicJwk.kty === 'OKP' ? `z${encodeEd25519(signer.publicJwk.x)}` : null;
  return didDocument(signer.controller, [
    {
      name: signer.verificationMethod.split('#')[1]!,
      use: signer.algorithm === 'Ed25519' ? 'proof' : 'jwt',
      algorithm: signer.algorithm,
      publicJwk: signer.publicJwk,
      publicKeyMultibase,
      state: 'active',
    },
  ]);
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** base58 of the Multikey by big integers: another way than the code under test goes. */
function encodeEd25519(x: string): string {
  let value = BigInt(
    `0x${Buffer.concat([Buffer.from([0xed, 0x01]), Buffer.from(x, 'base64url')]).toString('hex')}`,
  );
  let text = '';
  for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)] + text;
  return text;
}

/** A credential in the golden shape, every array term of it in use. */
export function aCredential(changes: JsonObject = {}): JsonObject {
  const achievement = 'https://credentials.example.test/d/westfield/achievements/wait-time/v1';
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ],
    id: 'https://credentials.example.test/c/ab12Xk29dLq0PzRt5VnWy7',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Wait time',
    issuer: {
      id: issuer.did,
      type: ['Profile'],
      name: 'Westfield Schools',
      url: 'https://westfield.example.test',
    },
    validFrom: now,
    validUntil: '2031-11-20T09:00:00Z',
    awardedDate: now,
    credentialSubject: {
      id: 'urn:uuid:0f0f3c1a-55ce-4c0e-8b43-2f6a2d3b9a01',
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: `sha256$${'0'.repeat(64)}`,
          identityType: 'emailAddress',
          salt: 'c2FsdA',
        },
      ],
      creditsEarned: 1.5,
      achievement: {
        id: achievement,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Wait time',
        description: 'Waits after a question, and shows what the class did with the time.',
        criteria: { narrative: 'A lesson on video and a reflection.' },
        alignment: [
          {
            type: ['Alignment'],
            targetName: 'Instructional strategies',
            targetUrl: 'https://standards.example.test/8',
          },
        ],
        tag: ['questioning'],
        resultDescription: [
          {
            id: `${achievement}#pause`,
            type: ['ResultDescription'],
            name: 'The pause',
            resultType: 'RubricCriterionLevel',
            rubricCriterionLevel: [
              { id: `${achievement}#pause-1`, type: ['RubricCriterionLevel'], name: 'Not yet', level: '1' },
            ],
          },
        ],
      },
      result: [
        {
          type: ['Result'],
          resultDescription: `${achievement}#pause`,
          achievedLevel: `${achievement}#pause-1`,
        },
      ],
    },
    evidence: [
      {
        id: 'urn:uuid:5b0d6a52-9f6e-4c85-8a0e-1f2b3c4d5e6f',
        type: ['Evidence'],
        name: 'Lesson on video',
        digestMultibase: 'uIDAAAA',
        mediaType: 'video/mp4',
      },
    ],
    credentialStatus: {
      id: 'https://credentials.example.test/d/westfield/status/sls_a#7',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://credentials.example.test/d/westfield/status/sls_a',
    },
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
    relatedResource: [
      { id: 'https://credentials.example.test/d/westfield/quality/q.json', digestMultibase: 'uIDAAAA' },
    ],
    ...changes,
  };
}
