import {
  createAchievement,
  publishVersion,
  startNewVersion,
  type AchievementVersion,
  type ContentInput,
  type DecisionRule,
  type Levels,
  type Rubric,
} from '../../src/achievements/index.js';
import { accessStore } from '../../src/access/index.js';
import { openKeyCustody } from '../../src/adapters/key-custody/index.js';
import { openSqlite } from '../../src/adapters/sqlite/index.js';
import { auditStore, drainAudit, withAudit } from '../../src/audit/index.js';
import {
  defaultPolicy,
  type Certification,
  type Exemplar,
  type PolicyNumbers,
} from '../../src/calibration/index.js';
import { auditedCollections } from '../../src/effects.js';
import {
  issuingEffects,
  issuingStore,
  type DecisionEvent,
  type IssuingPorts,
} from '../../src/issuing/index.js';
import type { Effect } from '../../src/jobs/index.js';
import { newId, plusDays, systemRandomness, type Actor } from '../../src/kernel/index.js';
import { pathwayStore } from '../../src/pathways/index.js';
import { openIssuerKeys, type KeyCustody } from '../../src/securing/index.js';
import { statusStore } from '../../src/status/index.js';
import { addMember, type Role } from '../../src/tenancy/index.js';
import { declares } from '../support/declares.js';
import { aReviewHouse, seededRandomness, type Person, type ReviewHouse } from '../support/review-house.js';
import { rawStore, type RawStore } from './raw-store.js';

const opened = openKeyCustody({ secret: 'only for tests, and long enough', randomness: systemRandomness });
const made = new Map<string, ReturnType<KeyCustody['makeKey']>>();

/** One for all worlds, with one key of each kind: opening it is slow on purpose, and so is making an RSA key. */
const custody: KeyCustody = {
  ...opened,
  makeKey: (algorithm, label) => {
    const key = made.get(algorithm) ?? opened.makeKey(algorithm, label);
    made.set(algorithm, key);
    return key;
  },
};

/** What a history begins with; drawn at random, and printed with a history that fails. */
export interface Charter {
  readonly seed: string;
  readonly rule: DecisionRule;
  /** How many people rate, of how many schools, and how many of them lead as well. */
  readonly reviewers: number;
  /** How many submissions are in review already. */
  readonly works: number;
  readonly adjudicators: number;
  readonly leadingReviewer: boolean;
  readonly seeds: number;
  readonly qualifying: number;
  /** Whether charts alarm at a touch. */
  readonly nervous: boolean;
  /** Whether all is rated twice from the start. */
  readonly doubled: boolean;
}

