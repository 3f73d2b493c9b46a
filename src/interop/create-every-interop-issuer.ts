import { proofKeyTypes, type ProofKeyType } from '../securing/index.js';
import { createInteropIssuer } from './create-interop-issuer.js';
import type { InteropPorts } from './interop-issuer.js';

/** One interop issuer for each kind of key, by its DID; those that are missing are made. */
export async function createEveryInteropIssuer(
  ports: InteropPorts,
): Promise<{ readonly [keyType in ProofKeyType]: string }> {
  const dids: { [keyType in ProofKeyType]?: string } = {};
  for (const keyType of Object.keys(proofKeyTypes) as ProofKeyType[]) {
    dids[keyType] = (await createInteropIssuer(ports, keyType)).did;
  }
  return dids as { readonly [keyType in ProofKeyType]: string };
}
