import {
  achievementStore,
  createAchievement,
  publishVersion,
  type AchievementPorts,
  type AchievementVersion,
  type ContentInput,
} from '../../src/achievements/index.js';
import { auditStore, withAudit } from '../../src/audit/index.js';
import { openKeyCustody } from '../../src/adapters/key-custody/index.js';
import { calibrationStore } from '../../src/calibration/index.js';
import { evidenceStore } from '../../src/evidence/index.js';
import { checkTemplate, issuingStore, type IssuingPorts } from '../../src/issuing/index.js';
import {
  newId,
  plusDays,
  systemRandomness,
  type Actor,
  type BasePorts,
  type Clock,
  type Store,
} from '../../src/kernel/index.js';
import { pathwayStore } from '../../src/pathways/index.js';
import { reviewStore, type Decision } from '../../src/review/index.js';
import { openIssuerKeys, type KeyCustody } from '../../src/securing/index.js';
import { statusStore } from '../../src/status/index.js';
import { submissionStore } from '../../src/submissions/index.js';
import {
  addMember,
  createDistrict,
  tenancyStore,
  type District,
  type Member,
} from '../../src/tenancy/index.js';

/** The rooms that issuing needs, over one store. */
export interface IssuingHouse {
  readonly ports: IssuingPorts;
  readonly achievements: AchievementPorts;
}

/** One for all: making it is slow on purpose. */
const custody = openKeyCustody({ secret: 'only for tests, and long enough', randomness: systemRandomness });

export const testPublicUrl = 'https://credentials.example.test';

/** Fresh ports over a store, as a process that has just started has them. */
export function anIssuingHouse(
  store: Store,
  clock: Clock,
  options: { readonly atStep?: IssuingPorts['atStep']; readonly custody?: KeyCustody } = {},
): IssuingHouse {
  const base: BasePorts = { clock, randomness: systemRandomness };
  const tenancy = { ...base, store: tenancyStore(store) };
  const securing = {
    ...base,
    issuerKeys: openIssuerKeys(store),
    custody: options.custody ?? custody,
  };
  const achievements: AchievementPorts = {
    ...base,
    store: achievementStore(store),
    tenancy: tenancy.store,
    publicUrl: testPublicUrl,
    checkTemplate: (version) => checkTemplate({ ...base, publicUrl: testPublicUrl, tenancy }, version),
  };
  const ports: IssuingPorts = {
    ...base,
    publicUrl: testPublicUrl,
    store: issuingStore(store),
    tenancy,
    securing,
    status: { ...base, publicUrl: testPublicUrl, store: statusStore(store), securing },
    achievements,
    evidence: { store: evidenceStore(store) },
    submissions: { store: submissionStore(store) },
    calibration: { store: calibrationStore(store) },
    review: { store: reviewStore(store) },
    pathways: { ...base, store: pathwayStore(store) },
    audit: { store: auditStore(store) },
    recipientKey: new Uint8Array(32),
    ...(options.atStep === undefined ? {} : { atStep: options.atStep }),
  };
  return { ports, achievements };
}

/** A district with an admin and a teacher. */
export interface Cast {
  readonly district: District;
  readonly service: Actor;
  readonly admin: Actor;
  readonly teacher: Member;
}

export async function aCast({ ports }: IssuingHouse): Promise<Cast> {
  const district = await createDistrict(ports.tenancy, {
    name: 'Riverbend Unified',
    slug: 'riverbend',
    language: 'en-US',
  });
  const service: Actor = { kind: 'service', district: district.id };
  const admin = await addMember(ports.tenancy, service, {
    email: 'a@riverbend.example',
    name: 'A',
    roles: ['admin'],
  });
  const teacher = await addMember(ports.tenancy, service, {
    email: 'r@riverbend.example',
    name: 'R',
    roles: ['teacher'],
  });
  return { district, service, admin: { kind: 'member', district: district.id, member: admin.id }, teacher };
}

const alignment = {
  targetName: 'InTASC Standard 6: Assessment',
  targetUrl: 'https://standards.example.test/intasc/6',
  targetFramework: 'InTASC Model Core Teaching Standards',
  targetCode: 'InTASC.6',
};

