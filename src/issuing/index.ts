/**
 * From a decision to a credential, and every change of its status: the one place that composes credentials and carries
 * out what decisions, awards and holdings ask for.
 */
export * from './award.js';
export { awardOutside, type OutsideAward } from './award-outside.js';
export { issuingEffects } from './carry-out-effects.js';
export { checkBeforeSigning, guardFindings } from './check-before-signing.js';
export { checkTemplate, type TemplatePorts } from './check-template.js';
export {
  achievementOf,
  canonicalSchemaUrl,
  composeCredential,
  credentialSchemaUrl,
  type AssessedSlots,
  type ComponentSlot,
  type CredentialSlots,
  type CredentialTemplate,
  type EvidenceSlot,
  type IssuerProfile,
  type PinnedResource,
  type UnsignedCredential,
} from './compose-credential.js';
export * from './compromise/index.js';
export * from './endorsements/index.js';
export { correctAward, type Correction } from './correct-award.js';
export { credentialSchemaOf } from './credential-schema.js';
export { getAward } from './get-award.js';
export { getEdition } from './get-edition.js';
export { hostileText, hostileTexts } from './hostile-slots.js';
export { issuerFrom, issuerServices, issuerOf, type Issuer } from './issuer-of.js';
export { linksOf, type CredentialLinks } from './links-of.js';
export { lintCredential, lintRules } from './lint/lint-credential.js';
export { forbidsSigning, severities, type LintFinding, type LintRule } from './lint/rule.js';
export { listAwards } from './list-awards.js';
export { linksOfAward, publicCredential, type PublicCredential } from './public-credential.js';
export { qualityByQuarter, qualityReport, type QualityQuarter } from './quality-report.js';
export { placeInRecord, type PlaceInRecord } from './place-in-record.js';
export {
  enough,
  leastRatings,
  leastReviewers,
  qualitySentence,
  qualityStatementFor,
  type Figure,
  type KeptStatement,
  type PoolFigures,
  type StatementInput,
} from './quality-statement.js';
export { reissueAward, type Reissue } from './reissue-award.js';
export { resumeAward } from './resume-award.js';
export { resumeIssuing } from './resume-issuing.js';
export { revokeAward } from './revoke-award.js';
export { settleAward } from './settle-award.js';
export { awardOfDecision, settleDecision } from './settle-decision.js';
export { settleMilestones } from './settle-milestones.js';
export { currentVersionOf } from './read-record.js';
export { ownDocuments, ownIssuers } from './own-documents.js';
export { poolFigures } from './pool-figures.js';
export { publicAward, signedStanding, standingOf, type CredentialStanding } from './standing-of.js';
export {
  awardSteps,
  issuingStore,
  type DecisionEvent,
  type KeyEvent,
  type StopEvent,
  type AwardStep,
  type IssuingPorts,
  type IssuingStore,
} from './store.js';
export { tryOut } from './try-out.js';
export { supersedeAward, type Supersession } from './supersede-award.js';
export { suspendAward } from './suspend-award.js';
