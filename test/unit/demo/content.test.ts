import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import {
  district,
  members,
  microcredentials,
  milestone,
  type Levels,
} from '../../../src/demo/content/index.js';

const samples = new URL('../../../src/demo/samples/', import.meta.url);
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

describe.each(microcredentials.map((each) => [each.microcredential.slug, each] as const))(
  'the demo content of %s',
  (_slug, { microcredential, exemplars }) => {
    it('has four criteria, each with four descriptors of its own', () => {
      expect(microcredential.criteria).toHaveLength(4);
      const descriptors = microcredential.criteria.flatMap((criterion) => criterion.descriptors);
      expect(new Set(descriptors).size).toBe(16);
      for (const descriptor of descriptors) expect(words(descriptor)).toBeGreaterThanOrEqual(12);
      expect(microcredential.creditHours % 0.25).toBe(0);
    });

    it('asks for work that one picture can answer, and leaves the video to the teacher', () => {
      const requirement = (id: string) => microcredential.requirements.find((each) => each.id === id);
      expect(requirement('student-work')).toMatchObject({ required: true, min: 1, max: 4 });
      expect(requirement('student-work')?.description).toMatch(/^One to four pictures/);
      expect(requirement('lesson-video')).toMatchObject({ required: false, max: 1 });
    });

    it('proposes 10 exemplars for the form, 5 in reserve, 2 for practice and 1 seed', () => {
      const count = (pool: string): number => exemplars.filter((each) => each.pool === pool).length;
      expect([count('form'), count('reserve'), count('practice'), count('seed')]).toEqual([10, 5, 2, 1]);
      expect(new Set(exemplars.map(({ id }) => id)).size).toBe(18);
      expect(new Set(exemplars.map(({ title }) => title)).size).toBe(18);
    });

    it.each(exemplars.map((each) => [each.id, each] as const))(
      'keys %s by the median of three experts who differ by one level at most',
      (_id, each) => {
        for (const criterion of [0, 1, 2, 3] as const) {
          const ratings = each.ratings.map((levels: Levels) => levels[criterion]).sort();
          expect(ratings[2]! - ratings[0]!).toBeLessThanOrEqual(1);
          expect(each.key[criterion]).toBe(ratings[1]);
        }
      },
    );

    it.each(exemplars.map((each) => [each.id, each] as const))(
      'says why for every criterion of %s, pointing at evidence that it has',
      (_id, each) => {
        expect(each.rationale).toHaveLength(4);
        const items = each.evidence.map(({ id }) => id);
        for (const { evidence } of each.rationale) expect(items).toContain(evidence);
        expect(items.length).toBeGreaterThanOrEqual(2);
        const lengths = each.evidence.map(({ text }) => words(text));
        expect(Math.min(...lengths)).toBeGreaterThanOrEqual(60);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(150);
      },
    );

    it('spreads the keys of the form over the levels, and decides both ways', () => {
      const form = exemplars.filter(({ pool }) => pool === 'form');
      for (const criterion of [0, 1, 2, 3] as const) {
        expect(new Set(form.map(({ key }) => key[criterion])).size).toBeGreaterThanOrEqual(3);
      }
      const met = form.filter(({ key }) => key.every((level) => level >= 3)).length;
      expect(met).toBeGreaterThanOrEqual(3);
      expect(met).toBeLessThanOrEqual(7);
    });
  },
);

describe('the demo district', () => {
  it('stacks the two microcredentials and names one person for each key of the demo', () => {
    expect(milestone.components).toEqual(microcredentials.map(({ microcredential }) => microcredential.slug));
    expect(members.map(({ key }) => key)).toEqual([
      'admin',
      'lead',
      'adjudicator',
      'reviewer1',
      'reviewer2',
      'expert3',
      'coach',
      'teacher',
      'teacher2',
    ]);
    for (const { email } of members) expect(email).toMatch(/@riverbend\.example$/);
    expect(members.find(({ key }) => key === 'expert3')?.roles).toEqual(['expert']);
    expect(district.code).toHaveLength(4);
  });

  it('has evidence for both microcredentials in which no file is the same, each within what is asked', async () => {
    const files = {
      'formative-feedback': ['lesson-plan.pdf', 'student-work-1.png', 'reflection.md'],
      'inclusive-discussion': ['discussion-plan.pdf', 'discussion-chart-1.png', 'discussion-reflection.md'],
    };
    const seen = new Set<string>();
    for (const { microcredential } of microcredentials) {
      const reflection = microcredential.requirements.find(({ id }) => id === 'reflection')!;
      for (const name of files[microcredential.slug as keyof typeof files]) {
        const bytes = await readFile(new URL(name, samples));
        seen.add(createHash('sha256').update(bytes).digest('hex'));
        if (!name.endsWith('.md')) continue;
        const count = words(bytes.toString('utf8'));
        expect(count).toBeGreaterThanOrEqual(reflection.min);
        expect(count).toBeLessThanOrEqual(reflection.max);
      }
    }
    expect(seen.size).toBe(6);
    const sizes = await Promise.all((await readdir(samples)).map((name) => stat(new URL(name, samples))));
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2_000_000);
  });
});
