import { describe, expect, it } from '@jest/globals';
import { contentFindings, contentFrom, contentHash } from '../../../src/achievements/index.js';
import { achievementExample } from '../../../src/web/api/achievement-example.js';

/** The example with three criteria, of which the plan and the reflection show those named. */
function served(plan: readonly string[] | undefined, reflection?: readonly string[], min = 150) {
  const { assessment } = achievementExample;
  if (assessment.by !== 'review') throw new Error('not reviewed');
  const [clarity] = assessment.rubric.criteria;
  const criteria = ['clarity', 'timing', 'use'].map((id) => ({
    ...clarity!,
    ...{ id, name: `Of ${id}`, requiredLevel: `${id}-2` },
  }));
  const [file, text] = assessment.requirements.map(({ serves: _serves, ...requirement }) => requirement);
  return contentFrom(
    {
      ...achievementExample,
      assessment: {
        ...assessment,
        rubric: { criteria },
        requirements: [
          { ...file!, ...(plan === undefined ? {} : { serves: plan }) },
          { ...text!, min, ...(reflection === undefined ? {} : { serves: reflection }) },
        ],
      },
    },
    'en',
  );
}

const foundIn = (content: ReturnType<typeof served>) => {
  const { errors, warnings } = contentFindings(content);
  return [errors, warnings].map((rows) => rows.map(({ pointer, detail }) => `${pointer} ${detail}`));
};

describe('which evidence shows which criterion', () => {
  it('is nothing to mend when each criterion is shown by what must be handed in', () => {
    expect(foundIn(served(['clarity', 'timing'], ['use']))).toEqual([[], []]);
    expect(foundIn(served(['clarity', 'timing', 'use']))).toEqual([[], []]);
  });

  it('names a criterion that none shows, and one that only what may be left out does', () => {
    const [errors, warnings] = foundIn(served(['clarity'], ['timing'], 0));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^\/assessment\/rubric\/criteria\/1 only evidence that may be left out shows “Of timing”/,
      ),
      expect.stringMatching(/^\/assessment\/rubric\/criteria\/2 no evidence requirement shows “Of use”/),
    ]);
  });

  it('says once that nothing is said', () => {
    for (const content of [served(undefined), served([], [])])
      expect(foundIn(content)).toEqual([
        [],
        [expect.stringMatching(/^\/assessment\/requirements do not say which criteria they show/)],
      ]);
  });

  it('refuses what is no criterion of the rubric', () => {
    const [errors] = foundIn(served(['clarity', 'timing', 'use'], ['tone']));
    expect(errors).toEqual([
      '/assessment/requirements/1/serves "tone" is no criterion of the rubric; choose of clarity, timing, use',
    ]);
  });

  it('leaves the hash of contents that say nothing as it was', () => {
    const content = served(undefined);
    expect(JSON.stringify(content)).not.toContain('serves');
    expect(contentHash(served([], []))).toBe(contentHash(content));
    expect(contentHash(served(['clarity']))).not.toBe(contentHash(content));
  });
});
