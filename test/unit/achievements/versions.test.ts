import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createAchievement,
  editDraft,
  getAchievement,
  getVersion,
  listAchievements,
  publishVersion,
  retireVersion,
  settleVersion,
  startNewVersion,
  type ContentInput,
} from '../../../src/achievements/index.js';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { AppError, newId, type AchievementId } from '../../../src/kernel/index.js';
import { createDistrict } from '../../../src/tenancy/index.js';
import { removableStore } from '../../support/removable-store.js';
import { aContent, aMemberActor, aPublished, aWorkHouse, type WorkHouse } from '../../support/work-house.js';

let house: WorkHouse;
beforeEach(async () => {
  house = await aWorkHouse();
});
afterEach(() => house.close());

const writer = { drafts: true };
const reader = { drafts: false };
const create = (slug = 'feedback', content: ContentInput = aContent()) =>
  createAchievement(house.achievements, house.author, { slug, content });
const publish = (achievement: string, version: number) =>
  publishVersion(house.achievements, house.author, { achievement, version });
async function failure(attempt: Promise<unknown>): Promise<AppError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`not refused as expected: ${String(error)}`);
  return error;
}
const stateOf = async (achievement: string, number: number) =>
  (await getVersion(house.achievements, house.author, achievement, number, writer)).state;

describe('an achievement', () => {
  it('begins with a draft of version 1, whose missing members have their defaults', async () => {
    const { achievement, shown } = await create();
    expect(achievement).toMatchObject({ slug: 'feedback', newestVersion: 1, currentVersion: null });
    expect(shown).toMatchObject({
      number: 1,
      state: 'draft',
      url: 'http://localhost:8080/d/riverbend/achievements/feedback/v1',
      contentHash: null,
      effectDue: null,
      content: { language: 'en', achievementType: 'MicroCredential', validForMonths: null },
    });
    if (shown.content.assessment.by !== 'review') throw new Error('not reviewed');
    expect(shown.content.assessment.rubric.criteria[0]!.levels.map((level) => level.id)).toEqual([
      'clarity-1',
      'clarity-2',
      'clarity-3',
    ]);
    expect(shown.content.assessment.rubric.rule).toEqual({ kind: 'conjunctive' });
  });

  it('is refused under a slug that is taken or malformed', async () => {
    await create();
    expect(await failure(create())).toMatchObject({ code: 'already-exists', errors: [{ pointer: '/slug' }] });
    expect(await failure(create('Not A Slug'))).toMatchObject({
      code: 'rule-violated',
      errors: [{ pointer: '/slug' }],
    });
  });

  it('is made by the sweep where the process ended after its first version', async () => {
    await house.close();
    house = await aWorkHouse(removableStore(await openSqlite({ file: ':memory:' })));
    const { achievement, shown } = await create();
    await house.achievements.store.achievements.remove(
      achievement.district,
      achievement.id,
      achievement.version,
    );
    await house.achievements.store.versions.replace({ ...shown, effectDue: house.clock.now() });
    await settleVersion(house.achievements, achievement.district, shown.id);
    await settleVersion(house.achievements, achievement.district, shown.id);
    expect(await house.achievements.store.achievementBySlug(achievement.district, 'feedback')).toMatchObject({
      newestVersion: 1,
    });
  });

  it('is absent to those who may not see drafts until it is published, and to other districts always', async () => {
    const { achievement } = await create();
    expect(
      (await failure(getAchievement(house.achievements, house.teacher, achievement.id, reader))).code,
    ).toBe('not-found');
    expect((await listAchievements(house.achievements, house.teacher, reader, { limit: 50 })).items).toEqual(
      [],
    );
    await publish(achievement.id, 1);
    expect((await getAchievement(house.achievements, house.teacher, 'feedback', reader)).shown.number).toBe(
      1,
    );
    const other = await createDistrict(
      { ...house.achievements, store: house.achievements.tenancy },
      { name: 'Other', slug: 'other' },
    );
    const stranger = aMemberActor(other.id);
    expect((await failure(getAchievement(house.achievements, stranger, achievement.id, writer))).code).toBe(
      'not-found',
    );
  });
});

