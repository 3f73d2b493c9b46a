import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile, packageRoot, ruleViolated } from '../kernel/index.js';
import { readPublicJwk, sameKey } from './multikey.js';
import { isPublishedKey } from './published-keys.js';
import type { PublicJwk } from './signer.js';

let known: readonly PublicJwk[] | undefined;

function exampleKeys(): readonly PublicJwk[] {
  known ??= readdirSync(join(packageRoot, 'keys.example'))
    .filter((name) => name.endsWith('.jwk.json'))
    .map((name) => readPublicJwk(JSON.parse(packageFile(`keys.example/${name}`)))!);
  return known;
}

/**
 * Refuses a key that stands in `keys.example/` or in a specification, whose private half everybody has, unless the
 * service runs on this machine only.
 * @throws rule-violated when PUBLIC_URL is not localhost, 127.0.0.1 or [::1].
 */
export function refuseExampleKeys(jwk: unknown, publicUrl: string): void {
  const key = readPublicJwk(jwk);
  if (key === undefined || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname)) return;
  if (exampleKeys().some((example) => sameKey(example, key))) {
    throw ruleViolated(
      '/jwk',
      `is one of the example keys in keys.example, whose private half is public, so it may sign on localhost only and not for ` +
        `${publicUrl}: leave it out and a key is made for you, or make one as keys.example/README.md says`,
    );
  }
  if (isPublishedKey(key)) {
    throw ruleViolated(
      '/jwk',
      `is a test key whose private half is printed in a specification, so anybody can sign with it: make one of your own as keys.example/README.md says`,
    );
  }
}

/** `refuseExampleKeys` for an issuer known by its DID: only a did:web of localhost may use an example key. */
export function refuseExampleKeysFor(did: string, jwk: PublicJwk): void {
  const host = /^did:web:([^:]+)/.exec(did)?.[1];
  if (host !== undefined) refuseExampleKeys(jwk, `https://${decodeURIComponent(host)}`);
}
