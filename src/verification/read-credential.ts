import { checkCompact } from './checks/compact.js';
import { checkGuard } from './checks/guard.js';
import { checkLimits } from './checks/limits.js';
import { checkNested } from './checks/nested.js';
import { checkParse } from './checks/parse.js';
import { checkProofSet } from './checks/proof-set.js';
import type { CheckName, Finding } from './finding.js';
import { listOf, type Draft, type Findings, type Reading, type ReadingLimits } from './reading.js';

/** From bytes to one document that means what it says. The first that does not pass ends the reading. */
const readingChecks: readonly {
  readonly check: CheckName;
  readonly run: (draft: Draft) => Finding | Promise<Finding>;
}[] = [
  { check: 'limits', run: checkLimits },
  { check: 'parse', run: checkParse },
  { check: 'nested', run: checkNested },
  { check: 'guard', run: checkGuard },
  { check: 'proof-set', run: checkProofSet },
  { check: 'compact', run: checkCompact },
];

/**
 * Reads a credential or presentation: its file, text, form, proofs and terms. Works on the bytes alone and fetches nothing, so it
 * can run in a worker thread.
 */
export async function readCredential(bytes: Uint8Array, limits: ReadingLimits): Promise<Reading> {
  const draft: Draft = { bytes, limits };
  const findings: { [check in CheckName]?: Finding } = {};
  for (const { check, run } of readingChecks) {
    const finding = await run(draft);
    findings[check] = finding;
    if (finding.outcome === 'failed' || finding.outcome === 'could-not-check')
      return stopped(findings, draft);
  }
  const { document, kind, secured, received } = draft;
  if (document === undefined || kind === undefined || secured === undefined || received === undefined)
    return stopped(findings, draft);
  return {
    findings,
    kind,
    embedded: draft.embedded ?? [],
    credential: {
      kind,
      document,
      secured,
      received,
      isMerged: draft.isMerged === true,
      firstContext: String(listOf(received['@context'])[0]),
    },
  };
}

function stopped(findings: Findings, draft: Draft): Reading {
  return { findings, kind: draft.kind, credential: undefined, embedded: draft.embedded ?? [] };
}
