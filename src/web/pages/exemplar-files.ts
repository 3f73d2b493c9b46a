import { openExemplarFile, openSourceFile } from '../../calibration/index.js';
import { fileReply } from '../api/file-reply.js';
import { principalOf, type Route } from '../route.js';
import type { Rooms } from '../rooms.js';

/** Files of exemplars, and of work that may become one, as pages show them. */
export function exemplarFilePages({ calibration }: Pick<Rooms, 'calibration'>): readonly Route[] {
  const common = {
    kind: 'page',
    method: 'GET',
    tag: 'calibration',
    responses: { 200: { description: 'The file.', mediaType: 'application/octet-stream' } },
  } as const;
  return [
    {
      ...common,
      operationId: 'exemplarFile',
      path: '/exemplars/{exemplar}/files/{item}',
      access: 'exemplars.open',
      summary: 'The file of an item of an exemplar, whole or a range',
      handler: async (request) => {
        const { exemplar = '', item = '' } = request.params;
        const { member } = principalOf(request);
        return fileReply(request, await openExemplarFile(calibration, member, { exemplar, item }));
      },
    },
    {
      ...common,
      operationId: 'exemplarSourceFile',
      path: '/exemplars/sources/{submission}/files/{artefact}',
      access: 'exemplars.write',
      summary: 'A file of work that an exemplar may be made of',
      handler: async (request) => {
        const { submission = '', artefact = '' } = request.params;
        const { actor } = principalOf(request);
        return fileReply(request, await openSourceFile(calibration, actor, { submission, artefact }));
      },
    },
  ];
}
