import { publicAward, carriedEndorsements, publicCredential, signedStanding } from '../../issuing/index.js';
import { AppError, type JsonSchema } from '../../kernel/index.js';
import { qrPng, qrSvg } from '../../sharing/index.js';
import { publicCredentialPage, publicPageHeaders } from '../pages/credential.js';
import { etagOf } from '../respond.js';
import type { Reply, Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import {
  credentialForms,
  credentialInForm,
  formMediaTypes,
  type CredentialForm,
} from './credential-forms.js';
import { publicHeaders } from './public-headers.js';

/** People follow these addresses too: where HTML is preferred, what goes wrong is told on a page. */
const common = {
  kind: 'protocol',
  tag: 'credentials',
  method: 'GET',
  access: 'public',
  errorPages: 'by-accept',
} as const;

/** Other names are let be: whoever passes a link on may add their own (`utm_source`, `fbclid`). */
const editionQuery: JsonSchema = {
  type: 'object',
  properties: {
    edition: {
      type: 'string',
      pattern: '^[1-9][0-9]{0,5}$',
      description: 'An edition by its number; the newest when left out.',
    },
  },
};

/** What `Accept` chooses at the credential's own address: each media type with the form that it is. */
const accepted: { readonly [mediaType: string]: CredentialForm | 'page' } = {
  'text/html': 'page',
  'application/vc': 'json',
  'application/vc+ld+json': 'json',
  'application/ld+json': 'json',
  'application/json': 'json',
  'application/vc+jwt': 'jwt',
  'text/plain': 'jwt',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
};

/** Credentials in every format, their standing and QR code, open to all. */
export function credentialRoutes({ issuing, service }: Pick<Rooms, 'issuing' | 'service'>): readonly Route[] {
  const asked = (request: RouteRequest) =>
    publicCredential(issuing, request.params['credential']!, request.query['edition']);

  async function pageReply(request: RouteRequest): Promise<Reply> {
    const view = await asked(request);
    // Whole minutes, so that a repeat within one has the same bytes.
    const readAt = `${service.now().slice(0, 16)}:00Z`;
    const endorsements = await carriedEndorsements(issuing, view.credential);
    const html = publicCredentialPage({ ...view, endorsements, publicUrl: service.publicUrl, readAt });
    return { status: 200, html, headers: { ...publicPageHeaders, ETag: etagOf(html) } };
  }

  const forms = credentialForms.map((form): Route => ({
    ...common,
    operationId: `getCredential${form[0]!.toUpperCase()}${form.slice(1)}`,
    path: `/c/{credential}.${form}`,
    summary: `A credential as ${form.toUpperCase()}`,
    query: editionQuery,
    responses: {
      200: {
        description:
          form === 'json' || form === 'jwt'
            ? 'The exact bytes that were issued.'
            : 'The credential is in the file.',
        mediaType: formMediaTypes[form],
      },
    },
    handler: async (request) => credentialInForm(await asked(request), form),
  }));

  const qr = (['png', 'svg'] as const).map((form): Route => ({
    ...common,
    operationId: form === 'png' ? 'getCredentialQrPng' : 'getCredentialQrSvg',
    path: `/c/{credential}/qr.${form}`,
    summary: 'The QR code that opens the credential',
    responses: { 200: { description: 'The picture.', mediaType: formMediaTypes[form] } },
    handler: async (request) => {
      const { credentialId } = await publicAward(issuing, request.params['credential']!);
      const body = form === 'png' ? qrPng(credentialId) : qrSvg(credentialId);
      const headers = publicHeaders(body, 86_400);
      return typeof body === 'string'
        ? { status: 200, text: body, mediaType: formMediaTypes[form], headers }
        : { status: 200, bytes: body, mediaType: formMediaTypes[form], headers };
    },
  }));

  return [
    ...forms,
    ...qr,
    {
      ...common,
      operationId: 'getCredentialStanding',
      path: '/c/{credential}/standing',
      summary: 'How a credential stands, signed by its issuer',
      description:
        'A JWT with `{ iss, sub, edition, state, since, reason, replacedBy, iat, exp }`, good for five minutes. It never overrides a set status bit.',
      responses: { 200: { description: 'The signed standing.', mediaType: 'application/jwt' } },
      handler: async (request) => {
        const text = await signedStanding(issuing, request.params['credential']!, request.address);
        const headers = { ...publicHeaders(text, 0), 'Cache-Control': 'no-store' };
        return { status: 200, text, mediaType: 'application/jwt', headers };
      },
    },
    {
      ...common,
      operationId: 'getCredential',
      path: '/c/{credential}',
      summary: 'A credential: its page, or the form that Accept asks for',
      query: editionQuery,
      responses: {
        200: { description: `By Accept: ${Object.keys(accepted).join(', ')}.`, mediaType: 'text/html' },
      },
      handler: async (request) => {
        const mediaType = request.accepts(...Object.keys(accepted));
        const form = mediaType === undefined ? undefined : accepted[mediaType];
        if (mediaType === undefined || form === undefined) {
          throw new AppError(
            'not-acceptable',
            `None of what Accept asks for is offered here; ask for one of ${Object.keys(accepted).join(', ')}.`,
          );
        }
        return form === 'page' ? pageReply(request) : credentialInForm(await asked(request), form, mediaType);
      },
    },
  ];
}
