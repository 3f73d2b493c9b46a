// The stock @digitalcredentials/verifier-core over the same credentials. What it fetches (status list, schema) is
// answered from memory, everything else refused: no network on any side.
/* global Response */
import { readFileSync } from 'node:fs';

const { credentials, answers, warm } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
globalThis.fetch = async (input) => {
  const url = typeof input === 'string' ? input : (input.url ?? String(input));
  if (!(url in answers)) throw new TypeError(`${url} is not there`);
  return new Response(answers[url], { headers: { 'content-type': 'application/json' } });
};
const { verifyCredential } = await import('@digitalcredentials/verifier-core');

const millis = [];
for (const [n, text] of credentials.entries()) {
  const began = process.hrtime.bigint();
  const result = await verifyCredential({ credential: JSON.parse(text), knownDIDRegistries: [] });
  if (n >= warm) millis.push(Number(process.hrtime.bigint() - began) / 1e6);
  const signature = result.log?.find(({ id }) => id === 'valid_signature');
  if (signature?.valid !== true) throw new Error(JSON.stringify(result.errors ?? result.log));
}
process.stdout.write(JSON.stringify(millis));
