import { found, type ErrorCode } from '../../kernel/index.js';
import { Facts, PageHeading } from '../components/index.js';
import { problemTypes } from '../problem.js';
import type { Route } from '../route.js';
import { page } from './layout.js';

/** What each problem means and what to do: where `type` of a problem document leads (RFC 9457, section 3.1.1). */
const meanings: Readonly<Record<ErrorCode, { readonly means: string; readonly wayOut: string }>> = {
  'invalid-request': {
    means: 'The request could not be read, or a member of it has the wrong form.',
    wayOut: '`errors` names each member by JSON Pointer with its rule. Mend it and send again.',
  },
  'not-authenticated': {
    means: 'Nobody is signed in, or what was sent to sign in is unknown, used or too old.',
    wayOut: 'Send an API key as "Authorization: Bearer …", or sign in again.',
  },
  'not-permitted': {
    means: 'Your roles, your key’s scopes or the age of your sign-in do not allow this.',
    wayOut:
      'The detail names the roles that may. Changes of keys and members ask for a sign-in younger than ten minutes.',
  },
  'not-found': {
    means: 'There is no such thing, or you may not see it: the two look the same.',
    wayOut: 'Check the id and the district that your key belongs to.',
  },
  'method-not-allowed': {
    means: 'There is something at this address, but it does not take this HTTP method.',
    wayOut: 'Use one of the methods that the header Allow lists.',
  },
  'not-acceptable': {
    means: 'The Accept header asks only for media types that this address does not offer.',
    wayOut: 'Ask for one of those that the detail names, or leave Accept out.',
  },
  'already-exists': {
    means: 'Something with the same name or key exists.',
    wayOut: 'Use what exists, or choose another name.',
  },
  conflict: {
    means: 'Somebody else changed it at the same moment, or it is in a state that does not allow this.',
    wayOut: 'Read it again and decide anew.',
  },
  'precondition-failed': {
    means: 'It was changed since you read it: If-Match names an older state.',
    wayOut: 'Read it again, look at the change, and send yours with the new ETag.',
  },
  'precondition-required': {
    means: 'The change needs If-Match, so that nobody’s work is overwritten unseen.',
    wayOut: 'Send If-Match with the ETag that came with what you read.',
  },
  'rule-violated': {
    means: 'The request can be read but breaks a rule of the domain.',
    wayOut: '`errors` names the member and the rule.',
  },
  'too-large': { means: 'The body is larger than is taken here.', wayOut: 'Send less, or a smaller file.' },
  'unsupported-media-type': {
    means: 'The body is of a kind that is not taken here.',
    wayOut: 'The detail lists the media types that are.',
  },
  'too-many-requests': {
    means: 'More requests came in a minute than one caller may send.',
    wayOut: 'Wait as long as Retry-After says and repeat.',
  },
  unavailable: {
    means: 'Something that the request needs does not answer now.',
    wayOut: 'Repeat it later, with the same Idempotency-Key: it is done once.',
  },
};

/** A page for each problem type. */
export function problemPages(): readonly Route[] {
  return [
    {
      operationId: 'problemPage',
      method: 'GET',
      path: '/problems/{code}',
      kind: 'page',
      tag: 'service',
      summary: 'What a problem type means',
      access: 'public',
      responses: { 200: { description: 'The page.', mediaType: 'text/html' } },
      handler: async ({ params, principal }) => {
        const code = params['code']!;
        const known = found(Object.hasOwn(meanings, code) ? (code as ErrorCode) : undefined, 'problem type');
        const { status, title } = problemTypes[known];
        const html = page(
          { title, principal, width: 'text' },
          <>
            <PageHeading title={title} lead={meanings[known].means} />
            <Facts
              rows={[
                ['Way out', meanings[known].wayOut],
                ['Code', <code>{known}</code>],
                ['HTTP status', String(status)],
              ]}
            />
          </>,
        );
        return { status: 200, html, headers: { 'Cache-Control': 'public, max-age=3600' } };
      },
    },
  ];
}