/** Content of a microcredential with two criteria of three levels, a file and a text for evidence. */
export function reviewedContent(change: Partial<ContentInput> = {}): ContentInput {
  return {
    name: 'Formative feedback',
    description: 'Plans, gives and follows feedback that moves learning on.',
    criteria: 'Submit a lesson plan and a reflection. **Every** criterion must reach level 2.',
    alignments: [alignment],
    creditHours: 7.5,
    validForMonths: 60,
    tags: ['feedback'],
    assessment: {
      by: 'review',
      rubric: {
        criteria: ['planning', 'feedback'].map((id) => ({
          id,
          name: `Criterion ${id}`,
          description: `What ${id} is about.`,
          levels: ['Beginning', 'Proficient', 'Exemplary'].map((name) => ({
            name,
            descriptor: `${name} ${id}`,
          })),
          requiredLevel: `${id}-2`,
        })),
      },
      requirements: [
        {
          id: 'plan',
          kind: 'file',
          name: 'Lesson plan',
          description: 'One unit plan.',
          genre: 'Plan',
          mediaTypes: ['application/pdf'],
          min: 1,
          max: 2,
        },
        {
          id: 'reflection',
          kind: 'text',
          name: 'Reflection',
          description: '',
          genre: 'Reflection',
          min: 1,
          max: 500,
        },
      ],
    },
    ...change,
  };
}

/** A published achievement of this content. */
export async function anAchievement(
  house: IssuingHouse,
  cast: Cast,
  slug: string,
  content: ContentInput = reviewedContent(),
): Promise<AchievementVersion> {
  const { achievement } = await createAchievement(house.achievements, cast.service, { slug, content });
  const published = await publishVersion(house.achievements, cast.service, {
    achievement: achievement.id,
    version: 1,
  });
  return published.version;
}

/** A decision that is due, on a submission with evidence, resting on two sign-offs of certified reviewers. */
export async function aDecision(
  house: IssuingHouse,
  cast: Cast,
  version: AchievementVersion,
  change: Partial<Decision> = {},
): Promise<Decision> {
  const { ports } = house;
  const now = ports.clock.now();
  const quiet = { pendingEntries: [], auditDue: null };
  const common = { district: cast.district.id, achievementVersion: version.id, ...quiet };
  const artefact = await ports.evidence.store.artefacts.insert({
    id: newId(ports.randomness, 'art'),
    district: cast.district.id,
    owner: cast.teacher.id,
    name: 'plan.pdf',
    mediaType: 'application/pdf',
    size: 1234,
    sha256: 'ab'.repeat(32),
    salt: 'c2FsdHNhbHRzYWx0c2FsdA',
    createdAt: now,
    erasedAt: null,
    ...quiet,
  } as unknown as Parameters<typeof ports.evidence.store.artefacts.insert>[0]);
  const submission =
    change.submission ??
    (
      await ports.submissions.store.submissions.insert({
        id: newId(ports.randomness, 'sub'),
        teacher: cast.teacher.id,
        achievement: version.achievement,
        attempt: 1,
        previous: null,
        openFor: null,
        state: 'met',
        answers: {
          plan: { kind: 'file', artefacts: [artefact.id] },
          reflection: { kind: 'text', text: 'I changed the third lesson.', salt: 'c2FsdHNhbHRzYWx0c2FsdA' },
        },
        findings: [],
        createdAt: now,
        submittedAt: now,
        decidedAt: now,
        effectDue: null,
        ...common,
      })
    ).id;
  const ratings = await Promise.all(
    [1, 2].map(async (n) => {
      const reviewer = newId(ports.randomness, 'mbr');
      const id = newId(ports.randomness, 'cer');
      const certification = await ports.calibration.store.certifications.insert({
        id,
        reviewer,
        state: 'active',
        basis: 'keying',
        attempt: null,
        policy: 0,
        uniqueBy: id,
        from: plusDays(now, -30),
        until: plusDays(now, 335),
        reason: null,
        suspensions: [],
        revokedAt: null,
        effectDue: null,
        ...common,
      });
      return ports.review.store.ratings.insert({
        id: newId(ports.randomness, 'rat'),
        assignment: newId(ports.randomness, 'asg'),
        case: `${submission}:1:0`,
        submission,
        attempt: 1,
        round: 0,
        kind: 'rating',
        reviewer,
        certification: certification.id,
        criteria: Object.fromEntries(
          ['planning', 'feedback'].map((criterion) => [
            criterion,
            { level: `${criterion}-${n + 1}`, pointers: [], feedback: '' },
          ]),
        ),
        committedAt: now,
        effectDue: null,
        ...common,
      });
    }),
  );
  const decision = {
    id: newId(ports.randomness, 'dec'),
    submission,
    teacher: cast.teacher.id,
    attempt: 1,
    round: 0,
    origin: 'first',
    supersedes: null,
    outcome: 'met',
    levels: { planning: 'planning-2', feedback: 'feedback-3' },
    ratings: ratings.map((rating) => rating.id),
    adjudicated: false,
    reviews: 2,
    decidedAt: now,
    effectDue: now,
    ...common,
    ...change,
  } as const;
  const entry = { actor: cast.service, verb: 'decided', collection: 'decisions', facts: {} } as const;
  return ports.review.store.decisions.insert(withAudit(decision, entry, now));
}
