import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Result, Row } from './row.js';
import { issueInProcess } from './rows/p1-issue.js';
import { agreementStatistics } from './rows/q1-agreement.js';
import { manyFacetRasch } from './rows/q2-facets.js';
import { dashboard } from './rows/q3-dashboard.js';
import { coldVerify } from './rows/v1-cold-verify.js';
import { slowRequest } from './rows/v2-slow-request.js';
import { bombs } from './rows/v3-bombs.js';
import { publicPage } from './rows/v4-public-page.js';

/** Every row; a new one is a file in `rows/` and a name here. */
const rows: readonly Row[] = [
  issueInProcess,
  coldVerify,
  slowRequest,
  bombs,
  publicPage,
  agreementStatistics,
  manyFacetRasch,
  dashboard,
];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const chosen = values.only?.split(',');
const say = (line: string) => process.stderr.write(`${line}\n`);
const results: (Result & { readonly node: string })[] = [];
for (const row of rows) {
  if (chosen !== undefined && !chosen.includes(row.id)) continue;
  say(`${row.id} ...`);
  for (const result of await row.run({ quick: values.quick, say })) {
    const reason = `${result.reason}; ${neighbours()}`;
    results.push({ ...result, reason, node: process.version });
    if (!values.json) process.stdout.write(`${lineOf({ ...result, reason })}\n`);
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
process.exitCode = results.some(({ met }) => met === false) ? 1 : 0;

/** How busy the machine was: times in milliseconds say little on one with more to do than it has processors. */
function neighbours(): string {
  return `load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`;
}

function lineOf({ id, what, ours, peer, unit, ratio, bar, met, reason }: Result): string {
  const verdict = met === null ? 'no bar' : met ? 'met' : 'NOT MET';
  const numbers = `ours ${ours ?? '-'}, peer ${peer ?? '-'} ${unit}, ratio ${ratio ?? '-'}`;
  return `${id}  ${what}\n    ${numbers}; bar ${bar}: ${verdict}. ${reason}`;
}
