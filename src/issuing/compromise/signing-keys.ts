import type { Edition } from '../award.js';

/**
 * The names of the keys that signed an edition or an endorsement, `['proof-2026-1', 'jwt-2026-1']`: as kept with it, or for one that was
 * made before that was kept, as its two texts say.
 */
export function signingKeys(edition: Pick<Edition, 'signedBy' | 'json' | 'jwt'>): readonly string[] {
  const methods = edition.signedBy ?? [methodOfProof(edition.json), kidOf(edition.jwt)];
  return methods.map((method) => method.slice(method.indexOf('#') + 1));
}

function methodOfProof(json: string): string {
  const { proof } = JSON.parse(json) as {
    readonly proof: readonly { readonly verificationMethod: string }[];
  };
  return proof[0]!.verificationMethod;
}

function kidOf(jwt: string): string {
  const header = Buffer.from(jwt.slice(0, jwt.indexOf('.')), 'base64url').toString('utf8');
  return (JSON.parse(header) as { readonly kid: string }).kid;
}
