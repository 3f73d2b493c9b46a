/** Whether a credential is genuine and in force, checked from outside: trusts nothing that this service stores. */
export { composeResolver, type LocalResolver } from './compose-resolver.js';
export { checkNames, type CheckName, type Outcome, type Verdict } from './finding.js';
export { didWebUrl, issuerDomain, issuerPlace } from './issuer-domain.js';
export { boundedJudge, inProcessJudge, JudgingEnded, type Judge, type UsedUp } from './judge.js';
export { keepAnswers } from './kept-answers.js';
export { english, type Catalogue } from './messages.js';
export { guardFault, isEndorsementSubject, type GuardFault } from './guard.js';
export { plainText, quotedName } from './plain-text.js';
export { canonicalObSchemas, obSchemaFor } from './ob-schema.js';
export type { KnownIssuer, KnownIssuers } from './recognition.js';
export type {
  CheckResult,
  Recognition,
  ReportedAchievement,
  ReportedEndorsement,
  ReportedHolder,
  ReportedIssuer,
  ReportedKind,
  VerificationReport,
} from './report.js';
export type {
  DidAnswer,
  FetchFailure,
  Fetched,
  Outbound,
  Resolver,
  Standing,
  StandingAnswer,
  WantedResource,
} from './resolver.js';
export type { AskedChecks } from './resources.js';
export type { VerificationInput, VerificationOptions, VerificationPorts } from './verification.js';
export { credentialLimits } from './reading.js';
export { reportOnMissing } from './report-on.js';
export { sizeFault } from './size.js';
export { verifyCredential, verifyPresentation, type PresentationOptions } from './verify-credential.js';
export { warmJudge } from './warm-judge.js';
