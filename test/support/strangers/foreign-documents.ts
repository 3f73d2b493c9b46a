import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../../src/securing/index.js';

/** Which edition of the VC Data Model a document follows. */
export type Model = '2.0' | '1.1';

export const strangersHost = 'strangers.example.test';

/** The place on the list that is set. */
const revokedIndex = 7;

/**
 * The documents that a stranger is asked to sign, by name, with `ISSUER` where its own name goes: a badge in the
 * shape of Open Badges 3.0, one that its list calls revoked, a credential of another kind, and the list.
 */
export function foreignDocuments(model: Model, place: string, format: string) {
  const suiteContexts = contextsOfSuite(model, format);
  const list = `https://${strangersHost}/lists/${place}`;
  const isOlder = model === '1.1';
  const base = isOlder ? 'https://www.w3.org/2018/credentials/v1' : 'https://www.w3.org/ns/credentials/v2';
  const statusContexts = isOlder ? ['https://w3id.org/vc/status-list/2021/v1'] : [];
  const badgeContexts = [
    base,
    `https://purl.imsglobal.org/spec/ob/v3p0/context-${isOlder ? '3.0.1' : '3.0.3'}.json`,
    ...statusContexts,
    ...suiteContexts,
  ];
  const begins = { [isOlder ? 'issuanceDate' : 'validFrom']: '2024-01-05T09:00:00Z' };
  const statusAt = (index: number) => ({
    credentialStatus: {
      id: `${list}#${index}`,
      type: isOlder ? 'StatusList2021Entry' : 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index),
      statusListCredential: list,
    },
  });
  const badge = (number: string, index: number): JsonObject => ({
    '@context': badgeContexts,
    id: `urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e${number}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Formative feedback',
    issuer: { id: 'ISSUER', type: ['Profile'], name: 'Lakeside Learning Centre' },
    ...begins,
    credentialSubject: {
      id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      type: ['AchievementSubject'],
      achievement: {
        id: `https://${strangersHost}/achievements/feedback`,
        type: ['Achievement'],
        name: 'Formative feedback',
        description: 'Gives feedback that moves learning on – in class and in writing.',
        criteria: { narrative: 'Two samples of pupils’ work with feedback, and a reflection.' },
      },
    },
    ...statusAt(index),
  });
  return {
    badge: badge('10', 3),
    revoked: badge('11', revokedIndex),
    plain: isOlder ? endorsement(badgeContexts, begins) : degree([base, ...suiteContexts], begins),
    list: {
      '@context': [base, ...statusContexts, ...suiteContexts],
      id: list,
      type: ['VerifiableCredential', isOlder ? 'StatusList2021Credential' : 'BitstringStatusListCredential'],
      issuer: 'ISSUER',
      ...begins,
      credentialSubject: {
        id: `${list}#list`,
        type: isOlder ? 'StatusList2021' : 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: encodedList(model, [revokedIndex]),
      },
    },
  } as const satisfies { readonly [name: string]: JsonObject };
}

/** A credential that is no badge, with the words of the data model's examples. */
function degree(contexts: readonly string[], begins: JsonObject): JsonObject {
  return {
    '@context': [contexts[0]!, 'https://www.w3.org/ns/credentials/examples/v2', ...contexts.slice(1)],
    id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e12',
    type: ['VerifiableCredential', 'ExampleDegreeCredential'],
    issuer: 'ISSUER',
    ...begins,
    credentialSubject: {
      id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
      degree: { type: 'ExampleBachelorDegree', name: 'Bachelor of Science' },
    },
  };
}

/** A credential that is no badge: an endorsement of an organisation (EndorsementCredential of Open Badges 3.0). */
function endorsement(contexts: readonly string[], begins: JsonObject): JsonObject {
  return {
    '@context': contexts,
    id: 'urn:uuid:6d2e4f10-7b1c-4a58-9d35-0c8f1a2b3e12',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'An endorsement',
    issuer: { id: 'ISSUER', type: ['Profile'], name: 'Lakeside Learning Centre' },
    ...begins,
    credentialSubject: {
      id: 'https://learning.example.org',
      type: ['EndorsementSubject'],
      endorsementComment: 'They keep what they promise.',
    },
  };
}

/** The context that defines a suite's proof, where that of the data model does not. */
function contextsOfSuite(model: Model, format: string): readonly string[] {
  if (format.startsWith('JWT')) return [];
  if (format === 'Ed25519Signature2020') return ['https://w3id.org/security/suites/ed25519-2020/v1'];
  return model === '1.1' ? ['https://w3id.org/security/data-integrity/v2'] : [];
}

/** 131,072 places, some of them set: multibase in Bitstring Status List, without its letter in StatusList2021. */
export function encodedList(model: Model, set: readonly number[]): string {
  const bits = new Uint8Array(16_384);
  for (const index of set) bits[index >> 3]! |= 128 >> (index & 7);
  return `${model === '1.1' ? '' : 'u'}${gzipSync(bits).toString('base64url')}`;
}
