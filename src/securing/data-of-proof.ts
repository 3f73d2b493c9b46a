import { createHash } from 'node:crypto';
import type { Cryptosuite } from '@digitalbazaar/data-integrity';
import { bySinglePass } from './canonical/index.js';
import { credentialsV2, dataIntegrityV2 } from './contexts.js';
import { isJsonObject, type JsonObject } from './json-object.js';

/**
 * The bytes that an `eddsa-rdfc-2022` proof signs: SHA-256 of the canonical proof options, then of the canonical
 * document (VC Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.3 to 3.2.5). The options are read with the
 * document's contexts, to which the one of the suite is added where neither it nor VC 2.0 is named.
 * Undefined where the library must find them.
 * @param document without the proof that is made or verified.
 */
export async function dataOfProof(proof: JsonObject, document: JsonObject): Promise<Uint8Array | undefined> {
  const { proofValue: _value, ...options } = proof;
  const named = [document['@context'] ?? []].flat() as readonly unknown[];
  const contexts =
    named.includes(credentialsV2) || named.includes(dataIntegrityV2) ? named : [...named, dataIntegrityV2];
  const ofDocument = await bySinglePass(document);
  if (!('text' in ofDocument)) return undefined;
  const ofOptions = await bySinglePass({ ...options, '@context': contexts });
  if (!('text' in ofOptions)) return undefined;
  return Buffer.concat([sha256(ofOptions.text), sha256(ofDocument.text)]);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The cryptosuite with the single pass before its own canonicalization, which is asked wherever the pass gives nothing. */
export function onePass(suite: Cryptosuite): Cryptosuite {
  const { canonize } = suite;
  return {
    ...suite,
    canonize: async (document, options) => {
      const digest = options['messageDigestAlgorithm'] === 'SHA-384' ? 'sha384' : 'sha256';
      const passed = isJsonObject(document) ? await bySinglePass(document, digest) : undefined;
      return passed !== undefined && 'text' in passed ? passed.text : canonize(document, options);
    },
  };
}