/** The rooms from tenancy to issuing over one store, with everything that is written beside it. */
export interface World {
  readonly charter: Charter;
  readonly house: ReviewHouse;
  readonly raw: RawStore;
  readonly issuing: IssuingPorts;
  readonly achievement: string;
  /** Published versions of it, the newest last. */
  readonly versions: AchievementVersion[];
  readonly rubric: Rubric;
  /** Assessed outside. */
  readonly outside: AchievementVersion;
  readonly teachers: Person[];
  readonly reviewers: readonly Person[];
  readonly leads: readonly Person[];
  readonly service: Actor;
  /** What teachers were told. */
  readonly decisionsTold: DecisionEvent[];
  readonly failures: unknown[];
  addTeacher(school: number): Promise<Person>;
  certify(who: Person, version: AchievementVersion): Promise<Certification>;
  publishNext(): Promise<void>;
  /** Everything due, of every room, until nothing is. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Words that stand in no other place: where one is read, what it belongs to was read. */
export const secretWords = { rationale: 'rationale-of-key', title: 'title-of-exemplar', feedback: 'said-by' };

const levelNames = ['Beginning', 'Developing', 'Proficient', 'Exemplary'];
const criteria = ['goals', 'evidence', 'response'] as const;
/** One of them is met at the second level, so that ratings two levels apart can both meet it. */
const required = { goals: 3, evidence: 2, response: 3 };

function content(rule: DecisionRule): ContentInput {
  return {
    name: 'Formative feedback',
    description: 'Gives feedback that moves learning on.',
    criteria: 'Collect, interpret, respond.',
    alignments: [
      {
        targetName: 'Assessment',
        targetUrl: 'https://standards.example.test/6',
        targetFramework: 'Teaching Standards',
      },
    ],
    creditHours: 5,
    assessment: {
      by: 'review',
      rubric: {
        rule,
        criteria: criteria.map((id) => ({
          id,
          name: `The ${id}`,
          description: `What the ${id} are about.`,
          levels: levelNames.map((name) => ({ name, descriptor: `${name}: ${id} are so.` })),
          requiredLevel: `${id}-${required[id]}`,
        })),
      },
      requirements: [
        {
          ...{ id: 'plan', kind: 'file', name: 'Plan', genre: 'Plan', mediaTypes: ['text/plain'] },
          ...{ min: 1, max: 2, serves: ['goals', 'evidence'] },
        },
        {
          ...{ id: 'reflection', kind: 'text', name: 'Reflection', genre: 'Reflection' },
          ...{ min: 1, max: 500, serves: ['response'] },
        },
      ],
    },
  };
}

/** The levels of these places, 1 to 4. */
export function levelsAt(places: readonly number[]): Levels {
  return Object.fromEntries(criteria.map((id, index) => [id, `${id}-${places[index] ?? 3}`]));
}

/** Small numbers, so that a short history reaches every part of the rules. */
function policyOf({ nervous, doubled }: Charter): PolicyNumbers {
  const { qualification, review, seeds, drift } = defaultPolicy;
  return {
    qualification: {
      ...qualification,
      ...{ form: 3, extension: 1, extensions: 1, coolDownDays: 2, wholePool: 100 },
      ...{ exactRate: 0.5, passProbability: 0.6, failProbability: 0.2, kappa: 0.2, decisionRate: 0.5 },
      ...{ meanDifference: 0.5, criterionExactRate: 0.3 },
    },
    review: {
      ...review,
      dailyCap: 6,
      firstOfReviewer: doubled ? 20 : 0,
      firstOfVersion: doubled ? 30 : 0,
      randomShare: 25,
    },
    seeds: { ...seeds, share: 40, firstShare: 40, reportAfter: 3 },
    drift: nervous
      ? { ...drift, runLength: 20, severityLimit: 1.5, severitySlack: 0.25 }
      : { ...drift, runLength: 60, severityLimit: 2.5 },
  };
}

export async function aWorld(charter: Charter): Promise<World> {
  const raw = rawStore(await openSqlite({ file: ':memory:' }));
  const house = await aReviewHouse({ seed: charter.seed, store: raw, planType: 'text/plain', custody });
  const { review, calibration, tenancy, district, service, clock } = house;
  const base = { clock, randomness: review.randomness };
  const publicUrl = 'http://localhost:8080';
  const decisionsTold: DecisionEvent[] = [];
  const failures: unknown[] = [];
  const securing = { ...base, issuerKeys: openIssuerKeys(raw), custody };
  const issuing: IssuingPorts = {
    ...base,
    publicUrl,
    store: issuingStore(raw),
    ...{ tenancy, securing, achievements: review.achievements, evidence: review.evidence },
    ...{ submissions: review.submissions, calibration, review },
    status: { ...base, publicUrl, store: statusStore(raw), securing },
    pathways: { ...base, store: pathwayStore(raw) },
    audit: { store: auditStore(raw) },
    recipientKey: new Uint8Array(32),
    notify: async (event) => void decisionsTold.push(event),
  };
  const audited = auditedCollections({
    ...{ tenancy, securing, achievements: review.achievements, evidence: review.evidence },
    ...{ submissions: review.submissions, calibration, review, issuing },
    access: { store: accessStore(raw) } as never,
  });
  const effects: readonly Effect[] = [
    ...issuingEffects(issuing),
    drainAudit(base, auditStore(raw), audited, {
      ...{ leaseMillis: 3, lookMillis: 1 },
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  ];

  const person = async (name: string, school: string | null, roles: readonly Role[]): Promise<Person> => {
    const { id } = await addMember(tenancy, service, {
      ...{ email: `${name}@riverbend.example`, name, school, roles },
    });
    return { kind: 'member', district, member: id };
  };
  const { achievement, shown } = await createAchievement(review.achievements, service, {
    slug: 'feedback',
    content: content(charter.rule),
  });
  const publish = async (number: number) =>
    (await publishVersion(review.achievements, service, { achievement: achievement.id, version: number }))
      .version;
  const first = await publish(shown.number);
  if (first.content.assessment.by !== 'review') throw new Error('not reviewed');
  const away = await createAchievement(review.achievements, service, {
    slug: 'elsewhere',
    content: {
      ...content(charter.rule),
      assessment: { by: 'outside', how: 'By the county, on its own form.' },
    },
  });
  const outside = (
    await publishVersion(review.achievements, service, { achievement: away.achievement.id, version: 1 })
  ).version;
  const lead = await person('lead', 'Central', ['lead']);
  const reviewers: Person[] = [];
  for (let n = 0; n < charter.reviewers; n += 1) {
    const roles: Role[] = n === 0 && charter.leadingReviewer ? ['reviewer', 'lead'] : ['reviewer'];
    reviewers.push(await person(`reviewer${n}`, `School ${n % 4}`, roles));
  }
  for (let n = 0; n < charter.adjudicators; n += 1)
    reviewers.push(
      await person(`senior${n}`, `School ${n + 4}`, n === 0 ? ['adjudicator', 'reviewer'] : ['adjudicator']),
    );

  const world: World = {
    ...{ charter, house, raw, issuing, achievement: achievement.id, versions: [first] },
    ...{ rubric: first.content.assessment.rubric, outside, teachers: [], reviewers, leads: [lead], service },
    ...{ decisionsTold, failures },
    addTeacher: async (school) => {
      const who = await person(`teacher${world.teachers.length}`, `School ${school}`, ['teacher']);
      world.teachers.push(who);
      return who;
    },
    certify: async (who, version) => {
      if ((await calibration.store.declarationsOf(district, who.member)).length === 0)
        await declares({ ...calibration, randomness: seededRandomness(`declared by ${who.member}`) }, who);
      const id = newId(base.randomness, 'cer');
      const from = clock.now();
      const certification: Omit<Certification, 'version' | 'pendingEntries' | 'auditDue'> = {
        ...{ id, district, reviewer: who.member, achievementVersion: version.id, state: 'active' },
        ...{ basis: 'qualification', attempt: null, policy: 1, uniqueBy: `test:${id}`, from },
        ...{ until: plusDays(from, 300), reason: null, suspensions: [], revokedAt: null, effectDue: null },
      };
      const entry = { actor: service, verb: 'certified', collection: 'certifications', facts: {} };
      return calibration.store.certifications.insert(withAudit(certification, entry, from));
    },
    publishNext: async () => {
      const draft = await startNewVersion(review.achievements, service, achievement.id);
      world.versions.push(await publish(draft.number));
    },
    settle: async () => {
      for (let round = 0; round < 60; round += 1) {
        await house.settle();
        let done = 0;
        for (const effect of effects) {
          for (const due of await effect.sweep(clock.now(), 200)) {
            try {
              await effect.settle(due);
              done += 1;
            } catch (error) {
              failures.push(error);
            }
          }
        }
        if (done === 0) return;
      }
      failures.push(new Error('the world does not come to rest'));
    },
    close: () => raw.close(),
  };

  const now = clock.now();
  const policy = {
    ...{ id: newId(base.randomness, 'pol'), district, number: 1, from: now, by: lead.member },
    ...policyOf(charter),
  };
  await calibration.store.reviewPolicies.insert(
    withAudit(policy, { actor: lead, verb: 'set', collection: 'review_policies', facts: {} }, now),
  );
  for (let n = 0; n < charter.seeds + charter.qualifying; n += 1)
    await keyedExemplar(world, n < charter.seeds ? 'seed' : 'qualifying', n);
  // The last of those who rate is new: nobody certified.
  for (const who of reviewers) if (who !== reviewers[charter.reviewers - 1]) await world.certify(who, first);
  return world;
}

async function keyedExemplar(world: World, pool: 'seed' | 'qualifying', n: number): Promise<Exemplar> {
  const { house, service, versions } = world;
  const { calibration, district, clock } = house;
  const id = newId(calibration.randomness, 'exm');
  const now = clock.now();
  const levels = levelsAt([3, 2 + (n % 3), 3 - (n % 2)]);
  const rationale = Object.fromEntries(
    criteria.map((criterion) => [criterion, { text: `${secretWords.rationale} ${id}`, item: 'plan' }]),
  );
  const exemplar: Omit<Exemplar, 'version' | 'pendingEntries' | 'auditDue'> = {
    ...{ id, origin: id, district, achievementVersion: versions[0]!.id, pool, state: 'keyed' },
    title: `${secretWords.title} ${id}`,
    items: [
      { id: 'plan', name: 'Plan', text: `Plan of lesson ${n}.`, file: null },
      { id: 'reflection', name: 'Reflection', text: `What came of lesson ${n}.`, file: null },
    ],
    ...{ expertsWanted: 3, ratings: [], agreed: null, rationale },
    key: { levels, how: 'consensus', at: now, rationale },
    ...{ createdBy: world.leads[0]!.member, keyedBy: [], exposure: 0, createdAt: now },
    ...{ knownTo: [], carried: null, source: null, sourceSubmission: null, moves: [], effectDue: null },
  };
  const entry = { actor: service, verb: 'keyed', collection: 'exemplars', facts: {} };
  return calibration.store.exemplars.insert(withAudit(exemplar, entry, now));
}
