import { checkDataModel } from './checks/data-model.js';
import { checkHolderProof } from './checks/holder-proof.js';
import { checkPinned } from './checks/pinned.js';
import { checkProof } from './checks/proof.js';
import { checkRecipient } from './checks/recipient.js';
import { checkRefresh } from './checks/refresh.js';
import { checkSchema } from './checks/schema.js';
import { checkStatus } from './checks/status.js';
import { checkValidity } from './checks/validity.js';
import { notApplicable, type CheckName, type Finding } from './finding.js';
import type { Grounds } from './grounds.js';
import type { Findings, ReadCredential } from './reading.js';

/** How the judging is run. */
export interface JudgingMode {
  /** Whether somebody ends it when it takes too long. */
  readonly isTimeBounded: boolean;
}

/** Each looks only at the compacted document and the grounds; all are run, whatever the others find. */
const judgingChecks: readonly {
  readonly check: CheckName;
  readonly run: (
    credential: ReadCredential,
    grounds: Grounds,
    mode: JudgingMode,
  ) => Finding | Promise<Finding>;
}[] = [
  { check: 'data-model', run: (credential) => checkDataModel(credential) },
  {
    check: 'schema',
    run: (credential, { resources }, { isTimeBounded }) => checkSchema(credential, resources, isTimeBounded),
  },
  {
    check: 'proof',
    run: (credential, { resources, now, checks, keys }) =>
      checkProof(credential, resources, now, { bindToIssuer: checks !== 'proof', trusted: keys }),
  },
  { check: 'validity', run: (credential, { now }) => checkValidity(credential, now) },
  { check: 'status', run: (credential, { resources, now }) => checkStatus(credential, resources, now) },
  { check: 'refresh', run: (credential) => checkRefresh(credential) },
  { check: 'pinned', run: (credential, { resources }) => checkPinned(credential, resources) },
  { check: 'recipient', run: (credential, { recipient }) => checkRecipient(credential, recipient) },
];

/** The checks that decide where the caller asked for no more than the proof. */
const checksOfProof: readonly CheckName[] = ['data-model', 'proof', 'pinned'];

/** A presentation is signed by its holder, and has none of what an issuer says. */
const checksOfPresentation: readonly CheckName[] = ['data-model', 'proof', 'validity'];

/** Judges a credential or presentation that was read. Fetches nothing, so it can run in a worker thread. */
export async function judgeCredential(
  credential: ReadCredential,
  grounds: Grounds,
  mode: JudgingMode = { isTimeBounded: false },
): Promise<Findings> {
  const findings: { [check in CheckName]?: Finding } = {};
  const isPresentation = credential.kind === 'presentation';
  for (const { check, run } of judgingChecks) {
    if (isPresentation && !checksOfPresentation.includes(check)) {
      findings[check] = notApplicable('not-of-presentations');
    } else if (grounds.checks === 'proof' && !checksOfProof.includes(check)) {
      findings[check] = notApplicable('not-asked');
    } else if (isPresentation && check === 'proof') {
      findings[check] = await checkHolderProof(credential, grounds);
    } else {
      findings[check] = await run(credential, grounds, mode);
    }
  }
  return findings;
}
