import type { JsonSchema } from '../../kernel/index.js';
import { proofKeyTypes, proofSuites } from '../../securing/index.js';
import { statusPurposes } from '../../status/index.js';

const object: JsonSchema = { type: 'object' };

/** `POST /credentials/issue`. */
export const issueRequest: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['credential'],
  properties: {
    credential: {
      type: 'object',
      description:
        'The credential without its proof; its issuer is one of the interop issuers of this service.',
    },
    options: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cryptosuite: {
          enum: [...proofSuites],
          description:
            'What fits the issuer’s key when left out. Ed25519Signature2020 is for VC Data Model 1.1.',
        },
        keyType: {
          enum: Object.keys(proofKeyTypes),
          description: 'The kind of the issuer’s key, where the caller wants to be sure of it.',
        },
        statusPurpose: {
          enum: [...statusPurposes],
          description: 'Adds an entry of a Bitstring Status List with this purpose.',
        },
        format: { enum: ['vc+jwt'], description: 'An enveloped credential instead of a proof.' },
        credentialId: {
          type: 'string',
          minLength: 1,
          maxLength: 2000,
          description: 'Names the credential for later changes of its status; its id when left out.',
        },
      },
    },
  },
};

/** Its answer. */
export const issueResponse: JsonSchema = {
  type: 'object',
  required: ['verifiableCredential'],
  properties: { verifiableCredential: object },
};

const statusEntry: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'statusPurpose'],
  properties: {
    type: { const: 'BitstringStatusListEntry' },
    statusPurpose: { enum: [...statusPurposes] },
  },
};

/** `POST /credentials/status`. */
export const statusRequest: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['credentialId', 'credentialStatus'],
  properties: {
    credentialId: { type: 'string', minLength: 1, maxLength: 2000 },
    credentialStatus: statusEntry,
    status: { type: 'boolean', description: 'Whether the bit is to be set; true when left out.' },
  },
};

/** Its answer. */
export const statusResponse: JsonSchema = {
  type: 'object',
  required: ['credentialId', 'credentialStatus'],
  properties: {
    credentialId: { type: 'string' },
    credentialStatus: {
      type: 'array',
      items: {
        type: 'object',
        required: ['statusPurpose', 'statusListCredential', 'statusListIndex', 'status'],
        properties: {
          statusPurpose: { enum: [...statusPurposes] },
          statusListCredential: { type: 'string' },
          statusListIndex: { type: 'string' },
          status: { type: 'boolean' },
        },
      },
    },
  },
};

const verifyOptions: { readonly [option: string]: JsonSchema } = {
  checks: {
    type: 'array',
    maxItems: 20,
    items: { type: 'string', maxLength: 100 },
    description:
      'With `proof` alone, only the signature and the form of the data model decide, and the key need not be the issuer’s. Everything is checked otherwise.',
  },
  verificationMethod: {
    type: ['object', 'array'],
    description: 'Verification methods or public JWKs that are trusted, instead of looking keys up.',
  },
};

/** `POST /credentials/verify`. */
export const verifyCredentialRequest: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['verifiableCredential'],
  properties: {
    verifiableCredential: {
      type: 'object',
      description: 'A credential with its proof, or an EnvelopedVerifiableCredential.',
    },
    options: { type: 'object', additionalProperties: false, properties: verifyOptions },
  },
};

/** `POST /presentations/verify`. */
export const verifyPresentationRequest: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['verifiablePresentation'],
  properties: {
    verifiablePresentation: {
      type: 'object',
      description: 'A presentation with its proof, or an EnvelopedVerifiablePresentation.',
    },
    options: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...verifyOptions,
        domain: { type: 'string', maxLength: 2000, description: 'For whom it must have been made.' },
        challenge: { type: 'string', maxLength: 2000, description: 'What it must repeat.' },
      },
    },
  },
};

/** The answer when all that was asked holds. */
export const verifyResponse: JsonSchema = {
  type: 'object',
  required: ['verified', 'checks', 'problemDetails'],
  properties: {
    verified: { const: true },
    checks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['check', 'outcome', 'detail'],
        properties: {
          check: { type: 'string' },
          outcome: { enum: ['passed', 'failed', 'could-not-check', 'not-applicable'] },
          detail: { type: 'string' },
        },
      },
    },
    problemDetails: { type: 'array', items: object, description: 'Empty.' },
  },
};
