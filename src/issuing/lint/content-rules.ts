import { isJsonObject } from '../../securing/index.js';
import { badge, both, hasType, itemsWithout, memberOf, unless, type LintRule } from './rule.js';

const subjectOf = (document: unknown) => memberOf(document, 'credentialSubject');
const filled = (value: unknown) => typeof value === 'string' && value !== '';

/** Steps 7 to 9 of the validator: subject, evidence, issuer. */
export const contentRules: readonly LintRule[] = [
  {
    id: 'subject-type',
    step: 7,
    severity: 'error',
    condition: 'credentialSubject is of type AchievementSubject.',
    kinds: badge,
    check: ({ document }) =>
      unless(
        hasType(subjectOf(document), 'AchievementSubject'),
        '/credentialSubject/type',
        'must hold AchievementSubject',
      ),
  },
  {
    id: 'subject-identified',
    step: 7,
    severity: 'error',
    condition: 'credentialSubject has an id or an identifier.',
    kinds: badge,
    check: ({ document }) =>
      unless(
        filled(memberOf(subjectOf(document), 'id')) ||
          memberOf(subjectOf(document), 'identifier') !== undefined,
        '/credentialSubject',
        'must have an id or an identifier',
      ),
  },
  {
    id: 'subject-identifier-type',
    step: 7,
    severity: 'error',
    condition: 'Every identifier of the subject is of type IdentityObject.',
    kinds: badge,
    check: ({ document }) =>
      itemsWithout(
        memberOf(subjectOf(document), 'identifier'),
        '/credentialSubject/identifier',
        (item) => hasType(item, 'IdentityObject'),
        'must be of type IdentityObject',
      ),
  },
  {
    id: 'subject-result-type',
    step: 7,
    severity: 'error',
    condition: 'Every result is of type Result.',
    kinds: badge,
    check: ({ document }) =>
      itemsWithout(
        memberOf(subjectOf(document), 'result'),
        '/credentialSubject/result',
        (item) => hasType(item, 'Result'),
        'must be of type Result',
      ),
  },
  {
    id: 'subject-achievement',
    step: 7,
    severity: 'error',
    condition: 'credentialSubject has an achievement.',
    kinds: badge,
    check: ({ document }) =>
      unless(
        isJsonObject(memberOf(subjectOf(document), 'achievement')),
        '/credentialSubject/achievement',
        'must be an achievement',
      ),
  },
  {
    id: 'achievement-result-description-type',
    step: 7,
    severity: 'error',
    condition: 'Every resultDescription of the achievement is of type ResultDescription.',
    kinds: badge,
    check: ({ document }) =>
      itemsWithout(
        memberOf(subjectOf(document), 'achievement', 'resultDescription'),
        '/credentialSubject/achievement/resultDescription',
        (item) => hasType(item, 'ResultDescription'),
        'must be of type ResultDescription',
      ),
  },
  {
    id: 'achievement-criteria',
    step: 7,
    severity: 'error',
    condition: 'The criteria of the achievement have an id or a narrative.',
    kinds: badge,
    after: ['subject-achievement'],
    check: ({ document }) => {
      const criteria = memberOf(subjectOf(document), 'achievement', 'criteria');
      return unless(
        filled(memberOf(criteria, 'id')) || filled(memberOf(criteria, 'narrative')),
        '/credentialSubject/achievement/criteria',
        'must have an id or a narrative',
      );
    },
  },
  {
    id: 'subject-source-type',
    step: 7,
    severity: 'error',
    condition: 'The source, where there is one, is of type Profile.',
    kinds: badge,
    check: ({ document }) =>
      itemsWithout(
        memberOf(subjectOf(document), 'source'),
        '/credentialSubject/source',
        (item) => hasType(item, 'Profile'),
        'must be of type Profile',
      ),
  },
  {
    id: 'evidence-type',
    step: 8,
    severity: 'error',
    condition: 'Every evidence is of type Evidence.',
    kinds: badge,
    check: ({ document }) =>
      itemsWithout(
        document['evidence'],
        '/evidence',
        (item) => hasType(item, 'Evidence'),
        'must be of type Evidence',
      ),
  },
  {
    id: 'issuer-profile',
    step: 9,
    severity: 'error',
    condition: 'The issuer is an object of type Profile, not only its id.',
    kinds: badge,
    check: ({ document }) =>
      unless(hasType(document['issuer'], 'Profile'), '/issuer', 'must be an object of type Profile'),
  },
  {
    id: 'issuer-other-identifier-type',
    step: 9,
    severity: 'error',
    condition: 'Every otherIdentifier of the issuer is of type IdentifierEntry.',
    kinds: both,
    check: ({ document }) =>
      itemsWithout(
        memberOf(document, 'issuer', 'otherIdentifier'),
        '/issuer/otherIdentifier',
        (item) => hasType(item, 'IdentifierEntry'),
        'must be of type IdentifierEntry',
      ),
  },
  {
    id: 'issuer-parent-org-type',
    step: 9,
    severity: 'error',
    condition: 'The parentOrg of the issuer is of type Profile.',
    kinds: both,
    check: ({ document }) =>
      itemsWithout(
        memberOf(document, 'issuer', 'parentOrg'),
        '/issuer/parentOrg',
        (item) => hasType(item, 'Profile'),
        'must be of type Profile',
      ),
  },
  {
    id: 'issuer-url',
    step: 9,
    severity: 'warning',
    condition:
      'The url of the issuer, where there is one, is an http or https address. (Whether it answers is not asked.)',
    kinds: both,
    check: ({ document }) => {
      const url = memberOf(document, 'issuer', 'url');
      return unless(
        url === undefined || (typeof url === 'string' && URL.canParse(url) && /^https?:/.test(url)),
        '/issuer/url',
        'is no http or https address',
      );
    },
  },
];
