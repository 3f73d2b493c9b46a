// DIDKit, which is SpruceID's `ssi` in Rust, as LearnCard publishes it for wallets of learners: JSON-LD, canonical RDF,
// cryptography and DID resolution are its own. Only the WebAssembly module is used, loaded from the package.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { contexts } from './contexts.mjs';
import { didJwk, didWeb, each, namedBy, newKey } from './keys.mjs';

const folder = dirname(
  createRequire(import.meta.url).resolve('@learncard/didkit-plugin/dist/didkit/didkit_wasm_bg.wasm'),
);
const didkit = await import(pathToFileURL(join(folder, 'didkit_wasm.js')).href);
await didkit.default({ module_or_path: readFileSync(join(folder, 'didkit_wasm_bg.wasm')) });

/** The texts of the contexts that a document names, as LearnCard hands them over. */
const contextsOf = (document) =>
  JSON.stringify(
    Object.fromEntries(
      document['@context']
        .filter((url) => contexts.has(url))
        .map((url) => [url, JSON.stringify(contexts.get(url))]),
    ),
  );
const formats = {
  'eddsa-rdfc-2022': ['Ed25519', { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }],
  Ed25519Signature2020: ['Ed25519', { type: 'Ed25519Signature2020' }],
  'JWT EdDSA': ['Ed25519', { proofFormat: 'jwt' }],
  'JWT ES256': ['P-256', { proofFormat: 'jwt' }],
  'JWT RS256': ['RSA', { proofFormat: 'jwt' }],
};

/** The did:web document of an order's key: it is looked up before anything is signed, so it has to be served first. */
export function publish({ privateJwk }) {
  return didWeb('didkit', { publicJwk: newKey(undefined, privateJwk).publicJwk }).didDocument;
}

export async function sign({ format, method, documents, privateJwk: given }) {
  const [kind, options] = formats[format];
  const { privateJwk, publicJwk } = newKey(kind, given);
  // Without `alg` it signs PS256 with an RSA key.
  const key = JSON.stringify(kind === 'RSA' ? { ...privateJwk, alg: 'RS256' } : privateJwk);
  const issuer =
    method === 'did:web'
      ? didWeb('didkit', { publicJwk })
      : method === 'did:jwk'
        ? didJwk(publicJwk)
        : {
            did: didkit.keyToDID('key', key),
            verificationMethod: await didkit.keyToVerificationMethod('key', key),
          };
  const signed = await each(namedBy(issuer.did, documents), (credential) =>
    didkit.issueCredential(
      JSON.stringify(credential),
      JSON.stringify({
        ...options,
        proofPurpose: 'assertionMethod',
        verificationMethod: issuer.verificationMethod,
      }),
      key,
      contextsOf(credential),
    ),
  );
  return { ...issuer, signed };
}

/** Whether the proof holds, and the schemas where the credential names some; it finds the issuer's key itself. */
export async function judge({ text }) {
  const credential = JSON.parse(text);
  const checks = credential.credentialSchema === undefined ? ['proof'] : ['proof', 'credentialSchema'];
  const answer = JSON.parse(
    await didkit.verifyCredential(text, JSON.stringify({ checks }), contextsOf(credential)),
  );
  const { errors, warnings } = answer;
  return {
    verified: errors.length === 0,
    checked: answer.checks,
    reason: [...errors, ...warnings].join(' '),
  };
}