describe('publishing', () => {
  it('freezes the content with its hash and moves the achievement to it', async () => {
    const version = await aPublished(house);
    expect(version).toMatchObject({
      state: 'published',
      publishedAt: '2026-11-20T09:00:00Z',
      effectDue: null,
    });
    expect(version.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(version.pendingEntries.map((entry) => entry.verb)).toEqual(['created', 'published']);
    expect(await house.achievements.store.achievement(version.district, version.achievement)).toMatchObject({
      currentVersion: 1,
    });
  });

  it('is refused a second time, and so is editing', async () => {
    const { achievement } = await aPublished(house);
    expect((await failure(publish(achievement, 1))).code).toBe('conflict');
    const edit = editDraft(house.achievements, house.author, {
      achievement,
      version: 1,
      content: aContent(),
    });
    expect((await failure(edit)).message).toContain('start a new version');
  });

  it('says every fault at once and changes nothing', async () => {
    const { achievement } = await create('feedback', aContent({ criteria: '', alignments: [] }));
    const refused = await failure(publish(achievement.id, 1));
    expect(refused.code).toBe('rule-violated');
    expect(refused.errors.map((error) => error.pointer)).toEqual(['/criteria', '/alignments']);
    expect(await stateOf(achievement.id, 1)).toBe('draft');
  });

  it('is refused on what the check of the composed credential finds', async () => {
    const { achievement } = await create();
    house.templateFindings.push({ pointer: '/name', detail: 'breaks the credential' });
    expect((await failure(publish(achievement.id, 1))).errors).toEqual([
      { pointer: '/name', detail: 'breaks the credential' },
    ]);
    expect(await stateOf(achievement.id, 1)).toBe('draft');
  });

  it('refuses a draft that was edited while it was being checked', async () => {
    const { achievement } = await create();
    const meddled = {
      ...house.achievements,
      checkTemplate: async () => {
        await editDraft(house.achievements, house.author, {
          achievement: achievement.id,
          version: 1,
          content: aContent({ name: 'Other' }),
        });
        return { errors: [], warnings: [] };
      },
    };
    const refused = await failure(
      publishVersion(meddled, house.author, { achievement: achievement.id, version: 1 }),
    );
    expect(refused.code).toBe('conflict');
    expect(await stateOf(achievement.id, 1)).toBe('draft');
  });

  it('supersedes the version before, whose content stays as it was', async () => {
    const first = await aPublished(house);
    const second = await startNewVersion(house.achievements, house.author, first.achievement);
    expect(second).toMatchObject({ number: 2, state: 'draft', content: first.content });
    expect(
      (await failure(getVersion(house.achievements, house.teacher, first.achievement, 2, reader))).code,
    ).toBe('not-found');
    expect((await failure(startNewVersion(house.achievements, house.author, first.achievement))).code).toBe(
      'conflict',
    );
    await editDraft(house.achievements, house.author, {
      achievement: first.achievement,
      version: 2,
      content: aContent({ name: 'Better' }),
    });
    await publish(first.achievement, 2);
    const kept = await getVersion(house.achievements, house.teacher, first.achievement, 1, reader);
    expect(kept).toMatchObject({
      state: 'superseded',
      content: first.content,
      contentHash: first.contentHash,
    });
    expect(
      (await getVersion(house.achievements, house.teacher, first.achievement, 'current', reader)).content
        .name,
    ).toBe('Better');
  });

  it('is finished by the sweep where the process ended after the version', async () => {
    const first = await aPublished(house);
    const second = await startNewVersion(house.achievements, house.author, first.achievement);
    await house.achievements.store.versions.replace({
      ...second,
      state: 'published',
      effectDue: house.clock.now(),
    });
    await settleVersion(house.achievements, second.district, second.id);
    expect(await stateOf(first.achievement, 1)).toBe('superseded');
    expect(
      (await getAchievement(house.achievements, house.teacher, first.achievement, reader)).achievement
        .currentVersion,
    ).toBe(2);
    expect(
      (
        await house.achievements.store.versions.sweep('effectDue', {
          before: '2099-01-01T00:00:00Z',
          limit: 10,
        })
      ).length,
    ).toBe(0);
  });

  it('takes milestones only of other, published achievements that do not rest on it', async () => {
    const part = await aPublished(house, 'part');
    const draft = await create('draft');
    const stack = (components: readonly AchievementId[]) =>
      aContent({ assessment: { by: 'components', components } });
    const { achievement } = await create('stack', stack([part.achievement]));
    const strangers = [achievement.id, draft.achievement.id, newId(house.achievements.randomness, 'ach')];
    await editDraft(house.achievements, house.author, {
      achievement: 'stack',
      version: 1,
      content: stack([part.achievement, ...strangers]),
    });
    expect((await failure(publish('stack', 1))).errors.map((error) => error.pointer)).toEqual([
      '/assessment/components/1',
      '/assessment/components/2',
      '/assessment/components/3',
    ]);
    await editDraft(house.achievements, house.author, {
      achievement: 'stack',
      version: 1,
      content: stack([part.achievement]),
    });
    await publish('stack', 1);
    await startNewVersion(house.achievements, house.author, 'part');
    await editDraft(house.achievements, house.author, {
      achievement: 'part',
      version: 2,
      content: stack([achievement.id]),
    });
    expect((await failure(publish('part', 2))).errors[0]?.detail).toContain('rest on');
  });
});

describe('a draft', () => {
  it('is not overwritten when it is not what the author saw', async () => {
    const { achievement } = await create();
    const unchanged = () => {
      throw new AppError('precondition-failed', 'changed');
    };
    const edit = editDraft(house.achievements, house.author, {
      achievement: achievement.id,
      version: 1,
      content: aContent({ name: 'Lost' }),
      unchanged,
    });
    expect((await failure(edit)).code).toBe('precondition-failed');
    expect((await getVersion(house.achievements, house.author, 'feedback', 1, writer)).content.name).toBe(
      'Formative feedback',
    );
  });
});

describe('retiring', () => {
  it('takes the current version away and is refused for a draft', async () => {
    const { achievement } = await aPublished(house);
    expect(await retireVersion(house.achievements, house.author, achievement, 'current')).toMatchObject({
      state: 'retired',
      effectDue: null,
    });
    expect(
      (await failure(getVersion(house.achievements, house.teacher, achievement, 'current', reader))).code,
    ).toBe('not-found');
    expect((await getVersion(house.achievements, house.teacher, achievement, 1, reader)).state).toBe(
      'retired',
    );
    const draft = await create('other');
    expect(
      (await failure(retireVersion(house.achievements, house.author, draft.achievement.id, 1))).code,
    ).toBe('conflict');
  });
});
