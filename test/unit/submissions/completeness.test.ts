import { describe, expect, it } from '@jest/globals';
import { contentFrom, type AchievementVersion } from '../../../src/achievements/index.js';
import type { Artefact, Consent } from '../../../src/evidence/index.js';
import type {
  AchievementId,
  AchievementVersionId,
  ArtefactId,
  DistrictId,
  MemberId,
  SubmissionId,
} from '../../../src/kernel/index.js';
import {
  answerManifest,
  blindView,
  completenessFindings,
  countWords,
  submissionStates,
  transitions,
  type Completeness,
  type Submission,
} from '../../../src/submissions/index.js';
import { aContent } from '../../support/work-house.js';

const district = 'dst_a' as DistrictId;
const teacher = 'mbr_t' as MemberId;
const now = '2026-11-20T09:00:00Z';
const audited = { pendingEntries: [], auditDue: null, effectDue: null, version: 1, district };

const version: AchievementVersion = {
  ...audited,
  id: 'acv_a' as AchievementVersionId,
  achievement: 'ach_a' as AchievementId,
  slug: 'feedback',
  number: 1,
  state: 'published',
  content: contentFrom(aContent(), 'en'),
  url: 'http://localhost/d/a/achievements/feedback/v1',
  contentHash: 'x',
  createdAt: now,
  publishedAt: now,
};

function anArtefact(id: string, change: Partial<Artefact> = {}): Artefact {
  return {
    ...audited,
    id: `art_${id}` as ArtefactId,
    owner: teacher,
    name: `Ruth Okafor ${id}.pdf`,
    mediaType: 'application/pdf',
    size: 7,
    sha256: id.repeat(8),
    salt: `salt-${id}`,
    sealedKey: 'sealed',
    createdAt: now,
    erasedAt: null,
    ...change,
  };
}

const plan = anArtefact('plan');
const picture = anArtefact('pic', { mediaType: 'image/png' });
const files = (...artefacts: Artefact[]) => ({
  kind: 'file' as const,
  artefacts: artefacts.map((artefact) => artefact.id),
});
const text = (words: string) => ({ kind: 'text' as const, text: words, salt: 'salt-text' });

function aSubmission(answers: Submission['answers'], change: Partial<Submission> = {}): Submission {
  return {
    ...audited,
    id: 'sub_a' as SubmissionId,
    teacher,
    achievement: version.achievement,
    achievementVersion: version.id,
    attempt: 1,
    previous: null,
    openFor: version.achievement,
    state: 'draft',
    answers,
    findings: [],
    createdAt: now,
    submittedAt: null,
    decidedAt: null,
    ...change,
  };
}

const consent = {
  use: 'review',
  artefacts: [picture.id],
  from: now,
  to: null,
  withdrawnAt: null,
} as unknown as Consent;
const whole = { plan: files(plan), reflection: text('It went very well') };

