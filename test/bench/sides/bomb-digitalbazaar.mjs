// The same status list, opened by @digitalbazaar/vc-bitstring-status-list.
import { readFileSync } from 'node:fs';
import { decodeList } from '@digitalbazaar/vc-bitstring-status-list';

const { base64 } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const encodedList = `u${Buffer.from(base64, 'base64').toString('base64url')}`;
const before = process.memoryUsage.rss();
const began = process.hrtime.bigint();
const outcome = await decodeList({ encodedList }).then(
  () => 'opened',
  () => 'failed',
);
const millis = Number(process.hrtime.bigint() - began) / 1e6;
process.stdout.write(
  JSON.stringify({ outcome, millis, megabytes: (process.memoryUsage.rss() - before) / 1024 / 1024 }),
);
