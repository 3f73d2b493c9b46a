import { nameOfEndorsed, publicEndorsement } from '../../issuing/index.js';
import { AppError } from '../../kernel/index.js';
import { publicPageHeaders } from '../pages/credential.js';
import { publicEndorsementPage } from '../pages/endorsement-public.js';
import { etagOf } from '../respond.js';
import type { Reply, Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

const common = {
  kind: 'protocol',
  tag: 'credentials',
  method: 'GET',
  access: 'public',
  errorPages: 'by-accept',
} as const;

/** What `Accept` chooses at the endorsement's own address. */
const accepted: { readonly [mediaType: string]: 'json' | 'jwt' | 'page' } = {
  'text/html': 'page',
  'application/vc': 'json',
  'application/vc+ld+json': 'json',
  'application/ld+json': 'json',
  'application/json': 'json',
  'application/vc+jwt': 'jwt',
  'text/plain': 'jwt',
};

/** EndorsementCredentials, exactly as they were issued, and their pages; open to all. */
export function publicEndorsementRoutes({ issuing }: Pick<Rooms, 'issuing'>): readonly Route[] {
  const asked = (request: RouteRequest) => publicEndorsement(issuing, request.params['endorsement']!);

  const inForm = async (request: RouteRequest, form: 'json' | 'jwt', mediaType: string): Promise<Reply> => {
    const { endorsement } = await asked(request);
    const text = form === 'json' ? endorsement.json : endorsement.jwt;
    return { status: 200, text, mediaType, headers: { ...publicHeaders(text, 300), Vary: 'Accept' } };
  };

  const forms = (['json', 'jwt'] as const).map((form): Route => {
    const mediaType = form === 'json' ? 'application/vc+ld+json' : 'application/vc+jwt';
    return {
      ...common,
      operationId: form === 'json' ? 'getEndorsementJson' : 'getEndorsementJwt',
      path: `/e/{endorsement}.${form}`,
      summary: `An endorsement as ${form.toUpperCase()}`,
      responses: { 200: { description: 'The exact bytes that were issued.', mediaType } },
      handler: (request) => inForm(request, form, mediaType),
    };
  });

  return [
    ...forms,
    {
      ...common,
      operationId: 'getEndorsementCredential',
      path: '/e/{endorsement}',
      summary: 'An endorsement: its page, or the form that Accept asks for',
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
        if (form !== 'page') return inForm(request, form, mediaType);
        const { endorsement, district } = await asked(request);
        const thing = await nameOfEndorsed(issuing, endorsement.about);
        const html = publicEndorsementPage({ endorsement, district, thing, now: issuing.clock.now() });
        return { status: 200, html, headers: { ...publicPageHeaders, ETag: etagOf(html) } };
      },
    },
  ];
}
