import type { FieldError } from '../../kernel/index.js';
import { isJsonObject } from '../../securing/index.js';
import { badge, both, listOf, memberOf, unless, type LintRule } from './rule.js';

/** NUL, and half a surrogate pair: no Unicode text (The Unicode Standard, D76). */
const noText = /\0|\p{Surrogate}/u;

const achievementOf = (document: unknown) => memberOf(document, 'credentialSubject', 'achievement');
const resultsOf = (document: unknown) => listOf(memberOf(document, 'credentialSubject', 'result'));

/**
 * Rules of ours: of text, of members that the design forbids, and what makes a credential a TrustEd Microcredential.
 * The last are notes: a milestone and what is assessed outside are not, by design, and say so.
 */
export const ownRules: readonly LintRule[] = [
  {
    id: 'well-formed-text',
    step: 'own',
    severity: 'error',
    condition:
      'No text holds NUL or half a surrogate pair: such text has no UTF-8 bytes that could be signed.',
    kinds: both,
    check: ({ document }) => textFaults(document),
  },
  {
    id: 'no-endorsement-jwt',
    step: 'own',
    severity: 'error',
    condition: 'No endorsementJwt: the published context does not define it, so it would go unsigned.',
    kinds: both,
    check: ({ document }) => membersNamed(document, 'endorsementJwt'),
  },
  {
    id: 'trusted-awarded-date',
    step: 'own',
    severity: 'note',
    condition: 'TrustEd: awardedDate is there.',
    kinds: badge,
    check: ({ document }) => unless('awardedDate' in document, '/awardedDate', 'is missing: not TrustEd'),
  },
  {
    id: 'trusted-achievement-type',
    step: 'own',
    severity: 'note',
    condition: 'TrustEd: the achievement has an achievementType.',
    kinds: badge,
    check: ({ document }) =>
      unless(
        typeof memberOf(achievementOf(document), 'achievementType') === 'string',
        '/credentialSubject/achievement/achievementType',
        'is missing: not TrustEd',
      ),
  },
  {
    id: 'trusted-alignment',
    step: 'own',
    severity: 'note',
    condition: 'TrustEd: the achievement is aligned to at least one standard.',
    kinds: badge,
    check: ({ document }) =>
      unless(
        listOf(memberOf(achievementOf(document), 'alignment')).length > 0,
        '/credentialSubject/achievement/alignment',
        'names no standard: not TrustEd',
      ),
  },
  {
    id: 'trusted-evidence',
    step: 'own',
    severity: 'note',
    condition: 'TrustEd: there is at least one evidence.',
    kinds: badge,
    check: ({ document }) =>
      unless(listOf(document['evidence']).length > 0, '/evidence', 'is missing: not TrustEd'),
  },
  {
    id: 'trusted-result',
    step: 'own',
    severity: 'note',
    condition:
      'TrustEd: there is at least one result; each names its ResultDescription and an achievedLevel.',
    kinds: badge,
    check: ({ document }) => {
      const described = listOf(memberOf(achievementOf(document), 'resultDescription'));
      const results = resultsOf(document);
      const whole = results.every((result) => {
        const description = described.find(
          (one) => memberOf(one, 'id') === memberOf(result, 'resultDescription'),
        );
        const levels = listOf(memberOf(description, 'rubricCriterionLevel'));
        return levels.some((level) => memberOf(level, 'id') === memberOf(result, 'achievedLevel'));
      });
      return unless(
        results.length > 0 && whole,
        '/credentialSubject/result',
        'does not show a level of a rubric for each result: not TrustEd',
      );
    },
  },
];

/** Text that cannot be signed, wherever it is. */
export function textFaults(value: unknown, pointer = ''): readonly FieldError[] {
  const detail = 'holds NUL or half a surrogate pair, which is no text; leave that character out';
  if (typeof value === 'string') return noText.test(value) ? [{ pointer, detail }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => textFaults(item, `${pointer}/${index}`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (noText.test(name)) return [{ pointer, detail: `has a member whose name ${detail}` }];
    return textFaults(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  });
}

function membersNamed(value: unknown, wanted: string, pointer = ''): readonly FieldError[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => membersNamed(item, wanted, `${pointer}/${index}`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === wanted
      ? [{ pointer: `${pointer}/${name}`, detail: 'is not defined by the published context' }]
      : membersNamed(member, wanted, `${pointer}/${name}`),
  );
}