function findings(answers: Submission['answers'], change: Partial<Completeness> = {}) {
  return completenessFindings({
    submission: aSubmission(answers),
    version,
    artefacts: [plan, picture],
    consents: [],
    earlier: undefined,
    now,
    ...change,
  }).map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe('the completeness check', () => {
  it('finds nothing wanting in a whole submission, an optional answer left out', () => {
    expect(findings(whole)).toEqual([]);
  });

  it('finds every required answer that is missing', () => {
    expect(findings({})).toEqual([
      '/answers/plan is missing: "Lesson plan" needs 1 file',
      '/answers/reflection is missing: "Reflection" needs 3 to 20 words',
    ]);
  });

  it('counts words and says how many there are', () => {
    expect(findings({ ...whole, reflection: text('Too short') })).toEqual([
      '/answers/reflection must have 3 to 20 words; it has 2',
    ]);
    expect(findings({ ...whole, reflection: text('word '.repeat(21)) })).toEqual([
      '/answers/reflection must have 3 to 20 words; it has 21',
    ]);
  });

  it('finds too many files, a wrong type, an erased file and the wrong kind', () => {
    const second = anArtefact('second');
    const artefacts = [plan, picture, second];
    expect(findings({ ...whole, plan: files(plan, second) }, { artefacts })).toEqual([
      '/answers/plan must have 1 file; it has 2',
    ]);
    expect(findings({ ...whole, plan: files(picture) })).toEqual([
      '/answers/plan holds a file of type image/png (art_pic); taken are application/pdf',
    ]);
    expect(findings(whole, { artefacts: [{ ...plan, erasedAt: now }] })[0]).toContain(
      'was erased (art_plan)',
    );
    expect(findings({ ...whole, plan: text('a b c d') })).toEqual(['/answers/plan must be files']);
  });

  it('wants a consent for review in force for each file of a requirement that shows children', () => {
    const answers = { ...whole, pictures: files(picture) };
    const without = [
      '/answers/pictures holds a file without a consent for review in force (art_pic); record one that names it',
    ];
    expect(findings(answers)).toEqual(without);
    expect(findings(answers, { consents: [{ ...consent, use: 'plc' }] })).toEqual(without);
    expect(findings(answers, { consents: [{ ...consent, withdrawnAt: now }] })).toEqual(without);
    expect(findings(answers, { consents: [consent] })).toEqual([]);
  });

  it('finds one content twice, under whatever id', () => {
    const copy = anArtefact('copy', { mediaType: 'image/png', sha256: picture.sha256 });
    const found = findings(
      { ...whole, pictures: files(picture, copy) },
      { artefacts: [plan, picture, copy], consents: [{ ...consent, artefacts: [picture.id, copy.id] }] },
    );
    expect(found).toEqual([
      '/answers/pictures holds a file that stands in "pictures" already (art_copy); each file counts once',
    ]);
  });

  it('finds work in which nothing changed since it was decided, under whatever id, and lets changed work pass', () => {
    const same = anArtefact('other', { sha256: plan.sha256 });
    const artefacts = [plan, same];
    const earlier = aSubmission(
      { ...whole, plan: files(same) },
      { id: 'sub_b' as SubmissionId, decidedAt: now },
    );
    expect(findings(whole, { artefacts, earlier })[0]).toContain(
      '/answers are those that were decided before',
    );
    expect(findings({ ...whole, reflection: text('It went better now') }, { artefacts, earlier })).toEqual(
      [],
    );
  });
});

describe('words', () => {
  it.each([
    ['', 0],
    ['  — … !', 0],
    ["I don't know", 3],
    ['one, two;three', 3],
    ['教师的反馈', 3],
  ])('%j has %i', (given, count) => {
    expect(countWords(given, given.startsWith('教') ? 'zh' : 'en')).toBe(count);
  });
});

describe('the states of a submission', () => {
  it('lead only where the table says, and every state has its row', () => {
    expect(Object.keys(transitions).sort()).toEqual([...submissionStates].sort());
    const ends = submissionStates.filter((state) => transitions[state].length === 0);
    expect(ends).toEqual(['withdrawn', 'void']);
    const toVoid = submissionStates.filter((state) => transitions[state].includes('void'));
    expect(toVoid).toEqual(['submitted', 'in_review', 'adjudicating']);
    const toMet = submissionStates.filter((state) => transitions[state].includes('met'));
    expect(toMet).toEqual(['in_review', 'adjudicating', 'reopened']);
  });
});

describe('what a reviewer may see', () => {
  it('is the work, without owner, file names, digests, salts, attempt or dates', () => {
    const submission = aSubmission(
      { ...whole, pictures: files(picture) },
      { attempt: 3, previous: 'sub_earlier' as SubmissionId, submittedAt: '2026-11-21T10:11:12Z' },
    );
    const view = blindView(submission, version, [plan, { ...picture, erasedAt: now }]);
    expect(view.items.map((item) => [item.requirement, item.text, item.files])).toEqual([
      ['plan', null, [{ artefact: 'art_plan', mediaType: 'application/pdf', size: 7 }]],
      ['pictures', null, []],
      ['reflection', 'It went very well', []],
    ]);
    const said = JSON.stringify(view);
    for (const secret of [
      'Okafor',
      teacher,
      'salt',
      plan.sha256,
      'sub_earlier',
      '2026',
      '"attempt"',
      district,
    ]) {
      expect(said).not.toContain(secret);
    }
  });
});

describe('the manifest of an answer', () => {
  it('is of its files or its text, and is none once a file was erased', () => {
    const one = Buffer.from(answerManifest(files(plan), [plan])!).toString();
    expect(one).toContain('"salt":"salt-plan"');
    expect(answerManifest(files(plan, picture), [plan, { ...picture, salt: null }])).toBeUndefined();
    expect(Buffer.from(answerManifest(text('abc'), [])!).toString()).toBe(
      '{"files":[{"mediaType":"text/plain","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","size":3}],"salt":"salt-text"}',
    );
  });
});
