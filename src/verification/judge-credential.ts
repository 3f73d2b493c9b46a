import type { Instant } from '../kernel/index.js';
import { checkDataModel } from './checks/data-model.js';
import { checkPinned } from './checks/pinned.js';
import { checkProof } from './checks/proof.js';
import { checkRecipient } from './checks/recipient.js';
import { checkRefresh } from './checks/refresh.js';
import { checkSchema } from './checks/schema.js';
import { checkStatus } from './checks/status.js';
import { checkValidity } from './checks/validity.js';
import type { CheckName, Finding } from './finding.js';
import type { Findings, ReadCredential } from './reading.js';
import type { Resources } from './resources.js';

/** What a credential is judged by beside itself: what it points at, the time, and whom the verifier expects. */
export interface Grounds {
  readonly resources: Resources;
  readonly now: Instant;
  readonly recipient: string | undefined;
}

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
  { check: 'proof', run: (credential, { resources, now }) => checkProof(credential, resources, now) },
  { check: 'validity', run: (credential, { now }) => checkValidity(credential, now) },
  { check: 'status', run: (credential, { resources, now }) => checkStatus(credential, resources, now) },
  { check: 'refresh', run: (credential) => checkRefresh(credential) },
  { check: 'pinned', run: (credential, { resources }) => checkPinned(credential, resources) },
  { check: 'recipient', run: (credential, { recipient }) => checkRecipient(credential, recipient) },
];

/** Judges a credential that was read. Fetches nothing, so it can run in a worker thread. */
export async function judgeCredential(
  credential: ReadCredential,
  grounds: Grounds,
  mode: JudgingMode = { isTimeBounded: false },
): Promise<Findings> {
  const findings: { [check in CheckName]?: Finding } = {};
  for (const { check, run } of judgingChecks) findings[check] = await run(credential, grounds, mode);
  return findings;
}
