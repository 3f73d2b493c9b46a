import {
  levelNames,
  microcredentials,
  milestone,
  requiredLevel,
  type DemoMicrocredential,
} from './content/index.js';
import type { Cast, Scene } from './scene.js';

/** An achievement as it was published. */
export interface Published {
  readonly slug: string;
  readonly id: string;
  readonly version: number;
  readonly versionId: string;
  readonly url: string;
  readonly criteria: readonly {
    readonly id: string;
    readonly requiredLevel: string | null;
    readonly levels: readonly { readonly id: string; readonly level: string; readonly name: string }[];
  }[];
  readonly requirements: readonly {
    readonly id: string;
    readonly kind: 'file' | 'text';
    readonly mediaTypes: readonly string[];
    readonly min: number;
    readonly max: number;
    readonly needsConsent: boolean;
  }[];
}

export interface Publications {
  readonly reviewed: readonly Published[];
  readonly stack: Published;
  readonly outside: Published;
}

/** Publishes two microcredentials with rubrics, the milestone that stacks them and a training that is assessed outside. */
export async function publish(scene: Scene, cast: Cast): Promise<Publications> {
  const reviewed: Published[] = [];
  for (const { microcredential } of microcredentials) {
    reviewed.push(await draftAndPublish(scene, cast, microcredential.slug, reviewedContent(microcredential)));
    scene.say(
      `"${microcredential.name}" is published: ${microcredential.criteria.length} criteria of ${levelNames.length} levels`,
    );
  }
  const stack = await draftAndPublish(scene, cast, milestone.slug, {
    ...shared(milestone),
    achievementType: 'Certification',
    alignments: [
      ...microcredentials.flatMap(({ microcredential }) => alignments(microcredential).slice(0, 1)),
    ],
    assessment: {
      by: 'components',
      components: milestone.components.map((slug) => reviewed.find((one) => one.slug === slug)!.id),
    },
  });
  scene.say(`"${milestone.name}" is published: it stacks both`);
  const outside = await draftAndPublish(scene, cast, 'supporting-learners-online', {
    name: 'Supporting learners online',
    description:
      'A two-hour training on helping students learn safely and well in online spaces, given by the county office.',
    criteria: 'Attend the whole training and pass the closing check with at least 8 of 10 answers right.',
    achievementType: 'MicroCredential',
    tags: ['digital citizenship'],
    alignments: alignments(microcredentials[0]!.microcredential).slice(0, 1),
    creditHours: 2,
    validForMonths: null,
    assessment: {
      by: 'outside',
      how: 'Assessed by the county office of education with a closing check of ten questions.',
    },
  });
  scene.say('"Supporting learners online" is published: assessed outside, and said so');
  return { reviewed, stack, outside };
}

async function draftAndPublish(scene: Scene, cast: Cast, slug: string, content: object): Promise<Published> {
  const { client } = scene;
  const created = await client.call('createAchievement', { as: cast.admin.key, body: { slug, content } });
  const achievement = (created.body.achievement?.id ?? created.body.id) as string;
  await client.call('publishAchievementVersion', {
    as: cast.admin.key,
    params: { achievement, version: '1' },
  });
  const { body } = await client.call('getAchievementVersion', {
    as: cast.admin.key,
    params: { achievement, version: '1' },
  });
  const { assessment } = body.content;
  return {
    slug,
    id: achievement,
    version: body.number,
    versionId: body.id,
    url: body.url,
    criteria: (assessment.rubric?.criteria ?? []).map(
      (criterion: { id: string; requiredLevel: string | null; levels: { id: string; name: string }[] }) => ({
        id: criterion.id,
        requiredLevel: criterion.requiredLevel,
        levels: criterion.levels.map(({ id, name }, index) => ({ id, level: String(index + 1), name })),
      }),
    ),
    requirements: (assessment.requirements ?? []).map(
      ({ id, kind, mediaTypes, min, max, needsConsent }: Published['requirements'][number]) => ({
        id,
        kind,
        mediaTypes,
        min,
        max,
        needsConsent,
      }),
    ),
  };
}

function shared(of: {
  name: string;
  description: string;
  criteriaNarrative: string;
  tags: readonly string[];
  creditHours: number;
}) {
  return {
    name: of.name,
    description: of.description,
    criteria: of.criteriaNarrative,
    language: 'en-US',
    tags: of.tags,
    creditHours: of.creditHours,
    validForMonths: null,
  };
}

function alignments(microcredential: DemoMicrocredential) {
  return microcredential.alignments.map((alignment) => ({
    targetName: alignment.name,
    targetUrl: alignment.url,
    targetFramework: alignment.framework,
    targetCode: alignment.code,
    targetDescription: alignment.description,
  }));
}

function reviewedContent(microcredential: DemoMicrocredential): object {
  return {
    ...shared(microcredential),
    achievementType: 'MicroCredential',
    alignments: alignments(microcredential),
    assessment: {
      by: 'review',
      rubric: {
        criteria: microcredential.criteria.map((criterion) => ({
          id: criterion.id,
          name: criterion.name,
          description: criterion.description,
          levels: criterion.descriptors.map((descriptor, index) => ({ name: levelNames[index], descriptor })),
          requiredLevel: `${criterion.id}-${requiredLevel.level}`,
        })),
        rule: { kind: 'conjunctive' },
      },
      requirements: microcredential.requirements.map((requirement) => ({
        id: requirement.id,
        kind: requirement.kind,
        name: requirement.name,
        description: requirement.description,
        genre: requirement.genre,
        mediaTypes: requirement.kind === 'file' ? requirement.mediaTypes : [],
        min: requirement.required ? requirement.min : 0,
        max: requirement.max,
        needsConsent: requirement.showsChildren,
      })),
    },
  };
}
