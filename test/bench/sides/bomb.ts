import { readFileSync } from 'node:fs';
import { readCredential } from '../../../src/verification/read-credential.js';
import { credentialLimits } from '../../../src/verification/reading.js';
import { isBitSet } from '../../../src/status/index.js';

/** Hands one bomb to the code that would open it, and prints what that took: milliseconds and resident memory. */
const { kind, base64 } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as {
  readonly kind: 'status-list' | 'png';
  readonly base64: string;
};
const bytes = Buffer.from(base64, 'base64');

async function open(given: Buffer): Promise<string> {
  if (kind === 'png') {
    const { findings } = await readCredential(given, credentialLimits);
    return findings.limits?.outcome ?? 'nothing';
  }
  try {
    isBitSet(`u${given.toString('base64url')}`, 1);
    return 'opened';
  } catch {
    return 'failed';
  }
}

await open(Buffer.from('warm'));
const before = process.memoryUsage.rss();
const began = process.hrtime.bigint();
const outcome = await open(bytes);
const millis = Number(process.hrtime.bigint() - began) / 1e6;
process.stdout.write(
  JSON.stringify({ outcome, millis, megabytes: (process.memoryUsage.rss() - before) / 1024 / 1024 }),
);
