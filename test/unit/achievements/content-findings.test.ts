import { describe, expect, it } from '@jest/globals';
import {
  contentFindings,
  contentFrom,
  contentHash,
  evidenceMediaTypes as typesOfRequirements,
  type AchievementContent,
  type Rubric,
} from '../../../src/achievements/index.js';
import { acceptedTypes } from '../../../src/evidence/index.js';
import { packageFile } from '../../../src/kernel/index.js';
import { achievementExample } from '../../../src/web/api/achievement-example.js';
import { aContent } from '../../support/work-house.js';

const good = contentFrom(aContent(), 'en');
const pointers = (content: AchievementContent) =>
  contentFindings(content).errors.map((error) => error.pointer);

function withRubric(change: (rubric: Rubric) => Rubric): AchievementContent {
  if (good.assessment.by !== 'review') throw new Error('not reviewed');
  return { ...good, assessment: { ...good.assessment, rubric: change(good.assessment.rubric) } };
}

function withCriterion(change: object): AchievementContent {
  return withRubric((rubric) => ({
    ...rubric,
    criteria: [{ ...rubric.criteria[0]!, ...change }, rubric.criteria[1]!],
  }));
}

function withRequirement(index: number, change: object): AchievementContent {
  if (good.assessment.by !== 'review') throw new Error('not reviewed');
  const requirements = good.assessment.requirements.map((one, at) =>
    at === index ? { ...one, ...change } : one,
  );
  return { ...good, assessment: { ...good.assessment, requirements } };
}

