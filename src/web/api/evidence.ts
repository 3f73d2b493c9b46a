import {
  acceptedTypes,
  eraseArtefact,
  getArtefact,
  isEvidenceMediaType,
  listArtefacts,
  listConsents,
  maxUploadBytes,
  openArtefact,
  recordConsent,
  uploadArtefact,
  withdrawConsent,
  type NewConsent,
  type OpenedArtefact,
} from '../../evidence/index.js';
import { AppError } from '../../kernel/index.js';
import { settleErasure } from '../../calibration/index.js';
import { settleConsentOfWork } from '../../review/index.js';
import { getSubmission } from '../../submissions/index.js';
import {
  created,
  ok,
  pageQuery,
  pageRequest,
  pageSchema,
  principalOf,
  type Reply,
  type Route,
} from '../route.js';
import type { Rooms } from '../rooms.js';
import { byteRange } from './byte-range.js';
import { fileResponses } from './file-reply.js';
import { artefactSchema, consentSchema, presentArtefact, presentConsent } from './present-evidence.js';
import { requestSchema } from './request-schema.js';

/** Files as evidence, and the consents for their use. */
export function evidenceRoutes(
  rooms: Pick<Rooms, 'evidence' | 'submissions' | 'calibration' | 'review' | 'service'>,
): readonly Route[] {
  return [...artefactRoutes(rooms), ...consentRoutes(rooms)];
}

function artefactRoutes({
  evidence,
  calibration,
  service,
}: Pick<Rooms, 'evidence' | 'calibration' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'uploadArtefact',
      method: 'POST',
      path: '/api/v1/artefacts',
      kind: 'api',
      tag: 'evidence',
      summary: 'Upload a file as evidence',
      description:
        'One file in the field `file`; `name` may give it another name. Taken are PDF, MP4 and WebM up to 50 MB, PNG, JPEG and WebP up to 15 MB, plain text and Markdown up to 2 MB. The type is found in the content; a declared type that differs is refused. Pictures are encoded anew without metadata (place, camera, time). The same content sent again is answered with the artefact that there is (200).',
      access: 'submissions.own',
      rate: 'upload',
      body: {
        kind: 'upload',
        maxBytes: maxUploadBytes,
        maxFiles: 1,
        fields: {
          type: 'object',
          additionalProperties: false,
          properties: { name: { type: 'string', minLength: 1, maxLength: 300 } },
        },
      },
      responses: {
        200: { description: 'You had sent this content before: that artefact.', schema: artefactSchema },
        201: { description: 'The new artefact.', schema: artefactSchema },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const file = request.files.find((candidate) => candidate.field === 'file');
        if (file === undefined) {
          throw new AppError('invalid-request', 'Send the file in the multipart field "file".', {
            errors: [{ pointer: '/file', detail: 'is required' }],
          });
        }
        const { name } = request.body as { readonly name?: string };
        const { artefact, existing } = await uploadArtefact(evidence, actor, {
          ...file,
          name: name ?? file.name,
        });
        const presented = presentArtefact(artefact);
        return existing ? ok(presented) : created(presented, `/api/v1/artefacts/${artefact.id}`);
      },
    },
    {
      operationId: 'listMyArtefacts',
      method: 'GET',
      path: '/api/v1/artefacts',
      kind: 'api',
      tag: 'evidence',
      summary: 'Your artefacts, the newest first, erased ones too',
      access: 'submissions.own',
      query: pageQuery,
      responses: { 200: { description: 'One page of artefacts.', schema: pageSchema(artefactSchema) } },
      handler: async (request) => {
        const page = await listArtefacts(evidence, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentArtefact) });
      },
    },
    {
      operationId: 'getArtefact',
      method: 'GET',
      path: '/api/v1/artefacts/{artefact}',
      kind: 'api',
      tag: 'evidence',
      summary: 'What is known of an artefact of yours',
      access: 'submissions.own',
      responses: { 200: { description: 'The artefact.', schema: artefactSchema } },
      handler: async (request) =>
        ok(
          presentArtefact(
            await getArtefact(evidence, principalOf(request).actor, request.params['artefact']!),
          ),
        ),
    },
    {
      operationId: 'getArtefactContent',
      method: 'GET',
      path: '/api/v1/artefacts/{artefact}/content',
      kind: 'api',
      tag: 'evidence',
      summary: 'The bytes of an artefact, whole or a range',
      description:
        'For its owner alone; a reviewer reads the files of assigned work with `getAssignmentArtefact`. Takes `Range: bytes=…` (206; 416 beyond the end).',
      access: 'member',
      responses: fileResponses,
      handler: async (request) => {
        const { actor } = principalOf(request);
        // Not by way of a review: whether that would open it would tell submissions from other assigned work.
        const { id } = await getArtefact(evidence, actor, request.params['artefact']!);
        const opened = await openArtefact(evidence, actor, id);
        const ifRange = request.header('if-range');
        const range =
          ifRange === undefined || ifRange === etagOf(opened) ? request.header('range') : undefined;
        return contentReply(opened, range);
      },
    },
    {
      operationId: 'eraseArtefact',
      method: 'DELETE',
      path: '/api/v1/artefacts/{artefact}',
      kind: 'api',
      tag: 'evidence',
      summary: 'Erase an artefact of yours for good',
      description:
        'Its key is destroyed, then its file. A submission of yours that holds it and waits for a decision becomes void; credentials that rest on it stay valid.',
      access: 'submissions.own',
      responses: {
        200: { description: 'What is left: that it was erased, and when.', schema: artefactSchema },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const artefact = await eraseArtefact(evidence, actor, request.params['artefact']!);
        await settleErasure(calibration, actor.district, artefact.id);
        service.wake();
        return ok(presentArtefact(artefact));
      },
    },
  ];
}

