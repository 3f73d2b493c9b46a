import { defaultPolicy } from '../../src/calibration/index.js';
import { achievementExample } from '../../src/web/api/achievement-example.js';
import { reviewedContent, type HttpWorld } from './http-world.js';
import type { SampleCall } from './sample-call.js';
import { aPdf } from './work-house.js';

type Sampled = SampleCall | (() => Promise<SampleCall>);

const { number: _number, from: _from, by: _by, ...policyNumbers } = defaultPolicy;

let serial = 0;
const next = () => (serial += 1);

/**
 * One call for every operation that is well-formed and about things of the teacher's, the reviewer's or their district.
 * Whether it succeeds is for its test: what is sent where a change would spoil other samples meets a refusal that only
 * those get who may call.
 */
export function httpSamples({ things: t, linkSecret }: HttpWorld): { readonly [operation: string]: Sampled } {
  const reason = { reason: 'To see who may do this.' };
  const submission = { params: { submission: t.submission } };
  const reviewed = { params: { achievement: t.reviewed.id, version: '1' } };
  const unfinished = { params: { achievement: t.unfinished.id, version: '1' } };
  const award = { params: { award: t.award } };
  const spareAward = { params: { award: t.spareAward } };
  const open = { params: { assignment: t.open } };
  const ofVersion = { query: { achievementVersion: t.reviewed.version } };
  const certification = { params: { certification: t.certification }, json: reason };
  const credential = { params: { credential: t.publicId } };
  const endorsement = { params: { endorsement: t.endorsementPublicId } };
  const issuer = { params: { district: 'riverbend' } };
  const document = { params: { district: 'riverbend', slug: t.reviewed.slug, n: '1' } };
  const statement = { params: { district: 'riverbend', statement: t.statement } };
  const member = { params: { member: t.members.colleague } };
  const stale = { ifMatch: '"of-another-time"' };
  const newMember = () => ({
    email: `member.${next()}@riverbend.example`,
    name: 'Ines Duarte',
    school: 'Alder Creek Elementary',
    roles: ['coach'],
  });
  const exemplar = () => ({
    achievementVersion: t.discussion.version,
    title: `An exemplar, number ${next()}`,
    pool: 'practice',
    expertsWanted: 3,
    items: [{ id: 'plan', name: 'Plan', text: 'Students take turns and build on each other.' }],
    rationale: { [Object.keys(t.levels)[0]!]: { text: 'Turns are planned.', item: 'plan' } },
  });
  const { proof: _proof, ...unsigned } = t.interop.credential;
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [t.interop.credential],
  };
  const api: { readonly [operation: string]: Sampled } = {
    isAlive: {},
    isReady: {},
    getOpenApi: {},
    advanceClock: { json: { advance: 0 } },
    openDistrict: async () => ({
      json: {
        district: {
          name: 'Elm Grove Schools',
          slug: `elm-grove-${next()}`,
          timeZone: 'America/Chicago',
          language: 'en-US',
          url: 'https://elm-grove.example',
          email: 'office@elm-grove.example',
        },
        admin: { email: 'office@elm-grove.example', name: 'Noor Haddad' },
      },
    }),
    listIssuerKeys: {},
    rotateIssuerKey: { json: { use: 'jwt' } },
    // In the future: refused, since every other sample needs its key.
    reportKeyCompromise: {
      params: { key: t.issuerKey },
      json: { compromisedAt: '2100-01-01T00:00:00Z', ...reason },
    },
    listKeyCompromises: {},
    getKeyCompromise: { params: { compromise: t.compromise } },
    listCompromisedAwards: { params: { compromise: t.compromise } },
    confirmCompromisedAward: { params: { compromise: t.compromise, award: t.spareAward } },
    revokeCompromisedAward: { params: { compromise: t.compromise, award: t.spareAward }, json: reason },
    getDistrict: {},
    changeDistrict: {
      json: {
        name: 'Riverbend Unified School District',
        timeZone: 'America/Chicago',
        language: 'en-US',
        url: 'https://riverbend.example',
        email: 'office@riverbend.example',
      },
      ...stale,
    },
    listMembers: {},
    addMember: async () => ({ json: newMember() }),
    getMember: member,
    changeMember: {
      ...member,
      ...stale,
      json: { name: 'Joel Lindqvist', school: null, state: 'active', roles: ['teacher'] },
    },
    listRelationships: member,
    relateMembers: async () => ({
      json: {
        kind: 'declared',
        member: t.members.author,
        other: t.members.expert,
        from: `2026-01-01T00:00:${String(next() % 60).padStart(2, '0')}Z`,
        to: `${2030 + next()}-01-01T00:00:00Z`,
      },
    }),
    endRelationship: { params: { relationship: t.relationship } },
    getMe: {},
    listApiKeys: {},
    createApiKey: {
      json: { member: t.members.coach, name: 'spare', scopes: ['district.read'], days: 30 },
    },
    revokeApiKey: { params: { key: t.key } },
    createSignInLink: member,
    listAchievements: {},
    getAchievement: { params: { achievement: t.reviewed.id } },
    listAchievementVersions: { params: { achievement: t.reviewed.id } },
    getAchievementVersion: reviewed,
    checkAchievementVersion: reviewed,
    createAchievement: async () => ({
      json: { slug: `made-${next()}`, content: reviewedContent('Made by a sample') },
    }),
    editAchievementDraft: { ...unfinished, ...stale, json: achievementExample },
    startAchievementVersion: { params: { achievement: t.fresh.id } },
    publishAchievementVersion: { params: { achievement: t.spare.id, version: '1' } },
    retireAchievementVersion: { params: { achievement: t.spare.id, version: '1' } },
    resumeIssuing: { params: { achievement: t.spare.id, version: '1' } },
    uploadArtefact: async () => ({
      file: { name: 'plan.pdf', mediaType: 'application/pdf', bytes: aPdf(`sample ${next()}`) },
    }),
    listMyArtefacts: {},
    getArtefact: { params: { artefact: t.artefact } },
    getArtefactContent: { params: { artefact: t.artefact } },
    eraseArtefact: { params: { artefact: t.spareArtefact } },
    recordConsent: {
      params: { submission: t.draft },
      json: {
        artefacts: [t.artefact],
        use: 'review',
        statement: 'Forms are kept in the school office.',
        from: '2026-01-01T00:00:00Z',
        to: '2040-01-01T00:00:00Z',
      },
    },
    listConsents: submission,
    withdrawConsent: { params: { consent: t.spareConsent } },
    createSubmission: { json: { achievement: t.fresh.id, version: 1 } },
    listMySubmissions: {},
    getSubmission: submission,
    answerRequirement: {
      params: { submission: t.draft, requirement: 'reflection' },
      json: { text: 'What changed.' },
      ...stale,
    },
    submitSubmission: submission,
    withdrawSubmission: submission,
    startNextAttempt: submission,
    getReviewPolicy: {},
    listReviewPolicies: {},
    setReviewPolicy: { ...stale, json: policyNumbers },
    createExemplar: async () => ({ json: exemplar() }),
    listExemplars: ofVersion,
    getExemplar: { params: { exemplar: t.exemplar } },
    rateExemplar: { params: { exemplar: t.gathering }, json: { levels: t.levels } },
    setExemplarRationale: {
      params: { exemplar: t.gathering },
      json: {
        rationale: { [Object.keys(t.levels)[0]!]: { text: 'They take turns.', item: 'plan' } },
      },
    },
    settleExemplarKey: { params: { exemplar: t.gathering }, json: { levels: t.levels } },
    certifyFoundingPanel: { json: { achievementVersion: t.reviewed.version } },
    listPracticeExemplars: ofVersion,
    ratePracticeExemplar: { params: { exemplar: t.practice }, json: { levels: t.levels } },
    startQualification: { json: { achievementVersion: t.reviewed.version } },
    listMyQualifications: ofVersion,
    getQualification: { params: { qualification: t.qualification } },
    commitQualificationResponse: {
      params: { qualification: t.qualification },
      json: { exemplar: t.exemplar, levels: t.levels },
    },
    listCertifications: {},
    listMyCertifications: {},
    suspendCertification: certification,
    reinstateCertification: certification,
    revokeCertification: certification,
    listMyAssignments: {},
    getAssignment: open,
    getAssignmentArtefact: { params: { assignment: t.open, artefact: t.openArtefact } },
    getMyAvailability: {},
    setMyAvailability: { ...stale, json: { minutesPerWeek: 120 } },
    getDraftRating: open,
    listMySeedReports: {},
    listReviewerLoads: {},
    releaseReviewerWork: { params: { member: t.members.author } },
    getSeedOverview: { query: { achievementVersion: t.reviewed.version } },
    getExpectedDecision: { params: { submission: t.submission } },
    saveDraftRating: { ...open, ...stale, json: t.openRating },
    commitRating: { ...open, json: t.openRating },
    declineAssignment: { params: { assignment: t.committed }, json: { reason: 'unavailable' } },
    listDecisions: {},
    getDecision: { params: { decision: t.decision } },
    getSubmissionDecision: submission,
    listReviewCases: {},
    listAwards: {},
    getAward: award,
    createAward: {
      json: {
        achievement: t.outside.id,
        member: t.members.author,
        awardedDate: '2026-01-15T09:00:00Z',
        validUntil: '2040-01-01T00:00:00Z',
      },
    },
    suspendAward: { ...spareAward, json: reason },
    resumeAward: spareAward,
    correctAward: { ...spareAward, json: { ...reason, validUntil: '2041-01-01T00:00:00Z' } },
    supersedeAward: { ...spareAward, json: { ...reason, validUntil: '2042-01-01T00:00:00Z' } },
    revokeAward: { ...spareAward, json: reason },
    listEndorsements: {},
    createEndorsement: { json: { about: t.endorsable[0], comment: 'We count it.' } },
    getEndorsement: { params: { endorsement: t.endorsement } },
    revokeEndorsement: { params: { endorsement: t.endorsement }, json: reason },
    listIncludedEndorsements: {},
    includeEndorsement: { json: { endorsement: t.endorsements[0] } },
    excludeEndorsement: { params: { included: t.included } },
    getEndorsementJson: endorsement,
    getEndorsementJwt: endorsement,
    getEndorsementCredential: endorsement,
    listMyHoldings: {},
    getMyCredits: {},
    getMilestoneProgress: { params: { achievement: t.milestone.id } },
    verifyCredential: { json: { credential: 'not a credential', recipient: 'maya@riverbend.example' } },
    getDidDocument: issuer,
    getIssuerJwks: issuer,
    getIssuerKey: { params: { district: 'riverbend', name: t.issuerKeyName } },
    getHostJwks: {},
    getCredentialJson: credential,
    getCredentialJwt: credential,
    getCredentialPng: credential,
    getCredentialSvg: credential,
    getCredentialPdf: credential,
    getCredentialQrPng: credential,
    getCredentialQrSvg: credential,
    getCredentialStanding: credential,
    getCredential: credential,
    getAchievementDocument: document,
    getCredentialSchema: document,
    getAchievementImagePng: document,
    getAchievementImageSvg: document,
    getQualityStatement: statement,
    getQualityStatementJwt: statement,
    getStatusList: { params: { district: 'riverbend', list: t.statusList } },
    issueInteropCredential: { json: { credential: unsigned, options: { keyType: 'Ed25519' } } },
    verifyInteropCredential: {
      json: { verifiableCredential: t.interop.credential, options: { checks: ['proof'] } },
    },
    verifyInteropPresentation: {
      json: {
        verifiablePresentation: presentation,
        options: { checks: ['proof'], domain: 'a.example', challenge: 'c' },
      },
    },
    updateInteropStatus: {
      json: {
        credentialId: t.interop.credential['id'],
        credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'suspension' },
        status: true,
      },
    },
    getInteropStatusList: { params: { issuer: t.interop.issuerId, list: t.interop.list } },
  };
  const memberForm = () => ({ ...newMember(), roles: 'coach' });
  const key = { params: { key: t.key } };
  const ofAchievement = { params: { achievement: t.reviewed.id, n: '1' } };
  const pages: { readonly [operation: string]: Sampled } = {
    assetTouchstoneCss: {},
    assetMarkSvg: {},
    startPage: {},
    signInPage: {},
    requestSignInPage: { form: { email: 'nobody@nowhere.example' } },
    signInLinkPage: async () => ({ params: { token: await linkSecret('coach') } }),
    completeSignInPage: async () => ({ params: { token: await linkSecret('coach') } }),
    signOutPage: {},
    problemPage: { params: { code: 'not-found' } },
    setUpPage: {},
    openDistrictPage: { form: { token: 'not the token' } },
    backpackPage: {},
    mySubmissionsPage: {},
    beginSubmissionPage: { form: { achievement: t.fresh.id } },
    submissionPage: submission,
    saveSubmissionPage: {
      params: { submission: t.draft },
      file: { name: 'notes.txt', mediaType: 'text/plain', bytes: Buffer.from('Notes.') },
    },
    confirmWithdrawSubmissionPage: submission,
    withdrawSubmissionPage: submission,
    startNextAttemptPage: submission,
    confirmWithdrawConsentPage: { params: { submission: t.draft, consent: t.spareConsent } },
    withdrawConsentPage: { params: { submission: t.draft, consent: t.spareConsent } },
    myArtefactsPage: {},
    confirmEraseArtefactPage: { params: { artefact: t.artefact } },
    eraseArtefactPage: { params: { artefact: t.spareArtefact } },
    verifyPage: {},
    verifyOnPage: { form: { credential: 'not a credential' } },
    districtPage: {},
    editDistrictPage: {},
    changeDistrictPage: { form: { name: '' } },
    membersPage: {},
    newMemberPage: {},
    addMemberPage: async () => ({ form: memberForm() }),
    memberPage: member,
    editMemberPage: member,
    changeMemberPage: { ...member, form: { name: 'Joel Lindqvist', seen: 'before' } },
    createSignInLinkPage: member,
    newRelationshipPage: member,
    relateMembersPage: { ...member, form: { kind: 'coach', other: 'nobody@riverbend.example' } },
    endRelationshipPage: { params: { ...member.params, relationship: t.relationship } },
    apiKeysPage: {},
    newApiKeyPage: {},
    createApiKeyPage: { form: { member: 'nobody@riverbend.example', name: 'spare' } },
    confirmRevokeApiKeyPage: key,
    revokeApiKeyPage: key,
    endorsementsPage: {},
    createEndorsementPage: { form: { about: '' } },
    includeEndorsementPage: { form: { endorsement: '' } },
    excludeEndorsementPage: { params: { included: t.included } },
    confirmRevokeEndorsementPage: { params: { endorsement: t.endorsement } },
    revokeEndorsementPage: { params: { endorsement: t.endorsement }, form: { reason: '' } },
    issuerKeysPage: {},
    confirmRotateIssuerKeyPage: { query: { use: 'jwt' } },
    rotateIssuerKeyPage: { form: { use: 'neither' } },
    reportKeyCompromisePage: { params: { key: t.issuerKey } },
    reportKeyCompromiseOnPage: { params: { key: t.issuerKey }, form: { reason: '' } },
    keyCompromisePage: { params: { compromise: t.compromise } },
    decideCompromisedAwardPage: { params: { compromise: t.compromise, award: t.spareAward } },
    decideCompromisedAwardOnPage: {
      params: { compromise: t.compromise, award: t.spareAward },
      form: { decision: 'neither' },
    },
    reviewQueuePage: {},
    ratingPage: open,
    rateOnPage: { ...open, form: { act: 'commit' } },
    declinePage: open,
    declineOnPage: { params: { assignment: t.committed }, form: { reason: 'unavailable' } },
    assignedArtefact: { params: { assignment: t.open, artefact: t.openArtefact } },
    qualificationPage: {},
    startQualificationOnPage: { form: { achievementVersion: t.reviewed.version } },
    qualificationAttemptPage: { params: { attempt: t.qualification } },
    commitQualificationOnPage: { params: { attempt: t.qualification } },
    practicePage: { params: { exemplar: t.practice } },
    ratePracticeOnPage: { params: { exemplar: t.practice } },
    reviewPolicyPage: {},
    editReviewPolicyPage: {},
    setReviewPolicyOnPage: { form: { replaces: '0' } },
    exemplarsPage: {},
    certifyFoundingPanelOnPage: { form: { achievementVersion: t.reviewed.version } },
    newExemplarPage: {},
    addExemplarPage: { form: { title: '' } },
    exemplarPage: { params: { exemplar: t.exemplar } },
    rateExemplarOnPage: { params: { exemplar: t.gathering } },
    setRationaleOnPage: { params: { exemplar: t.gathering } },
    settleKeyOnPage: { params: { exemplar: t.gathering } },
    certificationsPage: {},
    certificationPage: { params: { certification: t.certification } },
    changeCertificationOnPage: { params: { certification: t.certification }, form: { change: 'suspend' } },
    reviewCasesPage: {},
    decisionsPage: {},
    decisionPage: { params: { decision: t.decision } },
    awardsPage: {},
    awardPage: award,
    confirmChangeAwardPage: { params: { award: t.award, change: 'revoke' } },
    changeAwardPage: { params: { award: t.award, change: 'revoke' }, form: { reason: '' } },
    achievementsPage: {},
    achievementVersionPage: ofAchievement,
    startVersionPage: { params: { achievement: t.fresh.id } },
    newAchievementPage: {},
    createAchievementPage: { form: { slug: '' } },
    editDraftPage: { params: { achievement: t.unfinished.id, n: '1' } },
    saveDraftPage: { params: { achievement: t.unfinished.id, n: '1' }, form: { seen: 'before' } },
    confirmPublishPage: { params: { achievement: t.unfinished.id, n: '1' } },
    publishPage: { params: { achievement: t.spare.id, n: '1' } },
    confirmRetirePage: { params: { achievement: t.reviewed.id, n: '1' } },
    retirePage: { params: { achievement: t.spare.id, n: '1' } },
    resumeIssuingPage: { params: { achievement: t.spare.id, n: '1' } },
  };
  return { ...api, ...pages };
}
