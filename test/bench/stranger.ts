import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  goldenContexts,
  secureCredential,
  toMultikey,
  type JsonObject,
  type PublicJwk,
  type Signer,
} from '../../src/securing/index.js';
import { packageFile } from '../../src/kernel/index.js';
import { canonicalObSchemas } from '../../src/verification/index.js';

const listUrl = 'https://stranger.example.org/status/1';
const home = 'https://stranger.example.org';

/** Credentials of an issuer that this service does not know, and what they point at: all that a verifier may ask for. */
export interface Strangers {
  readonly credentials: readonly string[];
  readonly answers: { readonly [url: string]: string };
}

/** An issuer that is its own key (did:key). */
export function aStranger(): Signer {
  const pair = generateKeyPairSync('ed25519');
  const publicJwk = pair.publicKey.export({ format: 'jwk' }) as PublicJwk;
  const multikey = toMultikey(publicJwk);
  const key = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    verificationMethod: `did:key:${multikey}#${multikey}`,
    controller: `did:key:${multikey}`,
    algorithm: 'Ed25519',
    publicJwk,
    sign: async (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
}

/** So many credentials of one stranger, no two alike, each in the golden shape: about 12 KB, 45 typed nodes. */
export async function makeStrangers(count: number): Promise<Strangers> {
  const signer = aStranger();
  const credentials: string[] = [];
  for (let n = 0; n < count; n += 1) {
    credentials.push(JSON.stringify(await signed(badgeOf(signer.controller, n), signer)));
  }
  return {
    credentials,
    answers: {
      [listUrl]: JSON.stringify(await signed(listOf(signer.controller), signer)),
      [canonicalObSchemas[0]]: packageFile('schemas/ob/achievement-credential.json'),
    },
  };
}

async function signed(credential: JsonObject, signer: Signer): Promise<JsonObject> {
  return secureCredential({ credential, signer, created: '2026-11-20T09:00:00Z' });
}

export function badgeOf(issuer: string, n: number): JsonObject {
  const achievement = `${home}/achievements/formative-feedback/v1`;
  const criteria = ['goal', 'evidence', 'next-step', 'pupil-voice'];
  const levels = ['Beginning', 'Developing', 'Proficient', 'Exemplary'];
  return {
    '@context': [...goldenContexts],
    id: `${home}/credentials/${n}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Formative feedback',
    issuer: {
      id: issuer,
      type: ['Profile'],
      name: 'Stranger School District',
      url: `${home}/`,
      description: 'A school district that this verifier has never heard of.',
    },
    validFrom: '2026-11-20T09:00:00Z',
    validUntil: '2031-11-20T09:00:00Z',
    awardedDate: '2026-11-20T09:00:00Z',
    credentialSubject: {
      source: {
        id: `${home}/schools/1`,
        type: ['Profile'],
        name: 'A school of the district',
        parentOrg: { id: `${home}/`, type: ['Profile'], name: 'Stranger School District' },
      },
      id: `urn:uuid:6d2e4f10-7b1c-4a58-9d35-${String(n).padStart(12, '0')}`,
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: `sha256$${String(n).padStart(64, 'a')}`,
          identityType: 'emailAddress',
          salt: '0f2f6b1c9a7e4d53',
        },
      ],
      achievement: {
        id: achievement,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Formative feedback',
        description: 'Gives pupils feedback, while there is time to use it, that moves their learning on.',
        criteria: {
          narrative:
            'Two samples of pupil work with the feedback that was given, and a reflection on its use.',
        },
        creditsAvailable: 1.5,
        inLanguage: 'en',
        tag: ['assessment', 'feedback', 'formative'],
        alignment: [1, 2, 3].map((standard) => ({
          type: ['Alignment'],
          targetName: `Standard ${standard}: Assessment for learning`,
          targetCode: `S.${standard}`,
          targetFramework: 'Standards of a state',
          targetUrl: `https://standards.example.org/s/${standard}`,
          targetType: 'CFItem',
        })),
        resultDescription: criteria.map((criterion) => ({
          id: `${achievement}#${criterion}`,
          type: ['ResultDescription'],
          name: `Names the ${criterion}`,
          resultType: 'RubricCriterionLevel',
          requiredLevel: `${achievement}#${criterion}-3`,
          rubricCriterionLevel: levels.map((level, index) => ({
            id: `${achievement}#${criterion}-${index + 1}`,
            type: ['RubricCriterionLevel'],
            name: level,
            description:
              `What is seen in a lesson, in the work of pupils and in the teacher’s own notes, at the level ` +
              `“${level}” of the criterion “${criterion}”: who says what to whom, when, and what comes of it.`,
            level: String(index + 1),
            points: String(index + 1),
          })),
        })),
      },
      creditsEarned: 1.5,
      narrative: 'Decided by two independent reviews by certified reviewers.',
      result: criteria.map((criterion) => ({
        type: ['Result'],
        resultDescription: `${achievement}#${criterion}`,
        achievedLevel: `${achievement}#${criterion}-${3 + (n % 2)}`,
        status: 'Completed',
      })),
    },
    evidence: [1, 2, 3].map((piece) => ({
      id: `urn:uuid:3c9a51e0-5d0e-4f7b-9a4${piece}-${String(n).padStart(12, '0')}`,
      type: ['Evidence'],
      name: `Lesson plan ${piece}`,
      genre: 'Plan',
      narrative: 'The plan of the lesson in which the feedback was given, with notes made after it.',
    })),
    credentialStatus: {
      id: `${listUrl}#${n}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(n),
      statusListCredential: listUrl,
    },
    credentialSchema: [{ id: canonicalObSchemas[0], type: '1EdTechJsonSchemaValidator2019' }],
  };
}

function listOf(issuer: string): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: listUrl,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: '2026-11-20T09:00:00Z',
    validUntil: '2036-11-20T09:00:00Z',
    credentialSubject: {
      id: `${listUrl}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(new Uint8Array(16_384)).toString('base64url')}`,
    },
  };
}
