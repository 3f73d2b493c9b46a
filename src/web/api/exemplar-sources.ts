import {
  createExemplarFromWork,
  getSourceWork,
  listSourceWork,
  openSourceFile,
  type NewExemplarFromWork,
} from '../../calibration/index.js';
import { maxUploadBytes, uploadArtefact } from '../../evidence/index.js';
import { AppError } from '../../kernel/index.js';
import { created, ok, pageQuery, pageRequest, pageSchema, principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';
import { exemplarSchema, presentExemplar } from './present-calibration.js';
import { presentSourceWork, sourceWorkSchema } from './present-source-work.js';
import { fileReply, fileResponses } from './file-reply.js';
import { requestSchema } from './request-schema.js';

/** Exemplars from real work: what may be used, its files, and the files that stand in their place. */
export function exemplarSourceRoutes({
  calibration,
  evidence,
}: Pick<Rooms, 'calibration' | 'evidence'>): readonly Route[] {
  return [
    {
      operationId: 'listExemplarSources',
      method: 'GET',
      path: '/api/v1/exemplar-sources',
      kind: 'api',
      tag: 'calibration',
      summary: 'Decided work whose teacher allows that an exemplar is made of it, without names',
      description:
        'A teacher allows it with `recordConsent` and the use `exemplar`; the end of that consent retires what was made. Your own work is not among them.',
      access: 'exemplars.write',
      query: pageQuery,
      responses: { 200: { description: 'One page of work.', schema: pageSchema(sourceWorkSchema) } },
      handler: async (request) => {
        const page = await listSourceWork(calibration, principalOf(request).actor, pageRequest(request));
        return ok({ ...page, items: page.items.map(presentSourceWork) });
      },
    },
    {
      operationId: 'getExemplarSource',
      method: 'GET',
      path: '/api/v1/exemplar-sources/{submission}',
      kind: 'api',
      tag: 'calibration',
      summary: 'One piece of such work, as its reviewers saw it',
      access: 'exemplars.write',
      responses: { 200: { description: 'The work.', schema: sourceWorkSchema } },
      handler: async (request) => {
        const { actor } = principalOf(request);
        return ok(presentSourceWork(await getSourceWork(calibration, actor, request.params['submission']!)));
      },
    },
    {
      operationId: 'getExemplarSourceFile',
      method: 'GET',
      path: '/api/v1/exemplar-sources/{submission}/files/{artefact}',
      kind: 'api',
      tag: 'calibration',
      summary: 'A file of such work whose use is allowed, whole or a range',
      access: 'exemplars.write',
      responses: fileResponses,
      handler: async (request) => {
        const { actor } = principalOf(request);
        const [submission, artefact] = [request.params['submission']!, request.params['artefact']!];
        return fileReply(request, await openSourceFile(calibration, actor, { submission, artefact }));
      },
    },
    {
      operationId: 'uploadExemplarFile',
      method: 'POST',
      path: '/api/v1/exemplar-files',
      kind: 'api',
      tag: 'calibration',
      summary: 'Upload a file for an exemplar: written for it, re-recorded, blurred or redacted',
      description:
        'One file in the field `file`, of the types and sizes that `uploadArtefact` takes; metadata is taken out. Use its id as `artefact` of an item. The same content sent again is answered with the file that there is (200).',
      access: 'exemplars.write',
      rate: 'upload',
      body: {
        kind: 'upload',
        maxBytes: maxUploadBytes,
        maxFiles: 1,
        fields: { type: 'object', additionalProperties: false, properties: {} },
      },
      responses: {
        200: { description: 'You had sent this content before: that file.', schema: uploadedSchema },
        201: { description: 'The new file.', schema: uploadedSchema },
      },
      handler: async (request) => {
        const { actor } = principalOf(request);
        const file = request.files.find((candidate) => candidate.field === 'file');
        if (file === undefined) {
          throw new AppError('invalid-request', 'Send the file in the multipart field "file".', {
            errors: [{ pointer: '/file', detail: 'is required' }],
          });
        }
        const { artefact, existing } = await uploadArtefact(evidence, actor, file);
        const { id, mediaType, size } = artefact;
        const shown = { artefact: id, mediaType, size };
        return existing ? ok(shown) : created(shown, '/api/v1/exemplar-files');
      },
    },
    {
      operationId: 'createExemplarFromWork',
      method: 'POST',
      path: '/api/v1/exemplar-sources/{submission}/exemplars',
      kind: 'api',
      tag: 'calibration',
      summary: 'Make an exemplar of decided work, de-identified, for experts to rate blind',
      description:
        'Texts as you redacted them, files of the work as they are, or yours in their place (`replaces`). A video of the work is never used as it is. Confirm every check. Whoever wrote or reviewed the work is never measured on it.',
      access: 'exemplars.write',
      body: {
        kind: 'json',
        schema: requestSchema('create-exemplar-from-work'),
        example: {
          title: 'Exit tickets in grade 5',
          pool: 'qualifying',
          items: [
            { id: 'reflection', name: 'Reflection', text: 'Most students could say what to change …' },
            { id: 'lesson-plan', name: 'Lesson plan', artefact: 'art_aaaaaaaaaaaaaaaaaaaaaaaaaa' },
          ],
          checks: { names: true, faces: true, metadata: true, context: true },
        },
      },
      responses: { 201: { description: 'The exemplar.', schema: exemplarSchema } },
      handler: async (request) => {
        const { actor, member } = principalOf(request);
        const body = request.body as NewExemplarFromWork;
        const submission = request.params['submission']!;
        const exemplar = await createExemplarFromWork(calibration, actor, submission, body);
        return created(presentExemplar(exemplar, member), `/api/v1/exemplars/${exemplar.id}`);
      },
    },
  ];
}

const uploadedSchema = {
  type: 'object',
  required: ['artefact', 'mediaType', 'size'],
  properties: { artefact: { type: 'string' }, mediaType: { type: 'string' }, size: { type: 'integer' } },
};
