// The same bytes, inflated without a cap.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const bytes = Buffer.from(JSON.parse(readFileSync(process.argv[2], 'utf8')).base64, 'base64');
const before = process.memoryUsage.rss();
const began = process.hrtime.bigint();
const outcome = gunzipSync(bytes).length > 0 ? 'opened' : 'failed';
const millis = Number(process.hrtime.bigint() - began) / 1e6;
process.stdout.write(
  JSON.stringify({ outcome, millis, megabytes: (process.memoryUsage.rss() - before) / 1024 / 1024 }),
);
