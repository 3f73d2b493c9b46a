// IOTA Identity, in Rust, with its own data model, DID documents and JWT code: VC Data Model 1.1, signed by EdDSA.
import {
  CoreDocument,
  Credential,
  DIDJwk,
  JwkMemStore,
  JwsSignatureOptions,
  KeyIdMemStore,
  MethodDigest,
  MethodScope,
  Storage,
} from '@iota/identity-wasm/node/index.js';
import { didJwk, each, namedBy } from './keys.mjs';

export async function sign({ method, documents }) {
  const keys = new JwkMemStore();
  const ids = new KeyIdMemStore();
  const storage = new Storage(keys, ids);
  const document = method === 'did:web' ? await webDocument(storage) : await jwkDocument(keys, ids);
  const did = document.id().toString();
  const fragment = document.methods()[0].id().fragment();
  const signed = await each(namedBy(did, documents), async (credential) => {
    const token = await document.createCredentialJwt(
      storage,
      fragment,
      Credential.fromJSON(credential),
      new JwsSignatureOptions(),
    );
    return token.toString();
  });
  return { did, signed, ...(method === 'did:web' ? { didDocument: document.toJSON() } : {}) };
}

async function webDocument(storage) {
  const document = new CoreDocument({ id: 'did:web:strangers.example.test:identity-iota' });
  await document.generateMethod(
    storage,
    JwkMemStore.ed25519KeyType(),
    'EdDSA',
    '#key-1',
    MethodScope.AssertionMethod(),
  );
  return document;
}

async function jwkDocument(keys, ids) {
  const generated = await keys.generate(JwkMemStore.ed25519KeyType(), 'EdDSA');
  const document = CoreDocument.expandDIDJwk(DIDJwk.parse(didJwk(generated.jwk().toJSON()).did));
  await ids.insertKeyId(new MethodDigest(document.methods()[0]), generated.keyId());
  return document;
}
