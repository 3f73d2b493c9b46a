import { DemoError } from './client.js';
import { district, earlierTeachers } from './content/index.js';
import type { Published } from './publish.js';
import { day, type Cast, type Player, type Scene } from './scene.js';
import { decisionOn, handIn, rate, type Work } from './submit.js';

/** What each reviewer saw in the work of each earlier teacher, as level numbers: alike mostly, sometimes one level apart. */
const judgements: readonly (readonly [reviewer1: readonly number[], reviewer2: readonly number[]])[] = [
  [
    [3, 3, 3, 3],
    [3, 3, 3, 3],
  ],
  [
    [3, 4, 3, 3],
    [3, 3, 3, 3],
  ],
  [
    [2, 3, 2, 2],
    [2, 3, 2, 1],
  ],
  [
    [4, 3, 4, 3],
    [4, 3, 3, 3],
  ],
  [
    [3, 3, 3, 4],
    [3, 3, 3, 4],
  ],
  [
    [3, 2, 3, 2],
    [3, 2, 3, 2],
  ],
  [
    [4, 4, 3, 3],
    [4, 3, 3, 3],
  ],
  [
    [3, 3, 4, 3],
    [3, 3, 3, 3],
  ],
  [
    [3, 3, 3, 3],
    [3, 4, 3, 3],
  ],
  [
    [2, 3, 3, 2],
    [2, 3, 3, 2],
  ],
];

/** A decision of "not yet", and whose. */
interface Missed {
  readonly teacher: Player;
  readonly decision: string;
}

/**
 * Ten teachers whose work was reviewed some months ago, so that the figures of reviewers are made from something; and an
 * appeal of the last of those whose work was not there yet, from its filing to its end.
 */
export async function earlierWork(
  scene: Scene,
  cast: Cast,
  home: { readonly id: string },
  published: Published,
  work: Work,
): Promise<void> {
  const { client, inPerson } = scene;
  let missed: Missed | undefined;
  let met = 0;
  for (const [index, name] of earlierTeachers.entries()) {
    const email = `${name.toLowerCase().replace(' ', '.')}@riverbend.example`;
    const { body: member } = await client.call('addMember', {
      as: cast.admin.key,
      body: { email, name, roles: ['teacher'], school: district.schools[0].name },
    });
    const teacher = { id: member.id, key: await inPerson.key(home.id, member.id), email };
    const submission = await handIn(scene, teacher, published, work);
    await scene.advance(day);
    const [one, other] = judgements[index]!;
    await rate(scene, cast.reviewer1, published, 'rating', one);
    await rate(scene, cast.reviewer2, published, 'rating', other);
    if ((await decisionOn(scene, teacher, submission)) === 'met') met += 1;
    else {
      const { body } = await client.call('getSubmissionDecision', {
        as: teacher.key,
        params: { submission },
      });
      missed = { teacher, decision: body.id };
    }
  }
  scene.say(
    `Some months ago, ${earlierTeachers.length} teachers handed work in, and two reviewers rated each: ${met} met, the others not yet`,
  );
  if (missed === undefined) throw new DemoError('nobody missed a level, so nobody can appeal');
  await appeal(scene, cast, missed);
}

/** The teacher names an error, the lead admits the appeal, and who had no part finds none. */
async function appeal(scene: Scene, cast: Cast, { teacher, decision }: Missed): Promise<void> {
  const { client } = scene;
  const { body: filed } = await client.call('fileAppeal', {
    as: teacher.key,
    params: { decision },
    body: {
      ground: 'process',
      words:
        'Neither reading says anything of the second sheet of student work. On it a student answers my comment in green pencil; I hold that it was not looked at.',
    },
  });
  await scene.advance(2 * day);
  const at = { params: { appeal: filed.id } };
  await client.call('screenAppeal', {
    as: cast.lead.key,
    ...at,
    body: { admissible: true, words: 'It names evidence that may not have been looked at.' },
  });
  await scene.until('somebody to decide the appeal', async () => {
    const { body } = await client.call('listAppeals', {
      as: cast.adjudicator.key,
      query: { list: 'to-decide' },
    });
    return body.items.find(({ id }: { id: string }) => id === filed.id);
  });
  await scene.advance(day);
  await client.call('decideAppeal', {
    as: cast.adjudicator.key,
    ...at,
    body: {
      outcome: 'upheld',
      words:
        'Both ratings point at all three sheets. One answer in green pencil is there, as you say; the others have none, and the levels say so. The decision stands.',
    },
  });
  scene.say('One of them appealed: admitted, looked into by somebody who had no part, and upheld');
}
