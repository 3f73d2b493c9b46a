import { getQualification } from '../../src/calibration/index.js';
import { getAssignment, listDecisions } from '../../src/review/index.js';
import { getSubmission } from '../../src/submissions/index.js';
import { presentQualification } from '../../src/web/api/present-calibration.js';
import { presentAssignedWork } from '../../src/web/api/present-review.js';
import type { Person } from '../support/review-house.js';
import { groupBy, hold, type Check, type View } from './view.js';
import { secretWords } from './world.js';

const ofExemplar = /exm_[a-z2-7]{26}/;

/** 7. Seeds and qualifying items decide and award nothing, reach no teacher, and show no key before the commit. */
export const checkSeeds: Check = async (view) => {
  const { raw, world, ledger } = view;
  let facts = 0;
  const seeds = raw.all('assignments').filter(({ work }) => work === 'seed');
  for (const seed of seeds) {
    const nothing = ['case', 'n', 'submission', 'attempt', 'round'].every((member) => seed[member] === null);
    hold(7, nothing, () => `the seed ${seed['id']} belongs to a case or a submission`);
    facts += 1;
  }
  for (const rating of raw.all('ratings')) {
    const { work } = raw.get('assignments', rating['assignment'])!;
    hold(
      7,
      work === 'submission',
      () => `the rating ${rating['id']} of a seed stands among those that decide`,
    );
    facts += 1;
  }
  for (const name of ['review_cases', 'decisions', 'awards', 'quality_statements'])
    for (const doc of raw.all(name)) {
      hold(7, !ofExemplar.test(JSON.stringify(doc)), () => `${name}/${doc['id']} names an exemplar`);
      facts += 1;
    }
  for (const told of world.decisionsTold) {
    hold(7, raw.get('submissions', told.submission) !== undefined, () => `a teacher was told of ${told.id}`);
    facts += 1;
  }
  // Nobody is served one work twice, nor as two things.
  for (const [whose, servings] of groupBy(
    raw.all('exemplar_servings'),
    (one) => `${one['member']} ${one['origin']}`,
  )) {
    hold(7, servings.length === 1, () => `${whose} was served twice`);
    facts += 1;
  }
  for (const [whose, given] of groupBy(seeds, (one) => `${one['reviewer']} ${one['exemplar']}`)) {
    hold(7, given.length === 1, () => `${whose} was given twice`);
    const [seed] = given;
    const onForm = raw
      .all('qualification_attempts')
      .some(
        ({ reviewer, form }) =>
          reviewer === seed!['reviewer'] && (form as string[]).includes(seed!['exemplar']),
      );
    hold(7, !onForm, () => `${whose} was both a seed and on a qualifying form`);
    facts += 1;
  }
  const open = seeds.filter(({ state }) => state === 'open');
  facts += await keysUnseen(view, open[ledger.step % Math.max(1, open.length)]?.['id']);
  facts += await unseenByTeacher(view);
  return facts;
};

/** What a reviewer reads of a seed in hand, and of the own qualifying form, holds nothing of a key. */
async function keysUnseen({ raw, world }: View, seed: string | undefined): Promise<number> {
  const { review, calibration, district } = world.house;
  const texts: string[] = [];
  if (seed !== undefined) {
    const me: Person = { kind: 'member', district, member: raw.get('assignments', seed)!['reviewer'] };
    const text = JSON.stringify(presentAssignedWork(await getAssignment(review, me, seed)));
    const told = [ofExemplar, /"seed"/, new RegExp(secretWords.title)].some((words) => words.test(text));
    hold(7, !told, () => `${seed} shows that it is a seed`);
    texts.push(text);
  }
  const attempt = raw.all('qualification_attempts').find(({ state }) => state === 'open');
  if (attempt !== undefined) {
    const me: Person = { kind: 'member', district, member: attempt['reviewer'] };
    const { attempt: own, next } = await getQualification(calibration, me, attempt['id']);
    texts.push(JSON.stringify(presentQualification(own, next, world.rubric)));
  }
  for (const text of texts)
    for (const words of [secretWords.rationale, '"key"', '"rationale"'])
      hold(7, !text.includes(words), () => `${words} is shown before the commit`);
  return texts.length;
}

async function unseenByTeacher({ raw, world, ledger }: View): Promise<number> {
  const teacher = world.teachers[ledger.step % Math.max(1, world.teachers.length)];
  if (teacher === undefined) return 0;
  const { review } = world.house;
  const own = raw.all('submissions').filter(({ teacher: of }) => of === teacher.member);
  const page = await listDecisions(review, teacher, { limit: 100 });
  const texts = [JSON.stringify(page.items)];
  for (const { id } of own) texts.push(JSON.stringify(await getSubmission(review.submissions, teacher, id)));
  for (const text of texts) hold(7, !ofExemplar.test(text), () => `${teacher.member} is shown an exemplar`);
  const decided = raw.all('decisions').filter(({ teacher: of }) => of === teacher.member).length;
  hold(
    7,
    page.items.length === decided,
    () => `${teacher.member} is shown ${page.items.length} decisions of ${decided}`,
  );
  return texts.length + 1;
}
