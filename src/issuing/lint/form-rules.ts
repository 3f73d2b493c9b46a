import { AppError } from '../../kernel/index.js';
import { compactWithOurContexts, isKnownContext, sha256Hex } from '../../securing/index.js';
import { canonicalObSchemas } from '../../verification/index.js';
import { endorsementFindings, openBadgesFindings, schemaFindings } from '../validate-by-schema.js';
import { badge, both, hasType, itemsWithout, listOf, memberOf, unless, type LintRule } from './rule.js';

const credentialsV2 = 'https://www.w3.org/ns/credentials/v2';
const credentialsV1 = 'https://www.w3.org/2018/credentials/v1';
const openBadges303 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const anyOpenBadges = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-\d+\.\d+\.\d+)*\.json$/;
const olderOpenBadges = 'https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld';
const badgeTypes = ['OpenBadgeCredential', 'AchievementCredential'];

const contexts = (document: unknown) => listOf(memberOf(document, '@context'));

/** Steps 2 to 6 of the validator: terms, contexts, types, schemas. (Step 1, parsing, is where linting begins.) */
export const formRules: readonly LintRule[] = [
  {
    id: 'json-ld-contexts',
    step: 2,
    severity: 'error',
    condition: 'Every context is one whose bytes are pinned here.',
    kinds: both,
    check: ({ document }) =>
      itemsWithout(
        document['@context'],
        '/@context',
        (context) => typeof context === 'string' && isKnownContext(context),
        'is no context that is known and pinned here',
      ),
  },
  {
    id: 'json-ld-terms',
    step: 2,
    severity: 'error',
    condition: 'Every term and type is defined by the contexts; every id is absolute (JSON-LD, safe mode).',
    kinds: both,
    after: ['json-ld-contexts'],
    check: async ({ document }) => {
      try {
        await compactWithOurContexts(document);
        return [];
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }];
      }
    },
  },
  {
    id: 'context-credentials',
    step: 3,
    severity: 'error',
    condition: `The first context is ${credentialsV2} (or its older form).`,
    kinds: both,
    check: ({ document }) =>
      unless(
        [credentialsV2, credentialsV1].includes(String(contexts(document)[0])),
        '/@context/0',
        `must be ${credentialsV2}`,
      ),
  },
  {
    id: 'context-credentials-version',
    step: 3,
    severity: 'warning',
    condition: `The first context is ${credentialsV2}, not an older form of it.`,
    kinds: both,
    after: ['context-credentials'],
    check: ({ document }) =>
      unless(
        contexts(document)[0] === credentialsV2,
        '/@context/0',
        `is an older form; use ${credentialsV2}`,
      ),
  },
  {
    id: 'context-open-badges',
    step: 3,
    severity: 'error',
    condition: `The second context is ${openBadges303} (or another of Open Badges 3.0).`,
    kinds: both,
    check: ({ document }) => {
      const second = String(contexts(document)[1]);
      return unless(
        anyOpenBadges.test(second) || second === olderOpenBadges,
        '/@context/1',
        `must be ${openBadges303}`,
      );
    },
  },
  {
    id: 'context-open-badges-version',
    step: 3,
    severity: 'warning',
    condition: `The second context is exactly ${openBadges303}.`,
    kinds: both,
    after: ['context-open-badges'],
    check: ({ document }) =>
      unless(contexts(document)[1] === openBadges303, '/@context/1', `is another form of ${openBadges303}`),
  },
  {
    id: 'type-badge',
    step: 4,
    severity: 'fatal',
    condition: `The type holds VerifiableCredential and one of ${badgeTypes.join(', ')}.`,
    kinds: badge,
    check: ({ document }) =>
      unless(
        hasType(document, 'VerifiableCredential') && badgeTypes.some((type) => hasType(document, type)),
        '/type',
        `must hold VerifiableCredential and one of ${badgeTypes.join(', ')}`,
      ),
  },
  {
    id: 'type-endorsement',
    step: 4,
    severity: 'fatal',
    condition: 'The type holds VerifiableCredential and EndorsementCredential.',
    kinds: ['endorsement'],
    check: ({ document }) =>
      unless(
        hasType(document, 'VerifiableCredential') && hasType(document, 'EndorsementCredential'),
        '/type',
        'must hold VerifiableCredential and EndorsementCredential',
      ),
  },
  {
    id: 'schema-open-badges',
    step: 5,
    severity: 'error',
    condition: 'The Open Badges 3.0 schema, strict form, holds: of an AchievementCredential.',
    kinds: badge,
    check: ({ document }) => openBadgesFindings(document),
  },
  {
    id: 'schema-endorsement',
    step: 5,
    severity: 'error',
    condition: 'The Open Badges 3.0 schema, strict form, holds: of an EndorsementCredential.',
    kinds: ['endorsement'],
    check: ({ document }) => endorsementFindings(document),
  },
  {
    id: 'schema-own-answers',
    step: 6,
    severity: 'error',
    condition:
      'Every other schema of type 1EdTechJsonSchemaValidator2019 that the credential names answers with JSON.',
    kinds: both,
    check: async (linted) => (await ownSchemas(linted)).flatMap(({ unread }) => unread),
  },
  {
    id: 'schema-own-holds',
    step: 6,
    severity: 'error',
    condition: 'Every other schema of type 1EdTechJsonSchemaValidator2019 that the credential names holds.',
    kinds: both,
    after: ['schema-own-answers'],
    check: async (linted) =>
      (await ownSchemas(linted)).flatMap(({ url, text }) =>
        text === undefined
          ? []
          : schemaFindings(
              JSON.parse(text) as { readonly [key: string]: unknown },
              sha256Hex(text),
              linted.document,
              url,
            ),
      ),
  },
];

async function ownSchemas({ document, resolver }: Parameters<LintRule['check']>[0]) {
  const named = listOf(document['credentialSchema']).flatMap((entry, index) => {
    const url = memberOf(entry, 'id');
    const isOther =
      hasType(entry, '1EdTechJsonSchemaValidator2019') &&
      typeof url === 'string' &&
      !(canonicalObSchemas as readonly string[]).includes(url);
    return isOther ? [{ url, index }] : [];
  });
  return Promise.all(
    named.map(async ({ url, index }) => {
      const pointer = `/credentialSchema/${index}/id`;
      const answer = await resolver.schema(url);
      if (!answer.ok) return { url, unread: [{ pointer, detail: `does not answer: ${answer.reason}` }] };
      const text = Buffer.from(answer.bytes).toString('utf8');
      try {
        JSON.parse(text);
        return { url, text, unread: [] };
      } catch {
        return { url, unread: [{ pointer, detail: 'answers with what is no JSON' }] };
      }
    }),
  );
}
