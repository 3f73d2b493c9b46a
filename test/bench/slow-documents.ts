import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { secureCredential, type JsonObject } from '../../src/securing/index.js';
import { aStranger, badgeOf } from './stranger.js';

/** A badge that a verifier judges whole without asking anybody: its issuer is its own key, and it has no status. */
export async function ordinaryCredential(): Promise<string> {
  return JSON.stringify(await signedBadge());
}

async function signedBadge(changes: JsonObject = {}): Promise<JsonObject> {
  const signer = aStranger();
  return secureCredential({
    credential: { ...badgeWithoutStatus(signer.controller), ...changes },
    signer,
    created: '2026-11-20T09:00:00Z',
  });
}

function badgeWithoutStatus(issuer: string): JsonObject {
  const { credentialStatus: _none, ...badge } = badgeOf(issuer, 1) as JsonObject;
  return badge;
}

/** As many typed nodes as the limits of one credential let through: each costs the JSON-LD processor a context. */
export function manyNodes(): string {
  const signer = aStranger();
  return JSON.stringify({
    ...badgeWithoutStatus(signer.controller),
    evidence: Array.from({ length: 850 }, (_, n) => ({ type: ['Evidence'], name: String(n) })),
    proof: [
      {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-11-20T09:00:00Z',
        verificationMethod: signer.verificationMethod,
        proofPurpose: 'assertionMethod',
        proofValue: `z${'2'.repeat(87)}`,
      },
    ],
  });
}

/** A presentation of signed credentials, each of which names a schema whose pattern takes years on its name. */
export async function yearsOfPatterns(schemaUrl: string, count = 8): Promise<string> {
  const credentials = [];
  for (let n = 0; n < count; n += 1)
    credentials.push(
      await signedBadge({
        name: `${'a'.repeat(80)}!`,
        credentialSchema: [{ id: schemaUrl, type: '1EdTechJsonSchemaValidator2019' }],
      }),
    );
  return JSON.stringify({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: credentials,
  });
}

/** Hosts that schema on this machine, where the demo may ask for it. */
export async function schemaHost(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { name: { type: 'string', pattern: '^(a+)+$' } },
  };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/schema+json');
    response.end(JSON.stringify(schema));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/schema.json`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
