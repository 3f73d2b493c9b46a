import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAchievement, publishVersion } from '../../src/achievements/index.js';
import { packageRoot, type Actor } from '../../src/kernel/index.js';
import { commitRating, settleCase } from '../../src/review/index.js';
import { createIssuerKeys, issuerDid } from '../../src/securing/index.js';
import { levelsOf, twoMoreReviewers, type ReviewWorld } from './review-world.js';
import type { TestService } from './service.js';

/** The bytes of one of the demo's sample files. */
export function sample(name: string): Buffer {
  return readFileSync(join(packageRoot, 'src/demo/samples', name));
}

/** Lets the district sign, and adds a milestone that the one microcredential completes with another. */
export async function readyToAward(service: TestService, world: ReviewWorld): Promise<void> {
  const { district } = world;
  const actor: Actor = { kind: 'service', district: district.id };
  await createIssuerKeys(service.rooms.securing, {
    district: district.id,
    did: issuerDid(service.rooms.service.publicUrl, district.slug),
  });
  const { achievements } = service.rooms;
  const outside = await createAchievement(achievements, actor, {
    slug: 'first-aid',
    content: {
      name: 'First aid in schools',
      description: 'Knows what to do until help arrives.',
      criteria: 'Passed the course of the county.',
      alignments: world.version.content.alignments,
      creditHours: 2,
      assessment: { by: 'outside', how: 'By an instructor of the county.' },
    },
  });
  await publishVersion(achievements, actor, { achievement: outside.achievement.id, version: 1 });
  const milestone = await createAchievement(achievements, actor, {
    slug: 'responsive-teaching',
    content: {
      name: 'Responsive teaching',
      description: 'Finds out what students think, and acts on it.',
      achievementType: 'Certification',
      criteria: 'Hold both.',
      alignments: world.version.content.alignments,
      assessment: { by: 'components', components: [world.version.achievement, outside.achievement.id] },
    },
  });
  await publishVersion(achievements, actor, { achievement: milestone.achievement.id, version: 1 });
}

/**
 * The reviewers who have this submission commit these levels of the criteria that they are asked about, and everything
 * that follows is carried out. Where nobody is left who had no part in the work, two more are certified first.
 */
export async function reviewed(
  service: TestService,
  world: ReviewWorld,
  submission: string,
  numbers: readonly number[],
): Promise<void> {
  await service.settle();
  const { review, submissions } = service.rooms;
  const levels = levelsOf(world.rubric, numbers);
  const newest = async () => (await review.store.casesOn(world.district.id, submission)).at(-1)!;
  if ((await newest()).state === 'waiting') {
    await twoMoreReviewers(service, world);
    await settleCase(review, await newest());
  }
  // Twice: the first may bring a second, or an adjudication.
  for (let round = 0; round < 2; round += 1) {
    const given = await review.store.assignmentsOfCase(world.district.id, (await newest()).id);
    for (const assignment of given.filter(({ state }) => state === 'open')) {
      const { district, reviewer, criteria } = assignment;
      const actor = { kind: 'member', district, member: reviewer } as const;
      const work = await submissions.store.submission(actor.district, submission);
      const plan = work?.answers['lesson-plan'];
      const artefact = plan?.kind === 'file' ? plan.artefacts[0]! : null;
      await commitRating(review, actor, {
        assignment: assignment.id,
        criteria: Object.fromEntries(
          world.rubric.criteria
            .filter(({ id }) => criteria?.includes(id) ?? true)
            .map(({ id, name }) => [
              id,
              {
                level: levels[id]!,
                pointers: [
                  { requirement: 'lesson-plan', artefact, page: 1, second: null, note: 'The goal.' },
                ],
                feedback: `About “${name}”: the plan names what good work looks like, and the samples show it. Next, let students say it in their own words.`,
              },
            ]),
        ),
      });
    }
  }
  await service.settle();
}