describe('what keeps a content from being published', () => {
  it('finds nothing wrong with content that keeps every rule, and says what is weak in its rubric', () => {
    const { errors, warnings } = contentFindings(good);
    expect(errors).toEqual([]);
    // The rubric of the tests has two criteria, descriptors of a few words, and evidence that says nothing of criteria.
    for (const { pointer } of warnings)
      expect(pointer).toMatch(
        /^\/assessment\/(requirements$|rubric\/criteria($|\/\d\/levels\/\d\/descriptor$))/,
      );
  });

  it('finds nothing wrong with the example of the API but that it has one criterion', () => {
    const { errors, warnings } = contentFindings(contentFrom(achievementExample, 'en'));
    expect([errors, warnings.map(({ pointer }) => pointer)]).toEqual([[], ['/assessment/rubric/criteria']]);
  });

  const level = { id: 'clarity-1', name: 'One', descriptor: 'x' };
  const cases: readonly [string, AchievementContent, string][] = [
    ['an empty name', { ...good, name: '' }, '/name'],
    ['an empty description', { ...good, description: '' }, '/description'],
    ['no criteria', { ...good, criteria: '' }, '/criteria'],
    ['a type outside the vocabulary', { ...good, achievementType: 'Trophy' }, '/achievementType'],
    ['a language tag that Open Badges does not allow', { ...good, language: 'en-us' }, '/language'],
    ['credit that is no multiple of a quarter', { ...good, creditHours: 1.3 }, '/creditHours'],
    ['credit above 1000', { ...good, creditHours: 1000.25 }, '/creditHours'],
    ['negative credit', { ...good, creditHours: -0.25 }, '/creditHours'],
    ['an expiry after no month', { ...good, validForMonths: 0 }, '/validForMonths'],
    ['no alignment', { ...good, alignments: [] }, '/alignments'],
    [
      'an alignment to no web address',
      { ...good, alignments: [{ ...good.alignments[0]!, targetUrl: 'javascript:alert(1)' }] },
      '/alignments/0/targetUrl',
    ],
    [
      'one alignment twice',
      { ...good, alignments: [good.alignments[0]!, good.alignments[0]!] },
      '/alignments',
    ],
    ['no criterion', withRubric((rubric) => ({ ...rubric, criteria: [] })), '/assessment/rubric/criteria'],
    [
      'one criterion id twice',
      withRubric((rubric) => ({ ...rubric, criteria: [rubric.criteria[0]!, rubric.criteria[0]!] })),
      '/assessment/rubric/criteria/1/id',
    ],

    [
      'a single level',
      withCriterion({ levels: [level], requiredLevel: 'clarity-1' }),
      '/assessment/rubric/criteria/0/levels',
    ],
    [
      'seven levels',
      withCriterion({
        levels: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ id: `clarity-${n}`, name: `${n}`, descriptor: `${n}` })),
      }),
      '/assessment/rubric/criteria/0/levels',
    ],
    [
      'a level id out of order',
      withCriterion({
        levels: [
          { ...level, id: 'clarity-0' },
          { id: 'clarity-2', name: 'Two', descriptor: 'y' },
        ],
      }),
      '/assessment/rubric/criteria/0/levels/0/id',
    ],
    [
      'a level without descriptor',
      withCriterion({ levels: [level, { id: 'clarity-2', name: 'Two', descriptor: '' }] }),
      '/assessment/rubric/criteria/0/levels/1/descriptor',
    ],
    [
      'two levels in the same words',
      withCriterion({ levels: [level, { id: 'clarity-2', name: 'Two', descriptor: 'x' }] }),
      '/assessment/rubric/criteria/0/levels',
    ],
    [
      'a required level of another criterion',
      withCriterion({ requiredLevel: 'uptake-2' }),
      '/assessment/rubric/criteria/0/requiredLevel',
    ],
    [
      'as many allowances as criteria',
      withRubric((rubric) => ({ ...rubric, rule: { kind: 'conjunctive-with-allowances', allowances: 2 } })),
      '/assessment/rubric/rule/allowances',
    ],
    [
      'a cut above what can be reached',
      withRubric((rubric) => ({ ...rubric, rule: { kind: 'compensatory', cut: 7, floors: {} } })),
      '/assessment/rubric/rule/cut',
    ],
    [
      'a cut that everybody reaches',
      withRubric((rubric) => ({ ...rubric, rule: { kind: 'compensatory', cut: 2, floors: {} } })),
      '/assessment/rubric/rule/cut',
    ],
    [
      'a floor of another criterion',
      withRubric((rubric) => ({
        ...rubric,
        rule: { kind: 'compensatory', cut: 4, floors: { clarity: 'uptake-2' } },
      })),
      '/assessment/rubric/rule/floors/clarity',
    ],
    [
      'a requirement of no media type',
      withRequirement(0, { mediaTypes: [] }),
      '/assessment/requirements/0/mediaTypes',
    ],
    [
      'a media type that is not taken',
      withRequirement(0, { mediaTypes: ['image/svg+xml'] }),
      '/assessment/requirements/0/mediaTypes',
    ],
    ['a maximum below the minimum', withRequirement(2, { min: 30 }), '/assessment/requirements/2/max'],
    ['one requirement id twice', withRequirement(2, { id: 'plan' }), '/assessment/requirements/2/id'],
    [
      'consent for text',
      withRequirement(2, { needsConsent: true }),
      '/assessment/requirements/2/needsConsent',
    ],
    [
      'a milestone of nothing',
      { ...good, assessment: { by: 'components', components: [] } },
      '/assessment/components',
    ],
    [
      'an assessment outside that nobody explains',
      { ...good, assessment: { by: 'outside', how: '' } },
      '/assessment/how',
    ],
  ];
  it.each(cases)('refuses %s', (_what, content, pointer) => {
    expect(pointers(content)).toEqual([pointer]);
  });

  it('refuses a version whose every requirement may be left out', () => {
    if (good.assessment.by !== 'review') throw new Error('not reviewed');
    const requirements = good.assessment.requirements.map((requirement) => ({ ...requirement, min: 0 }));
    expect(pointers({ ...good, assessment: { ...good.assessment, requirements } })).toEqual([
      '/assessment/requirements',
    ]);
  });

  it('warns of a required level that every work reaches', () => {
    const { errors, warnings } = contentFindings(withCriterion({ requiredLevel: 'clarity-1' }));
    expect(errors).toEqual([]);
    expect(warnings.map((warning) => warning.pointer)).toContain(
      '/assessment/rubric/criteria/0/requiredLevel',
    );
  });
});

describe('the hash of a content', () => {
  it('is the SHA-256 of the JCS form, whatever the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(good).reverse()) as unknown as AchievementContent;
    expect(Object.keys(reversed)).not.toEqual(Object.keys(good));
    expect(contentHash(reversed)).toBe(contentHash(good));
    expect(contentHash(good)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs with one letter, and with the order of levels', () => {
    const turned = withCriterion({
      levels: [
        ...(good.assessment.by === 'review' ? good.assessment.rubric.criteria[0]!.levels : []),
      ].reverse(),
    });
    const hashes = [good, { ...good, name: `${good.name}.` }, turned].map(contentHash);
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('the media types of requirements', () => {
  it('are exactly those that evidence recognises and that the schema allows', () => {
    const schema = packageFile('schemas/api/achievement-content.json');
    expect([...typesOfRequirements]).toEqual(Object.keys(acceptedTypes));
    for (const type of typesOfRequirements) expect(schema).toContain(`"${type}"`);
  });
});