function consentRoutes({
  evidence,
  submissions,
  review,
  service,
}: Pick<Rooms, 'evidence' | 'submissions' | 'review' | 'service'>): readonly Route[] {
  return [
    {
      operationId: 'recordConsent',
      method: 'POST',
      path: '/api/v1/submissions/{submission}/consents',
      kind: 'api',
      tag: 'evidence',
      summary: 'Record that files may be used, for review when nothing else is said',
      description:
        'Needed before submitting for every file of a requirement with `needsConsent`. Name no child: say how permission was given and where the district keeps it.',
      access: 'submissions.own',
      body: {
        kind: 'json',
        schema: requestSchema('record-consent'),
        example: {
          artefacts: ['art_aaaaaaaaaaaaaaaaaaaaaaaaaa'],
          use: 'review',
          statement:
            'Media release forms of all students in period 3, signed 2026-09-02, kept in the school office.',
        },
      },
      responses: { 201: { description: 'The consent.', schema: consentSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { id } = await getSubmission(submissions, actor, request.params['submission']!);
        const body = request.body as Omit<NewConsent, 'submission' | 'use'> &
          Partial<Pick<NewConsent, 'use'>>;
        const consent = await recordConsent(evidence, actor, { use: 'review', ...body, submission: id });
        return created(presentConsent(consent), `/api/v1/submissions/${id}/consents`);
      },
    },
    {
      operationId: 'listConsents',
      method: 'GET',
      path: '/api/v1/submissions/{submission}/consents',
      kind: 'api',
      tag: 'evidence',
      summary: 'The consents recorded for a submission of yours, withdrawn ones too',
      access: 'submissions.own',
      responses: { 200: { description: 'All of them.', schema: pageSchema(consentSchema) } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const { id } = await getSubmission(submissions, actor, request.params['submission']!);
        return ok({ items: (await listConsents(evidence, actor, id)).map(presentConsent) });
      },
    },
    {
      operationId: 'withdrawConsent',
      method: 'POST',
      path: '/api/v1/consents/{consent}/withdraw',
      kind: 'api',
      tag: 'evidence',
      summary: 'Withdraw a consent, at once on every read path',
      description: 'A submission that waits for a decision and needs this consent becomes void.',
      access: 'submissions.own',
      responses: { 200: { description: 'The consent as withdrawn.', schema: consentSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const consent = await withdrawConsent(evidence, actor, request.params['consent']!);
        await settleConsentOfWork(review, actor.district, consent.id);
        service.wake();
        return ok(presentConsent(consent));
      },
    },
  ];
}

async function contentReply(opened: OpenedArtefact, header: string | undefined): Promise<Reply> {
  const { artefact } = opened;
  const headers = contentHeaders(opened);
  const range = byteRange(header, artefact.size);
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${artefact.size}` } };
  const bytes = await opened.read(range);
  const mediaType = artefact.mediaType.startsWith('text/')
    ? `${artefact.mediaType}; charset=utf-8`
    : artefact.mediaType;
  if (range === undefined) return { status: 200, bytes, mediaType, headers };
  const part = `bytes ${range.start}-${range.end}/${artefact.size}`;
  return {
    status: 206,
    bytes,
    mediaType: artefact.mediaType,
    headers: { ...headers, 'Content-Range': part },
  };
}

/**
 * Evidence is never kept by a cache, never taken for another type, and runs no script. A PDF is not sandboxed, since
 * browsers' own viewers do not open one that is; they run its scripts, if at all, apart from any page.
 */
function contentHeaders(opened: OpenedArtefact): { [name: string]: string } {
  const { artefact, by } = opened;
  const { mediaType, name } = artefact;
  const extension = isEvidenceMediaType(mediaType) ? acceptedTypes[mediaType].extension : 'bin';
  const shown = by === 'owner' ? name : `evidence.${extension}`;
  const inline = /^(image|video)\//.test(mediaType) || mediaType === 'application/pdf';
  const sandbox = mediaType === 'application/pdf' ? '' : '; sandbox';
  return {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(shown).replaceAll("'", '%27')}`,
    'Content-Security-Policy': `default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'${sandbox}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ETag: etagOf(opened),
  };
}

function etagOf({ artefact }: OpenedArtefact): string {
  return `"${artefact.sha256?.slice(0, 32) ?? artefact.id}"`;
}
