import type { AchievementContent } from './achievement.js';

/** What of an achievement stands in its badge picture and on its certificates, each with its place in the content. */
export function printedTexts({
  name,
  assessment,
}: AchievementContent): readonly { readonly pointer: string; readonly text: string }[] {
  const criteria = assessment.by === 'review' ? assessment.rubric.criteria : [];
  return [
    { pointer: '/name', text: name },
    ...criteria.flatMap((criterion, at) => [
      { pointer: `/assessment/rubric/criteria/${at}/name`, text: criterion.name },
      ...criterion.levels.map((level, index) => ({
        pointer: `/assessment/rubric/criteria/${at}/levels/${index}/name`,
        text: level.name,
      })),
    ]),
  ];
}
