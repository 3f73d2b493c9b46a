import { removeEnded, settleSignInRequest } from './access/index.js';
import { settleVersion } from './achievements/index.js';
import { drainAudit, signDueHeads, type AuditedCollections } from './audit/index.js';
import {
  remindOfCertification,
  settleAttempt,
  settleDeclaration,
  settleErasure,
} from './calibration/index.js';
import { issuingEffects } from './issuing/index.js';
import type { Effect } from './jobs/index.js';
import type { Collection, Stored } from './kernel/index.js';
import { deliverNotification, type NotificationPorts } from './notifications/index.js';
import {
  settleAppeal,
  settleAssignment,
  settleCase,
  settleCertification,
  settleConsentOfWork,
  settleDriftSignal,
  settleRating,
  settleRetiredExemplar,
  settleSeat,
  settleSeedPlan,
  settleSeedRating,
  settleSubmissionReview,
} from './review/index.js';
import { tellOfCertificationEnd, tellOfDeclarationEnd } from './tell-of-ends.js';
import { tellOfAgreement, tellOfSeat } from './tell-of-pools.js';
import { settlePoolAgreement } from './tenancy/index.js';
import type { Rooms } from './web/rooms.js';

type Domain = Pick<
  Rooms,
  | 'tenancy'
  | 'access'
  | 'achievements'
  | 'evidence'
  | 'submissions'
  | 'calibration'
  | 'review'
  | 'issuing'
  | 'pathways'
  | 'audit'
>;

/** Everything that is recorded, by its row in `recordedCollections`: a row without a collection does not compile. */
export function auditedCollections(
  rooms: Pick<
    Rooms,
    | 'tenancy'
    | 'access'
    | 'securing'
    | 'achievements'
    | 'evidence'
    | 'submissions'
    | 'calibration'
    | 'review'
    | 'issuing'
  >,
): AuditedCollections {
  const { tenancy, access, securing, achievements, evidence, submissions, calibration, review, issuing } =
    rooms;
  const collections = {
    districts: tenancy.store.districts,
    issuer_keys: securing.issuerKeys,
    members: tenancy.store.members,
    relationships: tenancy.store.relationships,
    pool_agreements: tenancy.store.pools.agreements,
    pool_seats: tenancy.store.pools.seats,
    api_keys: access.store.apiKeys,
    achievement_versions: achievements.store.versions,
    artefacts: evidence.store.artefacts,
    consents: evidence.store.consents,
    submissions: submissions.store.submissions,
    review_policies: calibration.store.reviewPolicies,
    codes_of_conduct: calibration.store.codes,
    declarations: calibration.store.declarations,
    exemplars: calibration.store.exemplars,
    practice_ratings: calibration.store.practiceRatings,
    qualification_attempts: calibration.store.attempts,
    certifications: calibration.store.certifications,
    drift_signals: calibration.store.driftSignals,
    review_cases: review.store.cases,
    assignments: review.store.assignments,
    ratings: review.store.ratings,
    seed_ratings: review.store.seedRatings,
    availabilities: review.store.availabilities,
    pool_clearances: review.store.poolClearances,
    decisions: review.store.decisions,
    appeals: review.store.appeals,
    awards: issuing.store.awards,
    endorsements: issuing.store.endorsements,
    included_endorsements: issuing.store.includedEndorsements,
    key_compromises: issuing.store.compromises,
    compromised_awards: issuing.store.compromisedAwards,
  } satisfies { readonly [name in keyof AuditedCollections]: unknown };
  // The drainer changes nothing but `pendingEntries` and `auditDue`, which every one of them has.
  return collections as unknown as AuditedCollections;
}

/**
 * Everything that background work settles, in the order in which one thing leads to the next; then the audit records of
 * every collection that has any.
 */
export function effectsOf(rooms: Domain, notifications: NotificationPorts): readonly Effect[] {
  const { achievements, evidence, submissions, calibration, review, issuing } = rooms;
  const effect = <T extends Stored>(
    name: string,
    collection: Collection<T>,
    settle: (doc: T) => Promise<unknown>,
  ) =>
    ({
      name,
      sweep: (before, limit) => collection.sweep('effectDue', { before, limit }),
      settle: async (doc) => void (await settle(doc as unknown as T)),
    }) satisfies Effect;
  const access = rooms.access.store;
  const { pools } = rooms.tenancy.store;
  const telling = { notifications, tenancy: rooms.tenancy, publicUrl: rooms.access.publicUrl };
  return [
    effect('sign-in requests', access.signInRequests, (doc) => settleSignInRequest(rooms.access, doc.id)),
    effect('sign-in links', access.signInLinks, (doc) => removeEnded(rooms.access, access.signInLinks, doc)),
    effect('sessions', access.sessions, (doc) => removeEnded(rooms.access, access.sessions, doc)),
    effect('idempotent requests', access.idempotentRequests, (doc) =>
      removeEnded(rooms.access, access.idempotentRequests, doc),
    ),
    effect('achievement versions', achievements.store.versions, (doc) =>
      settleVersion(achievements, doc.district, doc.id),
    ),
    effect('consents', evidence.store.consents, (doc) => settleConsentOfWork(review, doc.district, doc.id)),
    effect('artefacts', evidence.store.artefacts, (doc) => settleErasure(calibration, doc.district, doc.id)),
    effect('pool agreements', pools.agreements, async (doc) => {
      await tellOfAgreement(telling, doc);
      await settlePoolAgreement(rooms.tenancy, doc);
    }),
    effect('pool seats', pools.seats, async (doc) => {
      await tellOfSeat(telling, doc);
      await settleSeat(review, doc);
    }),
    effect('exemplars', calibration.store.exemplars, (doc) => settleRetiredExemplar(review, doc)),
    effect('attempts', calibration.store.attempts, (doc) => settleAttempt(calibration, doc)),
    effect('certifications', calibration.store.certifications, async (doc) => {
      await remindOfCertification(calibration, doc, (event) =>
        tellOfCertificationEnd({ ...telling, achievements }, event),
      );
      await settleCertification(review, doc);
    }),
    effect('declarations', calibration.store.declarations, (doc) =>
      settleDeclaration(calibration, doc, (event) => tellOfDeclarationEnd(telling, event)),
    ),
    effect('drift signals', calibration.store.driftSignals, (doc) => settleDriftSignal(review, doc)),
    effect('submissions', submissions.store.submissions, (doc) => settleSubmissionReview(review, doc)),
    effect('review cases', review.store.cases, (doc) => settleCase(review, doc)),
    effect('appeals', review.store.appeals, (doc) => settleAppeal(review, doc)),
    effect('assignments', review.store.assignments, (doc) => settleAssignment(review, doc)),
    effect('ratings', review.store.ratings, (doc) => settleRating(review, doc)),
    effect('seed ratings', review.store.seedRatings, (doc) => settleSeedRating(review, doc)),
    effect('seed plans', review.store.seedPlans, (doc) => settleSeedPlan(review, doc)),
    ...issuingEffects(issuing),
    effect('notifications', notifications.store, (doc) => deliverNotification(notifications, doc)),
    // After everything else: what was done in this pass is recorded in it.
    drainAudit(rooms.audit, rooms.audit.store, rooms.audit.audited),
    signDueHeads(rooms.audit),
  ];
}
