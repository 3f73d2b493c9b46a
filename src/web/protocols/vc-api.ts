import {
  issueInteropCredential,
  readInteropList,
  updateInteropStatus,
  type IssueOptions,
} from '../../interop/index.js';
import { AppError } from '../../kernel/index.js';
import type { JsonObject } from '../../securing/index.js';
import type { StatusPurpose } from '../../status/index.js';
import { verifyCredential, verifyPresentation } from '../../verification/index.js';
import { refuseUnkeptText } from '../refuse-unkept-text.js';
import { ok, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';
import {
  issueRequest,
  issueResponse,
  statusRequest,
  statusResponse,
  verifyCredentialRequest,
  verifyPresentationRequest,
  verifyResponse,
} from './vc-api-schemas.js';
import { askedChecks, trustedKeys, verificationReply, type VerifyOptions } from './vc-api-verification.js';

/** Media types of a published list: all of them JSON, the one that says what it is only where it is asked for. */
const listTypes = [
  'application/vc+ld+json',
  'application/json',
  'application/ld+json',
  'application/vc',
] as const;

const verifying =
  'Answers 200 when all that was asked holds, else 400 with problem details; what could not be checked is an error too.';

/**
 * The VC-API (W3C Credentials Community Group): issuing and status for the interop issuers, verifying of anybody's
 * credentials and presentations. Only where it is switched on; what only reads is then open to all.
 */
export function vcApiRoutes({
  interop,
  verification,
  service,
}: Pick<Rooms, 'interop' | 'verification' | 'service'>): readonly Route[] {
  if (service.vcApi === 'off') return [];
  const common = { kind: 'protocol', tag: 'vc-api', method: 'POST' } as const;
  const changing = service.vcApi === 'open' ? 'public' : 'operator';
  return [
    {
      ...common,
      operationId: 'issueInteropCredential',
      path: '/credentials/issue',
      summary: 'Sign a credential for an interop issuer (VC-API)',
      description:
        'For interoperability tests. Signs only where the credential’s issuer is one of the interop issuers of this service, never with a key of a district. ' +
        'A credential without an id is given one. 400 and 422 say what is wrong with what was handed in.',
      access: changing,
      rate: 'verify',
      body: { kind: 'json', schema: issueRequest, foreign: true },
      responses: { 201: { description: 'The signed credential.', schema: issueResponse } },
      handler: async (request) => {
        const { credential, options } = request.body as {
          readonly credential: JsonObject;
          readonly options?: IssueOptions;
        };
        refuseUnkeptText(request.body);
        const issued = await issueInteropCredential(interop, credential, options ?? {});
        return { status: 201, json: { verifiableCredential: issued } };
      },
    },
    {
      ...common,
      operationId: 'verifyInteropCredential',
      path: '/credentials/verify',
      summary: 'Verify a credential, whoever issued it (VC-API)',
      description: `${verifying} \`POST /api/v1/verify\` says more and always answers 200.`,
      access: 'public',
      cors: true,
      rate: 'verify',
      body: { kind: 'json', schema: verifyCredentialRequest, foreign: true },
      responses: { 200: { description: 'All that was asked holds.', schema: verifyResponse } },
      handler: async (request) => {
        const { verifiableCredential: value, options = {} } = request.body as {
          readonly verifiableCredential: JsonObject;
          readonly options?: VerifyOptions;
        };
        const report = await verifyCredential(
          verification,
          { kind: 'document', value },
          {
            now: service.now(),
            sender: request.sender,
            checks: askedChecks(options),
            contexts: 'all-pinned',
            presentations: 'refused',
            ...keysIn(options),
          },
        );
        return verificationReply(report, request.requestId);
      },
    },
    {
      ...common,
      operationId: 'verifyInteropPresentation',
      path: '/presentations/verify',
      summary: 'Verify a presentation and the credentials in it (VC-API)',
      description: `${verifying} A presentation that nobody signed is refused.`,
      access: 'public',
      cors: true,
      rate: 'verify',
      body: { kind: 'json', schema: verifyPresentationRequest, foreign: true },
      responses: { 200: { description: 'All that was asked holds.', schema: verifyResponse } },
      handler: async (request) => {
        const { verifiablePresentation: value, options = {} } = request.body as {
          readonly verifiablePresentation: JsonObject;
          readonly options?: VerifyOptions;
        };
        const { domain, challenge } = options;
        const report = await verifyPresentation(
          verification,
          { kind: 'document', value },
          {
            now: service.now(),
            sender: request.sender,
            checks: askedChecks(options),
            contexts: 'all-pinned',
            ...keysIn(options),
            ...(domain === undefined ? {} : { domain }),
            ...(challenge === undefined ? {} : { challenge }),
          },
        );
        return verificationReply(report, request.requestId);
      },
    },
    {
      ...common,
      operationId: 'updateInteropStatus',
      path: '/credentials/status',
      summary: 'Set the status of a credential that was issued here (VC-API)',
      description:
        'By the id under which the credential was issued. A revocation cannot be set back. When it answers, the published list says so.',
      access: changing,
      rate: 'verify',
      body: { kind: 'json', schema: statusRequest },
      responses: { 200: { description: 'What was set.', schema: statusResponse } },
      handler: async (request) => {
        const { credentialId, credentialStatus, status } = request.body as {
          readonly credentialId: string;
          readonly credentialStatus: { readonly statusPurpose: StatusPurpose };
          readonly status?: boolean;
        };
        const purpose = credentialStatus.statusPurpose;
        const updated = await updateInteropStatus(interop, { credentialId, purpose, status: status ?? true });
        return ok({ credentialId, credentialStatus: updated });
      },
    },
    {
      ...common,
      method: 'GET',
      operationId: 'getInteropStatusList',
      path: '/credentials/status/{issuer}/{list}',
      summary: 'A Bitstring Status List of an interop issuer, signed',
      access: 'public',
      responses: {
        200: {
          description: 'A BitstringStatusListCredential (Bitstring Status List 1.0).',
          mediaType: 'application/vc+ld+json',
          schema: { type: 'object' },
        },
      },
      handler: async (request) => {
        const { issuer = '', list = '' } = request.params;
        const { text } = await readInteropList(interop, issuer, list);
        const mediaType = request.accepts(...listTypes);
        if (mediaType === undefined) {
          throw new AppError(
            'not-acceptable',
            `None of what Accept asks for is offered here; ask for one of ${listTypes.join(', ')}.`,
          );
        }
        return { status: 200, text, mediaType, headers: { ...publicHeaders(text, 60), Vary: 'Accept' } };
      },
    },
  ];
}

function keysIn(options: VerifyOptions): { readonly keys?: readonly JsonObject[] } {
  const keys = trustedKeys(options);
  return keys === undefined ? {} : { keys };
}
