import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  achievementStore,
  createAchievement,
  publishVersion,
  type AchievementPorts,
  type AchievementVersion,
  type ContentInput,
} from '../../src/achievements/index.js';
import { diskFiles } from '../../src/adapters/files/index.js';
import { openKeyCustody } from '../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { evidenceStore, type Artefact, type EvidencePorts } from '../../src/evidence/index.js';
import {
  newId,
  settableClock,
  systemRandomness,
  type Actor,
  type Store,
  type DistrictId,
  type FieldError,
} from '../../src/kernel/index.js';
import { submissionStore, type SubmissionPorts } from '../../src/submissions/index.js';
import { createDistrict, tenancyStore, type District } from '../../src/tenancy/index.js';

export type MemberActor = Extract<Actor, { kind: 'member' }>;

/** The rooms of a teacher's work over one store, with what the other rooms would answer them in the test's hands. */
export interface WorkHouse {
  readonly clock: ReturnType<typeof settableClock>;
  readonly store: Store;
  readonly achievements: AchievementPorts;
  readonly evidence: EvidencePorts;
  readonly submissions: SubmissionPorts;
  readonly district: District;
  readonly author: MemberActor;
  readonly teacher: MemberActor;
  readonly folder: string;
  /** What the check of the composed credential finds. */
  readonly templateFindings: FieldError[];
  /** `{member} {artefact}` of those who are assigned. */
  readonly assigned: Set<string>;
  close(): Promise<void>;
}

/** Rooms over an empty embedded store in memory, files in a temporary folder, a clock that stands still. */
export async function aWorkHouse(
  store: Store | Promise<Store> = openSqlite({ file: ':memory:' }),
): Promise<WorkHouse> {
  return houseOver(await store);
}

async function houseOver(store: Store): Promise<WorkHouse> {
  const clock = settableClock('2026-11-20T09:00:00Z');
  const base = { clock, randomness: systemRandomness };
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-files-'));
  const tenancy = { ...base, store: tenancyStore(store) };
  const district = await createDistrict(tenancy, { name: 'Riverbend', slug: 'riverbend', language: 'en' });
  const templateFindings: FieldError[] = [];
  const assigned = new Set<string>();
  const achievements: AchievementPorts = {
    ...base,
    store: achievementStore(store),
    tenancy: tenancy.store,
    publicUrl: 'http://localhost:8080',
    checkTemplate: async () => ({ errors: templateFindings, warnings: [] }),
  };
  const evidence: EvidencePorts = {
    ...base,
    store: evidenceStore(store),
    files: diskFiles({ folder, randomness: systemRandomness }),
    keys: openKeyCustody({ secret: 'only for tests, and long enough', randomness: systemRandomness }),
    mayReview: async (reader, artefact: Artefact) =>
      reader.kind === 'member' && assigned.has(`${reader.member} ${artefact.id}`),
  };
  return {
    clock,
    store,
    achievements,
    evidence,
    submissions: { ...base, store: submissionStore(store), achievements, evidence },
    district,
    author: aMemberActor(district.id),
    teacher: aMemberActor(district.id),
    folder,
    templateFindings,
    assigned,
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody of a district, as a use case sees them. */
export function aMemberActor(district: DistrictId): MemberActor {
  return { kind: 'member', district, member: newId(systemRandomness, 'mbr') };
}

/** Content that can be published: one PDF, up to two pictures with consent, a text of 3 to 20 words. */
export function aContent(change: Partial<ContentInput> = {}): ContentInput {
  const level = (name: string) => ({ name, descriptor: `${name} work` });
  return {
    name: 'Formative feedback',
    description: 'Gives feedback that moves work on.',
    criteria: 'Teach a lesson with two moments of feedback.',
    alignments: [
      {
        targetName: 'Assessment',
        targetUrl: 'https://standards.example/6',
        targetFramework: 'Teaching Standards',
        targetCode: '6',
      },
    ],
    creditHours: 1.5,
    assessment: {
      by: 'review',
      rubric: {
        criteria: ['clarity', 'uptake'].map((id) => ({
          id,
          name: id,
          description: `How good the ${id} is.`,
          levels: ['Beginning', 'Developing', 'Proficient'].map(level),
          requiredLevel: `${id}-2`,
        })),
      },
      requirements: [
        {
          id: 'plan',
          kind: 'file',
          name: 'Lesson plan',
          genre: 'Lesson plan',
          mediaTypes: ['application/pdf'],
          min: 1,
          max: 1,
        },
        {
          id: 'pictures',
          kind: 'file',
          name: 'Pictures',
          genre: 'Student work',
          mediaTypes: ['image/png', 'image/jpeg'],
          min: 0,
          max: 2,
          needsConsent: true,
        },
        { id: 'reflection', kind: 'text', name: 'Reflection', genre: 'Reflection', min: 3, max: 20 },
      ],
    },
    ...change,
  };
}

/** A published achievement. */
export async function aPublished(
  house: Pick<WorkHouse, 'achievements' | 'author'>,
  slug = 'feedback',
  content: ContentInput = aContent(),
): Promise<AchievementVersion> {
  const { achievement } = await createAchievement(house.achievements, house.author, { slug, content });
  const { version } = await publishVersion(house.achievements, house.author, {
    achievement: achievement.id,
    version: 1,
  });
  return version;
}

/** The bytes of a small PDF; `mark` makes them differ. */
export function aPdf(mark = 'a'): Uint8Array {
  return Buffer.from(`%PDF-1.4\n% ${mark}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}
